"""What an item of QTI 2 asks: its body as it reads without its interactions; pure."""

from collections.abc import Callable

from lxml import etree

from elearn.content.formats.elements import put_in_place, without
from elearn.content.formats.qti2_feedback import FEEDBACKS

BLANK = "_____"
INTERACTIONS = {
    *("choiceInteraction", "orderInteraction", "matchInteraction", "associateInteraction", "gapMatchInteraction"),
    *("inlineChoiceInteraction", "textEntryInteraction", "extendedTextInteraction", "hottextInteraction"),
    *("hotspotInteraction", "selectPointInteraction", "graphicOrderInteraction", "graphicAssociateInteraction"),
    *("graphicGapMatchInteraction", "positionObjectInteraction", "sliderInteraction", "drawingInteraction"),
    *("mediaInteraction", "uploadInteraction", "customInteraction", "portableCustomInteraction"),
    *("endAttemptInteraction",),
}


def stem_of(body: etree._Element) -> etree._Element:
    """A copy of a body without choices and feedback: a blank for each field amid words, a numbered one for a gap."""
    stem, gaps = without(body, {*FEEDBACKS, "rubricBlock"}), 0
    for each in list(stem.iter(etree.Element)):
        if each.tag in ("textEntryInteraction", "inlineChoiceInteraction"):
            put_in_place(each, BLANK if _is_amid(each) else "")
        elif each.tag == "gapMatchInteraction":
            _clear(each, lambda part: part.tag in ("gapText", "gapImg"))
        elif each.tag == "gap":
            gaps += 1
            put_in_place(each, f"({gaps}) {BLANK}")
        elif each.tag in INTERACTIONS:
            _clear(each, lambda part: part.tag != "prompt")
    return stem


def as_plain_blocks(stem: etree._Element) -> etree._Element:
    """The same with what is left of interactions as blocks like any other."""
    for each in stem.iter(etree.Element):
        each.tag = "div" if each.tag == "prompt" or each.tag in INTERACTIONS else each.tag
    return stem


def _clear(element: etree._Element, is_to_go: Callable[[etree._Element], bool]) -> None:
    for each in [each for each in element if is_to_go(each)]:
        put_in_place(each, "")


def _is_amid(element: etree._Element) -> bool:
    """Whether words follow an inline field, so that a blank must stand for it."""
    following = (element.tail or "") + "".join(
        "".join(each.itertext()) + (each.tail or "") for each in element.itersiblings()
    )
    return bool(following.strip())

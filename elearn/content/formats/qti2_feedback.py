"""Which feedback of a QTI 2 item is shown when, found by running its rules on answers; pure."""

from collections.abc import Sequence

from lxml import etree

from elearn.content.formats import outcomes, scoring
from elearn.content.formats.qti2_processing import Processing

FEEDBACKS = ("modalFeedback", "feedbackInline", "feedbackBlock")
TRIED = 30
"""Choices up to which it is tried whether a feedback is shown after each."""


class Feedback:
    """The feedback of an item with one interaction, as elements."""

    def __init__(self, element: etree._Element, interaction: etree._Element, processing: Processing) -> None:
        self.interaction, self.processing = interaction, processing
        found = [each for each in element.iter() if each.tag in FEEDBACKS]
        idents = {each.get("identifier", "") for each in interaction.iter("simpleChoice", "simpleAssociableChoice")}
        self.by_outcome = {each: place for each in found if (place := _outcome_of(each, idents)) is not None}
        self.all = [each for each in found if each not in self.by_outcome]
        self.always = self._shown_always()

    def after(self, ident: str) -> list[etree._Element]:
        """What is shown after this answer, but not after every one."""
        shown = [each for each in self._shown((ident,)) if each not in self.always]
        inner = [each for each in self._of(ident) if each not in shown]
        return [*inner, *shown]

    def of_thing(self, ident: str) -> list[etree._Element]:
        """The feedback of a thing to be put: inside it, or named as it."""
        scoring.spend(len(self.all))
        return [each for each in self.all if ident in (each.get("identifier"), _holder(each))]

    def general(self, idents: Sequence[str]) -> list[etree._Element]:
        """What is shown whatever is answered and explains no single thing."""
        return [each for each in self.always if each.get("identifier") not in idents]

    def at(self, wanted: int) -> list[etree._Element]:
        """What is shown to those who are right (0), partly right (1) or wrong (2)."""
        return [each for each, place in self.by_outcome.items() if place == wanted]

    def _shown(self, answer: Sequence[str]) -> list[etree._Element]:
        found = self.processing.run({self.interaction.get("responseIdentifier", "RESPONSE"): answer})
        scoring.spend(len(self.all))
        return [
            each
            for each in self.all
            if (each.get("identifier") in map(str, found.get(each.get("outcomeIdentifier", ""), ())))
            != (each.get("showHide") == "hide")
        ]

    def _of(self, ident: str) -> list[etree._Element]:
        """The feedback inside a choice, and where no rules say when it is shown, what is named as the choice."""
        scoring.spend(2 * len(self.all))
        is_ruled = self.processing.rules is not None and len(self.processing.rules)
        named = [] if is_ruled else [each for each in self.all if each.get("identifier") == ident]
        inside = [each for each in self.all if _holder(each) == ident and each not in named]
        return [*named, *inside]

    def _shown_always(self) -> list[etree._Element]:
        """What is shown whatever is answered, besides what is inside a choice."""
        always = [each for each in self._shown(()) if not _holder(each)]
        choices = [each.get("identifier", "") for each in self.interaction.iter("simpleChoice", "inlineChoice")]
        for ident in choices[:TRIED]:
            shown = self._shown((ident,))
            always = [each for each in always if each in shown]
        return always


def _holder(feedback: etree._Element) -> str:
    """The id of the choice that a feedback stands in; empty for none."""
    holders = (each for each in feedback.iterancestors() if each.tag in ("simpleChoice", "simpleAssociableChoice"))
    return next((each.get("identifier", "") for each in holders), "")


def _outcome_of(feedback: etree._Element, options: set[str]) -> int | None:
    """Which outcome a feedback of the whole question is for, by its name; None for any other."""
    if feedback.tag != "modalFeedback" or feedback.get("showHide") == "hide":
        return None
    return outcomes.place_of(feedback.get("identifier", ""), options)

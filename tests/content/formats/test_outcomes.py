"""Words for those who are right, partly right and wrong, through QTI and back."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from elearn.content.formats import files, outcomes, qti2, qti2_processing, qti12_processing
from elearn.content.formats.neutral import Bank, Choice, Item, Kind
from elearn.content.formats.opening import xml_of
from elearn.content.formats.qti2_names import V21, unified
from elearn.content.formats.qti2_writing import element_of
from elearn.content.formats.qti12_writing import element_of as old_element_of
from elearn.content.questions import QuestionKind
from elearn.content.rules import Line
from tests.factories.items import a_question_of

SAID = ("Tepat.", "Baru sebagian.", "Keliru.")
CARRYING = ("qti-1.2", "qti-2.1", "qti-2.2", "qti-3.0", "moodle-xml", "xlsx")
MUTE = {QuestionKind.MATCH, QuestionKind.CLASSIFY}
WORDS = st.sampled_from(["", "Tepat.", "Baru **sebagian**.", "Keliru & “salah”."])


@pytest.mark.parametrize("form", CARRYING)
@given(st.sampled_from(list(QuestionKind)), st.tuples(WORDS, WORDS, WORDS))
@settings(max_examples=25, deadline=None)
def test_what_is_said_by_outcome_comes_back(form: str, kind: QuestionKind, said: tuple[str, str, str]) -> None:
    """Of any kind, whichever of the three say something; one that says none stays empty."""
    right, partial, wrong = (Line(each) for each in said)
    question = replace(a_question_of(kind), if_right=right, if_partial=partial, if_wrong=wrong)
    (found,) = files.read(files.write(files.bank_of([("modul", question)]), form).content, form).understood
    assert found.question is not None
    assert (right, partial, wrong) == (found.question.if_right, found.question.if_partial, found.question.if_wrong)
    if not (form == "moodle-xml" and kind in MUTE):
        assert question.options == found.question.options
    assert question.explanation == found.question.explanation


def an_item(kind: Kind, *fractions: float, **facts: Any) -> Item:
    """An item with options a, b, c worth this, that says something to each outcome."""
    options = tuple(Choice(f"teks {ident}", worth, id=ident) for ident, worth in zip("abcd", fractions, strict=False))
    return Item(kind, "Apa?", facts.pop("options", options), combined=SAID, **facts)


def shown(item: Item, *answer: str) -> list[str]:
    """What an answer brings by QTI 2.1 as written."""
    processing = qti2_processing.Processing(unified(element_of(item, 1, V21)))
    return [str(each) for each in processing.run({"RESPONSE": answer})["COMBINED"]]


def shown_of_old(item: Item, answers: dict[str, set[str]]) -> list[str]:
    """What an answer brings by QTI 1.2 as written."""
    (element,) = old_element_of(item, 1).iter("resprocessing")
    processing = qti12_processing.Processing([element])
    _, found = processing.run({ident: frozenset(given) for ident, given in answers.items()})
    return [each.removesuffix("_fb") for each in found]


SEVERAL = an_item(Kind.MULTIPLE, 50, 50, -50, -50)
ONE = an_item(Kind.SINGLE, 100, 0, 50)
ORDER = an_item(Kind.ORDER, 100, 100, 100)
NUMBER = an_item(Kind.NUMERIC, options=(Choice("14", 100, tolerance="1"), Choice("20", 50), Choice("7", 0)))


@pytest.mark.parametrize(
    ("item", "answer", "outcome"),
    [
        (SEVERAL, "ab", outcomes.RIGHT),
        (SEVERAL, "a", outcomes.PARTIAL),
        (SEVERAL, "cd", outcomes.WRONG),
        (ONE, "a", outcomes.RIGHT),
        (ONE, "c", outcomes.PARTIAL),
        (ONE, "b", outcomes.WRONG),
        (ORDER, "abc", outcomes.RIGHT),
        (ORDER, "cab", outcomes.WRONG),
        (NUMBER, ["14.5"], outcomes.RIGHT),
        (NUMBER, ["20"], outcomes.PARTIAL),
        (NUMBER, ["9"], outcomes.WRONG),
    ],
)
def test_other_systems_show_the_right_words(item: Item, answer: Any, outcome: str) -> None:
    """The rules we write, followed on an answer, show one of the three, in each version."""
    assert [outcome] == shown(item, *answer)
    if item is not ORDER:
        assert [outcome] == shown_of_old(item, {"RESPONSE": set(answer)})


FOREIGN = """<assessmentItem identifier="i" title="t"><responseDeclaration identifier="RESPONSE" cardinality="single"
 baseType="identifier"><correctResponse><value>A</value></correctResponse></responseDeclaration><itemBody>
<choiceInteraction responseIdentifier="RESPONSE"><prompt>P?</prompt><simpleChoice identifier="A">x</simpleChoice>
<simpleChoice identifier="B">y</simpleChoice></choiceInteraction></itemBody><responseProcessing><responseCondition>
<responseIf><match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>
<setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue>
<setOutcomeValue identifier="FEEDBACK"><baseValue baseType="identifier">correct</baseValue></setOutcomeValue>
</responseIf><responseElse>
<setOutcomeValue identifier="FEEDBACK"><baseValue baseType="identifier">incorrect</baseValue></setOutcomeValue>
</responseElse>
</responseCondition></responseProcessing>
<modalFeedback outcomeIdentifier="FEEDBACK" identifier="correct" showHide="show">Bagus</modalFeedback>
<modalFeedback outcomeIdentifier="FEEDBACK" identifier="incorrect" showHide="show">Coba lagi</modalFeedback>
</assessmentItem>"""


def test_modal_feedback_of_others_is_understood_by_its_name() -> None:
    """As the implementation guide of QTI writes it: correct, incorrect."""
    item = qti2.read_root(xml_of(FOREIGN.encode())[0])
    assert (("Bagus", "", "Coba lagi"), ["", ""]) == (item.combined, [each.feedback for each in item.options])


@pytest.mark.parametrize(
    ("ident", "place"),
    [
        ("correct_fb", 0),
        ("general_incorrect_fb", 2),
        ("PARTIALLY_CORRECT", 1),
        ("Salah", 2),
        ("A_fb", None),
        ("", None),
    ],
)
def test_names_of_others(ident: str, place: int | None) -> None:
    """Canvas, Moodle, the guide; what is named as an option is that option's own."""
    assert place == outcomes.place_of(ident, {"A"})
    assert outcomes.place_of(ident, {ident.removesuffix("_fb")}) is None


def test_gift_and_aiken_say_that_they_cannot() -> None:
    """One sentence each; Moodle XML tells where Moodle itself shows nothing."""
    bank = Bank((an_item(Kind.SINGLE, 100, 0), NUMBER))
    told = {form: [each.reason for each in files.write(bank, form).losses] for form in ("gift", "moodle-xml")}
    assert 2 == sum("sebagian benar" in each for each in told["gift"])
    assert ["Moodle tidak menampilkannya" in each for each in told["moodle-xml"]] == [True]


def test_an_empty_item_has_no_rules() -> None:
    """Where nothing can be answered nothing is decided."""
    element = element_of(Item(Kind.DESCRIPTION, "Teks.", combined=SAID), 1, V21)
    assert [] == [etree.QName(each).localname for each in element.iter("{*}responseCondition")]

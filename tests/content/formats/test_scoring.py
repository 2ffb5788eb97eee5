"""Scoring programs of strangers end, however they are written."""

import time

import pytest

from elearn.content.formats import files, scoring
from elearn.content.formats.neutral import UnreadableQuestions

LABEL = '<response_label ident="o{0}"><material><mattext>x</mattext></material></response_label>'
RULE = '<respcondition continue="Yes"><conditionvar><varequal respident="r">o{0}</varequal></conditionvar>{1}'
ADD = '<setvar action="Add">1</setvar></respcondition>'
TIMES = '<setvar action="Multiply">1e29</setvar></respcondition>'
DOUBLED = (
    '<setOutcomeValue identifier="X"><multiple><variable identifier="X"/><variable identifier="X"/>'
    '<baseValue baseType="string">a</baseValue></multiple></setOutcomeValue>'
)


def old(count: int, change: str = ADD) -> bytes:
    """An item of QTI 1.2 with so many options and as many rules."""
    labels = "".join(LABEL.format(each) for each in range(count))
    rules = "".join(RULE.format(each % 2, change) for each in range(count))
    return (
        '<questestinterop><item ident="i"><presentation><response_lid ident="r" rcardinality="Multiple">'
        f"<render_choice>{labels}</render_choice></response_lid></presentation>"
        f'<resprocessing><outcomes><decvar defaultval="1"/></outcomes>{rules}</resprocessing>'
        "</item></questestinterop>"
    ).encode()


def test_program_that_would_run_for_long_is_refused_soon() -> None:
    """Each option is tried against every rule, which 5,000 of both made minutes."""
    began = time.process_time()
    with pytest.raises(UnreadableQuestions, match="terlalu rumit"):
        files.read(old(5_000))
    assert time.process_time() - began < 10


def test_program_that_doubles_a_value_is_refused() -> None:
    """Sixty doublings would fill any memory."""
    item = (
        '<assessmentItem identifier="i"><responseDeclaration identifier="RESPONSE" cardinality="multiple"/><itemBody>'
        '<choiceInteraction responseIdentifier="RESPONSE"><simpleChoice identifier="a">a</simpleChoice>'
        f"</choiceInteraction></itemBody><responseProcessing>{DOUBLED * 60}</responseProcessing></assessmentItem>"
    )
    with pytest.raises(UnreadableQuestions, match="terlalu rumit"):
        files.read(item.encode())


def test_points_beyond_every_bound_are_still_numbers() -> None:
    """Points that are multiplied until no number holds them broke the list of items."""
    (told,) = files.plain(files.read(old(30, TIMES)))["items"]
    assert all(abs(option["fraction"]) <= 100 for option in told["options"])


def test_steps_are_counted_for_all_that_is_read_together() -> None:
    """Two items of a file share its steps; outside of a file nothing is counted."""
    scoring.spend(10**9)
    with scoring.limited(10):
        scoring.spend(6)
        with pytest.raises(UnreadableQuestions):
            scoring.spend(6)

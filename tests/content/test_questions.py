"""Questions: which of them ask the same."""

from dataclasses import replace

import pytest

from elearn.content.questions import wording
from elearn.content.rules import Line, Prose
from tests.factories.content import a_question


@pytest.mark.parametrize(
    ("facts", "is_same"),
    [
        ({}, True),
        ({"explanation": Prose("Lain."), "cites": (), "difficulty": 3, "topic": "lain"}, True),
        ({"stem": Prose("Lain?")}, False),
        ({"options": tuple(replace(each, correct=True) for each in a_question().options)}, False),
        ({"options": tuple(replace(each, feedback=Line("Lain.")) for each in a_question().options)}, True),
    ],
)
def test_a_question_is_the_same_while_it_asks_and_offers_the_same(facts: dict, is_same: bool) -> None:
    """Its words and its key, not what explains it."""
    assert is_same is (wording(a_question()) == wording(a_question(**facts)))

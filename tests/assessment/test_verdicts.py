"""What figures mean in words."""

import pytest

from elearn.assessment import verdicts
from elearn.assessment.verdicts import Verdict
from elearn.quiz.statistics import Item, Quiz


def item(facility: float, discrimination: float | None, attempts: int = 1000) -> Item:
    """A question with these figures."""
    return Item(attempts, 1.0, facility / 100, facility, 0.4, 5.0, 5.0, False, discrimination, discrimination)


@pytest.mark.parametrize(
    ("facility", "discrimination", "expected"),
    [
        (60, 40, verdicts.WORKS),
        (30, 45, verdicts.DEMANDING),
        (60, 10, verdicts.BLURRED),
        (97, 5, verdicts.EASY),
        (97, -5, verdicts.EASY),
        (100, None, verdicts.EASY),
        (12, 5, verdicts.TOO_HARD),
        (12, None, verdicts.TOO_HARD),
        (28, 15, verdicts.GUESSED),
        (50, -5, verdicts.BLURRED),
        (60, 15, verdicts.WORKS),
        (50, -12, verdicts.CONTRARY),
        (8, -12, verdicts.CONTRARY),
    ],
)
def test_a_question_in_words(facility: float, discrimination: float | None, expected: Verdict) -> None:
    """Each sentence where its bound says; a quarter can be guessed."""
    assert expected == verdicts.of_question(item(facility, discrimination), 0.25)


def test_the_sentence_hr_reads() -> None:
    """As it was asked for."""
    assert "Soal ini terlalu sukar dan tidak membedakan; periksa kuncinya." == verdicts.TOO_HARD.sentence


def test_few_answers_are_not_judged() -> None:
    """Nineteen are too few, and so is nobody."""
    assert verdicts.UNKNOWN == verdicts.of_question(item(5, -50, attempts=19), 0.25)
    assert [verdicts.UNKNOWN] == verdicts.of_quiz(Quiz(3, 4.0, 2.0))


@pytest.mark.parametrize(
    ("mean", "consistency", "expected"),
    [
        (7.5, 75, ("ok", "ok")),
        (5.0, 50, ("soon", "soon")),
        (2.0, 10, ("late", "soon")),
        (9.8, None, ("soon",)),
    ],
)
def test_a_quiz_in_words(mean: float, consistency: float | None, expected: tuple[str, ...]) -> None:
    """How hard it is, and how far its results can be trusted."""
    found = verdicts.of_quiz(Quiz(50, 10.0, mean, consistency=consistency))
    assert expected == tuple(each.weight.value for each in found)

"""Which attempts count, and what they add up to."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.assessment import figures
from elearn.assessment.figures import Sitting, Third, Which
from elearn.quiz import statistics

NOON = datetime(2026, 10, 5, 5, 0, tzinfo=UTC)


def sitting(number: int, learner: int, marks: tuple[int | None, ...], **facts: object) -> Sitting:
    """An attempt at a paper whose questions are called by their place."""
    questions = facts.pop("questions", None) or tuple(f"q{place}" for place in range(len(marks)))
    standard = {"publication_id": UUID(int=1), "questions": questions, "marks": marks, "passed": False}
    instants = {"started_at": NOON, "submitted_at": NOON + timedelta(minutes=1)}
    return Sitting(UUID(int=number), UUID(int=learner), **{**standard, **instants, **facts})


AGAIN = [sitting(1, 1, (100, 0)), sitting(2, 1, (100, 100)), sitting(3, 1, (0, 0)), sitting(4, 2, (0, 100))]


@pytest.mark.parametrize(
    ("which", "expected"),
    [(Which.ALL, [1, 2, 3, 4]), (Which.FIRST, [1, 4]), (Which.LAST, [3, 4]), (Which.BEST, [2, 4])],
)
def test_which_attempts_count(which: Which, expected: list[int]) -> None:
    """One of each person, or all."""
    assert [UUID(int=each) for each in expected] == [each.attempt_id for each in figures.chosen(AGAIN, which)]


def test_a_fixed_paper_gives_the_statistics_of_its_slots() -> None:
    """Where everybody has the same questions, those are the slots."""
    rows = [(100, 0, 50), (0, 100, 100), (100, 100, 100), (0, 0, 50), (100, 0, 0)]
    found = figures.analyse([sitting(n, n, row) for n, row in enumerate(rows, start=1)])
    quiz, items = statistics.paper(list(zip(*rows, strict=True)), [100] * 3, 100)
    assert quiz == found.quiz
    assert {f"q{place}": item for place, item in enumerate(items)} == found.questions


def test_the_four_averages_are_told_whichever_attempts_count() -> None:
    """First, all, last and best, in points."""
    found = figures.analyse(AGAIN, Which.FIRST).averages
    assert found is not None
    assert (2, 1.0, 1.0, 0.5, 1.5) == (found.people, found.first, found.all, found.last, found.highest)


def test_a_dropped_question_counts_nowhere() -> None:
    """Its papers have fewer points; with another size than most they count for their questions alone."""
    rows = [sitting(n, n, (100, 0)) for n in range(1, 4)] + [sitting(4, 4, (100, None))]
    found = figures.analyse(rows)
    assert (4, 3, 1) == (found.attempts, found.quiz.attempts, found.left_out)
    assert [4, 3] == [found.questions[each].attempts for each in ("q0", "q1")]


def test_nobody_sat() -> None:
    """No attempts, no figures, no error."""
    found = figures.analyse([])
    assert (0, 0, None, None, {}) == (
        found.people,
        found.attempts,
        found.pass_share,
        found.mean_share,
        found.questions,
    )
    assert {} == figures.thirds([])


def test_the_histogram_has_a_place_for_every_result() -> None:
    """From nothing to everything, the whole in the last tenth."""
    rows = [sitting(n, n, (mark,)) for n, mark in enumerate((0, 10, 29, 95, 100), start=1)]
    assert (1, 1, 1, 0, 0, 0, 0, 0, 0, 2) == figures.analyse(rows).histogram


@given(st.lists(st.integers(0, 10), min_size=1, max_size=40))
def test_thirds_treat_equals_alike(results: list[int]) -> None:
    """Nobody is weaker than somebody with fewer points; equal results are in one third."""
    rows = [sitting(n, n, (result * 10,)) for n, result in enumerate(results, start=1)]
    found = figures.thirds(rows)
    order = [Third.WEAK, Third.MIDDLE, Third.STRONG]
    ranked = sorted((row.share, order.index(found[row.attempt_id])) for row in rows)
    assert [place for _, place in ranked] == sorted(place for _, place in ranked)
    assert len(set(ranked)) == len(set(results))


def test_three_equal_groups_are_three_thirds() -> None:
    """With results apart, each third has as many."""
    rows = [sitting(n, n, (n * 10,)) for n in range(1, 10)]
    found = figures.thirds(rows)
    assert [3, 3, 3] == [sum(third is each for third in found.values()) for each in Third]

"""What an attempt is owed of an outage, what a ruling does to a result, and which counts are shown."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.assessment import rules
from elearn.assessment.rules import Effect, Result

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PASSED, FAILED = Result(3, 4, True, (100, 100, 100, 0)), Result(2, 4, False, (100, 100, 0, 0))


def at(minutes: float) -> datetime:
    """So many minutes after noon."""
    return NOON + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("began", "ended", "minutes"),
    [(-30, 60, 10), (5, 60, 5), (-30, 4, 4), (2, 3.5, 2), (10, 60, 0), (-30, 0, 0), (-20, -5, 0)],
)
def test_what_an_outage_of_ten_minutes_took(began: float, ended: float, minutes: int) -> None:
    """The minutes in which both lasted, begun ones counted whole."""
    owed = rules.owed_minutes(from_at=NOON, until_at=at(10), started_at=at(began), ended_at=at(ended))
    assert minutes == owed


@given(st.integers(-90, 90), st.integers(0, 90), st.integers(1, 90))
def test_nobody_is_owed_more_than_was_lost(began: int, lasted: int, out: int) -> None:
    """Never more than the outage and never more than the attempt, both in whole minutes, never less than nothing."""
    owed = rules.owed_minutes(from_at=NOON, until_at=at(out), started_at=at(began), ended_at=at(began + lasted))
    assert 0 <= owed <= min(out, lasted)


@pytest.mark.parametrize(
    ("before", "after", "effect"),
    [
        (FAILED, PASSED, Effect.NOW_PASSED),
        (PASSED, FAILED, Effect.MIGHT_FAIL),
        (PASSED, Result(4, 4, True, (100,) * 4), Effect.POINTS),
        (PASSED, Result(3, 3, True, (100, 100, 100, None)), Effect.POINTS),
        (PASSED, PASSED, Effect.NONE),
    ],
)
def test_what_a_ruling_does(before: Result, after: Result, effect: Effect) -> None:
    """Passing decides first, then the points."""
    assert effect is rules.effect(before, after)


def test_small_counts_are_not_told() -> None:
    """One to four people could be guessed; none and five cannot."""
    counts = {Effect.NOW_PASSED: 4, Effect.MIGHT_FAIL: 5, Effect.POINTS: 0}
    assert {Effect.NOW_PASSED: None, Effect.MIGHT_FAIL: 5, Effect.POINTS: 0} == rules.shown_counts(counts)


@pytest.mark.parametrize("kind", [rules.Cause, rules.ReportKind, rules.Outcome, rules.Decision])
def test_every_word_that_is_stored_can_be_read(kind: type) -> None:
    """Each member of the closed lists has words of its own."""
    assert len({each.words for each in kind}) == len(list(kind))

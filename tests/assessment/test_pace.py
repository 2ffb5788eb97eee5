"""Seconds over a question."""

from datetime import UTC, datetime, timedelta

from elearn.assessment import pace

NOON = datetime(2026, 10, 5, 5, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    """So long after the start."""
    return NOON + timedelta(seconds=seconds)


def test_time_passes_from_one_saving_to_the_next() -> None:
    """A second visit adds to the first."""
    assert {1: 25.0, 2: 15.0} == pace.seconds(NOON, [(1, at(20)), (2, at(35)), (1, at(40))])


def test_who_went_away_did_not_think() -> None:
    """Ten minutes without a saving are not counted, and the next time begins after them."""
    assert {2: 12.0} == pace.seconds(NOON, [(1, at(600)), (2, at(612))])


def test_a_clock_put_back_counts_nothing() -> None:
    """What seems to have been given before the last is no time at all."""
    assert {1: 30.0, 3: 5.0} == pace.seconds(NOON, [(1, at(30)), (2, at(10)), (3, at(35))])

"""Working days, and phases that follow one another."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearn.calendar import national, rules
from elearn.calendar.rules import OfficeDays, PhaseKind, Span

DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
CALENDARS = st.builds(
    OfficeDays,
    closed=st.dictionaries(DAYS, st.just("libur"), max_size=40),
    opened=st.frozensets(DAYS, max_size=10),
)
NATION = OfficeDays({**national.holidays_of(2026), **national.holidays_of(2027)})


@settings(deadline=None)
@given(DAYS, st.integers(-20, 20), CALENDARS)
def test_adding_working_days_is_what_counting_says(day: date, count: int, days: OfficeDays) -> None:
    """So many working days lie between a day and the day so many working days later, or earlier."""
    there = rules.add_working_days(day, count, days)
    if count == 0:
        assert day == there
        return
    assert rules.is_working_day(there, days)
    if count > 0:
        assert count == rules.working_days_between(day, there, days)
    else:
        before = rules.working_days_between(there - rules.ONE_DAY, day - rules.ONE_DAY, days)
        assert -count == before


@settings(deadline=None)
@given(DAYS, CALENDARS)
def test_the_next_and_the_last_working_day_are_the_nearest(day: date, days: OfficeDays) -> None:
    """Both are working days, and nothing between them and the day is one."""
    after, before = rules.next_working_day(day, days), rules.last_working_day(day, days)
    assert before <= day <= after
    assert rules.is_working_day(after, days)
    assert rules.is_working_day(before, days)
    if before != after:
        between = (before + timedelta(days=n) for n in range(1, (after - before).days))
        assert not any(rules.is_working_day(each, days) for each in between)


def test_the_nation_rests_on_holidays_and_collective_leave() -> None:
    """Christmas and the collective leave before it; the days before are for work."""
    assert "Cuti Bersama" in national.holidays_of(2026)[date(2026, 12, 24)]
    closed = [day for day in range(21, 28) if not rules.is_working_day(date(2026, 12, day), NATION)]
    assert [24, 25, 26, 27] == closed
    assert date(2026, 12, 28) == rules.add_working_days(date(2026, 12, 23), 1, NATION)


def test_the_regency_may_work_while_others_rest() -> None:
    """Its own word stands above the weekend and the nation's holidays."""
    days = OfficeDays(NATION.closed, frozenset({date(2026, 12, 24), date(2026, 12, 26)}))
    assert rules.is_working_day(date(2026, 12, 24), days)
    assert rules.is_working_day(date(2026, 12, 26), days)


def span(kind: PhaseKind, first: int, last: int) -> Span:
    """A phase on days of November 2026."""
    return Span(kind, date(2026, 11, first), date(2026, 11, last))


CAMPAIGN, SILENCE = span(PhaseKind.CAMPAIGN, 1, 20), span(PhaseKind.SILENCE, 21, 23)
POLLING = span(PhaseKind.POLLING, 24, 24)


def test_phases_in_order_are_accepted_however_they_are_listed() -> None:
    """Gaps are allowed, and phases may be missing."""
    rules.refuse_disorder([SILENCE, CAMPAIGN, POLLING], date(2026, 11, 24))
    rules.refuse_disorder([CAMPAIGN], date(2026, 11, 24))


@pytest.mark.parametrize(
    ("phases", "polling_on", "refusal"),
    [
        ([], 24, rules.NoPhases),
        ([span(PhaseKind.CAMPAIGN, 20, 1)], 24, rules.PhaseReversed),
        ([CAMPAIGN, span(PhaseKind.SILENCE, 20, 23)], 24, rules.PhasesDisordered),
        ([CAMPAIGN, span(PhaseKind.DETERMINATION, 21, 23)], 24, rules.PhasesDisordered),
        ([CAMPAIGN, POLLING], 25, rules.PollingElsewhere),
    ],
)
def test_disordered_phases_are_refused(phases: list[Span], polling_on: int, refusal: type[Exception]) -> None:
    """None at all, reversed, overlapping, in the wrong order, or polling outside its phase."""
    with pytest.raises(refusal):
        rules.refuse_disorder(phases, date(2026, 11, polling_on))

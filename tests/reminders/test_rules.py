"""Who is reminded on which day, when a mail may leave, and which OPD is behind."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearn.calendar.rules import OfficeDays, is_working_day, last_working_day
from elearn.directives.duties import Demand, Obligation
from elearn.directives.rules import Stage
from elearn.reminders import rules
from elearn.reminders.rules import Occasion, OpenDuty, Quiet, Rank, Reached

PLAIN = OfficeDays()
DAYS = st.dates(date(2026, 6, 1), date(2026, 12, 31))
CALENDARS = st.builds(OfficeDays, closed=st.dictionaries(DAYS, st.just("libur"), max_size=60))
FRIDAY = date(2026, 12, 4)


def reminded(deadline_on: date, days: OfficeDays = PLAIN, *, until: int = 12) -> dict[int, Occasion]:
    """The reminders of a deadline by their distance to it in days."""
    found = ((n, rules.occasion(deadline_on, deadline_on + timedelta(days=n), days)) for n in range(-20, until))
    return {n: each for n, each in found if each}


def test_an_ordinary_deadline() -> None:
    """Friday: 14, 7, 3, 1 and 0 days before, then on Wednesday and on Monday, three working days apart."""
    late = {5: Occasion.LATE, 10: Occasion.LATE}
    assert {-14: "t-14", -7: "t-7", -3: "t-3", -1: "t-1", 0: "t-0"} | late == reminded(FRIDAY)


def test_reminders_move_to_working_days() -> None:
    """For a Sunday: T-14 and T-7 come on Monday, T-1 would come too late, T-0 comes on the Friday before."""
    assert {-13: "t-14", -6: "t-7", -3: "t-3", -2: "t-0"} == reminded(date(2026, 12, 6), until=0) | {-3: "t-3"}
    assert "t-1" not in reminded(date(2026, 12, 6)).values()


def test_of_two_that_meet_the_more_urgent_stands() -> None:
    """A long holiday before the deadline leaves one reminder on the first day after it."""
    closed = {FRIDAY - timedelta(days=n): "libur" for n in range(2, 9)}
    assert {-14: "t-14", -1: "t-1", 0: "t-0"} == reminded(FRIDAY, OfficeDays(closed), until=1)


@settings(deadline=None)
@given(DAYS, CALENDARS)
def test_never_on_a_day_off_and_each_at_most_once(deadline_on: date, days: OfficeDays) -> None:
    """All reminders fall on working days; each of those ahead comes at most once, in order, the last one always."""
    found = reminded(deadline_on, days, until=30) | _long_before(deadline_on, days)
    assert all(is_working_day(deadline_on + timedelta(days=n), days) for n in found)
    ahead = [each for _, each in sorted(found.items()) if each is not Occasion.LATE]
    order = [Occasion.FORTNIGHT, Occasion.WEEK, Occasion.THREE_DAYS, Occasion.EVE, Occasion.DEADLINE]
    assert ahead == sorted(set(ahead), key=order.index)
    assert Occasion.DEADLINE == ahead[-1]
    assert (last_working_day(deadline_on, days) - deadline_on).days == max(n for n in found if n <= 0)
    assert all(n > 0 for n, each in found.items() if each is Occasion.LATE)


@settings(deadline=None)
@given(DAYS, CALENDARS, st.sets(st.integers(-20, 12)))
def test_what_is_missed_is_made_up_on_the_next_day_at_work(deadline_on: date, days: OfficeDays, up: set[int]) -> None:
    """Whatever the days on which there was a round: told on exactly those with a reminder since the last telling."""
    told: date | None = None
    for n in sorted(up):
        today = deadline_on + timedelta(days=n)
        since = told or date(2026, 1, 1)
        passed = (since + timedelta(days=d) for d in range(1, (today - since).days + 1))
        missed = any(rules.occasion(deadline_on, day, days) for day in passed if day > today - timedelta(days=15))
        reminder = rules.latest_reminder(deadline_on, today, days)
        is_owed = rules.is_owed(reminder, begun_on=date(2026, 1, 1), told_on=told, today=today)
        assert is_owed is (missed and is_working_day(today, days))
        told = today if is_owed else told


def test_escalations_wait_for_working_days_and_end_with_the_sekda() -> None:
    """The day of each, what is made up and until when, and that a late warning is not sent after the last word."""
    due = rules.due_escalations
    early, late = date(2026, 1, 1), FRIDAY + timedelta(days=3)
    assert [date(2026, 12, 1), FRIDAY] == [rules.escalation_day(each, FRIDAY, PLAIN) for each in rules.Escalation]
    assert () == due(FRIDAY, early, (), date(2026, 11, 30), PLAIN)
    assert ("opd",) == due(FRIDAY, early, (), date(2026, 12, 3), PLAIN)
    assert () == due(FRIDAY, early, ("opd",), date(2026, 12, 3), PLAIN)
    assert ("opd", "sekda") == due(FRIDAY, early, (), late, PLAIN)
    assert () == due(FRIDAY, early, ("sekda",), late, PLAIN)
    assert ("sekda",) == due(FRIDAY, date(2026, 12, 2), (), late, PLAIN)
    assert () == due(FRIDAY, early, (), FRIDAY + timedelta(days=1), PLAIN)
    assert () == due(FRIDAY, early, (), FRIDAY + timedelta(days=35), PLAIN)


def _long_before(deadline_on: date, days: OfficeDays) -> dict[int, Occasion]:
    """The reminders far ahead, where a long holiday may have put the last working day."""
    found = ((n, rules.occasion(deadline_on, deadline_on + timedelta(days=n), days)) for n in range(-120, -20))
    return {n: each for n, each in found if each}


NIGHT = Quiet(18, 7)


@pytest.mark.parametrize(
    ("hour", "leaves", "is_time"),
    [(5, 7, False), (6, 7, True), (7, 7, True), (12, 12, True), (17, 17, True), (18, 31, False), (23, 31, False)],
)
def test_nothing_leaves_at_night(hour: int, leaves: int, is_time: bool) -> None:
    """From 18 to 7 a mail waits; it is written an hour before it may leave at the earliest."""
    now = datetime(2026, 11, 23, hour)  # noqa: DTZ001 - a clock on the wall
    assert datetime(2026, 11, 23) + timedelta(hours=leaves) == rules.leaves_at(now, NIGHT)  # noqa: DTZ001
    assert is_time is rules.is_time(now, NIGHT)


@settings(deadline=None)
@given(st.datetimes(), st.integers(0, 23), st.integers(0, 23))
def test_a_mail_leaves_outside_the_quiet_hours_within_a_day(now: datetime, from_hour: int, until_hour: int) -> None:
    """However the hours are set, and at once if they are the same."""
    quiet = Quiet(from_hour, until_hour)
    leaves = rules.leaves_at(now, quiet) if now < datetime(9999, 12, 30) else now  # noqa: DTZ001
    assert now <= leaves < now + timedelta(days=1, seconds=1)
    assert leaves == rules.leaves_at(leaves, quiet) or now >= datetime(9999, 12, 30)  # noqa: DTZ001
    assert from_hour != until_hour or leaves == now


def test_open_duties_are_listed_once_the_most_urgent_first() -> None:
    """What is signed is left out; of two demands for one module the earlier deadline stands."""
    today, soon, later = date(2026, 11, 22), date(2026, 11, 25), date(2026, 12, 2)
    plain, renewed, other = Demand("netralitas"), Demand("netralitas", since=date(2026, 1, 1)), Demand("lain")
    owes = [Obligation(plain, later), Obligation(renewed, soon), Obligation(other, soon), Obligation(plain, later)]
    reached = {plain: Reached(Stage.LEARNING), renewed: Reached(Stage.NOT_STARTED), other: Reached(Stage.SIGNED)}
    assert (OpenDuty("netralitas", soon),) == rules.open_duties(owes, reached, today)


def test_a_result_that_lapsed_lately_gives_its_own_deadline() -> None:
    """Signed three days into the days that may be renewed in peace: due three days from today."""
    today = date(2026, 11, 22)
    demand = Demand("netralitas", since=date(2025, 11, 22), renew_from=date(2025, 11, 8))
    duty = Obligation(demand, date(2026, 1, 5))
    assert date(2026, 11, 25) == rules.due_on(duty, date(2025, 11, 11), today)
    assert date(2026, 1, 5) == rules.due_on(duty, None, today)
    assert date(2025, 11, 11) == rules.lapsed_from(demand, date(2025, 11, 11))
    assert rules.lapsed_from(demand, date(2025, 11, 22)) is None
    assert rules.lapsed_from(demand, date(2025, 11, 7)) is None


def test_the_ranking_begins_with_the_lowest() -> None:
    """Of equals the larger comes first; whoever has nobody bound is not behind."""
    ranks = [
        Rank(UUID(int=n), name, *done) for n, (name, *done) in enumerate([("A", 8, 10), ("B", 1, 4), ("C", 2, 8)])
    ]
    assert ["C", "B", "A"] == [rank.name for rank in rules.ranking(ranks)]
    assert [False, True, True] == [rank.is_behind(80) for rank in ranks]
    assert not Rank(UUID(int=9), "D", 0, 0).is_behind(100)

"""The figures of a report add up."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.directives.duties import Demand, Obligation
from elearn.directives.rules import Reach, Stage
from elearn.reports.rules import Crowd, DayToCome, Figures, UnreadableDay, as_of, tally, total

DAY = date(2026, 11, 22)

demands = st.sampled_from((Demand("a"), Demand("b")))
duties = st.lists(
    st.builds(Obligation, demands, st.dates(date(2026, 11, 1), date(2026, 12, 1))),
    min_size=1,
    max_size=2,
    unique_by=lambda duty: duty.module_slug,
).map(tuple)
opds = st.none() | st.integers(1, 5).map(lambda n: UUID(int=n))
reached = st.dictionaries(demands, st.builds(Reach, st.sampled_from(Stage), st.booleans()))


@st.composite
def crowd(draw: st.DrawFn) -> Crowd:
    """Some people alike, some of whom never opened their account."""
    people = draw(st.integers(1, 50))
    return Crowd(draw(opds), draw(duties), draw(reached), people, draw(st.integers(0, people)))


crowds = st.lists(crowd(), max_size=30)


@given(crowds)
def test_every_bound_person_stands_at_exactly_one_point(regency: list[Crowd]) -> None:
    """The five columns of a row sum to the people bound there."""
    for opd, figures in tally(regency, DAY).items():
        assert sum(each.people for each in regency if each.row == opd) == figures.bound
        assert 0 <= figures.late <= figures.bound - figures.done
        assert 0 <= figures.not_activated <= figures.bound
        assert 0 <= (figures.percent or 0) <= 1


@given(crowds)
def test_the_total_is_the_sum_of_the_leaves(regency: list[Crowd]) -> None:
    """Adding the rows of the OPD gives what counting everybody as one OPD gives."""
    as_one = [replace(each, row=None) for each in regency]
    expected = tally(as_one, DAY).get(None, Figures())
    assert expected == total(tally(regency, DAY).values())


@given(crowds)
def test_a_crowd_counts_as_its_people_do_one_by_one(regency: list[Crowd]) -> None:
    """Grouping people alike, as the database does, changes no figure."""
    one_by_one = [
        replace(each, people=1, not_activated=int(number < each.not_activated))
        for each in regency
        for number in range(each.people)
    ]
    assert tally(one_by_one, DAY) == tally(regency, DAY)


@given(crowds, st.integers(0, 40))
def test_nobody_becomes_less_late_by_waiting(regency: list[Crowd], days: int) -> None:
    """With nothing done meanwhile, a later day has no fewer late people."""
    before, after = (total(tally(regency, day).values()) for day in (DAY, DAY + timedelta(days=days)))
    assert before.late <= after.late
    assert before.bound == after.bound


def test_percent_counts_signed_and_certified() -> None:
    """The certificate is the office's part, so a signature is enough; of nobody there is no share."""
    assert 0.5 == Figures(not_started=1, learning=1, passed=0, signed=1, certified=1).percent
    assert Figures().percent is None


@pytest.mark.parametrize(("percent_done", "expected"), [(49, True), (50, False)])
def test_behind_is_below_one_half(percent_done: int, expected: bool) -> None:
    """Half is not behind."""
    assert expected == Figures(not_started=100 - percent_done, certified=percent_done).is_behind


def test_a_report_is_of_today_or_of_a_day_gone_by() -> None:
    """No day means today; a day to come, or no day at all, is refused."""
    assert DAY == as_of(None, DAY) == as_of("", DAY)
    assert date(2026, 3, 1) == as_of("2026-03-01", DAY)
    with pytest.raises(DayToCome):
        as_of("2026-11-23", DAY)
    with pytest.raises(UnreadableDay):
        as_of("kemarin", DAY)

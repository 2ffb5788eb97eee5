"""The figures of a report add up."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.directives.rules import Completion, Obligation
from elearn.reports.rules import Bound, DayToCome, Figures, UnreadableDay, as_of, tally, total

AT = datetime(2026, 11, 1, tzinfo=UTC)
DAY = date(2026, 11, 22)

moments = st.none() | st.just(AT)
reached = st.builds(Completion, moments, moments, moments, moments)
duties = st.lists(
    st.builds(Obligation, st.sampled_from(("a", "b")), st.dates(date(2026, 11, 1), date(2026, 12, 1))),
    min_size=1,
    max_size=2,
    unique_by=lambda duty: duty.module_slug,
).map(tuple)
opds = st.none() | st.integers(1, 5).map(lambda n: UUID(int=n))


@st.composite
def regencies(draw: st.DrawFn) -> tuple[list[Bound], dict[str, dict[UUID, Completion]]]:
    """People of a few OPD with what they must finish, and what they have reached."""
    facts = draw(st.lists(st.tuples(opds, duties), max_size=40))
    people = [Bound(UUID(int=1000 + n), opd, duty) for n, (opd, duty) in enumerate(facts)]
    done = {slug: {p.account_id: draw(reached) for p in people if draw(st.booleans())} for slug in ("a", "b")}
    return people, done


@given(regencies())
def test_every_bound_person_stands_at_exactly_one_point(regency: tuple) -> None:
    """The five columns of a row sum to the people bound there."""
    people, done = regency
    rows = tally(people, done, DAY)
    for opd, figures in rows.items():
        assert sum(person.opd_id == opd for person in people) == figures.bound
        assert 0 <= figures.late <= figures.bound - figures.done
        assert 0 <= (figures.percent or 0) <= 1


@given(regencies())
def test_the_total_is_the_sum_of_the_leaves(regency: tuple) -> None:
    """Adding the rows of the OPD gives what counting everybody as one OPD gives."""
    people, done = regency
    as_one = [Bound(person.account_id, None, person.obligations) for person in people]
    expected = tally(as_one, done, DAY).get(None, Figures())
    assert expected == total(tally(people, done, DAY).values())


@given(regencies(), st.integers(0, 40))
def test_nobody_becomes_less_late_by_waiting(regency: tuple, days: int) -> None:
    """With nothing done meanwhile, a later day has no fewer late people."""
    people, done = regency
    before, after = (total(tally(people, done, day).values()) for day in (DAY, DAY + timedelta(days=days)))
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

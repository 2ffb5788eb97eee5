"""Whom a directive binds, what it asks, what counts, and by when."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.directives.duties import (
    Demand,
    Obligation,
    Order,
    Place,
    Target,
    Terms,
    deadline,
    demand,
    earliest,
    is_bound,
    lineage,
    months_before,
    obligations,
    with_former,
)

DUE = date(2026, 11, 27)
ISSUED = date(2026, 11, 1)
KINDS = ("PNS", "CPNS", "PPPK", "PPPK_PARUH_WAKTU")
GROUPS = ("jpt", "administrator", "pengawas", "fungsional", "pelaksana")
ROOT, HEALTH, SCHOOL = UUID(int=1), UUID(int=2), UUID(int=3)
TEACHER = Place((ROOT, SCHOOL), "PNS", "fungsional", UUID(int=99))
MODULE = "netralitas-asn"

ids = st.integers(0, 30).map(lambda n: UUID(int=n))
some = st.frozensets(ids, max_size=4)
groups = st.frozensets(st.sampled_from(GROUPS), max_size=2)
lineages = st.lists(ids, min_size=1, max_size=4, unique=True).map(tuple)
targets = st.builds(Target, some, st.frozensets(st.sampled_from(KINDS)), groups, some, some, some)
places = st.builds(Place, lineages, st.sampled_from(KINDS), st.sampled_from(GROUPS) | st.none(), ids)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
demands = st.builds(Demand, st.sampled_from(("a", "b", "c")), st.none() | days)


def an_order(**facts: object) -> Order:
    """A directive to everybody, by the end of the month."""
    target = Target(frozenset({ROOT}), frozenset(KINDS))
    return replace(Order(target, (MODULE,), ISSUED, DUE, joiner_days=14), **facts)


@given(targets, places)
def test_bound_means_inside_and_of_the_kind_and_the_group_or_named(target: Target, place: Place) -> None:
    """An exception always frees; a name always binds otherwise; nothing else does either."""
    inside = any(each in target.agencies for each in place.lineage)
    outside = any(each in target.excepted_agencies for each in place.lineage)
    of_group = not target.post_groups or place.post_group in target.post_groups
    by_place = inside and not outside and of_group and place.kind in target.kinds
    expected = place.employee_id not in target.excepted_people and (place.employee_id in target.people or by_place)
    assert expected == is_bound(target, place)


@given(targets, some, places)
def test_a_wider_target_frees_nobody(target: Target, more: frozenset[UUID], place: Place) -> None:
    """Adding agencies or people never unbinds a person."""
    wider = replace(target, agencies=target.agencies | more, people=target.people | more)
    assert is_bound(wider, place) >= is_bound(target, place)


@given(targets, places, ids)
def test_whoever_is_bound_stays_bound_in_a_unit_below(target: Target, place: Place, unit: UUID) -> None:
    """A target means its whole subtree, unless just that unit is excepted."""
    below = replace(place, lineage=(*place.lineage, unit))
    assert unit in target.excepted_agencies or is_bound(target, below) >= is_bound(target, place)


def test_a_path_is_read_from_the_root_down() -> None:
    """'/<id>/<id>/' as the agencies keep it."""
    assert (ROOT, HEALTH) == lineage(f"/{ROOT}/{HEALTH}/")


@given(st.lists(st.builds(Obligation, demands, days)))
def test_a_demand_is_owed_once_by_its_earliest_deadline(duties: list[Obligation]) -> None:
    """Two directives that ask for the same are one obligation."""
    owed = {duty.demand: duty.deadline_on for duty in earliest(duties)}
    assert {duty.demand for duty in duties} == owed.keys()
    assert all(owed[duty.demand] <= duty.deadline_on for duty in duties)


def test_only_directives_that_bind_make_obligations() -> None:
    """A teacher owes nothing for a directive to the health office; several modules are several obligations."""
    health = an_order(target=Target(frozenset({HEALTH}), frozenset(KINDS)))
    whole = an_order(modules=(MODULE, "netralitas-medsos"))
    assert () == obligations([health], TEACHER, DUE)
    expected = (Obligation(Demand(MODULE), DUE), Obligation(Demand("netralitas-medsos"), DUE))
    assert expected == obligations([health, whole], TEACHER, DUE)


def test_a_kind_of_employee_may_have_its_own_deadline() -> None:
    """The others keep the general one."""
    order = an_order(deadlines={"PPPK": DUE + timedelta(days=30)})
    assert DUE == deadline(order, TEACHER, DUE)
    assert DUE + timedelta(days=30) == deadline(order, replace(TEACHER, kind="PPPK"), DUE)


@pytest.mark.parametrize(
    ("joined_on", "expected"),
    [
        (None, DUE),
        (ISSUED, DUE),
        (ISSUED + timedelta(days=2), DUE),
        (DUE, DUE + timedelta(days=14)),
        (DUE + timedelta(days=60), DUE + timedelta(days=74)),
    ],
)
def test_who_joins_after_the_issue_has_time_of_her_own(joined_on: date | None, expected: date) -> None:
    """Never less than the others; who was here at the issue has none."""
    assert expected == deadline(an_order(), replace(TEACHER, serving_since=joined_on, joined_on=joined_on), DUE)


def test_a_move_within_what_is_bound_gives_no_new_time() -> None:
    """For a directive to all, the service here counts; for one to an OPD, the stay in it."""
    moved = replace(TEACHER, joined_on=DUE, serving_since=date(2020, 1, 1))
    assert DUE == deadline(an_order(), moved, DUE)
    school = an_order(target=Target(frozenset({SCHOOL}), frozenset(KINDS)))
    assert DUE + timedelta(days=14) == deadline(school, moved, DUE)


def test_results_count_from_before_the_issue_only_if_credited() -> None:
    """Else what was signed on the day of the issue or later."""
    assert Demand(MODULE) == demand(an_order(), MODULE, DUE)
    fresh = an_order(terms=Terms(credits_earlier=False))
    assert Demand(MODULE, ISSUED) == demand(fresh, MODULE, DUE)


def test_a_result_lapses_after_its_months_and_may_be_renewed_in_peace() -> None:
    """Signed on the 27th of November 2025 it counts until the 27th of November 2026."""
    yearly = an_order(terms=Terms(valid_months=12))
    asked = demand(yearly, MODULE, DUE)
    assert (date(2025, 11, 27), date(2025, 11, 13)) == (asked.since, asked.renew_from)
    assert date(2025, 11, 28) == demand(yearly, MODULE, DUE + timedelta(days=1)).since


def test_a_result_counts_until_a_phase_ends() -> None:
    """The day after, everybody has the days of a joiner to do it again."""
    until = an_order(terms=Terms(valid_until=DUE))
    assert Demand(MODULE) == demand(until, MODULE, DUE)
    after = DUE + timedelta(days=1)
    assert Demand(MODULE, after) == demand(until, MODULE, after)
    assert DUE + timedelta(days=14) == deadline(until, TEACHER, after)


@given(days, st.integers(1, 36))
def test_months_are_counted_back_to_a_day_that_exists(day: date, months: int) -> None:
    """The month is right, and the day the same or the last one."""
    earlier = months_before(day, months)
    assert day.year * 12 + day.month - months == earlier.year * 12 + earlier.month
    assert earlier.day == day.day or (earlier.day < day.day and (earlier + timedelta(days=1)).day == 1)


def test_a_lineage_goes_on_with_the_former_agencies_to_the_first() -> None:
    """At first and second hand, each once, even where two took over from one another."""
    oldest = UUID(int=4)
    assert (ROOT, HEALTH, SCHOOL, oldest) == with_former((ROOT, HEALTH), {HEALTH: [SCHOOL], SCHOOL: [oldest]})
    assert (ROOT, HEALTH) == with_former((ROOT, HEALTH), {SCHOOL: [oldest]})
    assert (HEALTH, SCHOOL) == with_former((HEALTH,), {HEALTH: [SCHOOL], SCHOOL: [HEALTH]})


@given(lineages, st.dictionaries(ids, st.lists(ids, max_size=3), max_size=8))
def test_nobody_took_over_from_outside_a_lineage_with_its_former(
    line: tuple[UUID, ...], former: dict[UUID, list[UUID]]
) -> None:
    """It begins as it was, and whatever any of its agencies took over from is in it."""
    found = with_former(line, former)
    assert line == found[: len(line)]
    assert len(set(found)) == len(found)
    assert all(each in found for agency in found for each in former.get(agency, ()))

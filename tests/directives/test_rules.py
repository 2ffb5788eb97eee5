"""Who is bound, how far, and who is late."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.directives.rules import (
    Completion,
    Obligation,
    Order,
    Stage,
    Standing,
    Target,
    earliest,
    is_bound,
    lineage,
    obligations,
    stage,
    standing,
    together,
)

AT = datetime(2026, 11, 1, tzinfo=UTC)
DUE = date(2026, 11, 27)
KINDS = ("PNS", "CPNS", "PPPK", "PPPK_PARUH_WAKTU")

ids = st.integers(0, 30).map(lambda n: UUID(int=n))
lineages = st.lists(ids, min_size=1, max_size=4, unique=True)
targets = st.builds(Target, st.frozensets(ids, max_size=5), st.frozensets(st.sampled_from(KINDS)))
kinds = st.sampled_from(KINDS)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
standings = st.builds(Standing, st.sampled_from(Stage), st.booleans())


@given(targets, lineages, kinds)
def test_bound_means_an_agency_above_is_targeted_and_the_kind_is(target: Target, path: list[UUID], kind: str) -> None:
    """Neither alone binds, and nothing else does."""
    expected = kind in target.kinds and any(agency in target.agencies for agency in path)
    assert expected == is_bound(target, lineage=path, kind=kind)


@given(targets, targets, lineages, kinds)
def test_a_wider_target_frees_nobody(target: Target, more: Target, path: list[UUID], kind: str) -> None:
    """Adding agencies or kinds never unbinds a person."""
    wider = Target(target.agencies | more.agencies, target.kinds | more.kinds)
    assert is_bound(wider, lineage=path, kind=kind) >= is_bound(target, lineage=path, kind=kind)


@given(targets, lineages, ids, kinds)
def test_whoever_is_bound_stays_bound_in_a_unit_below(
    target: Target, path: list[UUID], unit: UUID, kind: str
) -> None:
    """A target means its whole subtree."""
    assert is_bound(target, lineage=[*path, unit], kind=kind) >= is_bound(target, lineage=path, kind=kind)


@given(lineages, st.frozensets(kinds), kinds)
def test_the_root_binds_everybody_of_the_kinds(path: list[UUID], chosen: frozenset[str], kind: str) -> None:
    """A directive to the whole regency asks for the kind only."""
    assert (kind in chosen) == is_bound(Target(frozenset(path[:1]), chosen), lineage=path, kind=kind)


def test_a_path_is_read_from_the_root_down() -> None:
    """'/<id>/<id>/' as the agencies keep it."""
    root, opd = UUID(int=1), UUID(int=2)
    assert (root, opd) == lineage(f"/{root}/{opd}/")


@pytest.mark.parametrize(
    ("completion", "expected"),
    [
        (Completion(), Stage.NOT_STARTED),
        (Completion(AT), Stage.LEARNING),
        (Completion(AT, AT), Stage.PASSED),
        (Completion(AT, AT, AT), Stage.SIGNED),
        (Completion(AT, AT, AT, AT), Stage.CERTIFIED),
        (Completion(None, None, AT), Stage.SIGNED),
    ],
)
def test_the_stage_is_the_furthest_point(completion: Completion, expected: Stage) -> None:
    """Also when an earlier point is not on record."""
    assert expected is stage(completion)


@pytest.mark.parametrize(("days_after", "is_late"), [(-1, False), (0, False), (1, True)])
def test_late_begins_the_day_after_the_deadline(days_after: int, is_late: bool) -> None:
    """On the last day itself nobody is late."""
    assert is_late == standing(DUE, Stage.PASSED, DUE + timedelta(days=days_after)).is_late


@given(st.sampled_from(Stage), days, days)
def test_who_has_signed_is_never_late(reached: Stage, due: date, today: date) -> None:
    """The certificate is the office's part."""
    stands = standing(due, reached, today)
    assert (today > due and reached < Stage.SIGNED) == stands.is_late


@given(st.lists(standings, min_size=1, max_size=5))
def test_several_obligations_are_done_only_when_all_are(each: list[Standing]) -> None:
    """The least advanced counts, any lateness counts, and a beginning anywhere is a beginning."""
    whole = together(each)
    least = min(one.stage for one in each)
    assert any(one.is_late for one in each) == whole.is_late
    assert whole.stage in (least, Stage.LEARNING)
    assert (whole.stage is Stage.NOT_STARTED) == all(one.stage is Stage.NOT_STARTED for one in each)


@given(st.lists(st.builds(Obligation, st.sampled_from(("a", "b", "c")), days)))
def test_a_module_is_owed_once_by_its_earliest_deadline(duties: list[Obligation]) -> None:
    """Two directives for one module are one obligation."""
    owed = {duty.module_slug: duty.deadline_on for duty in earliest(duties)}
    assert {duty.module_slug for duty in duties} == owed.keys()
    assert all(owed[duty.module_slug] <= duty.deadline_on for duty in duties)


def test_only_directives_that_bind_make_obligations() -> None:
    """A teacher owes nothing for a directive to the health office."""
    root, health, school = UUID(int=1), UUID(int=2), UUID(int=3)
    orders = [
        Order(Target(frozenset({health}), frozenset(KINDS)), "netralitas-asn", DUE),
        Order(Target(frozenset({root}), frozenset({"PNS"})), "netralitas-asn", DUE + timedelta(days=9)),
    ]
    assert () == obligations(orders, lineage=(root, school), kind="PPPK")
    owed = obligations(orders, lineage=(root, school), kind="PNS")
    assert (Obligation("netralitas-asn", DUE + timedelta(days=9)),) == owed

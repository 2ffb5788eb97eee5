"""Names, days of placements, the shape of the tree."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.agencies import rules
from elearn.agencies.rules import AgencyKind, EmployeeKind, ImpossibleDay, KindMismatch, MisplacedAgency
from elearn.core.db import new_id

TODAY = dt.date(2026, 11, 22)
SINCE = dt.date(2026, 3, 1)
DAY = dt.timedelta(days=1)


@dataclass
class Stay:
    """A stay as the rules see it."""

    started_on: dt.date
    ended_on: dt.date | None


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        (None, None, "Suharti"),
        ("Dr.", None, "Dr. Suharti"),
        (None, "S.Pd., M.M.", "Suharti, S.Pd., M.M."),
        ("Hj.", "S.H.", "Hj. Suharti, S.H."),
        ("", "", "Suharti"),
    ],
)
def test_a_full_name_has_its_titles_where_they_belong(before: str | None, after: str | None, whole: str) -> None:
    """Before the name, and after it behind a comma."""
    assert whole == rules.full_name("Suharti", before, after)


@given(st.lists(st.integers(1, 400), min_size=1, max_size=6), st.integers(0, 3000))
def test_on_each_day_there_is_one_placement_at_most(lengths: list[int], offset: int) -> None:
    """Stays that follow each other cover each day since the first once; the last stays open."""
    starts = [SINCE + DAY * sum(lengths[:place]) for place in range(len(lengths))]
    stays = [Stay(start, end) for start, end in zip(starts, [*starts[1:], None], strict=True)]
    day = SINCE + DAY * (offset - 100)
    found = rules.placement_on(stays, day)
    assert (day < SINCE) == (found is None)
    if found:
        assert found.started_on <= day < (found.ended_on or day + DAY)
        assert 1 == sum(rules.placement_on([stay], day) is stay for stay in stays)


def test_a_move_fits_between_the_placement_and_today() -> None:
    """Its first day may be corrected; earlier or later than today is refused at the field."""
    for day in (SINCE, TODAY):
        rules.refuse_move(since=SINCE, on=day, today=TODAY)
    for day in (SINCE - DAY, TODAY + DAY):
        with pytest.raises(ImpossibleDay) as refusal:
            rules.refuse_move(since=SINCE, on=day, today=TODAY)
        assert "on" == refusal.value.field


def test_leaving_takes_at_least_one_day_of_service() -> None:
    """Nobody leaves on the day of coming, nor in the future."""
    rules.refuse_leave(since=SINCE, on=SINCE + DAY, today=TODAY)
    for day in (SINCE, TODAY + DAY):
        with pytest.raises(ImpossibleDay):
            rules.refuse_leave(since=SINCE, on=day, today=TODAY)


@pytest.mark.parametrize("kind", AgencyKind)
@pytest.mark.parametrize("parent", [None, *AgencyKind])
def test_the_tree_has_three_floors(kind: AgencyKind, parent: AgencyKind | None) -> None:
    """Instansi, OPD, units; what stands below what is one rule read two ways."""
    if rules.kind_below(parent) is kind:
        rules.refuse_misplaced(kind, parent)
    else:
        with pytest.raises(MisplacedAgency):
            rules.refuse_misplaced(kind, parent)


def test_the_kind_fits_the_number() -> None:
    """PNS and CPNS have a NIP, PPPK an NI PPPK."""
    for kind in EmployeeKind:
        fits = kind in rules.PPPK_KINDS
        rules.refuse_mismatch(kind, is_pppk=fits)
        with pytest.raises(KindMismatch):
            rules.refuse_mismatch(kind, is_pppk=not fits)


IDS = [new_id() for _ in range(7)]


def path(number: int) -> str:
    """The path of a node in a binary tree of seven."""
    above = path((number - 1) // 2) if number else "/"
    return f"{above}{IDS[number]}/"


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 50), st.integers(0, 50)), max_size=12))
def test_totals_up_the_tree_equal_the_sum_of_the_leaves(rows: list[tuple[int, int, int]]) -> None:
    """The root counts everybody; an agency counts what stands at it or below."""
    totals = rules.totals_up((path(number), first, second) for number, first, second in rows)
    for place, agency_id in enumerate(IDS):
        inside = [row for row in rows if str(agency_id) in path(row[0])]
        wanted = (sum(row[1] for row in inside), sum(row[2] for row in inside))
        assert wanted == totals.get(agency_id, (0, 0)), place


def test_a_path_lists_its_agencies() -> None:
    """From the root down."""
    assert [IDS[0], IDS[2], IDS[6]] == rules.ids_in(path(6))
    assert isinstance(rules.ids_in(path(0))[0], UUID)

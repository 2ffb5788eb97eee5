"""Every cut counts the same people, and every total is the sum of what stands below it."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from elearn.agencies.rules import EmployeeKind, PostGroup
from elearn.core.permissions import SYSTEM
from elearn.directives.duties import Demand, Obligation
from elearn.directives.rules import Reach, Stage
from elearn.reports import asking, catalogue, cuts, rules
from elearn.reports.queries import Group, Picture
from elearn.reports.rules import Crowd, Figures, child_on, tally, total
from tests.factories.agencies import a_unit, an_employee, an_opd
from tests.factories.directives import an_issued_directive
from tests.factories.pact import a_pact

DAY = date(2026, 11, 22)
DEMAND = Demand("a")

parents = st.lists(st.integers(0, 30), min_size=1, max_size=25)
"""A tree: each agency by its number names one that came before it; the root is 0."""


def lineages(tree: list[int]) -> dict[UUID, tuple[UUID, ...]]:
    """The agencies from the root down to each one."""
    found = [(UUID(int=1),)]
    for number, parent in enumerate(tree, start=1):
        found.append((*found[parent % number], UUID(int=number + 1)))
    return {line[-1]: line for line in found}


@st.composite
def crowds(draw: st.DrawFn) -> tuple[dict[UUID, tuple[UUID, ...]], list[Crowd]]:
    """People anywhere in a random tree, some of them late."""
    above = lineages(draw(parents))
    crowd = st.builds(
        Crowd,
        st.sampled_from(sorted(above)),
        st.builds(Obligation, st.just(DEMAND), st.dates(date(2026, 11, 1), date(2026, 12, 1))).map(
            lambda one: (one,)
        ),
        st.builds(Reach, st.sampled_from(Stage)).map(lambda reach: {DEMAND: reach}),
        st.integers(1, 9),
    )
    return above, draw(st.lists(crowd, max_size=30))


@given(crowds())
def test_totals_up_the_tree_are_the_sum_of_the_leaves(regency: Any) -> None:
    """At every agency: what its rows sum to is what counting everybody below it as one gives."""
    above, people = regency
    for agency in above:
        inside = [crowd for crowd in people if agency in above[crowd.row]]
        rows = tally((_at(crowd, child_on(above[crowd.row], agency)) for crowd in inside), DAY)
        whole = tally((_at(crowd, None) for crowd in inside), DAY).get(None, Figures())
        assert whole == total(rows.values())
        assert sum(crowd.people for crowd in inside) == whole.bound
        for child, figures in rows.items():
            if child != agency:
                below = tally((_at(crowd, None) for crowd in people if child in above[crowd.row]), DAY)
                assert below[None] == figures


def _at(crowd: Crowd, row: Any) -> Crowd:
    return Crowd(row, crowd.obligations, crowd.reached, crowd.people, crowd.not_activated)


def group(place: Mapping[str, Any]) -> Group:
    """People alike at one agency."""
    return Group(UUID(int=1), None, place["kind"], place["post"], None, None, None, place["rank"], {}, 1, 0)


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "kind": st.sampled_from([kind.value for kind in EmployeeKind]),
                "post": st.none() | st.sampled_from([post.value for post in PostGroup]),
                "rank": st.none() | st.sampled_from(["I", "II", "III", "IV", "PPPK"]),
            }
        ),
        max_size=30,
    )
)
def test_each_way_of_cutting_counts_everybody_once(people: list[dict[str, Any]]) -> None:
    """By kind, by group of posts, by group of ranks: the rows are a partition."""
    groups = [group(each) for each in people]
    owes = (Obligation(DEMAND, DAY),)
    for key in ("kind", "post_group", "rank"):
        found = tally((Crowd(getattr(each, key), owes, {}) for each in groups), DAY)
        assert len(groups) == total(found.values()).bound
        assert Counter(getattr(each, key) for each in groups) == {name: row.bound for name, row in found.items()}


@pytest.fixture
def people(app: Flask) -> Picture:
    """Six people of every kind of rank in two OPD with a unit; one has signed; two directives."""
    health, schools = an_opd("dinkes", "Dinas Kesehatan"), an_opd("disdik", "Dinas Pendidikan")
    unit = a_unit(health, "Puskesmas Air Putih")
    a_pact(agency=unit, rank="IV/a", post_group=PostGroup.TOP)
    an_employee(unit, rank="III/c", post_group=PostGroup.FUNCTIONAL)
    an_employee(health, rank="II/d")
    an_employee(health, rank=None)
    an_employee(schools, rank="I/a")
    an_employee(schools, kind=EmployeeKind.PPPK, rank="IX", post_group=PostGroup.FUNCTIONAL)
    an_issued_directive()
    an_issued_directive(schools)
    return asked().picture


def asked(**args: str) -> asking.Asked:
    """A report asked for by the installation."""
    return asking.asked(args, SYSTEM, known=asking.EVERY_FILTER)


def bound(table: Any) -> dict[str, int]:
    """How many are bound in each row."""
    return {row["name"]: row["bound"] for row in table.rows}


def test_ranks_are_told_in_four_groups_and_pppk_together(people: Picture) -> None:
    """And who has none on record."""
    table = cuts.by_rank(asked())
    names = ["Golongan I", "Golongan II", "Golongan III", "Golongan IV", "PPPK", "belum dicatat"]
    assert dict.fromkeys(names, 1) == bound(table)
    assert 6 == (table.total or {})["bound"]


def test_posts_are_told_by_group(people: Picture) -> None:
    """Whose group is not on record stands last."""
    assert [("Jabatan Pimpinan Tinggi", 1), ("Fungsional", 2), ("belum dicatat", 3)] == list(
        bound(cuts.by_post(asked())).items()
    )


def test_kinds_directives_modules_and_units(people: Picture) -> None:
    """Each with the same people in its rows."""
    assert {"PNS": 5, "PPPK": 1} == bound(cuts.by_kind(asked()))
    assert [6, 2] == sorted(bound(cuts.by_directive(asked())).values(), reverse=True)
    assert {"Netralitas ASN": 6} == bound(cuts.by_module(asked()))
    units = cuts.by_unit(asked())
    assert {"Dinas Kesehatan": 2, "Puskesmas Air Putih": 2, "Dinas Pendidikan": 2} == bound(units)
    assert people.total.bound == (units.total or {})["bound"]


def test_filters_narrow_every_cut_alike(people: Picture) -> None:
    """By OPD, by kind, by group of posts, and all of them together."""
    assert {"PNS": 4} == bound(cuts.by_kind(asked(opd="dinkes")))
    assert {"Dinas Pendidikan": 1} == bound(cuts.ranking(asked(jenis="pppk")))
    assert {"PNS": 3} == bound(cuts.by_kind(asked(jabatan="belum-dicatat")))
    assert {"Fungsional": 1} == bound(cuts.by_post(asked(opd="dinkes", jenis="pns", jabatan="fungsional")))


def test_the_ranking_puts_the_highest_share_first(people: Picture) -> None:
    """With the counts beside the share."""
    rows = cuts.ranking(asked()).rows
    assert [(1, "Dinas Kesehatan", 4, 1), (2, "Dinas Pendidikan", 2, 0)] == [
        (row["place"], row["name"], row["bound"], row["done"]) for row in rows
    ]


def test_every_report_has_a_table_whole_and_in_part(people: Picture) -> None:
    """With its columns in each row, and the notes that every file carries."""
    for report in catalogue.REPORTS:
        table = report.whole(asking.asked({}, SYSTEM, known=report.known))
        keys = {column.key for column in table.columns}
        assert all(keys <= set(row) for row in table.rows), report.slug
        names = [name for name, _ in table.notes]
        assert {"Per tanggal", "Perangkat daerah", "Arti angka", "Dibuat oleh", "Dibuat pada"} <= set(names)


def test_a_day_is_late_by_its_oldest_deadline() -> None:
    """Of what is not done; nothing for who is not late."""
    duties = (Obligation(Demand("a"), DAY.replace(day=20)), Obligation(Demand("b"), DAY.replace(day=2)))
    assert 20 == rules.days_late(duties, {}, DAY)
    assert 2 == rules.days_late(duties, {Demand("b"): Reach(Stage.SIGNED)}, DAY)
    assert 0 == rules.days_late(duties, {}, DAY.replace(day=1))

"""Agencies opened, renamed, closed, merged and split on a day, with everybody who serves there."""

import datetime as dt
from collections.abc import Iterator
from random import Random

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from elearn.agencies import actions, queries, reorganisation, rules, tree_edits, tree_queries
from elearn.agencies.lineage import ChangedSince, NewAgency
from elearn.agencies.models import Agency, Correction, UnitAlias
from elearn.agencies.rules import EVERYTHING, PostGroup
from elearn.core import clock
from elearn.core.db import db, new_id
from elearn.core.errors import NotFound, RuleBroken
from elearn.core.permissions import SYSTEM, Actor, Grant, Role
from elearn.core.transaction import transaction
from elearn.ledger.models import LedgerEntry
from tests.factories.agencies import OPENED_ON, a_unit, an_employee, an_instansi, an_opd

TODAY = dt.date(2026, 11, 22)
ON = dt.date(2026, 7, 1)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _today(app: Flask) -> Iterator[None]:
    """All tests of this file happen on 22 November 2026."""
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)):
        yield


def where(day: dt.date) -> dict[str, str]:
    """The unit of everybody placed on a day, by NIP; fails if somebody is placed twice."""
    people = queries.list_people_on(day, visible=EVERYTHING)
    assert len({person.nip for person in people}) == len(people)
    return {person.nip: person.agency_name for person in people}


def corrections() -> list[str]:
    """The sentences of all corrections but those of people hired for the test."""
    found = db.session.scalars(db.select(Correction).order_by(Correction.id)).all()
    return [each.sentence for each in found if "ditambahkan" not in each.sentence]


def last_event() -> str:
    """What the record says last."""
    return db.session.scalars(db.select(LedgerEntry).order_by(LedgerEntry.id.desc())).first().event


def test_an_agency_is_opened_and_described() -> None:
    """Below the right parent, with a fit code that is free; a day before today is a correction."""
    root, opd = an_instansi(), an_opd("DINKES", "Dinas Kesehatan")
    with transaction():
        unit = tree_edits.open_below(SYSTEM, opd, NewAgency("PKM-1", "Puskesmas Satu"), on=TODAY)
        tree_edits.open_below(SYSTEM, root, NewAgency("BPBD", "Badan Bencana"), on=ON)
    assert (opd.id, "unit", TODAY) == (unit.opd_id, unit.kind, unit.opened_on)
    assert ["Badan Bencana dibentuk sejak 1 Juli 2026."] == corrections()
    with pytest.raises(rules.CodeTaken), transaction():
        tree_edits.describe(SYSTEM, unit, code="DINKES", short_name=None, address=None, head_title=None)
    with transaction():
        tree_edits.describe(SYSTEM, unit, code="PKM-2", short_name="PKM", address="Jalan 1", head_title="Kepala")
    assert ("PKM-2", "Kepala") == (queries.find_agency("PKM-2").code, unit.head_title)
    with pytest.raises(rules.ImpossibleDay), transaction():
        tree_edits.open_below(SYSTEM, opd, NewAgency("X", "X"), on=TODAY + DAY)


def test_a_name_has_a_history() -> None:
    """Each day knows the name of that day; the latest name is corrected on its own day, never before it."""
    opd = an_opd("DISDIK", "Dinas Pendidikan")
    for name, since in (("Dinas Pendidikan dan Kebudayaan", ON), ("Dinas Pendidikan Pemuda", TODAY - DAY)):
        with transaction():
            tree_edits.rename(SYSTEM, opd, name=name, short_name=None, since=since)
    with transaction():
        tree_edits.rename(SYSTEM, opd, name="Dinas Pendidikan dan Olahraga", short_name=None, since=TODAY - DAY)
    assert ["Dinas Pendidikan", "Dinas Pendidikan dan Kebudayaan", "Dinas Pendidikan dan Olahraga"] == [
        queries.names_on(day)[opd.id] for day in (ON - DAY, ON, TODAY)
    ]
    assert "Dinas Pendidikan dan Olahraga" == opd.name
    assert 3 == len(tree_queries.list_names(opd.id))
    with pytest.raises(ChangedSince), transaction():
        tree_edits.rename(SYSTEM, opd, name="Dinas Lain", short_name=None, since=ON)
    with pytest.raises(rules.NothingChanges), transaction():
        tree_edits.rename(SYSTEM, opd, name=opd.name, short_name=None, since=TODAY)


def test_an_agency_closes_when_nobody_serves_there() -> None:
    """Its units close with it; afterwards nothing more happens there."""
    opd = an_opd()
    unit = a_unit(opd)
    employee = an_employee(unit)
    with pytest.raises(tree_edits.StillServing) as refusal, transaction():
        tree_edits.close(SYSTEM, opd, on=ON)
    assert "1 pegawai" in refusal.value.sentence
    other = an_opd()
    with transaction():
        actions.transfer(SYSTEM, employee_id=employee.id, agency_id=other.id, post="Guru", on=ON)
    with transaction():
        tree_edits.close(SYSTEM, opd, on=ON)
    assert [ON, ON] == [opd.closed_on, unit.closed_on]
    assert opd not in queries.list_opd()
    with pytest.raises(rules.AgencyClosed), transaction():
        actions.transfer(SYSTEM, employee_id=employee.id, agency_id=unit.id, post="Guru", on=TODAY)
    with pytest.raises(rules.AgencyClosed), transaction():
        tree_edits.close(SYSTEM, opd, on=TODAY)


def test_two_become_a_new_one() -> None:
    """People and units go along on the day, with their posts; the day before stays; the successor is known."""
    one, two = an_opd("DIKES", "Dinas Kesehatan"), an_opd("DALDUK", "Dinas Pengendalian Penduduk")
    unit = a_unit(one, "Puskesmas Manna")
    below = a_unit(unit, "Pustu Manna")
    people = [an_employee(each, post_group=PostGroup.FUNCTIONAL) for each in (one, two, unit, below)]
    before = where(ON - DAY)
    assert (4, 2) == ((seen := reorganisation.concern([one, two], ON)).total, seen.units)
    with transaction():
        new = reorganisation.merge(SYSTEM, [one, two], NewAgency("DINKESDALDUK", "Dinas Kesehatan Baru"), on=ON)
    assert before == where(ON - DAY)
    expected = ["Dinas Kesehatan Baru", "Dinas Kesehatan Baru", "Puskesmas Manna", "Pustu Manna"]
    for day in (ON, TODAY):
        assert expected == [where(day)[person.nip] for person in people]
    standing = queries.list_people_on(TODAY, visible=EVERYTHING)
    assert {("Analis Kebijakan", PostGroup.FUNCTIONAL, new.id)} == {
        (p.post, p.post_group, p.opd_id) for p in standing
    }
    assert (4, 0) == queries.count_people(visible=EVERYTHING)[new.id]
    assert {ON} == {each.closed_on for each in (one, two, unit, below)}
    copy = queries.find_agency(f"{unit.code}.2")
    former = queries.predecessors(until=ON)
    assert ({one.id, two.id}, [unit.id]) == (set(former[new.id]), former[copy.id])
    assert {} == queries.predecessors(until=ON - DAY)
    assert "agencies:agencies_merged" == last_event()
    assert corrections()[-1].startswith("Dinas Kesehatan dan Dinas Pengendalian Penduduk digabung ke")


def test_one_is_taken_over_by_its_neighbour() -> None:
    """An agency that is there receives the people; names that rosters use for the former lead to it."""
    big, small = an_opd("SETDA", "Sekretariat Daerah"), an_opd("KORPRI", "Sekretariat Korpri")
    employee = an_employee(small)
    with transaction():
        db.session.add(UnitAlias(name_key="korpri", name="Korpri", agency_id=small.id, made_at=clock.now()))
    with transaction():
        assert big == reorganisation.merge(SYSTEM, [small], big, on=TODAY)
    db.session.expire_all()
    assert "Sekretariat Daerah" == where(TODAY)[employee.nip]
    assert big.id == db.session.scalars(db.select(UnitAlias)).one().agency_id
    assert not corrections()


def test_one_becomes_two() -> None:
    """Units and people go where they were sent, all others to the first."""
    former = an_opd("DISDIKPORA", "Dinas Pendidikan dan Olahraga")
    school, hall = a_unit(former, "SDN 1"), a_unit(former, "Gelanggang")
    people = [an_employee(each) for each in (former, former, school, hall)]
    into = [NewAgency("DISDIK", "Dinas Pendidikan"), NewAgency("DISPORA", "Dinas Olahraga")]
    chosen = {"units": {hall.id: 1}, "people": {people[1].id: 1}}
    assert [2, 2] == reorganisation.shares(former, 2, *chosen.values(), on=ON)
    with transaction():
        first, second = reorganisation.split(SYSTEM, former, into, on=ON, **chosen)
    assert ["Dinas Pendidikan", "Dinas Olahraga", "SDN 1", "Gelanggang"] == [where(ON)[p.nip] for p in people]
    counts = queries.count_people(visible=EVERYTHING)
    assert [(2, 0), (2, 0)] == [counts[first.id], counts[second.id]]
    assert {first.id, second.id} == {each.id for each, _ in tree_queries.list_successors([former.id])[former.id]}
    assert "agencies:agency_split" == last_event()


def test_a_reorganisation_entered_later_corrects_what_came_after() -> None:
    """Somebody hired there since, or gone from there since, is set right too."""
    one, two, elsewhere = an_opd(), an_opd(), an_opd()
    late = an_employee(one, started_on=ON + 10 * DAY)
    gone = an_employee(one)
    with transaction():
        actions.transfer(SYSTEM, employee_id=gone.id, agency_id=elsewhere.id, post="Camat", on=ON + 20 * DAY)
    with transaction():
        new = reorganisation.merge(SYSTEM, [one, two], NewAgency("BARU-1", "Dinas Baru"), on=ON)
    assert new.name == where(ON + 10 * DAY)[late.nip]
    assert [one.name, new.name, elsewhere.name] == [where(day)[gone.nip] for day in (ON - DAY, ON, ON + 20 * DAY)]


@pytest.mark.parametrize("on", [OPENED_ON, TODAY + DAY])
def test_a_day_that_does_not_fit_is_refused(on: dt.date) -> None:
    """Before the agency was there, or after today."""
    one, two = an_opd(), an_opd()
    with pytest.raises(RuleBroken) as refusal, transaction():
        reorganisation.merge(SYSTEM, [one, two], NewAgency("Y", "Y"), on=on)
    assert "on" == refusal.value.field


def test_what_makes_no_reorganisation_is_refused() -> None:
    """One alone, strangers, the target among the former, one successor, codes taken or twice."""
    one, two = an_opd("SATU"), an_opd("DUA")
    unit, new = a_unit(one), NewAgency("BARU-1", "Dinas Baru")
    for formers, into in (([one], new), ([one, unit], new), ([one, two], one), ([one, two], NewAgency("SATU", "A"))):
        with pytest.raises((RuleBroken, rules.CodeTaken)), transaction():
            reorganisation.merge(SYSTEM, formers, into, on=ON)
    for some in ([new], [new, new], [new, NewAgency("DUA", "Dinas Dua")], [new, NewAgency("a b", "A")]):
        with pytest.raises((RuleBroken, rules.CodeTaken)), transaction():
            reorganisation.split(SYSTEM, one, some, on=ON)
    with pytest.raises(rules.MisplacedAgency), transaction():
        reorganisation.split(SYSTEM, an_instansi(), [new, NewAgency("B2", "B")], on=ON)
    db.session.expire_all()
    assert [None, None] == [one.closed_on, two.closed_on]


def test_the_tree_is_edited_by_who_answers_for_all_of_it() -> None:
    """HR of one OPD finds no tree to edit."""
    one, two = an_opd(), an_opd()
    partial = Actor(new_id(), "hr", "HR", (Grant(Role.HR, one.id),))
    for deed in (
        lambda: tree_edits.close(partial, one, on=ON),
        lambda: tree_edits.rename(partial, one, name="X", short_name=None, since=ON),
        lambda: tree_edits.open_below(partial, one, NewAgency("X", "X"), on=ON),
        lambda: reorganisation.merge(partial, [one, two], NewAgency("X", "X"), on=ON),
        lambda: reorganisation.split(partial, one, [NewAgency("X", "X"), NewAgency("Y", "Y")], on=ON),
    ):
        with pytest.raises(NotFound), transaction():
            deed()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32))
def test_random_reorganisations_lose_nobody(seed: int) -> None:
    """One after the other, on growing days: everybody is at one open place each day, and earlier days stay."""
    random = Random(seed)
    tops = [an_opd() for _ in range(3)]
    units = [a_unit(random.choice(tops)) for _ in range(2)]
    for _ in range(random.randint(1, 4)):
        an_employee(random.choice([*tops, *units]))
    seen: dict[dt.date, dict[str, str]] = {}
    for day in (ON, ON + 10 * DAY, ON + 20 * DAY):
        seen[day - DAY] = where(day - DAY)
        tops = _reorganise(random, tops, day)
        assert set(seen[day - DAY]) == set(where(day))
    for earlier, places in seen.items():
        assert places == where(earlier)
    open_ids = set(db.session.scalars(db.select(Agency.id).where(Agency.closed_on.is_(None))))
    assert {person.agency_id for person in queries.list_people_on(TODAY, visible=EVERYTHING)} <= open_ids


def _reorganise(random: Random, tops: list[Agency], day: dt.date) -> list[Agency]:
    """Merge two or split one, and return what stands at the top afterwards."""
    new = [NewAgency(f"R{new_id().hex}", f"Dinas {number}") for number in range(2)]
    one, *rest = random.sample(tops, len(tops))
    with transaction():
        if rest and random.random() < 0.5:
            into = random.choice([new[0], *rest[1:]])
            merged = reorganisation.merge(SYSTEM, [one, rest[0]], into, on=day)
            return [merged, *(each for each in rest[1:] if each is not merged)]
        below = queries.list_children(one, visible=EVERYTHING)
        return [*reorganisation.split(SYSTEM, one, new, on=day, units={each.id: 1 for each in below[:1]}), *rest]

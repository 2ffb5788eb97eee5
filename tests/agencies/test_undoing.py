"""Undoing the last roster: the books are as they were, or it is refused with the reason."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from elearn.accounts import actions as accounts
from elearn.accounts import queries as account_queries
from elearn.accounts.models import Account, RoleGrant
from elearn.agencies import absences, actions, imports, queries, reorganisation, review, undoing
from elearn.agencies.lineage import NewAgency
from elearn.agencies.models import (
    Absence,
    Agency,
    Correction,
    Employee,
    EmployeeGrade,
    EmployeeName,
    Placement,
    RosterImport,
)
from elearn.agencies.rules import AbsenceKind, EmployeeStatus, LeaveReason, PartialReach, Person
from elearn.core.db import db
from elearn.core.permissions import SYSTEM, Role
from elearn.core.transaction import transaction
from elearn.ledger import queries as ledger
from elearn.ledger.models import LedgerEntry
from tests.factories.accounts import an_account
from tests.factories.agencies import a_nip, a_person, a_roster, a_unit, an_opd

FIRST, MIDDLE, SECOND = dt.date(2026, 9, 1), dt.date(2026, 10, 1), dt.date(2026, 11, 1)
NIPS = [a_nip(number) for number in range(30000, 30014)]
POSTS = ["Guru", "Kepala Seksi Umum", "Analis Kebijakan"]


@pytest.fixture(autouse=True)
def _today(app: Flask) -> Iterator[None]:
    """All tests of this file happen on 22 November 2026."""
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def units(app: Flask) -> list[Agency]:
    """Three schools of one OPD."""
    opd = an_opd("DISDIK", "Dinas Pendidikan")
    return [a_unit(opd, f"SDN {number}") for number in range(3)]


def bring(units: list[Agency], people: list[Person], as_of: dt.date) -> RosterImport:
    """Apply a roster of these people, whatever is doubtful."""
    names = {unit.id: (unit.name, "Dinas Pendidikan") for unit in units}
    with transaction():
        staged = imports.stage(SYSTEM, filename="a.csv", content=a_roster(people, names), as_of=as_of)
    with transaction():
        return imports.apply(SYSTEM, import_id=staged.id, confirmed=imports.ALL_DOUBTS)


def undo(staged: RosterImport) -> None:
    """Undo a roster."""
    with transaction():
        undoing.undo(SYSTEM, import_id=staged.id)


def everything() -> list[list[Any]]:
    """All that a roster may change, row by row; passwords, codes and sessions are not brought back."""
    db.session.expire_all()
    account = Account.__table__.c
    parts = (
        db.select(Employee.__table__).order_by(Employee.id),
        db.select(Placement.__table__).order_by(Placement.id),
        db.select(EmployeeGrade.__table__).order_by(EmployeeGrade.employee_id, EmployeeGrade.since),
        db.select(EmployeeName.__table__).order_by(EmployeeName.employee_id, EmployeeName.since),
        db.select(Absence.__table__).order_by(Absence.id),
        db.select(account.id, account.name, account.email, account.phone, account.is_active, account.activated_at)
        .add_columns(account.deactivated_at)
        .order_by(account.id),
        db.select(RoleGrant.account_id, RoleGrant.role)
        .where(RoleGrant.revoked_at.is_(None))
        .order_by(RoleGrant.account_id),
    )
    return [[tuple(row) for row in db.session.execute(part)] for part in parts]


def an_absence(nip: str, started_on: dt.date, ended_on: dt.date | None = None) -> Absence:
    """Somebody on unpaid leave."""
    times = {"started_on": started_on, "ended_on": ended_on, "kind": AbsenceKind.UNPAID_LEAVE}
    return absences.record(SYSTEM, employee_id=queries.find_by_nip(nip).id, reason="SK 800/1", **times)


def teachers(units: list[Agency], number: int = 5) -> list[Person]:
    """So many people of the first school."""
    return [a_person(units[0], nip=nip, name=f"Guru {nip[-3:]}", post="Guru") for nip in NIPS[:number]]


lines = st.tuples(
    st.sampled_from(NIPS),
    st.integers(0, 2),
    st.sampled_from(POSTS),
    st.sampled_from(["Siti", "Siti Aminah"]),
    st.sampled_from(["III/b", "III/c", "III/d"]),
)
rosters = st.lists(lines, min_size=1, max_size=10, unique_by=lambda line: line[0])


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(roster=rosters, as_of=st.sampled_from([FIRST, MIDDLE, SECOND]))
def test_apply_and_undo_give_the_same_books(units: list[Agency], roster: list[tuple], as_of: dt.date) -> None:
    """Whoever joined, moved, changed, left or came back, on the day of the last placement or later."""
    if not queries.find_by_nip(NIPS[0]):
        bring(units, teachers(units, 9), FIRST)
        bring(units, teachers(units, 6), MIDDLE)
        an_account(username=NIPS[13])
        with transaction():
            for nip, ended_on in ((NIPS[0], None), (NIPS[1], SECOND), (NIPS[2], MIDDLE)):
                an_absence(nip, FIRST + dt.timedelta(days=10), ended_on)
    people = [
        a_person(units[place], nip=nip, name=name, post=post, rank=rank) for nip, place, post, name, rank in roster
    ]
    before = everything()
    staged = bring(units, people, as_of)
    undo(staged)
    assert before == everything()


def test_undoing_is_recorded_and_corrects_the_past(units: list[Agency]) -> None:
    """In the ledger and for reports of earlier days; a second time is refused."""
    staged = bring(units, teachers(units), FIRST)
    undo(staged)
    events = db.session.scalars(db.select(LedgerEntry.event)).all()
    assert "agencies:roster_undone" in events
    sentences = [each.sentence for each in db.session.scalars(db.select(Correction)).all()]
    assert "Penerapan daftar pegawai per 1 September 2026 dibatalkan pada 22 November 2026." in sentences
    assert ledger.first_break() is None
    with pytest.raises(undoing.NotUndoable):
        undo(staged)
    assert staged.undone_at is not None


def test_only_the_last_roster_can_be_undone(units: list[Agency]) -> None:
    """An earlier one has later ones in its way."""
    earlier = bring(units, teachers(units), FIRST)
    last = bring(units, teachers(units, 4), SECOND)
    with pytest.raises(undoing.NotUndoable):
        undo(earlier)
    undo(last)
    with pytest.raises(undoing.NotUndoable):
        undo(earlier)
    assert 5 == len(review.known_people())


def test_later_changes_stand_in_the_way(units: list[Agency]) -> None:
    """The sentence names the people; nothing is undone."""
    bring(units, teachers(units), FIRST)
    staged = bring(units, [replace(person, post="Wali Kelas") for person in teachers(units)], MIDDLE)
    moved = queries.find_by_nip(NIPS[2])
    with transaction():
        actions.transfer(SYSTEM, employee_id=moved.id, agency_id=units[1].id, post="Guru", on=SECOND)
    with pytest.raises(undoing.ChangedSince, match=f"{moved.name} .mutasi sejak 1 November 2026"):
        undo(staged)
    db.session.rollback()
    assert staged.undone_at is None


def test_a_reorganisation_since_stands_in_the_way(units: list[Agency]) -> None:
    """Whether people would go back to what is no more, or were themselves handed over."""
    bring(units, teachers(units, 3), FIRST)
    staged = bring(units, [replace(each, agency_id=units[1].id) for each in teachers(units, 3)], MIDDLE)
    merged = NewAgency("SDN-GABUNG", "SDN Gabungan")
    with pytest.raises(undoing.ChangedSince, match=r"SDN 0 .ditutup atau ditata ulang pada 1 November 2026"):
        with transaction():
            reorganisation.merge(SYSTEM, [units[0], units[2]], merged, on=SECOND)
        undo(staged)
    last = bring(units, [replace(each, agency_id=units[1].id, post="Wali") for each in teachers(units, 3)], SECOND)
    later = SECOND + dt.timedelta(days=9)
    with transaction():
        reorganisation.merge(SYSTEM, [units[1]], queries.find_agency("SDN-GABUNG"), on=later)
    with pytest.raises(undoing.ChangedSince, match="sudah tidak ada: SDN 1"):
        undo(last)


def test_people_handed_over_since_are_named(units: list[Agency]) -> None:
    """Where nobody would go back to a closed agency, they themselves have moved."""
    staged = bring(units, teachers(units, 2), FIRST)
    with transaction():
        reorganisation.merge(SYSTEM, units[:2], NewAgency("SDN-GABUNG", "SDN Gabungan"), on=SECOND)
    with pytest.raises(undoing.ChangedSince, match="unitnya ditata ulang pada 1 November 2026"):
        undo(staged)


def test_an_absence_recorded_since_stands_in_the_way(units: list[Agency]) -> None:
    """Whoever came back by the roster may have one that would outlive the service."""
    bring(units, teachers(units, 2), FIRST)
    bring(units, teachers(units, 1), MIDDLE)
    staged = bring(units, teachers(units, 2), SECOND)
    with transaction():
        an_absence(NIPS[1], SECOND + dt.timedelta(days=3))
    with pytest.raises(undoing.ChangedSince, match="masa tidak bertugas dicatat"):
        undo(staged)


def test_who_is_missing_is_absent_no_longer(units: list[Agency]) -> None:
    """An open absence ends with the service, one that had not begun was never; undoing brings them back."""
    bring(units, teachers(units, 5), FIRST)
    with transaction():
        an_absence(NIPS[3], FIRST)
        an_absence(NIPS[4], SECOND)
    before = everything()
    staged = bring(units, teachers(units, 3), MIDDLE)
    assert [MIDDLE] == [each.ended_on for each in db.session.scalars(db.select(Absence))]
    undo(staged)
    assert before == everything()


def test_who_joined_and_has_done_something_is_marked_as_left(units: list[Agency]) -> None:
    """The history of a used account stays; those who did nothing are taken out."""
    staged = bring(units, teachers(units), FIRST)
    used, officer = (queries.find_by_nip(nip) for nip in NIPS[:2])
    with transaction():
        account_queries.get_account(used.account_id).activated_at = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
        accounts.grant(SYSTEM, account_id=officer.account_id, role=Role.AUTHOR)
    undo(staged)
    db.session.expire_all()
    left = db.session.scalars(db.select(Employee)).all()
    assert {used.id, officer.id} == {employee.id for employee in left}
    assert {(EmployeeStatus.LEFT, LeaveReason.OTHER)} == {(each.status, each.left_reason) for each in left}
    assert not account_queries.get_account(used.account_id).is_active


def test_whoever_answers_for_one_opd_undoes_nothing(units: list[Agency]) -> None:
    """A roster may have changed people anywhere."""
    staged = bring(units, teachers(units), FIRST)
    partial = account_queries.get_actor(an_account(Role.HR, agency_id=units[0].opd_id).id)
    with pytest.raises(PartialReach), transaction():
        undoing.undo(partial, import_id=staged.id)

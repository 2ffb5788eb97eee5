"""The tree, placements over time, codes, and who may be seen."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from sqlalchemy.exc import IntegrityError

from elearn.accounts import activation
from elearn.accounts import queries as accounts
from elearn.agencies import actions, imports, queries, rules, slips
from elearn.agencies.models import Employee, Placement
from elearn.agencies.nip import UnsoundNip
from elearn.agencies.rules import (
    EVERYTHING,
    AgencyKind,
    EmployeeKind,
    EmployeeStatus,
    Hire,
    LeaveReason,
    Move,
    Visible,
)
from elearn.core import clock
from elearn.core.db import db, new_id
from elearn.core.errors import NotFound
from elearn.core.permissions import SYSTEM, Actor, Grant, Permission, Role
from elearn.core.transaction import transaction
from elearn.ledger.models import LedgerEntry
from tests.factories.accounts import session_of
from tests.factories.agencies import (
    STARTED_ON,
    a_nip,
    a_person,
    a_unit,
    an_agency,
    an_employee,
    an_instansi,
    an_opd,
)

READ = Permission.AGENCY_PEOPLE_READ
MOVED_ON = dt.date(2026, 5, 1)


@pytest.fixture(autouse=True)
def _today(app: Flask) -> Iterator[None]:
    """All tests of this file happen on 22 November 2026."""
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)):
        yield


def an_actor(*grants: Grant) -> Actor:
    """Somebody with these roles."""
    return Actor(account_id=new_id(), username="penguji", name="Penguji", grants=grants)


def stays(employee: Employee) -> list[tuple]:
    """The placements of an employee, oldest first."""
    query = db.select(Placement).where(Placement.employee_id == employee.id).order_by(Placement.started_on)
    return [(p.agency_id, p.post, p.started_on, p.ended_on) for p in db.session.scalars(query)]


def transfer(employee: Employee, agency_id: object, on: dt.date = MOVED_ON, post: str = "Camat") -> None:
    """Move somebody in one transaction."""
    with transaction():
        actions.transfer(SYSTEM, employee_id=employee.id, agency_id=agency_id, post=post, on=on)
    db.session.expire_all()


def test_the_tree_knows_its_paths_and_opd() -> None:
    """Each agency lists its ancestors; a unit belongs to the OPD above it."""
    root, opd = an_instansi(), an_opd()
    unit = a_unit(a_unit(opd))
    assert (None, opd.id, opd.id) == (root.opd_id, opd.opd_id, unit.opd_id)
    assert f"{root.path}{opd.id}/" == opd.path
    assert unit.path.startswith(opd.path)
    assert [root.id, opd.id, unit.parent_id] == [each.id for each in queries.list_above(unit)]


def test_an_agency_out_of_place_or_of_a_taken_code_is_refused() -> None:
    """The tree keeps its shape and its codes."""
    opd = an_opd("DISDIK")
    with pytest.raises(rules.MisplacedAgency):
        an_agency("X", "X", AgencyKind.OPD, opd)
    with pytest.raises(rules.CodeTaken):
        an_opd("DISDIK")


def test_somebody_hired_has_an_account_and_a_placement() -> None:
    """The username is the NIP, the role is that of an ASN."""
    opd = an_opd()
    employee = an_employee(opd, name="Siti Aminah", title_after="S.Pd.")
    account = accounts.find_by_username(employee.nip)
    assert ("Siti Aminah, S.Pd.", employee.account_id) == (account.name, account.id)
    assert {Role.ASN} == accounts.get_actor(account.id).roles
    assert [(opd.id, "Analis Kebijakan", STARTED_ON, None)] == stays(employee)
    assert employee.id == queries.find_employee_of(account.id).id


def test_nobody_is_hired_twice_or_with_an_unsound_number() -> None:
    """The NIP is sound, new, and fits the kind."""
    opd = an_opd()
    employee = an_employee(opd)
    with pytest.raises(rules.NipTaken):
        an_employee(opd, nip=employee.nip)
    with pytest.raises(UnsoundNip):
        an_employee(opd, nip="198613262015051901")
    with pytest.raises(rules.KindMismatch):
        an_employee(opd, nip=a_nip(), kind=EmployeeKind.PPPK)
    with pytest.raises(rules.ImpossibleDay):
        an_employee(opd, started_on=dt.date(2026, 11, 23))


def test_a_transfer_closes_one_placement_and_opens_the_next() -> None:
    """On each day there is one place; the record says who moved from where to where."""
    old, new = an_opd(), an_opd()
    employee = an_employee(old)
    transfer(employee, new.id)
    assert [(old.id, "Analis Kebijakan", STARTED_ON, MOVED_ON), (new.id, "Camat", MOVED_ON, None)] == stays(employee)
    assert old.id == queries.placement_on(employee.id, MOVED_ON - dt.timedelta(days=1)).agency_id
    assert new.id == queries.placement_on(employee.id, MOVED_ON).agency_id
    assert queries.placement_on(employee.id, STARTED_ON - dt.timedelta(days=1)) is None
    entry = db.session.scalars(db.select(LedgerEntry).order_by(LedgerEntry.id.desc())).first()
    assert ("agencies:person_transferred", True) == (entry.event, str(new.id) in entry.payload)
    assert employee.nip not in entry.payload


def test_a_placement_is_corrected_on_its_first_day() -> None:
    """A slip of the hand leaves no stay of no days."""
    old, wrong, right = an_opd(), an_opd(), an_opd()
    employee = an_employee(old)
    transfer(employee, wrong.id)
    transfer(employee, right.id)
    assert [right.id] == [agency_id for agency_id, _, _, ended_on in stays(employee) if ended_on is None]
    assert 2 == len(stays(employee))


@pytest.mark.parametrize("on", [STARTED_ON - dt.timedelta(days=1), dt.date(2026, 11, 23)])
def test_an_impossible_day_is_refused_at_its_field(on: dt.date) -> None:
    """Before the present placement, or after today."""
    employee = an_employee()
    with pytest.raises(rules.ImpossibleDay) as refusal:
        transfer(employee, an_opd().id, on)
    assert "on" == refusal.value.field


def test_a_transfer_changes_something() -> None:
    """The same unit and the same post is no transfer."""
    opd = an_opd()
    employee = an_employee(opd)
    with pytest.raises(rules.NothingChanges):
        transfer(employee, opd.id, post="Analis Kebijakan")


def test_leaving_ends_placement_account_and_sessions() -> None:
    """The history stays; nothing can be done to who has left."""
    employee = an_employee()
    token = session_of(accounts.get_account(employee.account_id))
    with transaction():
        actions.leave(SYSTEM, employee_id=employee.id, on=MOVED_ON, reason=LeaveReason.RETIRED)
    db.session.expire_all()
    gone = queries.get_employee(employee.id, visible=EVERYTHING)
    assert (EmployeeStatus.LEFT, MOVED_ON, MOVED_ON) == (gone.status, gone.left_on, stays(employee)[0][3])
    assert accounts.actor_of(token) is None
    with pytest.raises(rules.HasLeft):
        transfer(employee, an_opd().id, dt.date(2026, 6, 1))


def test_the_database_holds_the_line() -> None:
    """Two open placements of one person, or one that ends before it begins, cannot be stored."""
    employee = an_employee()
    opd = an_opd()
    for days in ({"started_on": MOVED_ON}, {"started_on": dt.date(2019, 1, 1), "ended_on": dt.date(2018, 1, 1)}):
        with pytest.raises(IntegrityError), transaction():
            db.session.add(Placement(employee_id=employee.id, agency_id=opd.id, **days))
            db.session.flush()


def test_many_are_hired_and_moved_by_bulk_statements() -> None:
    """The bulk doors do what the single ones do."""
    old, new = an_opd(), an_opd()
    hires = [Hire(a_person(old), STARTED_ON, password_hash="x", activated_at=clock.now()) for _ in range(30)]
    with transaction():
        standings = actions.hire_many(SYSTEM, hires)
    moves = [Move(s.employee_id, new.id, "Camat", s.placement_id, s.since) for s in standings]
    with transaction():
        actions.transfer_many(SYSTEM, moves, on=MOVED_ON)
    people = queries.list_people_on(dt.date(2026, 11, 22), visible=EVERYTHING)
    assert {(hire.person.nip, new.id, MOVED_ON) for hire in hires} == {
        (p.nip, p.agency_id, p.joined_on) for p in people
    }
    assert (30, 30) == queries.count_people(visible=EVERYTHING)[new.id]
    assert 30 == len(queries.list_people_on(MOVED_ON, visible=EVERYTHING, agency_id=new.id))
    assert not queries.list_people_on(MOVED_ON, visible=EVERYTHING, agency_id=old.id)


def test_a_person_joined_the_opd_at_the_first_of_its_units() -> None:
    """Moving within an OPD does not make one new there."""
    opd = an_opd()
    employee = an_employee(a_unit(opd))
    transfer(employee, a_unit(opd).id)
    (person,) = queries.list_people_on(MOVED_ON, visible=EVERYTHING)
    assert (STARTED_ON, opd.id) == (person.joined_on, person.opd_id)


def test_an_officer_sees_the_subtree_and_nothing_else() -> None:
    """Scopes resolve to an agency with all below it; no role, no sight; everywhere is everywhere."""
    mine, other = an_opd(), an_opd()
    unit = a_unit(mine)
    officer = an_actor(Grant(Role.OPD_OFFICER, mine.id), Grant(Role.ASN))
    assert Visible(all=False, agency_ids=frozenset({mine.id, unit.id})) == queries.visible_to(officer, READ)
    assert Visible(all=False) == queries.visible_to(an_actor(Grant(Role.ASN)), READ)
    assert EVERYTHING == queries.visible_to(an_actor(Grant(Role.HR), Grant(Role.OPD_OFFICER, other.id)), READ)
    assert EVERYTHING == queries.visible_to(SYSTEM, READ)


def test_other_peoples_people_do_not_exist() -> None:
    """An employee or agency out of sight is not found, in queries and in actions."""
    mine, other = an_opd(), an_opd()
    stranger = an_employee(other)
    visible = queries.visible_to(an_actor(Grant(Role.OPD_OFFICER, mine.id)), READ)
    hr_of_mine = an_actor(Grant(Role.HR, mine.id))
    assert not queries.list_people_on(MOVED_ON, visible=visible)
    with pytest.raises(NotFound):
        queries.get_employee(stranger.id, visible=visible)
    with pytest.raises(NotFound):
        queries.get_agency(other.code, visible=visible)
    with pytest.raises(NotFound), transaction():
        actions.transfer(hr_of_mine, employee_id=stranger.id, agency_id=mine.id, post="Camat", on=MOVED_ON)
    with pytest.raises(NotFound), transaction():
        actions.leave(hr_of_mine, employee_id=stranger.id, on=MOVED_ON, reason=LeaveReason.RETIRED)
    with pytest.raises(NotFound), transaction():
        actions.issue_code(hr_of_mine, employee_id=stranger.id)


def test_whoever_answers_for_some_opd_stays_within_them() -> None:
    """HR of one OPD neither hires elsewhere nor imports a roster, which could speak of any OPD."""
    mine, other = an_opd(), an_opd()
    hr_of_mine = an_actor(Grant(Role.HR, mine.id))
    with pytest.raises(NotFound), transaction():
        actions.hire(hr_of_mine, person=a_person(other), started_on=MOVED_ON)
    with pytest.raises(rules.PartialReach), transaction():
        imports.stage(hr_of_mine, filename="a.csv", content=b"", as_of=MOVED_ON)


def test_slips_are_for_those_who_wait() -> None:
    """One slip for each in the subtree without an active account; each code works."""
    opd = an_opd()
    unit = a_unit(opd, "SDN 1 Manna")
    waiting, active, _elsewhere = an_employee(unit), an_employee(opd), an_employee()
    with transaction():
        code = actions.issue_code(SYSTEM, employee_id=active.id)
    with transaction():
        activation.activate(username=active.nip, code=code, password="langit biru manna", address="10.0.0.1")
    with transaction():
        printed = slips.issue(SYSTEM, agency=opd, batch="1").slips
    assert [(waiting.nip, "SDN 1 Manna")] == [(slip.nip, slip.agency_name) for slip in printed]
    with transaction():
        activation.activate(
            username=waiting.nip, code=printed[0].code, password="langit biru manna", address="10.0.0.1"
        )

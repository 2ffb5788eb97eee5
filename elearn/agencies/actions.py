"""Writes of the civil service: agencies, people who come, move and go, codes for them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID

from elearn.accounts import activation
from elearn.agencies import absences, books, nip, queries, rules
from elearn.agencies.difference import Standing
from elearn.agencies.models import Agency, Employee, Placement
from elearn.agencies.rules import AgencyKind, EmployeeStatus, Hire, LeaveReason, Move, Person, PostGroup
from elearn.agencies.treefile import TreeLine
from elearn.core import clock
from elearn.core.db import db, new_id
from elearn.core.errors import NotFound
from elearn.core.permissions import Actor, Permission
from elearn.core.speech import say
from elearn.ledger import actions as ledger


def create_agency(
    actor: Actor,
    *,
    code: str,
    name: str,
    kind: AgencyKind,
    parent_id: UUID | None,
    opened_on: dt.date,
    short_name: str | None = None,
    address: str | None = None,
    head_title: str | None = None,
    time_zone: str | None = None,
) -> Agency:
    """Open an instansi, an OPD or a unit below another agency; MisplacedAgency, CodeTaken."""
    parent = queries.get_agency_by_id(parent_id) if parent_id else None
    rules.refuse_misplaced(kind, parent.kind if parent else None)
    if queries.find_agency(code):
        raise rules.CodeTaken(field="code")
    agency_id = new_id()
    agency = Agency(
        id=agency_id,
        code=code,
        name=name,
        short_name=short_name,
        kind=kind,
        parent_id=parent_id,
        opd_id=agency_id if kind is AgencyKind.OPD else parent.opd_id if parent else None,
        path=f"{parent.path if parent else '/'}{agency_id}/",
        address=address,
        head_title=head_title,
        time_zone=time_zone,
        opened_on=opened_on,
    )
    db.session.add(agency)
    db.session.flush()
    ledger.record(actor, "agencies:agency_opened", {"agency_id": str(agency_id), "kind": kind.value})
    return agency


def open_agencies(actor: Actor, lines: Iterable[TreeLine]) -> list[Agency]:
    """Open the agencies of a file, each after its parent; those whose code is known stay as they are."""
    known = {agency.code: agency for agency in queries.list_agencies()}
    opened = []
    for line in lines:
        if line.code in known:
            continue
        parent = known.get(line.parent_code) if line.parent_code else None
        if line.parent_code and parent is None:
            raise NotFound(
                say(
                    "Baris %(line)s: induk %(code)s belum ada di atasnya.", line=str(line.line), code=line.parent_code
                )
            )
        known[line.code] = create_agency(
            actor,
            code=line.code,
            name=line.name,
            short_name=line.short_name,
            kind=rules.kind_below(parent.kind if parent else None),
            parent_id=parent.id if parent else None,
            opened_on=clock.today(),
        )
        opened.append(known[line.code])
    return opened


def hire(actor: Actor, *, person: Person, started_on: dt.date) -> Employee:
    """Enter one person with an account and a first placement; UnsoundNip, KindMismatch, NipTaken, ImpossibleDay."""
    if not queries.visible_to(actor, Permission.AGENCY_PEOPLE_TRANSFER).includes(person.agency_id):
        raise NotFound
    rules.refuse_mismatch(person.kind, is_pppk=nip.parse(person.nip).is_pppk)
    if started_on > clock.today():
        raise rules.ImpossibleDay(say("Tidak boleh setelah hari ini."), field="started_on")
    if queries.find_by_nip(person.nip):
        raise rules.NipTaken(field="nip")
    target = _open_agency(person.agency_id)
    standing = books.enter(actor, [Hire(person, started_on)])[0]
    ledger.record(actor, "agencies:person_hired", {"employee_id": str(standing.employee_id)})
    sentence = say(
        "Seorang pegawai %(agency)s ditambahkan, bertugas sejak %(day)s.", agency=target.name, day=started_on
    )
    books.correct(actor, effective_on=started_on, sentence=sentence)
    return queries.get_employee(standing.employee_id, visible=rules.EVERYTHING)


def hire_many(actor: Actor, hires: Sequence[Hire]) -> list[Standing]:
    """Enter many people at once by bulk statements, and return how they stand, in the order given."""
    standings = books.enter(actor, hires)
    ledger.record(actor, "agencies:people_hired", {"count": len(standings)})
    return standings


def transfer(
    actor: Actor,
    *,
    employee_id: UUID,
    agency_id: UUID,
    post: str | None,
    on: dt.date,
    post_group: PostGroup | None = None,
) -> None:
    """End a placement and begin the next on the same day; HasLeft, AgencyClosed, ImpossibleDay, NothingChanges.

    On the first day of the present placement it is corrected instead.
    """
    present = _present(actor, employee_id)
    rules.refuse_move(since=present.started_on, on=on, today=clock.today())
    target = _open_agency(agency_id)
    if (present.agency_id, present.post, present.post_group) == (target.id, post, post_group):
        raise rules.NothingChanges
    source = present.agency
    books.place_anew([Move(employee_id, target.id, post, present.id, present.started_on, post_group)], on)
    facts = {"employee_id": employee_id, "from": source.id, "to": target.id, "on": on}
    ledger.record(actor, "agencies:person_transferred", {key: str(value) for key, value in facts.items()})
    books.correct(actor, effective_on=on, sentence=_way(source, target, on))


def _way(source: Agency, target: Agency, on: dt.date) -> str:
    if source.id == target.id:
        return say("Mutasi seorang pegawai di %(agency)s sejak %(day)s.", agency=target.name, day=on)
    return say(
        "Mutasi seorang pegawai dari %(source)s ke %(target)s sejak %(day)s.",
        source=source.name,
        target=target.name,
        day=on,
    )


def transfer_many(actor: Actor, moves: Sequence[Move], *, on: dt.date) -> None:
    """Move many people on one day by bulk statements."""
    books.place_anew(moves, on)
    ledger.record(actor, "agencies:people_transferred", {"count": len(moves), "on": str(on)})


def leave(actor: Actor, *, employee_id: UUID, on: dt.date, reason: LeaveReason) -> None:
    """End a person's service and close the account; `on` is the first day without. HasLeft, ImpossibleDay."""
    present = _present(actor, employee_id)
    rules.refuse_leave(since=present.started_on, on=on, today=clock.today())
    source = present.agency.name
    books.dismiss(actor, [(employee_id, present.employee.account_id, present.id)], on, reason)
    absences.close_for(employee_id, on)
    facts = {"employee_id": str(employee_id), "on": str(on), "reason": reason.value}
    ledger.record(actor, "agencies:person_left", facts)
    sentence = say("Seorang pegawai %(agency)s keluar sejak %(day)s.", agency=source, day=on)
    books.correct(actor, effective_on=on, sentence=sentence)


def issue_code(actor: Actor, *, employee_id: UUID) -> str:
    """A new activation code for one person in reach, readable only now; BeyondReach."""
    visible = queries.visible_to(actor, Permission.ACCOUNT_PEOPLE_ACTIVATE)
    employee = queries.get_employee(employee_id, visible=visible)
    return activation.issue_code(actor, account_id=employee.account_id)


def _open_agency(agency_id: UUID) -> Agency:
    """An agency where somebody may begin; AgencyClosed."""
    agency = queries.get_agency_by_id(agency_id)
    if agency.closed_on is not None:
        raise rules.AgencyClosed(field="agency")
    return agency


def _present(actor: Actor, employee_id: UUID) -> Placement:
    """The open placement of somebody the actor may move; HasLeft."""
    visible = queries.visible_to(actor, Permission.AGENCY_PEOPLE_TRANSFER)
    employee = queries.get_employee(employee_id, visible=visible)
    if employee.status is EmployeeStatus.LEFT:
        raise rules.HasLeft
    return queries.latest_placement(employee)

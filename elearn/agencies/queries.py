"""Reads of agencies, employees and their placements; what is bounded by agency takes `visible=`."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true
from sqlalchemy.orm import aliased

from elearn.accounts.models import Account, ActivationCode
from elearn.agencies import graded, lineage, named, nip, rules, tenure
from elearn.agencies.lineage import Named
from elearn.agencies.models import (
    Absence,
    Agency,
    AgencyName,
    Employee,
    Placement,
    Succession,
)
from elearn.agencies.rules import AgencyKind, PersonOn, Visible
from elearn.core import clock
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.permissions import SYSTEM, Actor, Permission

IS_LATEST = or_(Placement.ended_on.is_(None), Placement.ended_on == Employee.left_on)
"""The placement where somebody serves now or, having left, served last."""


def visible_to(actor: Actor, permission: Permission) -> Visible:
    """The agencies in which the actor holds the permission, each with everything below it; all for SYSTEM."""
    scopes = actor.scopes(permission)
    if None in scopes or actor == SYSTEM:
        return rules.EVERYTHING
    if not scopes:
        return Visible(all=False)
    below = or_(*(Agency.path.contains(f"/{agency_id}/") for agency_id in scopes))
    return Visible(all=False, agency_ids=frozenset(db.session.scalars(select(Agency.id).where(below))))


def within(column: Any, visible: Visible) -> ColumnElement[bool]:
    """The condition that a column of agency ids lies within what is visible."""
    return true() if visible.all else column.in_(visible.agency_ids)


def holds(column: Any, visible: Visible, *, day: dt.date | None = None) -> ColumnElement[bool]:
    """The condition that a column of employee ids names somebody who serves in sight on a day.

    Without a day: who serves there now or, having left, served there last.
    """
    if visible.all:
        return true()
    people = select(Placement.employee_id).where(within(Placement.agency_id, visible))
    if day is None:
        return column.in_(people.join(Employee, Employee.id == Placement.employee_id).where(IS_LATEST))
    return column.in_(people.where(covers(day)))


def below(agency: Agency) -> ColumnElement[bool]:
    """The condition that an agency is this one or stands somewhere below it."""
    return Agency.path.startswith(agency.path)


def root() -> Agency:
    """The instansi at the top of the tree; NotFound before one has been made."""
    found = db.session.scalar(select(Agency).where(Agency.kind == AgencyKind.INSTANSI))
    if found is None:
        raise NotFound
    return found


def list_opd() -> Sequence[Agency]:
    """Every open OPD by name."""
    query = select(Agency).where(Agency.kind == AgencyKind.OPD, Agency.closed_on.is_(None))
    return db.session.scalars(query.order_by(Agency.name)).all()


def list_agencies() -> Sequence[Agency]:
    """Every agency that was ever open, by name."""
    return db.session.scalars(select(Agency).order_by(Agency.name)).all()


def list_children(agency: Agency, *, visible: Visible) -> Sequence[Agency]:
    """The open agencies right below one."""
    query = select(Agency).where(Agency.parent_id == agency.id, Agency.closed_on.is_(None))
    return db.session.scalars(query.where(within(Agency.id, visible)).order_by(Agency.name)).all()


def list_above(agency: Agency) -> Sequence[Agency]:
    """The agencies above one, from the root down."""
    query = select(Agency).where(Agency.id.in_(rules.ids_in(agency.path)), Agency.id != agency.id)
    return db.session.scalars(query.order_by(func.length(Agency.path))).all()


def list_choices(*, visible: Visible) -> dict[str, str]:
    """Every open agency in sight as id and name, a unit with its OPD before it, for a drop-down."""
    opd = aliased(Agency)
    query = (
        select(Agency.id, Agency.name, opd.name.label("opd_name"))
        .outerjoin(opd, and_(opd.id == Agency.opd_id, opd.id != Agency.id))
        .where(Agency.closed_on.is_(None), within(Agency.id, visible))
        .order_by(func.coalesce(opd.name, Agency.name), opd.name.is_not(None), Agency.name)
    )
    return {
        str(row.id): f"{row.opd_name} – {row.name}" if row.opd_name else row.name for row in db.session.execute(query)
    }


def list_tops(*, visible: Visible) -> Sequence[Agency]:
    """The OPD in sight or, for who sees only some units, the highest of these; the instansi never."""
    if visible.all:
        return list_opd()
    query = select(Agency).where(Agency.closed_on.is_(None), Agency.kind != AgencyKind.INSTANSI)
    seen = db.session.scalars(query.where(within(Agency.id, visible)).order_by(Agency.name)).all()
    ids = {agency.id for agency in seen}
    return [agency for agency in seen if agency.parent_id not in ids]


def names_on(day: dt.date) -> dict[UUID, str]:
    """What every agency was called on a day, whether it was open or not; two statements."""
    names: dict[UUID, str] = {row.id: row.name for row in db.session.execute(select(Agency.id, Agency.name))}
    history = select(AgencyName.agency_id, AgencyName.name, AgencyName.since)
    return names | lineage.names_on((Named(*row) for row in db.session.execute(history)), day)


def predecessors(*, until: dt.date) -> dict[UUID, list[UUID]]:
    """The agencies that each agency took over from at first hand, by a day."""
    found: dict[UUID, list[UUID]] = {}
    query = select(Succession.successor_id, Succession.former_id).where(Succession.on <= until)
    for successor, former in db.session.execute(query):
        found.setdefault(successor, []).append(former)
    return found


def find_agency(code: str) -> Agency | None:
    """The agency with this code."""
    return db.session.scalar(select(Agency).where(Agency.code == code))


def get_agency(code: str, *, visible: Visible) -> Agency:
    """The agency with this code, if it is in sight."""
    agency = find_agency(code)
    if agency is None or not visible.includes(agency.id):
        raise NotFound
    return agency


def get_agency_by_id(agency_id: UUID) -> Agency:
    """The agency with this id."""
    agency = db.session.get(Agency, agency_id)
    if agency is None:
        raise NotFound
    return agency


def find_employee_of(account_id: UUID | None) -> Employee | None:
    """The employee who signs in by this account."""
    return db.session.scalar(select(Employee).where(Employee.account_id == account_id))


def find_by_nip(text: str) -> Employee | None:
    """The employee with this NIP."""
    return db.session.scalar(select(Employee).where(Employee.nip == text))


def get_employee(employee_id: UUID, *, visible: Visible) -> Employee:
    """An employee whose present or last agency is in sight."""
    query = select(Employee).join(Placement, and_(Placement.employee_id == Employee.id, IS_LATEST))
    employee = db.session.scalar(query.where(Employee.id == employee_id, within(Placement.agency_id, visible)))
    if employee is None:
        raise NotFound
    return employee


def placement_on(employee_id: UUID, day: dt.date) -> Placement | None:
    """Where an employee serves on a day, if anywhere."""
    stays = db.session.scalars(select(Placement).where(Placement.employee_id == employee_id))
    return rules.placement_on(stays, day)


def latest_placement(employee: Employee) -> Placement:
    """Where an employee serves now or served last."""
    return max(employee.placements, key=lambda stay: stay.started_on)


def list_people_on(day: dt.date, *, visible: Visible, agency_id: UUID | None = None) -> list[PersonOn]:
    """Everybody placed on a day within sight (and within an agency's subtree), by name; one statement."""
    place = (Agency.id.label("agency_id"), Agency.name.label("agency_name"), Agency.opd_id, JOINED_ON, SERVING_SINCE)
    grade, name = graded.on(day), named.on(day)
    of_day: dict[str, Any] = {"kind": grade.kind.label("kind"), "rank": grade.rank.label("rank")}
    of_day |= {column.key: column for column in name.columns}
    person: list[Any] = [of_day.get(column.key, column) for column in PERSON]
    query = (
        select(*person, *place, (~is_present(day)).label("is_absent"))
        .select_from(Employee)
        .join(Placement, Placement.employee_id == Employee.id)
        .join(Agency, Agency.id == Placement.agency_id)
        .where(covers(day), within(Placement.agency_id, visible))
        .order_by(name.name, Employee.id)
    )
    if agency_id is not None:
        query = query.where(Agency.path.contains(f"/{agency_id}/"))
    rows = db.session.execute(name.joined(grade.joined(query)))
    return [_person_on(dict(row._mapping)) for row in rows]


def covers(day: dt.date) -> ColumnElement[bool]:
    """The condition that a placement covers a day."""
    return and_(Placement.started_on <= day, or_(Placement.ended_on.is_(None), Placement.ended_on > day))


def is_present(day: dt.date) -> ColumnElement[bool]:
    """The condition that an employee is not absent (on leave, studying, lent) on a day."""
    return ~exists().where(absent_on(day))


def absent_on(day: dt.date) -> ColumnElement[bool]:
    """The condition that an absence is the employee's and covers a day."""
    until = or_(Absence.ended_on.is_(None), Absence.ended_on > day)
    return and_(Absence.employee_id == Employee.id, Absence.started_on <= day, until)


JOINED_ON = tenure.since(is_of_opd=True).label("joined_on")
"""The first day of somebody's present stay in the OPD, to be read of Employee joined with Placement and Agency."""
SERVING_SINCE = tenure.since(is_of_opd=False).label("serving_since")
"""The first day of somebody's present service here, to be read likewise."""
PERSON = (
    Employee.id.label("employee_id"),
    Employee.account_id,
    Employee.nip,
    Employee.name,
    Employee.title_before,
    Employee.title_after,
    Employee.kind,
    Employee.rank,
    Employee.email,
    Employee.phone,
    Placement.post,
    Placement.post_group,
)
"""The columns of a person, to be read of Employee joined with Placement."""


def _person_on(row: dict[str, Any]) -> PersonOn:
    name = rules.full_name(row.pop("name"), row.pop("title_before"), row.pop("title_after"))
    return PersonOn(name=name, **row)


def matches(search: str) -> ColumnElement[bool]:
    """The condition that each word stands in somebody's name or titles, or that the NIP begins with these digits."""
    digits = nip.digits_of(search)
    if digits.isascii() and digits.isdigit():
        return Employee.nip.startswith(digits)
    called = (Employee.name, Employee.title_before, Employee.title_after)
    words = search.replace(",", " ").split()
    return and_(true(), *(or_(*(each.icontains(word, autoescape=True) for each in called)) for word in words))


def count_people(*, visible: Visible) -> dict[UUID, tuple[int, int]]:
    """How many in sight serve at each agency or below it, and how many of them have activated their account."""
    query = (
        select(Agency.path, func.count(), func.count(Account.activated_at))
        .join(Placement, Placement.agency_id == Agency.id)
        .join(Employee, Employee.id == Placement.employee_id)
        .join(Account, Account.id == Employee.account_id)
        .where(Placement.ended_on.is_(None), within(Agency.id, visible))
        .group_by(Agency.path)
    )
    return rules.totals_up((path, people, active) for path, people, active in db.session.execute(query))


def list_waiting(
    agency: Agency, *, since: dt.datetime | None = None, is_without_code: bool = True
) -> list[tuple[Employee, str]]:
    """Who serves in an agency or below it and has not activated the account, with the unit, by unit and name.

    Left out is who holds a valid code, or with `since` only who got one from that moment on.
    """
    query = (
        select(Employee, Agency.name)
        .join(Placement, and_(Placement.employee_id == Employee.id, Placement.ended_on.is_(None)))
        .join(Agency, Agency.id == Placement.agency_id)
        .join(Account, Account.id == Employee.account_id)
        .where(below(agency), Account.activated_at.is_(None), Account.is_active)
        .order_by(Agency.name, Employee.name, Employee.id)
    )
    if is_without_code:
        query = query.where(~_holds_code(since))
    return [(employee, name) for employee, name in db.session.execute(query)]


def hold(agency: Agency) -> None:
    """Let nobody else do the same for this agency until the transaction ends."""
    db.session.execute(select(Agency.id).where(Agency.id == agency.id).with_for_update())


def _holds_code(since: dt.datetime | None) -> ColumnElement[bool]:
    """The condition that an employee's account has a code that can be used, given out from a moment on."""
    valid = ActivationCode.used_at.is_(None) & (ActivationCode.expires_at > clock.now())
    held = exists().where(ActivationCode.account_id == Employee.account_id, valid)
    return held if since is None else held.where(ActivationCode.issued_at >= since)

"""Learners as the civil service knows them: who is in reach, where they serve, and who answers for them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased

from elearn.accounts.models import Account, RoleGrant
from elearn.agencies import queries as agencies
from elearn.agencies import rules as names
from elearn.agencies.models import Agency, Employee, Placement
from elearn.agencies.rules import Visible
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.permissions import Actor, Permission, Role


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody who sits quizzes: who she is, where she serves now or served last, and where she can be written to."""

    account_id: UUID
    employee_id: UUID
    name: str
    nip: str
    email: str | None
    agency_id: UUID
    agency: str
    opd_id: UUID | None


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who answers for the people of an OPD."""

    name: str
    email: str | None
    phone: str | None


def in_reach(visible: Visible) -> Select[UUID]:
    """The accounts of everybody whose present or last agency is in sight, as a statement."""
    query = select(Employee.account_id).join(Placement, Placement.employee_id == Employee.id)
    return query.where(agencies.IS_LATEST, agencies.within(Placement.agency_id, visible))


def by_account(account_ids: Collection[UUID]) -> dict[UUID, Learner]:
    """The learners of these accounts; who is no employee is left out."""
    query = (
        select(Employee, Agency)
        .join(Placement, Placement.employee_id == Employee.id)
        .join(Agency, Agency.id == Placement.agency_id)
        .where(Employee.account_id.in_(account_ids), agencies.IS_LATEST)
        .order_by(Placement.started_on)
    )
    return {employee.account_id: _learner(employee, agency) for employee, agency in db.session.execute(query)}


def get_of_account(actor: Actor, permission: Permission, account_id: UUID) -> Learner:
    """The learner of an account within the actor's reach; NotFound for anybody else."""
    employee = agencies.find_employee_of(account_id)
    if employee is None:
        raise NotFound
    return get(actor, permission, employee.id)


def get(actor: Actor, permission: Permission, employee_id: UUID) -> Learner:
    """An employee within the actor's reach as a learner; NotFound for anybody else."""
    employee = agencies.get_employee(employee_id, visible=agencies.visible_to(actor, permission))
    return _learner(employee, agencies.latest_placement(employee).agency)


def _learner(employee: Employee, agency: Agency) -> Learner:
    return Learner(
        account_id=employee.account_id,
        employee_id=employee.id,
        name=names.full_name(employee.name, employee.title_before, employee.title_after),
        nip=employee.nip,
        email=employee.email,
        agency_id=agency.id,
        agency=agency.name,
        opd_id=agency.opd_id,
    )


def officers_of(account_id: UUID | None) -> Sequence[Officer]:
    """Who answers for somebody's OPD or unit, the nearest first; none for who serves nowhere."""
    place, office = aliased(Agency), aliased(Agency)
    query = (
        select(Account.name, Account.email, Account.phone)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .join(office, office.id == RoleGrant.agency_id)
        .join(place, place.path.startswith(office.path))
        .join(Placement, Placement.agency_id == place.id)
        .join(Employee, Employee.id == Placement.employee_id)
        .where(
            Employee.account_id == account_id,
            Placement.ended_on.is_(None),
            RoleGrant.role == Role.OPD_OFFICER,
            RoleGrant.revoked_at.is_(None),
            Account.is_active,
        )
        .order_by(office.path.desc(), Account.name)
    )
    return [Officer(*row) for row in db.session.execute(query)]


def opd_names(learners: Collection[Learner]) -> dict[UUID | None, str]:
    """What the OPD of these learners are called; the instansi itself for who serves in none."""
    wanted = {each.opd_id for each in learners if each.opd_id}
    query = select(Agency.id, Agency.name).where(or_(Agency.id.in_(wanted), Agency.parent_id.is_(None)))
    found: dict[UUID | None, str] = dict(db.session.execute(query).all())
    return {None: next((name for id_, name in found.items() if id_ not in wanted), "")} | found


def reachable(actor: Actor, permission: Permission, learners: Iterable[Learner]) -> set[UUID]:
    """The accounts of those learners who serve in the actor's reach."""
    visible = agencies.visible_to(actor, permission)
    return {each.account_id for each in learners if visible.includes(each.agency_id)}

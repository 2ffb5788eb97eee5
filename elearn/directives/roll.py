"""Who is bound by a directive, as a list to be searched and paged in the database."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select, true

from elearn.agencies import queries as agencies
from elearn.agencies.models import Agency, Employee, Placement
from elearn.agencies.rules import EmployeeStatus, Visible
from elearn.core import clock
from elearn.core.db import db
from elearn.directives import binding
from elearn.directives.duties import Target


@dataclass(frozen=True, slots=True)
class Named:
    """An employee whom a writer named by NIP, shown back to be recognised."""

    employee_id: UUID
    nip: str
    name: str
    agency_name: str

    def __str__(self) -> str:
        """One line of a list."""
        return f"{self.nip} – {self.name}, {self.agency_name}"


def bound(target: Target, day: date, *, visible: Visible, search: str = "") -> Select[*tuple[Any, ...]]:
    """Employees in sight whom a target binds on a day, with post, name and id of the unit, for paging, by name."""
    query = (
        select(Employee, Placement.post, Agency.name.label("agency_name"), Agency.id.label("agency_id"))
        .join(Placement, Placement.employee_id == Employee.id)
        .join(Agency, Agency.id == Placement.agency_id)
        .where(agencies.covers(day), agencies.is_present(day), binds(target))
        .where(agencies.within(Placement.agency_id, visible))
        .order_by(Employee.name, Employee.id)
    )
    return query.where(agencies.matches(search)) if search else query


def binds(target: Target) -> ColumnElement[bool]:
    """`duties.is_bound` as a condition on Employee joined with Placement."""
    of_group = Placement.post_group.in_(target.post_groups) if target.post_groups else true()
    by_rule = and_(Employee.kind.in_(target.kinds), of_group, Placement.agency_id.in_(_inside(target)))
    bound = or_(by_rule, Employee.id.in_(target.people))
    return and_(bound, Employee.id.not_in(target.excepted_people))


def list_named(nips: Collection[str]) -> dict[str, Named]:
    """Those of the NIPs that belong to people serving here, in their order, with name and unit."""
    found = {each.nip: each for each in _list(Employee.nip.in_(nips), Employee.status == EmployeeStatus.ACTIVE)}
    return {nip: found[nip] for nip in nips if nip in found}


def list_by_id(employee_ids: Collection[UUID]) -> list[Named]:
    """Employees by name, each with the unit of the present or last placement."""
    return _list(Employee.id.in_(employee_ids))


def _list(*conditions: ColumnElement[bool]) -> list[Named]:
    query = (
        select(Employee, Agency.name)
        .join(Placement, and_(Placement.employee_id == Employee.id, agencies.IS_LATEST))
        .join(Agency, Agency.id == Placement.agency_id)
        .where(*conditions)
        .order_by(Employee.name, Employee.id)
    )
    return [Named(each.id, each.nip, each.full_name, unit) for each, unit in db.session.execute(query)]


def _inside(target: Target) -> list[UUID]:
    """Every agency whose people the rule reaches."""
    return [
        agency_id
        for agency_id, above in binding.lineages(clock.today()).items()
        if not target.agencies.isdisjoint(above) and target.excepted_agencies.isdisjoint(above)
    ]

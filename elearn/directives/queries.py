"""Reads of the directives: whom they bind, and who may read them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Protocol, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from elearn.agencies import queries as agencies
from elearn.agencies.models import Agency, Employee, Placement
from elearn.agencies.rules import EVERYTHING, PersonOn
from elearn.core import clock
from elearn.core.db import db
from elearn.core.permissions import Actor, Permission
from elearn.directives import rules
from elearn.directives.models import Directive, DirectiveTarget
from elearn.directives.rules import AlreadyIssued, NoSuchDirective, Obligation, Order, Signatory, Status, Target


class Placed(Protocol):
    """A person, or several alike, as the roster of a day has them, as far as a directive asks."""

    @property
    def agency_id(self) -> UUID: ...
    @property
    def kind(self) -> str: ...


Somebody = TypeVar("Somebody", bound=Placed)
Lineages = Mapping[UUID, tuple[UUID, ...]]
"""For each agency the agencies from the root down to it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person serves on a day, as the agencies from the root down, and as what kind of employee."""

    lineage: tuple[UUID, ...]
    kind: str


def covers(day: date) -> ColumnElement[bool]:
    """The condition that a placement covers a day."""
    return and_(Placement.started_on <= day, or_(Placement.ended_on.is_(None), Placement.ended_on > day))


def find_place(account_id: UUID | None, day: date) -> Place | None:
    """Where a person serves on a day; None for who serves nowhere then."""
    row = db.session.execute(
        select(Agency.path, Employee.kind)
        .join(Placement, Placement.agency_id == Agency.id)
        .join(Employee, Employee.id == Placement.employee_id)
        .where(Employee.account_id == account_id, covers(day))
    ).first()
    return Place(rules.lineage(row.path), row.kind) if row else None


def list_binding(account_id: UUID | None, day: date) -> list[Directive]:
    """The directives issued by a day that bind a person where he serves that day, the most urgent first."""
    place = find_place(account_id, day)
    if place is None:
        return []
    addressed = exists().where(
        DirectiveTarget.directive_id == Directive.id, DirectiveTarget.agency_id.in_(place.lineage)
    )
    return [directive for directive in list_issued(day, addressed) if _binds(directive, place)]


def list_issued(day: date, *conditions: ColumnElement[bool]) -> list[Directive]:
    """The directives issued by a day, the most urgent first."""
    query = select(Directive).where(Directive.status == Status.ISSUED, Directive.issued_on <= day, *conditions)
    return list(db.session.scalars(query.order_by(Directive.deadline_on, Directive.number)))


def list_drafts() -> list[Directive]:
    """What is being written, the latest first."""
    query = select(Directive).where(Directive.status == Status.DRAFT)
    return list(db.session.scalars(query.order_by(Directive.drafted_at.desc())))


def list_readable(reader: Actor, day: date) -> list[Directive]:
    """The issued directives that a person may read: all by office, else those that bind him."""
    if reader.has(Permission.DIRECTIVE_ANY_READ):
        return list_issued(day)
    return list_binding(reader.account_id, day)


def get_readable(directive_id: UUID, *, reader: Actor, day: date) -> Directive:
    """A directive that a person may read; raises NoSuchDirective for any other, and for others' drafts."""
    directive = db.session.get(Directive, directive_id)
    if directive is None or not _may_read(reader, directive, day):
        raise NoSuchDirective
    return directive


def get_directive(directive_id: UUID) -> Directive:
    """A directive by its id; raises NoSuchDirective."""
    directive = db.session.get(Directive, directive_id)
    if directive is None:
        raise NoSuchDirective
    return directive


def get_draft(directive_id: UUID) -> Directive:
    """A draft, locked until the transaction ends, so that nobody changes it while it is issued.

    Raises NoSuchDirective, or AlreadyIssued for what people were already told.
    """
    query = select(Directive).where(Directive.id == directive_id).with_for_update()
    directive = db.session.scalar(query, execution_options={"populate_existing": True})
    if directive is None:
        raise NoSuchDirective
    if directive.status is not Status.DRAFT:
        raise AlreadyIssued
    return directive


def get_issued(directive_id: UUID, day: date) -> Directive:
    """A directive that was in force on a day; raises NoSuchDirective."""
    directive = get_directive(directive_id)
    if directive.issued_on is None or directive.issued_on > day:
        raise NoSuchDirective
    return directive


def _may_read(reader: Actor, directive: Directive, day: date) -> bool:
    if directive.status is Status.DRAFT:
        return reader.has(Permission.DIRECTIVE_ANY_WRITE)
    if reader.has(Permission.DIRECTIVE_ANY_READ):
        return True
    place = find_place(reader.account_id, day) if reader.has(Permission.DIRECTIVE_OWN_READ) else None
    return place is not None and _binds(directive, place)


def _binds(directive: Directive, place: Place) -> bool:
    return rules.is_bound(target_of(directive), lineage=place.lineage, kind=place.kind)


def target_of(directive: Directive) -> Target:
    """Whom a directive is addressed to."""
    agencies = frozenset(target.agency_id for target in directive.targets)
    return Target(agencies, frozenset(directive.target_kinds))


def order_of(directive: Directive) -> Order:
    """A directive as far as it binds people."""
    return Order(target_of(directive), directive.module_slug, directive.deadline_on)


def lineages() -> Lineages:
    """For each agency the agencies from the root down to it."""
    rows = db.session.execute(select(Agency.id, Agency.path))
    return {agency_id: rules.lineage(path) for agency_id, path in rows}


def bound(target: Target, placed: Iterable[Somebody], above: Lineages) -> list[Somebody]:
    """Those whom a directive with this target binds where they are placed."""

    @cache
    def is_bound(agency_id: UUID, kind: str) -> bool:
        return rules.is_bound(target, lineage=above[agency_id], kind=kind)

    return [each for each in placed if is_bound(each.agency_id, each.kind)]


def obligations(
    directives: Sequence[Directive], placed: Iterable[Somebody], above: Lineages
) -> list[tuple[Somebody, tuple[Obligation, ...]]]:
    """What each of the bound must finish by these directives, one obligation a module; the free are left out."""
    orders = [order_of(directive) for directive in directives]

    @cache
    def owed(agency_id: UUID, kind: str) -> tuple[Obligation, ...]:
        return rules.obligations(orders, lineage=above[agency_id], kind=kind)

    duties = ((each, owed(each.agency_id, each.kind)) for each in placed)
    return [(each, duty) for each, duty in duties if duty]


def find_by_number(number: str) -> Directive | None:
    """The directive that bears a number."""
    return db.session.scalar(select(Directive).where(Directive.number == number))


def find_latest() -> Directive | None:
    """The directive written last, whose place and signatory are offered for the next one."""
    return db.session.scalar(select(Directive).order_by(Directive.drafted_at.desc()).limit(1))


def signatory_of(directive: Directive) -> Signatory:
    """Who signs a directive."""
    return Signatory(
        name=directive.signatory_name,
        title=directive.signatory_title,
        rank=directive.signatory_rank,
        nip=directive.signatory_nip,
    )


def list_bound_today(target: Target) -> list[PersonOn]:
    """Everybody in the regency whom a directive with this target would bind today."""
    people = agencies.list_people_on(clock.today(), visible=EVERYTHING)
    return bound(target, people, lineages())


def count_bound_today(target: Target) -> int:
    """How many people in the regency a directive with this target would bind today; counted in the database."""
    query = (
        select(Placement.agency_id, Employee.kind, func.count().label("people"))
        .join(Employee, Employee.id == Placement.employee_id)
        .where(covers(clock.today()))
        .group_by(Placement.agency_id, Employee.kind)
    )
    return sum(row.people for row in bound(target, db.session.execute(query), lineages()))


def list_without_letter() -> Sequence[UUID]:
    """The issued directives whose letter is not made yet."""
    query = select(Directive.id).where(Directive.status == Status.ISSUED, Directive.document_id.is_(None))
    return db.session.scalars(query.order_by(Directive.issued_at)).all()


def list_targeted(target: Target) -> list[Agency]:
    """The agencies a directive is addressed to, the root first, then by name."""
    query = select(Agency).where(Agency.id.in_(target.agencies))
    return list(db.session.scalars(query.order_by(Agency.parent_id.is_not(None), Agency.name)))

"""Reads of the directives: whom they bind, and who may read them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from elearn.agencies import queries as agencies
from elearn.agencies.models import Agency, Employee, Placement
from elearn.agencies.rules import EVERYTHING, PersonOn
from elearn.core import clock
from elearn.core.db import db
from elearn.core.permissions import Actor, Permission
from elearn.directives import duties, rules
from elearn.directives.duties import Demand, Obligation, Order, Place, Target, Terms
from elearn.directives.models import Directive, DirectivePerson, DirectiveTarget, Exemption
from elearn.directives.rules import AlreadyIssued, NoSuchDirective, NotInForce, Status
from elearn.directives.wording import Signatory


class Placed(Protocol):
    """A person, or several alike, as the roster of a day has them, as far as a directive asks."""

    @property
    def agency_id(self) -> UUID: ...
    @property
    def kind(self) -> str: ...
    @property
    def post_group(self) -> str | None: ...
    @property
    def employee_id(self) -> UUID | None: ...
    @property
    def joined_on(self) -> date | None: ...
    @property
    def serving_since(self) -> date | None: ...


Somebody = TypeVar("Somebody", bound=Placed)
Lineages = Mapping[UUID, tuple[UUID, ...]]
"""For each agency the agencies from the root down to it."""


def covers(day: date) -> ColumnElement[bool]:
    """The condition that a placement covers a day."""
    return and_(Placement.started_on <= day, or_(Placement.ended_on.is_(None), Placement.ended_on > day))


def find_place(account_id: UUID | None, day: date) -> Place | None:
    """Where a person serves on a day; None for who serves nowhere then, or is absent."""
    row = db.session.execute(
        select(
            Agency.path, Employee.kind, Placement.post_group, Employee.id, agencies.JOINED_ON, agencies.SERVING_SINCE
        )
        .join(Placement, Placement.agency_id == Agency.id)
        .join(Employee, Employee.id == Placement.employee_id)
        .where(Employee.account_id == account_id, covers(day), agencies.is_present(day))
    ).first()
    if row is None:
        return None
    return Place(duties.with_former(duties.lineage(row.path), agencies.predecessors(until=day)), *row[1:])


def list_binding(account_id: UUID | None, day: date) -> list[Directive]:
    """The directives issued by a day that bind a person where he serves that day, the most urgent first."""
    place = find_place(account_id, day)
    if place is None:
        return []
    return [directive for directive in list_issued(day, _concerns(place)) if _binds(directive, place, day)]


def list_obligations(account_id: UUID | None, day: date) -> tuple[list[Directive], tuple[Obligation, ...]]:
    """The directives that bind a person on a day, the most urgent first, and what they ask of her."""
    place = find_place(account_id, day)
    if place is None:
        return [], ()
    binding = [each for each in list_issued(day, _concerns(place)) if _binds(each, place, day)]
    return binding, duties.obligations((order_of(each, day) for each in binding), place, day)


def _concerns(place: Place) -> ColumnElement[bool]:
    """The condition that a directive could bind somebody in that place: an agency above, or the name."""
    addressed = DirectiveTarget.directive_id == Directive.id
    named = DirectivePerson.directive_id == Directive.id
    return or_(
        exists().where(addressed, DirectiveTarget.agency_id.in_(place.lineage)),
        exists().where(named, DirectivePerson.employee_id == place.employee_id),
    )


def list_issued(day: date, *conditions: ColumnElement[bool]) -> list[Directive]:
    """The directives in force on a day, issued by then and not ended, the most urgent first."""
    stands = or_(Directive.ended_on.is_(None), Directive.ended_on > day)
    query = select(Directive).where(Directive.issued_on <= day, stands, *conditions)
    return list(db.session.scalars(query.order_by(Directive.deadline_on, Directive.number)))


def list_ended() -> list[Directive]:
    """The directives that were closed or revoked, the latest first."""
    query = select(Directive).where(Directive.ended_on.is_not(None))
    return list(db.session.scalars(query.order_by(Directive.ended_on.desc(), Directive.number)))


def find_revoker(directive: Directive) -> Directive | None:
    """The directive by which another one was revoked."""
    query = select(Directive).where(Directive.revokes_id == directive.id, Directive.issued_on.is_not(None))
    return db.session.scalar(query)


def may_see_drafts(reader: Actor) -> bool:
    """Whether a person reads what is not issued yet: who writes it and who reviews it."""
    return reader.has(Permission.DIRECTIVE_ANY_WRITE) or reader.has(Permission.DIRECTIVE_ANY_REVIEW)


def list_drafts() -> list[Directive]:
    """What is being written, the latest first."""
    query = select(Directive).where(Directive.status.in_(rules.UNISSUED))
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


def find_issued(directive_id: UUID) -> Directive | None:
    """A directive that was issued, in force or ended."""
    directive = db.session.get(Directive, directive_id)
    return directive if directive is not None and directive.issued_on is not None else None


def get_draft(directive_id: UUID) -> Directive:
    """A draft, locked until the transaction ends, so that nobody changes it while it is issued.

    Raises NoSuchDirective, or AlreadyIssued for what people were already told.
    """
    directive = _locked(directive_id)
    if directive.status not in rules.UNISSUED:
        raise AlreadyIssued
    return directive


def get_in_force(directive_id: UUID) -> Directive:
    """A directive in force, locked until the transaction ends; raises NoSuchDirective, NotInForce."""
    directive = _locked(directive_id)
    if directive.status is not Status.ISSUED:
        raise NotInForce
    return directive


def _locked(directive_id: UUID) -> Directive:
    query = select(Directive).where(Directive.id == directive_id).with_for_update()
    directive = db.session.scalar(query, execution_options={"populate_existing": True})
    if directive is None:
        raise NoSuchDirective
    return directive


def get_issued(directive_id: UUID, day: date) -> Directive:
    """A directive that was in force on a day; raises NoSuchDirective."""
    directive = get_directive(directive_id)
    if directive.issued_on is None or directive.issued_on > day:
        raise NoSuchDirective
    return directive


def _may_read(reader: Actor, directive: Directive, day: date) -> bool:
    if directive.status in rules.UNISSUED:
        return may_see_drafts(reader)
    if reader.has(Permission.DIRECTIVE_ANY_READ):
        return True
    place = find_place(reader.account_id, day) if reader.has(Permission.DIRECTIVE_OWN_READ) else None
    return place is not None and _binds(directive, place, day)


def _binds(directive: Directive, place: Place, day: date) -> bool:
    return duties.is_bound(target_of(directive, day), place)


def target_of(directive: Directive, day: date) -> Target:
    """Whom a directive is addressed to; who is exempt on a day is excepted."""
    exempt = {each.employee_id for each in directive.exemptions if _is_on(each, day)}
    return Target(
        agencies=frozenset(each.agency_id for each in directive.targets if not each.is_excepted),
        kinds=frozenset(directive.target_kinds),
        post_groups=frozenset(directive.target_groups),
        people=frozenset(each.employee_id for each in directive.people if not each.is_excepted),
        excepted_agencies=frozenset(each.agency_id for each in directive.targets if each.is_excepted),
        excepted_people=frozenset(each.employee_id for each in directive.people if each.is_excepted) | exempt,
    )


def _is_on(exemption: Exemption, day: date) -> bool:
    return exemption.from_on <= day and (exemption.until_on is None or exemption.until_on > day)


def order_of(directive: Directive, day: date) -> Order:
    """A directive as far as it binds people on a day; one that is not issued as if it were that day."""
    return Order(
        target=target_of(directive, day),
        modules=modules_of(directive),
        issued_on=directive.issued_on or day,
        deadline_on=directive.deadline_on,
        deadlines={kind: date.fromisoformat(text) for kind, text in directive.deadlines.items()},
        joiner_days=directive.joiner_days,
        terms=Terms(directive.valid_months, directive.valid_until, directive.credits_earlier),
    )


def demands(directives: Iterable[Directive], day: date) -> list[Demand]:
    """What these directives ask for on a day, each once."""
    orders = [order_of(directive, day) for directive in directives]
    return list(dict.fromkeys(duties.demand(order, slug, day) for order in orders for slug in order.modules))


def modules_of(directive: Directive) -> tuple[str, ...]:
    """The modules that a directive asks for, the first one first."""
    return (directive.module_slug, *directive.more_modules)


def lineages(day: date) -> Lineages:
    """For each agency the agencies from the root down to it, then those that one of these took over from by a day.

    So whoever is addressed as the former agency is found where its people serve now.
    """
    rows = db.session.execute(select(Agency.id, Agency.path))
    return lineages_of(((agency_id, path) for agency_id, path in rows), day)


def lineages_of(paths: Iterable[tuple[UUID, str]], day: date) -> Lineages:
    """The same of agencies whose paths are known already."""
    former = agencies.predecessors(until=day)
    return {agency_id: duties.with_former(duties.lineage(path), former) for agency_id, path in paths}


def place_of(placed: Placed, above: Lineages) -> Place:
    """Where somebody is placed, as duties ask it."""
    return Place(
        above[placed.agency_id],
        placed.kind,
        placed.post_group,
        placed.employee_id,
        placed.joined_on,
        placed.serving_since,
    )


def bound(target: Target, placed: Iterable[Somebody], above: Lineages) -> list[Somebody]:
    """Those whom a directive with this target binds where they are placed."""
    return [each for each in placed if duties.is_bound(target, place_of(each, above))]


def obligations(
    directives: Sequence[Directive], placed: Iterable[Somebody], above: Lineages, day: date
) -> list[tuple[Somebody, tuple[Obligation, ...]]]:
    """What each of the bound must finish by these directives on a day, one tuple for all who owe the same.

    The free are left out.
    """
    orders = [order_of(directive, day) for directive in directives]
    named = frozenset[UUID]().union(*(order.target.named for order in orders))
    issued = min((order.issued_on for order in orders), default=day)

    same: dict[tuple[Obligation, ...], tuple[Obligation, ...]] = {}

    @cache
    def owed(agency_id: UUID, *rest: Any) -> tuple[Obligation, ...]:
        found = duties.obligations(orders, Place(above[agency_id], *rest), day)
        return same.setdefault(found, found)

    owing = ((each, owed(*_coarse(each, named, issued))) for each in placed)
    return [(each, owes) for each, owes in owing if owes]


def _coarse(placed: Placed, named: frozenset[UUID], issued: date) -> tuple[Any, ...]:
    """What a directive looks at of where somebody is placed, so that people alike are asked about once."""
    joined_on, serving_since = placed.joined_on, placed.serving_since
    return (
        placed.agency_id,
        placed.kind,
        placed.post_group,
        placed.employee_id if placed.employee_id in named else None,
        joined_on if joined_on and joined_on > issued else None,
        serving_since if serving_since and serving_since > issued else None,
    )


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
    """Everybody in the regency whom a directive with this target would bind today, by name."""
    people = agencies.list_people_on(clock.today(), visible=EVERYTHING)
    return bound(target, (person for person in people if not person.is_absent), lineages(clock.today()))


def count_bound_today(target: Target) -> int:
    """How many people in the regency a directive with this target would bind today; counted in the database."""
    day, named = clock.today(), case((Employee.id.in_(target.named), Employee.id))
    keys = (Placement.agency_id, Employee.kind, Placement.post_group, named)
    query = (
        select(*keys, func.count())
        .join(Employee, Employee.id == Placement.employee_id)
        .where(covers(day), agencies.is_present(day))
        .group_by(*keys)
    )
    above, rows = lineages(day), db.session.execute(query)
    return sum(people for at, *rest, people in rows if duties.is_bound(target, Place(above[at], *rest)))


def list_without_letter() -> Sequence[UUID]:
    """The issued directives whose letter is not made yet."""
    query = select(Directive.id).where(Directive.issued_at.is_not(None), Directive.document_id.is_(None))
    return db.session.scalars(query.order_by(Directive.issued_at)).all()


def list_targeted(agency_ids: Iterable[UUID]) -> list[Agency]:
    """The agencies of a target by their ids, the root first, then by name."""
    query = select(Agency).where(Agency.id.in_(agency_ids))
    return list(db.session.scalars(query.order_by(Agency.parent_id.is_not(None), Agency.name)))


def deadline_for(directive: Directive, kind: str) -> date:
    """The day by which a kind of employee must be done who was there at the issue."""
    own = directive.deadlines.get(kind)
    return date.fromisoformat(own) if own else directive.deadline_on

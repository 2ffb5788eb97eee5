"""Whom the directives bind where people serve on a day, and what each of the bound must finish."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Uuid, bindparam, case, exists, func, or_, select

from elearn.agencies import queries as agencies
from elearn.agencies.models import Agency, Employee, Placement
from elearn.agencies.rules import EVERYTHING, PersonOn
from elearn.core import clock
from elearn.core.db import db
from elearn.directives import duties, queries
from elearn.directives.duties import Obligation, Place, Target
from elearn.directives.models import Directive, DirectivePerson, DirectiveTarget


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
DAY: Any = bindparam("day", type_=Date)
PLACE = (
    select(Agency.path, Employee.kind, Placement.post_group, Employee.id, agencies.JOINED_ON, agencies.SERVING_SINCE)
    .join(Placement, Placement.agency_id == Agency.id)
    .join(Employee, Employee.id == Placement.employee_id)
    .where(Employee.account_id == bindparam("account_id", type_=Uuid), agencies.covers(DAY), agencies.is_present(DAY))
)
"""Where a person serves on a day, unless absent; asked on every learner's page, so built once."""
Lineages = Mapping[UUID, tuple[UUID, ...]]
"""For each agency the agencies from the root down to it, then those that one of these took over from."""


def list_directives(account_id: UUID | None, day: date) -> list[Directive]:
    """The directives issued by a day that bind a person where he serves that day, the most urgent first."""
    place = find_place(account_id, day)
    return [] if place is None else _binding(place, day)


def list_obligations(account_id: UUID | None, day: date) -> tuple[list[Directive], tuple[Obligation, ...]]:
    """The directives that bind a person on a day, the most urgent first, and what they ask of her."""
    place = find_place(account_id, day)
    if place is None:
        return [], ()
    directives = _binding(place, day)
    return directives, duties.obligations((queries.order_of(each, day) for each in directives), place, day)


def _binding(place: Place, day: date) -> list[Directive]:
    return [each for each in queries.list_issued(day, _concerns(place)) if binds(each, place, day)]


def binds(directive: Directive, place: Place, day: date) -> bool:
    """Whether a directive binds who serves in that place on a day."""
    return duties.is_bound(queries.target_of(directive, day), place)


def find_place(account_id: UUID | None, day: date) -> Place | None:
    """Where a person serves on a day; None for who serves nowhere then, or is absent."""
    row = db.session.execute(PLACE, {"account_id": account_id, "day": day}).first()
    if row is None:
        return None
    return Place(duties.with_former(duties.lineage(row.path), agencies.predecessors(until=day)), *row[1:])


def _concerns(place: Place) -> ColumnElement[bool]:
    """The condition that a directive could bind somebody in that place: an agency above, or the name."""
    addressed = DirectiveTarget.directive_id == Directive.id
    named = DirectivePerson.directive_id == Directive.id
    return or_(
        exists().where(addressed, DirectiveTarget.agency_id.in_(place.lineage)),
        exists().where(named, DirectivePerson.employee_id == place.employee_id),
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
    orders = [queries.order_of(directive, day) for directive in directives]
    named = frozenset[UUID]().union(*(order.target.named for order in orders))
    issued = min((order.issued_on for order in orders), default=day)

    asking = [(order, duties.demands(order, day)) for order in orders]
    same: dict[tuple[Obligation, ...], tuple[Obligation, ...]] = {}

    addressed = frozenset[UUID]().union(*(order.target.addressed for order in orders))

    @cache
    def seen(agency_id: UUID) -> tuple[UUID, ...]:
        """Of a lineage the root and what a directive addresses: most agencies are alike in that."""
        root, *below = above[agency_id]
        return root, *(each for each in below if each in addressed)

    @cache
    def owed(line: tuple[UUID, ...], *rest: Any) -> tuple[Obligation, ...]:
        found = duties.owed(asking, Place(line, *rest), day)
        return same.setdefault(found, found)

    owing = ((each, owed(seen(each.agency_id), *_coarse(each, named, issued))) for each in placed)
    return [(each, owes) for each, owes in owing if owes]


def _coarse(placed: Placed, named: frozenset[UUID], issued: date) -> tuple[Any, ...]:
    """What a directive looks at of where somebody is placed, so that people alike are asked about once."""
    joined_on, serving_since = placed.joined_on, placed.serving_since
    return (
        placed.kind,
        placed.post_group,
        placed.employee_id if named and placed.employee_id in named else None,
        joined_on if joined_on and joined_on > issued else None,
        serving_since if serving_since and serving_since > issued else None,
    )


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


def lineages(day: date) -> Lineages:
    """For each agency its lineage, with what was taken over from by a day.

    So whoever is addressed as the former agency is found where its people serve now.
    """
    rows = db.session.execute(select(Agency.id, Agency.path))
    return lineages_of(((agency_id, path) for agency_id, path in rows), day)


def lineages_of(paths: Iterable[tuple[UUID, str]], day: date) -> Lineages:
    """The same of agencies whose paths are known already."""
    former = agencies.predecessors(until=day)
    return {agency_id: duties.with_former(duties.lineage(path), former) for agency_id, path in paths}


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
        .where(agencies.covers(day), agencies.is_present(day))
        .group_by(*keys)
    )
    above, rows = lineages(day), db.session.execute(query)
    return sum(people for at, *rest, people in rows if duties.is_bound(target, Place(above[at], *rest)))

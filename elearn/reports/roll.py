"""The bound people of a day one by one, with when each of them reached what: the lines of lists and files."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, String, bindparam, cast, type_coerce

from elearn.agencies import graded, named
from elearn.agencies import rules as service
from elearn.agencies.models import Employee, Placement
from elearn.agencies.rules import EmployeeKind, PostGroup, Visible
from elearn.core import clock
from elearn.core.db import db
from elearn.directives import binding
from elearn.directives import queries as directives
from elearn.directives.duties import Demand, Obligation
from elearn.directives.models import Directive
from elearn.directives.rules import Completion, Standing
from elearn.reports import groups, offices, progress, rules, sight
from elearn.reports.offices import Offices
from elearn.reports.progress import EACH, Moments, Owner
from elearn.reports.sight import Sight

ONLY = "only"


class Person(NamedTuple):
    """Who served on a day, where and as what; since when, if that is after the first directive was issued."""

    name: str
    raw_id: Any
    owner: Owner
    nip: str
    kind: EmployeeKind
    rank: str | None
    post: str | None
    post_group: PostGroup | None
    agency_id: UUID
    joined_on: date | None
    serving_since: date | None

    @property
    def employee_id(self) -> UUID:
        """Her id, read only when it is needed."""
        return self.raw_id if isinstance(self.raw_id, UUID) else UUID(self.raw_id)

    @property
    def account_id(self) -> UUID:
        """Her account."""
        return UUID(self.owner)


class Line(NamedTuple):
    """One bound person: how she stands, what she must finish, and when she reached what of each."""

    person: Person
    standing: Standing
    obligations: tuple[Obligation, ...]
    completions: tuple[Completion, ...]


def list_lines(
    day: date,
    asking: Sequence[Directive],
    *,
    visible: Visible,
    agency_id: UUID | None = None,
    only: Collection[UUID] | None = None,
    tree: Offices | None = None,
) -> list[Line]:
    """Every bound person in sight (of an agency and its units) at the end of a day, the late first, then by name.

    `only` names the employees who are looked for. Two statements beside those for the agencies, three of many people
    in part of all.
    """
    tree = tree or offices.on(day)
    orders, demands = [directives.order_of(each, day) for each in asking], tuple(directives.demands(asking, day))
    if not demands:
        return []
    seen = Sight(visible, tree.below(agency_id) if agency_id else None)
    query, accounts = _statement(day, clock.today(), groups.issued_first(orders, day), seen, only is not None)
    who = {} if only is None else {ONLY: list(only)}
    rows = db.session.connection().execute(query, who).all()
    is_part = only is not None or (not seen.is_whole and progress.are_looked_up(len(rows)))
    moments = progress.moments(day, demands, accounts if is_part else None, who)
    office = tree.by_text
    people = [Person._make((service.full_name(*row[:3]), *row[3:-3], office[row[-3]].id, *row[-2:])) for row in rows]
    owing = binding.obligations(asking, people, tree.lineages, day)
    return sorted(_lines(owing, demands, moments, day), key=lambda line: not line.standing.is_late)


@lru_cache(maxsize=64)
def _statement(
    day: date, _today: date, issued: date, seen: Sight, is_of_some: bool
) -> tuple[Select[Any], Select[Any]]:
    """The statement of the people in sight, or of those to be named as ONLY, and that of their accounts; kept."""
    grade, name, since = graded.on(day), named.on(day), groups.came_after(issued)
    people = sight.people(day, grade, seen)
    if is_of_some:
        people = people.where(Employee.id.in_(bindparam(ONLY, expanding=True)))
    query = people.with_only_columns(
        *name.columns,
        type_coerce(Employee.id, String),
        progress.as_text(Employee.account_id).label("owner"),
        Employee.nip,
        grade.kind.label("kind"),
        grade.rank.label("rank"),
        Placement.post,
        Placement.post_group,
        cast(Placement.agency_id, String),
        *(column.label(key) for key, column in since.items()),
    )
    return name.joined(query).order_by(name.name, Employee.id), people.with_only_columns(Employee.account_id)


def _lines(
    owing: Iterable[tuple[Person, tuple[Obligation, ...]]],
    demands: tuple[Demand, ...],
    moments: Mapping[Owner, Moments],
    day: date,
) -> Iterator[Line]:
    """How people stand, by when they came to what."""
    nothing, reach = progress.nothing(demands), cache(partial(progress.reach, demands))
    each = [(person, owes, moments.get(person.owner, nothing)) for person, owes in owing]
    stands = rules.standings(((owes, reach(tuple(map(bool, at)))) for _, owes, at in each), day)
    first = {demand: EACH * place for place, demand in enumerate(demands)}
    for (person, owes, at), stand in zip(each, stands, strict=True):
        begin = [first[duty.demand] for duty in owes]
        yield Line(person, stand, owes, tuple([Completion(*at[n : n + EACH - 1]) for n in begin]))

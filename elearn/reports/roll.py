"""The bound people of a day one by one, with when each of them reached what: the lines of lists and files."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam

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
from elearn.directives.rules import Completion, Reach, Standing
from elearn.directives.rules import stage as furthest
from elearn.reports import groups, offices, progress, rules, sight
from elearn.reports.offices import Offices
from elearn.reports.progress import EACH, Moments, Owner
from elearn.reports.sight import Sight

ONLY = "only"


@dataclass(frozen=True, slots=True)
class Person:
    """Who served on a day, where and as what; since when, if that is after the first directive was issued."""

    name: str
    employee_id: UUID
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
    def account_id(self) -> UUID:
        """Her account."""
        return UUID(self.owner)


@dataclass(frozen=True, slots=True)
class Line:
    """One bound person: how she stands, what she must finish, and when she reached what of it."""

    person: Person
    standing: Standing
    obligations: tuple[Obligation, ...]
    completions: dict[Demand, Completion]


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
    people = [Person(service.full_name(*row[:3]), *row[3:]) for row in rows]
    owing = binding.obligations(asking, people, tree.lineages, day)
    nothing, number = progress.nothing(demands), {demand: place for place, demand in enumerate(demands)}
    found = (_line(person, owes, moments.get(person.owner, nothing), number, day) for person, owes in owing)
    return sorted(found, key=lambda line: not line.standing.is_late)


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
        Employee.id,
        progress.as_text(Employee.account_id).label("owner"),
        Employee.nip,
        grade.kind.label("kind"),
        grade.rank.label("rank"),
        Placement.post,
        Placement.post_group,
        Placement.agency_id,
        *(column.label(key) for key, column in since.items()),
    )
    return name.joined(query).order_by(name.name, Employee.id), people.with_only_columns(Employee.account_id)


def _line(
    person: Person, owes: tuple[Obligation, ...], moments: Moments, number: Mapping[Demand, int], day: date
) -> Line:
    """How somebody stands, by when she reached what; `number` says which of the moments are a demand's."""
    completions, reached = dict[Demand, Completion](), dict[Demand, Reach]()
    for demand in (duty.demand for duty in owes):
        first = EACH * number[demand]
        *reached_at, lapsed_at = moments[first : first + EACH]
        completions[demand] = completion = Completion(*reached_at)
        reached[demand] = Reach(furthest(completion), lapsed_at is not None)
    return Line(person, rules.standing(owes, reached, day), owes, completions)

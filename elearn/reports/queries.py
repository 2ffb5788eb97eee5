"""What a report is made of: the directives of a day, and how far the people they bind were by its end."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from elearn.agencies import rules as service
from elearn.agencies.models import Agency, Correction, Employee, Placement
from elearn.agencies.rules import EmployeeKind, PostGroup, Visible
from elearn.core import clock
from elearn.core.db import db
from elearn.directives import binding
from elearn.directives import queries as directives
from elearn.directives.duties import Demand, Obligation
from elearn.directives.models import Directive
from elearn.directives.rules import Completion, Reach, Standing
from elearn.directives.rules import stage as furthest
from elearn.reports import groups, journeys, offices, rules
from elearn.reports.groups import Group, Sight
from elearn.reports.offices import Offices
from elearn.reports.rules import Crowd, Figures

ONLY = "only"
Bound = tuple[Group, tuple[Obligation, ...]]
"""A group, and what each person in it must finish."""


@dataclass(frozen=True)
class Picture:
    """Completion as it was at the end of a day, among the people one may see."""

    day: date
    directives: Sequence[Directive]
    groups: Sequence[Group]
    tree: Offices

    @cached_property
    def tally(self) -> dict[UUID | None, Figures]:
        """The figures of each OPD that has bound people."""
        return self.by(lambda group: group.opd_id)

    @cached_property
    def total(self) -> Figures:
        """The figures of everybody in the picture."""
        return self.by(lambda _group: None).get(None, Figures())

    @property
    def behind(self) -> int:
        """How many OPD have less than half of their people done."""
        return sum(figures.is_behind for figures in self.tally.values())

    def by(self, row: Callable[[Group], Any]) -> dict[Any, Figures]:
        """The figures of each row of a report, to which `row` gives each group."""
        each = zip(self.bound, self._stands, strict=True)
        return rules.count((row(group), how, group.people, group.not_activated) for (group, _), how in each)

    def course_of(self, directive: Directive) -> Figures:
        """How one of the directives is followed by itself."""
        bound = binding.obligations([directive], self.groups, self.tree.lineages, self.day)
        return rules.total(rules.tally((_crowd(None, *each) for each in bound), self.day).values())

    def by_module(self) -> dict[str, Figures]:
        """The figures of each module among those who must finish it."""
        crowds = (
            _crowd(slug, group, tuple(duty for duty in owes if duty.module_slug == slug))
            for group, owes in self.bound
            for slug in {duty.module_slug for duty in owes}
        )
        return rules.tally(crowds, self.day)

    @cached_property
    def bound(self) -> list[Bound]:
        """The groups that are bound, with what each person in them must finish."""
        return binding.obligations(self.directives, self.groups, self.tree.lineages, self.day)

    @cached_property
    def standings(self) -> list[tuple[Group, Standing, int]]:
        """How each bound group stands, and by how many days it is late; the late first, else as they were read."""
        found = [
            (group, how, rules.days_late(owes, group.reached, self.day) if how.is_late else 0)
            for (group, owes), how in zip(self.bound, self._stands, strict=True)
        ]
        return sorted(found, key=lambda each: not each[1].is_late)

    @cached_property
    def _stands(self) -> list[Standing]:
        """How the people of each bound group stand."""
        return list(rules.standings(((owes, group.reached) for group, owes in self.bound), self.day))


def _crowd(row: Any, group: Group, owes: tuple[Obligation, ...]) -> Crowd:
    return Crowd(row, owes, group.reached, group.people, group.not_activated)


@dataclass(frozen=True, slots=True)
class Person:
    """Who served on a day, where and as what; since when, if that is after the first directive was issued."""

    name: str
    employee_id: UUID
    account_id: UUID
    nip: str
    kind: EmployeeKind
    rank: str | None
    post: str | None
    post_group: PostGroup | None
    agency_id: UUID
    opd_id: UUID | None
    joined_on: date | None
    serving_since: date | None
    moments: tuple[Any, ...] = ()
    """When she reached what, five for each demand."""


@dataclass(frozen=True, slots=True)
class Line:
    """One bound person: how she stands, what she must finish, when she reached what by demand."""

    person: Person
    standing: Standing
    obligations: tuple[Obligation, ...]
    completions: dict[Demand, Completion]


def list_asking(day: date, directive_id: UUID | None = None) -> list[Directive]:
    """The directives a report of a day is about: all in force then, or the one named.

    Raises NoSuchDirective for one that was not in force.
    """
    return [directives.get_issued(directive_id, day)] if directive_id else directives.list_issued(day)


def picture(
    day: date,
    asking: Sequence[Directive],
    *,
    visible: Visible,
    agency_id: UUID | None = None,
    by: Collection[str] = (),
    tree: Offices | None = None,
) -> Picture:
    """Completion at the end of a day among the people one may see (of an agency, if it is named).

    `by` is what the report tells people apart by beside their agency (kind, post_group, rank, person); `tree` are
    the agencies of that day, if they were read already.
    """
    tree = tree or offices.on(day)
    orders, demands = [directives.order_of(each, day) for each in asking], directives.demands(asking, day)
    if not demands:
        return Picture(day, asking, [], tree)
    sight = Sight(visible, tree.below(agency_id) if agency_id else None)
    return Picture(day, asking, groups.read(day, orders, demands, tree=tree, sight=sight, by=by), tree)


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

    `only` names the employees who are looked for. One statement beside those for the agencies.
    """
    tree = tree or offices.on(day)
    orders, demands = [directives.order_of(each, day) for each in asking], directives.demands(asking, day)
    who = (visible, agency_id) if only is None else (visible, agency_id, True)
    query = _by_person(day, clock.today(), groups.issued_first(orders, day), tuple(demands), *who)
    people = [_person(tuple(row)) for row in db.session.execute(query, {} if only is None else {ONLY: list(only)})]
    owing = binding.obligations(asking, people, tree.lineages, day)
    return sorted((_line(*each, demands, day) for each in owing), key=lambda line: not line.standing.is_late)


@lru_cache(maxsize=64)
def _by_person(
    day: date,
    _today: date,
    issued: date,
    demands: tuple[Demand, ...],
    visible: Visible,
    agency_id: UUID | None,
    is_of_some: bool = False,
) -> Select[Any]:
    """The statement of the people in sight with when they reached what, or of those to be named as ONLY; kept."""
    only: Any = bindparam(ONLY, expanding=True) if is_of_some else None
    roster = journeys.roster(day, demands, visible=visible, agency_id=agency_id, only=only)
    since = [column.label(name) for name, column in groups.came_after(issued).items()]
    moments = [at for each in roster.journeys for at in each.moments]
    query = roster.statement.with_only_columns(*_person_columns(roster), *since, *moments)
    return query.order_by(Employee.name, Employee.id)


def corrections(day: date) -> Sequence[Correction]:
    """What was changed in the books of a day after it was over, in the order it was recorded."""
    query = select(Correction).where(Correction.effective_on <= day, Correction.recorded_at > clock.end_of(day))
    return db.session.scalars(query.order_by(Correction.recorded_at, Correction.id)).all()


def _person_columns(roster: journeys.Roster) -> tuple[Any, ...]:
    """The cells of a Person before her days of service, the name in its parts."""
    return (
        Employee.name,
        Employee.title_before,
        Employee.title_after,
        Employee.id,
        Employee.account_id,
        Employee.nip,
        roster.grade.kind.label("kind"),
        roster.grade.rank.label("rank"),
        Placement.post,
        Placement.post_group,
        Placement.agency_id,
        Agency.opd_id,
    )


def _person(cells: tuple[Any, ...]) -> Person:
    facts: tuple[Any, ...] = (service.full_name(*cells[:3]), *cells[3:14], cells[14:])
    return Person(*facts)


def _line(person: Person, owes: tuple[Obligation, ...], demands: Sequence[Demand], day: date) -> Line:
    """How somebody stands; her moments come five for each demand."""
    cells = {demand: person.moments[5 * n : 5 * n + 5] for n, demand in enumerate(demands)}
    completions = {demand: Completion(*moments[:4]) for demand, moments in cells.items()}
    reached = {demand: Reach(furthest(completions[demand]), bool(cells[demand][4])) for demand in demands}
    return Line(person, rules.standing(owes, reached, day), owes, completions)

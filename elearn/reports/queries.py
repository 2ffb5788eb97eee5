"""What a report is made of: the directives of a day, and how far the people they bind were by its end.

For many people the roster is grouped in the database, so that a report costs little for a province as well.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, case, cast, func, null, select

from elearn.agencies import queries as agencies
from elearn.agencies.models import Agency, Correction, Employee, Placement
from elearn.agencies.rules import PPPK_KINDS, PersonOn, Visible
from elearn.core import clock
from elearn.core.db import db
from elearn.directives import queries as directives
from elearn.directives.duties import Demand, Obligation
from elearn.directives.models import Directive
from elearn.directives.queries import Lineages
from elearn.directives.rules import Completion, Reach, Stage, Standing
from elearn.directives.rules import stage as furthest
from elearn.reports import journeys, rules
from elearn.reports.rules import Crowd, Figures


def _ranks_of(group: str) -> ColumnElement[bool]:
    """The condition that a rank is of this group: "III/c" is of III."""
    return Employee.rank.startswith(f"{group}/")


RANK_GROUPS = ("I", "II", "III", "IV", "PPPK")
RANK = case(
    (Employee.kind.in_(PPPK_KINDS), "PPPK"), *((_ranks_of(group), group) for group in RANK_GROUPS[:4]), else_=None
)
"""The group of ranks of an employee; null for a PNS whose rank is not on record."""


@dataclass(frozen=True, slots=True)
class Group:
    """People of one kind and group of posts at one agency who are equally far in every demand.

    Who is named by a directive, or came after the first of them was issued, is a group of those who are like that.
    `rank` is the group of ranks (I to IV, PPPK), and None where nobody asked for it.
    """

    agency_id: UUID
    opd_id: UUID | None
    kind: str
    post_group: str | None
    employee_id: UUID | None
    joined_on: date | None
    serving_since: date | None
    rank: str | None
    reached: dict[Demand, Reach]
    people: int
    not_activated: int


@dataclass(frozen=True)
class Picture:
    """Completion as it was at the end of a day, among the people one may see."""

    day: date
    directives: Sequence[Directive]
    groups: Sequence[Group]
    lineages: Lineages

    @cached_property
    def tally(self) -> dict[UUID | None, Figures]:
        """The figures of each OPD that has bound people."""
        return self.by(lambda group: group.opd_id)

    @cached_property
    def total(self) -> Figures:
        """The figures of everybody in the picture."""
        return rules.total(self.tally.values())

    @property
    def behind(self) -> int:
        """How many OPD have less than half of their people done."""
        return sum(figures.is_behind for figures in self.tally.values())

    def by(self, row: Callable[[Group], Any]) -> dict[Any, Figures]:
        """The figures of each row of a report, to which `row` gives each group."""
        return rules.tally((_crowd(row(group), group, owes) for group, owes in self._bound), self.day)

    def course_of(self, directive: Directive) -> Figures:
        """How one of the directives is followed by itself."""
        bound = directives.obligations([directive], self.groups, self.lineages, self.day)
        return rules.total(rules.tally((_crowd(None, *each) for each in bound), self.day).values())

    def by_module(self) -> dict[str, Figures]:
        """The figures of each module among those who must finish it."""
        crowds = (
            _crowd(slug, group, [duty for duty in owes if duty.module_slug == slug])
            for group, owes in self._bound
            for slug in {duty.module_slug for duty in owes}
        )
        return rules.tally(crowds, self.day)

    @cached_property
    def _bound(self) -> list[tuple[Group, tuple[Obligation, ...]]]:
        return directives.obligations(self.directives, self.groups, self.lineages, self.day)


def _crowd(row: Any, group: Group, owes: Iterable[Obligation]) -> Crowd:
    return Crowd(row, tuple(owes), group.reached, group.people, group.not_activated)


@dataclass(frozen=True, slots=True)
class Line:
    """One bound person: how she stands, what she must finish, when she reached what by demand, how late she is."""

    person: PersonOn
    standing: Standing
    obligations: tuple[Obligation, ...]
    completions: dict[Demand, Completion]
    days_late: int = 0


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
    with_rank: bool = False,
) -> Picture:
    """Completion at the end of a day among the people one may see (of an agency, if it is named)."""
    demands = directives.demands(asking, day)
    roster = journeys.roster(day, demands, visible=visible, agency_id=agency_id)
    rank = RANK if with_rank else cast(null(), String)
    keys = (Placement.agency_id, Agency.opd_id, Employee.kind, Placement.post_group, *_apart(asking, day), rank)
    reached = [column for journey in roster.journeys for column in (journey.stage, journey.is_renewing)]
    stranger = case((roster.is_stranger, 1), else_=0).label("stranger")
    columns = [column.label(f"c{number}") for number, column in enumerate((*keys, *reached))]
    people = roster.statement.with_only_columns(*columns, stranger).subquery()
    alike = [people.c[column.name] for column in columns]
    rows = db.session.execute(select(*alike, func.count(), func.sum(people.c.stranger)).group_by(*alike))
    return Picture(day, asking, [_group(tuple(row), demands) for row in rows], directives.lineages(day))


def _apart(asking: Sequence[Directive], day: date) -> tuple[Any, ...]:
    """What tells people apart beside place and kind: who is named, and who came after the first directive."""
    orders = [directives.order_of(each, day) for each in asking]
    named = frozenset[UUID]().union(*(order.target.named for order in orders))
    issued = min((order.issued_on for order in orders), default=day)
    came = (agencies.JOINED_ON.element, agencies.SERVING_SINCE.element)
    return (
        case((Employee.id.in_(named), Employee.id)),
        # whoever has served in one place since the issue did not come after it: no need to look further back
        *(case((Placement.started_on <= issued, None), (since > issued, since)) for since in came),
    )


def list_lines(
    day: date, asking: Sequence[Directive], *, visible: Visible, agency_id: UUID | None = None
) -> list[Line]:
    """Every bound person in sight (of an agency and its units) at the end of a day, the late first, then by name."""
    people = agencies.list_people_on(day, visible=visible, agency_id=agency_id)
    found = _completions(day, asking, visible=visible, agency_id=agency_id)
    present = [person for person in people if not person.is_absent]
    lines = [
        _line(person, owes, *found[person.account_id], day)
        for person, owes in directives.obligations(asking, present, directives.lineages(day), day)
    ]
    return sorted(lines, key=lambda line: not line.standing.is_late)


def corrections(day: date) -> Sequence[Correction]:
    """What was changed in the books of a day after it was over, in the order it was recorded."""
    query = select(Correction).where(Correction.effective_on <= day, Correction.recorded_at > clock.end_of(day))
    return db.session.scalars(query.order_by(Correction.recorded_at, Correction.id)).all()


def _completions(
    day: date, asking: Sequence[Directive], *, visible: Visible, agency_id: UUID | None
) -> dict[UUID, tuple[dict[Demand, Completion], frozenset[Demand]]]:
    """What everybody of an agency had reached by the end of a day, and what each may renew in peace; by account."""
    demands = directives.demands(asking, day)
    roster = journeys.roster(day, demands, visible=visible, agency_id=agency_id)
    moments = [
        at
        for each in roster.journeys
        for at in (each.started_at, each.passed_at, each.signed_at, each.certified_at, each.lapsed_at)
    ]
    rows = db.session.execute(roster.statement.with_only_columns(Employee.account_id, *moments))
    found = {}
    for account_id, *at in rows:
        by_demand = {demand: at[5 * n : 5 * n + 5] for n, demand in enumerate(demands)}
        renewing = frozenset(demand for demand, instants in by_demand.items() if instants[4])
        found[account_id] = ({demand: Completion(*each[:4]) for demand, each in by_demand.items()}, renewing)
    return found


def _line(
    person: PersonOn,
    owes: tuple[Obligation, ...],
    completions: dict[Demand, Completion],
    renewing: frozenset[Demand],
    day: date,
) -> Line:
    reached = {demand: Reach(furthest(each), demand in renewing) for demand, each in completions.items()}
    return Line(person, rules.standing(owes, reached, day), owes, completions, rules.days_late(owes, reached, day))


def _group(row: tuple[Any, ...], demands: Sequence[Demand]) -> Group:
    reached, people, strangers = row[8:-2], row[-2], row[-1]
    stages = {demand: Reach(Stage(reached[2 * n]), bool(reached[2 * n + 1])) for n, demand in enumerate(demands)}
    agency_id, opd_id, kind, post_group, employee_id, joined_on, serving_since, rank = row[:8]
    place = agency_id, opd_id, kind, post_group, employee_id, joined_on, serving_since
    return Group(*place, rank, stages, people, strangers)

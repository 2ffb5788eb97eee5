"""What a report is made of: the directives of a day, and how far the people they bind were by its end.

For many people the roster is grouped in the database, so that a report costs little for a province as well.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select

from elearn.agencies import queries as agencies
from elearn.agencies.models import Agency, Employee, Placement
from elearn.agencies.rules import PersonOn, Visible
from elearn.core.db import db
from elearn.directives import queries as directives
from elearn.directives.models import Directive
from elearn.directives.queries import Lineages
from elearn.directives.rules import Completion, Obligation, Stage, Standing
from elearn.directives.rules import stage as furthest
from elearn.reports import journeys, rules
from elearn.reports.rules import Crowd, Figures


@dataclass(frozen=True, slots=True)
class Group:
    """People of one kind at one agency who are equally far in every module."""

    agency_id: UUID
    opd_id: UUID | None
    kind: str
    reached: dict[str, Stage]
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
        return rules.tally(self._crowds(self.directives), self.day)

    @cached_property
    def total(self) -> Figures:
        """The figures of everybody in the picture."""
        return rules.total(self.tally.values())

    @property
    def behind(self) -> int:
        """How many OPD have less than half of their people done."""
        return sum(figures.is_behind for figures in self.tally.values())

    def course_of(self, directive: Directive) -> Figures:
        """How one of the directives is followed by itself."""
        return rules.total(rules.tally(self._crowds([directive]), self.day).values())

    def _crowds(self, asking: Sequence[Directive]) -> Iterable[Crowd]:
        for group, duties in directives.obligations(asking, self.groups, self.lineages):
            yield Crowd(group.opd_id, duties, group.reached, group.people, group.not_activated)


@dataclass(frozen=True, slots=True)
class Line:
    """One bound person: how she stands, what she must finish, and when she reached what, by module."""

    person: PersonOn
    standing: Standing
    obligations: tuple[Obligation, ...]
    completions: dict[str, Completion]


def list_asking(day: date, directive_id: UUID | None = None) -> list[Directive]:
    """The directives a report of a day is about: all in force then, or the one named.

    Raises NoSuchDirective for one that was not in force.
    """
    return [directives.get_issued(directive_id, day)] if directive_id else directives.list_issued(day)


def picture(day: date, asking: Sequence[Directive], *, visible: Visible, agency_id: UUID | None = None) -> Picture:
    """Completion at the end of a day among the people one may see (of an agency, if it is named)."""
    roster = journeys.roster(day, _slugs(asking), visible=visible, agency_id=agency_id)
    keys = (Placement.agency_id, Agency.opd_id, Employee.kind, *(journey.stage for journey in roster.journeys))
    strangers = func.sum(case((roster.is_stranger, 1), else_=0))
    rows = db.session.execute(roster.statement.with_only_columns(*keys, func.count(), strangers).group_by(*keys))
    return Picture(day, asking, [_group(tuple(row), _slugs(asking)) for row in rows], directives.lineages())


def list_lines(day: date, asking: Sequence[Directive], *, visible: Visible, agency_id: UUID) -> list[Line]:
    """Every bound person of an agency and its units at the end of a day, the late first, then by name."""
    people = agencies.list_people_on(day, visible=visible, agency_id=agency_id)
    reached = _completions(day, asking, visible=visible, agency_id=agency_id)
    lines = [
        _line(person, duties, reached[person.account_id], day)
        for person, duties in directives.obligations(asking, people, directives.lineages())
    ]
    return sorted(lines, key=lambda line: not line.standing.is_late)


def opds_of(picture: Picture) -> dict[UUID, Agency]:
    """The OPD that have a row in the picture, also those closed since."""
    ids = [opd_id for opd_id in picture.tally if opd_id]
    return {opd.id: opd for opd in db.session.scalars(select(Agency).where(Agency.id.in_(ids)))}


def _completions(
    day: date, asking: Sequence[Directive], *, visible: Visible, agency_id: UUID
) -> dict[UUID, dict[str, Completion]]:
    """What everybody of an agency had reached by the end of a day: account, then module."""
    roster = journeys.roster(day, _slugs(asking), visible=visible, agency_id=agency_id)
    moments = [
        at for each in roster.journeys for at in (each.started_at, each.passed_at, each.signed_at, each.certified_at)
    ]
    rows = db.session.execute(roster.statement.with_only_columns(Employee.account_id, *moments))
    return {
        account_id: {slug: Completion(*at[4 * n : 4 * n + 4]) for n, slug in enumerate(_slugs(asking))}
        for account_id, *at in rows
    }


def _line(person: PersonOn, duties: tuple[Obligation, ...], reached: dict[str, Completion], day: date) -> Line:
    stages = {slug: furthest(completion) for slug, completion in reached.items()}
    return Line(person, rules.standing(duties, stages, day), duties, reached)


def _group(row: tuple[Any, ...], slugs: Sequence[str]) -> Group:
    agency_id, opd_id, kind, *reached, people, strangers = row
    return Group(agency_id, opd_id, kind, dict(zip(slugs, map(Stage, reached), strict=True)), people, strangers)


def _slugs(asking: Iterable[Directive]) -> list[str]:
    """The modules that directives ask for."""
    return sorted({directive.module_slug for directive in asking})

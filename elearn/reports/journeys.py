"""The roster of a day joined to how far people had come toward demands by its end: the statements behind reports.

SQL only: `roster` with the moments of each, `standings` with the furthest point alone, which is all that counting
needs. Of some, what was done is looked up for each; of everybody, `progress` reads it as a whole. The milestones of
`learning`, `pact` and `certificates` mean the same; a test compares them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    case,
    literal_column,
    select,
    true,
)

from elearn.accounts.models import Account
from elearn.agencies import graded
from elearn.agencies import queries as agencies
from elearn.agencies.graded import Grade
from elearn.agencies.models import Agency, Employee, Placement
from elearn.agencies.rules import Visible
from elearn.core import clock
from elearn.directives.duties import Demand
from elearn.directives.rules import Stage
from elearn.reports import deeds

NOT: ColumnElement[int] = literal_column("0", Integer)


@dataclass(frozen=True, slots=True)
class Journey:
    """The moments of one demand as columns of a statement; null for what was not reached."""

    demand: Demand
    started_at: Any
    passed_at: Any
    signed_at: Any
    certified_at: Any
    lapsed_at: Any

    @property
    def moments(self) -> tuple[Any, ...]:
        """All of them, in order."""
        return self.started_at, self.passed_at, self.signed_at, self.certified_at, self.lapsed_at

    @property
    def stage(self) -> ColumnElement[int]:
        """The furthest point reached, as `directives.rules.stage` has it."""
        furthest_first = (
            (self.certified_at, Stage.CERTIFIED),
            (self.signed_at, Stage.SIGNED),
            (self.passed_at, Stage.PASSED),
            (self.started_at, Stage.LEARNING),
        )
        return case(*((at.is_not(None), stage.value) for at, stage in furthest_first), else_=Stage.NOT_STARTED.value)

    @property
    def is_renewing(self) -> ColumnElement[bool]:
        """Whether an earlier result has only just lapsed."""
        return self.lapsed_at.is_not(None)


@dataclass(frozen=True)
class Roster:
    """A statement over everybody who serves on a day within sight, and the journeys it is joined to."""

    statement: Select[*tuple[Any, ...]]
    journeys: list[Journey]
    grade: Grade


@dataclass(frozen=True, slots=True)
class Standings:
    """A statement over everybody who serves on a day: for each demand a stage and whether a result just lapsed."""

    statement: Select[*tuple[Any, ...]]
    reached: list[tuple[Any, Any]]
    is_stranger: Any


def roster(
    day: date,
    demands: Iterable[Demand],
    *,
    visible: Visible,
    agency_id: UUID | None = None,
    only: Any = None,
) -> Roster:
    """Everybody who serves on a day within sight (and an agency's subtree) with journeys; its columns are yours.

    `only` are the employees who are looked for, or a parameter for them.
    """
    until, grade = clock.end_of(day), graded.on(day)
    inside = true() if agency_id is None else Agency.path.contains(f"/{agency_id}/")
    sought = true() if only is None else Employee.id.in_(only)
    statement: Select[*tuple[Any, ...]] = (
        select()
        .select_from(Placement)
        .join(Employee, Employee.id == Placement.employee_id)
        .join(Agency, Agency.id == Placement.agency_id)
        .join(Account, Account.id == Employee.account_id)
        .where(agencies.covers(day), agencies.is_present(day))
        .where(agencies.within(Placement.agency_id, visible), inside, sought)
    )
    statement, journeys = grade.joined(statement), []
    if only is not None:
        return Roster(statement, [_looked_up(demand, until) for demand in demands], grade)
    for demand in demands:
        statement, journey = _joined(statement, demand, until)
        journeys.append(journey)
    return Roster(statement, journeys, grade)


def _joined(
    statement: Select[*tuple[Any, ...]], demand: Demand, until: datetime
) -> tuple[Select[*tuple[Any, ...]], Journey]:
    """The statement with the journey of one demand."""
    found = [deeds.last(each).subquery() for each in deeds.toward(demand, until).each]
    for each in found:
        statement = statement.outerjoin(each, each.c.owner == Account.id)
    return statement, Journey(demand, *(each.c.at for each in found))


def _looked_up(demand: Demand, until: datetime) -> Journey:
    """The journey of one demand, looked up for each person."""
    found = deeds.toward(demand, until, by_person=True)
    return Journey(demand, *(deeds.own_last(each) for each in found.each))


def standings(day: date, demands: Iterable[Demand], *, inside: ColumnElement[bool], grade: Grade) -> Standings:
    """Everybody who serves on a day at the agencies that a condition on placements names; its columns are yours."""
    until = clock.end_of(day)
    reached = [_reached(demand, until) for demand in demands]
    is_stranger = case((deeds.own(deeds.unopened(until)).exists(), 1), else_=0)
    return Standings(everybody(day, grade).where(inside), reached, is_stranger)


def everybody(day: date, grade: Grade) -> Select[*tuple[Any, ...]]:
    """Everybody who serves on a day and is not absent; its columns are yours."""
    statement: Select[*tuple[Any, ...]] = (
        select()
        .select_from(Placement)
        .join(Employee, Employee.id == Placement.employee_id)
        .where(agencies.covers(day), agencies.is_present(day))
    )
    return grade.joined(statement)


def _reached(demand: Demand, until: datetime) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """How far one person is toward a demand, the last point asked about first, and whether a result just lapsed."""
    found = deeds.toward(demand, until, by_person=True)
    stages = ((deeds.own(deed).exists(), stage.value) for stage, deed in found.by_stage)
    is_renewing = case((deeds.own(found.lapsed).exists(), 1), else_=0) if demand.renew_from else NOT
    return case(*stages, else_=0), is_renewing

"""The roster of a day joined to how far people had come toward demands by its end: the statements behind reports.

SQL only: `roster` with the moments of each, `standings` with the furthest point alone, which is all that counting
needs. Of everybody, what was done is brought together first; of some, it is looked up for each. The milestones of
`learning`, `pact` and `certificates` mean the same; a test compares them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Subquery,
    case,
    func,
    literal_column,
    null,
    select,
    true,
    union_all,
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
from elearn.reports.deeds import Deed, Deeds

_NOTHING: ColumnElement[int] = literal_column("0", Integer)


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


def standings(day: date, demands: Iterable[Demand], *, inside: ColumnElement[bool] | None, grade: Grade) -> Standings:
    """Everybody who serves on a day, at the agencies that a condition on placements names; its columns are yours."""
    until, statement = clock.end_of(day), _everybody(day, grade)
    if inside is None:
        return _brought_together(statement, demands, until)
    reached = [_reached(demand, until) for demand in demands]
    is_stranger = case((deeds.own(deeds.unopened(until)).exists(), 1), else_=0)
    return Standings(statement.where(inside), reached, is_stranger)


def counts(day: date, demands: Sequence[Demand], *, alike: Sequence[Any], grade: Grade) -> Select[Any]:
    """How many serve on a day in the whole regency, alike in these columns (the first never null) and in progress.

    Its columns are those given, a stage and whether a result just lapsed for each demand, the people, and the
    strangers among them. Who serves and what was done are laid one upon the other and folded by person: of a province
    that costs a third less than to join them.
    """
    known = [_NOTHING] * (2 * len(demands) + 1)
    people = _everybody(day, grade).with_only_columns(
        Employee.account_id.label("owner"), *_labelled([*alike, *known])
    )
    each = union_all(people, *_facts(demands, clock.end_of(day), [null()] * len(alike))).subquery()
    owner, first, *others = each.c
    by_person = select(func.max(first).label(first.key), *(func.max(column).label(column.key) for column in others))
    folded = by_person.group_by(owner).having(func.max(first).is_not(None)).subquery()
    *apart, stranger = folded.c
    return select(*apart, func.count(), func.sum(stranger)).group_by(*apart)


def _everybody(day: date, grade: Grade) -> Select[*tuple[Any, ...]]:
    """Everybody who serves on a day and is not absent."""
    statement: Select[*tuple[Any, ...]] = (
        select()
        .select_from(Placement)
        .join(Employee, Employee.id == Placement.employee_id)
        .where(agencies.covers(day), agencies.is_present(day))
    )
    return grade.joined(statement)


def _facts(demands: Sequence[Demand], until: datetime, before: Sequence[Any]) -> Iterator[Select[Any]]:
    """One thing known of each person in a row: nothing of where she serves, and one number that is not 0."""

    def told(deed: Deed, place: int, number: int) -> Select[Any]:
        numbers = _zeros(demands)
        numbers[place] = literal_column(str(number), Integer)
        return deed.with_only_columns(deed.selected_columns.owner, *_labelled([*before, *numbers]))

    for place, demand in enumerate(demands):
        found = deeds.toward(demand, until)
        for stage, deed in _furthest_first(found):
            yield told(deed, 2 * place, stage.value)
        if demand.renew_from:
            yield told(found.lapsed, 2 * place + 1, 1)
    yield told(deeds.unopened(until), -1, 1)


def _zeros(demands: Sequence[Demand]) -> list[ColumnElement[int]]:
    """A stage and a renewal for each demand, and whether one is a stranger."""
    return [_NOTHING] * (2 * len(demands) + 1)


def _labelled(columns: Iterable[Any]) -> list[Any]:
    return [column.label(f"c{number}") for number, column in enumerate(columns)]


def _reached(demand: Demand, until: datetime) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """How far one person is toward a demand, the last point asked about first, and whether a result just lapsed."""
    found = deeds.toward(demand, until, by_person=True)
    stages = ((deeds.own(deed).exists(), stage.value) for stage, deed in _furthest_first(found))
    is_renewing = case((deeds.own(found.lapsed).exists(), 1), else_=0) if demand.renew_from else _NOTHING
    return case(*stages, else_=0), is_renewing


def _brought_together(statement: Select[*tuple[Any, ...]], demands: Iterable[Demand], until: datetime) -> Standings:
    """The statement joined to the furthest points of all, and to the accounts that nobody had opened."""
    reached, is_stranger = [], None
    for demand in demands:
        far = _furthest_of_all(demand, until, with_strangers=is_stranger is None)
        statement = statement.outerjoin(far, far.c.owner == Employee.account_id)
        reached.append((func.coalesce(far.c.stage, 0), func.coalesce(far.c.renewing, 0)))
        is_stranger = func.coalesce(far.c.stranger, 0) if is_stranger is None else is_stranger
    return Standings(statement, reached, is_stranger)


def _furthest_of_all(demand: Demand, until: datetime, *, with_strangers: bool) -> Subquery:
    """The furthest point of each person who reached any, and if asked whose account nobody had opened."""
    found = deeds.toward(demand, until)
    parts = [_fact(deed, stage=stage.value) for stage, deed in _furthest_first(found)]
    if demand.renew_from:
        parts.append(_fact(found.lapsed, renewing=1))
    if with_strangers:
        parts.append(_fact(deeds.unopened(until), stranger=1))
    each = union_all(*parts).subquery()
    columns = (func.max(each.c[name]).label(name) for name in ("stage", "renewing", "stranger"))
    return select(each.c.owner, *columns).group_by(each.c.owner).subquery()


def _furthest_first(found: Deeds) -> tuple[tuple[Stage, Deed], ...]:
    return (
        (Stage.CERTIFIED, found.certified),
        (Stage.SIGNED, found.signed),
        (Stage.PASSED, found.passed),
        (Stage.LEARNING, found.begun),
    )


def _fact(deed: Deed, *, stage: int = 0, renewing: int = 0, stranger: int = 0) -> Select[Any]:
    """One thing known of each person of a deed; plain numbers, which a database need not be told apart."""
    told = {"stage": stage, "renewing": renewing, "stranger": stranger}
    columns = (literal_column(str(n), Integer).label(name) for name, n in told.items())
    return deed.with_only_columns(deed.selected_columns.owner, *columns)

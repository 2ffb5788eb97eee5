"""The roster of a day joined to how far people had come toward demands by its end: the statements behind reports.

SQL only: `roster` with the moments of each, `standings` with the furthest point alone, which is all that counting
needs. Of everybody, what was done is brought together first; of some, it is looked up for each. The milestones of
`learning`, `pact` and `certificates` mean the same; a test compares them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
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


def standings(day: date, demands: Sequence[Demand], *, inside: ColumnElement[bool] | None, grade: Grade) -> Standings:
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
    places = [column.label(f"c{n}") for n, column in enumerate(alike)]
    people = _everybody(day, grade).with_only_columns(Employee.account_id.label("owner"), *places, *_told(demands))
    nowhere = [null().label(place.key) for place in places]
    person = _folded([people, *_facts(demands, clock.end_of(day), nowhere)])
    far = [cell.label(f"far{n}") for n, cell in enumerate(chain(*_far(person, demands)))]
    counted = select(*(person.c[place.key] for place in places), *far, func.count(), func.sum(person.c.stranger))
    apart = (column for column in person.c if column.key not in ("owner", "stranger"))
    return counted.where(person.c.c0.is_not(None)).group_by(*apart)


def _everybody(day: date, grade: Grade) -> Select[*tuple[Any, ...]]:
    """Everybody who serves on a day and is not absent."""
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
    stages = ((deeds.own(deed).exists(), stage.value) for stage, deed in _furthest_first(found))
    is_renewing = case((deeds.own(found.lapsed).exists(), 1), else_=0) if demand.renew_from else _NOTHING
    return case(*stages, else_=0), is_renewing


def _brought_together(statement: Select[*tuple[Any, ...]], demands: Sequence[Demand], until: datetime) -> Standings:
    """The statement joined to the furthest points of all, and to the accounts that nobody had opened."""
    far = _folded(list(_facts(demands, until, [])))
    reached = [(func.coalesce(stage, 0), func.coalesce(lapsed, 0)) for stage, lapsed in _far(far, demands)]
    joined = statement.outerjoin(far, far.c.owner == Employee.account_id)
    return Standings(joined, reached, func.coalesce(far.c.stranger, 0))


def _folded(each: Sequence[Select[Any]]) -> Subquery:
    """All that is known of each `owner` in one row."""
    known = union_all(*each).subquery()
    owner, *facts = known.c
    return select(owner, *(func.max(fact).label(fact.key) for fact in facts)).group_by(owner).subquery()


def _facts(demands: Sequence[Demand], until: datetime, before: Sequence[Any]) -> Iterator[Select[Any]]:
    """One thing known of each person in a row: nothing in the columns before, and one number that is not 0."""

    def fact(deed: Deed, name: str, number: int) -> Select[Any]:
        return deed.with_only_columns(deed.selected_columns.owner, *before, *_told(demands, **{name: number}))

    for n, demand in enumerate(demands):
        found = deeds.toward(demand, until)
        for stage, deed in _furthest_first(found):
            yield fact(deed, f"stage{n}", stage.value)
        if demand.renew_from:
            yield fact(found.lapsed, f"lapsed{n}", 1)
    yield fact(deeds.unopened(until), "stranger", 1)


def _told(demands: Sequence[Demand], **known: int) -> list[Any]:
    """What is known of somebody in plain numbers: whether a result lapsed only where it can be renewed in peace."""
    pairs = ((f"stage{n}", f"lapsed{n}") if demand.renew_from else (f"stage{n}",) for n, demand in enumerate(demands))
    names = (*(name for pair in pairs for name in pair), "stranger")
    return [literal_column(str(known.get(name, 0)), Integer).label(name) for name in names]


def _far(folded: Subquery, demands: Sequence[Demand]) -> list[tuple[Any, Any]]:
    """For each demand the stage of people folded, and whether a result just lapsed."""
    return [(folded.c[f"stage{n}"], folded.c.get(f"lapsed{n}", _NOTHING)) for n in range(len(demands))]


def _furthest_first(found: Deeds) -> tuple[tuple[Stage, Deed], ...]:
    return (
        (Stage.CERTIFIED, found.certified),
        (Stage.SIGNED, found.signed),
        (Stage.PASSED, found.passed),
        (Stage.LEARNING, found.begun),
    )

"""The people of a day in groups by no more than what a directive or the report tells apart.

So a report costs little for a province as well; only where people are shown by name is each a group by herself.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache, partial
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Dialect,
    Select,
    String,
    TypeDecorator,
    case,
    cast,
    func,
    literal_column,
    select,
    type_coerce,
)

from elearn.agencies import graded, tenure
from elearn.agencies import queries as agencies
from elearn.agencies import rules as service
from elearn.agencies.graded import Grade
from elearn.agencies.models import Employee, Placement
from elearn.agencies.rules import PPPK_KINDS, EmployeeKind, PostGroup, Visible
from elearn.core import clock
from elearn.core.db import db
from elearn.directives.duties import Demand, Order
from elearn.directives.rules import Reach, Stage
from elearn.reports import journeys, progress
from elearn.reports.offices import Offices

RANK_GROUPS = ("I", "II", "III", "IV", "PPPK")
EVERY_KIND = frozenset(EmployeeKind)
BY_PERSON = "person"
"""What to ask for beside kind, post_group and rank to have everybody by name."""
_NAMED = (type_coerce(Employee.id, String), Employee.nip, Employee.name, Employee.title_before, Employee.title_after)
_IN_ORDER = (Employee.name, Employee.id)
_ASIDE = ("kind", "post_group", "rank", "employee_id", "joined_on", "serving_since")
"""What a Group says of people's places beside their agency, in its order."""


class _Id(TypeDecorator[UUID]):
    """An id that a statement carries as text: not every database has a greatest of ids."""

    impl = String
    cache_ok = True

    def process_result_value(self, value: str | None, _dialect: Dialect) -> UUID | None:
        """The id."""
        return UUID(value) if value else None


class Who(NamedTuple):
    """Somebody by name; a tuple, as a report may name thousands of whom a page shows fifty."""

    raw_id: Any
    nip: str
    plain_name: str
    title_before: str | None
    title_after: str | None

    @property
    def employee_id(self) -> UUID:
        """Her id, read only when it is needed."""
        return self.raw_id if isinstance(self.raw_id, UUID) else UUID(self.raw_id)

    @property
    def name(self) -> str:
        """The name as in a letter."""
        return service.full_name(self.plain_name, self.title_before, self.title_after)


class Group(NamedTuple):
    """People of one agency who owe the same and are equally far in every demand.

    Kind and group of posts are told where a directive or the report looks at them, `rank` (I to IV, PPPK) where the
    report does. Who is named by a directive, or came after the first was issued, is a group of those who are like
    that; `who` is somebody by herself.
    """

    agency_id: UUID
    kind: EmployeeKind
    post_group: PostGroup | None
    rank: str | None
    employee_id: UUID | None
    joined_on: date | None
    serving_since: date | None
    opd_id: UUID | None
    reached: dict[Demand, Reach]
    people: int
    not_activated: int
    who: Who | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """The agencies a report looks at: those one may see, and of these the ones below an agency if one is named."""

    visible: Visible
    below: frozenset[UUID] | None = None

    @property
    def condition(self) -> ColumnElement[bool] | None:
        """The condition that a placement lies within; None for all."""
        if self.below is None:
            return None if self.visible.all else agencies.within(Placement.agency_id, self.visible)
        return agencies.within(Placement.agency_id, self.visible) & Placement.agency_id.in_(self.below)


def read(
    day: date, orders: Sequence[Order], demands: Sequence[Demand], *, tree: Offices, sight: Sight, by: Collection[str]
) -> list[Group]:
    """The groups of a day, of people by name in their order; one statement, of the whole regency two."""
    named = frozenset[UUID]().union(*(order.target.named for order in orders))
    aspects = frozenset(_seen_by(orders) | set(by))
    asked = tuple(demands)
    names, query = _statement(day, clock.today(), issued_first(orders, day), named, asked, sight, aspects)
    rows = db.session.connection().execute(query)
    found = _folded(rows, day, asked, len(names)) if sight.condition is None else _as_read(rows, asked, len(names))
    return list(_groups(names, found, tree))


@lru_cache(maxsize=64)
def _statement(
    day: date,
    _today: date,
    issued: date,
    named: frozenset[UUID],
    demands: tuple[Demand, ...],
    sight: Sight,
    aspects: frozenset[str],
) -> tuple[list[str], Select[Any]]:
    """What a row begins with, and the statement; kept, because putting it together costs as much as running it.

    It is another one the day after, when what is today's becomes history.
    """
    grade = graded.on(day)
    columns = _told_apart(issued, named) | _aspects(grade, aspects)
    if sight.condition is None:
        owner, who = cast(Employee.account_id, String), _NAMED if BY_PERSON in aspects else ()
        everybody = journeys.everybody(day, grade).with_only_columns(*_labelled([owner, *columns.values(), *who]))
        return list(columns), everybody.order_by(*(_IN_ORDER if who else ()))
    found = journeys.standings(day, demands, inside=sight.condition, grade=grade)
    reached = [column for pair in found.reached for column in pair]
    if BY_PERSON not in aspects:
        return list(columns), _counted(found.statement, [*columns.values(), *reached], found.is_stranger)
    cells = _labelled([*columns.values(), *reached, literal_column("1"), found.is_stranger, *_NAMED])
    return list(columns), found.statement.with_only_columns(*cells).order_by(*_IN_ORDER)


def issued_first(orders: Iterable[Order], day: date) -> date:
    """When the first of these directives was issued."""
    return min((order.issued_on for order in orders), default=day)


def came_after(issued: date) -> dict[str, Any]:
    """Since when somebody serves, where that is after the first directive was issued."""
    return {
        "joined_on": tenure.since(is_of_opd=True, after=issued),
        "serving_since": tenure.since(is_of_opd=False, after=issued),
    }


def _told_apart(issued: date, named: frozenset[UUID]) -> dict[str, Any]:
    """What always tells people apart: where they serve, who is named, and who came after the first directive."""
    columns = {"agency_id": cast(Placement.agency_id, String), **came_after(issued)}
    return columns | ({"employee_id": case((Employee.id.in_(named), cast(Employee.id, _Id)))} if named else {})


def _seen_by(orders: Iterable[Order]) -> set[str]:
    """The aspects that these directives look at."""
    seen = set()
    for order in orders:
        if order.deadlines or not order.target.kinds >= EVERY_KIND:
            seen.add("kind")
        if order.target.post_groups:
            seen.add("post_group")
    return seen


def _aspects(grade: Grade, wanted: Collection[str]) -> dict[str, Any]:
    known = {"kind": grade.kind, "post_group": Placement.post_group, "rank": _rank(grade)}
    return {name: column for name, column in known.items() if name in wanted}


def _rank(grade: Grade) -> ColumnElement[str]:
    """The group of ranks of an employee ("III/c" is of III); null for a PNS whose rank is not on record."""
    of_group = ((grade.rank.startswith(f"{group}/"), group) for group in RANK_GROUPS[:4])
    return case((grade.kind.in_(PPPK_KINDS), "PPPK"), *of_group, else_=None)


def _counted(statement: Select[Any], columns: Sequence[Any], is_stranger: Any) -> Select[Any]:
    """The statement as counts of people alike in these columns, and of the strangers among them."""
    people = statement.with_only_columns(*_labelled(columns), is_stranger.label("stranger")).subquery()
    *alike, stranger = people.c
    return select(*alike, func.count(), func.sum(stranger)).group_by(*alike)


def _labelled(columns: Iterable[Any]) -> list[Any]:
    return [column.label(f"c{number}") for number, column in enumerate(columns)]


class _Found(NamedTuple):
    """People alike: the cells that tell them apart, how far they are, how many, how many strangers, and who."""

    cells: tuple[Any, ...]
    reached: dict[Demand, Reach]
    people: int
    strangers: int
    who: tuple[Any, ...]


def _as_read(rows: Iterable[Any], demands: Sequence[Demand], width: int) -> Iterator[_Found]:
    """People whose row says how far they are, by two cells for each demand."""
    reached = cache(partial(_reached, demands))
    last = width + 2 * len(demands)
    for row in rows:
        yield _Found(row[:width], reached(row[width:last]), row[last], row[last + 1], row[last + 2 :])


def _reached(demands: Sequence[Demand], cells: Sequence[Any]) -> dict[Demand, Reach]:
    pairs = zip(demands, cells[::2], cells[1::2], strict=True)
    return {demand: Reach(Stage(stage), bool(renewing)) for demand, stage, renewing in pairs}


def _folded(rows: Iterable[Any], day: date, demands: tuple[Demand, ...], width: int) -> Iterator[_Found]:
    """People whose row begins with their account, counted with what is known of it; in the order of the rows."""
    known = progress.marks(day, demands)
    reached = cache(partial(progress.reach, demands))
    alike = Counter((row[1:], known.get(row[0], 0)) for row in rows)
    for (cells, marks), people in alike.items():
        strangers = people if progress.is_stranger(demands, marks) else 0
        yield _Found(cells[:width], reached(marks), people, strangers, cells[width:])


def _groups(names: list[str], found: Iterable[_Found], tree: Offices) -> Iterator[Group]:
    """The groups, with an agency and what nobody looks at filled in."""
    office = tree.by_text
    aside = itemgetter(*(names.index(name) if name in names else _UNTOLD.get(name, -1) for name in _ASIDE))
    for cells, reached, people, strangers, who in found:
        at = office[cells[0]]
        rest = aside((*cells, EmployeeKind.PNS, None))
        yield Group._make((at.id, *rest, at.opd_id, reached, people, strangers, Who._make(who) if who else None))


_UNTOLD = {"kind": -2}
"""Where cells end by what stands for an aspect that nobody looks at: any kind, else nothing."""

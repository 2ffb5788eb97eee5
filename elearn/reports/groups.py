"""The people of a day in groups by no more than what a directive or the report tells apart.

So a report costs little for a province as well; only where people are shown by name is each a group by herself.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import chain, islice, repeat
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
    type_coerce,
)

from elearn.agencies import graded, tenure
from elearn.agencies import named as called
from elearn.agencies import rules as service
from elearn.agencies.graded import Grade
from elearn.agencies.models import Employee, Placement
from elearn.agencies.named import Name
from elearn.agencies.rules import PPPK_KINDS, EmployeeKind, PostGroup
from elearn.core import clock
from elearn.core.db import db
from elearn.directives.duties import Demand, Order
from elearn.directives.rules import Reach
from elearn.reports import progress, sight
from elearn.reports.offices import Offices
from elearn.reports.progress import Known, Owner, Progress
from elearn.reports.sight import Sight

RANK_GROUPS = ("I", "II", "III", "IV", "PPPK")
EVERY_KIND = frozenset(EmployeeKind)
BY_PERSON = "person"
"""What to ask for beside kind, post_group and rank to have everybody by name."""
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
    """Somebody by name."""

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


Entry = tuple[int, Sequence[Any]]
"""Somebody's place in the order of names, and the row that ends with who it is: a page shows fifty of thousands."""


def who(entry: Entry) -> Who:
    """Who it is."""
    return Who._make(entry[1][-len(Who._fields) :])


class Group(NamedTuple):
    """People of one agency who owe the same and are equally far in every demand, by name where that was asked for.

    Kind and group of posts are told where a directive or the report looks at them, `rank` (I to IV, PPPK) where the
    report does. Who is named by a directive, or came after the first was issued, is a group of those who are like
    that.
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
    named: Sequence[Entry] = ()


def read(
    day: date, orders: Sequence[Order], demands: Sequence[Demand], *, tree: Offices, seen: Sight, by: Collection[str]
) -> list[Group]:
    """The groups of a day; two statements, three of many people in part of all."""
    named = frozenset[UUID]().union(*(order.target.named for order in orders))
    aspects = frozenset(_seen_by(orders) | set(by))
    names, query, accounts = _statement(day, clock.today(), issued_first(orders, day), named, seen, aspects)
    rows = db.session.connection().execute(query).all()
    owners = [progress.split(row[0]) for row in rows]
    is_part = not seen.is_whole and progress.are_looked_up(sum(map(len, owners)))
    known = progress.read(day, tuple(demands), accounts if is_part else None)
    alike = _by_name(rows, owners, known, 1 + len(names)) if BY_PERSON in by else _by_number(rows, owners, known)
    return list(_groups(names, alike, known, tree))


@lru_cache(maxsize=64)
def _statement(
    day: date, _today: date, issued: date, named: frozenset[UUID], seen: Sight, aspects: frozenset[str]
) -> tuple[list[str], Select[Any], Select[Any]]:
    """What a row of people alike has after their accounts, the statement, and the one of all accounts.

    They are kept, because putting them together costs as much as running them; they are others the day after, when
    what is today's becomes history.
    """
    grade = graded.on(day)
    columns = _told_apart(issued, named) | _aspects(grade, aspects)
    everybody = sight.people(day, grade, seen)
    accounts, account = everybody.with_only_columns(Employee.account_id), progress.as_text(Employee.account_id)
    if BY_PERSON in aspects:
        name = called.on(day)
        people = name.joined(everybody.with_only_columns(account, *columns.values(), *_who(name)))
        return list(columns), people.order_by(name.name, Employee.id), accounts
    cells = [column.label(f"c{number}") for number, column in enumerate(columns.values())]
    alike = everybody.with_only_columns(progress.together(account), *cells).group_by(*(cell.name for cell in cells))
    return list(columns), alike, accounts


def _who(name: Name) -> tuple[Any, ...]:
    """The cells of a Who."""
    return type_coerce(Employee.id, String), Employee.nip, *name.columns


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


Alike = tuple[Sequence[Any], Known, int, Sequence[Entry]]
"""The cells of people alike, how far they are, how many, and each of them if they have names."""


def _by_number(rows: Sequence[Any], owners: Sequence[list[Owner]], known: Progress) -> Iterator[Alike]:
    """The people of each row parted by how far they are."""
    number = chain.from_iterable(repeat(number, len(people)) for number, people in enumerate(owners))
    alike = Counter(zip(number, known.of(list(chain.from_iterable(owners))), strict=True))
    return ((rows[place], marks, people, ()) for (place, marks), people in alike.items())


def _by_name(rows: Sequence[Any], owners: Iterable[list[Owner]], known: Progress, end: int) -> Iterator[Alike]:
    """The people of rows of one each brought together; where the cells of a row end, it says who that is."""
    cells = zip(*islice(zip(*rows, strict=True), 1, end), strict=True)
    marks = known.of(list(chain.from_iterable(owners)))
    alike = defaultdict[tuple[Any, Known], list[Entry]](list)
    for key, entry in zip(zip(cells, marks, strict=True), enumerate(rows), strict=True):
        alike[key].append(entry)
    return ((("", *cells), mark, len(named), named) for (cells, mark), named in alike.items())


def _groups(names: list[str], each: Iterable[Alike], known: Progress, tree: Offices) -> Iterator[Group]:
    """The groups of people alike, whose cells after the first are named."""
    office, reached = tree.by_text, cache(known.reach)
    aside = itemgetter(*(names.index(each) + 1 if each in names else _UNTOLD.get(each, -1) for each in _ASIDE))
    for cells, marks, people, named in each:
        at, strangers = office[cells[1]], people if progress.is_stranger(marks) else 0
        told = (at.id, *aside((*cells, EmployeeKind.PNS, None)), at.opd_id, reached(marks), people, strangers, named)
        yield Group._make(told)


_UNTOLD = {"kind": -2}
"""Where cells end by what stands for an aspect that nobody looks at: any kind, else nothing."""

"""What of a person changes with the days (kind and rank, name and titles): a row since each day of a change.

The employee holds what is so today. Whoever has no row never changed; before the first row on record stands what
that row says. `graded` and `named` read it as of a day.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Subquery, case, exists, func, insert, or_, select, update
from sqlalchemy.orm import aliased

from elearn.agencies.difference import Change
from elearn.agencies.models import Employee, EmployeeGrade, EmployeeName, Placement
from elearn.core import clock
from elearn.core.db import db, new_id

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shift:
    """What changes of somebody, in the order of the columns of a timeline."""

    employee_id: UUID
    before: tuple[Any, ...]
    after: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """The rows that were added, and those that were corrected as they were before."""

    added: list[UUID]
    before: list[Row]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Some columns of an employee that have a table of what they were since when."""

    model: Any
    told: tuple[str, ...]

    def shifts(self, changes: Iterable[Change]) -> list[Shift]:
        """What changes in these columns by a roster."""
        values = attrgetter(*self.told)
        each = ((c.standing.employee_id, values(c.before), values(c.after)) for c in changes)
        return [Shift(*cells) for cells in each if cells[1] != cells[2]]

    def note(self, shifts: Sequence[Shift], on: dt.date) -> Written:
        """Write what changes on a day; the first change of somebody also writes what stood before.

        On the day of the latest row, or before it, that row is corrected instead.
        """
        if not shifts:
            return Written([], [])
        ids = [each.employee_id for each in shifts]
        latest, first = self._latest(ids), first_days(ids)
        added: list[Row] = []
        corrected: list[Row] = []
        for each in shifts:
            row = latest.get(each.employee_id)
            if row is not None and on <= row.since:
                corrected.append({"id": row.id, **self._cells(each.after)})
            elif row is not None:
                added.append(self._row(each.employee_id, on, each.after))
            elif on > (since := first[each.employee_id]):
                added += [
                    self._row(each.employee_id, since, each.before),
                    self._row(each.employee_id, on, each.after),
                ]
        if added:
            db.session.execute(insert(self.model).execution_options(render_nulls=True), added)
        rows = {row.id: row for row in latest.values()}
        stood = [self._stood(rows[each["id"]]) for each in corrected]
        self.restore(corrected)
        return Written([each["id"] for each in added], stood)

    def restore(self, rows: Sequence[Row]) -> None:
        """Write these columns into rows that are there, told by their ids."""
        if rows:
            db.session.execute(update(self.model), rows)

    def history(self, employee_id: UUID) -> Sequence[Any]:
        """The rows of somebody, the first one first."""
        query = select(self.model).where(self.model.employee_id == employee_id).order_by(self.model.since)
        return db.session.scalars(query.execution_options(populate_existing=True)).all()

    def on(self, day: dt.date) -> tuple[Subquery | None, list[Any]]:
        """The columns as of a day, and what a statement over Employee must join for them; today's join nothing."""
        present = [getattr(Employee, name) for name in self.told]
        if day >= clock.today():
            return None, present
        history = self._in_force(day)
        was_changed = history.c.employee_id.is_not(None)
        pairs = zip(self.told, present, strict=True)
        return history, [case((was_changed, history.c[name]), else_=column) for name, column in pairs]

    def _in_force(self, day: dt.date) -> Subquery:
        """The row of each employee that stands on a day: the last one since then, or else the first of all."""
        row, other = self.model, aliased(self.model)
        is_same = other.employee_id == row.employee_id
        newer = exists().where(is_same, other.since > row.since, other.since <= day)
        older = exists().where(is_same, other.since < row.since)
        columns = [getattr(row, name) for name in self.told]
        return select(row.employee_id, *columns).where(~newer, or_(row.since <= day, ~older)).subquery()

    def _latest(self, employee_ids: Collection[UUID]) -> dict[UUID, Any]:
        """The latest row of each of these people who has any."""
        columns = self.model.__table__.c
        query = select(*columns).where(columns.employee_id.in_(employee_ids)).order_by(columns.since)
        return {row.employee_id: row for row in db.session.execute(query)}

    def _row(self, employee_id: UUID, since: dt.date, values: tuple[Any, ...]) -> Row:
        return {"id": new_id(), "employee_id": employee_id, "since": since, **self._cells(values)}

    def _cells(self, values: tuple[Any, ...]) -> Row:
        return dict(zip(self.told, values, strict=True))

    def _stood(self, row: Any) -> Row:
        return {name: getattr(row, name) for name in ("id", *self.told)}


GRADES = Timeline(EmployeeGrade, ("kind", "rank"))
NAMES = Timeline(EmployeeName, ("name", "title_before", "title_after"))


def joined(statement: Select[Any], history: Subquery | None) -> Select[Any]:
    """A statement over Employee, with what the columns of a day are read of."""
    if history is None:
        return statement
    return statement.outerjoin(history, history.c.employee_id == Employee.id)


def first_days(employee_ids: Collection[UUID]) -> dict[UUID, dt.date]:
    """The first day of service of each of these people."""
    query = select(Placement.employee_id, func.min(Placement.started_on)).group_by(Placement.employee_id)
    rows = db.session.execute(query.where(Placement.employee_id.in_(employee_ids)))
    return {row.employee_id: row[1] for row in rows}

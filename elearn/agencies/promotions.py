"""The kind and the rank of employees over time, written when they change; `graded` reads them as of a day."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update

from elearn.agencies.difference import Change
from elearn.agencies.models import EmployeeGrade, Placement
from elearn.agencies.rules import EmployeeKind, Person
from elearn.core.db import db, new_id

Row = dict[str, Any]
Grade = tuple[EmployeeKind, str | None]


@dataclass(frozen=True, slots=True)
class Written:
    """The rows that were added, and those that were corrected as they were before."""

    added: list[UUID]
    before: list[Row]


def note(changes: Sequence[Change], on: dt.date) -> Written:
    """Write the kinds and ranks that change on a day; the first change of somebody also writes what stood before.

    On the day of the latest row, or before it, that row is corrected instead.
    """
    changing = [each for each in changes if _grade(each.before) != _grade(each.after)]
    ids = [each.standing.employee_id for each in changing]
    latest, first = _latest(ids), first_days(ids)
    added: list[Row] = []
    corrected: list[Row] = []
    for change in changing:
        id_, after = change.standing.employee_id, _grade(change.after)
        row = latest.get(id_)
        if row is not None and on <= row.since:
            corrected.append(_row(row.id, id_, row.since, after))
        elif row is not None:
            added.append(_row(new_id(), id_, on, after))
        elif on > first[id_]:
            added += [_row(new_id(), id_, first[id_], _grade(change.before)), _row(new_id(), id_, on, after)]
    if added:
        db.session.execute(insert(EmployeeGrade).execution_options(render_nulls=True), added)
    restore(corrected)
    return Written([each["id"] for each in added], [_stood(latest[each["employee_id"]]) for each in corrected])


def restore(rows: Sequence[Row]) -> None:
    """Write kinds and ranks into rows that are there."""
    if rows:
        db.session.execute(update(EmployeeGrade), rows)


def _grade(person: Person) -> Grade:
    return person.kind, person.rank


def _row(id_: UUID, employee_id: UUID, since: dt.date, grade: Grade) -> Row:
    return {"id": id_, "employee_id": employee_id, "since": since, "kind": grade[0], "rank": grade[1]}


def _stood(row: Any) -> Row:
    return {"id": row.id, "kind": row.kind, "rank": row.rank}


def _latest(employee_ids: Collection[UUID]) -> dict[UUID, Any]:
    """The latest row of each of these people who has any."""
    table = EmployeeGrade
    query = select(table.id, table.employee_id, table.since, table.kind, table.rank)
    query = query.where(table.employee_id.in_(employee_ids)).order_by(table.since)
    return {row.employee_id: row for row in db.session.execute(query)}


def first_days(employee_ids: Collection[UUID]) -> dict[UUID, dt.date]:
    """The first day of service of each of these people."""
    query = select(Placement.employee_id, func.min(Placement.started_on)).group_by(Placement.employee_id)
    rows = db.session.execute(query.where(Placement.employee_id.in_(employee_ids)))
    return {row.employee_id: row[1] for row in rows}

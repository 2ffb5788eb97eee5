"""The kind and the rank (golongan) of an employee as of a day, as columns of a statement over Employee.

Whoever has no row kept the present ones; before the first row on record stands what that row says.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, Subquery, case, exists, or_, select
from sqlalchemy.orm import aliased

from elearn.agencies.models import Employee, EmployeeGrade
from elearn.core import clock


@dataclass(frozen=True, slots=True)
class Grade:
    """The columns of a day; a statement that reads them goes through `joined` first."""

    kind: Any
    rank: Any
    history: Subquery | None = None

    def joined(self, statement: Select[Any]) -> Select[Any]:
        """A statement over Employee, with what the columns are read of."""
        if self.history is None:
            return statement
        return statement.outerjoin(self.history, self.history.c.employee_id == Employee.id)


def on(day: date) -> Grade:
    """The kind and the rank on a day; today's are those of the employee."""
    if day >= clock.today():
        return Grade(Employee.kind, Employee.rank)
    history = _in_force(day)
    was_changed = history.c.employee_id.is_not(None)
    return Grade(
        case((was_changed, history.c.kind), else_=Employee.kind),
        case((was_changed, history.c.rank), else_=Employee.rank),
        history,
    )


def _in_force(day: date) -> Subquery:
    """The row of each employee that stands on a day: the last one since then, or else the first of all."""
    other = aliased(EmployeeGrade)
    is_same = other.employee_id == EmployeeGrade.employee_id
    newer = exists().where(is_same, other.since > EmployeeGrade.since, other.since <= day)
    older = exists().where(is_same, other.since < EmployeeGrade.since)
    return (
        select(EmployeeGrade.employee_id, EmployeeGrade.kind, EmployeeGrade.rank)
        .where(~newer, or_(EmployeeGrade.since <= day, ~older))
        .subquery()
    )

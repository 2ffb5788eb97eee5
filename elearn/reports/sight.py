"""Whom a report looks at: those who serve on a day, at the agencies that one may see."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from elearn.agencies import queries as agencies
from elearn.agencies.graded import Grade
from elearn.agencies.models import Employee, Placement
from elearn.agencies.rules import Visible


@dataclass(frozen=True, slots=True)
class Sight:
    """The agencies a report looks at: those one may see, and of these the ones below an agency if one is named."""

    visible: Visible
    below: frozenset[UUID] | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it takes in everybody."""
        return self.visible.all and self.below is None

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """The conditions that a placement lies within; none for everybody."""
        seen = [] if self.visible.all else [agencies.within(Placement.agency_id, self.visible)]
        return seen if self.below is None else [*seen, Placement.agency_id.in_(self.below)]


def people(day: date, grade: Grade, sight: Sight) -> Select[*tuple[Any, ...]]:
    """Everybody in sight who serves on a day and is not absent; its columns are yours."""
    statement: Select[*tuple[Any, ...]] = (
        select()
        .select_from(Placement)
        .join(Employee, Employee.id == Placement.employee_id)
        .where(agencies.covers(day), agencies.is_present(day), *sight.conditions)
    )
    return grade.joined(statement)

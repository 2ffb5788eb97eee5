"""The name and the titles (gelar) of an employee as of a day, as columns of a statement over Employee."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, Subquery

from elearn.agencies import timeline


@dataclass(frozen=True, slots=True)
class Name:
    """The columns of a day; a statement that reads them goes through `joined` first."""

    name: Any
    title_before: Any
    title_after: Any
    history: Subquery | None = None

    @property
    def columns(self) -> tuple[Any, Any, Any]:
        """The parts of a full name, in their order and by their names."""
        parts = {"name": self.name, "title_before": self.title_before, "title_after": self.title_after}
        first, second, third = (column.label(name) for name, column in parts.items())
        return first, second, third

    def joined(self, statement: Select[Any]) -> Select[Any]:
        """A statement over Employee, with what the columns are read of."""
        return timeline.joined(statement, self.history)


def on(day: date) -> Name:
    """The name and the titles on a day; today's are those of the employee."""
    history, (name, title_before, title_after) = timeline.NAMES.on(day)
    return Name(name, title_before, title_after, history)

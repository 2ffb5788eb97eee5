"""The kind and the rank (golongan) of an employee as of a day, as columns of a statement over Employee."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, Subquery

from elearn.agencies import timeline


@dataclass(frozen=True, slots=True)
class Grade:
    """The columns of a day; a statement that reads them goes through `joined` first."""

    kind: Any
    rank: Any
    history: Subquery | None = None

    def joined(self, statement: Select[Any]) -> Select[Any]:
        """A statement over Employee, with what the columns are read of."""
        return timeline.joined(statement, self.history)


def on(day: date) -> Grade:
    """The kind and the rank on a day; today's are those of the employee."""
    history, (kind, rank) = timeline.GRADES.on(day)
    return Grade(kind, rank, history)

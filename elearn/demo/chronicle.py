"""What is to be written of the demo's year: rows by table, events by stream of the record, in memory."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from elearn.core.db import Base
from elearn.core.permissions import SYSTEM
from elearn.ledger.actions import Event


class Chronicle:
    """Collects rows and events in any order; events are read in the order of time."""

    def __init__(self) -> None:
        self._rows: dict[type[Base], list[dict[str, Any]]] = {}
        self._events: dict[str, list[Event]] = {}

    def add(self, model: type[Base], **columns: Any) -> None:
        """Note a row of a table."""
        self._rows.setdefault(model, []).append(columns)

    def tell(self, event: str, at: datetime, facts: Mapping[str, Any], *, by: object = SYSTEM.username) -> None:
        """Note an event of the record, done by the account with that id or by the installation itself."""
        self._events.setdefault(event.partition(":")[0], []).append((event, str(by), at, facts))

    def rows(self, model: type[Base]) -> list[dict[str, Any]]:
        """The rows of a table as they were noted; to be completed by who writes them."""
        return self._rows.get(model, [])

    def streams(self) -> list[str]:
        """The streams something was told of."""
        return list(self._events)

    def events(self, stream: str) -> list[Event]:
        """The events of a stream in the order of time; those of one instant as they were told."""
        return sorted(self._events.get(stream, []), key=lambda event: event[2])

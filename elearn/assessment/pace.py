"""How long people take over a question: the time between one saving and the next; pure."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

IDLE = 600.0
"""From so many seconds on, somebody went away rather than thought; such a time is not counted."""

Entry = tuple[int, datetime]
"""A position and the instant at which an answer to it was given."""


def seconds(started_at: datetime, entries: Iterable[Entry]) -> dict[int, float]:
    """The seconds spent at each position of a paper, several visits together; entries in the order of time."""
    spent: dict[int, float] = defaultdict(float)
    last = started_at
    for position, given_at in entries:
        passed = (given_at - last).total_seconds()
        if 0 <= passed < IDLE:
            spent[position] += passed
        last = max(last, given_at)
    return dict(spent)

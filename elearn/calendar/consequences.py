"""What else changes when the phases of an election do: a port.

The calendar knows nobody who relies on its phases. Whoever does (directives, reminders) provides a teller when the
application is made, and who moves or withdraws a phase is told before it is saved.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from elearn.calendar.rules import PhaseKind, Span

Phases = Mapping[PhaseKind, Span]


@dataclass(frozen=True, slots=True)
class Change:
    """What the phases of an election are, and what they are to become; none when it is removed."""

    election_id: UUID
    election: str
    before: Phases
    after: Phases
    today: date

    def first_days(self, kind: PhaseKind) -> tuple[date | None, date | None]:
        """When a phase begins before and after."""
        old, new = self.before.get(kind), self.after.get(kind)
        return old.started_on if old else None, new.started_on if new else None


@dataclass(frozen=True, slots=True)
class Consequence:
    """One thing that follows, or does not although one could think so, and the page about it."""

    sentence: str
    address: str = ""


Teller = Callable[[Change], Sequence[Consequence]]

_tellers: list[Teller] = []


def provide(teller: Teller) -> None:
    """Ask this one too from now on, each only once."""
    if teller not in _tellers:
        _tellers.append(teller)


def of(change: Change) -> list[Consequence]:
    """All that follows from a change."""
    return [] if change.before == change.after else [each for tell in _tellers for each in tell(change)]


def mark(found: Sequence[Consequence]) -> str:
    """A short mark of what somebody was told, to know that it is still what she was told."""
    told = "\n".join(f"{each.address} {each.sentence[:]}" for each in found)
    return sha256(told.encode()).hexdigest()[:16]


def by_kind(spans: Sequence[Span]) -> Phases:
    """The phases of an election by their kind."""
    return {span.kind: span for span in spans}

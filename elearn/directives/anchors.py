"""Days of a directive that were taken from a phase of an election, and where that phase stands now; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from elearn.agencies.rules import EmployeeKind
from elearn.calendar.rules import PhaseKind, Span
from elearn.core.speech import Sentence, say

ONE_DAY = timedelta(days=1)
DEADLINE, VALIDITY = "deadline_on", "valid_until"
"""What a day of a directive is called; a kind of employee stands for the deadline of that kind."""


class Edge(StrEnum):
    """Where at a phase a day lies: on its eve, as a deadline does, or at its end, as a validity does."""

    EVE = "eve"
    END = "end"


@dataclass(frozen=True, slots=True)
class Known:
    """A phase as the calendar has it."""

    election_id: UUID
    election: str
    span: Span


@dataclass(frozen=True, slots=True)
class Anchor:
    """That a day of a directive is the eve or the end of a phase."""

    what: str
    day: date
    election_id: UUID
    election: str
    kind: PhaseKind
    edge: Edge

    def place(self, phases: Iterable[Known]) -> date | None:
        """Where that phase has this edge now; None where there is no such phase any more.

        An election that was removed and entered anew is known by its name.
        """
        alike = [each for each in phases if each.span.kind is self.kind]
        found = next((each for each in alike if each.election_id == self.election_id), None)
        found = found or next((each for each in alike if each.election == self.election), None)
        return edge_of(found.span, self.edge) if found else None

    @property
    def name(self) -> Sentence:
        """What the day is of the directive."""
        if self.what == DEADLINE:
            return say("tenggat")
        return say("masa berlaku hasil") if self.what == VALIDITY else say("tenggat %(kind)s", kind=_kind(self.what))

    @property
    def phase(self) -> Sentence:
        """What the day is of the calendar."""
        facts = {"phase": self.kind.words, "election": self.election}
        if self.edge is Edge.EVE:
            return say("sehari sebelum %(phase)s (%(election)s)", **facts)
        return say("akhir %(phase)s (%(election)s)", **facts)


@dataclass(frozen=True, slots=True)
class Shift:
    """That the calendar has gone on from an anchor; `now` is None where the phase is gone."""

    anchor: Anchor
    now: date | None

    @property
    def sentence(self) -> Sentence:
        """What stands in the directive, and what the calendar says."""
        facts = {"what": self.anchor.name, "phase": self.anchor.phase, "day": self.anchor.day}
        if self.now is None:
            return say("Menurut kalender, %(phase)s tidak ada lagi, tetapi %(what)s tetap %(day)s.", **facts)
        return say("Menurut kalender, %(phase)s kini %(now)s, tetapi %(what)s tetap %(day)s.", **facts, now=self.now)


def edge_of(span: Span, edge: Edge) -> date:
    """The eve of a phase, or its last day."""
    return span.started_on - ONE_DAY if edge is Edge.EVE else span.ended_on


def found(days: Mapping[str, date | None], phases: Iterable[Known]) -> list[Anchor]:
    """The days that are the eve of a phase, or for the validity the end of one; of several the first."""
    known, anchors = list(phases), []
    for what, day in days.items():
        edge = Edge.END if what == VALIDITY else Edge.EVE
        at = next((each for each in known if day is not None and edge_of(each.span, edge) == day), None)
        if at is not None and day is not None:
            anchors.append(Anchor(what, day, at.election_id, at.election, at.span.kind, edge))
    return anchors


def shifts(anchors: Iterable[Anchor], phases: Iterable[Known]) -> list[Shift]:
    """Those that the calendar does not bear out any more."""
    known = list(phases)
    now = ((each, each.place(known)) for each in anchors)
    return [Shift(each, day) for each, day in now if day != each.day]


def kept(anchors: Iterable[Anchor]) -> list[dict[str, str]]:
    """Anchors as they are stored."""
    return [
        {
            "what": each.what,
            "day": each.day.isoformat(),
            "election_id": str(each.election_id),
            "election": each.election,
            "kind": each.kind.value,
            "edge": each.edge.value,
        }
        for each in anchors
    ]


def read(stored: Iterable[Mapping[str, str]]) -> list[Anchor]:
    """Stored anchors as they were."""
    return [
        Anchor(
            each["what"],
            date.fromisoformat(each["day"]),
            UUID(each["election_id"]),
            each["election"],
            PhaseKind(each["kind"]),
            Edge(each["edge"]),
        )
        for each in stored
    ]


def _kind(what: str) -> str:
    return EmployeeKind(what).words

"""What a new roster changes in our books: who joins, returns, moves, changes or leaves, and what is wrong; pure.

Who goes, is away or is back because the roster says so is added by `pauses`.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import Enum, auto
from operator import attrgetter
from typing import Any
from uuid import UUID

from elearn.agencies.complaints import Complaint, Doubt
from elearn.agencies.rules import AbsenceKind, LeaveReason, Person
from elearn.core.speech import say, tally

Spot = tuple[str, int]
"""Where somebody stands in a roster: the sheet (empty when there is only one) and the line."""

MOST_LEAVING = 0.20
_FIELDS = tuple(field.name for field in fields(Person))
_VALUES = attrgetter(*_FIELDS)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands in our books; `since` is the first day of the placement, or the day of leaving."""

    person: Person
    since: dt.date
    is_active: bool
    employee_id: UUID
    account_id: UUID
    placement_id: UUID | None
    left_reason: LeaveReason | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A known person before and after a roster."""

    standing: Standing
    after: Person

    @property
    def before(self) -> Person:
        """The person as known until now."""
        return self.standing.person

    @property
    def is_move(self) -> bool:
        """Whether the person changes agency."""
        return self.before.agency_id != self.after.agency_id

    @property
    def needs_placement(self) -> bool:
        """Whether agency, post or its group change, so that one placement ends and another begins."""
        return self.is_move or (self.before.post, self.before.post_group) != (self.after.post, self.after.post_group)

    @property
    def facts(self) -> list[tuple[str, Any, Any]]:
        """Field, old and new value of everything that changes but the agency."""
        if self.before == self.after:
            return []
        pairs = zip(_facts(self.before), _facts(self.after), strict=True)
        return [(name, old, new) for (name, old), (_, new) in pairs if old != new and name != "agency_id"]


@dataclass(frozen=True, slots=True)
class Pause:
    """An absence in the books; one `is_by_hand` that no roster has begun."""

    id: UUID
    kind: AbsenceKind
    started_on: dt.date
    ended_on: dt.date | None
    is_by_hand: bool

    def covers(self, day: dt.date) -> bool:
        """Whether it goes on that day."""
        return self.started_on <= day and (self.ended_on is None or day < self.ended_on)


@dataclass(frozen=True, slots=True)
class Going:
    """Somebody whose service ends on a day, for a reason that the roster tells."""

    standing: Standing
    reason: LeaveReason
    on: dt.date

    @property
    def person(self) -> Person:
        """The person as known."""
        return self.standing.person


@dataclass(frozen=True, slots=True)
class Begin:
    """An absence that begins on a day, in place of another if one goes on; of a newcomer without `standing`.

    With a `doubt` it is left undone unless somebody asks for it.
    """

    standing: Standing | None
    person: Person
    kind: AbsenceKind
    on: dt.date
    instead: Pause | None = None
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class End:
    """An absence that ends, `on` being the first day of duty again; a `doubt` is meant as in `Begin`."""

    employee_id: UUID
    person: Person
    pause: Pause
    on: dt.date
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """What a roster changes; `covered` counts the people who serve where it speaks for everyone.

    `leaves` are missing in it, `goings` have gone in its own words.
    """

    joins: tuple[Person, ...]
    returns: tuple[Change, ...]
    moves: tuple[Change, ...]
    changes: tuple[Change, ...]
    leaves: tuple[Standing, ...]
    complaints: tuple[Complaint, ...]
    unchanged: int
    covered: int
    goings: tuple[Going, ...] = ()
    begun: tuple[Begin, ...] = ()
    ended: tuple[End, ...] = ()

    @property
    def is_drastic(self) -> bool:
        """Whether more than a fifth of the people it speaks for would leave."""
        return len(self.leaves) > MOST_LEAVING * self.covered

    @property
    def is_idle(self) -> bool:
        """Whether it changes nothing."""
        people = self.joins or self.returns or self.moves or self.changes or self.leaves or self.goings
        return not (people or self.begun or self.ended)

    def chosen(self, confirmed: Collection[str]) -> "Difference":
        """What is to be applied: all but what is doubtful and was not asked for."""
        begun = tuple(each for each in self.begun if each.doubt is None or each.doubt in confirmed)
        ended = tuple(each for each in self.ended if each.doubt is None or each.doubt in confirmed)
        return replace(self, begun=begun, ended=ended)

    def first_day(self, as_of: dt.date) -> dt.date:
        """The first day whose books it changes."""
        dated: list[Going | Begin | End] = [*self.goings, *self.begun, *self.ended]
        return min([as_of, *(each.on for each in dated)])

    @property
    def counts(self) -> dict[str, int]:
        """How many of each; a doubt that skips no line is no complaint."""
        counted = {part: len(getattr(self, part)) for part in ("joins", "returns", "moves", "changes")}
        complaints = sum(each.doubt is None or each.is_skipped for each in self.complaints)
        return counted | {
            "leaves": len(self.leaves) + len(self.goings),
            "begun": len(self.begun),
            "ended": len(self.ended),
            "complaints": complaints,
            "unchanged": self.unchanged,
        }


class _Pile(Enum):
    JOIN, RETURN, MOVE, CHANGE, SAME, EARLY = (auto() for _ in range(6))


def between(
    known: Mapping[str, Standing],
    roster: Mapping[Spot, Person],
    *,
    as_of: dt.date,
    seen: Collection[str],
    covered: Collection[UUID],
    is_complete: bool,
) -> Difference:
    """What a roster of people by sheet and line changes on the day `as_of` in books kept by NIP.

    Whoever serves in a `covered` agency and is not among the NIPs `seen` leaves, but only if the file
    `is_complete`, that is, if each of its NIPs could be read.
    """
    piles: dict[_Pile, list[Any]] = defaultdict(list)
    complaints: list[Complaint] = []
    for (sheet, line), person in roster.items():
        pile, item = _sorted(known.get(person.nip), person, as_of)
        piles[pile].append(item)
        if pile is _Pile.EARLY:
            complaints.append(Complaint(line, too_early(item.standing.since), sheet=sheet))
    staying = [s for s in known.values() if s.is_active and s.person.agency_id in covered]
    absent = [s for s in staying if s.person.nip not in seen]
    leaves = [s for s in absent if is_complete and s.since < as_of]
    complaints.extend(_why_they_stay(len(absent) - len(leaves), is_complete))
    return Difference(
        joins=tuple(piles[_Pile.JOIN]),
        returns=tuple(piles[_Pile.RETURN]),
        moves=tuple(piles[_Pile.MOVE]),
        changes=tuple(piles[_Pile.CHANGE]),
        leaves=tuple(leaves),
        complaints=tuple(complaints),
        unchanged=len(piles[_Pile.SAME]),
        covered=len(staying),
    )


def _sorted(standing: Standing | None, person: Person, as_of: dt.date) -> tuple[_Pile, Any]:
    """On which pile a person of the roster belongs."""
    if standing is None:
        return _Pile.JOIN, person
    change = Change(standing, overlaid(standing.person, person))
    if (change.needs_placement or not standing.is_active) and as_of < standing.since:
        return _Pile.EARLY, change
    if not standing.is_active:
        return _Pile.RETURN, change
    if change.is_move:
        return _Pile.MOVE, change
    return _Pile.CHANGE if change.facts else _Pile.SAME, change


def overlaid(person: Person, newer: Person) -> Person:
    """The same person with what the newer source says; its silence erases nothing but the group of a former post."""
    said: dict[str, Any] = {name: value for name, value in _facts(newer) if value is not None}
    if newer.post not in (None, person.post):
        said["post_group"] = newer.post_group
    return replace(person, **said)


def _facts(person: Person) -> list[tuple[str, Any]]:
    return list(zip(_FIELDS, _VALUES(person), strict=True))


def too_early(day: dt.date) -> str:
    """That the books know more of somebody than a roster of an earlier day."""
    return say("Data kami berlaku sejak %(day)s, lebih baru daripada tanggal data berkas ini.", day=day)


def _why_they_stay(people: int, is_complete: bool) -> Iterator[Complaint]:
    """Why some who are absent from the roster are not marked as leaving."""
    if not people:
        return
    if is_complete:
        sentence = tally(
            "%(num)s pegawai tidak tercantum, tetapi tidak ditandai keluar karena baru masuk pada atau setelah "
            "tanggal data.",
            people,
        )
    else:
        sentence = tally(
            "%(num)s pegawai tidak tercantum, tetapi tidak ditandai keluar karena ada NIP yang tidak sah.", people
        )
    yield Complaint(None, sentence, is_skipped=False)

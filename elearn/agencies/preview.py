"""What a roster changes, as lines to look through, filtered, each with its reason; pure."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from elearn.agencies import headings
from elearn.agencies.difference import Change, Difference, Standing
from elearn.agencies.rules import Person


class Kind(StrEnum):
    """What happens to somebody."""

    JOIN = "masuk"
    RETURN = "kembali"
    MOVE = "pindah"
    CHANGE = "berubah"
    LEAVE = "keluar"


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody whom a roster changes, and from what."""

    kind: Kind
    person: Person
    source: Person | Change | Standing

    @property
    def change(self) -> Change | None:
        """What was known and what comes, where both are."""
        return self.source if isinstance(self.source, Change) else None


@dataclass(frozen=True, slots=True)
class Filter:
    """What to look for; nothing set means everybody."""

    kind: Kind | None = None
    agency_ids: frozenset[UUID] | None = None
    data: str = ""
    text: str = ""


def entries(found: Difference) -> list[Entry]:
    """Everybody whom a roster changes, kind by kind, in the order of the file."""
    changed = ((Kind.RETURN, found.returns), (Kind.MOVE, found.moves), (Kind.CHANGE, found.changes))
    return [
        *(Entry(Kind.JOIN, person, person) for person in found.joins),
        *(Entry(kind, each.after, each) for kind, pile in changed for each in pile),
        *(Entry(Kind.LEAVE, each.person, each) for each in found.leaves),
    ]


def matching(items: Iterable[Entry], wanted: Filter) -> list[Entry]:
    """Those that a filter lets through."""
    words = wanted.text.casefold().split()
    return [
        each
        for each in items
        if wanted.kind in (None, each.kind)
        and (wanted.agency_ids is None or not wanted.agency_ids.isdisjoint(_places(each)))
        and (not wanted.data or _changes(each, wanted.data))
        and all(word in each.person.name.casefold() or each.person.nip.startswith(word) for word in words)
    ]


def reasons(entry: Entry, agencies: Mapping[UUID, str], guessed: Collection[str], as_of: dt.date) -> list[str]:
    """Why somebody stands in the list, in sentences."""
    if isinstance(entry.source, Standing):
        place = agencies[entry.person.agency_id]
        return [f"Bertugas di {place} menurut data kami, tetapi tidak tercantum dalam berkas."]
    if isinstance(entry.source, Person):
        return [*_arrival(entry.source, agencies, as_of), *_group(entry.source, guessed)]
    return [*_beginning(entry, entry.source, agencies), *_facts(entry.source, guessed)]


def told(value: Any) -> str:
    """A value as it is read; `kosong` for none."""
    return str(getattr(value, "words", None) or value or "kosong")


def _arrival(person: Person, agencies: Mapping[UUID, str], as_of: dt.date) -> Iterator[str]:
    yield "NIP ini belum ada dalam data kami."
    post = f" sebagai {person.post}" if person.post else ""
    yield f"Tercatat di {agencies[person.agency_id]}{post} mulai {as_of:%d-%m-%Y}."


def _beginning(entry: Entry, change: Change, agencies: Mapping[UUID, str]) -> Iterator[str]:
    before, after = agencies[change.before.agency_id], agencies[change.after.agency_id]
    if entry.kind is Kind.RETURN:
        yield f"Tercatat keluar sejak {change.standing.since:%d-%m-%Y}, kini tercantum lagi di {after}."
    elif change.is_move:
        yield f"Bertugas di {before} menurut data kami, di {after} menurut berkas."


def _facts(change: Change, guessed: Collection[str]) -> Iterator[str]:
    for name, old, new in change.facts:
        doubt = " (perkiraan dari nama jabatan)" if name == "post_group" and change.after.nip in guessed else ""
        yield f"{headings.NAMES[name]}: {told(old)} menjadi {told(new)}{doubt}."


def _group(person: Person, guessed: Collection[str]) -> Iterator[str]:
    if person.post_group:
        doubt = " (perkiraan dari nama jabatan)" if person.nip in guessed else ""
        yield f"Kelompok jabatan: {person.post_group.words}{doubt}."


def _places(entry: Entry) -> set[UUID]:
    """The agencies that an entry concerns: where somebody serves, and whence."""
    return {entry.person.agency_id} | ({entry.change.before.agency_id} if entry.change else set())


def _changes(entry: Entry, name: str) -> bool:
    change = entry.change
    return change is not None and getattr(change.before, name) != getattr(change.after, name)

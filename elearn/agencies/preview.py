"""What a roster changes, as lines to look through, filtered, each with its reason; pure."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from elearn.agencies import headings
from elearn.agencies.difference import Begin, Change, Difference, End, Going, Standing
from elearn.agencies.rules import Person
from elearn.core.speech import say


class Kind(StrEnum):
    """What happens to somebody."""

    JOIN = "masuk"
    RETURN = "kembali"
    MOVE = "pindah"
    CHANGE = "berubah"
    LEAVE = "keluar"
    BEGIN = "tidak-bertugas"
    END = "bertugas-lagi"

    @property
    def words(self) -> str:
        """What happens, as a line of the list names it."""
        return _KINDS[self]


_KINDS = {
    Kind.JOIN: say("Pegawai masuk"),
    Kind.RETURN: say("Pegawai kembali"),
    Kind.MOVE: say("Pegawai pindah"),
    Kind.CHANGE: say("Data berubah"),
    Kind.LEAVE: say("Pegawai keluar"),
    Kind.BEGIN: say("Mulai tidak bertugas"),
    Kind.END: say("Bertugas lagi"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody whom a roster changes, and from what."""

    kind: Kind
    person: Person
    source: Person | Change | Standing | Going | Begin | End

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
    leaving: list[Standing | Going] = [*found.leaves, *found.goings]
    return [
        *(Entry(Kind.JOIN, person, person) for person in found.joins),
        *(Entry(kind, each.after, each) for kind, pile in changed for each in pile),
        *(Entry(Kind.LEAVE, each.person, each) for each in leaving),
        *(Entry(Kind.BEGIN, each.person, each) for each in found.begun),
        *(Entry(Kind.END, each.person, each) for each in found.ended),
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
        return [say("Bertugas di %(agency)s menurut data kami, tetapi tidak tercantum dalam berkas.", agency=place)]
    if isinstance(entry.source, Going):
        return [*_going(entry.source, agencies)]
    if isinstance(entry.source, Begin | End):
        return [*(_begin(entry.source) if isinstance(entry.source, Begin) else _end(entry.source))]
    if isinstance(entry.source, Person):
        return [*_arrival(entry.source, agencies, as_of), *_group(entry.source, guessed)]
    return [*_beginning(entry, entry.source, agencies), *_facts(entry.source, guessed)]


def told(value: Any) -> str:
    """A value as it is read; `kosong` for none."""
    shown: str = getattr(value, "words", None) or value or say("kosong")
    return shown


def _arrival(person: Person, agencies: Mapping[UUID, str], as_of: dt.date) -> Iterator[str]:
    yield say("NIP ini belum ada dalam data kami.")
    facts = {"agency": agencies[person.agency_id], "day": as_of}
    if person.post:
        yield say("Tercatat di %(agency)s sebagai %(post)s mulai %(day)s.", post=person.post, **facts)
    else:
        yield say("Tercatat di %(agency)s mulai %(day)s.", **facts)


def _beginning(entry: Entry, change: Change, agencies: Mapping[UUID, str]) -> Iterator[str]:
    before, after = agencies[change.before.agency_id], agencies[change.after.agency_id]
    if entry.kind is Kind.RETURN:
        day = change.standing.since
        yield say("Tercatat keluar sejak %(day)s, kini tercantum lagi di %(agency)s.", day=day, agency=after)
    elif change.is_move:
        yield say(
            "Bertugas di %(before)s menurut data kami, di %(after)s menurut berkas.", before=before, after=after
        )


def _facts(change: Change, guessed: Collection[str]) -> Iterator[str]:
    for name, old, new in change.facts:
        facts = {"data": headings.NAMES[name], "old": told(old), "new": told(new)}
        if name == "post_group" and change.after.nip in guessed:
            yield say("%(data)s: %(old)s menjadi %(new)s (perkiraan dari nama jabatan).", **facts)
        else:
            yield say("%(data)s: %(old)s menjadi %(new)s.", **facts)


def _group(person: Person, guessed: Collection[str]) -> Iterator[str]:
    if person.post_group and person.nip in guessed:
        yield say("Kelompok jabatan: %(group)s (perkiraan dari nama jabatan).", group=person.post_group.words)
    elif person.post_group:
        yield say("Kelompok jabatan: %(group)s.", group=person.post_group.words)


def _going(going: Going, agencies: Mapping[UUID, str]) -> Iterator[str]:
    yield say("Menurut berkas: %(state)s.", state=going.reason.words)
    facts = {"agency": agencies[going.person.agency_id], "day": going.on}
    yield say("Bertugas di %(agency)s menurut data kami; keluar mulai %(day)s.", **facts)


def _begin(begin: Begin) -> Iterator[str]:
    yield say("Menurut berkas: %(state)s. Tidak bertugas mulai %(day)s.", state=begin.kind.words, day=begin.on)
    if begin.instead:
        yield say("%(state)s berakhir pada hari itu.", state=begin.instead.kind.words)
    yield from _only_if_asked(begin)


def _end(end: End) -> Iterator[str]:
    facts = {"state": end.pause.kind.words, "since": end.pause.started_on, "day": end.on}
    yield say("Menurut berkas aktif. %(state)s sejak %(since)s berakhir; bertugas lagi mulai %(day)s.", **facts)
    yield from _only_if_asked(end)


def _only_if_asked(item: Begin | End) -> Iterator[str]:
    if item.doubt:
        yield say("Hanya diterapkan bila Anda memintanya di bagian bawah halaman ini.")


def _places(entry: Entry) -> set[UUID]:
    """The agencies that an entry concerns: where somebody serves, and whence."""
    return {entry.person.agency_id} | ({entry.change.before.agency_id} if entry.change else set())


def _changes(entry: Entry, name: str) -> bool:
    change = entry.change
    return change is not None and getattr(change.before, name) != getattr(change.after, name)

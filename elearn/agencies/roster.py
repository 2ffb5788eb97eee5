"""The roster of employees as HR exports it from SIASN, read line by line; pure.

Columns are known by their names, in any order, with the spellings met in practice; others are passed over.
A line whose essentials cannot be trusted is skipped with a complaint that says why.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import islice
from operator import attrgetter
from typing import Any

from elearn.agencies import days, headings, naming, nip, particulars, posts, service
from elearn.agencies.complaints import Complaint, Doubt
from elearn.agencies.difference import Spot
from elearn.agencies.nip import Nip, UnsoundNip
from elearn.agencies.rules import LONGEST_NAME, PPPK_KINDS, EmployeeKind, LeaveReason, PostGroup, is_too_long
from elearn.agencies.service import State
from elearn.core import grid, signs
from elearn.core.errors import RuleBroken
from elearn.core.grid import Cell, Grid
from elearn.core.speech import say

HEADING_ROWS = 20
RUINED = say(
    "NIP tersimpan sebagai angka, bukan teks. Excel hanya menyimpan 15 angka pertama, sehingga 3 angka terakhir "
    "sudah hilang. Ubah format kolom NIP menjadi Teks, isi ulang dari sumbernya, lalu unggah lagi."
)
_SCIENTIFIC = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")
_WORD = re.compile(r"[^\W\d_]{3}")
_EMPTY = frozenset({"", "-", "–", "null", "NULL"})
_KINDS = {kind.value: kind for kind in EmployeeKind}
_PLAIN = ("name", "title_before", "title_after", "post", "unit", "opd")
_READERS = {"rank": particulars.rank_of, "email": particulars.email_of, "phone": particulars.phone_of}


class UnknownColumns(RuleBroken):
    """No sheet of the file has a row of headings with a NIP and a name."""

    sentence = say(
        "Baris judul tidak ditemukan. Berkas memerlukan kolom NIP BARU (atau NIP), NAMA, "
        "dan SATUAN KERJA NAMA atau UNOR NAMA."
    )


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One person as the file tells; None where the file is silent, the kind then as the number tells.

    `state` is whether she serves, `state_on` since when.
    """

    line: int
    nip: str
    name: str
    kind: EmployeeKind
    title_before: str | None = None
    title_after: str | None = None
    rank: str | None = None
    post: str | None = None
    unit: str | None = None
    opd: str | None = None
    email: str | None = None
    phone: str | None = None
    post_group: PostGroup | None = None
    is_kind_told: bool = True
    sheet: str = ""
    state: State | None = None
    state_on: dt.date | None = None

    @property
    def spot(self) -> Spot:
        """Where the line stands."""
        return self.sheet, self.line


_FIELDS = tuple(each.name for each in fields(RosterLine))
_VALUES = attrgetter(*_FIELDS)


@dataclass(frozen=True, slots=True)
class Roster:
    """What a file tells; `seen` holds every NIP that could be read, also on skipped lines.

    `is_complete` is False when some line's NIP could not be read, so that nobody may be called absent.
    """

    lines: tuple[RosterLine, ...]
    complaints: tuple[Complaint, ...]
    seen: frozenset[str]
    is_complete: bool


def read(content: bytes) -> Roster:
    """The people in all sheets that have a row of headings; UnreadableFile, OversizedSheet, UnknownColumns."""
    tables = [(name, *found, sheet) for name, sheet in grid.sheets(content) if (found := _headings(sheet))]
    if not tables:
        raise UnknownColumns
    reading = _Reading()
    for name, columns, first, sheet in tables:
        reading.add(name if len(tables) > 1 else "", columns, sheet, first)
    return Roster(tuple(reading.lines), tuple(reading.complaints), frozenset(reading.seen), reading.is_complete)


def stored(line: RosterLine) -> dict[str, Any]:
    """A line as it is stored with an import."""
    kept = dict(zip(_FIELDS, _VALUES(line), strict=True))
    if line.state_on:
        kept["state_on"] = line.state_on.isoformat()
    return kept


def line_of(stored: Mapping[str, Any]) -> RosterLine:
    """A line as it was stored with an import."""
    group = stored.get("post_group")
    kinds: dict[str, Any] = {"kind": _KINDS[stored["kind"]], "post_group": PostGroup(group) if group else None}
    if state := stored.get("state"):
        day = stored.get("state_on")
        kinds |= {"state": service.STATES[state], "state_on": dt.date.fromisoformat(day) if day else None}
    return RosterLine(**{**stored, **kinds})


def _headings(sheet: Grid) -> tuple[dict[str, int], int] | None:
    """The columns of the first row that can be one of headings, and the number of rows down to it."""
    for place, row in enumerate(islice(sheet, HEADING_ROWS)):
        columns = headings.columns(row)
        if columns.keys() >= {"nip", "name"} and columns.keys() & {"opd", "unit"}:
            return columns, place + 1
    return None


@dataclass
class _Reading:
    """What has been read so far; `seen` tells by NIP who stood where first."""

    lines: list[RosterLine] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    seen: dict[str, tuple[Spot, str]] = field(default_factory=dict)
    is_complete: bool = True

    def add(self, sheet: str, columns: dict[str, int], rows: Grid, first: int) -> None:
        """Read the rows of one sheet below its headings, but no notes below an empty line, as our own files have."""
        is_below = False
        for number, row in enumerate(rows[first:], start=first + 1):
            cells = {name: row[place] for name, place in columns.items() if place < len(row)}
            if not _text(cells.get("nip", "")) and not _text(cells.get("name", "")):
                is_below = is_below or not any(_text(cell) for cell in row)
            elif not (is_below and _is_remark(row, cells)):
                self._read((sheet, number), cells)

    def _read(self, spot: Spot, cells: dict[str, Cell]) -> None:
        texts = {name: _text(cell) for name, cell in cells.items()}
        try:
            sound = _nip(cells.get("nip", ""))
        except UnsoundNip as refusal:
            self._complain(spot, refusal.sentence)
            self.is_complete = False
            return
        name = texts.get("name", "")
        earlier, holder = self.seen.setdefault(sound.text, (spot, name))
        if earlier != spot:
            self._complain(spot, *_shared(earlier, holder, name))
            return
        for complaint in _contradictions(spot, sound, texts):
            self.complaints.append(complaint)
        line, remarks = _line(spot, sound, texts)
        for sentence in remarks:
            self._complain(spot, sentence, is_skipped=line is None)
        self.lines.extend([line] if line else [])

    def _complain(self, spot: Spot, sentence: str, doubt: Doubt | None = None, *, is_skipped: bool = True) -> None:
        sheet, number = spot
        self.complaints.append(Complaint(number, sentence, is_skipped, sheet, doubt))


def _shared(earlier: Spot, holder: str, name: str) -> tuple[str, Doubt | None]:
    """What to say of a NIP that was there before: a mere repetition, or two people with one number."""
    sheet, line = earlier[0], str(earlier[1])
    where = (
        say("lembar %(sheet)s baris %(line)s", sheet=sheet, line=line) if sheet else say("baris %(line)s", line=line)
    )
    if holder.casefold() == name.casefold():
        return say("NIP ini sudah ada di %(where)s; baris ini dilewati.", where=where), None
    facts = {"holder": holder, "where": where, "name": name}
    return (
        say("NIP milik “%(holder)s” di %(where)s dipakai juga oleh “%(name)s”; baris ini dilewati.", **facts),
        Doubt.SHARED_NIP,
    )


def _contradictions(spot: Spot, sound: Nip, texts: dict[str, str]) -> Iterator[Complaint]:
    """Whether the column of birth dates tells another day than the number."""
    text = texts.get("birth")
    day = days.read(text) if text else None
    if text and day is None:
        yield Complaint(spot[1], _ignored("birth", text), is_skipped=False, sheet=spot[0])
    elif day and day != sound.birth_on:
        facts = {"told": day, "known": sound.birth_on}
        sentence = say(
            "%(name)s lahir %(told)s menurut berkas, %(known)s menurut NIP.", name=texts.get("name"), **facts
        )
        yield Complaint(spot[1], sentence, is_skipped=False, sheet=spot[0], doubt=Doubt.BIRTH)
    kind = particulars.kind_of(texts.get("kind", ""), sound)
    if kind and sound.is_pppk != (kind in PPPK_KINDS):
        sentence = say(
            "Jenis pegawai %(kind)s tidak cocok dengan susunan angka NIP; baris ini dilewati.", kind=texts["kind"]
        )
        yield Complaint(spot[1], sentence, sheet=spot[0], doubt=Doubt.KIND)


def _is_remark(row: Sequence[Cell], cells: Mapping[str, Cell]) -> bool:
    """Whether a row is a note with its name: two cells, and words where a number would be."""
    return sum(bool(_text(cell)) for cell in row) <= 2 and bool(_WORD.search(_text(cells.get("nip", ""))))


def _text(cell: Cell) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    text = signs.without_hidden(" ".join(cell.lstrip("'").split()))
    return "" if text in _EMPTY else text


def _nip(cell: Cell) -> Nip:
    if isinstance(cell, float) or _SCIENTIFIC.fullmatch(cell.strip()):
        raise UnsoundNip(RUINED)
    return nip.parse(cell)


def _line(spot: Spot, sound: Nip, texts: dict[str, str]) -> tuple[RosterLine | None, list[str]]:
    """The person in a line and remarks on it; no person when the line is skipped."""
    kind = particulars.kind_of(texts.get("kind", ""), sound)
    state, puzzles = service.of(texts)
    faults = list(_faults(kind, texts, is_gone=state is not None and isinstance(state.state, LeaveReason)))
    if faults or kind is None or sound.is_pppk != (kind in PPPK_KINDS):
        return None, faults
    read: dict[str, Any] = {name: reader(texts.get(name, "")) for name, reader in _READERS.items()}
    remarks = [_ignored(name, texts[name]) for name, value in read.items() if value is None and texts.get(name)]
    remarks += puzzles
    if (text := texts.get("service")) and particulars.kind_of(text, sound) is None:
        remarks.append(_ignored("service", text))
    group, unknown = _group(texts)
    plain: dict[str, Any] = {name: texts.get(name) or None for name in _PLAIN}
    if not plain["title_before"] and not plain["title_after"]:
        plain |= naming.parted(texts["name"])._asdict()
    line = RosterLine(
        line=spot[1],
        sheet=spot[0],
        nip=sound.text,
        kind=kind,
        is_kind_told=particulars.is_kind_told(texts.get("kind", "")),
        post_group=group,
        state=state.state if state else None,
        state_on=state.since if state else None,
        **plain,
        **read,
    )
    return line, remarks + unknown


def _group(texts: dict[str, str]) -> tuple[PostGroup | None, list[str]]:
    """The group of the post by the first column that tells it, and remarks on what could not be read."""
    remarks = []
    for name in ("post_group", "post_kind"):
        text = texts.get(name, "")
        if group := posts.group_of(text):
            return group, []
        if not posts.is_silent(text):
            remarks.append(_ignored(name, text))
    return None, remarks


def _ignored(name: str, text: str) -> str:
    return say(
        "%(data)s “%(text)s” tidak dikenali dan diabaikan; bagian lain baris ini tetap dipakai.",
        data=headings.NAMES[name],
        text=text,
    )


def _faults(kind: EmployeeKind | None, texts: dict[str, str], *, is_gone: bool) -> Iterator[str]:
    if not texts.get("name"):
        yield say("Nama kosong.")
    if not texts.get("opd") and not texts.get("unit") and not is_gone:
        yield say("OPD dan unit kerja kosong.")
    if kind is None:
        yield say("Jenis pegawai “%(kind)s” bukan PNS, CPNS, PPPK, atau PPPK Paruh Waktu.", kind=texts["kind"])
    too_long = [name for name, most in headings.LONGEST.items() if len(texts.get(name, "")) > most]
    for name in too_long:
        most = str(headings.LONGEST[name])
        yield say("%(data)s lebih panjang dari %(most)s huruf.", data=headings.NAMES[name], most=most)
    if not too_long and is_too_long(texts.get("name", ""), texts.get("title_before"), texts.get("title_after")):
        yield say("Nama beserta gelar lebih panjang dari %(most)s huruf.", most=str(LONGEST_NAME))

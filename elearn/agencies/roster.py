"""The roster of employees as HR exports it from SIASN, read line by line; pure.

Columns are known by their names, in any order, with the spellings met in practice; others are passed over.
A line whose essentials cannot be trusted is skipped with a complaint that says why.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from elearn.agencies import grid, headings, nip, particulars
from elearn.agencies.difference import Complaint
from elearn.agencies.directory import Directory, UnknownAgency
from elearn.agencies.grid import Cell, Grid
from elearn.agencies.nip import Nip, UnsoundNip
from elearn.agencies.rules import PPPK_KINDS, EmployeeKind, Person
from elearn.core import signs
from elearn.core.errors import RuleBroken

HEADING_ROWS = 20
RUINED = (
    "NIP tersimpan sebagai angka, bukan teks. Excel hanya menyimpan 15 angka pertama, sehingga 3 angka terakhir "
    "sudah hilang. Ubah format kolom NIP menjadi Teks, isi ulang dari sumbernya, lalu unggah lagi."
)
_SCIENTIFIC = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")
_EMPTY = frozenset({"", "-", "–", "null", "NULL"})


class UnknownColumns(RuleBroken):
    """No sheet of the file has a row of headings with a NIP and a name."""

    sentence = (
        "Baris judul tidak ditemukan. Berkas memerlukan kolom NIP BARU (atau NIP), NAMA, "
        "dan SATUAN KERJA NAMA atau UNOR NAMA."
    )


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One person as the file tells; None where the file is silent."""

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
    """The people in the first sheet that has a row of headings; UnreadableFile, OversizedSheet, UnknownColumns."""
    for sheet in grid.read(content):
        for place, row in enumerate(islice(sheet, HEADING_ROWS)):
            columns = headings.columns(row)
            if columns.keys() >= {"nip", "name"} and columns.keys() & {"opd", "unit"}:
                return _read_lines(columns, sheet, place + 1)
    raise UnknownColumns


def _read_lines(columns: dict[str, int], sheet: Grid, first: int) -> Roster:
    lines: list[RosterLine] = []
    complaints: list[Complaint] = []
    seen: dict[str, int] = {}
    is_complete = True
    for number, row in enumerate(sheet[first:], start=first + 1):
        cells = {field: row[place] for field, place in columns.items() if place < len(row)}
        if not _text(cells.get("nip", "")) and not _text(cells.get("name", "")):
            continue
        try:
            sound = _nip(cells.get("nip", ""))
        except UnsoundNip as refusal:
            complaints.append(Complaint(number, refusal.sentence))
            is_complete = False
            continue
        if (earlier := seen.setdefault(sound.text, number)) != number:
            complaints.append(Complaint(number, f"NIP ini sudah ada di baris {earlier}; baris ini dilewati."))
            continue
        line, remarks = _line(number, sound, {field: _text(cell) for field, cell in cells.items()})
        complaints.extend(Complaint(number, sentence, is_skipped=line is None) for sentence in remarks)
        lines.extend([line] if line else [])
    return Roster(tuple(lines), tuple(complaints), frozenset(seen), is_complete)


def _text(cell: Cell) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    text = signs.without_hidden(" ".join(cell.lstrip("'").split()))
    return "" if text in _EMPTY else text


def _nip(cell: Cell) -> Nip:
    if isinstance(cell, float) or _SCIENTIFIC.fullmatch(cell.strip()):
        raise UnsoundNip(RUINED)
    return nip.parse(cell)


def _line(number: int, sound: Nip, texts: dict[str, str]) -> tuple[RosterLine | None, list[str]]:
    """The person in a line and remarks on it; no person when the remarks say why the line is skipped."""
    kind = particulars.kind_of(texts.get("kind", ""), sound)
    faults = list(_faults(sound, kind, texts))
    if faults or kind is None:
        return None, faults
    readers = {"rank": particulars.rank_of, "email": particulars.email_of, "phone": particulars.phone_of}
    read = {field: reader(texts.get(field, "")) for field, reader in readers.items()}
    remarks = [
        f"{headings.NAMES[field]} “{texts[field]}” tidak dikenali dan diabaikan; bagian lain baris ini tetap dipakai."
        for field, value in read.items()
        if value is None and texts.get(field)
    ]
    plain = {field: texts.get(field) or None for field in ("title_before", "title_after", "post", "unit", "opd")}
    return RosterLine(line=number, nip=sound.text, name=texts["name"], kind=kind, **plain, **read), remarks


def _faults(sound: Nip, kind: EmployeeKind | None, texts: dict[str, str]) -> Iterator[str]:
    if not texts.get("name"):
        yield "Nama kosong."
    if not texts.get("opd") and not texts.get("unit"):
        yield "OPD dan unit kerja kosong."
    if kind is None:
        yield f"Jenis pegawai “{texts['kind']}” bukan PNS, CPNS, PPPK, atau PPPK Paruh Waktu."
    elif sound.is_pppk != (kind in PPPK_KINDS):
        yield f"Jenis pegawai {texts['kind']} tidak cocok dengan susunan angka NIP."
    for field, most in headings.LONGEST.items():
        if len(texts.get(field, "")) > most:
            yield f"{headings.NAMES[field]} lebih panjang dari {most} huruf."


def people(lines: Iterable[RosterLine], directory: Directory) -> tuple[dict[int, Person], list[Complaint]]:
    """The people by line, each at her agency, and complaints on the lines whose agency is not known."""
    found: dict[int, Person] = {}
    complaints = []
    for line in lines:
        try:
            agency_id = directory.find(line.opd, line.unit)
        except UnknownAgency as refusal:
            complaints.append(Complaint(line.line, refusal.sentence))
            continue
        found[line.line] = Person(
            nip=line.nip,
            name=line.name,
            kind=line.kind,
            agency_id=agency_id,
            post=line.post,
            title_before=line.title_before,
            title_after=line.title_after,
            rank=line.rank,
            email=line.email,
            phone=line.phone,
        )
    return found, complaints

"""A report's file read back, within bounds: its cells, its notes, and the address at which it says it can be checked.

XLSX, CSV and JSON, as they were given out or as another program saved them again: a day may have become
22/11/2026, a share 72,80%, a NIP may have lost its tab. What a cell then means is said as `core.tables` says it.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import Any

from elearn.core import clock, grid
from elearn.core.errors import RuleBroken
from elearn.core.grid import Bounds, Grid, LiveSheet
from elearn.core.speech import say
from elearn.core.tables import Kind, csv_cell, harmless

BOUNDS = Bounds(cells=300_000, lines=30_000, unpacked=25_000_000, may_reckon=False)
"""Twenty-five thousand people with all their columns; more would keep a small machine busy for a stranger."""
MOST_SHEETS = 5
DATA, NOTES = "Data", "Keterangan"
TITLE, FINGERPRINT = "Judul", "SHA-256 data"
PARTS_OF_JSON = frozenset({"title", "as_of", "filters", "columns", "rows", "total", "notes", "sha256"})
MOST_SHARE = 1_000_000
EPOCH = date(1899, 12, 30)
"""Day 0 of a workbook."""

_HALVES = re.compile(rb"\\u[dD][89a-fA-F]")

Notes = list[tuple[str, str]]


class NotReadable(RuleBroken):
    """The file is none of the kinds in which reports are given out, or is broken, or is far larger than they are."""

    sentence = say(
        "Berkas ini tidak dapat dibaca. Pilih berkas PDF, XLSX, CSV, atau JSON sebagaimana Anda menerimanya, tanpa "
        "kata sandi."
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: its lines of cells (titles, rows, total), its notes, and what no file of ours has.

    `told` is what it says of itself beside its notes: its title; in JSON also its day, filters and so on.
    """

    cells: Sequence[Sequence[Any]]
    notes: Notes
    told: Mapping[str, Any]
    strange: Sequence[str] = ()

    @property
    def claims_to_be_ours(self) -> bool:
        """Whether it carries the note that every file of a report carries."""
        return any(name == FINGERPRINT for name, _ in self.notes)

    def lines(self, kinds: Sequence[Kind]) -> list[list[str]]:
        """The cells as the CSV has them, for columns of these kinds; what stands beside them stays there."""
        titles, *rows = [_cut(row, len(kinds)) for row in self.cells] or [[]]
        return [[_text(cell) for cell in titles], *(_meant(row, kinds) for row in rows)]


def read(content: bytes) -> Reading:
    """The file as it means; NotReadable, and LiveSheet for a workbook that reckons."""
    try:
        if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            return _of_json(content)
        sheets = list(islice(grid.sheets(content, BOUNDS), MOST_SHEETS))
    except LiveSheet:
        raise
    except (grid.UnreadableFile, grid.OversizedSheet, ValueError, RecursionError):
        raise NotReadable(field="file") from None
    return _of_sheets(sheets)


def _of_sheets(sheets: Sequence[tuple[str, Grid]]) -> Reading:
    """A workbook with its notes on a sheet of their own, or one sheet with the notes below."""
    named = {name: _trimmed(cells) for name, cells in reversed(sheets)}
    if DATA in named and NOTES in named:
        notes = _notes(named[NOTES])
        is_titled = bool(notes) and notes[0][0] == TITLE
        told = {"title": notes[0][1] if is_titled else ""}
        strange = [name for name, _ in sheets if name not in (DATA, NOTES)]
        return Reading(named[DATA], notes[is_titled:], told, strange)
    cells = _trimmed(sheets[0][1]) if sheets else []
    gap = max((n for n, row in enumerate(cells) if _is_empty(row)), default=len(cells))
    return Reading(_trimmed(cells[:gap]), _notes(cells[gap + 1 :]), {}, [name for name, _ in sheets[1:]])


def _of_json(content: bytes) -> Reading:
    """The file for programs; ValueError for what is no such file."""
    if (
        content.count(b"{") > BOUNDS.lines
        or content.count(b"[") > BOUNDS.lines
        or content.count(b",") > 2 * BOUNDS.cells
    ):
        raise NotReadable(field="file")
    told = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_object)
    if _HALVES.search(content):
        json.dumps(told, ensure_ascii=False).encode()  # half a sign is none, and no page can show it
    columns, rows, notes = told.get("columns"), told.get("rows"), told.get("notes")
    if not (_are_objects(columns) and _are_objects(rows) and isinstance(notes, dict)):
        raise NotReadable(field="file")
    total = told.get("total")
    rows = [*rows, *([total] if isinstance(total, dict) else [])]
    keys = [str(column.get("key")) for column in columns]
    strange = [*sorted(told.keys() - PARTS_OF_JSON), *sorted({key for row in rows for key in row.keys() - set(keys)})]
    titles = [_plain(column.get("title")) for column in columns]
    cells = [titles, *([_plain(row.get(key)) for key in keys] for row in rows)]
    said = {name: told.get(name) for name in ("title", "as_of", "filters", "columns", "sha256")}
    return Reading(cells, [(name, str(text)) for name, text in notes.items()], said, strange)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON whose names differ; programs do not agree what two of one name mean."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _are_objects(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _plain(value: Any) -> Any:
    """A value of JSON as a cell."""
    if value is None:
        return ""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number else harmless(str(value))


def _notes(rows: Iterable[Sequence[Any]]) -> Notes:
    filled = (_cut(row, 0) for row in rows)
    return [(_text(row[0]), "\t".join(map(_text, row[1:]))) for row in filled if row]


def _trimmed(rows: Sequence[Sequence[Any]]) -> Sequence[Sequence[Any]]:
    """The rows up to the last one with anything in it."""
    last = max((n for n, row in enumerate(rows, start=1) if not _is_empty(row)), default=0)
    return rows[:last]


def _is_empty(row: Sequence[Any]) -> bool:
    return all(cell == "" for cell in row)


def _cut(row: Sequence[Any], least: int) -> list[Any]:
    """The row without empty cells at its end, but of at least so many."""
    last = max((n for n, cell in enumerate(row, start=1) if cell != ""), default=0)
    return [*row[:last], *[""] * (least - last)]


def _meant(row: Sequence[Any], kinds: Sequence[Kind]) -> list[str]:
    """A row as the CSV has it, with what stands beyond its columns."""
    known = [meant(cell, kind) for cell, kind in zip(row, kinds, strict=False)]
    return [*known, *map(_text, row[len(kinds) :])]


def meant(cell: Any, kind: Kind) -> str:
    """A cell of a kind as the CSV has it; what cannot be of that kind, as the text it is."""
    return READERS.get(kind, _text)(cell) if cell != "" else ""


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _nip(cell: Any) -> str:
    text = _text(cell)
    return csv_cell(text.strip(), "nip") if text.strip().isdigit() else text


_COUNT = re.compile(r"'?(-?\d{1,15})(?:[.,](\d{1,15}))?")
_SHARE = re.compile(r"(-?\d{1,6})(?:[.,](\d{1,12}))?\s?%")


def _count(cell: Any) -> str:
    found = _COUNT.fullmatch(_text(cell).strip())
    if found is None:
        return _text(cell)
    whole, part = found.groups()
    return csv_cell(float(f"{whole}.{part}") if part and part.strip("0") else int(whole), "count")


def _percent(cell: Any) -> str:
    if not isinstance(cell, str):
        return csv_cell(float(cell), "percent") if abs(cell) < MOST_SHARE else _text(cell)
    found = _SHARE.fullmatch(cell.strip())
    return csv_cell(float(f"{found[1]}.{found[2] or 0}") / 100, "percent") if found else cell


def _date(cell: Any) -> str:
    found = _instant_of(cell)
    is_day = found is not None and (found.hour, found.minute, found.second) == (0, 0, 0)
    return found.date().isoformat() if found and is_day else _text(cell)


def _instant(cell: Any) -> str:
    found = _instant_of(cell)
    return found.strftime("%Y-%m-%d %H:%M") if found else _text(cell)


_WRITTEN = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[ T](\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?)?")


@lru_cache(maxsize=4096)
def _instant_of(cell: Any) -> datetime | None:
    """The day and time of a cell on the regency's clocks, to the second; None for what is none."""
    try:
        if not isinstance(cell, str):
            found = datetime.combine(EPOCH, datetime.min.time()) + timedelta(days=cell)
        elif written := _WRITTEN.fullmatch(cell.strip()):
            day, month, year, hour, minute, second = (int(part or 0) for part in written.groups())
            found = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - as the regency's clocks show it
        else:
            found = datetime.fromisoformat(cell.strip())
            found = clock.local(found).replace(tzinfo=None) if found.tzinfo else found
        return (found + timedelta(milliseconds=500)).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None


READERS: dict[Kind, Callable[[Any], str]] = {
    "nip": _nip,
    "count": _count,
    "percent": _percent,
    "date": _date,
    "instant": _instant,
}

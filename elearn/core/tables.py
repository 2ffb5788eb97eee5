"""One Table, many papers: rows of plain values become CSV or XLSX here, HTML and PDF in templates.

A spreadsheet must never run what somebody typed as their name, and must never round a NIP. So a text that
begins like a formula gets an apostrophe (OWASP, CSV injection), and a NIP is written as text: in XLSX by the
type of its cell, in CSV by a leading tab, which spreadsheets do not show and careful readers strip.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache, partial
from hashlib import sha256
from typing import Any, Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from elearn.core import clock

CSV_TYPE = "text/csv"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JSON_TYPE = "application/json"

Kind = Literal["text", "code", "nip", "count", "percent", "date", "instant"]
Row = Mapping[str, Any]
Lines = Sequence[Sequence[str]]
Formats = Mapping[Kind, Format]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NUMBER_FORMATS: dict[Kind, str] = {
    "text": "@",
    "code": "@",
    "nip": "@",
    "count": "#,##0",
    "percent": "0.0%",
    "date": "dd-mm-yyyy",
    "instant": "dd-mm-yyyy hh:mm",
}
WIDTHS: dict[Kind, int] = {
    "text": 12,
    "code": 20,
    "nip": 20,
    "count": 12,
    "percent": 10,
    "date": 12,
    "instant": 18,
}
WIDEST = 60
TEXTS: tuple[Kind, ...] = ("text", "code", "nip")
"""The kinds of columns whose cells are texts in a workbook."""
UNLIKE: tuple[Kind, ...] = ("code", "nip", "instant")
"""The kinds of columns whose cells are nearly all different."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the key of its values in a row, the title above it, and what kind of value it holds.

    `lang` is the language of its values where they are content, whatever language the page is in.
    """

    key: str
    title: str
    kind: Kind = "text"
    lang: str = ""

    @property
    def is_number(self) -> bool:
        """Whether its values are aligned to the right."""
        return self.kind in ("count", "percent")


@dataclass(frozen=True, slots=True)
class Table:
    """A report as plain facts: its rows, its row of totals if any, and notes on what it shows.

    A share in a `percent` column counts from 0 to 1; an instant is aware. `lines` are what `lines_of` it says, where
    it was asked before: a file of thousands of rows is hashed, checked and written of the same.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    notes: Sequence[tuple[str, str]] = ()
    total: Row | None = None
    lines: Lines | None = field(default=None, compare=False, repr=False)

    @property
    def all_rows(self) -> list[Row]:
        """The rows and then, if there is one, the row of totals."""
        return [*self.rows, self.total] if self.total else list(self.rows)


def harmless(text: str) -> str:
    """The text, with an apostrophe before it when a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def to_csv(table: Table) -> bytes:
    """The table for a spreadsheet set to Indonesian: UTF-8 BOM, semicolons, decimal comma; notes below."""
    notes = [(harmless(name), harmless(text)) for name, text in table.notes]
    return b"\xef\xbb\xbf" + data_of(table) + (_csv([[], *notes]) if notes else b"")


def data_of(table: Table) -> bytes:
    """The titles, rows and totals as they stand in the CSV file, without its BOM and the notes below."""
    return _csv(lines_of(table))


def lines_of(table: Table) -> Lines:
    """The cells of `data_of`, line by line, the titles first."""
    if table.lines is not None:
        return table.lines
    rows = table.all_rows
    cells = (_written([row.get(column.key) for row in rows], column.kind) for column in table.columns)
    return [[harmless(column.title) for column in table.columns], *map(list, zip(*cells, strict=True))]


def _written(values: Iterable[Any], kind: Kind) -> Iterable[str]:
    """The cells of a column as CSV text; most columns say few things many times."""
    write = partial(csv_cell, kind=kind)
    return map(write if kind in UNLIKE else lru_cache(maxsize=1024, typed=True)(write), values)


def fingerprint(table: Table) -> str:
    """The SHA-256 of `data_of` the table, in hexadecimal: the same for the same figures, whoever asks and when."""
    return print_of(lines_of(table))


def print_of(lines: Lines) -> str:
    """The SHA-256 of lines of cells as CSV has them: `fingerprint` of a table whose `lines_of` they are."""
    return sha256(_csv(lines)).hexdigest()


def _csv(lines: Lines) -> bytes:
    sheet = io.StringIO()
    csv.writer(sheet, delimiter=";", lineterminator="\r\n").writerows(lines)
    return sheet.getvalue().encode()


def to_json(table: Table, *, as_of: date, filters: Mapping[str, str]) -> bytes:
    """The table for programs: titles, filters, rows by the keys of the columns, notes, fingerprint."""
    told = {
        "title": table.title,
        "as_of": as_of.isoformat(),
        "filters": dict(filters),
        "columns": [{"key": c.key, "title": c.title, "kind": c.kind} for c in table.columns],
        "rows": [_plain_row(table, row) for row in table.rows],
        "total": _plain_row(table, table.total) if table.total else None,
        "notes": dict(table.notes),
        "sha256": fingerprint(table),
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _plain_row(table: Table, row: Row) -> dict[str, Any]:
    """A row as JSON has it: days and instants in ISO 8601, shares from 0 to 1."""
    return {column.key: _plain(row.get(column.key)) for column in table.columns}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return clock.local(value).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def csv_cell(value: Any, kind: Kind) -> str:
    """One value as CSV text; an instant to the minute, a share to a tenth of a percent."""
    if value is None:
        return ""
    if kind == "nip" and str(value).isdigit():
        return f"\t{value}"
    if kind == "percent":
        return f"{value * 100:.1f}%".replace(".", ",")
    if isinstance(value, datetime):
        return clock.local(value).strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else harmless(str(value))


def to_xlsx(table: Table) -> bytes:
    """The table as a workbook: header frozen and filterable, NIP as text, notes on a sheet *Keterangan*."""
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": table.title})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        sheet, lines = book.add_worksheet("Data"), lines_of(table)
        plain, last = _formats(book), _formats(book, bold=True, top=1)
        _write_head(sheet, table, lines, head, plain)
        _write_rows(sheet, table.columns, table.rows, lines, plain)
        if table.total:
            for place, column in enumerate(table.columns):
                sheet.write_blank(len(lines) - 1, place, None, last[column.kind])
            _write_rows(sheet, table.columns, [table.total], lines, last, first=len(lines) - 1)
        _write_notes(book.add_worksheet("Keterangan"), table, head)
    return file.getvalue()


def _formats(book: Workbook, **more: Any) -> Formats:
    return {kind: book.add_format({"num_format": code, **more}) for kind, code in NUMBER_FORMATS.items()}


def _write_head(sheet: Worksheet, table: Table, lines: Lines, head: Format, formats: Formats) -> None:
    """The header, which stays in sight and prints on each page, and the width and the format of each column."""
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _width(column, (line[place] for line in lines[1:])), formats[column.kind])
        sheet.write_string(0, place, lines[0][place], head)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _width(column: Column, texts: Iterable[str]) -> int:
    """Wide enough for what stands in a text column, within bounds; fixed for the other kinds."""
    least = max(WIDTHS[column.kind], min(len(column.title) + 2, 16))
    if column.kind != "text":
        return least
    longest = max(map(len, texts), default=0)
    return min(max(least, longest + 2), WIDEST)


def _write_rows(
    sheet: Worksheet, columns: Sequence[Column], rows: Iterable[Row], lines: Lines, formats: Formats, first: int = 1
) -> None:
    """Rows from one on, each cell written by its kind, so that no text is ever taken for a number or a formula.

    A text is that of its line in CSV, where a NIP begins with a tab; an empty cell looks like its column.
    """
    cells = [(place, column.key, column.kind, formats[column.kind]) for place, column in enumerate(columns)]
    for number, row in enumerate(rows, start=first):
        line = lines[number]
        for place, key, kind, shape in cells:
            value = row.get(key)
            if value is None:
                continue
            if kind in TEXTS:
                sheet.write_string(number, place, line[place].removeprefix("\t"), shape)
            elif isinstance(value, datetime):
                sheet.write_datetime(number, place, clock.local(value).replace(tzinfo=None, microsecond=0), shape)
            elif isinstance(value, date):
                sheet.write_datetime(number, place, value, shape)
            else:
                sheet.write_number(number, place, value, shape)


def _write_notes(sheet: Worksheet, table: Table, head: Format) -> None:
    """What the workbook shows, as of when, and who made it."""
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 80)
    for number, (name, text) in enumerate([("Judul", table.title), *table.notes]):
        sheet.write_string(number, 0, name, head)
        sheet.write_string(number, 1, harmless(text))

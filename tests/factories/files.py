"""Files of reports as people pass them on: saved anew by other programs, sorted, cut, patched together."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

Sheets = dict[str, list[list[Any]]]


def sheets_of(content: bytes) -> Sheets:
    """The values of a workbook, sheet by sheet."""
    return {sheet.title: [list(row) for row in sheet.values] for sheet in load_workbook(io.BytesIO(content))}


def resaved(sheets: Sheets) -> bytes:
    """A workbook of these values and nothing else, by another writer."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def bare(content: bytes) -> bytes:
    """The same workbook by a writer that knows no styles: its days are numbers."""
    file, given = io.BytesIO(), CalamineWorkbook.from_filelike(io.BytesIO(content))
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name in given.sheet_names:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(given.get_sheet_by_name(name).to_python()):
                for place, cell in enumerate(row):
                    sheet.write(number, place, serial(cell))
    return file.getvalue()


def serial(cell: Any) -> Any:
    """A day or an instant as the number of days a workbook keeps of it; anything else as it is."""
    if isinstance(cell, datetime):
        return (cell - datetime(1899, 12, 30)).total_seconds() / 86_400  # noqa: DTZ001 - as a workbook has it
    return (cell - date(1899, 12, 30)).days if isinstance(cell, date) else cell


def lines_of(content: bytes) -> list[list[str]]:
    """The lines of a CSV file."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def as_csv(lines: Sequence[Sequence[str]], *, separator: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """Lines as a CSV file, each as long as the longest, as spreadsheets save them."""
    widest = max(map(len, lines))
    file = io.StringIO()
    csv.writer(file, delimiter=separator).writerows([*line, *[""] * (widest - len(line))] for line in lines)
    return file.getvalue().encode(encoding)

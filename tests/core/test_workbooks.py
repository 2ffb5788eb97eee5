"""The golden workbook: read back by another reader and by its own XML, as a spreadsheet opens and prints it."""

import io
from datetime import UTC, date, datetime
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from elearn.core.tables import WIDEST, Column, Table, to_xlsx

NIP = "198609262015051001"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TABLE = Table(
    "Ketuntasan per pegawai",
    (
        Column("name", "Nama"),
        Column("nip", "NIP", "nip"),
        Column("count", "Jumlah", "count"),
        Column("share", "Persen", "percent"),
        Column("day", "Tenggat", "date"),
        Column("at", "Dibuat", "instant"),
    ),
    (
        {
            "name": "Siti Aminah binti Abdurrahman, S.Kep., Ners",
            "nip": NIP,
            "count": 1234,
            "share": 0.728,
            "day": date(2026, 11, 22),
            "at": datetime(2026, 11, 22, 3, 32, tzinfo=UTC),
        },
        {"name": "=HYPERLINK(1)", "nip": "000000000000000001", "count": 0, "share": None, "day": None, "at": None},
    ),
    notes=(("Per tanggal", "22 November 2026"), ("Catatan", "@SUM(1)")),
    total={"name": "Jumlah", "count": 1234, "share": 0.5},
)


@pytest.fixture(scope="module")
def file() -> bytes:
    """The workbook."""
    return to_xlsx(TABLE)


@pytest.fixture(scope="module")
def sheet(file: bytes) -> Any:
    """The XML of the sheet of data."""
    return part(file, "xl/worksheets/sheet1.xml")


def part(file: bytes, name: str) -> Any:
    """One part of a workbook."""
    with ZipFile(io.BytesIO(file)) as book:
        return etree.fromstring(book.read(name))


def test_the_golden_workbook_is_read_back_cell_by_cell(file: bytes) -> None:
    """A NIP as text with its zeros, days and instants as such in local time, a name never as a formula."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(file))
    assert ["Data", "Keterangan"] == book.sheet_names
    assert [
        ["Nama", "NIP", "Jumlah", "Persen", "Tenggat", "Dibuat"],
        [
            "Siti Aminah binti Abdurrahman, S.Kep., Ners",
            NIP,
            1234.0,
            0.728,
            date(2026, 11, 22),
            datetime(2026, 11, 22, 10, 32),  # noqa: DTZ001
        ],
        ["'=HYPERLINK(1)", "000000000000000001", 0.0, "", "", ""],
        ["Jumlah", "", 1234.0, 0.5, "", ""],
    ] == book.get_sheet_by_name("Data").to_python()
    assert [
        ["Judul", "Ketuntasan per pegawai"],
        ["Per tanggal", "22 November 2026"],
        ["Catatan", "'@SUM(1)"],
    ] == book.get_sheet_by_name("Keterangan").to_python()


def test_nothing_in_it_is_a_formula_and_a_nip_is_no_number(sheet: Any) -> None:
    """By the types of the cells themselves."""
    assert [] == sheet.findall(f".//{SHEET}f")
    types = {cell.get("r"): cell.get("t") for cell in sheet.iter(f"{SHEET}c")}
    assert ["s", "s", None, None, None, None] == [types[f"{column}2"] for column in "ABCDEF"]
    assert "s" == types["B3"]


def test_dates_and_shares_are_shown_in_the_indonesian_order(file: bytes) -> None:
    """Day, month, year; a share as a percentage; digits of a NIP as text."""
    codes = {each.get("formatCode") for each in part(file, "xl/styles.xml").iter(f"{SHEET}numFmt")}
    assert {"dd-mm-yyyy", "dd-mm-yyyy hh:mm", "0.0%"} <= codes


def test_each_column_is_as_wide_as_what_stands_in_it(sheet: Any) -> None:
    """A NIP and a name are read without dragging a border; nothing is wider than a screen."""
    widths = {int(each.get("min")): float(each.get("width")) for each in sheet.iter(f"{SHEET}col")}
    assert [1, 2, 3, 4, 5, 6] == sorted(widths)
    assert len(TABLE.rows[0]["name"]) < widths[1] <= WIDEST + 1
    assert len(NIP) < widths[2]


def test_a_text_beyond_all_bounds_widens_no_column_beyond_a_screen() -> None:
    """The widest column has its bound."""
    file = to_xlsx(Table("Lebar", (Column("name", "Nama"),), ({"name": "x" * 500},)))
    [column] = part(file, "xl/worksheets/sheet1.xml").iter(f"{SHEET}col")
    assert WIDEST <= float(column.get("width")) <= WIDEST + 1


def test_the_header_stays_in_sight_and_filters_all_rows_but_the_total(sheet: Any) -> None:
    """The pane is frozen below the first row; a filter never hides or sorts the total away."""
    [pane] = sheet.iter(f"{SHEET}pane")
    assert ("1", "A2", "frozen") == (pane.get("ySplit"), pane.get("topLeftCell"), pane.get("state"))
    assert "A1:F3" == sheet.find(f"{SHEET}autoFilter").get("ref")


def test_it_prints_across_a4_with_the_titles_on_each_page(file: bytes, sheet: Any) -> None:
    """As wide as the paper, as long as it takes."""
    setup = sheet.find(f"{SHEET}pageSetup")
    assert ("9", "landscape", "0") == (setup.get("paperSize"), setup.get("orientation"), setup.get("fitToHeight"))
    names = {each.get("name"): each.text for each in part(file, "xl/workbook.xml").iter(f"{SHEET}definedName")}
    assert "Data!$1:$1" == names["_xlnm.Print_Titles"]

"""One Table becomes CSV and XLSX that spreadsheets neither run nor ruin."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from elearn.core.tables import FORMULA_STARTS, NUMBER_FORMATS, Column, Table, harmless, to_csv, to_xlsx

NIP = "198609262015051001"
COLUMNS = (
    Column("name", "Nama"),
    Column("nip", "NIP", "nip"),
    Column("count", "Jumlah", "count"),
    Column("share", "Persen", "percent"),
    Column("day", "Tanggal", "date"),
    Column("at", "Waktu", "instant"),
)
ROW = {
    "name": "Siti Aminah, S.Kep.",
    "nip": NIP,
    "count": 1234,
    "share": 0.728,
    "day": date(2026, 11, 22),
    "at": datetime(2026, 11, 22, 3, 32, tzinfo=UTC),
}


def a_table(*rows: dict[str, Any], **facts: Any) -> Table:
    """A table with one column of each kind."""
    return Table("Uji", COLUMNS, rows or (ROW,), **facts)


def csv_rows(table: Table) -> list[list[str]]:
    """The cells of the table's CSV."""
    text = to_csv(table).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def workbook(table: Table) -> Any:
    """The table's XLSX, opened."""
    return load_workbook(io.BytesIO(to_xlsx(table)))


def test_csv_is_what_an_indonesian_spreadsheet_expects() -> None:
    """UTF-8 with BOM, semicolons, decimal comma, local time."""
    assert to_csv(a_table()).startswith(b"\xef\xbb\xbfNama;NIP;")
    expected = ["Siti Aminah, S.Kep.", f"\t{NIP}", "1234", "72,8%", "2026-11-22", "2026-11-22 10:32"]
    assert expected == csv_rows(a_table())[1]


def test_csv_keeps_the_notes_below_the_rows() -> None:
    """A reader of the header and the rows meets the notes only after an empty line."""
    rows = csv_rows(a_table(notes=[("Per tanggal", "22 November 2026")], total={"name": "Jumlah", "count": 1}))
    assert [["Jumlah", "", "1", "", "", ""], [], ["Per tanggal", "22 November 2026"]] == rows[2:]


def test_xlsx_keeps_a_nip_as_text_and_types_the_rest() -> None:
    """18 digits stay 18 digits; counts, shares and days are values that can be reckoned with."""
    cells = workbook(a_table())["Data"][2]
    assert (NIP, "s", "@") == (cells[1].value, cells[1].data_type, cells[1].number_format)
    assert [1234, 0.728] == [cells[2].value, cells[3].value]
    assert [datetime(2026, 11, 22), datetime(2026, 11, 22, 10, 32)] == [c.value for c in cells[4:]]  # noqa: DTZ001


def test_xlsx_freezes_its_header_and_carries_its_notes() -> None:
    """The header stays in sight, the columns are wide enough, and a sheet says what is shown."""
    book = workbook(a_table(notes=[("Dibuat oleh", "Ratna")]))
    assert ["Data", "Keterangan"] == book.sheetnames
    assert book["Data"].freeze_panes == "A2"
    assert book["Data"].column_dimensions["A"].width > len(ROW["name"])
    assert [("Judul", "Uji"), ("Dibuat oleh", "Ratna")] == list(book["Keterangan"].values)


def test_a_value_that_is_missing_stays_empty() -> None:
    """Nothing is neither zero nor a dash in a file."""
    empty = dict.fromkeys(ROW)
    assert [""] * 6 == csv_rows(a_table(empty))[1]
    assert [None] * 6 == [cell.value for cell in workbook(a_table(empty))["Data"][2]]


def test_an_empty_cell_looks_like_its_column() -> None:
    """What is typed into it becomes what its neighbours are, a NIP text; the line above the total has no gaps."""
    sheet = workbook(a_table(dict.fromkeys(ROW), total={"name": "Jumlah"}))["Data"]
    formats = [sheet.column_dimensions[letter].number_format for letter in "ABCDEF"]
    assert [NUMBER_FORMATS[column.kind] for column in COLUMNS] == formats
    assert ["thin"] * 6 == [cell.border.top.style for cell in sheet[3]]
    assert ["Jumlah", *[None] * 5] == [cell.value for cell in sheet[3]]


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_what_begins_like_a_formula_is_made_harmless(start: str) -> None:
    """An apostrophe stands before it in both kinds of file, and in notes."""
    evil = f"{start}HYPERLINK(1)"
    table = a_table({**ROW, "name": evil}, notes=[("Catatan", evil)])
    assert csv_rows(table)[1][0] == f"'{evil}"
    assert csv_rows(table)[-1][1] == f"'{evil}"
    cell = workbook(table)["Data"][2][0]
    assert "s" == cell.data_type
    assert cell.value.startswith("'")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_no_cell_ever_begins_like_a_formula(text: str) -> None:
    """Whatever somebody is called."""
    assert not harmless(text).startswith(FORMULA_STARTS)
    assert harmless(text).removeprefix("'") == text.removeprefix("'")


def test_a_nip_that_is_no_number_is_guarded_like_any_text() -> None:
    """The tab that keeps digits from being rounded is for digits only."""
    assert csv_rows(a_table({**ROW, "nip": "=1+1"}))[1][1] == "'=1+1"


def test_an_empty_table_is_a_table() -> None:
    """Header and notes without a row."""
    table = Table("Kosong", COLUMNS, ())
    assert 1 == len(csv_rows(table))
    assert 1 == workbook(table)["Data"].max_row

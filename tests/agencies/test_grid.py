"""Spreadsheets as they come: encodings, separators, numbers, and files that would hurt."""

import io
import zipfile

import pytest
import xlsxwriter

from elearn.agencies import grid
from elearn.agencies.grid import OversizedSheet, UnreadableFile
from tests.factories.agencies import a_csv, an_xlsx

ROWS = [["NIP", "NAMA"], ["1", "Ahmad Café, S.Kom"], ["2", 'Budi "Adi"']]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
def test_a_csv_is_read_however_it_was_saved(separator: str, encoding: str) -> None:
    """Each separator in each encoding gives the same cells."""
    assert [ROWS] == list(grid.read(a_csv(ROWS, separator=separator, encoding=encoding)))


def test_numbers_in_excel_stay_numbers() -> None:
    """Text is text, a number is a number, and empty rows keep their place."""
    rows = [[], ["NIP", "NAMA"], ["001", 198609262015051901], [True, None]]
    assert [[["", ""], ["NIP", "NAMA"], ["001", float(198609262015051901)], ["True", ""]]] == list(
        grid.read(an_xlsx(rows))
    )


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04rusak", b'NIP;NAMA\n1;"Budi\n', b"\xd0\xcf\x11\xe0" + b"0" * 600],
    ids=["zip", "csv", "xls"],
)
def test_a_file_that_cannot_be_read_is_refused(content: bytes) -> None:
    """A broken or locked file is refused with a sentence."""
    with pytest.raises(UnreadableFile):
        list(grid.read(content))


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    """A Word file renamed is not a roster."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(UnreadableFile):
        list(grid.read(content.getvalue()))


def test_a_small_file_that_claims_a_huge_sheet_is_refused() -> None:
    """One cell in the last corner of Excel would take half a terabyte to read."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.add_worksheet().write("XFD1048576", "x")
    with pytest.raises(OversizedSheet):
        list(grid.read(content.getvalue()))


def test_a_zip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that unpacks to too much is not unpacked."""
    monkeypatch.setattr(grid, "MAX_UNPACKED", 1000)
    with pytest.raises(OversizedSheet):
        list(grid.read(an_xlsx(ROWS)))

"""Spreadsheets as they come: encodings, separators, numbers, and files that would hurt."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from elearn.core import grid
from elearn.core.grid import Bounds, LiveSheet, OversizedSheet, UnreadableFile
from tests.factories.agencies import a_csv, a_workbook, an_xlsx

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


def rewritten(change: Callable[[str, bytes], tuple[str, bytes]], **extra: bytes) -> bytes:
    """A small workbook whose parts were changed by hand."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(an_xlsx(ROWS))) as given, zipfile.ZipFile(content, "w") as archive:
        for name in given.namelist():
            archive.writestr(*change(name, given.read(name)))
        for name, part in extra.items():
            archive.writestr(name.replace("__", "."), part)
    return content.getvalue()


@pytest.mark.parametrize(
    "address",
    [b'r="xfd1048576"', b'r = "XFD1048576"', b"r='XFD0001048576'", b'r="A99999999"', b'r="&#88;FD1048576"'],
)
def test_a_far_cell_is_seen_however_it_is_written(address: bytes) -> None:
    """Lower case, spaces, zeros and entities do not hide the cell that takes all room."""
    with pytest.raises(OversizedSheet):
        list(grid.read(rewritten(lambda name, part: (name, part.replace(b'r="B3"', address)))))


def test_a_far_cell_is_seen_wherever_its_sheet_lies() -> None:
    """A sheet need not be in the folder where Excel puts it."""

    def moved(name: str, part: bytes) -> tuple[str, bytes]:
        part = part.replace(b"worksheets/sheet1", b"elsewhere/sheet1").replace(b'r="B3"', b'r="XFD1048576"')
        return name.replace("worksheets/sheet1", "elsewhere/sheet1"), part

    with pytest.raises(OversizedSheet):
        list(grid.read(rewritten(moved)))


def test_cells_without_an_address_are_counted_too() -> None:
    """A wide row without addresses and a low one together claim as much as a far cell."""
    rows = b"<sheetData><row>" + b"<c/>" * 16000 + b'</row><row r="1048576"><c/></row></sheetData>'
    with pytest.raises(OversizedSheet):
        list(grid.read(rewritten(lambda name, part: (name, part.replace(b"<sheetData>", rows + b"<sheetData>")))))


cells = st.builds(
    lambda column, row: f"{column}{row}",
    st.sampled_from(["", "A", "B", "a", "AA", "XFD"]),
    st.integers(1, 30) | st.just(""),
)


@given(st.lists(st.tuples(st.booleans(), cells), max_size=20))
def test_the_room_is_that_of_the_farthest_cell(parts: list[tuple[bool, str]]) -> None:
    """Whatever the order of rows and cells, and whether they say where they stand."""
    row = column = height = width = 0
    written = []
    for is_row, place in parts:
        letters, digits = place.rstrip("0123456789"), place.lstrip("ABDFXa")
        written.append(f'<{"row" if is_row else "c"} r="{digits if is_row else place}"/>')
        row = int(digits) if digits else row + is_row
        number = sum((ord(each.upper()) - 64) * 26**power for power, each in enumerate(reversed(letters)))
        column = 0 if is_row else number or column + 1
        height, width = max(height, row), max(width, column)
    part = f"<sheetData>{''.join(written)}</sheetData>".encode()
    assert height * width == grid.Extent(10**9).of(part)


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    """The parser never unpacks more than the size that was counted."""
    honest = b"<sst>" + b"A" * 100_000
    content = rewritten(lambda name, part: (name, part), xl__lie__xml=honest)
    for true, claimed in ((len(honest), 5), (zlib.crc32(honest), zlib.crc32(honest[:5]))):
        content = content.replace(struct.pack("<I", true), struct.pack("<I", claimed))
    with pytest.raises(UnreadableFile):
        list(grid.read(content))


def test_a_locked_or_damaged_part_is_refused() -> None:
    """A password or a broken stream gives a sentence, not a bug."""
    content = an_xlsx(ROWS)
    locked = content.replace(b"PK\x03\x04\x14\0\0", b"PK\x03\x04\x14\0\1")
    locked = locked.replace(b"PK\x01\x02\x14\x03\x14\0\0", b"PK\x01\x02\x14\x03\x14\0\1")
    damaged = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        start = next(entry.header_offset for entry in archive.infolist() if "sheet1" in entry.filename)
    damaged[start + 60 : start + 90] = b"\xff" * 30
    for each in (locked, bytes(damaged)):
        with pytest.raises(UnreadableFile):
            list(grid.read(each))


def test_a_csv_of_nothing_but_lines_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty lines take room as well."""
    monkeypatch.setattr(grid, "MAX_LINES", 100)
    assert 100 == len(next(grid.read(b"\n" * 100)))
    with pytest.raises(OversizedSheet):
        grid.read(b"\n" * 101)


def test_every_sheet_is_read_with_its_name() -> None:
    """In the order of the workbook; a CSV has one without a name."""
    assert [("PNS", ROWS), ("PPPK", ROWS[:1])] == list(grid.sheets(a_workbook({"PNS": ROWS, "PPPK": ROWS[:1]})))
    assert [("", ROWS)] == list(grid.sheets(a_csv(ROWS)))


def test_a_part_that_stands_twice_is_refused() -> None:
    """Programs do not agree which of the two is meant, whatever the case of its letters."""
    file = io.BytesIO(an_xlsx(ROWS))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("XL/Worksheets/Sheet1.XML", b"<a/>")
    with pytest.raises(UnreadableFile):
        list(grid.read(file.getvalue()))


def test_a_workbook_has_so_many_parts_sheets_and_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    """More of any of them would keep the server busy."""
    content = a_workbook({"PNS": ROWS, "PPPK": ROWS})
    for bound in ("MAX_PARTS", "MAX_SHEETS"):
        with monkeypatch.context() as patch:
            patch.setattr(grid, bound, 1)
            with pytest.raises(OversizedSheet):
                list(grid.read(content))
    busy = b"<a>" + b"<b/>" * (6 * 12 + 100_001) + b"</a>"
    with pytest.raises(OversizedSheet):
        list(grid.sheets(rewritten(lambda name, part: (name, part), xl__busy__xml=busy), Bounds(12, 10, 10**6)))


def test_formulas_are_read_or_refused_as_the_bounds_say() -> None:
    """A roster may reckon; what is compared may not."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.add_worksheet().write_formula("A1", "=1+1", None, 2)
    assert [[[2.0]]] == list(grid.read(content.getvalue()))
    with pytest.raises(LiveSheet):
        list(grid.sheets(content.getvalue(), Bounds(100, 100, 10**6, may_reckon=False)))

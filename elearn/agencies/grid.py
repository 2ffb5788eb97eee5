"""A spreadsheet's bytes, CSV or XLSX, as rows of cells; pure: stdlib and python-calamine only.

CSV is read as UTF-8 (with or without BOM), UTF-16 with BOM, or else Windows-1252, separated by `;`, `,` or
tabs. A number in an XLSX cell stays a number, so that a reader can tell a NIP that Excel has rounded.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineWorkbook

from elearn.core.errors import RuleBroken

Cell = str | float
Grid = list[list[Cell]]

MAX_CELLS = 5_000_000
MAX_UNPACKED = 200_000_000
_SEPARATORS = (";", ",", "\t")
_HEAD_LINES = 20
_CELL_ADDRESS = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")


class UnreadableFile(RuleBroken):
    """The file is not a spreadsheet we can read."""

    sentence = "Berkas tidak dapat dibaca. Simpan sebagai .xlsx atau .csv, lalu unggah lagi."


class OversizedSheet(RuleBroken):
    """The sheet claims so many cells that reading it would endanger the server."""

    sentence = "Lembar kerja terlalu besar. Salin datanya saja ke berkas baru, lalu unggah berkas itu."


def read(content: bytes) -> Iterator[Grid]:
    """Each sheet of the file (a CSV has one), rows numbered as Excel does; UnreadableFile, OversizedSheet."""
    if content.startswith(b"PK\x03\x04"):
        return _read_xlsx(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile(
            "Berkas ini berformat .xls lama atau terkunci kata sandi. Simpan ulang sebagai .xlsx tanpa kata sandi."
        )
    return iter([_read_csv(_decode(content))])


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("windows-1252", errors="replace")


def _read_csv(text: str) -> Grid:
    head = "".join(text.splitlines(keepends=True)[:_HEAD_LINES])
    separator = max(_SEPARATORS, key=head.count)
    try:
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)]
    except csv.Error:
        raise UnreadableFile("Berkas CSV tidak utuh: ada tanda kutip yang tidak ditutup.") from None


def _read_xlsx(content: bytes) -> Iterator[Grid]:
    try:
        _refuse_oversized(zipfile.ZipFile(io.BytesIO(content)))
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            yield [[_cell(value) for value in row] for row in rows]
    except (CalamineError, zipfile.BadZipFile, NotImplementedError):
        raise UnreadableFile from None


def _cell(value: object) -> Cell:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number else str(value)  # type: ignore[arg-type]


def _refuse_oversized(archive: zipfile.ZipFile) -> None:
    """Count before the parser does: it takes room for every cell up to the farthest one, used or not."""
    if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
        raise OversizedSheet
    for entry in archive.infolist():
        if entry.filename.startswith("xl/worksheets/"):
            width = height = 1
            for letters, row in _CELL_ADDRESS.findall(archive.read(entry)):
                width, height = max(width, _column_number(letters)), max(height, int(row))
            if width * height > MAX_CELLS:
                raise OversizedSheet


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number

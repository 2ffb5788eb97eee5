"""A spreadsheet's bytes, CSV or XLSX, as rows of cells; pure: stdlib and python-calamine only.

CSV is read as UTF-8 (with or without BOM), UTF-16 with BOM, or else Windows-1252, separated by `;`, `,` or
tabs. A number in an XLSX cell stays a number, so that a reader can tell a NIP that Excel has rounded.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook

from elearn.core.errors import RuleBroken
from elearn.core.speech import say

Cell = str | float
Grid = list[list[Cell]]

MAX_CELLS = 5_000_000
MAX_LINES = 500_000
MAX_SHEETS = 100
MAX_PARTS = 1000
MAX_UNPACKED = 200_000_000
_SEPARATORS = (";", ",", "\t")
_HEAD_LINES = 20
_ADDRESS = re.compile(r"([A-Za-z]{0,3})0*([0-9]{0,7})")
_COUNTED = frozenset({"row", "c"})
_PER_CELL = 6
"""Elements that a workbook may have for each cell it may have; programs write three or four."""
_XML = (".xml", ".rels")
_BROKEN = (
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,
    ValueError,
    LookupError,
    expat.ExpatError,
)
"""What a damaged or locked archive raises, here or in the parser."""


class UnreadableFile(RuleBroken):
    """The file is not a spreadsheet we can read."""

    sentence = say("Berkas tidak dapat dibaca. Simpan sebagai .xlsx atau .csv, lalu unggah lagi.")


class OversizedSheet(RuleBroken):
    """The sheet claims so many cells that reading it would endanger the server."""

    sentence = say("Lembar kerja terlalu besar. Salin datanya saja ke berkas baru, lalu unggah berkas itu.")


class LiveSheet(UnreadableFile):
    """A cell is reckoned by a formula, so it may show another value than the file holds."""

    sentence = say("Berkas ini memuat rumus. Simpan nilainya saja, lalu unggah lagi.")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of a file is read at most: cells, lines, bytes unpacked; and whether a cell may be a formula."""

    cells: int
    lines: int
    unpacked: int
    may_reckon: bool = True


def read(content: bytes) -> Iterator[Grid]:
    """Each sheet of the file (a CSV has one), rows numbered as Excel does; UnreadableFile, OversizedSheet."""
    return (sheet for _, sheet in sheets(content))


def sheets(content: bytes, bounds: Bounds | None = None) -> Iterator[tuple[str, Grid]]:
    """Each sheet as `read` gives it, with its name; that of a CSV is empty. LiveSheet where the bounds say so."""
    bounds = bounds or Bounds(MAX_CELLS, MAX_LINES, MAX_UNPACKED)
    if is_workbook(content):
        return _read_xlsx(content, bounds)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile(
            say(
                "Berkas ini berformat .xls lama atau terkunci kata sandi. "
                "Simpan ulang sebagai .xlsx tanpa kata sandi."
            )
        )
    return iter([("", _read_csv(_decode(content), bounds))])


def is_workbook(content: bytes) -> bool:
    """Whether the file is an archive, as each XLSX is."""
    return content.startswith(b"PK\x03\x04")


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("windows-1252", errors="replace")


def _read_csv(text: str, bounds: Bounds) -> Grid:
    head = "".join(islice(io.StringIO(text, newline=""), _HEAD_LINES))
    separator = max(_SEPARATORS, key=head.count)
    grid: Grid = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            cells += len(row)
            if len(grid) == bounds.lines or cells > bounds.cells:
                raise OversizedSheet
            grid.append(list(row))
    except csv.Error:
        raise UnreadableFile(say("Berkas CSV tidak utuh: ada tanda kutip yang tidak ditutup.")) from None
    return grid


def _read_xlsx(content: bytes, bounds: Bounds) -> Iterator[tuple[str, Grid]]:
    try:
        workbook = CalamineWorkbook.from_filelike(_unpacked(content, bounds))
        names, room = workbook.sheet_names, bounds.cells
        if len(names) > MAX_SHEETS:
            raise OversizedSheet
        for name in names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            room -= sum(map(len, rows))
            if room < 0:
                raise OversizedSheet  # the same part, given out as many sheets
            yield name, [[_cell(value) for value in row] for row in rows]
    except _BROKEN:
        raise UnreadableFile from None


def _cell(value: object) -> Cell:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number else str(value)  # type: ignore[arg-type]


def _unpacked(content: bytes, bounds: Bounds) -> io.BytesIO:
    """The XML parts of a workbook, unpacked by us within bounds, as a new archive; OversizedSheet.

    The parser gets nothing that was not counted here, whatever the file claims of its sizes or names, and
    nothing that would make it take the file for another format.
    """
    counted, room, cells, known = io.BytesIO(), bounds.unpacked, bounds.cells, set[str]()
    elements = _elements(cells)
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(counted, "w") as archive:
        for entry in given.infolist():
            if not entry.filename.lower().endswith(_XML):
                continue
            if entry.filename.lower() in known:
                raise UnreadableFile  # two parts of one name are read differently by different programs
            known.add(entry.filename.lower())
            if len(known) > MAX_PARTS:
                raise OversizedSheet
            with given.open(entry) as packed:
                part = packed.read(room + 1)
            if len(part) > room:
                raise OversizedSheet
            extent = Extent(cells, elements)
            room, cells, elements = room - len(part), cells - extent.of(part), extent.left
            if extent.reckons and not bounds.may_reckon:
                raise LiveSheet
            archive.writestr(entry.filename, part)
    counted.seek(0)
    return counted


def _elements(cells: int) -> int:
    """How many elements a workbook of so many cells may have, with all that is no cell."""
    return _PER_CELL * cells + 100_000


class Extent:
    """How many cells the parser would take room for: all up to the farthest one, used or not, addressed or not."""

    def __init__(self, most: int, elements: int | None = None) -> None:
        self.most = most
        self.row = self.column = self.height = self.width = 0
        self.place = "0"
        self.known: dict[str, int] = {}
        self.is_sheet = self.reckons = False
        self.left = _elements(most) if elements is None else elements

    def of(self, part: bytes) -> int:
        """The cells of one XML part; OversizedSheet as soon as there are too many, ExpatError for unsound XML."""
        reader = expat.ParserCreate()
        reader.StartElementHandler = self._count
        reader.Parse(part, True)
        return self.height * self.width

    def _count(self, name: str, attributes: dict[str, str]) -> None:
        self.left -= 1
        if self.left < 0:
            raise OversizedSheet
        if name == "c" and self._is_next(attributes.get("r", "")):
            return
        kind = name.rpartition(":")[2] if ":" in name else name
        if kind not in _COUNTED:
            self.is_sheet = self.is_sheet or kind == "sheetData"
            self.reckons = self.reckons or (self.is_sheet and kind == "f")
            return
        address = _ADDRESS.fullmatch(attributes.get("r", "").strip())
        if address is None:
            raise OversizedSheet
        letters, number = address.groups()
        if kind == "row":
            self.row, self.column = int(number) if number else self.row + 1, 0
        else:
            self.row = int(number) if number else self.row
            self.column = _column_number(letters) if letters else self.column + 1
            self.known |= {letters: self.column} if letters else {}
        self.place = str(self.row)
        self.height, self.width = max(self.height, self.row), max(self.width, self.column)
        if self.height * self.width > self.most:
            raise OversizedSheet

    def _is_next(self, address: str) -> bool:
        """Whether a cell stands in the present row and a column met before, as nearly all do; it takes no room."""
        column = self.known.get(address.removesuffix(self.place)) if address.endswith(self.place) else None
        self.column = column or self.column
        return column is not None


@cache
def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number

"""Marks exported from any system, read from a CSV file: one row an attempt, columns slot1, slot2, …; pure.

The first row names the columns; after a name may stand the most points of the slot (`slot3/2`, else 1). Other columns
are passed over, save one that tells people apart when it is asked for. Separators are `;`, `,` or tab, decimals have
a comma or a point, the text is UTF-8 (with or without BOM), UTF-16 with BOM, or Windows-1252. A mark that is missing
(empty, or a dash) counts as no points, as in Moodle.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from elearn.core.errors import RuleBroken

SEPARATORS = ";\t,"
MISSING = frozenset({"", "-", "–", "—"})
NAME = re.compile(r"slot\s*(\d{1,4})\s*(?:/(.*))?", re.IGNORECASE | re.ASCII | re.DOTALL)
NUMBER = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{0,10})?", re.ASCII)
LONGEST_SHOWN = 30
LARGEST = 50_000_000
"""The most bytes a file may have."""
MOST_SLOTS = 500
MOST_LINES, MOST_MARKS = 500_000, 5_000_000
"""The most lines and the most marks of a file."""

TOO_MANY = "Berkas nilai ini memuat terlalu banyak baris atau nilai; bagi menurut masa atau OPD."


class UnreadableMarks(RuleBroken):
    """The file says nothing that statistics could be made of."""

    sentence = "Berkas nilai ini tidak dapat dibaca."


@dataclass(frozen=True, slots=True)
class Slot:
    """A column of marks: its number, the most points in units, and the marks of all attempts in units."""

    number: int
    maximum: int
    marks: tuple[int, ...]
    missing: int


@dataclass(frozen=True, slots=True)
class Marks:
    """All attempts of a file; `scale` units make a point, so that every mark is a whole number of them.

    `people` says whose each attempt is, empty when it was not asked for; `doubts` are sentences on what looks odd.
    """

    slots: tuple[Slot, ...]
    scale: int
    people: tuple[str, ...]
    doubts: tuple[str, ...]

    @property
    def totals(self) -> list[int]:
        """The points of each attempt, in units."""
        return [sum(row) for row in zip(*(slot.marks for slot in self.slots), strict=True)]

    def sittings(self) -> dict[str, list[int]]:
        """The totals of each person's attempts, in the order of the file."""
        found: dict[str, list[int]] = defaultdict(list)
        for person, total in zip(self.people, self.totals, strict=bool(self.people)):
            found[person].append(total)
        return found


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a slot stands in a row, its number and its most points."""

    place: int
    number: int
    maximum: Decimal


def read(content: bytes, *, person: str | None = None) -> Marks:
    """The marks of a CSV file; `person` is the name of the column that tells people apart.

    Raises UnreadableMarks with a sentence that says what is wrong and where.
    """
    lines = _lines(content)
    headings, names, reader = _head(lines)
    whose = _place_of(person, names) if person is not None else None
    numbers: dict[str, Decimal] = dict.fromkeys(MISSING, Decimal(0))
    rows, people, short = [], [], 0
    for line, row in _rows(reader, len(names)):
        rows.append(_marks(row, headings, numbers, line))
        if len(rows) * len(headings) > MOST_MARKS:
            raise UnreadableMarks(TOO_MANY)
        people.append(_whose(row, whose) or f"baris {line}")
        short += len(row) < len(names)
    if not rows:
        raise UnreadableMarks("Berkas nilai ini tidak memuat satu pun baris percobaan di bawah judul kolom.")
    slots, scale = _slots(headings, list(zip(*rows, strict=True)), numbers)
    return Marks(slots, scale, tuple(people) if person is not None else (), tuple(_doubts(slots, scale, short)))


def _lines(content: bytes) -> list[str]:
    """The lines of the text, from the first that says something; a quoted cell may go on in the next."""
    if len(content) > LARGEST:
        raise UnreadableMarks("Berkas nilai ini lebih besar daripada 50 MB.")
    text = _decoded(content)
    if "\0" in text or content.startswith(b"PK\x03\x04"):
        raise UnreadableMarks("Berkas ini bukan CSV. Simpan lembar kerja sebagai CSV, lalu coba lagi.")
    if max(text.count("\n"), text.count("\r")) > MOST_LINES:
        raise UnreadableMarks(TOO_MANY)
    lines = list(io.StringIO(text, newline=""))
    first = next((place for place, line in enumerate(lines) if line.strip(f" {SEPARATORS}\r\n")), None)
    if first is not None and lines[first].strip().lower() in {f"sep={each}" for each in (";", ",", "")}:
        first += 1
    if first is None or first >= len(lines):
        raise UnreadableMarks("Berkas nilai ini kosong.")
    return ["\n"] * first + lines[first:]


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _head(lines: Sequence[str]) -> tuple[list[Heading], list[str], Iterator[list[str]]]:
    """The slots by the first row, all its names, and the rows after it; the separator is what finds most slots."""
    readers = [csv.reader(iter(lines), delimiter=separator, strict=True) for separator in SEPARATORS]
    heads = [(_first(reader), reader) for reader in readers]
    names, reader = max(heads, key=lambda head: _sound(head[0]))
    headings = _headings(names)
    if not headings:
        raise UnreadableMarks("Tidak ada kolom bernama slot1, slot2, dan seterusnya pada baris judul.")
    _refuse_doubles(headings)
    return headings, names, reader


def _sound(names: Sequence[str]) -> int:
    """How many names are those of slots with a most that can be read."""
    found = (NAME.fullmatch(name.strip()) for name in names)
    return sum(each is not None and (each[2] is None or _number(each[2]) is not None) for each in found)


def _first(reader: Iterator[list[str]]) -> list[str]:
    try:
        return next((row for row in reader if any(cell.strip() for cell in row)), [])
    except csv.Error:
        return []


def _headings(names: Sequence[str]) -> list[Heading]:
    """The columns that are slots, in the order of their numbers."""
    found = []
    for place, name in enumerate(names):
        if matched := NAME.fullmatch(name.strip()):
            found.append(Heading(place, int(matched[1]), _maximum(name, matched[2])))
    return sorted(found, key=lambda heading: heading.number)


def _maximum(name: str, text: str | None) -> Decimal:
    if text is None:
        return Decimal(1)
    number = _number(text)
    if number is None or number < 0:
        raise UnreadableMarks(f"Nilai maksimum pada judul kolom {_shown(name)} bukan angka.")
    return number


def _refuse_doubles(headings: Sequence[Heading]) -> None:
    numbers = [heading.number for heading in headings]
    if len(numbers) > MOST_SLOTS:
        raise UnreadableMarks(f"Berkas nilai ini memuat lebih dari {MOST_SLOTS} kolom slot.")
    for number in numbers:
        if numbers.count(number) > 1:
            raise UnreadableMarks(f"Kolom slot{number} ada lebih dari satu.")


def _place_of(person: str, names: Sequence[str]) -> int:
    wanted = person.strip().casefold()
    for place, name in enumerate(names):
        if name.strip().casefold() == wanted:
            return place
    raise UnreadableMarks(f"Tidak ada kolom bernama {_shown(person)} pada baris judul.")


def _whose(row: Sequence[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""


def _rows(reader: Iterator[list[str]], width: int) -> Iterator[tuple[int, list[str]]]:
    """The rows that say something, each with the number of its last line."""
    line_of = getattr(reader, "line_num", 0)
    try:
        for row in reader:
            line_of = getattr(reader, "line_num", 0)
            if len(row) > width and any(cell.strip() for cell in row[width:]):
                sentence = "memuat lebih banyak kolom daripada baris judul. Periksa pemisah kolom dan koma desimal."
                raise UnreadableMarks(f"Baris {line_of} {sentence}")
            if any(cell.strip() for cell in row):
                yield line_of, row
    except csv.Error:
        raise UnreadableMarks(f"Tanda kutip sesudah baris {line_of} tidak lengkap.") from None


def _marks(row: Sequence[str], headings: Sequence[Heading], numbers: dict[str, Decimal], line: int) -> list[str]:
    """The cells of a row that are marks; each way to write a number is read but once, into `numbers`."""
    width = len(row)
    cells = [row[heading.place] if heading.place < width else "" for heading in headings]
    for cell, heading in zip(cells, headings, strict=True):
        if cell not in numbers:
            number = Decimal(0) if cell.strip() in MISSING else _number(cell)
            if number is None:
                raise UnreadableMarks(f"Baris {line}, kolom slot{heading.number}: {_shown(cell)} bukan angka.")
            numbers[cell] = number
    return cells


def _number(text: str) -> Decimal | None:
    """A number as people write it, with a comma or a point; None for anything else."""
    stripped = text.strip()
    return Decimal(stripped.replace(",", ".")) if NUMBER.fullmatch(stripped) else None


def _slots(
    headings: Sequence[Heading], columns: Sequence[Sequence[str]], numbers: dict[str, Decimal]
) -> tuple[tuple[Slot, ...], int]:
    """The columns in whole units, and how many of these make a point."""
    everything = [*numbers.values(), *(heading.maximum for heading in headings)]
    places = max(-int(number.normalize().as_tuple().exponent) for number in everything)
    scale = 10 ** max(places, 0)
    units = {text: int(number * scale) for text, number in numbers.items()}
    blank = {text for text in numbers if text.strip() in MISSING}
    slots = tuple(
        Slot(
            heading.number,
            int(heading.maximum * scale),
            tuple([units[cell] for cell in column]),
            sum(map(blank.__contains__, column)),
        )
        for heading, column in zip(headings, columns, strict=True)
    )
    return slots, scale


def _doubts(slots: Sequence[Slot], scale: int, short: int) -> Iterator[str]:
    """What was read as it stands and yet looks odd."""
    missing = sum(slot.missing for slot in slots)
    if missing:
        yield f"{missing} nilai tidak ada dan dihitung nol."
    if short:
        yield f"{short} baris lebih pendek daripada baris judul; kolom yang kurang dihitung nol."
    for slot in slots:
        above = sum(mark > slot.maximum for mark in slot.marks)
        if above:
            most = f"{Decimal(slot.maximum) / scale:f}".replace(".", ",")
            yield f"{above} nilai pada slot{slot.number} melebihi nilai maksimumnya, {most}."


def _shown(text: str) -> str:
    """What was found, short and without signs that a screen would obey."""
    clean = "".join(sign if sign.isprintable() else "?" for sign in text.strip())
    return f"“{clean[:LONGEST_SHOWN]}…”" if len(clean) > LONGEST_SHOWN else f"“{clean}”"

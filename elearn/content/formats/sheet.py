"""The XLSX template for people who keep questions in a spreadsheet, as it comes in filled; pure.

One row is one question. Columns are known by their titles in any order; each option has three of them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from elearn.content.formats import own
from elearn.content.formats.neutral import (
    FALSE,
    PUT,
    TRUE,
    WORDS_OF_TRUTH,
    Bank,
    Choice,
    Item,
    Kind,
    Notes,
    UnreadableQuestions,
    bounded,
    number_of,
    share,
    told_number,
)
from elearn.content.formats.opening import MOST_BYTES, MOST_SIZE
from elearn.core import grid, signs
from elearn.core.grid import Cell, Grid
from elearn.core.speech import say

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
HEADING_ROWS = 20

KINDS = {
    Kind.SINGLE: "pilihan tunggal",
    Kind.MULTIPLE: "pilihan majemuk",
    Kind.TRUE_FALSE: "benar salah",
    Kind.NUMERIC: "angka",
    Kind.MATCH: "jodohkan",
    Kind.CLASSIFY: "kelompokkan",
    Kind.ORDER: "urutkan",
    Kind.SHORT_ANSWER: "isian kata",
    Kind.ESSAY: "uraian",
    Kind.DESCRIPTION: "keterangan",
    Kind.UNKNOWN: "tidak dipahami",
}
BY_WORD = {word: kind for kind, word in KINDS.items()} | {kind.value: kind for kind in Kind}
HEADS = ("Kode", "Topik", "Tingkat", "Jenis", "Soal", "Kunci")
TAILS = (
    "Kelompok",
    "Penjelasan",
    "Bila benar",
    "Bila sebagian",
    "Bila keliru",
    "Dasar hukum",
    "Aturan",
    "Kategori",
    "Tag",
)
OF_OPTION = ("Pilihan", "Pasangan", "Umpan balik")
KEYED = re.compile(r"([A-Z])(?:\s*=\s*(-?\d+(?:[.,]\d+)?)\s*%?)?")

NO_COLUMNS = say(
    "Lembar kerja ini tidak punya baris judul dengan kolom Soal, Jenis, dan Pilihan A. Pakai templatnya."
)
UNKNOWN_COLUMN = "Kolom “{}” tidak dikenal; isinya tidak ikut."
NO_KIND = "Jenis “{}” tidak dikenal."
NO_KEY = "Kunci “{}” tidak menunjuk pilihan yang ada."
NO_STEM = "Baris ini tidak punya soal."


def read(content: bytes) -> Bank:
    """The questions in all sheets that have the columns; UnreadableQuestions for any other file."""
    if len(content) > MOST_BYTES:
        raise UnreadableQuestions(MOST_SIZE)
    notes = Notes()
    try:
        items = bounded(item for sheet in grid.read(content) for item in _sheet(sheet, notes))
    except (grid.UnreadableFile, grid.OversizedSheet) as refusal:
        raise UnreadableQuestions(refusal.sentence) from None
    if not items and not notes.sentences:
        raise UnreadableQuestions(NO_COLUMNS)
    return Bank(items, notes.all)


def _sheet(rows: Grid, notes: Notes) -> Iterator[Item]:
    """The questions below the row of titles; nothing where there is none."""
    found = _titles(rows)
    if found is None:
        return
    place, columns = found
    row = rows[place]
    notes.add(*(UNKNOWN_COLUMN.format(_text(row[columns[key]])[:40]) for key in columns if not _is_known(key)))
    for cells in rows[place + 1 :]:
        told = {key: _text(cells[column]) for key, column in columns.items() if column < len(cells)}
        if any(told.values()):
            yield _Row(told).item()


def _titles(rows: Grid) -> tuple[int, dict[str, int]] | None:
    """The row of titles, and the place of each column by its title."""
    for place, row in enumerate(rows[:HEADING_ROWS]):
        columns = {_key(_text(cell)): column for column, cell in enumerate(row) if _text(cell)}
        if {"soal", "jenis", "pilihan a"} <= columns.keys():
            return place, columns
    return None


def _is_known(key: str) -> bool:
    names = {_key(name) for name in (*HEADS, *TAILS)}
    return key in names or any(re.fullmatch(rf"{_key(name)} [a-z]", key) for name in OF_OPTION)


def _key(title: str) -> str:
    return " ".join(title.split()).casefold()


def _text(cell: Cell) -> str:
    """What a cell says; a whole number without its decimals."""
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else f"{Decimal(repr(cell)):f}"
    kept = "".join(sign for sign in cell if sign == "\n" or not signs.is_hidden(sign))
    return kept.strip()


@dataclass
class _Row:
    """One question being read from its cells by their titles."""

    cells: Mapping[str, str]

    def item(self) -> Item:
        """The question as understood."""
        self.notes = Notes()
        kind = self._kind()
        options = tuple(self._options(kind))
        if not self._cell("soal"):
            self.notes.add(NO_STEM)
        groups = dict.fromkeys(
            [*self._cell("kelompok").splitlines(), *(each.group for each in options if each.group)]
        )
        return Item(
            kind,
            self._cell("soal"),
            options,
            title=self._cell("kode"),
            ident=self._cell("kode"),
            general_feedback=self._cell("penjelasan"),
            combined=(self._cell("bila benar"), self._cell("bila sebagian"), self._cell("bila keliru")),
            groups=tuple(each.strip() for each in groups if each.strip()) if kind in PUT else (),
            category=self._cell("kategori"),
            tags=tuple(self._tags()),
            losses=self.notes.all,
        )

    def _cell(self, key: str) -> str:
        return self.cells.get(key, "")

    def _kind(self) -> Kind:
        word = " ".join(self._cell("jenis").casefold().replace("/", " ").split())
        if word in BY_WORD or word.replace("-", " ") in BY_WORD:
            return BY_WORD.get(word) or BY_WORD[word.replace("-", " ")]
        if not word:
            return Kind.MULTIPLE if len(KEYED.findall(self._cell("kunci").upper())) > 1 else Kind.SINGLE
        self.notes.add(NO_KIND.format(word[:40]))
        return Kind.UNKNOWN

    def _options(self, kind: Kind) -> Iterator[Choice]:
        given = {
            letter: [self._cell(f"{_key(name)} {letter.lower()}") for name in OF_OPTION]
            for letter in LETTERS
            if self._cell(f"pilihan {letter.lower()}")
        }
        if kind is Kind.TRUE_FALSE:
            yield from self._truth()
            return
        worth = self._worth(kind, list(given))
        for letter, (text, partner, feedback) in given.items():
            if kind in PUT:
                yield Choice(text, 100.0, feedback, group=partner)
            elif kind is Kind.NUMERIC:
                yield Choice(_number(text), worth[letter], feedback, _number(partner))
            else:
                yield Choice(text, worth[letter], feedback)

    def _truth(self) -> Iterator[Choice]:
        key = self._cell("kunci").casefold()
        truth = WORDS_OF_TRUTH.get(key) or {"a": TRUE, "b": FALSE, "1": TRUE, "0": FALSE}.get(key, "")
        if not truth:
            self.notes.add(NO_KEY.format(key[:40]))
        for letter, word in (("a", TRUE), ("b", FALSE)):
            yield Choice(word, 100.0 if word == truth else 0.0, self._cell(f"umpan balik {letter}"))

    def _worth(self, kind: Kind, letters: list[str]) -> dict[str, float]:
        """What each letter earns: as written, else rights share and, where several are right, wrongs take."""
        if kind is Kind.ORDER:
            return dict.fromkeys(letters, 100.0)
        told = KEYED.findall(self._cell("kunci").upper())
        named_ = [letter for letter, _ in told]
        if (not told and kind in (Kind.SINGLE, Kind.MULTIPLE)) or not set(named_) <= set(letters):
            self.notes.add(NO_KEY.format(self._cell("kunci")[:40]))
        if not told and kind in (Kind.NUMERIC, Kind.SHORT_ANSWER):
            return dict.fromkeys(letters, 100.0)
        if any(weight for _, weight in told):
            given = {letter: float(weight.replace(",", ".")) if weight else 100.0 for letter, weight in told}
            return {letter: given.get(letter, 0.0) for letter in letters}
        rights = [letter for letter in letters if letter in named_]
        wrong = -share(len(letters) - len(rights)) if kind is Kind.MULTIPLE else 0.0
        right = share(len(rights)) if kind is Kind.MULTIPLE else 100.0
        return {letter: right if letter in rights else wrong for letter in letters}

    def _tags(self) -> Iterator[str]:
        for name, column in ((own.TOPIC, "topik"), (own.LEVEL, "tingkat")):
            if self._cell(column):
                yield f"{name}:{self._cell(column)}"
        for name, column in ((own.LAW, "dasar hukum"), (own.RULE, "aturan")):
            yield from (f"{name}:{each}" for each in re.split(r"[,;\s]+", self._cell(column)) if each)
        yield from (each.strip() for each in self._cell("tag").splitlines() if each.strip())


def _number(text: str) -> str:
    number = number_of(text)
    return told_number(number) if number is not None else text

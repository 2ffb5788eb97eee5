"""The XLSX template for people who keep questions in a spreadsheet, in and out; pure.

One row is one question. Columns are known by their titles in any order; each option has three of them.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from elearn.content.formats import own
from elearn.content.formats.neutral import (
    FALSE,
    MOST_ITEMS,
    PUT,
    TRUE,
    WORDS_OF_TRUTH,
    Bank,
    Choice,
    Item,
    Kind,
    Notes,
    UnreadableQuestions,
    Written,
    bounded,
    losses_of,
    number_of,
    percent,
    picture_loss,
    share,
    told_number,
)
from elearn.content.formats.opening import MOST_BYTES, MOST_SIZE
from elearn.core import grid, signs
from elearn.core.grid import Cell, Grid

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LEAST_OPTIONS, MOST_OPTIONS = 6, 26
HEADING_ROWS = 20
MOST_IN_CELL = 32_000

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
WIDE = {"Soal": 50, "Penjelasan": 50, "Kode": 12, "Tingkat": 8, "Kunci": 12, "Jenis": 16, "Topik": 20}
IN_COLUMN = {own.TOPIC, own.LEVEL, own.LAW, own.RULE}
KEYED = re.compile(r"([A-Z])(?:\s*=\s*(-?\d+(?:[.,]\d+)?)\s*%?)?")

GUIDE = (
    ("Satu baris adalah satu soal. Jangan mengubah judul kolom; urutan kolom boleh diubah.",),
    ("Jenis", "Pilih dari daftar: " + ", ".join(list(KINDS.values())[:7]) + "."),
    (
        "Kunci",
        "Huruf pilihan yang benar, misalnya B; untuk pilihan majemuk A, C; untuk benar salah tulis Benar atau Salah.",
    ),
    ("Kunci", "Untuk jodohkan, kelompokkan, dan urutkan kolom Kunci dikosongkan."),
    ("Pilihan A, B, …", "Teks pilihan. Untuk angka tulis bilangannya. Untuk urutkan tulis dari yang pertama."),
    ("Pasangan A, B, …", "Jodohkan dan kelompokkan: tempat butir itu. Angka: toleransinya, misalnya 0,5."),
    ("Kelompok", "Jodohkan dan kelompokkan: semua pasangan, satu setiap baris (Alt+Enter); boleh ada pengecoh."),
    ("Umpan balik A, B, …", "Penjelasan singkat mengapa pilihan itu benar atau keliru."),
    ("Topik, Tingkat", "Nama pendek topik modul; tingkat 1 (mudah) sampai 3 (sukar)."),
    ("Dasar hukum, Aturan", "Id rujukan dan aturan dari halaman Dasar hukum, dipisahkan koma."),
    ("Teks", "Boleh memakai Markdown: **tebal**, *miring*, daftar dengan tanda hubung."),
)

NO_COLUMNS = "Lembar kerja ini tidak punya baris judul dengan kolom Soal, Jenis, dan Pilihan A. Pakai templatnya."
UNKNOWN_COLUMN = "Kolom “{}” tidak dikenal; isinya tidak ikut."
NO_KIND = "Jenis “{}” tidak dikenal."
NO_KEY = "Kunci “{}” tidak menunjuk pilihan yang ada."
NO_STEM = "Baris ini tidak punya soal."
CUT = "Teks lebih panjang dari 32.000 tanda; sisanya tidak ditulis."


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


def write(bank: Bank) -> Written:
    """The questions in the template, with a sheet that says how to fill it in; without any, the template itself."""
    buffer = io.BytesIO()
    most = max((len(item.options) for item in bank.items), default=0)
    letters = LETTERS[: min(max(most, LEAST_OPTIONS), MOST_OPTIONS)]
    columns = [*HEADS, *(f"{name} {letter}" for letter in letters for name in OF_OPTION), *TAILS]
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, guide = book.add_worksheet("Soal"), book.add_worksheet("Petunjuk")
    text, head = (
        book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        book.add_format({"bold": True}),
    )
    _lay_out(sheet, columns, text, head)
    losses = []
    for number, item in enumerate(bank.items, start=1):
        cells = _cells(item)
        losses += losses_of(item, number, (*item.losses, *_unsaid(item, cells)))
        for column, title in enumerate(columns):
            if cells.get(title):
                sheet.write_string(number, column, cells[title][:MOST_IN_CELL], text)
    guide.set_column(0, 0, 24)
    guide.set_column(1, 1, 100, book.add_format({"text_wrap": True}))
    for number, line in enumerate(GUIDE):
        for column, told in enumerate(line):
            guide.write_string(number, column, told)
    book.close()
    return Written(buffer.getvalue(), MEDIA_TYPE, ".xlsx", tuple(losses))


def _lay_out(sheet: Worksheet, columns: list[str], text: object, head: object) -> None:
    """Titles, widths, text cells and the list of kinds."""
    for column, title in enumerate(columns):
        sheet.set_column(column, column, WIDE.get(title, 24), text)
        sheet.write_string(0, column, title, head)
    kinds = {"validate": "list", "source": list(KINDS.values())[:7], "error_type": "warning"}
    sheet.data_validation(1, columns.index("Jenis"), MOST_ITEMS, columns.index("Jenis"), kinds)
    sheet.freeze_panes(1, 0)


def _unsaid(item: Item, cells: Mapping[str, str]) -> Iterator[str]:
    yield from picture_loss(item, "Lembar kerja")
    if any(len(text) > MOST_IN_CELL for text in cells.values()):
        yield CUT
    if len(item.options) > MOST_OPTIONS:
        yield f"Lembar kerja memuat paling banyak {MOST_OPTIONS} pilihan; sisanya tidak ditulis."


def _cells(item: Item) -> dict[str, str]:
    """What stands in the columns of one question."""
    tags = own.tag_values(item.tags)
    cells = {
        "Kode": item.ident or item.title,
        "Topik": ", ".join(tags.get(own.TOPIC, [])),
        "Tingkat": ", ".join(tags.get(own.LEVEL, [])),
        "Jenis": KINDS[item.kind],
        "Soal": item.text,
        "Kunci": _key_of(item),
        "Kelompok": "\n".join(item.groups),
        "Penjelasan": item.general_feedback,
        "Dasar hukum": ", ".join(tags.get(own.LAW, [])),
        "Aturan": ", ".join(tags.get(own.RULE, [])),
        "Kategori": item.category,
        "Tag": "\n".join(tag for tag in item.tags if tag.partition(":")[0].strip() not in IN_COLUMN),
        **dict(zip(("Bila benar", "Bila sebagian", "Bila keliru"), item.combined, strict=True)),
    }
    for letter, option in zip(LETTERS, item.options, strict=False):
        partner = option.tolerance if item.kind is Kind.NUMERIC else option.group
        told = (option.text, partner, option.feedback)
        cells |= {f"{name} {letter}": each for name, each in zip(OF_OPTION, told, strict=True)}
    return cells


def _key_of(item: Item) -> str:
    """The key as letters, with what each earns only where that is not the usual."""
    if item.kind in (*PUT, Kind.ORDER):
        return ""
    if item.kind is Kind.TRUE_FALSE:
        return item.rights[0].text if item.rights else ""
    told = dict(zip(LETTERS, item.options, strict=False))
    rights = [letter for letter, option in told.items() if option.is_right]
    if item.kind in (Kind.NUMERIC, Kind.SHORT_ANSWER) and all(option.fraction == 100 for option in told.values()):
        return ""
    wrong = -share(len(told) - len(rights)) if item.kind is Kind.MULTIPLE else 0.0
    right = share(len(rights)) if item.kind is Kind.MULTIPLE else 100.0
    usual = all(abs(each.fraction - (right if each.is_right else wrong)) < 0.01 for each in told.values())
    if usual:
        return ", ".join(rights)
    return ", ".join(f"{letter}={percent(each.fraction)}%" for letter, each in told.items() if each.fraction)

"""Questions in the XLSX template, or the template itself, with a sheet that says how to fill it in; pure."""

import io
from collections.abc import Iterator, Mapping

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from elearn.content.formats import own
from elearn.content.formats.neutral import (
    MOST_ITEMS,
    PUT,
    Bank,
    Item,
    Kind,
    Loss,
    Written,
    losses_of,
    percent,
    picture_loss,
    share,
)
from elearn.content.formats.sheet import HEADS, KINDS, LETTERS, OF_OPTION, TAILS

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LEAST_OPTIONS, MOST_OPTIONS = 6, 26
MOST_IN_CELL = 32_000
WIDE = {"Soal": 50, "Penjelasan": 50, "Kode": 12, "Tingkat": 8, "Kunci": 12, "Jenis": 16, "Topik": 20}
IN_COLUMN = {own.TOPIC, own.LEVEL, own.LAW, own.RULE}

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

CUT = "Teks lebih panjang dari 32.000 tanda; sisanya tidak ditulis."


def write(bank: Bank) -> Written:
    """The questions in the template, with a sheet that says how to fill it in; without any, the template itself."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    losses = _fill(book, bank)
    _explain(book)
    book.close()
    return Written(buffer.getvalue(), MEDIA_TYPE, ".xlsx", tuple(losses))


def _fill(book: xlsxwriter.Workbook, bank: Bank) -> list[Loss]:
    """A question in each row, and what does not fit there."""
    sheet, columns, losses = book.add_worksheet("Soal"), _columns(bank), list[Loss]()
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    _lay_out(sheet, columns, text, book.add_format({"bold": True}))
    for number, item in enumerate(bank.items, start=1):
        cells = _cells(item)
        losses += losses_of(item, number, (*item.losses, *_unsaid(item, cells)))
        for column, title in enumerate(columns):
            if cells.get(title):
                sheet.write_string(number, column, cells[title][:MOST_IN_CELL], text)
    return losses


def _columns(bank: Bank) -> list[str]:
    """The titles, with as many options as some question has."""
    most = max((len(item.options) for item in bank.items), default=0)
    letters = LETTERS[: min(max(most, LEAST_OPTIONS), MOST_OPTIONS)]
    return [*HEADS, *(f"{name} {letter}" for letter in letters for name in OF_OPTION), *TAILS]


def _lay_out(sheet: Worksheet, columns: list[str], text: object, head: object) -> None:
    """Titles, widths, text cells and the list of kinds."""
    for column, title in enumerate(columns):
        sheet.set_column(column, column, WIDE.get(title, 24), text)
        sheet.write_string(0, column, title, head)
    kinds = {"validate": "list", "source": list(KINDS.values())[:7], "error_type": "warning"}
    sheet.data_validation(1, columns.index("Jenis"), MOST_ITEMS, columns.index("Jenis"), kinds)
    sheet.freeze_panes(1, 0)


def _explain(book: xlsxwriter.Workbook) -> None:
    """How to fill it in, on a sheet of its own."""
    guide = book.add_worksheet("Petunjuk")
    guide.set_column(0, 0, 24)
    guide.set_column(1, 1, 100, book.add_format({"text_wrap": True}))
    for number, line in enumerate(GUIDE):
        for column, told in enumerate(line):
            guide.write_string(number, column, told)


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

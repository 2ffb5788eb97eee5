"""The formats by their names: which one a file is in, reading it, writing it; pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from lxml import etree

from elearn.content.formats import (
    aiken,
    gift,
    gift_writing,
    moodle_xml,
    moodle_xml_writing,
    opening,
    own,
    packages,
    qti2,
    qti12,
    qti12_writing,
    scoring,
    sheet,
    sheet_writing,
)
from elearn.content.formats.neutral import (
    MOST_ITEMS,
    Bank,
    Choice,
    Item,
    Loss,
    UnreadableQuestions,
    Written,
    losses_of,
)
from elearn.content.formats.opening import ZIP_SIGN
from elearn.content.formats.qti2_names import V21, V22, V30, Version, version_of
from elearn.content.modules import Picture
from elearn.content.questions import Question
from elearn.core.speech import say

GIFT, AIKEN, MOODLE, QTI12, XLSX = "gift", "aiken", "moodle-xml", "qti-1.2", "xlsx"
NAMES = (GIFT, AIKEN, MOODLE, QTI12, V21.name, V22.name, V30.name, XLSX)
TITLES = {
    GIFT: "GIFT (Moodle)",
    AIKEN: "Aiken",
    MOODLE: "Moodle XML",
    QTI12: "QTI 1.2",
    V21.name: "QTI 2.1",
    V22.name: "QTI 2.2",
    V30.name: "QTI 3.0",
    XLSX: say("Lembar kerja Excel (XLSX)"),
}
VERSIONS = {each.name: each for each in (V21, V22, V30)}
ROOTS = {"quiz": MOODLE, "questestinterop": QTI12}
LONG = 100_000
"""Bytes, unpacked, from which on a file is read by a job: some two hundred questions."""
OLE = b"\xd0\xcf\x11\xe0"
AIKEN_ANSWER = re.compile(r"^[ \t]{0,99}ANSWER[ \t]{0,99}:", re.IGNORECASE | re.MULTILINE)
GIFT_SIGNS = re.compile(r"(?<!\\)[{}]|^::|^\$CATEGORY:", re.MULTILINE)

NO_FORMAT = say(
    "Format berkas ini tidak dikenali. Yang dikenal: GIFT (Moodle), Aiken, Moodle XML, QTI 1.2, QTI 2.1, QTI 2.2, "
    "QTI 3.0, dan Excel (XLSX)."
)
NO_ITEM = say("Berkas ini tidak memuat satu soal pun.")
OLD_SHEET = say(
    "Berkas ini berformat .xls lama atau terkunci kata sandi. Simpan ulang sebagai .xlsx tanpa kata sandi."
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as understood: its format, its items, what each becomes here, and everything that is lost."""

    format: str
    bank: Bank
    understood: tuple[own.Understood, ...]

    @property
    def losses(self) -> tuple[Loss, ...]:
        """What is lost of the file (item 0) and of its items."""
        of_file = tuple(Loss(0, "", reason) for reason in self.bank.losses)
        return of_file + tuple(
            loss
            for number, (item, each) in enumerate(zip(self.bank.items, self.understood, strict=True), start=1)
            for loss in losses_of(item, number, each.losses)
        )


def read(content: bytes, form: str = "") -> Reading:
    """The questions of a file in the format told, or in the one it seems to have; UnreadableQuestions."""
    if len(content) > opening.MOST_BYTES:
        raise UnreadableQuestions(opening.MOST_SIZE)
    with scoring.limited():
        found, bank = _read_zip(content, form) if content.startswith(ZIP_SIGN) else _read_text(content, form)
    if not bank.items:
        raise UnreadableQuestions(NO_ITEM)
    if len(bank.items) > MOST_ITEMS:
        raise UnreadableQuestions(
            say("Berkas memuat lebih dari %(most)s soal; bagi menjadi beberapa berkas.", most=MOST_ITEMS)
        )
    return Reading(found, bank, tuple(own.question_of(item) for item in bank.items))


def is_long(content: bytes) -> bool:
    """Whether reading a file may take longer than somebody waits for a page."""
    return opening.unpacked_size(content) > LONG


def guessed_count(content: bytes) -> int:
    """About how many questions a file may hold at most, told by its signs alone."""
    if content.startswith(ZIP_SIGN):
        return min(MOST_ITEMS, opening.unpacked_size(content) // 400)
    signs = (b"<question ", b"<item ", b"ANSWER:", b"{")
    return min(MOST_ITEMS, next((count for sign in signs if (count := content.count(sign))), 1))


def _read_zip(content: bytes, form: str) -> tuple[str, Bank]:
    package = opening.package_of(content)
    if any(name.startswith("xl/") for name in package.entries):
        return _agreed(XLSX, form), sheet.read(content)
    bank, found = packages.read(package)
    return _agreed(found, form), bank


def _agreed(found: str, form: str) -> str:
    """The format found, unless another was told; versions of QTI 2 pass for one another."""
    if form and found != form and not (found.startswith("qti-2") and form.startswith("qti-2")):
        raise UnreadableQuestions(
            say(
                "Berkas ini tampaknya %(found)s, bukan %(form)s. "
                "Pilih format yang sesuai atau biarkan dikenali sendiri.",
                found=TITLES[found],
                form=TITLES[form],
            )
        )
    return found


def _read_text(content: bytes, form: str) -> tuple[str, Bank]:
    if content.startswith(OLE):
        raise UnreadableQuestions(OLD_SHEET)
    text = opening.text_of(content).text
    if text.lstrip().startswith("<") and (form not in (GIFT, AIKEN) or re.match(r"\s*<(\?xml|!DOCTYPE)", text)):
        return _read_xml(content, form)
    found = form or _guessed(text)
    if found in TEXTS:
        return found, TEXTS[found](content)
    raise UnreadableQuestions(NO_FORMAT if not form else say("Berkas ini bukan %(form)s.", form=TITLES[form]))


def _guessed(text: str) -> str:
    if AIKEN_ANSWER.search(text) and not re.search(r"^::|[{][=~#]", text, re.MULTILINE):
        return AIKEN
    return GIFT if GIFT_SIGNS.search(text) else ""


def _read_xml(content: bytes, form: str) -> tuple[str, Bank]:
    root, losses = opening.xml_of(content)
    found = _format_of(root)
    if not found:
        raise UnreadableQuestions(NO_FORMAT)
    _agreed(found, form)
    if found == MOODLE:
        return found, moodle_xml.read_root(root, losses)
    if found == QTI12:
        return found, qti12.read_root(root, losses)
    return found, Bank((qti2.read_root(root),), losses)


def _format_of(root: etree._Element) -> str:
    local = etree.QName(root).localname
    if local in ("assessmentItem", "qti-assessment-item"):
        return version_of(root).name
    return ROOTS.get(local, "")


TEXTS: dict[str, Callable[[bytes], Bank]] = {GIFT: gift.read, AIKEN: aiken.read}


def write(bank: Bank, form: str, *, is_package: bool = False, is_item: bool = False) -> Written:
    """The questions in a format; those of QTI as one item where that is asked for, else as a package."""
    if form in VERSIONS:
        version: Version = VERSIONS[form]
        return packages.write_one(bank, version) if is_item else packages.write(bank, version)
    if form == QTI12 and is_package:
        return packages.write_old(bank)
    return WRITERS[form](bank)


WRITERS: dict[str, Callable[[Bank], Written]] = {
    GIFT: gift_writing.write,
    AIKEN: aiken.write,
    MOODLE: moodle_xml_writing.write,
    QTI12: qti12_writing.write,
    XLSX: sheet_writing.write,
}


Drawn = Mapping[str, Mapping[str, Picture]]
"""The pictures at hand: by the slug of their module, then by their id."""


def bank_of(questions: Sequence[tuple[str, Question]], drawn: Drawn | None = None) -> Bank:
    """Our own questions, each with the slug of its module, as items of categories "module/topic"."""
    known = drawn or {}
    return Bank(
        tuple(
            own.item_of(each, f"{slug}/{each.topic}", known.get(slug, {}).get(each.picture))
            for slug, each in questions
        )
    )


def plain(reading: Reading) -> dict[str, Any]:
    """A file as understood, for other programs: its items, and the losses by the number of the item."""
    return {
        "format": reading.format,
        "count": len(reading.bank.items),
        "importable": sum(each.question is not None for each in reading.understood),
        "items": [
            _plain_item(number, item, each)
            for number, (item, each) in enumerate(zip(reading.bank.items, reading.understood, strict=True), start=1)
        ],
        "losses": [asdict(loss) for loss in reading.losses],
    }


def _plain_item(number: int, item: Item, understood: own.Understood) -> dict[str, Any]:
    return {
        "number": number,
        "kind": item.kind.value,
        "id": item.ident,
        "title": item.title,
        "text": item.text,
        "options": [_plain_option(option) for option in item.options],
        "groups": list(item.groups),
        "general_feedback": item.general_feedback,
        "combined_feedback": dict(zip(("right", "partial", "wrong"), item.combined, strict=True)),
        "picture": {"name": item.picture.id, "alt": item.alt, "svg": item.picture.svg} if item.picture else None,
        "category": item.category,
        "tags": list(item.tags),
        "importable": understood.question is not None,
        "losses": list(understood.losses),
        "lacks": list(understood.lacks),
    }


def _plain_option(option: Choice) -> dict[str, Any]:
    """An option; its fraction in percent, whole where it is whole; partner and tolerance only where there are any."""
    fraction = int(option.fraction) if option.fraction == int(option.fraction) else option.fraction
    told: dict[str, Any] = {"text": option.text, "fraction": fraction, "feedback": option.feedback}
    extra = {"id": option.id, "group": option.group, "tolerance": option.tolerance}
    return told | {name: value for name, value in extra.items() if value}

"""Aiken, the barest format there is: a question, lettered options, the letter of the answer; pure.

As Moodle reads it (docs.moodle.org, Aiken format), and more forgiving: a question may take several lines, letters may
be small, and what has no answer is told instead of being passed over.
"""

import re
from collections.abc import Iterator

from elearn.content.formats import texts
from elearn.content.formats.neutral import (
    Bank,
    Choice,
    Item,
    Kind,
    Notes,
    Written,
    bounded,
    check_options,
    losses_of,
)
from elearn.content.formats.opening import text_of
from elearn.content.formats.sheet import KINDS

OPTION = re.compile(r"([A-Za-z])[.)]\s+(.*)")
ANSWER = re.compile(r"ANSWER\s*:\s*(.*)", re.IGNORECASE)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

NO_ANSWER = "Baris ANSWER: tidak ada; soal ini tidak punya kunci."
NO_SUCH = "Kunci “{}” tidak menunjuk satu pilihan."
SEVERAL = "Kunci menyebut beberapa huruf, padahal Aiken mengenal satu; dibaca sebagai pilihan majemuk."
NO_STEM = "Soal ini tidak punya pertanyaan."
UNSAYABLE = "Aiken hanya memuat soal pilihan tunggal; soal jenis “{}” tidak ditulis."
BARE = "Aiken tidak memuat umpan balik, penjelasan, kode, topik, dan dasar hukum."
PLAINED = "Aiken memuat teks polos dalam satu baris; paragraf, cetak tebal, dan miring hilang."


def read(content: bytes) -> Bank:
    """The questions of an Aiken file; UnreadableQuestions for what is no text."""
    found = text_of(content)
    return Bank(bounded(_items(found.text)), found.losses)


def _items(text: str) -> Iterator[Item]:
    stem: list[str] = []
    options: list[str] = []
    for line in text.split("\n"):
        told = line.strip()
        if answer := ANSWER.fullmatch(told):
            yield _item(stem, options, answer[1])
            stem, options = [], []
        elif option := OPTION.fullmatch(told):
            if option[1].upper() == LETTERS[len(options) % 26]:
                options.append(option[2].strip())
            else:
                _more(stem, options, told)
        elif told or (stem and not options):
            if told and options and line[:1].strip():
                yield _item(stem, options, None)
                stem, options = [told], []
            else:
                _more(stem, options, told)
    if options or any(stem):
        yield _item(stem, options, None)


def _more(stem: list[str], options: list[str], told: str) -> None:
    """Another line of what was begun."""
    if options:
        options[-1] = f"{options[-1]} {told}".strip()
    else:
        stem.append(told)


def _item(stem: list[str], options: list[str], answer: str | None) -> Item:
    check_options(len(options))
    notes = Notes()
    rights = _rights(answer, len(options), notes)
    text = texts.from_plain("\n".join(stem), notes)
    if not text:
        notes.add(NO_STEM)
    worth = 100 / len(rights) if rights else 0.0
    choices = tuple(
        Choice(texts.from_plain(each, notes), round(worth, 5) if place in rights else 0.0)
        for place, each in enumerate(options)
    )
    kind = Kind.DESCRIPTION if not options else Kind.MULTIPLE if len(rights) > 1 else Kind.SINGLE
    return Item(kind, text, choices, losses=notes.all)


def _rights(answer: str | None, count: int, notes: Notes) -> set[int]:
    if answer is None:
        notes.add(NO_ANSWER)
        return set()
    letters = re.findall(r"\b[A-Za-z]\b", answer.replace(",", " ")) or list(answer[:1])
    places = {LETTERS.find(letter.upper()) for letter in letters}
    if not places or min(places) < 0 or max(places) >= count:
        notes.add(NO_SUCH.format(answer[:20]))
        return set()
    if len(places) > 1:
        notes.add(SEVERAL)
    return places


def write(bank: Bank) -> Written:
    """The questions with exactly one right option as Aiken; all others, and all else they say, are losses."""
    blocks, losses = [], []
    for number, item in enumerate(bank.items, start=1):
        losses += losses_of(item, number, (*item.losses, *_unsaid(item)))
        if _is_sayable(item):
            blocks.append(_block(item))
    content = "\n\n".join(blocks) + "\n"
    return Written(content.encode(), "text/plain; charset=utf-8", ".aiken.txt", tuple(losses))


def _is_sayable(item: Item) -> bool:
    is_choice = item.kind in (Kind.SINGLE, Kind.TRUE_FALSE)
    return is_choice and len(item.rights) == 1 and 2 <= len(item.options) <= len(LETTERS)


def _unsaid(item: Item) -> Iterator[str]:
    if not _is_sayable(item):
        yield UNSAYABLE.format(KINDS[item.kind])
        return
    if (
        item.general_feedback
        or any(item.combined)
        or item.ident
        or item.tags
        or any(each.feedback for each in item.options)
    ):
        yield BARE
    if item.picture:
        yield "Aiken tidak memuat gambar."
    told = (item.text, *(option.text for option in item.options))
    if any("\n\n" in text.strip() or not texts.is_plain(text) for text in told):
        yield PLAINED


def _block(item: Item) -> str:
    lines = [_line(item.text)]
    lines += [f"{LETTERS[place]}. {_line(option.text)}" for place, option in enumerate(item.options)]
    right = next(place for place, option in enumerate(item.options) if option.is_right)
    return "\n".join([*lines, f"ANSWER: {LETTERS[right]}"])


def _line(text: str) -> str:
    """A text on one line that nobody takes for an option or an answer."""
    told = " ".join(texts.to_plain(text).split())
    return f"“{told}”" if OPTION.fullmatch(told) or ANSWER.fullmatch(told) else told

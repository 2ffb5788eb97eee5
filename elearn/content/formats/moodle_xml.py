"""Moodle XML as it comes in; pure.

The kinds of Moodle’s core (docs.moodle.org, Moodle XML format) and of its ordering plugin. Texts come in HTML,
Markdown, plain or Moodle’s own format. What only Moodle does (penalties, hints, units, embedded answers) is told as
lost.
"""

import base64
import binascii
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import quote

from lxml import etree

from elearn.content.formats import pictures, texts
from elearn.content.formats.elements import child, children, text_in
from elearn.content.formats.gift import category_of
from elearn.content.formats.neutral import (
    ANY,
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
    check_options,
    number_of,
    told_number,
)
from elearn.content.formats.opening import xml_of
from elearn.core.speech import say

FORMS = {"0": "moodle", "1": "html", "2": "plain", "4": "markdown"}

NO_KIND = "Jenis soal Moodle “{}” tidak dipahami; hanya teksnya yang terbaca."
CLOZE = "Soal isian tersemat (cloze) tidak dapat dibawa; teksnya tetap memuat kode isiannya."
UNITS = "Satuan dan penilaian satuan tidak ikut; tulis satuannya di dalam soal."
HINTS = "Petunjuk antarpercobaan (hint) tidak ikut."
COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
WEIGHT = "Bobot soal {} tidak ikut; setiap soal bernilai satu."
FILES = "Berkas yang menempel tidak ikut: {}."
BROKEN_FILE = "Berkas “{}” yang menempel rusak."
HIDDEN = "Soal ini tersembunyi di Moodle."
FIXED = "Urutan pilihan yang tetap tidak ikut; pilihan diacak."
OTHER_ELEMENT = "Unsur <{}> bukan soal dan tidak ikut."
NO_FRACTION = "Nilai pilihan “{}” bukan persentase dari −100 sampai 100."
CASE = "Pembedaan huruf besar dan kecil tidak ikut."
PENALTY = "Pengurangan nilai per percobaan (penalty) tidak ikut; satu kertas soal dijawab satu kali."


def read(content: bytes) -> Bank:
    """The questions of a Moodle XML file; UnreadableQuestions for any other file."""
    root, losses = xml_of(content)
    return read_root(root, losses)


def read_root(root: etree._Element, losses: tuple[str, ...] = ()) -> Bank:
    """The questions below `<quiz>`."""
    if root.tag != "quiz":
        raise UnreadableQuestions(say("XML ini bukan bank soal Moodle: unsur pertamanya bukan <quiz>."))
    notes = Notes()
    notes.add(*losses)
    check_options(sum(1 for _ in root.iter("answer", "subquestion")))
    return Bank(bounded(_items(root, notes)), notes.all)


def _items(root: etree._Element, notes: Notes) -> Iterator[Item]:
    """The questions in their order, each in the category that was named last."""
    category = ""
    for element in root.iterchildren(etree.Element):
        if element.tag != "question":
            notes.add(OTHER_ELEMENT.format(str(element.tag)[:40]))
            continue
        if element.get("type") == "category":
            category = category_of(text_in(child(child_or(element, "category"), "text")))
            continue
        yield replace(_item(element), category=category)
        if (number_of(text_in(child(element, "penalty"))) or 0) != 0:
            notes.add(PENALTY)


def child_or(element: etree._Element, name: str) -> etree._Element:
    """The first child of that name, or an empty one."""
    found = child(element, name)
    return etree.Element(name) if found is None else found


def _item(element: etree._Element) -> Item:
    notes = Notes()
    kind, options = _KINDS.get(element.get("type", ""), _unknown)(element, notes)
    groups = _groups(element, kind, notes)
    stem = child_or(element, "questiontext")
    shown = pictures.Shown(pictures.fetching(_files(stem, notes)))
    item = Item(
        kind,
        _told(stem, notes, shown),
        options,
        title=" ".join(text_in(child(child_or(element, "name"), "text")).split()),
        ident=text_in(child(element, "idnumber")).strip(),
        general_feedback=_told(child_or(element, "generalfeedback"), notes),
        combined=_combined(element, notes),
        groups=groups,
        tags=tuple(
            text_in(tag).strip() for tag in children(child_or(element, "tags"), "tag") if text_in(tag).strip()
        ),
        picture=shown.picture,
        alt=shown.alt,
    )
    _note(element, notes)
    return replace(item, losses=notes.all)


def _told(element: etree._Element, notes: Notes, shown: pictures.Shown | None = None) -> str:
    """The text of an element in its format, its picture taken out, with what cannot be kept noted."""
    form = FORMS.get(element.get("format", "html"), element.get("format", "html"))
    told = child(element, "text")
    text = text_in(element if told is None else told).strip()
    if shown is not None and not form.startswith("plain"):
        text = shown.out_of(text, notes, is_markdown=form == "markdown").strip()
    asked = set() if shown is None else shown.asked
    names = [name for name, address in _named(element) if not asked & {address, quote(address)}]
    if names:
        notes.add(FILES.format(", ".join(name[:60] for name in names)))
    return texts.from_moodle(text, form, notes)


def _named(element: etree._Element) -> Iterator[tuple[str, str]]:
    """The files that hang on a text: how each is called, and by which address the text means it."""
    for file in children(element, "file"):
        name = file.get("name", "berkas")
        yield name, f"@@PLUGINFILE@@{file.get('path', '/')}{name}"


def _files(element: etree._Element, notes: Notes) -> dict[str, bytes]:
    """The files that hang on a text, by their path."""
    found = {}
    for file, (name, address) in zip(children(element, "file"), _named(element), strict=True):
        try:
            found[address.removeprefix("@@PLUGINFILE@@/")] = base64.b64decode(file.text or "")
        except (binascii.Error, ValueError):
            notes.add(BROKEN_FILE.format(name[:60]))
    return found


def _note(element: etree._Element, notes: Notes) -> None:
    """Note what Moodle says of a question and we do not keep."""
    weight = number_of(text_in(child(element, "defaultgrade")))
    if weight is not None and weight != 1 and element.get("type") != "description":
        notes.add(WEIGHT.format(told_number(weight)))
    notes_of = {
        HIDDEN: text_in(child(element, "hidden")).strip() == "1",
        HINTS: any(text_in(child(hint, "text")).strip() for hint in children(element, "hint")),
        FIXED: text_in(child(element, "shuffleanswers")).strip().lower() in ("0", "false"),
        CASE: text_in(child(element, "usecase")).strip() == "1",
        UNITS: child(child_or(element, "units"), "unit") is not None,
    }
    notes.add(*(sentence for sentence, is_so in notes_of.items() if is_so))


def _combined(element: etree._Element, notes: Notes) -> tuple[str, str, str]:
    right, partial, wrong = (_told(child_or(element, name), notes) for name in COMBINED)
    return right, partial, wrong


def _fraction(answer: etree._Element, notes: Notes) -> float:
    number = number_of(answer.get("fraction", "0"))
    if number is None or abs(number) > 100:
        notes.add(NO_FRACTION.format(answer.get("fraction", "")[:20]))
    return float(number) if number is not None else 0.0


def _answers(element: etree._Element, notes: Notes) -> tuple[Choice, ...]:
    return tuple(
        Choice(_told(each, notes), _fraction(each, notes), _told(child_or(each, "feedback"), notes))
        for each in children(element, "answer")
    )


def _multichoice(element: etree._Element, notes: Notes) -> tuple[Kind, tuple[Choice, ...]]:
    is_single = text_in(child(element, "single")).strip().lower() not in ("false", "0")
    return (Kind.SINGLE if is_single else Kind.MULTIPLE), _answers(element, notes)


def _truefalse(element: etree._Element, notes: Notes) -> tuple[Kind, tuple[Choice, ...]]:
    told = {WORDS_OF_TRUTH.get(each.text.strip().lower(), ""): each for each in _answers(element, notes)}
    return Kind.TRUE_FALSE, tuple(replace(told.get(word, Choice(word)), text=word) for word in (TRUE, FALSE))


def _shortanswer(element: etree._Element, notes: Notes) -> tuple[Kind, tuple[Choice, ...]]:
    told = [text_in(child(each, "text")).strip() for each in children(element, "answer")]
    options = zip(_answers(element, notes), told, strict=True)
    return Kind.SHORT_ANSWER, tuple(replace(option, text=text) for option, text in options)


def _numerical(element: etree._Element, notes: Notes) -> tuple[Kind, tuple[Choice, ...]]:
    found = [_number(each, notes) for each in children(element, "answer")]
    return Kind.NUMERIC, tuple(found)


def _number(answer: etree._Element, notes: Notes) -> Choice:
    told = text_in(child(answer, "text")).strip() or (answer.text or "").strip()
    number, width = number_of(told), number_of(text_in(child(answer, "tolerance")))
    if number is None and told != ANY:
        notes.add(f"Jawaban “{told[:40]}” bukan bilangan.")
    return Choice(
        told_number(number) if number is not None else told,
        _fraction(answer, notes),
        _told(child_or(answer, "feedback"), notes),
        told_number(width) if width else "",
    )


def _pairs(element: etree._Element, notes: Notes) -> list[Choice]:
    return [
        Choice(_told(each, notes), 100.0, group=_partner(each, notes)) for each in children(element, "subquestion")
    ]


def _partner(element: etree._Element, notes: Notes) -> str:
    answer = child_or(element, "answer")
    return texts.from_moodle(text_in(child(answer, "text")).strip(), "plain", notes)


def _matching(element: etree._Element, notes: Notes) -> tuple[Kind, tuple[Choice, ...]]:
    options = tuple(option for option in _pairs(element, notes) if option.text)
    used = [option.group for option in options]
    return (Kind.CLASSIFY if len(set(used)) < len(used) else Kind.MATCH), options


def _groups(element: etree._Element, kind: Kind, notes: Notes) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.group for each in _pairs(element, notes))) if kind in PUT else ()


def _ordering(element: etree._Element, notes: Notes) -> tuple[Kind, tuple[Choice, ...]]:
    return Kind.ORDER, tuple(replace(each, fraction=100.0) for each in _answers(element, notes))


def _essay(element: etree._Element, notes: Notes) -> tuple[Kind, tuple[Choice, ...]]:
    return Kind.ESSAY, ()


def _description(element: etree._Element, notes: Notes) -> tuple[Kind, tuple[Choice, ...]]:
    return Kind.DESCRIPTION, ()


def _unknown(element: etree._Element, notes: Notes) -> tuple[Kind, tuple[Choice, ...]]:
    kind = element.get("type", "")
    notes.add(CLOZE if kind in ("cloze", "multianswer") else NO_KIND.format(kind[:40] or "tanpa nama"))
    return Kind.UNKNOWN, ()


_KINDS: dict[str, Callable[[etree._Element, Notes], tuple[Kind, tuple[Choice, ...]]]] = {
    "multichoice": _multichoice,
    "truefalse": _truefalse,
    "shortanswer": _shortanswer,
    "numerical": _numerical,
    "matching": _matching,
    "match": _matching,
    "ordering": _ordering,
    "essay": _essay,
    "description": _description,
}

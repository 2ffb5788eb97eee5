"""Questions as Moodle XML, texts in Markdown, with what it cannot say; pure."""

import base64
from collections.abc import Iterator

from lxml import etree

from elearn.content.formats import pictures, texts
from elearn.content.formats.moodle_xml import COMBINED
from elearn.content.formats.neutral import (
    FALSE,
    PUT,
    TRUE,
    Bank,
    Choice,
    Item,
    Kind,
    Written,
    losses_of,
    named,
    percent,
)

TYPES = {
    Kind.SINGLE: "multichoice",
    Kind.MULTIPLE: "multichoice",
    Kind.TRUE_FALSE: "truefalse",
    Kind.SHORT_ANSWER: "shortanswer",
    Kind.NUMERIC: "numerical",
    Kind.MATCH: "matching",
    Kind.CLASSIFY: "matching",
    Kind.ORDER: "ordering",
    Kind.ESSAY: "essay",
}
UNCOMBINED = {Kind.NUMERIC, Kind.TRUE_FALSE, Kind.SHORT_ANSWER, Kind.ESSAY}
NOT_SHOWN = (
    "Umpan balik untuk jawaban benar, sebagian benar, dan salah ikut di dalam berkas, "
    "tetapi Moodle tidak menampilkannya pada soal jenis ini."
)


def write(bank: Bank) -> Written:
    """The questions as Moodle XML, texts in Markdown, with what it cannot say."""
    root, losses, category = etree.Element("quiz"), [], ""
    for number, item in enumerate(bank.items, start=1):
        if item.category != category:
            category = item.category
            _category(root, category)
        _write_item(root, item, number)
        losses += losses_of(item, number, (*item.losses, *_unsaid(item)))
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return Written(content, "application/xml", ".xml", tuple(losses))


def _unsaid(item: Item) -> Iterator[str]:
    if any(item.combined) and item.kind in UNCOMBINED:
        yield NOT_SHOWN
    if item.kind in PUT and any(option.feedback for option in item.options):
        yield "Moodle XML tidak memuat umpan balik per butir untuk soal menjodohkan."
    if item.kind in PUT and any(not texts.is_plain(group) for group in item.groups):
        yield "Moodle XML memuat pasangan sebagai teks polos; cetak tebal dan miringnya hilang."
    if item.kind is Kind.UNKNOWN:
        yield "Soal yang tidak dipahami ditulis sebagai keterangan."


def _category(root: etree._Element, category: str) -> None:
    question = etree.SubElement(root, "question", type="category")
    path = "/".join(["$course$", "top", *([category] if category else [])])
    _text(etree.SubElement(question, "category"), path)


def _write_item(root: etree._Element, item: Item, number: int) -> None:
    question = etree.SubElement(root, "question", type=TYPES.get(item.kind, "description"))
    _text(etree.SubElement(question, "name"), item.title or named(item, number))
    _pictured(_marked(question, "questiontext", _with_picture(item)), item)
    _marked(question, "generalfeedback", item.general_feedback)
    plain = {"defaultgrade": "0" if question.get("type") == "description" else "1", "penalty": "0", "hidden": "0"}
    for name, value in (plain | {"idnumber": item.ident}).items():
        etree.SubElement(question, name).text = value
    for name, text in zip(COMBINED, item.combined, strict=True):
        if text:
            _marked(question, name, text)
    _write_answers(question, item)
    if item.tags:
        tags = etree.SubElement(question, "tags")
        for tag in item.tags:
            _text(etree.SubElement(tags, "tag"), tag)


def _with_picture(item: Item) -> str:
    """The text with the mention of its picture behind it."""
    if item.picture is None:
        return item.text
    name, _, _ = pictures.file_of(item.picture)
    return f"{item.text}\n\n{pictures.tag(f'@@PLUGINFILE@@/{name}', item.alt)}"


def _pictured(stem: etree._Element, item: Item) -> None:
    """Hang the file of the picture on the text."""
    if item.picture is not None:
        name, content, _ = pictures.file_of(item.picture)
        file = etree.SubElement(stem, "file", name=name, path="/", encoding="base64")
        file.text = base64.b64encode(content).decode()


def _write_answers(question: etree._Element, item: Item) -> None:
    if item.kind in (Kind.SINGLE, Kind.MULTIPLE):
        etree.SubElement(question, "single").text = "true" if item.kind is Kind.SINGLE else "false"
        etree.SubElement(question, "shuffleanswers").text = "true"
        etree.SubElement(question, "answernumbering").text = "abc"
    if item.kind is Kind.ORDER:
        facts = {
            "layouttype": "VERTICAL",
            "selecttype": "ALL",
            "gradingtype": "ALL_OR_NOTHING",
            "showgrading": "SHOW",
        }
        for name, value in facts.items():
            etree.SubElement(question, name).text = value
    if item.kind is Kind.ESSAY:
        etree.SubElement(question, "responseformat").text = "editor"
    for place, option in enumerate(item.options, start=1):
        _write_option(question, item, option, place)
    used = {option.group for option in item.options}
    for group in item.groups:
        if group not in used:
            _pair(question, Choice("", group=group))


def _write_option(question: etree._Element, item: Item, option: Choice, place: int) -> None:
    if item.kind in PUT:
        _pair(question, option)
        return
    fraction = str(place) if item.kind is Kind.ORDER else percent(option.fraction)
    answer = etree.SubElement(question, "answer", fraction=fraction)
    if item.kind in (Kind.TRUE_FALSE, Kind.NUMERIC, Kind.SHORT_ANSWER):
        words = {TRUE: "true", FALSE: "false"} if item.kind is Kind.TRUE_FALSE else {}
        answer.set("format", "moodle_auto_format")
        _text(answer, words.get(option.text, option.text))
    else:
        answer.set("format", "markdown")
        _text(answer, option.text)
    _marked(answer, "feedback", option.feedback)
    if item.kind is Kind.NUMERIC:
        etree.SubElement(answer, "tolerance").text = option.tolerance.replace(",", ".") or "0"


def _pair(question: etree._Element, option: Choice) -> None:
    pair = _marked(question, "subquestion", option.text)
    _text(etree.SubElement(pair, "answer"), texts.to_plain(option.group))


def _marked(parent: etree._Element, name: str, text: str) -> etree._Element:
    element = etree.SubElement(parent, name, format="markdown")
    _text(element, text)
    return element


def _text(element: etree._Element, text: str) -> None:
    told = etree.SubElement(element, "text")
    told.text = etree.CDATA(text) if any(sign in text for sign in "<>&\n") and "]]>" not in text else text

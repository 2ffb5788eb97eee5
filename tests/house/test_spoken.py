"""The second language is complete: in the catalogues, in what is marked, and on every page that can be opened."""

import re
import subprocess
import sys
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from babel.messages.pofile import read_po
from flask import Flask
from lxml import etree
from sqlalchemy import select

from config import ROOT
from elearn.content import source
from elearn.core import clock
from elearn.core.db import db
from tests.house import unspoken
from tests.house.test_access import address, real_values, rules_of, visitors

SPARED = {"home.gallery"}
"""Pages only engineers see."""
FILES = (".pdf", ".xlsx", ".csv", ".json")
LONGEST_NAME = 200
QUOTED = re.compile(r"“[^”]*”|for example:? .*|Pasal \d.*")
"""Indonesian inside an English sentence that says so: a title, an example, a place in the law."""
FOREIGN = re.compile(
    r"\d %|\bpukul\b|\d\d-\d\d-\d{4}|\b(Januari|Februari|Maret|Mei|Juni|Juli|Agustus|Oktober|Desember)\b"
)
"""Shares, times and days as only Indonesian writes them."""
MANY = re.compile(r"(?<![\d.,/:–-])(?<!and )\b1 (?!is\b|has\b|was\b|this\b)(people|[a-z]+s)\b")
"""One of something, told as several."""
ENDS = ".?:;,"
TAG = re.compile(r"<[^>]+>")


def test_the_catalogues_hold_every_sentence() -> None:
    """Nothing is missing, lost, empty, or lacks a value; `make words` brings the catalogues up to the code."""
    done = subprocess.run(
        [sys.executable, "bin/words", "--check"], cwd=unspoken.ROOT, capture_output=True, text=True, check=False
    )
    assert "The second language is complete.\n" == done.stdout + done.stderr


@pytest.mark.parametrize("room", unspoken.rooms())
def test_what_is_shown_is_marked(room: str) -> None:
    """No template and no rule of this room says anything in Indonesian only."""
    assert [] == list(unspoken.of_room(room))


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>{% trans %}Ada tugas{% endtrans %}</p>{{ _('Simpan') }}", []),
        ("<p>Ada tugas</p>", ["Ada tugas"]),
        ('<img alt="Gambar sapi">', ["alt=Gambar sapi"]),
        ("{{ 'Belum ada' if x else say('Ada') }}", ["'Belum ada'"]),
        ("{{ term('one', 'Pegawai') }}{{ name('one', 'Pegawai') }}", ["'Pegawai'"]),
        ("<p>{{ name }} · {{ 5 }}</p>", []),
    ],
)
def test_the_reader_of_templates_sees(template: str, found: list[str]) -> None:
    """A text outside a mark, in an attribute, in an expression."""
    assert found == unspoken.of_template(template)


def test_the_reader_of_modules_sees() -> None:
    """A sentence without a mark; what engineers read is theirs."""
    source = (
        '"""Tidak untuk orang."""\na = say("Berkas ini kosong.")\nb = "Berkas ini kosong."\nc = Field("Nama")\n'
        'd = term("one", "Soal ini")\n'
    )
    assert ["3: 'Berkas ini kosong.'"] == unspoken.of_module(source, "rules.py")
    assert ["3: 'Berkas ini kosong.'", "4: 'Nama'"] == unspoken.of_module(source, "forms.py")


def spellings() -> Iterator[tuple[str, str]]:
    """Every sentence with each form of its translation, without tags."""
    for path in sorted((unspoken.ROOT / "translations/en/LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale="en")
        for message in catalogue:
            source = message.id if isinstance(message.id, str) else message.id[0]
            for form in (message.string,) if isinstance(message.string, str) else message.string:
                if source:
                    yield TAG.sub("", source), TAG.sub("", form)


def slips(source: str, english: str) -> list[str]:
    """How a translation is not written as its source is."""
    ends = source[-1:], english[-1:]
    is_heard_alike = source.strip()[:1].isupper() == english.strip()[:1].isupper()
    begins = source.strip()[:1].isalpha() and english.strip()[:1].isalpha()
    found = {
        "a straight quotation mark": bool(re.search(r"\w'(\w|\s|$)|\"\w", english)),
        "another first letter": begins and not is_heard_alike,
        "another end": ends[0] != ends[1] and any(sign in ENDS for sign in ends) and not source.endswith("%(name)s."),
        "another space around it": [source != source.lstrip(), source != source.rstrip()]
        != [english != english.lstrip(), english != english.rstrip()],
    }
    return [slip for slip, is_there in found.items() if is_there]


def test_a_translation_is_written_as_its_source() -> None:
    """Capital or not, the end (but after a name, which may have a full stop of its own), the quotation marks."""
    assert [] == [(slips(*pair), *pair) for pair in spellings() if slips(*pair)]


@pytest.mark.parametrize(
    ("source", "english", "found"),
    [
        ("Draf dibuang.", "The draft is discarded.", []),
        ("Atas nama %(name)s.", "In the name of %(name)s", []),
        ("Draf dibuang.", "The draft is discarded", ["another end"]),
        ("draf", "Draft", ["another first letter"]),
        ("Sesi Anda berakhir. ", "Your session has ended.", ["another end", "another space around it"]),
        ("Meja Sekda", "Sekda's desk", ["a straight quotation mark"]),
    ],
)
def test_the_reader_of_translations_sees(source: str, english: str, found: list[str]) -> None:
    """Each slip by itself."""
    assert found == slips(source, english)


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("1 employee is late.", False),
        ("1 employees are late.", True),
        ("7, 3 and 1 days before", False),
        ("Lesson, 1 minutes", True),
        ("800.1.6/112 has 1 is", False),
        ("25% · 3 late", False),
        ("25 % late", True),
        ("from 22-11-2026", True),
        ("22 November 2026 at 10:32 WIB", False),
        ("22 Oktober 2026", True),
        ("Draf", True),
        ("Dinas Kesehatan", False),
    ],
)
def test_the_reader_of_pages_sees(text: str, is_wrong: bool) -> None:
    """A number, a share, a day in the wrong language; a word that nobody spoke."""
    assert is_wrong == is_foreign(text, {"Draf"})


def is_foreign(text: str, unsaid: Container[str]) -> bool:
    """Whether a text of an English page is none: by a word, a way of writing, or as a sentence that nobody spoke."""
    return text in unsaid or any(sign.search(text) for sign in (unspoken.WORDS, FOREIGN, MANY))


def texts_of(node: Any) -> Iterator[str]:
    """Every text in a tree of content."""
    if isinstance(node, str):
        yield node
    elif is_dataclass(node):
        for each in fields(node):
            yield from texts_of(getattr(node, each.name))
    elif isinstance(node, Mapping):
        yield from texts_of(tuple(node.items()))
    elif isinstance(node, Iterable):
        for each in node:
            yield from texts_of(each)


def names_in_use() -> re.Pattern[str]:
    """Whatever people and the content gave as names: agencies, titles, reasons; those are nobody's to translate."""
    taught = texts_of(source.load(ROOT / "content", clock.today()))
    found = {text.strip() for text in taught if " " in text and len(text) < LONGEST_NAME}
    for table in db.metadata.sorted_tables:
        texts = [column for column in table.columns if column.type.python_type is str and not column.foreign_keys]
        for row in db.session.execute(select(*texts).distinct()) if texts else ():
            found.update(text.strip() for text in row if text and " " in text)
    return re.compile("|".join(re.escape(name) for name in sorted(found, key=len, reverse=True)))


def english_of(html: str) -> list[str]:
    """The texts of a page that are said to be English."""
    tree = etree.fromstring(html, etree.HTMLParser())
    for node in tree.xpath("//*[@lang='id'] | //script | //style | //svg[not(@role)]"):
        node.text, tail = None, node.tail
        node[:] = []
        node.tail = tail
    texts = tree.xpath("//body//text() | //title/text() | //@aria-label | //@alt | //@placeholder | //@title")
    return [" ".join(text.split()) for text in texts if text.strip()]


def english_pages(app: Flask, sign_in: Any) -> Iterator[tuple[str, str]]:
    """Each page in English as the first role that may open it sees it, with who and where; all first pages."""
    values, read = real_values(app), set(SPARED)
    for role, browser in visitors(sign_in).items():
        browser.set_cookie("bahasa", "en")
        for rule in rules_of(app):
            if "GET" not in rule.methods or rule.rule.endswith(FILES) or rule.endpoint in read:
                continue
            page = browser.get(address(app, rule, values))
            if page.mimetype == "text/html" and page.status_code == 200:
                yield f"{role.value} {rule.rule}", page.get_data(as_text=True)
                read.update({rule.endpoint} - {"home.index"})


@pytest.mark.slow
def test_no_page_in_english_speaks_indonesian(regency: Flask, sign_in: Any) -> None:
    """What is Indonesian on an English page is content or a name."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("what a page says is the same on both databases")
    names, found = names_in_use(), {}
    unsaid = {source for source, english in spellings() if source != english}
    for where, html in english_pages(regency, sign_in):
        for text in english_of(html):
            if is_foreign(QUOTED.sub(" ", names.sub(" ", text)).strip(), unsaid):
                found.setdefault(text, where)
    assert not found, "\n".join(f"{where}: {text}" for text, where in sorted(found.items(), key=lambda pair: pair[1]))

"""The second language is complete: in the catalogues, in what is marked, and on every page that can be opened."""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
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
QUOTED = re.compile(r"“[^”]*”|for example: .*|Pasal \d.*")
"""Indonesian inside an English sentence that says so: a title, an example, a place in the law."""


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
    for where, html in english_pages(regency, sign_in):
        for text in english_of(html):
            if unspoken.WORDS.search(QUOTED.sub(" ", names.sub(" ", text))):
                found.setdefault(text, where)
    assert not found, "\n".join(f"{where}: {text}" for text, where in sorted(found.items(), key=lambda pair: pair[1]))

"""A report on paper: in parts when it is long, each with what belongs to it, and sealed as a whole."""

from datetime import datetime

import pytest
from flask import Flask
from lxml import html

from elearn.accounts import queries as accounts
from elearn.core import clock
from elearn.core.permissions import Role
from elearn.core.tables import Column, Table, fingerprint
from elearn.reports import asking, papers
from elearn.reports.papers import Paper
from elearn.reports.signing import Signatory
from tests.factories.accounts import an_account
from tests.factories.agencies import an_opd

COLUMNS = (Column("name", "Nama"), Column("nip", "NIP", "nip"))
NOTES = (("Per tanggal", "22 November 2026"), ("Perangkat daerah", "Seluruh perangkat daerah"))
FACTS = {
    "letterhead": {
        "government": "Kabupaten Contoh",
        "unit": "",
        "address": "Jalan 1",
        "contact": "",
        "is_demo": False,
    },
    "chart": None,
    "signatory": Signatory("Kepala Badan", "Ratna", "Pembina (IV/a)", "198609262015051001"),
    "made_on": datetime(2026, 11, 22, 10, 32, tzinfo=clock.zone()),
    "proof": {"address": "https://contoh.id/x", "size": 33, "path": "M0 0h1"},
    "notes": NOTES,
}


def a_table(rows: int) -> Table:
    """So many people, and their number below."""
    people = [{"name": f"Pegawai {n}", "nip": "198609262015051001"} for n in range(rows)]
    return Table("Ketuntasan per pegawai", COLUMNS, people, notes=NOTES, total={"name": "Jumlah", "nip": None})


@pytest.fixture
def _inside(built_app_once: Flask) -> object:
    """Inside an application without a database."""
    with built_app_once.app_context():
        yield


def pages(rows: int) -> list[html.HtmlElement]:
    """The parts of a paper of so many rows."""
    return [html.fromstring(part) for part in Paper(a_table(rows), FACTS).parts]


def names(page: html.HtmlElement) -> list[str]:
    """The first cell of each row."""
    return [row.text_content() for row in page.xpath("//table[@class='data']/tbody/tr/td[1]")]


@pytest.mark.usefixtures("_inside")
def test_each_row_is_printed_once_and_the_total_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """In order, over as many parts as it takes."""
    monkeypatch.setattr(papers, "PART", 3)
    for rows, parts in ((0, 1), (1, 1), (3, 1), (4, 2), (6, 2), (7, 3)):
        found = pages(rows)
        assert parts == len(found)
        assert [f"Pegawai {n}" for n in range(rows)] + ["Jumlah"] == [name for page in found for name in names(page)]


@pytest.mark.usefixtures("_inside")
def test_the_first_part_has_the_letterhead_and_the_last_is_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    """And every part says which of how many it is."""
    monkeypatch.setattr(papers, "PART", 3)
    found = pages(7)
    assert [1, 0, 0] == [len(page.find_class("kop")) for page in found]
    assert [0, 0, 1] == [len(page.find_class("signing")) for page in found]
    assert [0, 0, 1] == [len(page.find_class("notes")) for page in found]
    for number, page in enumerate(found, start=1):
        assert f"bagian {number} dari 3" in page.text_content()
    assert ["Pegawai 0 sampai Pegawai 2", "Pegawai 3 sampai Pegawai 5", "Pegawai 6 sampai Pegawai 6"] == [
        page.findtext(".//title").partition(": ")[2] for page in found
    ]
    assert {"Laporan ketuntasan per pegawai"} == {page.findtext(".//h1") for page in found}


@pytest.mark.usefixtures("_inside")
def test_a_short_paper_knows_no_parts() -> None:
    """It is one whole with letterhead and signature."""
    [page] = pages(2)
    assert [1, 1] == [len(page.find_class(name)) for name in ("kop", "signing")]
    assert "bagian" not in page.text_content()
    assert "Laporan ketuntasan per pegawai" == page.findtext(".//title")
    assert "19860926 201505 1 001" in page.find_class("signature")[0].text_content()


@pytest.mark.usefixtures("_inside")
def test_the_seal_is_of_the_data_not_of_what_is_said_of_them() -> None:
    """Other notes leave the fingerprint as it is, another name does not."""
    told = dict(papers.sealed_table(a_table(2)).notes)
    assert fingerprint(a_table(2)) == told["SHA-256 data"]
    assert papers.SEAL == told["Cara menghitung"]
    assert fingerprint(a_table(2)) != fingerprint(a_table(3))


def test_a_paper_is_what_was_asked_for(app: Flask) -> None:
    """The brief table is printed, the whole one is sealed; the proof tells of the whole."""
    an_opd()
    asked = asking.asked({}, accounts.get_actor(an_account(Role.HR).id), known=frozenset())
    whole, brief = a_table(3), Table("Ketuntasan per pegawai", COLUMNS[:1], a_table(3).rows)
    paper = papers.paper(whole, asked, brief=brief)
    assert ["Nama"] == [column.title for column in paper.table.columns]
    assert fingerprint(whole) == dict(paper.table.notes)["SHA-256 data"]
    assert "Laporan ketuntasan per pegawai" == paper.title
    assert paper.sealed().startswith(b"%PDF-1.7")

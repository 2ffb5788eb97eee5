"""The page at which anybody checks a report's file, signed in or not."""

import io
from typing import Any

import pytest
from flask.testing import FlaskClient

from elearn.agencies.models import Agency
from elearn.core.permissions import Role
from tests.factories.accounts import an_account
from tests.factories.agencies import an_employee, an_opd
from tests.factories.directives import an_issued_directive
from tests.factories.files import resaved, sheets_of

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def opd(app: Any) -> Agency:
    """An office where somebody is bound by a directive."""
    opd = an_opd("dinkes", "Dinas Kesehatan")
    an_employee(opd, name="Siti Aminah")
    an_issued_directive(opd)
    return opd


def show(client: FlaskClient, content: bytes, **more: str) -> Any:
    """Drop a file into the page."""
    data = {"file": (io.BytesIO(content), "laporan"), **more}
    return client.post("/verifikasi", data=data, content_type="multipart/form-data")


def words_of(answer: Any) -> str:
    """The words of a page."""
    return " ".join(answer.text.split())


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "csv", "json"])
def test_anybody_checks_a_file_she_was_sent(opd: Agency, sign_in: Any, client: FlaskClient, kind: str) -> None:
    """It says what the report is, as of when, and which office made it; no name of its maker or of anybody in it."""
    maker = an_account(Role.OPD_OFFICER, agency_id=opd.id, name="Ratna Dewi")
    file = sign_in(maker).get(f"/laporan/ketuntasan/opd/dinkes.{kind}?per=2026-11-20").data
    answer = show(client, file)
    told = words_of(answer)
    assert 200 == answer.status_code
    assert "<h1>Laporan asli</h1>" in told
    for fact in ("Ketuntasan per pegawai", "Dinas Kesehatan", "20 November 2026", "Pengelola kepegawaian OPD, Dinas"):
        assert fact in told
    assert "Ratna" not in told
    assert "Siti" not in told


def test_a_changed_file_says_what_was_made(opd: Agency, sign_in: Any, client: FlaskClient) -> None:
    """How many rows there are and were, and what to do; with 200, since the report is known."""
    sheets = sheets_of(sign_in(Role.HR).get("/laporan/ketuntasan/opd/dinkes.xlsx").data)
    sheets["Data"].append(["Orang Lain", *sheets["Data"][1][1:]])
    answer = show(client, resaved(sheets))
    told = words_of(answer)
    assert (200, True) == (answer.status_code, "<h1>Laporan berubah</h1>" in told)
    assert "memuat 2 baris, laporan yang dibuat memuat 1 baris" in told
    assert "mintalah berkas aslinya" in told


def test_each_finding_has_its_words(opd: Agency, sign_in: Any, client: FlaskClient) -> None:
    """Of a file that says something else, has something more, or reckons."""
    whole = sheets_of(sign_in(Role.HR).get("/laporan/unit.xlsx").data)
    for change, heading, status in (
        ({"Keterangan": whole["Keterangan"][:1] + whole["Keterangan"][2:]}, "Keterangan laporan berubah", 200),
        ({"<b>Lain": [["Selesai"]]}, "Laporan asli, dengan tambahan", 200),
        ({"Data": [["=1+1"], *whole["Data"][1:]]}, "Laporan berubah", 404),
        ({"Keterangan": whole["Keterangan"][:-1]}, "Laporan tidak dikenal", 404),
        ({"Keterangan": [*whole["Keterangan"][:-1], ["x", "/verifikasi/laporan/x"]]}, "Laporan tidak dikenal", 404),
    ):
        answer = show(client, resaved({**whole, **change}))
        assert (status, True) == (answer.status_code, f"<h1>{heading}</h1>" in words_of(answer)), heading


def test_a_file_that_cannot_be_read_is_refused_at_its_field(client: FlaskClient) -> None:
    """With a sentence that says which files are meant."""
    answer = show(client, b"PK\x03\x04 bukan berkas")
    assert 422 == answer.status_code
    assert "tidak dapat dibaca. Pilih berkas PDF, XLSX, CSV, atau JSON" in words_of(answer)


def test_the_page_speaks_english(opd: Agency, sign_in: Any, client: FlaskClient) -> None:
    """What was made stays as it was."""
    file = sign_in(Role.HR).get("/laporan/unit.csv").data
    client.get("/bahasa/en")
    told = words_of(show(client, file))
    assert "<h1>Genuine report</h1>" in told
    assert "Ketuntasan per unit kerja" in told


def test_an_address_from_a_file_leads_to_the_upload(opd: Agency, sign_in: Any, client: FlaskClient) -> None:
    """Opening it says what the report is; only the file can be compared."""
    notes = dict(sheets_of(sign_in(Role.HR).get("/laporan/unit.xlsx").data)["Keterangan"])
    told = words_of(client.get(notes["Alamat pemeriksaan"]))
    assert "<h1>Laporan dikenal</h1>" in told
    assert 'href="/verifikasi">unggah berkasnya' in told

"""One Table in five forms: the same cells in each, sealed by one fingerprint, whole for ever unless corrected."""

import csv
import io
import json
import subprocess
from datetime import timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from flask import Flask
from lxml import html
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from elearn.accounts import queries as people
from elearn.agencies import actions as agencies
from elearn.agencies import books
from elearn.agencies.models import Agency, AgencyName
from elearn.core import clock, jobs
from elearn.core.bahasa import angka, persen, tanggal, waktu
from elearn.core.db import db
from elearn.core.permissions import SYSTEM, Role
from elearn.core.pressroom import NotPrinted
from elearn.core.tables import Table
from elearn.core.transaction import transaction
from elearn.ledger import actions as ledger
from elearn.reports import asking, catalogue, completion, orders, papers
from elearn.reports.models import ReportOrder
from tests.factories.accounts import an_account
from tests.factories.agencies import a_unit, an_employee, an_opd
from tests.factories.directives import an_issued_directive
from tests.factories.pact import a_pact, who_passed

DAY = timedelta(days=1)
PAGES = ["ketuntasan", "ketuntasan/opd/dinkes", *(report.slug for report in catalogue.REPORTS)]
BRIEF = ("pakta", "edaran")
"""The reports whose pages show less than their files, or the same in fewer columns."""
BOM = b"\xef\xbb\xbf"


@pytest.fixture
def regency(app: Flask) -> Agency:
    """The health office with two units, and the school office; one has a certificate, seven are late."""
    opd = an_opd("dinkes", "Dinas Kesehatan")
    with time_machine.travel(clock.now() - 10 * DAY):
        for name in ("Ani", "Budi", "Citra"):
            an_employee(a_unit(opd), name=f"Perawat {name}")
        an_employee(an_opd("disdik", "Dinas Pendidikan"), name="=Guru")
        pact = a_pact(agency=opd, name="Siti Aminah", title_after="S.Kep.")
        jobs.perform("certificates.issue", str(pact.id))
        for number in range(4):
            who_passed(agency=opd, name=f"Bidan {number}")
        an_issued_directive(opd, deadline_on=clock.today() + DAY)
    with transaction():
        ledger.record(people.get_actor(pact.account_id), "agencies:person_transferred", {})
    jobs.queue().flush()
    return opd


def told(browser: Any, path: str) -> dict[str, Any]:
    """The JSON of a report."""
    return json.loads(browser.get(f"/laporan/{path}.json").data)


def in_csv(value: Any, kind: str) -> str:
    """A cell of JSON as CSV writes it."""
    if value is None:
        return ""
    if kind == "percent":
        return f"{value * 100:.1f}%".replace(".", ",")
    if kind == "instant":
        return str(value)[:16].replace("T", " ")
    text = str(value)
    return f"'{text}" if text.startswith("=") else text


@pytest.mark.parametrize("path", PAGES)
def test_csv_and_xlsx_hold_what_json_holds(regency: Agency, sign_in: Any, path: str) -> None:
    """Cell by cell, with the same fingerprint of the same bytes."""
    browser = sign_in(Role.HR)
    data = told(browser, path)
    assert ["title", "as_of", "filters", "columns", "rows", "total", "notes", "sha256"] == list(data)
    assert data["rows"]
    kinds = [(column["key"], column["kind"]) for column in data["columns"]]
    rows = data["rows"] + ([data["total"]] if data["total"] else [])
    expected = [[in_csv(row[key], kind) for key, kind in kinds] for row in rows]

    raw = browser.get(f"/laporan/{path}.csv").data.removeprefix(BOM)
    sealed, _, notes = raw.partition(b"\r\n\r\n")
    assert sha256(sealed + b"\r\n").hexdigest() == data["sha256"]
    assert data["sha256"] in notes.decode()
    cells = list(csv.reader(io.StringIO(sealed.decode()), delimiter=";"))
    assert [column["title"] for column in data["columns"]] == cells[0]
    assert expected == [[cell.removeprefix("\t") for cell in row] for row in cells[1:]]

    book = CalamineWorkbook.from_filelike(io.BytesIO(browser.get(f"/laporan/{path}.xlsx").data))
    sheet = book.get_sheet_by_name("Data").to_python()
    assert [column["title"] for column in data["columns"]] == sheet[0]
    assert expected == [
        [as_csv(value, kind) for value, (_, kind) in zip(row, kinds, strict=True)] for row in sheet[1:]
    ]
    told_notes = dict(book.get_sheet_by_name("Keterangan").to_python())
    assert {"Per tanggal", "Dibuat oleh", "Dibuat pada", "SHA-256 data"} <= set(told_notes)
    assert data["sha256"] == told_notes["SHA-256 data"]


def as_csv(value: Any, kind: str) -> str:
    """A cell of a workbook as CSV writes it."""
    if value == "":
        return ""
    if kind == "count":
        return str(int(value))
    if kind == "percent":
        return in_csv(value, kind)
    return str(value)[:16] if kind == "instant" else str(value)


@pytest.mark.parametrize("path", ["ketuntasan", *(r.slug for r in catalogue.REPORTS if r.slug not in BRIEF)])
def test_the_page_shows_what_json_holds(regency: Agency, sign_in: Any, path: str) -> None:
    """Each cell in its Indonesian form, under headings that may part where they must."""
    browser = sign_in(Role.HR)
    data = told(browser, path)
    page = html.fromstring(browser.get(f"/laporan/{path}").text)
    shown = [
        ["".join(cell.itertext()) for cell in row.xpath("th|td")] for row in page.xpath("//table[@data-filter]//tr")
    ]
    kinds = [(column["key"], column["kind"]) for column in data["columns"]]
    rows = data["rows"] + ([data["total"]] if data["total"] else [])
    assert [column["title"] for column in data["columns"]] == [title.replace("\u00ad", "") for title in shown[0]]
    assert [[on_page(row[key], kind) for key, kind in kinds] for row in rows] == shown[1:]


def on_page(value: Any, kind: str) -> str:
    """A cell of JSON as a page shows it."""
    if value is None or value == "":
        return "–"
    words = {"count": angka, "percent": persen, "date": lambda day: tanggal(clock.date.fromisoformat(day))}
    if kind == "instant":
        return waktu(clock.datetime.fromisoformat(value))
    return words.get(kind, str)(value)


@pytest.mark.parametrize("path", PAGES)
def test_every_report_is_printed_on_letterhead(regency: Agency, sign_in: Any, path: str) -> None:
    """A PDF each."""
    answer = sign_in(Role.HR).get(f"/laporan/{path}.pdf")
    assert (200, "application/pdf") == (answer.status_code, answer.mimetype)
    assert answer.data.startswith(b"%PDF-1.7")


def test_the_same_report_of_the_same_day_is_the_same_until_a_correction(regency: Agency, sign_in: Any) -> None:
    """What happens later changes nothing; a backdated transfer does, and the report says so."""
    other, day = an_opd("dinsos", "Dinas Sosial"), clock.today() - 5 * DAY
    signs, moves, errs = (who_passed(agency=regency, name=name) for name in ("Dewi", "Fajar", "Eko Prasetyo"))
    browser, path = sign_in(Role.HR), f"ketuntasan.json?per={day}"
    before = json.loads(browser.get(f"/laporan/{path}").data)
    a_pact(signs)
    with transaction():
        agencies.transfer(SYSTEM, employee_id=moves.id, agency_id=other.id, post="Analis", on=clock.today())
    settled = json.loads(browser.get(f"/laporan/{path}").data)
    assert (before["sha256"], before["rows"]) == (settled["sha256"], settled["rows"])
    with transaction():
        agencies.transfer(SYSTEM, employee_id=errs.id, agency_id=other.id, post="Analis", on=day)
        books.correct(SYSTEM, effective_on=day, sentence="Mutasi Eko Prasetyo ke Dinas Sosial.")
    after = json.loads(browser.get(f"/laporan/{path}").data)
    assert settled["sha256"] != after["sha256"]
    noted = [text for name, text in after["notes"].items() if name.startswith("Koreksi")]
    assert any("Mutasi Eko Prasetyo ke Dinas Sosial." in text for text in noted)
    assert "Mutasi Eko Prasetyo" in browser.get(f"/laporan/ketuntasan?per={day}").text
    earlier = json.loads(browser.get(f"/laporan/ketuntasan.json?per={day - 3 * DAY}").data)
    assert not any("Eko" in text for text in earlier["notes"].values())
    officer = sign_in(Role.OPD_OFFICER, agency_id=regency.id)
    kept = json.loads(officer.get(f"/laporan/{path}").data)["notes"]
    assert not any("Eko" in text for text in kept.values())
    assert any(name.startswith("Koreksi") for name in kept)


def test_an_agency_is_called_as_it_was_called_that_day(regency: Agency, sign_in: Any) -> None:
    """A closed one too, in the days when it was open."""
    today = clock.today()
    with transaction():
        for name, since in (("Dinas Kesehatan Lama", today - 400 * DAY), ("Dinas Kesehatan", today - 3 * DAY)):
            db.session.add(AgencyName(agency_id=regency.id, name=name, since=since))
        db.session.get_one(Agency, regency.id).closed_on = today
    browser = sign_in(Role.HR)
    assert "Dinas Kesehatan Lama" == told_on(browser, today - 4 * DAY)["rows"][0]["name"]
    assert "Dinas Kesehatan" == told_on(browser, today - 3 * DAY)["rows"][0]["name"]
    page = browser.get(f"/laporan/jenis?per={today - 4 * DAY}").text
    assert "Dinas Kesehatan Lama</option>" in page
    assert "Dinas Kesehatan</option>" not in browser.get("/laporan/jenis").text


def told_on(browser: Any, day: Any) -> dict[str, Any]:
    """The completion report of a day."""
    return json.loads(browser.get(f"/laporan/ketuntasan.json?per={day}").data)


def test_a_long_paper_is_ordered_and_made_in_the_background(
    regency: Agency, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once, in parts, sealed; nobody else gets it; it is gone after a week."""
    monkeypatch.setattr("elearn.reports.views.AT_ONCE", 2)
    monkeypatch.setattr("elearn.reports.papers.PART", 3)
    browser, path = sign_in(Role.HR), "/laporan/ketuntasan/opd/dinkes.pdf?tahap="
    assert "Siapkan PDF" in browser.get(path).text
    for _ in range(2):
        assert "/laporan/berkas" == browser.post("/laporan/berkas", data={"asked": path}).headers["Location"]
    assert "0 dari 8 baris" in browser.get("/laporan/berkas").text
    jobs.run_waiting()
    [link] = html.fromstring(browser.get("/laporan/berkas").text).xpath("//td//a/@href")
    paper = browser.get(link)
    assert (200, "application/pdf") == (paper.status_code, paper.mimetype)
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=paper.data, capture_output=True, check=True)
    told = text.stdout.decode()
    assert all(name in told for name in ("Perawat Ani", "Siti Aminah", "Bidan 3", "Bagian 3 dari 3"))
    assert b"/ETSI.CAdES.detached" in paper.data
    order = db.session.scalars(select(ReportOrder)).one()
    assert (sha256(paper.data).hexdigest(), len(paper.data)) == (order.sha256, order.size)
    assert 404 == sign_in(Role.HR).get(link).status_code
    with time_machine.travel(clock.now() + 8 * DAY):
        orders.sweep()
    assert 404 == browser.get(link).status_code
    for kind in ("csv", "xlsx", "json"):
        assert 200 == browser.get(path.replace("pdf", kind)).status_code
    jobs.queue().flush()


def test_nobody_orders_what_he_may_not_see(regency: Agency, sign_in: Any) -> None:
    """Neither another's OPD nor what is no report."""
    officer = sign_in(Role.OPD_OFFICER, agency_id=regency.id)
    for asked in (
        "/laporan/ketuntasan/opd/disdik.pdf",
        "/laporan/petugas.pdf",
        "/akun",
        "",
        "/laporan/tidak-ada.pdf",
    ):
        assert 404 == officer.post("/laporan/berkas", data={"asked": asked}).status_code
    assert 403 == sign_in(Role.ASN).post("/laporan/berkas", data={"asked": "/laporan/unit.pdf"}).status_code


def test_a_lost_order_is_made_again_and_a_failed_one_says_so(
    regency: Agency, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After twenty minutes; what is made is made once."""
    browser = sign_in(Role.HR)
    browser.post("/laporan/berkas", data={"asked": "/laporan/unit.pdf"})
    jobs.queue().flush()
    jobs.perform("reports.sweep")
    assert 0 == jobs.run_waiting()

    def fails(_order: ReportOrder) -> bytes:
        raise NotPrinted

    monkeypatch.setattr("elearn.reports.making.printed", fails)
    with time_machine.travel(clock.now() + 21 * timedelta(minutes=1)):
        jobs.perform("reports.sweep")
        assert 1 == jobs.run_waiting()
    assert "Berkas tidak dapat disiapkan" in browser.get("/laporan/berkas").text


def test_anybody_can_check_a_paper_by_its_code(regency: Agency, sign_in: Any, client: Any) -> None:
    """The address says what was printed and no name; a changed one is unknown."""
    reader = people.get_actor(_hr())
    asked = asking.asked({}, reader, known=frozenset())
    address = papers.paper(completion.by_opd(asked), asked).facts["proof"]["address"]
    path = urlsplit(address).path
    page = client.get(path)
    assert 200 == page.status_code
    assert "Ketuntasan per perangkat daerah" in page.text
    assert reader.name not in page.text
    assert 404 == client.get(path[:-3] + "aaa").status_code
    assert 404 == client.get("/verifikasi/laporan/apa-saja").status_code


def _hr() -> Any:
    """The account of somebody at HR."""
    return an_account(Role.HR).id


def test_a_table_without_rows_is_still_a_table() -> None:
    """With its titles and nothing else."""
    assert catalogue.bars(Table("Kosong", (), ())) is None

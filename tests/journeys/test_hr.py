"""HR's journey: the report of all OPD, a roster imported, and a newcomer who activates the account."""

from datetime import timedelta

import pytest
from flask import Flask

from config import ROOT
from elearn.core import clock
from elearn.core.permissions import Role
from tests.journeys import cast
from tests.journeys.conftest import Visit
from tests.journeys.files import csv_rows, pdf_text, xlsx_rows
from tests.journeys.pages import NARROW, Demo, activate, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

PASSWORD = "hujan di bulan juni"


def test_the_report_of_the_regency_in_every_form(visit: Visit, people: dict[Role, Demo], inside: Flask) -> None:
    """Page, PDF, workbook and CSV agree, on one day and on an earlier one; every OPD has its line."""
    desk = visit()
    with inside.app_context():
        earlier = clock.today() - timedelta(days=90)
    sign_in(desk, people[Role.HR])
    desk.follow("Laporan ketuntasan")
    pdf = pdf_text(desk.download(desk.page.get_by_role("link", name="PDF")))
    book = xlsx_rows(desk.download(desk.page.get_by_role("link", name="Excel (XLSX)")))
    rows = csv_rows(desk.download(desk.page.get_by_role("link", name="CSV")))
    assert [(row["OPD"], row["Terikat"]) for row in rows] == [(row["OPD"], str(row["Terikat"])) for row in book]
    *opds, total = book
    assert total["Terikat"] == sum(row["Terikat"] for row in opds)
    assert len(opds) >= 40
    assert "Dinas Kesehatan" in pdf
    desk.sees(f"{total['Terlambat']} pegawai terlambat")
    desk.fill("Per tanggal", earlier.isoformat())
    desk.press("Tampilkan")
    desk.sees("Keadaan per")
    assert earlier.isoformat() in desk.page.url


def test_a_roster_is_previewed_and_nothing_happens(visit: Visit, people: dict[Role, Demo]) -> None:
    """A few lines of a regency's roster: the preview tells who would leave and asks twice; people stay."""
    desk = visit()
    sign_in(desk, people[Role.HR])
    before = desk.get("/laporan/ketuntasan.csv").body()
    desk.open("/pegawai/impor")
    desk.page.get_by_label("Berkas daftar pegawai").set_input_files(ROOT / "tests/samples/roster.xlsx")
    desk.press("Periksa berkas")
    desk.sees("Belum ada yang diterapkan.", "Pastikan berkasnya lengkap.")
    desk.press("Terapkan semuanya")
    desk.sees("Belum ada yang diterapkan.")
    assert csv_rows(before) == csv_rows(desk.get("/laporan/ketuntasan.csv").body())


def test_a_newcomer_comes_by_roster_and_activates(visit: Visit, people: dict[Role, Demo], inside: Flask) -> None:
    """A whole OPD's roster with one more line: previewed, applied, and the newcomer's code opens the account."""
    desk, phone = visit(), visit(NARROW)
    sign_in(desk, people[Role.HR])
    roster, joiner = cast.roster_with_newcomer(inside)
    desk.follow("Impor data pegawai")
    desk.page.get_by_label("Berkas daftar pegawai").set_input_files(
        {"name": "daftar.csv", "mimeType": "text/csv", "buffer": roster}
    )
    desk.press("Periksa berkas")
    desk.sees(joiner.full_name, "NIP ini belum ada dalam data kami.")
    desk.press("Terapkan semuanya")
    desk.page.get_by_role("heading", name="Daftar pegawai diterapkan").wait_for(timeout=60_000)
    desk.follow("Riwayat impor")
    desk.sees("daftar.csv", "1 masuk", "Batalkan")
    desk.open(f"/pegawai?cari={joiner.nip}")
    desk.follow(joiner.full_name)
    desk.press("Terbitkan kode aktivasi")
    code = desk.page.locator(".slip .code").inner_text()
    activate(phone, username=joiner.nip, code=code, password=PASSWORD)
    phone.sees("Netralitas ASN", "Mulai belajar")

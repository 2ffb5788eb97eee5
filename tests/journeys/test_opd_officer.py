"""The OPD officer's journey: the own people on the page and in three kinds of file, and nobody else's."""

import re

import pytest
from flask import Flask

from elearn.agencies import queries as agencies
from elearn.core.permissions import Role
from tests.journeys.conftest import Visit
from tests.journeys.files import csv_rows, pdf_text, xlsx_rows
from tests.journeys.pages import Demo, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

OWN = "dinkes"
NIP = re.compile(r"\d{18}")


def test_the_report_of_one_opd_in_every_form(visit: Visit, people: dict[Role, Demo]) -> None:
    """The page, the PDF, the workbook and the CSV show the same people, each NIP as text."""
    desk = visit()
    sign_in(desk, people[Role.OPD_OFFICER])
    desk.sees("Ketuntasan hari ini")
    desk.follow("Laporan ketuntasan")
    desk.follow("Dinas Kesehatan", within="main")
    desk.sees("Dinas Kesehatan", "Daftar pegawai")
    pdf = pdf_text(desk.download(desk.page.get_by_role("link", name="PDF")))
    book = xlsx_rows(desk.download(desk.page.get_by_role("link", name="Excel (XLSX)")))
    rows = csv_rows(desk.download(desk.page.get_by_role("link", name="CSV")))
    assert [row["NIP"].strip() for row in rows] == [row["NIP"] for row in book]
    assert all(NIP.fullmatch(row["NIP"]) for row in book)
    assert all(row["Nama"] in pdf for row in book if len(row["Nama"]) < 20)
    desk.sees(f"{len(book)} pegawai")
    desk.page.get_by_label("Tahap").select_option("terlambat")
    desk.press("Tampilkan")
    late = sum(row["Terlambat"] == "ya" for row in book)
    desk.sees(f"{late} pegawai" if late else "Tidak ada pegawai yang cocok")


def test_another_opd_does_not_exist(visit: Visit, people: dict[Role, Demo], inside: Flask) -> None:
    """The regency's report has one line for the officer, and another OPD's pages are not found."""
    desk = visit()
    with inside.app_context():
        other = next(opd.code for opd in agencies.list_opd() if opd.code != OWN)
    sign_in(desk, people[Role.OPD_OFFICER])
    lines = csv_rows(desk.get("/laporan/ketuntasan.csv").body())
    assert ["Dinas Kesehatan", "Jumlah"] == [line["OPD"] for line in lines]
    for path in (f"/laporan/ketuntasan/opd/{other}", f"/laporan/ketuntasan/opd/{other}.xlsx", f"/opd/{other}"):
        assert 404 == desk.get(path).status
    desk.open(f"/opd/{other}")
    desk.sees("Halaman tidak ditemukan")

"""One list of people as each kind of file holds it, to the cell, whoever opens it: a spreadsheet or a program."""

import csv
import io
from datetime import date
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from lxml import etree
from python_calamine import CalamineWorkbook

from elearn.agencies.rules import EmployeeKind, PostGroup
from elearn.core import jobs
from elearn.core.permissions import Role
from tests.factories.accounts import an_account
from tests.factories.agencies import a_unit, an_employee, an_opd
from tests.factories.calendar import morning_of
from tests.factories.directives import an_issued_directive
from tests.factories.pact import a_pact, published_texts

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DAY, DUE = date(2026, 3, 9), date(2026, 3, 6)
PATH = "/laporan/ketuntasan/opd/dinkes"
NARROWED = "jenis=pns&jabatan=fungsional&cari=a"
HEAD = ["Nama", "NIP", "Jenis", "Golongan", "Jabatan", "Unit kerja", "Tahap", "Tenggat", "Terlambat", "Lulus",
        "Menandatangani", "Bersertifikat"]  # fmt: skip
SITI, RINA = "198609262015052001", "199001012019032002"
Files = dict[str, Any]


@pytest.fixture
def files(app: Flask, sign_in: Any) -> Files:
    """The functional PNS of the health office with an A: one certified, one late whose name looks like a formula."""
    published_texts()
    facts = {"post": "Perawat", "post_group": PostGroup.FUNCTIONAL}
    with morning_of(date(2026, 3, 2)):
        opd = an_opd("dinkes", "Dinas Kesehatan")
        unit = a_unit(opd, "Puskesmas Air Putih")
        an_employee(opd, name="=SUM(A1) Rina", nip=RINA, **{**facts, "post": "+Bidan", "rank": None})
        an_employee(opd, name="Ani", **{**facts, "kind": EmployeeKind.PPPK, "rank": "IX"})
        an_employee(opd, name="Adi", post="Staf")
        an_issued_directive(opd, number="800/7/SETDA/2026", deadline_on=DUE)
    with morning_of(date(2026, 3, 5), 23):
        pact = a_pact(agency=unit, name="Siti Aminah", title_after="S.Kep.", nip=SITI, **facts)
        jobs.perform("certificates.issue", str(pact.id))
    jobs.queue().flush()
    with morning_of(DAY):
        browser = sign_in(an_account(Role.HR, name="Ratna"))
        return {kind: browser.get(f"{PATH}.{kind}?{NARROWED}").data for kind in ("xlsx", "csv", "json")} | {
            "told": browser.get(f"{PATH}.json?{NARROWED}").get_json()
        }


def notes_of(rows: Any) -> dict[str, str]:
    """The notes of a file by their names."""
    return {row[0]: row[1] for row in rows if len(row) == 2}


def test_a_workbook_has_texts_days_and_notes_as_such(files: Files) -> None:
    """NIP as text, days as days, a name never as a formula; a sheet of what it shows, of when, and by whom."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(files["xlsx"]))
    signed_on = date(2026, 3, 5)
    late = ["'=SUM(A1) Rina", RINA, "PNS", "", "'+Bidan", "Dinas Kesehatan", "Belum mulai", DUE, "ya", "", "", ""]
    who = ["Siti Aminah, S.Kep.", SITI, "PNS", "III/c", "Perawat", "Puskesmas Air Putih", "Bersertifikat"]
    done = [*who, DUE, "tidak", signed_on, signed_on, signed_on]
    assert [HEAD, late, done] == book.get_sheet_by_name("Data").to_python()
    told = notes_of(book.get_sheet_by_name("Keterangan").to_python())
    expected = {
        "Judul": "Ketuntasan per pegawai",
        "Per tanggal": "9 Maret 2026",
        "Perangkat daerah": "Dinas Kesehatan",
        "Edaran": "800/7/SETDA/2026 (Penyelesaian modul netralitas ASN)",
        "Jenis pegawai": "PNS",
        "Kelompok jabatan": "Fungsional",
        "Nama atau NIP": "a",
        "Dibuat oleh": "Ratna",
        "Dibuat pada": "9 Maret 2026 pukul 09.00 WIB",
        "SHA-256 data": files["told"]["sha256"],
    }
    assert expected == {name: told.get(name) for name in expected}


def test_a_workbook_is_frozen_filtered_and_printed_below_its_titles(files: Files) -> None:
    """The header stays in sight, filters all rows, and stands on each page across A4."""
    with ZipFile(io.BytesIO(files["xlsx"])) as book:
        sheet, names = (etree.fromstring(book.read(f"xl/{part}.xml")) for part in ("worksheets/sheet1", "workbook"))
    assert [] == sheet.findall(f".//{SHEET}f")
    [pane] = sheet.iter(f"{SHEET}pane")
    assert ("A2", "frozen") == (pane.get("topLeftCell"), pane.get("state"))
    assert "A1:L3" == sheet.find(f"{SHEET}autoFilter").get("ref")
    titles = {each.get("name"): each.text for each in names.iter(f"{SHEET}definedName")}
    assert "Data!$1:$1" == titles["_xlnm.Print_Titles"]
    assert ("9", "landscape") == tuple(
        sheet.find(f"{SHEET}pageSetup").get(key) for key in ("paperSize", "orientation")
    )


def test_a_csv_is_what_an_indonesian_spreadsheet_opens(files: Files) -> None:
    """A byte order mark, semicolons, harmless names, a tab before each NIP; the notes below an empty line."""
    assert files["csv"].startswith(b"\xef\xbb\xbfNama;NIP;Jenis;")
    assert b"\r\n'=SUM(A1) Rina;\t" + RINA.encode() + b";PNS;;'+Bidan;Dinas Kesehatan;" in files["csv"]
    rows = list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [HEAD, []] == [rows[0], rows[3]]
    assert ["2026-03-06", "ya", "", "", ""] == rows[1][7:]
    assert ["2026-03-06", "tidak", "2026-03-05", "2026-03-05", "2026-03-05"] == rows[2][7:]
    notes = notes_of(rows[4:])
    assert ("9 Maret 2026", "Ratna", files["told"]["sha256"]) == tuple(
        notes[name] for name in ("Per tanggal", "Dibuat oleh", "SHA-256 data")
    )


def test_json_holds_names_as_they_are(files: Files) -> None:
    """A program runs no formula; days are written as ISO 8601 has them, and the filters stand by themselves."""
    told = files["told"]
    assert ["=SUM(A1) Rina", "Siti Aminah, S.Kep."] == [row["name"] for row in told["rows"]]
    assert [("2026-03-06", None), ("2026-03-06", "2026-03-05")] == [
        (row["deadline_on"], row["certified_on"]) for row in told["rows"]
    ]
    assert ("2026-03-09", None) == (told["as_of"], told["total"])
    assert ["PNS", "Fungsional", "a"] == list(told["filters"].values())[-3:]
    assert HEAD == [column["title"] for column in told["columns"]]

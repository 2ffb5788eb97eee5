"""The pages on which HR edits the tree, records absences, lists people and prints slips; and who finds them not."""

import base64
import datetime as dt
import io
import re
import subprocess
from typing import Any

import lxml.html
import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from elearn.agencies import queries, slips
from elearn.agencies.models import Absence, Agency
from elearn.agencies.rules import EVERYTHING, PostGroup
from elearn.core import clock
from elearn.core.db import db
from elearn.core.permissions import Role
from tests.factories.agencies import a_unit, an_employee, an_instansi, an_opd

NEW = {"name": "Dinas Kebudayaan", "code": "DISBUD", "head_title": "Kepala Dinas Kebudayaan", "on": "2026-07-01"}
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]\b")
PAPER = re.compile(r"data:application/pdf;base64,([A-Za-z0-9+/=]+)")


def today() -> str:
    """Today as a form sends it."""
    return clock.today().isoformat()


def test_an_opd_and_a_unit_are_opened(opd: Agency, hr: FlaskClient) -> None:
    """Each below the right parent; faults stand at their fields."""
    assert "Bentuk OPD" in hr.get("/opd").text
    assert "/opd/DISBUD" == hr.post("/opd/baru", data=NEW).location
    assert "Kode ini sudah dipakai" in hr.post("/opd/baru", data=NEW).text
    assert "paling banyak 40" in hr.post("/opd/baru", data={**NEW, "code": "a b"}).text
    assert 200 == hr.get("/opd/DISBUD/unit-baru").status_code
    answer = hr.post("/opd/DISBUD/unit-baru", data={**NEW, "name": "Museum", "code": "MUSEUM"}, follow_redirects=True)
    assert "Museum" in answer.text
    assert "Museum" in hr.get("/opd/DISBUD").text


def at_field(page: str, field: str) -> str:
    """What a page complains of at a field that names its complaint, empty if it does not."""
    tree = lxml.html.fromstring(page)
    complaint = f"{field}-error"
    named = any(complaint in (box.get("aria-describedby") or "").split() for box in tree.xpath(f'//*[@id="{field}"]'))
    return " ".join(tree.xpath(f'string(//*[@id="{complaint}"])').split()) if named else ""


def test_a_code_that_is_taken_is_said_at_its_field(opd: Agency, hr: FlaskClient) -> None:
    """Wherever an agency is opened; what was typed stays."""
    an_opd("DALDUK", "Dinas Pengendalian Penduduk")
    for door in ("/opd/baru", "/opd/DINKES/unit-baru"):
        page = hr.post(door, data={**NEW, "code": "DALDUK"}).text
        assert "Kode ini sudah dipakai OPD atau unit lain." == at_field(page, "code")
        assert 'value="Dinas Kebudayaan"' in page
    formers = [str(opd.id), str(queries.find_agency("DALDUK").id)]
    merger = {"formers": formers, "into": "baru", "name": "Dinas Baru", "code": "DALDUK", "on": today()}
    for step in ({}, {"langkah": "lakukan"}):
        answer = hr.post(f"/opd/{an_instansi().code}/gabung", data=merger | step)
        assert (409, "Kode DALDUK sudah dipakai.") == (answer.status_code, at_field(answer.text, "code"))
        assert 'value="Dinas Baru"' in answer.text


@pytest.mark.parametrize(
    ("codes", "field", "sentence"),
    [
        (("SATU", "DALDUK", "", ""), "code_2", "Kode DALDUK sudah dipakai."),
        (("SATU", "DUA", "", "DALDUK"), "code_4", "Kode DALDUK sudah dipakai."),
        (("SATU", "SATU", "", ""), "code_2", "Kode unit baru harus berbeda satu dari yang lain."),
        (("a b", "DUA", "", ""), "code_1", "Kode terdiri atas"),
    ],
)
def test_a_split_complains_at_the_code_it_means(
    opd: Agency, hr: FlaskClient, codes: tuple[str, ...], field: str, sentence: str
) -> None:
    """Also behind a place that was left empty, on looking and on doing; what was typed stays."""
    an_opd("DALDUK", "Dinas Pengendalian Penduduk")
    wanted = {"on": today(), **{f"code_{place}": code for place, code in enumerate(codes, 1)}}
    wanted |= {f"name_{place}": f"Dinas {code}" for place, code in enumerate(codes, 1) if code}
    for ask in (hr.get, hr.post):
        page = ask("/opd/DINKES/pecah/pembagian", query_string=wanted, data={"langkah": "lakukan"}).text
        assert at_field(page, field).startswith(sentence)
        assert all(f'value="Dinas {code}"' in page for code in codes if code)
        assert 1 == page.count('class="error"')


def test_data_and_name_of_an_agency_change(opd: Agency, hr: FlaskClient) -> None:
    """The name leaves a history that the pages tell."""
    assert 200 == hr.get("/opd/DINKES/ubah").status_code
    assert "/opd/DKES" == hr.post("/opd/DINKES/ubah", data={"code": "DKES", "address": "Jalan Merdeka 1"}).location
    assert 200 == hr.get("/opd/DKES/ganti-nama").status_code
    form = {"name": "Dinas Kesehatan dan Keluarga", "since": "2026-07-01"}
    page = hr.post("/opd/DKES/ganti-nama", data=form, follow_redirects=True).text
    assert "Dahulu bernama" in page
    assert "Jalan Merdeka 1" in page
    assert "dahulu Dinas Kesehatan" in hr.get("/opd").text
    assert "sama dengan yang sekarang" in hr.post("/opd/DKES/ganti-nama", data=form).text


def test_an_agency_is_closed_and_stays_to_be_read(opd: Agency, hr: FlaskClient) -> None:
    """Not while somebody serves there; afterwards its page tells and offers nothing."""
    employee = an_employee(opd)
    assert "1 pegawai masih bertugas" in hr.get("/opd/DINKES/tutup").text
    refused = hr.post("/opd/DINKES/tutup", data={"on": today()})
    assert (422, True) == (refused.status_code, 'id="on-error"' in refused.text)
    hr.post(f"/pegawai/{employee.id}/keluar", data={"on": today(), "reason": "pensiun"})
    page = hr.post("/opd/DINKES/tutup", data={"on": today()}, follow_redirects=True).text
    assert "Ditutup sejak" in page
    assert "Ganti nama" not in page
    assert "Yang sudah ditutup" not in hr.get("/opd").text.split("Dinas Kesehatan")[0]


def test_a_merger_is_looked_at_first(opd: Agency, hr: FlaskClient) -> None:
    """The first POST counts and changes nothing; the second does it; the tree tells."""
    other = an_opd("DALDUK", "Dinas Pengendalian Penduduk")
    people = [an_employee(opd), an_employee(other), an_employee(a_unit(opd, "Puskesmas Manna"))]
    url = f"/opd/{an_instansi().code}/gabung"
    form = {
        "formers": [str(opd.id), str(other.id)],
        "into": "baru",
        "name": "Dinas Kesehatan dan Keluarga Berencana",
        "code": "DKKB",
        "on": today(),
    }
    assert "Gabungkan sekarang" not in hr.get(url).text
    looked = hr.post(url, data=form).text
    assert "3 pegawai akan pindah" in looked
    assert "1 unit di bawahnya" in looked
    assert {opd.name, other.name} <= {place for place in (opd.name, other.name) if place in looked}
    assert queries.find_agency("DKKB") is None
    assert "perlu diisi" in hr.post(url, data={**form, "code": ""}).text
    assert "dua unit" in hr.post(url, data={**form, "formers": []}).text
    assert "dua unit" in hr.post(url, data={**form, "formers": [str(opd.id)]} | {"langkah": "lakukan"}).text
    assert "/opd/DKKB" == hr.post(url, data={**form, "langkah": "lakukan"}).location
    assert "gabungan dari Dinas Kesehatan dan Dinas Pengendalian Penduduk" in hr.get("/opd").text
    assert "Penerus dari" in hr.get("/opd/DKKB").text
    assert "Dilanjutkan oleh" in hr.get("/opd/DINKES").text
    standing = queries.list_people_on(clock.today(), visible=EVERYTHING)
    assert {person.nip for person in people} == {person.nip for person in standing}
    assert "Berkas" not in hr.get(f"/pegawai/{people[0].id}").text
    assert "Dinas Kesehatan dan Keluarga Berencana" in hr.get(f"/pegawai/{people[0].id}").text


def test_a_split_asks_counts_and_does(opd: Agency, hr: FlaskClient) -> None:
    """The pages say how many go where before anything changes."""
    unit = a_unit(opd, "Laboratorium")
    people = [an_employee(opd), an_employee(opd), an_employee(unit)]
    wanted = {"on": today(), "name_1": "Dinas Satu", "code_1": "SATU", "name_2": "Dinas Dua", "code_2": "DUA"}
    assert 200 == hr.get("/opd/DINKES/pecah").status_code
    assert "perlu diisi" in hr.get("/opd/DINKES/pecah/pembagian", query_string={**wanted, "name_3": "Tiga"}).text
    taken = hr.get("/opd/DINKES/pecah/pembagian", query_string={**wanted, "code_2": "DINKES"})
    assert (409, True) == (taken.status_code, "sudah dipakai" in taken.text)
    page = hr.get("/opd/DINKES/pecah/pembagian", query_string=wanted)
    assert "3 pegawai akan pindah" in page.text
    choice = {f"unit_{unit.id.hex}": "1", f"orang_{people[0].id.hex}": "0", f"orang_{people[1].id.hex}": "1"}
    counted = hr.post("/opd/DINKES/pecah/pembagian", query_string=wanted, data=choice)
    share = r'<th scope="row" lang="id">(Dinas \w+)</th><td class="count" data-label="Pegawai">(\d+)'
    shares = re.findall(share, counted.text)
    assert [("Dinas Satu", "1"), ("Dinas Dua", "2")] == shares
    bad = {**choice, f"unit_{unit.id.hex}": "7", "langkah": "lakukan"}
    assert 422 == hr.post("/opd/DINKES/pecah/pembagian", query_string=wanted, data=bad).status_code
    assert queries.find_agency("SATU") is None
    done = hr.post("/opd/DINKES/pecah/pembagian", query_string=wanted, data={**choice, "langkah": "lakukan"})
    assert "/opd/DINKES" == done.location
    assert ["Dinas Satu", "Dinas Dua", "Laboratorium"] == [
        queries.latest_placement(each).agency.name for each in map(_again, people)
    ]


def _again(employee: Any) -> Any:
    db.session.expire_all()
    return queries.get_employee(employee.id, visible=EVERYTHING)


def test_the_tree_is_not_there_for_others(opd: Agency, officer: FlaskClient, sign_in: Any) -> None:
    """An officer may not, and HR of one OPD finds nothing."""
    partial = sign_in(Role.HR, agency_id=opd.id)
    doors = ["/opd/baru", *(f"/opd/DINKES/{door}" for door in ("unit-baru", "ubah", "ganti-nama", "tutup", "gabung"))]
    for door in [*doors, "/opd/DINKES/pecah", "/opd/DINKES/pecah/pembagian"]:
        assert [403, 404] == [browser.get(door).status_code for browser in (officer, partial)], door
    for browser in (officer, partial):
        page = browser.get("/opd/DINKES").text
        assert "Ganti nama" not in page


def test_an_absence_is_recorded_and_ended(opd: Agency, hr: FlaskClient, officer: FlaskClient) -> None:
    """It stands on the employee's page and in lists; another's employee is not found."""
    employee, other = an_employee(opd, name="Siti Aminah"), an_employee()
    url = f"/pegawai/{employee.id}/tidak-bertugas"
    form = {"kind": "cltn", "started_on": today(), "reason": "SK 800/1"}
    assert 200 == hr.get(url).status_code
    assert 302 == hr.post(url, data=form).status_code
    assert "sudah tercatat masa" in hr.post(url, data=form).text
    assert "Cuti di luar tanggungan negara" in hr.get(f"/pegawai/{employee.id}").text
    for status, is_there in (("tidak-bertugas", True), ("cltn", True), ("tugas-belajar", False), ("bertugas", False)):
        assert is_there is ("Siti Aminah" in officer.get(f"/pegawai?status={status}").text), status
    absence = db.session.scalars(db.select(Absence)).one()
    ending = f"{url}/{absence.id}/akhiri"
    assert 200 == hr.get(ending).status_code
    assert 404 == hr.get(f"/pegawai/{other.id}/tidak-bertugas/{absence.id}/akhiri").status_code
    assert 403 == officer.get(url).status_code
    later = (clock.today() + dt.timedelta(days=9)).isoformat()
    assert 302 == hr.post(ending, data={"on": later}).status_code
    assert "Tidak boleh sebelum" in hr.post(ending, data={"on": "2020-01-01"}).text
    assert 302 == hr.post(ending, data={"on": today()}).status_code
    assert "<h2>Masa tidak bertugas" not in hr.get(f"/pegawai/{employee.id}").text


def test_hr_of_one_opd_records_no_absence_elsewhere(opd: Agency, sign_in: Any) -> None:
    """404, as for everything of others."""
    partial = sign_in(Role.HR, agency_id=opd.id)
    url = f"/pegawai/{an_employee().id}/tidak-bertugas"
    assert 404 == partial.get(url).status_code
    assert 404 == partial.post(url, data={"kind": "cltn", "started_on": today(), "reason": "x"}).status_code


def test_groups_of_posts_are_entered_and_found(opd: Agency, hr: FlaskClient) -> None:
    """A transfer sets the group; the list knows it, and who has none."""
    employee, silent = an_employee(opd, name="Siti Aminah"), an_employee(opd, name="Budi Santoso")
    form = {"agency": str(opd.id), "post": "Camat", "post_group": "administrator", "on": today()}
    assert 302 == hr.post(f"/pegawai/{employee.id}/mutasi", data=form).status_code
    assert PostGroup.ADMINISTRATOR is queries.latest_placement(_again(employee)).post_group
    for group, wanted in (("administrator", employee), ("belum-dicatat", silent)):
        page = hr.get(f"/pegawai?jabatan={group}").text
        assert [each is wanted for each in (employee, silent)] == [
            each.name in page for each in (employee, silent)
        ], group


def test_the_list_is_taken_along_as_a_file(opd: Agency, hr: FlaskClient, officer: FlaskClient) -> None:
    """All whom the filter lets through, not just a page; numbers as text; who made it when; nobody else's people."""
    unit = a_unit(opd, "Puskesmas Manna")
    for number in range(53):
        an_employee(unit, name=f"Pegawai {number:02}")
    stranger = an_employee(an_opd("DISHUB", "Dinas Perhubungan"), name="Orang Lain")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(officer.get("/pegawai.xlsx").data))
    rows = sheet.get_sheet_by_name("Data").to_python()
    assert (54, "Nama", 18) == (len(rows), rows[0][0], len(rows[1][1]))
    assert "Puskesmas Manna" in rows[1]
    assert any("Dibuat oleh" in row for row in sheet.get_sheet_by_name("Keterangan").to_python())
    assert stranger.nip not in officer.get("/pegawai.csv").text
    found = hr.get("/pegawai.csv?cari=orang").text
    assert (True, False) == ("Orang Lain" in found, "Pegawai 01" in found)
    assert 404 == officer.get("/pegawai.csv?opd=DISHUB").status_code
    assert 404 == officer.get("/pegawai?opd=DISHUB").status_code
    assert "Pegawai 01" in hr.get(f"/pegawai?opd={unit.code}").text


def test_a_file_of_people_says_in_words_what_it_was_narrowed_to(opd: Agency, hr: FlaskClient) -> None:
    """In Indonesian, whoever asks; what is none of the choices narrows nothing and is not told."""
    hr.set_cookie("bahasa", "en")
    chosen = f"cari=siti&opd={opd.code}&jenis=PPPK_PARUH_WAKTU&jabatan=belum-dicatat&aktivasi=belum&status=xyz"
    told = dict(line.split(";")[:2] for line in hr.get(f"/pegawai.csv?{chosen}").text.splitlines() if ";" in line)
    assert {
        "Nama atau NIP": "siti",
        "OPD": opd.name,
        "Jenis pegawai": "PPPK Paruh Waktu",
        "Kelompok jabatan": "Belum dicatat",
        "Aktivasi akun": "Belum aktif",
    } == {name: words for name, words in told.items() if name not in ("\ufeffNama", "Keadaan", "Dibuat oleh")}


def printed(page: str) -> list[str]:
    """The text of each page of the paper that an answer carries."""
    found = PAPER.search(page)
    assert found
    paper = base64.b64decode(found[1])
    text = subprocess.run(["pdftotext", "-", "-"], input=paper, capture_output=True, check=True).stdout.decode()
    return text.rstrip("\f").split("\f")


def test_slips_come_some_at_a_time(opd: Agency, officer: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever got a code is not asked about again; each portion is a paper of eight a page."""
    monkeypatch.setattr(slips, "AT_ONCE", 9)
    people = [an_employee(opd, name=f"Pegawai {number:02}") for number in range(12)]
    first = officer.post("/opd/DINKES/kode-aktivasi", data={"whom": "tanpa-kode"}).text
    assert "3 pegawai masih menunggu" in first
    assert 2 == len(printed(first))
    second = officer.post("/opd/DINKES/kode-aktivasi", data={"whom": "tanpa-kode", "since": ""}).text
    assert "Ini bagian terakhir" in second
    codes = [set(CODE.findall(page)) for page in (first, second)]
    assert ([9, 3], set()) == ([len(each) for each in codes], codes[0] & codes[1])
    text = " ".join(printed(first) + printed(second))
    assert all(employee.name in text for employee in people)
    assert codes[0] | codes[1] == set(CODE.findall(text))
    assert "Tidak ada lagi" in officer.post("/opd/DINKES/kode-aktivasi", data={"whom": "tanpa-kode"}).text


def test_slips_for_everybody_go_round_once(
    opd: Agency, officer: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page carries on where the round began, and codes given out earlier are replaced."""
    monkeypatch.setattr(slips, "AT_ONCE", 2)
    for _ in range(3):
        an_employee(opd)
    officer.post("/opd/DINKES/kode-aktivasi", data={"whom": "tanpa-kode"})
    page = officer.post("/opd/DINKES/kode-aktivasi", data={"whom": "semua"}).text
    assert "1 pegawai masih menunggu" in page
    since = re.search(r'name="since" value="([^"]+)"', page)[1]
    page = officer.post("/opd/DINKES/kode-aktivasi", data={"whom": "semua", "since": since}).text
    assert "Ini bagian terakhir" in page
    assert 422 == officer.post("/opd/DINKES/kode-aktivasi", data={"whom": "semua", "since": "kemarin"}).status_code
    assert 422 == officer.post("/opd/DINKES/kode-aktivasi", data={}).status_code


def test_the_qr_leads_to_a_page_that_knows_the_number(app: Flask, opd: Agency, client: FlaskClient) -> None:
    """The number is filled in; the code is never part of an address."""
    employee = an_employee(opd)
    slip = slips.Slip(employee.full_name, employee.nip, opd.name, "7K3M-9QXD-H")
    with app.test_request_context():
        address = slips.address_of(slip)
    assert slip.code not in address
    assert f'value="{employee.nip}"' in client.get(address.removeprefix(app.config["PUBLIC_URL"])).text

"""The pages of the civil service, as HR, an officer, an admin and a stranger meet them."""

import io
import re
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from elearn.accounts import queries as accounts
from elearn.agencies import queries
from elearn.agencies.models import Agency
from elearn.agencies.rules import EVERYTHING
from elearn.core import clock, jobs
from elearn.core.db import db
from elearn.core.permissions import Role
from tests.factories.accounts import PASSWORD, an_account
from tests.factories.agencies import a_person, a_roster, a_unit, an_employee, an_opd

CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]\b")


@pytest.fixture
def admin(app: Flask, sign_in: Any) -> FlaskClient:
    """Somebody of Diskominfo."""
    return sign_in(Role.ADMIN)


def test_the_tree_shows_what_is_in_sight(opd: Agency, hr: FlaskClient, officer: FlaskClient) -> None:
    """HR sees every OPD, an officer his own; an OPD shows its units and counts."""
    other, unit = an_opd("DISHUB", "Dinas Perhubungan"), a_unit(opd, "Puskesmas Manna")
    an_employee(unit)
    assert ["Dinas Perhubungan" in page.get("/opd").text for page in (hr, officer)] == [True, False]
    page = officer.get("/opd/DINKES").text
    assert "Puskesmas Manna" in page
    assert "0 dari 1 akun sudah aktif" in page
    assert 200 == officer.get(f"/opd/{unit.code}").status_code
    assert 404 == officer.get(f"/opd/{other.code}").status_code


def test_an_officer_of_one_unit_begins_there(opd: Agency, sign_in: Any) -> None:
    """Who sees only a unit finds it at the top."""
    unit = a_unit(opd, "Puskesmas Manna")
    page = sign_in(Role.OPD_OFFICER, agency_id=unit.id).get("/opd").text
    assert "Puskesmas Manna" in page
    assert "Dinas Kesehatan" not in page


def test_people_are_found_by_name_nip_and_filters(opd: Agency, hr: FlaskClient) -> None:
    """Each filter narrows the list; what was asked stays in the form."""
    siti = an_employee(opd, name="Siti Aminah")
    budi = an_employee(an_opd("DISHUB", "Dinas Perhubungan"), name="Budi Santoso")
    for query, wanted in (
        ({}, {siti, budi}),
        ({"cari": "siti"}, {siti}),
        ({"cari": "aminah SITI"}, {siti}),
        ({"cari": "100 %"}, set()),
        ({"cari": f"{budi.nip[:8]} {budi.nip[8:14]} {budi.nip[14]} {budi.nip[15:]}"}, {budi}),
        ({"opd": "DINKES"}, {siti}),
        ({"jenis": "PPPK"}, set()),
        ({"aktivasi": "belum"}, {siti, budi}),
        ({"aktivasi": "sudah"}, set()),
        ({"status": "keluar"}, set()),
    ):
        page = hr.get("/pegawai", query_string=query)
        assert 200 == page.status_code
        assert wanted == {each for each in (siti, budi) if each.name in page.text}, query


def test_people_are_paged_in_the_database(opd: Agency, hr: FlaskClient) -> None:
    """Fifty a page."""
    for number in range(53):
        an_employee(opd, name=f"Pegawai {number:02}")
    assert "Pegawai 49" in hr.get("/pegawai").text
    assert "Pegawai 50" not in hr.get("/pegawai").text
    assert "Pegawai 52" in hr.get("/pegawai?hal=2").text


def test_other_peoples_people_are_not_found(opd: Agency, officer: FlaskClient, hr: FlaskClient) -> None:
    """An officer asking for another OPD's employee meets 404 on every door."""
    mine, other = an_employee(opd), an_employee()
    assert 200 == officer.get(f"/pegawai/{mine.id}").status_code
    assert 404 == officer.get(f"/pegawai/{other.id}").status_code
    assert 404 == officer.post(f"/pegawai/{other.id}/kode-aktivasi").status_code
    assert 404 == officer.get("/opd/TIADA/kode-aktivasi").status_code
    assert 403 == officer.get(f"/pegawai/{mine.id}/mutasi").status_code
    assert other.nip not in officer.get("/pegawai").text
    assert 200 == hr.get(f"/pegawai/{other.id}").status_code


def test_a_transfer_by_form(opd: Agency, hr: FlaskClient) -> None:
    """The day is refused at its field; then the history shows both placements."""
    employee, target = an_employee(opd), a_unit(opd, "Puskesmas Manna")
    url = f"/pegawai/{employee.id}/mutasi"
    form = {"agency": str(target.id), "post": "Bidan Mahir", "on": "2019-01-01"}
    assert "Dinas Kesehatan – Puskesmas Manna" in hr.get(url).text
    refused = hr.post(url, data=form)
    assert 422 == refused.status_code
    assert 'id="on-error"' in refused.text
    assert "2 Januari 2020" in refused.text
    assert f"/pegawai/{employee.id}" == hr.post(url, data={**form, "on": "01-05-2026"}).location
    page = hr.get(f"/pegawai/{employee.id}").text
    assert "1 Mei 2026" in page
    assert "30 April 2026" in page
    assert "Bidan Mahir" in page


def test_leaving_by_form(opd: Agency, hr: FlaskClient) -> None:
    """Who has left is shown so, and cannot be moved."""
    employee = an_employee(opd)
    answer = hr.post(f"/pegawai/{employee.id}/keluar", data={"on": "2026-05-01", "reason": "pensiun"})
    assert 302 == answer.status_code
    page = hr.get(f"/pegawai/{employee.id}").text
    assert "Keluar sejak 1 Mei 2026" in page
    assert "Catat mutasi" not in page
    assert employee.name in hr.get("/pegawai?status=keluar").text
    assert employee.name not in hr.get("/pegawai").text


def test_hiring_by_form(opd: Agency, hr: FlaskClient) -> None:
    """Faults stand at their fields; a sound form leads to the new employee."""
    form = {
        "nip": "19860926 201505 1 901",
        "name": "Rahmat Hidayat",
        "title_after": "S.H.",
        "kind": "PNS",
        "rank": "iii/c",
        "agency": str(opd.id),
        "post": "Analis Hukum",
        "started_on": "2026-10-01",
        "phone": "0812 3456 7890",
    }
    assert 200 == hr.get("/pegawai/baru").status_code
    for fault, sentence in (
        ({"nip": "198613262015051901"}, "bukan tanggal lahir"),
        ({"kind": "PPPK"}, "tidak cocok dengan susunan angka"),
        ({"rank": "V/z"}, "Tulis golongan"),
        ({"email": "bukan"}, "Tulis alamat email"),
        ({"phone": "12"}, "Tulis nomor HP"),
        ({"name": "x" * 150, "title_after": "y" * 60}, "Nama beserta gelar paling banyak 200 karakter"),
    ):
        refused = hr.post("/pegawai/baru", data=form | fault)
        assert 422 == refused.status_code
        assert sentence in refused.text
    assert "Rahmat Hidayat, S.H." in hr.post("/pegawai/baru", data=form, follow_redirects=True).text
    assert "sudah terdaftar" in hr.post("/pegawai/baru", data=form).text


def test_a_code_is_shown_once_and_works(opd: Agency, officer: FlaskClient, client: FlaskClient) -> None:
    """The officer shows it to the employee, who comes in with it."""
    employee = an_employee(opd)
    page = officer.post(f"/pegawai/{employee.id}/kode-aktivasi")
    code = CODE.search(page.text)[0]
    assert code not in officer.get(f"/pegawai/{employee.id}").text
    form = {"username": employee.nip, "code": code, "new_password": PASSWORD, "repeated": PASSWORD}
    assert 302 == client.post("/aktivasi", data=form).status_code
    assert "Aktif sejak" in officer.get(f"/pegawai/{employee.id}").text


def test_a_code_can_be_sent_from_the_officers_own_device(opd: Agency, officer: FlaskClient) -> None:
    """Links for WhatsApp and mail carry the code and how to use it; who has neither gets it on paper."""
    reachable = an_employee(opd, phone="+6281200000001", email="seseorang@serawai.example")
    page = officer.post(f"/pegawai/{reachable.id}/kode-aktivasi").text
    code = CODE.search(page)[0]
    links = [unquote(unescape(link)) for link in re.findall(r'href="((?:https://wa\.me|mailto:)[^"]+)"', page)]
    assert ["https://wa.me/6281200000001", "mailto:seseorang@serawai.example"] == [
        link.split("?")[0] for link in links
    ]
    assert all(code in link and "/aktivasi" in link for link in links)
    assert "wa.me" not in officer.post(f"/pegawai/{an_employee(opd, phone=None, email=None).id}/kode-aktivasi").text


def test_an_officer_issues_no_code_for_somebody_mightier(opd: Agency, officer: FlaskClient, hr: FlaskClient) -> None:
    """The Sekda's own employee record does not let an officer take over the Sekda's account."""
    from elearn.accounts import actions
    from elearn.core.permissions import SYSTEM
    from elearn.core.transaction import transaction

    sekda = an_employee(opd)
    with transaction():
        actions.grant(SYSTEM, account_id=sekda.account_id, role=Role.SEKDA)
    assert "Terbitkan kode" not in officer.get(f"/pegawai/{sekda.id}").text
    for browser in (officer, hr):
        answer = browser.post(f"/pegawai/{sekda.id}/kode-aktivasi")
        assert 422 == answer.status_code
        assert "admin" in answer.text
    slips = officer.post("/opd/DINKES/kode-aktivasi", data={"whom": "tanpa-kode"})
    assert sekda.nip[:8] not in slips.text


def test_slips_are_printed_after_a_question(opd: Agency, officer: FlaskClient) -> None:
    """A GET asks and issues nothing; the POST shows a slip for each who waits."""
    people = [an_employee(opd) for _ in range(3)]
    assert "3 pegawai Dinas Kesehatan belum" in officer.get("/opd/DINKES/kode-aktivasi").text
    page = officer.post("/opd/DINKES/kode-aktivasi", data={"whom": "tanpa-kode"}).text
    assert 3 == len(set(CODE.findall(page)))
    assert all(employee.name in page for employee in people)
    assert "/aktivasi" in page
    assert "data:application/pdf;base64," in page


def test_a_slip_names_the_address_of_the_settings(app: Flask, opd: Agency, officer: FlaskClient) -> None:
    """Whatever host a request names, people are sent to this installation."""
    employee = an_employee(opd)
    officer.set_cookie("elearn", officer.get_cookie("elearn").value, domain="jahat.example")
    for url in (f"/pegawai/{employee.id}/kode-aktivasi", "/opd/DINKES/kode-aktivasi"):
        page = officer.post(url, data={"whom": "semua"}, headers={"Host": "jahat.example"}).text
        assert f"{app.config['PUBLIC_URL']}/aktivasi" in page
        assert "jahat.example" not in page


def test_a_roster_under_review_is_not_shown_to_hr_of_one_opd(opd: Agency, hr: FlaskClient, sign_in: Any) -> None:
    """It names people of the whole regency, so its address opens nothing for who answers for a part."""
    content = a_roster([a_person(opd)], {opd.id: ("", opd.name)})
    form = {"file": (io.BytesIO(content), "siasn.csv"), "as_of": clock.today().isoformat()}
    address = hr.post("/pegawai/impor", data=form).location
    partial = sign_in(Role.HR, agency_id=opd.id)
    assert 200 == hr.get(address).status_code
    assert 404 == partial.get(address).status_code
    assert 404 == partial.post(address).status_code


def test_a_roster_from_upload_to_books(opd: Agency, hr: FlaskClient) -> None:
    """Upload, look, apply; the second POST and a reload show the same result."""
    people = [a_person(opd, name=f"Perawat {number}", title_after="A.Md.Kep.") for number in range(30)]
    content = a_roster(people, {opd.id: ("", "DINAS KESEHATAN")}).replace(b"Perawat 7", b"")
    assert "NIP BARU" in hr.get("/pegawai/impor").text
    form = {"file": (io.BytesIO(content), "siasn.csv"), "as_of": str(clock.today())}
    review = hr.post("/pegawai/impor", data=form).location
    page = hr.get(review).text
    assert "Perawat 3, A.Md.Kep." in page
    assert "Nama kosong." in page
    assert "29 perubahan" in page
    assert not queries.list_people_on(clock.today(), visible=EVERYTHING)
    assert review == hr.post(review).location
    assert "sedang diterapkan" in hr.get(review).text
    assert 1 == jobs.run_waiting()
    for answer in (hr.get(review), hr.post(review)):
        assert "Daftar pegawai diterapkan" in answer.text
    assert 29 == len(queries.list_people_on(clock.today(), visible=EVERYTHING))


def test_a_roster_that_empties_an_opd_asks_for_a_tick(opd: Agency, hr: FlaskClient) -> None:
    """Without the tick nothing changes; with it the absent leave."""
    people = [an_employee(opd) for _ in range(4)]
    content = a_roster([a_person(opd, nip=people[0].nip, name=people[0].name)], {opd.id: ("", opd.name)})
    form = {"file": (io.BytesIO(content), "siasn.csv"), "as_of": str(clock.today())}
    review = hr.post("/pegawai/impor", data=form).location
    assert "3 dari 4 pegawai" in hr.get(review).text
    refused = hr.post(review)
    assert 422 == refused.status_code
    assert 'id="confirmed-error"' in refused.text
    assert 302 == hr.post(review, data={"confirmed": "banyak-keluar"}).status_code
    jobs.run_waiting()
    assert 1 == len(queries.list_people_on(clock.today(), visible=EVERYTHING))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("siasn.xlsx", b"PK\x03\x04rusak", "tidak dapat dibaca"),
        ("siasn.csv", b"A;B\n1;2\n", "Baris judul tidak ditemukan"),
        ("siasn.pdf", b"%PDF", "Pilih berkas"),
        ("", b"", "Pilih berkasnya dahulu"),
    ],
)
def test_a_file_that_is_no_roster_is_refused(hr: FlaskClient, name: str, content: bytes, sentence: str) -> None:
    """The page says what to do instead."""
    page = hr.post("/pegawai/impor", data={"file": (io.BytesIO(content), name), "as_of": "2026-11-01"})
    assert 422 == page.status_code
    assert sentence in page.text


def test_an_admin_makes_users_and_gives_roles(opd: Agency, admin: FlaskClient) -> None:
    """A new user gets a code; roles come and go; the account can be closed."""
    form = {"username": "bawaslu.1", "name": "Pengawas Satu", "role": "auditor", "agency": ""}
    page = admin.post("/pengguna/baru", data=form)
    assert CODE.search(page.text)
    assert "sudah dipakai" in admin.post("/pengguna/baru", data=form).text
    account = accounts.find_by_username("bawaslu.1")
    url = f"/pengguna/{account.id}"
    assert "Pilih OPD" in admin.post(f"{url}/peran", data={"role": "opd_officer", "agency": ""}).text
    assert 302 == admin.post(f"{url}/peran", data={"role": "opd_officer", "agency": str(opd.id)}).status_code
    assert "Dinas Kesehatan" in admin.get(f"{url}/peran").text
    assert "Pengawas Satu" in admin.get("/pengguna").text
    held = accounts.find_open_grant(account.id, Role.OPD_OFFICER, opd.id)
    assert 302 == admin.post(f"{url}/peran/{held.id}/cabut").status_code
    assert {Role.AUDITOR} == accounts.get_actor(account.id).roles
    assert CODE.search(admin.post(f"{url}/kode-aktivasi").text)
    assert 302 == admin.post(f"{url}/tutup").status_code
    db.session.expire_all()
    assert not accounts.get_account(account.id).is_active


def test_users_are_those_with_more_than_the_asn_role(opd: Agency, admin: FlaskClient) -> None:
    """The list is short; a search finds everybody, also by NIP."""
    an_account(Role.AUTHOR, name="Penyusun Materi")
    asn = an_employee(opd, name="Siti Aminah")
    page = admin.get("/pengguna").text
    assert ("Penyusun Materi" in page, "Siti Aminah" in page) == (True, False)
    for search in ("aminah", asn.nip):
        assert "Siti Aminah" in admin.get("/pengguna", query_string={"cari": search}).text


def test_someone_elses_grant_is_not_found(admin: FlaskClient) -> None:
    """A grant is revoked through its own account only."""
    one, other = an_account(Role.AUTHOR), an_account(Role.HR)
    held = accounts.find_open_grant(other.id, Role.HR, None)
    assert 404 == admin.post(f"/pengguna/{one.id}/peran/{held.id}/cabut").status_code

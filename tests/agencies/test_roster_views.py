"""The pages around a roster: what it changes, names explained, the history with its files, the way back."""

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from elearn.agencies import queries
from elearn.agencies.models import Agency, RosterImport, UnitAlias
from elearn.agencies.roster_forms import field_of
from elearn.agencies.rules import EVERYTHING, Person
from elearn.core import clock, jobs
from elearn.core.db import db
from elearn.core.permissions import Role
from tests.factories.agencies import a_person, a_roster, a_unit, an_employee


def upload(hr: FlaskClient, people: list[Person], opd: str = "Dinas Kesehatan", unit: str = "") -> str:
    """Upload a roster of these people, all under one name; the address of its review."""
    names = {person.agency_id: (unit, opd) for person in people}
    content = a_roster(people, names)
    form = {"file": (io.BytesIO(content), "siasn.csv"), "as_of": str(clock.today())}
    return hr.post("/pegawai/impor", data=form).location


def bring(hr: FlaskClient, people: list[Person]) -> str:
    """Upload and apply a roster; the address of its page."""
    address = upload(hr, people)
    assert 302 == hr.post(address).status_code
    db.session.rollback()
    jobs.run_waiting()
    return address


def serving() -> int:
    """How many serve today."""
    db.session.rollback()
    return len(queries.list_people_on(clock.today(), visible=EVERYTHING))


def test_the_difference_is_filtered_and_paged(opd: Agency, hr: FlaskClient) -> None:
    """Fifty at a time; by name, by kind and by OPD, each with its reason."""
    stays = an_employee(opd, name="Wati Lama", started_on=dt.date(2026, 1, 5))
    people = [a_person(opd, name=f"Perawat {number:02}") for number in range(60)]
    address = upload(hr, [*people, a_person(opd, nip=stays.nip, name=stays.name, rank="IV/a")])
    page = hr.get(address).text
    assert ("61 perubahan" in page, page.count("NIP ini belum ada dalam data kami."), "Perawat 55" in page) == (
        True,
        50,
        False,
    )
    assert "Perawat 55" in hr.get(f"{address}?hal=2").text
    assert "1 perubahan" in hr.get(f"{address}?cari=perawat+55").text
    assert "Golongan: III/c menjadi IV/a." in hr.get(f"{address}?jenis=berubah&kolom=rank&opd=DINKES").text
    assert "Tidak ada perubahan yang cocok" in hr.get(f"{address}?jenis=keluar").text


def test_a_guess_is_shown_as_a_guess(opd: Agency, hr: FlaskClient) -> None:
    """The group of a post that only its title tells."""
    page = hr.get(upload(hr, [a_person(opd, post="Kepala Seksi Umum")])).text
    assert "Kelompok jabatan: Pengawas (perkiraan dari nama jabatan)." in page


def test_a_doubt_is_asked_and_confirmed(opd: Agency, hr: FlaskClient) -> None:
    """Its sentence and its box; without the tick nothing happens."""
    address = upload(hr, [a_person(opd, nip="195001011975031900", name="Siti Aminah")])
    page = hr.get(address).text
    assert ("Umur yang tidak lazim" in page, "memang masih bertugas" in page) == (True, True)
    refused = hr.post(address)
    assert (422, True) == (refused.status_code, "belum dijawab" in refused.text)
    assert 302 == hr.post(address, data={"confirmed": "umur"}).status_code
    jobs.run_waiting()
    assert 1 == serving()


def test_unknown_names_are_explained_on_a_page(opd: Agency, hr: FlaskClient) -> None:
    """Chosen once, remembered, and removable; the review goes on without another upload."""
    unit = a_unit(opd, "Puskesmas Manna")
    address = upload(hr, [a_person(unit), a_person(unit)], unit="Puskesmas Mana")
    assert "Petakan nama unit" in hr.get(address).text
    page = hr.get(f"{address}/nama-unit").text
    assert ("Puskesmas Mana" in page, f'<option selected value="{unit.id}"' in page) == (True, True)
    field = field_of("dinas kesehatan / puskesmas mana")
    answer = hr.post(f"{address}/nama-unit", data={field: str(unit.id)})
    assert (302, address) == (answer.status_code, answer.location)
    assert "Nama unit yang belum dikenal" not in hr.get(address).text
    assert "Semua nama" in hr.get(f"{address}/nama-unit").text
    assert "Puskesmas Manna" in hr.get("/pegawai/impor/padanan").text
    forget = f"/pegawai/impor/padanan/{db.session.scalar(db.select(UnitAlias.id))}/hapus"
    assert 302 == hr.post(forget).status_code
    assert "Belum ada padanan" in hr.get("/pegawai/impor/padanan").text
    assert 404 == hr.post(forget).status_code


def test_many_unknown_names_are_asked_ten_at_a_time(opd: Agency, hr: FlaskClient) -> None:
    """The most used first; those left open do not hide the others."""
    units = [a_unit(opd) for _ in range(12)]
    people = [a_person(unit) for unit in units]
    names = {unit.id: (f"Pos Jauh {number:02}", "Dinas Kesehatan") for number, unit in enumerate(units)}
    form = {"file": (io.BytesIO(a_roster(people, names)), "siasn.csv"), "as_of": str(clock.today())}
    address = hr.post("/pegawai/impor", data=form).location
    pages = [hr.get(f"{address}/nama-unit?hal={number}").text for number in (1, 2)]
    assert [10, 2] == [sum(f"“Pos Jauh {number:02}”" in page for number in range(12)) for page in pages]
    field = field_of("dinas kesehatan / pos jauh 11")
    answer = hr.post(f"{address}/nama-unit?hal=2", data={field: str(units[11].id)})
    assert f"{address}/nama-unit?hal=2" == answer.location
    assert 302 == hr.post(f"{address}/nama-unit?hal=1").status_code


def test_a_name_that_is_not_ours_is_skipped(opd: Agency, hr: FlaskClient) -> None:
    """The other lines are applied."""
    address = upload(hr, [a_person(opd)], opd="Kantor Pajak Pratama")
    hr.post(f"{address}/nama-unit", data={field_of("kantor pajak pratama"): "bukan"})
    assert "OPD “Kantor Pajak Pratama” bukan bagian kami; baris ini dilewati." in hr.get(address).text
    assert "bukan bagian kami</td>" in hr.get("/pegawai/impor/padanan").text


def test_a_choice_that_was_not_offered_is_refused(opd: Agency, hr: FlaskClient) -> None:
    """Only agencies of the list."""
    address = upload(hr, [a_person(opd)], opd="Kantor Pajak Pratama")
    assert 422 == hr.post(f"{address}/nama-unit", data={field_of("kantor pajak pratama"): "x"}).status_code


def test_the_waiting_page_tells_how_far_it_is(opd: Agency, hr: FlaskClient) -> None:
    """It reloads by itself, and by a link."""
    address = upload(hr, [a_person(opd) for _ in range(3)])
    hr.post(address)
    jobs.tell(f"roster:{address.rpartition('/')[2]}", 2)
    page = hr.get(address).text
    assert ("2 dari paling banyak 3 baris" in page, 'data-reload="2"' in page, "Muat ulang" in page) == (True,) * 3


def test_a_failure_is_told_on_the_page(opd: Agency, hr: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """In words, with the way to try again."""
    from elearn.agencies import books

    address = upload(hr, [a_person(opd)])
    hr.post(address)
    monkeypatch.setattr(books, "enter", lambda *_: 1 / 0)
    jobs.run_waiting()
    page = hr.get(address).text
    assert ("Penerapan sebelumnya gagal" in page, "Terapkan semuanya" in page) == (True, True)
    assert "Gagal" in hr.get("/pegawai/impor/riwayat").text


def test_the_history_tells_what_was_uploaded(opd: Agency, hr: FlaskClient) -> None:
    """With counts, hash and the file itself."""
    assert "Belum ada daftar pegawai" in hr.get("/pegawai/impor/riwayat").text
    address = bring(hr, [a_person(opd), a_person(opd)])
    staged = db.session.scalars(db.select(RosterImport)).one()
    page = hr.get("/pegawai/impor/riwayat").text
    assert [True] * 3 == [text in page for text in ("siasn.csv", "2 masuk", staged.sha256[:12])]
    file = hr.get(f"{address}/berkas")
    assert (staged.content, "attachment; filename=siasn.csv") == (file.data, file.headers["Content-Disposition"])


def test_the_last_roster_is_undone_after_a_question(opd: Agency, hr: FlaskClient) -> None:
    """A GET asks; the POST needs the tick; afterwards the page says that it was undone."""
    people = [a_person(opd) for _ in range(3)]
    bring(hr, people)
    address = bring(hr, [*people[:2], replace(people[2], post="Bidan Mahir"), a_person(opd)])
    assert "Batalkan penerapan ini" in hr.get(address).text
    page = hr.get(f"{address}/batalkan").text
    assert ("Pegawai baru dihapus" in page, serving()) == (True, 4)
    assert 422 == hr.post(f"{address}/batalkan").status_code
    assert 302 == hr.post(f"{address}/batalkan", data={"is_sure": "y"}).status_code
    assert 3 == serving()
    assert "Penerapan ini dibatalkan" in hr.get(address).text
    again = hr.post(f"{address}/batalkan", data={"is_sure": "y"})
    assert (409, True) == (again.status_code, "hanya satu kali" in again.text)
    assert 409 == hr.get(f"{address}/batalkan").status_code
    assert "Dibatalkan" in hr.get("/pegawai/impor/riwayat").text


def test_hr_of_one_opd_finds_none_of_these_pages(opd: Agency, hr: FlaskClient, sign_in: Any) -> None:
    """They name people of the whole regency."""
    address = bring(hr, [a_person(opd)])
    partial = sign_in(Role.HR, agency_id=opd.id)
    for path in (
        "/pegawai/impor/riwayat",
        "/pegawai/impor/padanan",
        f"{address}/berkas",
        f"{address}/batalkan",
        f"{address}/nama-unit",
    ):
        assert 404 == partial.get(path).status_code, path
    assert 404 == partial.post(f"{address}/batalkan", data={"is_sure": "y"}).status_code


def test_a_roster_is_reviewed_in_english(opd: Agency, hr: FlaskClient) -> None:
    """Also what was stored of it when it was read: complaints, doubts and reasons are spoken when they are shown."""
    stays = an_employee(opd, name="Wati Lama", started_on=dt.date(2026, 1, 5))
    people = [
        a_person(opd, name="Siti Baru", rank="entah"),
        a_person(opd, nip=stays.nip, name=stays.name, rank="IV/a"),
    ]
    address = upload(hr, [*people, replace(people[0], name="Orang Lain")])
    assert "Golongan “entah” tidak dikenali" in hr.get(address).text
    hr.set_cookie("bahasa", "en")
    page = hr.get(address).text
    expected = (
        "<h1>Check the employee list</h1>",
        "One NIP used by two names in the file",
        "The NIP of “Siti Baru” in row 2 is also used by “Orang Lain”; this row is skipped.",
        "Grade “entah” is not recognised and is ignored; the rest of this row is still used.",
        "Grade: III/c becomes IV/a.",
        "This NIP is not in our data yet.",
        "Joins",
        "2 changes",
    )
    assert [] == [words for words in expected if words not in page]


def test_employees_are_read_in_english_but_their_file_is_not(opd: Agency, hr: FlaskClient) -> None:
    """Filters, states and headings are spoken; what is downloaded, and a code's message, stay Indonesian."""
    someone = an_employee(opd, phone="+6281234567890")
    hr.set_cookie("bahasa", "en")
    page = hr.get("/pegawai").text
    expected = ("<h1>Employees</h1>", "1 employee<", "Not active yet", "In service", "All types")
    assert [] == [words for words in expected if words not in page]
    assert "Jenis pegawai" in hr.get("/pegawai.csv").text
    code = hr.post(f"/pegawai/{someone.id}/kode-aktivasi").text
    assert ("The code is shown only once" in code, '<p lang="id">Buka ' in code) == (True, True)
    assert "kode%20aktivasi%20Anda" in code

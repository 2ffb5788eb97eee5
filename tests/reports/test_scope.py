"""No officer sees another OPD's people in any report, in any form; and who may read which."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from elearn.accounts import queries as people
from elearn.agencies.models import Agency
from elearn.core import clock, jobs
from elearn.core.permissions import Role
from elearn.core.transaction import transaction
from elearn.ledger import actions as ledger
from elearn.reports import catalogue
from tests.factories.agencies import a_unit, an_employee, an_opd
from tests.factories.directives import an_issued_directive
from tests.factories.pact import a_pact, who_passed

DAY = timedelta(days=1)
SLUGS = [report.slug for report in catalogue.REPORTS]
FOR_OFFICERS = [slug for slug in SLUGS if slug != "petugas"]


@pytest.fixture
def offices(app: Flask) -> tuple[Agency, Agency]:
    """Two offices, in each of which somebody has a certificate and six are late; an officer has worked in one."""
    made = an_opd("dinkes", "Dinas Kesehatan"), an_opd("disdik", "Dinas Pendidikan")
    with time_machine.travel(clock.now() - 10 * DAY):
        for opd, word in zip(made, ("Sehat", "Cerdas"), strict=True):
            pact = a_pact(agency=a_unit(opd, f"Unit {word}"), name=f"Siti {word}")
            jobs.perform("certificates.issue", str(pact.id))
            for number in range(6):
                who_passed(agency=opd, name=f"{word} {number}")
            with transaction():
                ledger.record(people.get_actor(pact.account_id), "agencies:person_transferred", {})
        an_issued_directive(deadline_on=clock.today() + DAY)
    jobs.queue().flush()
    return made


@pytest.mark.parametrize("slug", FOR_OFFICERS)
def test_an_officer_sees_his_own_people_only(offices: tuple[Agency, Agency], sign_in: Any, slug: str) -> None:
    """On the page and in every file; another's OPD as a filter does not exist."""
    officer = sign_in(Role.OPD_OFFICER, agency_id=offices[0].id)
    for ending in ("", ".csv", ".json"):
        seen = officer.get(f"/laporan/{slug}{ending}").get_data(as_text=True)
        for word in ("Cerdas", "Dinas Pendidikan", "disdik"):
            assert word not in seen, (slug, ending)
    known = catalogue.BY_SLUG[slug].known
    if "opd" in known:
        for ending in ("", ".csv", ".xlsx", ".pdf", ".json"):
            assert 404 == officer.get(f"/laporan/{slug}{ending}?opd=disdik").status_code
        assert 200 == officer.get(f"/laporan/{slug}.csv?opd=dinkes").status_code


def test_lists_hold_the_right_people(offices: tuple[Agency, Agency], sign_in: Any) -> None:
    """Who is late with the days, who has which certificate, who signed which text."""
    browser = sign_in(Role.HR)
    late = browser.get("/laporan/terlambat.json").get_json()["rows"]
    assert 12 == len(late)
    assert {9} == {row["days"] for row in late}
    assert 6 == len(browser.get("/laporan/terlambat.json?opd=disdik").get_json()["rows"])
    assert ["Sehat 3"] == [r["name"] for r in browser.get("/laporan/terlambat.json?cari=sehat+3").get_json()["rows"]]
    held = browser.get("/laporan/sertifikat.json").get_json()["rows"]
    assert {("Siti Sehat", "Dinas Kesehatan", "Berlaku"), ("Siti Cerdas", "Dinas Pendidikan", "Berlaku")} == {
        (row["name"], row["opd"], row["state"]) for row in held
    }
    signed = browser.get("/laporan/pakta.json?cari=cerdas").get_json()["rows"]
    assert [("Siti Cerdas", "Unit Cerdas", 1, 64)] == [
        (row["name"], row["agency"], row["version"], len(row["fingerprint"])) for row in signed
    ]
    assert "…" in browser.get("/laporan/pakta").text
    yesterday = clock.today() - 11 * DAY
    assert [] == browser.get(f"/laporan/sertifikat.json?per={yesterday}").get_json()["rows"]


def test_one_office_has_no_place(offices: tuple[Agency, Agency], sign_in: Any) -> None:
    """Who sees a single OPD reads why it is not ranked, with its own share and no place."""
    officer = sign_in(Role.OPD_OFFICER, agency_id=offices[0].id)
    alone = officer.get("/laporan/peringkat?jenis=pns")
    assert "Anda melihat satu OPD" in alone.text
    assert "<strong>14 %</strong> selesai di Dinas Kesehatan" in alone.text
    assert '"/laporan/ketuntasan?jenis=pns"' in alone.text
    assert "Urutan" not in alone.text.partition("Keadaan per")[2]
    assert "/laporan/peringkat.pdf" not in alone.text
    [row] = officer.get("/laporan/peringkat.json").get_json()["rows"]
    assert row["place"] is None
    whole = sign_in(Role.HR).get("/laporan/peringkat").text
    assert "Anda melihat satu OPD" not in whole
    assert "/laporan/peringkat.pdf" in whole


def test_small_groups_are_hidden_from_who_need_not_know(offices: tuple[Agency, Agency], sign_in: Any) -> None:
    """In the ranking of a part; the whole regency sees them."""
    small = an_opd("kecil", "Dinas Kecil")
    an_employee(small)
    names = [row["name"] for row in sign_in(Role.HR).get("/laporan/peringkat.json").get_json()["rows"]]
    assert "Dinas Kecil" in names
    told = sign_in(Role.OPD_OFFICER, agency_id=small.id).get("/laporan/peringkat.json").get_json()
    assert [] == told["rows"]
    assert "Kelompok di bawah 5 pegawai" in told["notes"]["Arti angka"]


def test_the_work_of_officers_is_for_hr_and_the_auditor(offices: tuple[Agency, Agency], sign_in: Any) -> None:
    """Of the whole regency; what learners did for themselves is not in it."""
    for role in (Role.HR, Role.AUDITOR):
        rows = sign_in(role).get("/laporan/petugas.json").get_json()["rows"]
        assert {("Pegawai dimutasikan", 1)} == {(row["work"], row["count"]) for row in rows}
        assert {"Siti Sehat", "Siti Cerdas"} == {row["name"] for row in rows}
    for role in (Role.SEKDA, Role.AUTHOR, Role.ASN):
        assert 403 == sign_in(role).get("/laporan/petugas").status_code
    assert 403 == sign_in(Role.OPD_OFFICER, agency_id=offices[0].id).get("/laporan/petugas").status_code
    assert 404 == sign_in(Role.HR, agency_id=offices[0].id).get("/laporan/petugas").status_code


def test_the_index_leads_to_every_report_one_may_read(offices: tuple[Agency, Agency], sign_in: Any) -> None:
    """And to the choices in stories."""
    page = sign_in(Role.HR).get("/laporan").text
    for slug in (*SLUGS, "ketuntasan", "cerita"):
        assert f'href="/laporan/{slug}"' in page
    sekda = sign_in(Role.SEKDA).get("/laporan").text
    assert 'href="/laporan/petugas"' not in sekda
    assert 'href="/laporan/sertifikat"' not in sekda


@pytest.mark.parametrize("query", ["jenis=polisi", "jabatan=raja", "opd=tidak-ada", "arahan=bukan-id"])
def test_what_is_no_filter_is_not_found(offices: tuple[Agency, Agency], sign_in: Any, query: str) -> None:
    """Rather than quietly ignored."""
    assert 404 == sign_in(Role.HR).get(f"/laporan/unit?{query}").status_code


def test_what_a_report_does_not_know_is_not_in_its_notes(offices: tuple[Agency, Agency], sign_in: Any) -> None:
    """No file claims a filter that did not narrow it."""
    told = sign_in(Role.HR).get("/laporan/sertifikat.json?jenis=pppk&arahan=x").get_json()
    assert ["Per tanggal", "Perangkat daerah"] == list(told["filters"])
    assert 2 == len(told["rows"])

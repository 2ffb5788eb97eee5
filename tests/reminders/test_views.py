"""Officers remind by WhatsApp, people subscribe to their deadlines, HR reads every message."""

from datetime import date, timedelta
from typing import Any
from unittest.mock import patch
from urllib.parse import unquote

import pytest
from flask import Flask
from sqlalchemy import select

from config import ROOT
from elearn.agencies.models import Agency, Employee, Placement
from elearn.core import clock
from elearn.core.db import db
from elearn.core.permissions import Role
from elearn.directives import binding, duties
from elearn.directives.duties import Target
from elearn.reminders import messages, queries
from elearn.reminders.models import Contact, Feed
from tests.factories.agencies import a_unit, an_employee, an_opd
from tests.factories.directives import an_issued_directive
from tests.factories.pact import a_pact, published_texts

PHONE = "0812 3456 7890"


def test_an_officer_reminds_by_whatsapp_and_it_is_kept(app: Flask, sign_in: Any) -> None:
    """The text is ready, the opening recorded, and the list says when."""
    opd = an_opd()
    person = an_employee(opd, name="Ani", phone=PHONE)
    an_employee(opd, name="Budi")
    a_pact(agency=opd, name="Selesai")
    directive = an_issued_directive()
    officer = sign_in(Role.OPD_OFFICER, agency_id=opd.id)
    page = officer.get("/pengingat")
    assert "form-action 'self' https://wa.me" in page.headers["Content-Security-Policy"]
    assert ("2 pegawai belum menyelesaikan", True) == (
        page.text[page.text.index("2 pegawai") :][:29],
        "Ani" in page.text,
    )
    assert "Selesai</a>" not in page.text
    assert 1 == page.text.count("Nomor HP belum tercatat")
    answer = officer.post(f"/pengingat/wa/{person.id}", data={"arahan": str(directive.id)})
    assert 303 == answer.status_code
    assert answer.location.startswith("https://wa.me/6281234567890?text=Yth.%20Ani")
    assert f"Surat Edaran Nomor {directive.number}" in unquote(answer.location)
    contact = db.session.scalars(select(Contact)).one()
    assert (person.account_id, directive.id) == (contact.account_id, contact.directive_id)
    assert 1 == officer.get("/pengingat").text.count("Belum pernah")


def test_the_list_is_searched_and_narrowed(app: Flask, sign_in: Any) -> None:
    """By name, by unit, by directive; a nonsensical choice is the first directive."""
    opd = an_opd()
    unit = a_unit(opd, name="Bidang Contoh")
    an_employee(opd, name="Ani")
    an_employee(unit, name="Budi")
    directive = an_issued_directive()
    officer = sign_in(Role.OPD_OFFICER, agency_id=opd.id)
    assert "Budi" not in officer.get("/pengingat?cari=ani").text
    assert "Ani" not in officer.get(f"/pengingat?opd={unit.id}").text
    assert "Ani" in officer.get(f"/pengingat?arahan={directive.id}").text
    assert "Ani" in officer.get("/pengingat?arahan=bukan&opd=bukan").text
    assert "Tidak ada pegawai yang belum selesai" in officer.get("/pengingat?cari=tidak+ada").text


def test_the_list_begins_with_a_directive_that_is_unfinished(app: Flask, sign_in: Any) -> None:
    """Not with a more urgent one that binds nobody in sight."""
    opd, other = an_opd(), an_opd()
    an_employee(opd)
    an_employee(other)
    an_issued_directive(other, deadline_on=clock.today() + timedelta(days=3))
    mine = an_issued_directive(opd, deadline_on=clock.today() + timedelta(days=9))
    page = sign_in(Role.OPD_OFFICER, agency_id=opd.id).get("/pengingat").text
    assert f"1 pegawai belum menyelesaikan edaran {mine.number}" in page


def test_others_people_and_the_done_are_not_reminded(app: Flask, sign_in: Any) -> None:
    """Nobody of another OPD, nobody who owes nothing, nobody without a number; no contact is kept."""
    opd, other = an_opd(), an_opd()
    stranger, done = an_employee(other, phone=PHONE), a_pact(agency=opd, phone=PHONE)
    mute = an_employee(opd)
    directive = an_issued_directive()
    officer = sign_in(Role.OPD_OFFICER, agency_id=opd.id)
    for employee_id in (stranger.id, done.employee_id, mute.id):
        answer = officer.post(f"/pengingat/wa/{employee_id}", data={"arahan": str(directive.id)})
        assert 422 == answer.status_code
    assert 404 == officer.post(f"/pengingat/wa/{mute.id}", data={}).status_code
    assert [] == list(db.session.scalars(select(Contact)))


def test_without_a_directive_nobody_is_to_be_reminded(app: Flask, sign_in: Any) -> None:
    """The page says so."""
    assert "Tidak ada edaran yang berlaku" in sign_in(Role.HR).get("/pengingat").text


@pytest.mark.parametrize("choice", ["opd", "unit", "excepted", "kinds", "groups", "named", "spared"])
def test_the_database_binds_whom_the_rules_bind(app: Flask, choice: str) -> None:
    """The condition of the list agrees with the rule for every sort of target."""
    opd = an_opd()
    unit, people = a_unit(opd), []
    for agency in (opd, unit, an_opd()):
        people += [an_employee(agency, post_group="pengawas"), an_employee(agency), an_employee(agency, kind="CPNS")]
    directive = an_issued_directive()
    day = clock.today()
    above = binding.lineages(day)
    target = _target(choice, opd, unit, people[4].id)
    query = select(Employee.id).join(Placement, Placement.employee_id == Employee.id)
    debtors = [person for person, _ in queries.list_debtors(day, [directive])]
    assert {person.id for person in people} == {person.employee_id for person in debtors}
    expected = {each.employee_id for each in debtors if duties.is_bound(target, binding.place_of(each, above))}
    assert expected == set(db.session.scalars(query.where(queries._is_bound(target, above))))


def _target(choice: str, opd: Agency, unit: Agency, employee_id: Any) -> Target:
    """Targets of several sorts."""
    all_kinds, opds = frozenset({"PNS", "CPNS"}), frozenset({opd.id})
    return {
        "opd": Target(opds, all_kinds),
        "unit": Target(frozenset({unit.id}), all_kinds),
        "excepted": Target(opds, all_kinds, excepted_agencies=frozenset({unit.id})),
        "kinds": Target(opds, frozenset({"CPNS"})),
        "groups": Target(opds, all_kinds, post_groups=frozenset({"pengawas"})),
        "named": Target(frozenset(), all_kinds, people=frozenset({employee_id})),
        "spared": Target(opds, all_kinds, excepted_people=frozenset({employee_id})),
    }[choice]


def test_hr_reads_every_message(app: Flask, sign_in: Any) -> None:
    """One sample of each template, about nobody."""
    page = sign_in(Role.HR).get("/pengingat/contoh").text
    for title in ("Pengingat harian sebelum tenggat", "Surat teguran terbit", "Angka mingguan OPD", "Pesan WhatsApp"):
        assert title in page
    assert "Ketuntasan Dinas Contoh: 31 dari 50 pegawai selesai" in page
    assert "tanpa nama pegawai, terlampir sebagai PDF" in page
    assert 403 == sign_in(Role.ASN).get("/pengingat/contoh").status_code


def test_a_calendar_is_subscribed_renewed_and_removed(app: Flask, sign_in: Any, client: Any) -> None:
    """The address is told once, opens without signing in, and is known by its hash only."""
    employee = an_employee()
    an_issued_directive(deadline_on=clock.today() + timedelta(days=9))
    browser = sign_in(employee)
    assert "belum berlangganan" in browser.get("/kalender/langganan").text
    first = _address(browser.post("/kalender/langganan").text)
    answer = client.get(first)
    assert (200, "text/calendar; charset=utf-8") == (answer.status_code, answer.headers["Content-Type"])
    assert "SUMMARY:Tenggat: Netralitas ASN" in answer.text
    assert f"DTSTART;VALUE=DATE:{clock.today() + timedelta(days=9):%Y%m%d}" in answer.text
    assert first.split("/")[-1] not in browser.get("/kalender/langganan").text
    assert answer.data == client.get(first).data
    second = _address(browser.post("/kalender/langganan").text)
    assert (404, 200) == (client.get(first).status_code, client.get(second).status_code)
    assert 1 == len(db.session.scalars(select(Feed)).all())
    browser.post("/kalender/langganan/hapus")
    assert 404 == client.get(second).status_code


def _address(page: str) -> str:
    """The path of the calendar that a page tells."""
    start = page.index("/kalender/", page.index('class="hash"'))
    return page[start : page.index("</p>", start)]


TODAY = date(2026, 11, 24)


def test_a_digest_of_several_duties_reads_well(app: Flask) -> None:
    """The whole text, as it is sent."""
    who = messages.Recipient(an_employee().account_id, "Ani, S.Pd.", "ani@serawai.test")
    late = messages.ToDo("Netralitas ASN", 25, date(2026, 11, 20))
    soon = messages.ToDo("Disiplin ASN", 15, date(2026, 11, 27))
    message = messages.digest(who, [late, soon], TODAY)
    assert "Pengingat: 2 tugas, tenggat terdekat 20 November 2026 (lewat 4 hari)" == message.subject
    assert (
        """Yth. Ani, S.Pd.,

Per Selasa, 24 November 2026 masih ada yang perlu Anda selesaikan:

1. Netralitas ASN
   Tenggat Jumat, 20 November 2026, lewat 4 hari.
   Sekitar 25 menit, dapat dicicil.
2. Disiplin ASN
   Tenggat Jumat, 27 November 2026, 3 hari lagi.
   Sekitar 15 menit, dapat dicicil.

Kerjakan di: http://127.0.0.1:8000/

Tenggat yang lewat tidak menutup tugas: Anda masih dapat menyelesaikannya.
Bila Anda memerlukan bantuan untuk masuk, hubungi pengelola kepegawaian perangkat daerah Anda.

Pesan ini dikirim otomatis dan tidak perlu dibalas.
"""
        == message.body
    )


def test_hr_reads_every_message_before_anybody_gets_it(app: Flask, sign_in: Any) -> None:
    """There is a sample of each template of mail, of the directives' own too."""
    published_texts()
    find, used = app.jinja_env.get_template, set()

    def noting(name: str, *args: Any, **kwargs: Any) -> Any:
        used.add(name)
        return find(name, *args, **kwargs)

    with patch.object(app.jinja_env, "get_template", noting):
        page = sign_in(Role.HR).get("/pengingat/contoh").text
    rooms = ("reminders", "directives")
    known = {f"{room}/mail/{each.name}" for room in rooms for each in (ROOT / "templates" / room / "mail").iterdir()}
    assert set() == known - used
    titles = ("Edaran terbit", "Edaran ditutup", "Edaran dicabut", "Pengingat pada awal tahap pemilihan")
    assert all(f"<h2>{title}</h2>" in page for title in titles)
    assert "Surat Edaran Nomor 800/1/CONTOH tentang Netralitas ASN ditutup sejak" in page


def test_who_is_to_be_reminded_is_read_in_english(app: Flask, sign_in: Any) -> None:
    """The page is spoken, also in the singular; what is sent to the person stays Indonesian."""
    opd = an_opd()
    person = an_employee(opd, name="Ani", phone=PHONE)
    directive = an_issued_directive()
    officer = sign_in(Role.OPD_OFFICER, agency_id=opd.id)
    officer.set_cookie("bahasa", "en")
    page = officer.get("/pengingat").text
    expected = (
        f"1 employee has not completed directive {directive.number}",
        "Last contacted",
        ">Never</td>",
        "</span>",
    )
    assert [] == [words for words in expected if words not in page]
    answer = officer.post(f"/pengingat/wa/{person.id}", data={"arahan": str(directive.id)})
    assert "?text=Yth.%20Ani" in answer.location
    reader = sign_in(Role.HR)
    reader.set_cookie("bahasa", "en")
    samples = reader.get("/pengingat/contoh").text
    assert "<h2>Daily reminder before the deadline</h2>" in samples
    assert '<p lang="id">' in samples

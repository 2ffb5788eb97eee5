"""The calendar on screen: everybody reads it, authors and HR of the whole regency keep it."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from elearn.calendar import queries, rules
from elearn.calendar.models import Election, Holiday
from elearn.core import clock
from elearn.core.db import db
from elearn.core.permissions import Role
from elearn.ledger.models import LedgerEntry
from tests.factories.agencies import an_opd

DAY = date(2026, 11, 10)


def election(**changes: str) -> dict[str, str]:
    """What is typed about an election whose campaign is under way."""
    today = clock.today()
    days = {
        "from_campaign": today - timedelta(days=5),
        "until_campaign": today + timedelta(days=5),
        "from_polling": today + timedelta(days=9),
        "until_polling": today + timedelta(days=9),
        "polling_on": today + timedelta(days=9),
    }
    return {"name": "Pemilihan Contoh", **{name: day.isoformat() for name, day in days.items()}, **changes}


def test_everybody_reads_the_holidays_by_month(app: Flask, sign_in: Any) -> None:
    """The nation's days are there without anybody entering them; keeping them is not offered."""
    page = sign_in(Role.ASN).get("/kalender?tahun=2026").text
    assert 'Kamis, 24 Desember 2026: <span lang="id">Cuti Bersama Hari Raya Natal' in page
    assert "Belum ada pemilihan yang dicatat" in page
    assert "Tambah hari" not in page


@pytest.mark.parametrize("role", [Role.HR, Role.AUTHOR])
def test_a_day_of_the_regency_is_entered_once_and_removed(app: Flask, sign_in: Any, role: Role) -> None:
    """It counts for working days at once."""
    browser = sign_in(role)
    typed = {"day": DAY.isoformat(), "name": "Hari jadi kabupaten", "kind": "tutup"}
    assert 302 == browser.post("/kalender/libur/baru", data=typed).status_code
    assert "sudah tercatat" in browser.post("/kalender/libur/baru", data=typed).text
    assert "Hari jadi kabupaten</span> (ketetapan daerah)" in browser.get("/kalender?tahun=2026").text
    assert not rules.is_working_day(DAY, queries.office_days(DAY, DAY))
    holiday_id = db.session.scalar(select(Holiday.id))
    assert 302 == browser.post(f"/kalender/libur/{holiday_id}/hapus").status_code
    assert rules.is_working_day(DAY, queries.office_days(DAY, DAY))
    assert 404 == browser.post(f"/kalender/libur/{holiday_id}/hapus").status_code


def test_an_election_is_entered_changed_and_removed(app: Flask, sign_in: Any) -> None:
    """Learners read the present phase; a phase that stays keeps its id."""
    browser, learner = sign_in(Role.AUTHOR), sign_in(Role.ASN)
    assert 302 == browser.post("/kalender/pemilihan/baru", data=election()).status_code
    assert "Tahap hari ini" in learner.get("/").text
    assert "kampanye" in learner.get("/").text
    found = db.session.scalars(select(Election)).one()
    before = {phase.kind: phase.id for phase in found.phases}
    changed = election(until_campaign=clock.today().isoformat(), from_silence="", until_silence="")
    assert 302 == browser.post(f"/kalender/pemilihan/{found.id}/ubah", data=changed).status_code
    db.session.expire_all()
    assert before == {phase.kind: phase.id for phase in db.session.scalars(select(Election)).one().phases}
    assert clock.today().isoformat() in browser.get(f"/kalender/pemilihan/{found.id}/ubah").text
    assert 302 == browser.post(f"/kalender/pemilihan/{found.id}/hapus").status_code
    assert "Tahap hari ini" not in learner.get("/").text
    events = db.session.scalars(select(LedgerEntry.event).where(LedgerEntry.stream == "calendar")).all()
    assert {f"calendar:election_{deed}" for deed in ("entered", "changed", "removed")} == set(events)


def test_mistakes_about_an_election_are_told(app: Flask, sign_in: Any) -> None:
    """Half a phase, phases that overlap, a name that is taken."""
    browser = sign_in(Role.HR)
    half = browser.post("/kalender/pemilihan/baru", data=election(until_campaign=""))
    assert (422, True) == (half.status_code, "atau kosongkan keduanya" in half.text)
    reversed_ = election(until_campaign=(clock.today() + timedelta(days=9)).isoformat())
    assert "bertumpang tindih" in browser.post("/kalender/pemilihan/baru", data=reversed_).text
    assert 302 == browser.post("/kalender/pemilihan/baru", data=election()).status_code
    assert "nama ini sudah tercatat" in browser.post("/kalender/pemilihan/baru", data=election()).text


def test_the_calendar_of_all_is_not_kept_by_hr_of_one_opd(app: Flask, sign_in: Any) -> None:
    """Its days are everybody's."""
    partial = sign_in(Role.HR, agency_id=an_opd().id)
    assert 403 == partial.get("/kalender/libur/baru").status_code
    assert "Tambah hari" not in partial.get("/kalender").text


def test_the_calendar_is_read_in_english(sign_in: Any) -> None:
    """Its words and days are spoken; the names of days and elections stay Indonesian and are marked as such."""
    browser = sign_in(Role.HR)
    browser.post("/kalender/pemilihan/baru", data=election())
    browser.set_cookie("bahasa", "en")
    page = browser.get("/kalender?tahun=2026").text
    expected = (
        "<h2>Election phases</h2>",
        "Phase today: <strong>campaign</strong>",
        '<th scope="row">Campaign</th>',
        "<h3>December</h3>",
        'Thursday, 24 December 2026: <span lang="id">Cuti Bersama Hari Raya Natal</span>',
    )
    assert [] == [words for words in expected if words not in page]
    half = browser.post("/kalender/pemilihan/baru", data=election(until_campaign="", name="Lain"))
    assert "End: campaign: Enter the first and the last date, or leave both empty." in half.text

"""OPD that are behind are written to before the deadline; on it the Sekda is, and finds drafted letters."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from elearn.agencies.models import Agency
from elearn.agencies.rules import PostGroup
from elearn.core import jobs
from elearn.core.db import db
from elearn.core.permissions import Role
from elearn.documents import queries as documents
from elearn.ledger.models import LedgerEntry
from elearn.notices.models import Notice
from elearn.reminders.models import Reprimand
from tests.factories.accounts import an_account
from tests.factories.agencies import an_employee, an_opd
from tests.factories.calendar import morning_of
from tests.factories.directives import an_issued_directive
from tests.factories.pact import a_pact
from tests.statements import noted

ISSUED_ON, THREE_BEFORE, DEADLINE = date(2026, 11, 2), date(2026, 12, 1), date(2026, 12, 4)


@pytest.fixture(autouse=True)
def _early() -> Iterator[None]:
    """Everything begins on the morning the directives are issued."""
    with morning_of(ISSUED_ON, 8):
        yield


@pytest.fixture
def behind(app: Flask) -> Agency:
    """An OPD with a head and an officer where one of three is done; in another everybody is."""
    opd, other = an_opd(name="Dinas Contoh"), an_opd(name="Badan Contoh")
    a_pact(agency=opd)
    an_employee(opd, email="kepala@serawai.test", name="Kepala Contoh", post_group=PostGroup.TOP)
    an_employee(opd)
    an_account(Role.OPD_OFFICER, agency_id=opd.id, email="pengelola@serawai.test")
    an_account(Role.OPD_OFFICER, agency_id=other.id, email="lain@serawai.test")
    an_account(Role.SEKDA, email="sekda@serawai.test")
    a_pact(agency=other)
    with morning_of(ISSUED_ON):
        an_issued_directive(deadline_on=DEADLINE)
    return opd


def escalate_on(day: date, hour: int = 9) -> None:
    """The round of a day."""
    with morning_of(day, hour):
        jobs.perform("reminders.escalate")
    db.session.rollback()
    db.session.expire_all()


def mails(beginning: str) -> list[Notice]:
    """The messages whose key begins so, by recipient."""
    query = select(Notice).where(Notice.key.startswith(beginning)).order_by(Notice.recipient)
    return list(db.session.scalars(query))


def test_three_days_before_head_and_officer_are_told_once(behind: Agency) -> None:
    """Only of the OPD that is behind."""
    escalate_on(THREE_BEFORE)
    escalate_on(THREE_BEFORE, 15)
    told = mails("behind:")
    assert ["kepala@serawai.test", "pengelola@serawai.test"] == [each.recipient for each in told]
    assert "Dinas Contoh: 1 dari 3 selesai, tenggat 4 Desember 2026" == told[0].subject
    assert "(33 %). Batas yang diharapkan ialah 80 %." in told[0].body
    assert f"/laporan/ketuntasan/opd/{behind.code}?arahan=" in told[0].body
    assert [] == list(db.session.scalars(select(Reprimand)))


def test_on_the_deadline_the_sekda_reads_the_ranking_and_finds_a_draft(behind: Agency) -> None:
    """One letter, for the OPD that is behind, drafted once."""
    escalate_on(DEADLINE)
    escalate_on(DEADLINE, 15)
    (mail,) = mails("ranking:")
    assert "sekda@serawai.test" == mail.recipient
    assert "1. Dinas Contoh: 1 dari 3 (33 %)\n2. Badan Contoh: 1 dari 1 (100 %)" in mail.body
    draft = db.session.scalars(select(Reprimand)).one()
    assert {"as_of": "2026-12-04", "done": 1, "bound": 3, "percent": 80} == draft.facts
    assert (behind.id, None) == (draft.agency_id, draft.number)


def test_nothing_happens_on_other_days_and_at_night(behind: Agency) -> None:
    """Neither letters nor mails."""
    escalate_on(date(2026, 11, 30))
    escalate_on(DEADLINE, 22)
    assert [] == mails("behind:") + mails("ranking:")


def test_a_missed_warning_is_made_up_once_with_the_true_days(behind: Agency) -> None:
    """On the next working day with a server."""
    escalate_on(date(2026, 12, 2))
    an_account(Role.OPD_OFFICER, agency_id=behind.id, email="sesudahnya@serawai.test")
    escalate_on(date(2026, 12, 3))
    told = mails("behind:")
    assert ["kepala@serawai.test", "pengelola@serawai.test"] == [each.recipient for each in told]
    assert "2 hari lagi" in told[0].body


def test_escalations_missed_past_the_deadline_are_made_up_together(behind: Agency) -> None:
    """On the first working day after it, and never again; on the days off before nothing is written."""
    escalate_on(date(2026, 12, 5))
    assert [] == mails("behind:") + mails("ranking:")
    escalate_on(date(2026, 12, 7))
    escalate_on(date(2026, 12, 8))
    assert 2 == len(mails("behind:"))
    (mail,) = mails("ranking:")
    assert "lewat 3 hari" in mail.body
    assert 1 == len(list(db.session.scalars(select(Reprimand))))


def test_a_tuesday_deadline_warns_on_monday(behind: Agency) -> None:
    """Three days before it lies in the weekend, and the day after is the eve."""
    with morning_of(ISSUED_ON):
        an_issued_directive(behind, deadline_on=date(2026, 11, 24))
    escalate_on(date(2026, 11, 20))
    assert [] == mails("behind:")
    escalate_on(date(2026, 11, 23))
    assert 2 == len(mails("behind:"))


def test_the_sekda_looks_at_a_draft_and_issues_it(behind: Agency, app: Flask, sign_in: Any) -> None:
    """With a number, the figures of that day, a sealed paper, and word to the OPD."""
    escalate_on(DEADLINE)
    with morning_of(DEADLINE, 10):
        browser = sign_in(Role.SEKDA)
        draft = db.session.scalars(select(Reprimand)).one()
        assert "Dinas Contoh" in browser.get("/teguran").text
        assert "1 dari 3 selesai" in browser.get(f"/teguran/{draft.id}").text
        assert browser.get(f"/teguran/{draft.id}/pratinjau.pdf").data.startswith(b"%PDF")
        assert 404 == browser.get(f"/teguran/{draft.id}/surat.pdf").status_code
        a_pact(agency=behind)
        assert 422 == browser.post(f"/teguran/{draft.id}", data={"number": ""}).status_code
        assert 302 == browser.post(f"/teguran/{draft.id}", data={"number": "800/7/TEGURAN"}).status_code
        assert "sudah terbit" in browser.post(f"/teguran/{draft.id}", data={"number": "800/8/TEGURAN"}).text
        jobs.run_waiting()
    db.session.expire_all()
    letter = db.session.scalars(select(Reprimand)).one()
    assert (2, 4, "800/7/TEGURAN") == (letter.facts["done"], letter.facts["bound"], letter.number)
    assert documents.get_bytes(letter.document_id).startswith(b"%PDF")
    assert ["kepala@serawai.test", "pengelola@serawai.test"] == [each.recipient for each in mails("reprimand:")]
    events = db.session.scalars(select(LedgerEntry.event).where(LedgerEntry.stream == "reminders"))
    assert ["reminders:escalated"] * 2 + ["reminders:reprimand_drafted", "reminders:reprimand_issued"] == sorted(
        events
    )


def test_the_page_of_a_letter_tells_whose_figures_it_shows(behind: Agency, sign_in: Any) -> None:
    """Those of the draft and of today until issued, then those it was issued with; and that the share is met."""
    escalate_on(DEADLINE)
    draft = db.session.scalars(select(Reprimand)).one()
    with morning_of(date(2026, 12, 7), 10):
        sekda = sign_in(Role.SEKDA)
        for _ in range(2):
            a_pact(agency=behind)
        page = sekda.get(f"/teguran/{draft.id}").text
        assert ("1 dari 3 selesai (4 Desember 2026)" in page, "3 dari 5 selesai" in page) == (True, True)
        assert "sudah mencapai batas" not in page
        for _ in range(6):
            a_pact(agency=behind)
        assert "sudah mencapai batas" in sekda.get(f"/teguran/{draft.id}").text
        sekda.post(f"/teguran/{draft.id}", data={"number": "800/7/TEGURAN"})
        page = sekda.get(f"/teguran/{draft.id}").text
        assert "Angka dalam surat" in page
        assert "9 dari 11 selesai (7 Desember 2026)" in page
        assert "sedang disiapkan" in page
        jobs.run_waiting()
        assert f"/teguran/{draft.id}/surat.pdf" in sekda.get(f"/teguran/{draft.id}").text


def test_the_list_tells_how_it_is_today_beside_the_draft(behind: Agency, sign_in: Any) -> None:
    """Whether a letter is still true; of an issued one the figures in it; officers see no drafts and no today."""
    escalate_on(DEADLINE)
    with morning_of(date(2026, 12, 7), 10):
        sekda = sign_in(Role.SEKDA)
        for _ in range(2):
            a_pact(agency=behind)
        page = sekda.get("/teguran").text
        assert "3 dari 5 hari ini" in page
        assert "1 dari 3 saat konsep dibuat" in page
        assert "Sudah mencapai batas" not in page
        for _ in range(6):
            a_pact(agency=behind)
        assert "Sudah mencapai batas" in sekda.get("/teguran").text
        sekda.post(f"/teguran/{db.session.scalar(select(Reprimand.id))}", data={"number": "800/7/TEGURAN"})
    with morning_of(date(2026, 12, 8), 10):
        a_pact(agency=behind)
        for reader in (sign_in(Role.SEKDA), sign_in(Role.OPD_OFFICER, agency_id=behind.id)):
            page = reader.get("/teguran").text
            assert "9 dari 11<br><small>dalam surat<" in page
            assert "hari ini" not in page


def test_drafts_of_several_directives_tell_each_its_own(behind: Agency, sign_in: Any) -> None:
    """By one reading of the people, however many directives."""
    _further_directive(behind, DEADLINE, "800/2/SETDA")
    escalate_on(DEADLINE)
    with morning_of(date(2026, 12, 7), 10):
        sekda = sign_in(Role.SEKDA)
        page = sekda.get("/teguran").text
        assert 2 == page.count("1 dari 3 hari ini")
        with noted() as sent:
            sekda.get("/teguran")
        before = len(sent)
    _further_directive(behind, date(2026, 12, 8), "800/3/SETDA")
    escalate_on(date(2026, 12, 8))
    with morning_of(date(2026, 12, 8), 10):
        sekda = sign_in(Role.SEKDA)
        assert 3 == sekda.get("/teguran").text.count("1 dari 3 hari ini")
        with noted() as sent:
            sekda.get("/teguran")
        assert before == len(sent)


def _further_directive(agency: Agency, deadline_on: date, number: str) -> None:
    with morning_of(ISSUED_ON):
        an_issued_directive(agency, deadline_on=deadline_on, number=number)


def test_only_the_opd_reads_its_letter(behind: Agency, app: Flask, sign_in: Any) -> None:
    """Another OPD's officer finds none; a draft is the Sekda's alone."""
    escalate_on(DEADLINE)
    with morning_of(DEADLINE, 10):
        sekda, own = sign_in(Role.SEKDA), sign_in(Role.OPD_OFFICER, agency_id=behind.id)
        other = sign_in(Role.OPD_OFFICER, agency_id=an_opd().id)
        letter_id = db.session.scalar(select(Reprimand.id))
        assert "Dinas Contoh" not in own.get("/teguran").text
        sekda.post(f"/teguran/{letter_id}", data={"number": "800/7/TEGURAN"})
        assert 503 == own.get(f"/teguran/{letter_id}/surat.pdf").status_code
        jobs.perform("reminders.make_missing_reprimands")
        assert own.get(f"/teguran/{letter_id}/surat.pdf").data.startswith(b"%PDF")
        assert '<a href="/teguran">' in own.get("/edaran").text
        assert "Dinas Contoh" in own.get("/teguran").text
        assert 404 == other.get(f"/teguran/{letter_id}/surat.pdf").status_code
        assert "800/7/TEGURAN" not in other.get("/teguran").text
        assert 403 == own.get(f"/teguran/{letter_id}").status_code

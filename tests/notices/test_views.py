"""The outbox on screen: what waits, what left, what was given up; never what a message says."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from elearn.core import jobs
from elearn.core.db import db
from elearn.core.permissions import Role
from elearn.core.transaction import transaction
from elearn.notices import actions
from elearn.notices.models import Notice
from tests.factories.agencies import an_opd


@pytest.mark.parametrize("role", [Role.HR, Role.ADMIN])
def test_the_outbox_shows_what_became_of_messages(app: Flask, sign_in: Any, role: Role) -> None:
    """Empty at first; then waiting, sent, given up."""
    browser = sign_in(role)
    assert "Belum ada pesan" in browser.get("/surat-keluar").text
    with transaction():
        actions.post(key="uji", recipient="ani@serawai.test", subject="Edaran terbit", body="Isi rahasia")
    page = browser.get("/surat-keluar").text
    assert "1 pesan menunggu" in page
    assert "Isi rahasia" not in page
    jobs.run_waiting()
    assert "Terkirim" in browser.get("/surat-keluar").text
    with transaction():
        db.session.execute(update(Notice).values(sent_at=None, last_error="SMTPDataError: penuh"))
    page = browser.get("/surat-keluar").text
    assert "1 pesan tidak terkirim" in page
    assert "SMTPDataError: penuh" in page


@pytest.mark.parametrize("role", [Role.ASN, Role.SEKDA, Role.AUDITOR, Role.AUTHOR])
def test_the_outbox_is_for_hr_and_the_admin(app: Flask, sign_in: Any, role: Role) -> None:
    """Nobody else reads who was written to."""
    assert 403 == sign_in(role).get("/surat-keluar").status_code


def test_hr_of_one_opd_does_not_read_everybodys_addresses(app: Flask, sign_in: Any) -> None:
    """The outbox knows no agencies, so it is closed, and not offered, to who answers for one."""
    partial = sign_in(Role.HR, agency_id=an_opd().id)
    assert 403 == partial.get("/surat-keluar").status_code
    assert "/surat-keluar" not in partial.get("/pegawai").text


def test_hr_reads_why_messages_failed_and_sends_them_again(app: Flask, sign_in: Any) -> None:
    """The list names recipient and reason; a button for each, and one for all."""
    browser = sign_in(Role.HR)
    assert "Tidak ada pesan yang gagal" in browser.get("/surat-keluar/gagal").text
    with transaction():
        for name in ("ani", "budi"):
            actions.post(key=name, recipient=f"{name}@serawai.test", subject="Edaran terbit", body="Isi rahasia")
    jobs.queue().flush()
    reason = {"next_attempt_at": None, "last_error": "SMTPRecipientsRefused: 550 tidak ada kotak surat"}
    with transaction():
        db.session.execute(update(Notice).values(reason))
    page = browser.get("/surat-keluar/gagal").text
    assert "550 tidak ada kotak surat" in page
    assert "Isi rahasia" not in page
    notice_id = db.session.scalar(select(Notice.id).where(Notice.key == "ani"))
    assert 302 == browser.post(f"/surat-keluar/gagal/{notice_id}/ulang").status_code
    assert 404 == browser.post(f"/surat-keluar/gagal/{notice_id}/ulang").status_code
    assert "1 pesan dikirim ulang" in browser.post("/surat-keluar/gagal/ulang", follow_redirects=True).text
    assert "Tidak ada pesan yang gagal" in browser.get("/surat-keluar/gagal").text


def test_the_failures_are_closed_to_hr_of_one_opd(app: Flask, sign_in: Any) -> None:
    """As the outbox is."""
    partial = sign_in(Role.HR, agency_id=an_opd().id)
    assert 403 == partial.get("/surat-keluar/gagal").status_code
    assert 403 == partial.post("/surat-keluar/gagal/ulang").status_code


def test_the_outbox_is_read_in_english(sign_in: Any) -> None:
    """States and counts are spoken; the subject of a letter stays as it was written."""
    browser = sign_in(Role.HR)
    browser.set_cookie("bahasa", "en")
    with transaction():
        actions.post(key="uji", recipient="ani@serawai.test", subject="Edaran terbit", body="Isi")
    page = browser.get("/surat-keluar").text
    assert "<h1>Outgoing mail</h1>" in page
    assert "1 message is waiting, since " in page
    assert '<td data-label="Subject" lang="id">Edaran terbit</td>' in page
    with transaction():
        db.session.execute(update(Notice).values(next_attempt_at=None))
    again = browser.post("/surat-keluar/gagal/ulang", follow_redirects=True).text
    assert ("1 message sent again." in again, "No messages have failed." in again) == (True, True)

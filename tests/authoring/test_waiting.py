"""Long files of questions are read by a job, with progress; short ones at once; what cannot be read is told."""

import io
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from elearn.accounts import queries as accounts
from elearn.authoring import drafts, waiting
from elearn.authoring import jobs as work
from elearn.authoring.models import QuestionDraft, QuestionImport
from elearn.content.formats import files
from elearn.core import jobs
from elearn.core.db import db
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction
from tests.factories.accounts import signed_in_client
from tests.factories.authoring import an_author, publish_curriculum

SHORT = b"Siapa?{=Semua#Tepat ~Pejabat#Keliru ~Guru#Keliru ####Semua.}\n\n"
LONG = SHORT * (files.LONG // len(SHORT) + 10)


@pytest.fixture(autouse=True)
def _curriculum(app: Flask) -> None:
    publish_curriculum()


def brought(content: bytes) -> UUID:
    """A file that was brought."""
    with transaction():
        return waiting.bring(an_author(), filename="soal.gift", content_=content).id


def count() -> int:
    """How many drafts there are."""
    return db.session.scalar(select(func.count()).select_from(QuestionDraft)) or 0


def test_a_short_file_is_read_at_once(app: Flask) -> None:
    """Nothing waits, and no bytes are kept."""
    found = drafts.get_import(brought(SHORT * 3))
    assert (3, False, None) == (count(), found.is_waiting, found.content)


def test_a_long_file_waits_for_its_job(app: Flask) -> None:
    """It is read once, however often the job runs; then its bytes are gone."""
    import_id = brought(LONG)
    assert (0, True) == (count(), drafts.get_import(import_id).is_waiting)
    for _ in range(2):
        jobs.run_waiting()
        work.read_questions(str(import_id))
        work.sweep_questions()
    db.session.rollback()
    found = drafts.get_import(import_id)
    assert (LONG.count(b"Siapa"), False, None, "gift") == (count(), found.is_waiting, found.content, found.format)


def test_what_a_crash_cut_short_is_asked_for_again(app: Flask) -> None:
    """A file whose job was lost is found by the sweeper."""
    import_id = brought(LONG)
    while jobs.queue().dequeue() is not None:
        pass
    work.sweep_questions()
    jobs.run_waiting()
    db.session.rollback()
    assert not drafts.get_import(import_id).is_waiting


def test_somebody_is_told_how_far_it_is(app: Flask) -> None:
    """In hundreds of questions; the whole is guessed from the signs of the file."""
    import_id, told = brought(LONG), list[int]()
    done, total = waiting.progress(import_id)
    assert (0, LONG.count(b"{")) == (done, total)
    with transaction():
        waiting.read(SYSTEM, import_id=import_id, tell=told.append)
    assert list(range(100, LONG.count(b"{"), 100)) == told


@pytest.mark.parametrize("content", [b"<quiz>" + b"<question/>" * 20_000 + b"</quiz>", b"\x00" * (files.LONG + 1)])
def test_a_long_file_that_cannot_be_read_is_told(app: Flask, content: bytes) -> None:
    """With its sentence, and nothing of it is kept."""
    import_id = brought(content)
    jobs.run_waiting()
    db.session.rollback()
    found = drafts.get_import(import_id)
    assert (0, False, None, True) == (count(), found.is_waiting, found.content, found.failure.endswith("."))


def test_a_fault_of_ours_is_told_too(app: Flask, monkeypatch: Any) -> None:
    """Whatever happens, nobody waits for ever."""
    import_id = brought(LONG)
    monkeypatch.setattr(files, "read", lambda *_: 1 / 0)
    work.read_questions(str(import_id))
    db.session.rollback()
    assert "peladen" in drafts.get_import(import_id).failure


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    """An author's browser."""
    return signed_in_client(app, accounts.get_account(an_author("penulis-lain").account_id))


def test_the_pages_on_the_way(browser: FlaskClient) -> None:
    """Waiting with progress, then the drafts; the list says what is being read and what could not be."""
    page = browser.post("/materi/soal", data={"file": (io.BytesIO(LONG), "soal.gift")}).location
    assert "sedang dibaca" in browser.get(page).text
    assert "sedang dibaca" in browser.get("/materi/soal").text
    jobs.run_waiting()
    assert "Siapa?" in browser.get(page).text
    failed = browser.post("/materi/soal", data={"file": (io.BytesIO(b"<quiz>" * 30_000), "soal.xml")}).location
    jobs.run_waiting()
    assert "tidak utuh" in browser.get(failed).text
    assert "tidak terbaca" in browser.get("/materi/soal").text


def test_the_list_shows_every_file(app: Flask) -> None:
    """Also those that wait."""
    brought(LONG)
    assert 1 == db.session.scalar(select(func.count()).select_from(QuestionImport))

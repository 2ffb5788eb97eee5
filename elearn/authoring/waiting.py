"""Long files of questions: kept as they came, read by a job, and what of them could not be read told in words."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import select

from elearn.authoring import drafts, intake
from elearn.authoring.models import QuestionImport
from elearn.content.formats import files, neutral, opening
from elearn.core import jobs, transaction
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.permissions import Actor


def bring(actor: Actor, *, filename: str, content_: bytes, form: str = "") -> QuestionImport:
    """Take a short file in at once; keep a long one for the job that reads it. UnreadableQuestions."""
    if len(content_) > opening.MOST_BYTES or not files.is_long(content_):
        return intake.take(actor, filename=filename, content_=content_, form=form)
    brought = intake.row(actor, filename=filename, content_=content_, form=form)
    brought.content, brought.is_waiting = content_, True
    db.session.flush()
    jobs.after_commit("authoring.read_questions", str(brought.id), urgent=True)
    return brought


def read(actor: Actor, *, import_id: UUID, tell: Callable[[int], None]) -> None:
    """Read a file that waits and keep its questions as drafts; one that waits no more is left.

    Nobody else waits while it is understood. UnreadableQuestions.
    """
    with transaction.reading(), neutral.watched(tell):
        brought = drafts.get_import(import_id)
        reading = files.read(brought.content, brought.format) if brought.is_waiting and brought.content else None
    brought = _held(import_id)
    if reading is not None and brought.is_waiting:
        intake.fill(actor, brought, reading)
        brought.content, brought.is_waiting = None, False
        db.session.flush()


def fail(*, import_id: UUID, sentence: str) -> None:
    """Keep why a file could not be read; it waits no more."""
    brought = _held(import_id)
    if brought.is_waiting:
        brought.content, brought.is_waiting, brought.failure = None, False, sentence[:300]
        db.session.flush()


def list_waiting() -> list[QuestionImport]:
    """The files that have neither been read nor failed."""
    return list(db.session.scalars(select(QuestionImport).where(QuestionImport.is_waiting)))


def progress(import_id: UUID) -> tuple[int, int]:
    """How many questions of a file have been understood, of about how many."""
    content_ = db.session.scalar(select(QuestionImport.content).where(QuestionImport.id == import_id)) or b""
    total = files.guessed_count(content_)
    return min(jobs.told(f"questions:{import_id}"), total), total


def _held(import_id: UUID) -> QuestionImport:
    found = db.session.scalar(select(QuestionImport).where(QuestionImport.id == import_id).with_for_update())
    if found is None:
        raise NotFound
    return found

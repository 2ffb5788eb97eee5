"""What may become of an attempt after it was begun or closed, for a recorded reason: more time, another grade.

Nothing is lost: what a result was before stands in the record, or with the ruling that changed it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update

from elearn.core import clock
from elearn.core.db import db
from elearn.core.permissions import Actor
from elearn.ledger import actions as ledger
from elearn.quiz import grading
from elearn.quiz.models import Attempt


def lock(attempt_id: UUID) -> Attempt:
    """An attempt as it is now, which nobody else changes until the transaction ends."""
    query = select(Attempt).filter_by(id=attempt_id).with_for_update()
    return db.session.scalars(query, execution_options={"populate_existing": True}).one()


def lock_all(attempt_ids: Iterable[UUID]) -> Sequence[Attempt]:
    """Attempts as they are now, which nobody else changes until the transaction ends; always in one order.

    Before anything is written in the record, whose lock who submits waits for while holding her attempt.
    """
    query = select(Attempt).where(Attempt.id.in_(list(attempt_ids))).order_by(Attempt.id).with_for_update()
    return db.session.scalars(query, execution_options={"populate_existing": True}).all()


def give_back(attempt_id: UUID, minutes: int) -> datetime | None:
    """Let an open attempt end so many minutes later, and say when; None for one that is closed."""
    attempt = lock(attempt_id)
    if attempt.submitted_at is not None:
        return None
    attempt.due_at += timedelta(minutes=minutes)
    db.session.flush()
    return attempt.due_at


def reopen(actor: Actor, *, attempt_id: UUID, minutes: int) -> Attempt:
    """Open a closed attempt again, its answers as they were, for so many minutes from now."""
    attempt = lock(attempt_id)
    facts = {
        "attempt": str(attempt.id),
        "minutes": minutes,
        "score": grading.exact_points(attempt.score),
        "total": grading.exact_points(attempt.total),
        "submitted_at": attempt.submitted_at.isoformat() if attempt.submitted_at else None,
    }
    attempt.submitted_at = attempt.closed_by = attempt.score = attempt.total = attempt.passed = attempt.marks = None
    attempt.due_at = clock.now() + timedelta(minutes=minutes)
    db.session.flush()
    ledger.record(actor, "quiz:reopened", facts)
    return attempt


def put_result(attempt_id: UUID, grade: grading.Grade, *, passed: bool) -> None:
    """Let a closed attempt have this grade from now on."""
    put_results([(attempt_id, grade, passed)])


def put_results(results: Iterable[tuple[UUID, grading.Grade, bool]]) -> None:
    """Let closed attempts have these grades from now on, and pass or not; one statement for all."""
    rows = [
        {"id": id_, "score": grade.score, "total": grade.total, "marks": list(grade.marks), "passed": passed}
        for id_, grade, passed in results
    ]
    if rows:
        db.session.execute(update(Attempt), rows)

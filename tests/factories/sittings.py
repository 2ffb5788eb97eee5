"""Attempts as they were sat on a day, with their answers and the history of these, laid straight into the books."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from elearn.content.models import Publication
from elearn.core.db import db, new_id
from elearn.core.transaction import transaction
from elearn.quiz.models import Answer, AnswerEntry, Attempt

NOON = datetime(2026, 10, 5, 5, 0, tzinfo=UTC)
PAPER = ("dasar-1", "dasar-2", "medsos-1", "medsos-2")


def a_sitting(
    learner_id: UUID,
    publication: Publication,
    choices: Sequence[str],
    *,
    number: int = 1,
    at: datetime = NOON,
    seconds: float = 240,
    device: str = "",
    paper: Sequence[str] = PAPER,
    keeps_marks: bool = True,
) -> Attempt:
    """A submitted attempt at a paper of single-choice questions of which "a" is right; an empty choice is none given.

    The answers are spread evenly over its seconds.
    """
    marks = [100 if choice == "a" else 0 for choice in choices]
    attempt = Attempt(
        id=new_id(),
        learner_id=learner_id,
        publication_id=publication.id,
        module_slug=publication.slug,
        number=number,
        seed=1,
        paper=[[question, ["a", "b", "c"]] for question in paper],
        started_at=at,
        due_at=at + timedelta(hours=1),
        submitted_at=at + timedelta(seconds=seconds),
        closed_by="learner",
        score=sum(marks) // 100,
        total=len(paper),
        passed=sum(marks) >= 75 * len(paper),
        marks=marks if keeps_marks else None,
    )
    with transaction():
        db.session.add(attempt)
        db.session.flush()
        db.session.add_all(_answers(attempt, paper, choices, at, seconds / len(paper), device))
    return attempt


def _answers(
    attempt: Attempt, paper: Sequence[str], choices: Sequence[str], at: datetime, step: float, device: str
) -> list[Any]:
    found: list[Any] = []
    for position, (question, choice) in enumerate(zip(paper, choices, strict=True), start=1):
        if not choice:
            continue
        when = {
            "given_at": at + timedelta(seconds=step * position),
            "saved_at": at + timedelta(seconds=step * position),
        }
        told = {"attempt_id": attempt.id, "position": position, "choice": [choice], **when}
        found.append(Answer(question_id=question, **told))
        found.append(AnswerEntry(client_key=f"{attempt.id.hex[-8:]}-{position}", device=device, **told))
    return found

"""Starting an attempt, saving an answer, submitting, and closing what nobody submitted."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from elearn.content import queries as content
from elearn.core.clock import now
from elearn.core.db import db, insert, new_id
from elearn.core.errors import Conflict
from elearn.core.permissions import SYSTEM, Actor
from elearn.ledger import actions as ledger
from elearn.quiz import queries, rules
from elearn.quiz.models import Answer, Attempt

SEED_BITS = 63


def start(actor: Actor, *, publication_id: UUID, since: datetime | None = None) -> Attempt:
    """The learner's open attempt, or a new one with a fresh paper; refused as the module's policy says.

    Only attempts begun at `since` or later count before the policy: who learns a module again begins anew.
    Of two starts at once one makes the attempt, and the unique index on open attempts hands it to both.
    """
    module = content.get_module(publication_id)
    running = queries.find_open(actor.account_id, module.slug)
    if running is not None and not _is_over(running):
        return running
    if running is not None:
        _close(actor, running.id)
    earlier = queries.list_attempts(actor.account_id, module.slug)
    refusal = rules.hindrance(queries.sittings(queries.begun_since(earlier, since)), module.quiz, now())
    if refusal is not None:
        raise refusal
    _draw(actor, publication_id, number=len(earlier) + 1)
    started = queries.find_open(actor.account_id, module.slug)
    if started is None:
        raise Conflict
    return started


def save_answer(actor: Actor, *, attempt_id: UUID, position: int, choice: Sequence[str]) -> rules.Receipt:
    """Store the answer at a position, complete or not, and return the receipt; the last one stored counts.

    One statement guards and stores: the attempt is the learner's, not submitted, and its time is not up.
    """
    sheet = queries.get_sheet(attempt_id, learner_id=actor.account_id)
    question = sheet.module.question_by_id[queries.get_item(sheet, position).question_id]
    rules.check_choice(question, choice)
    at = now()
    values = {
        "new_id": new_id(),
        "attempt": attempt_id,
        "learner": actor.account_id,
        "place": position,
        "question": question.id,
        "chosen": sorted(choice),
        "at": at,
        "not_due_before": at - timedelta(seconds=sheet.module.quiz.grace_seconds),
    }
    if db.session.execute(_saving(db.engine.dialect.name), values).first() is None:
        raise rules.AlreadySubmitted if sheet.submitted_at else rules.TimeIsUp
    return rules.Receipt(at, rules.state(question, choice))


def submit(actor: Actor, *, attempt_id: UUID) -> Attempt:
    """Close and grade the learner's attempt; submitting again changes nothing and returns the same result."""
    return _close(actor, queries.get_sheet(attempt_id, learner_id=actor.account_id).id)


def close_overdue(*, limit: int) -> int:
    """Close and grade attempts whose time and grace are up, and say how many; at most `limit`."""
    overdue = [attempt.id for attempt in queries.list_overdue(now(), limit=limit) if _is_over(attempt)]
    for attempt_id in overdue:
        _close(SYSTEM, attempt_id)
    return len(overdue)


def _is_over(attempt: Attempt) -> bool:
    return now() >= rules.closes_at(attempt.due_at, content.get_module(attempt.publication_id).quiz)


def _draw(actor: Actor, publication_id: UUID, *, number: int) -> None:
    """Store a new attempt with a paper of its own, unless one is open already."""
    module, seed, at = content.get_module(publication_id), secrets.randbits(SEED_BITS), now()
    values = {
        "learner_id": actor.account_id,
        "publication_id": publication_id,
        "module_slug": module.slug,
        "number": number,
        "seed": seed,
        "paper": rules.written(rules.draw(module.questions, module.quiz.blueprint, seed)),
        "started_at": at,
        "due_at": at + timedelta(minutes=module.quiz.minutes),
    }
    db.session.execute(insert(Attempt).values(**values).on_conflict_do_nothing())


def _close(actor: Actor, attempt_id: UUID) -> Attempt:
    """Grade what is stored, once; the row is locked, so that no answer slips in between."""
    query = select(Attempt).filter_by(id=attempt_id).with_for_update()
    attempt = db.session.scalars(query, execution_options={"populate_existing": True}).one()
    if attempt.submitted_at is not None:
        return attempt
    module = content.get_module(attempt.publication_id)
    answers = {position: saved.choice for position, saved in queries.list_saved(attempt_id).items()}
    result = rules.grade(rules.read(attempt.paper), answers, module.question_by_id)
    attempt.closed_by = "clock" if _is_over(attempt) else "learner"
    attempt.score, attempt.total = result.score, result.total
    attempt.passed = rules.is_pass(result.score, result.total, module.quiz)
    attempt.submitted_at = now()
    db.session.flush()
    _record(actor, attempt)
    return attempt


def _record(actor: Actor, attempt: Attempt) -> None:
    facts = {
        "attempt": str(attempt.id),
        "publication": content.get_publication(attempt.publication_id).fingerprint,
        "score": attempt.score,
        "total": attempt.total,
        "passed": attempt.passed,
    }
    ledger.record(actor, event="quiz:submitted", facts=facts)


@cache
def _saving(_dialect: str) -> Any:
    """The one statement that stores an answer; built once for each kind of database.

    The attempt is read FOR SHARE (PostgreSQL), so it waits for a submission under way and then sees it.
    """
    attempt = (
        select(
            bindparam("new_id", type_=Answer.id.type),
            Attempt.id,
            bindparam("place", type_=Answer.position.type),
            bindparam("question", type_=Answer.question_id.type),
            bindparam("chosen", type_=Answer.choice.type),
            bindparam("at", type_=Answer.saved_at.type),
            bindparam("at", type_=Answer.given_at.type),
        )
        .where(
            Attempt.id == bindparam("attempt"),
            Attempt.learner_id == bindparam("learner"),
            Attempt.submitted_at.is_(None),
            Attempt.due_at > bindparam("not_due_before"),
        )
        .with_for_update(read=True)
    )
    names = ["id", "attempt_id", "position", "question_id", "choice", "saved_at", "given_at"]
    table: Any = Answer.__table__  # the bare table: bulk features of mapped inserts know no SELECT
    statement = insert(table).from_select(names, attempt)
    stored = {each: statement.excluded[each] for each in ("choice", "saved_at", "given_at")}
    return statement.on_conflict_do_update(index_elements=["attempt_id", "position"], set_=stored).returning(
        Answer.id
    )

"""Starting an attempt, saving an answer, submitting, and closing what nobody submitted."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select

from elearn.content import items
from elearn.content import queries as content
from elearn.core.clock import now
from elearn.core.db import db, insert, new_id
from elearn.core.errors import Conflict
from elearn.core.permissions import SYSTEM, Actor
from elearn.ledger import actions as ledger
from elearn.quiz import grading, judging, offers, papers, queries, rules, saving
from elearn.quiz.models import Attempt, Bookmark
from elearn.quiz.offers import Offer
from elearn.quiz.saving import Sending

SEED_BITS = 63
UNNAMED = Sending()


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
    offer = offers.offer(actor.account_id, module.slug, module.quiz, since=since)
    refusal = rules.hindrance(queries.sittings(queries.begun_since(earlier, since)), offer.policy, now())
    if refusal is not None:
        raise refusal
    _draw(actor, publication_id, offer, earlier)
    started = queries.find_open(actor.account_id, module.slug)
    if started is None:
        raise Conflict
    return started


def save_answer(
    actor: Actor, *, attempt_id: UUID, position: int, choice: Sequence[str], sending: Sending = UNNAMED
) -> rules.Receipt:
    """Store the answer at a position, complete or not, and return the receipt; the one given last counts.

    The same sending again changes nothing and is answered with the first receipt.
    """
    sheet = queries.get_sheet(attempt_id, learner_id=actor.account_id)
    question = sheet.module.question_by_id[queries.get_item(sheet, position).question_id]
    rules.check_choice(question, choice)
    at = now()
    given = saving.Given(
        attempt_id,
        actor.account_id,
        position,
        question.id,
        items.normal(question, choice),
        rules.given_at(at, sending.age, sheet.started_at),
        at,
    )
    entry = _store(sheet, given, sending)
    return rules.Receipt(entry.saved_at, rules.state(question, entry.choice), entry.is_late, sheet.due_at)


def save_page(
    actor: Actor, *, attempt_id: UUID, answers: Mapping[int, tuple[Sequence[str], Sending]]
) -> dict[int, str]:
    """Store the answers of a page by position; what does not fit its question is left out, and told by position."""
    faults: dict[int, str] = {}
    for position, (choice, sending) in answers.items():
        try:
            save_answer(actor, attempt_id=attempt_id, position=position, choice=choice, sending=sending)
        except rules.UnknownOption as refusal:  # raised before anything is written
            faults[position] = refusal.sentence
    return faults


def mark(actor: Actor, *, attempt_id: UUID, position: int, is_marked: bool) -> None:
    """Note that the learner wants to look at a question again, or no longer; refused after the end."""
    sheet = queries.get_sheet(attempt_id, learner_id=actor.account_id)
    queries.get_item(sheet, position)
    if sheet.submitted_at is not None:
        raise rules.AlreadySubmitted
    place = {"attempt_id": attempt_id, "position": position}
    if is_marked:
        db.session.execute(insert(Bookmark).values(place).on_conflict_do_nothing())
    else:
        db.session.execute(delete(Bookmark).filter_by(**place))


def submit(actor: Actor, *, attempt_id: UUID) -> Attempt:
    """Close and grade the learner's attempt; submitting again changes nothing and returns the same result."""
    return _close(actor, queries.get_sheet(attempt_id, learner_id=actor.account_id).id)


def close_overdue(*, limit: int) -> int:
    """Close and grade attempts whose time and grace are up, and say how many; at most `limit`."""
    overdue = [attempt.id for attempt in queries.list_overdue(now(), limit=limit) if _is_over(attempt)]
    for attempt_id in overdue:
        _close(SYSTEM, attempt_id)
    return len(overdue)


def _store(sheet: queries.Sheet, given: saving.Given, sending: Sending) -> saving.Entry:
    """Store it, unless its key says that it was; a page found again by "back" may use its key for another answer."""
    entry = saving.append(given, replace(sending, key=sending.key or str(new_id())), grace=sheet.grace)
    if entry is not None:
        saving.let_count(given, sending)
        return entry
    earlier = saving.find_entry(sheet.id, sending.key)
    if earlier is None:
        raise rules.AlreadySubmitted if sheet.submitted_at else rules.TimeIsUp
    if sending.is_by_button and saving.counting(sheet.id, given.position) != tuple(given.choice):
        return _store(sheet, given, replace(sending, key=""))
    return earlier


def _is_over(attempt: Attempt) -> bool:
    return now() >= rules.closes_at(attempt.due_at, content.get_module(attempt.publication_id).quiz)


def _draw(actor: Actor, publication_id: UUID, offer: Offer, earlier: Sequence[Attempt]) -> None:
    """Store a new attempt with a paper of its own and the terms it was offered on, unless one is open already."""
    module, seed, at = content.get_module(publication_id), secrets.randbits(SEED_BITS), now()
    paper = papers.draw(
        module.questions,
        module.quiz.blueprint,
        seed,
        offers.seen_by(earlier),
        avoided=judging.idle_on(module),
        shuffles_questions=module.quiz.shuffles_questions,
        shuffles_options=module.quiz.shuffles_options,
    )
    values = {
        "learner_id": actor.account_id,
        "publication_id": publication_id,
        "module_slug": module.slug,
        "number": len(earlier) + 1,
        "seed": seed,
        "paper": papers.written(paper),
        "terms": offer.terms or None,
        "started_at": at,
        "due_at": at + timedelta(minutes=offer.policy.minutes),
    }
    db.session.execute(insert(Attempt).values(**values).on_conflict_do_nothing())


def _close(actor: Actor, attempt_id: UUID) -> Attempt:
    """Grade what is stored, once; the row is locked, so that no answer slips in between."""
    query = select(Attempt).filter_by(id=attempt_id).with_for_update()
    attempt = db.session.scalars(query, execution_options={"populate_existing": True}).one()
    if attempt.submitted_at is not None:
        return attempt
    result, passed = judging.judge(attempt)
    attempt.closed_by = "clock" if _is_over(attempt) else "learner"
    attempt.score, attempt.total, attempt.marks = result.score, result.total, list(result.marks)
    attempt.passed = passed
    attempt.submitted_at = now()
    db.session.flush()
    _record(actor, attempt)
    return attempt


def _record(actor: Actor, attempt: Attempt) -> None:
    facts = {
        "attempt": str(attempt.id),
        "publication": content.get_publication(attempt.publication_id).fingerprint,
        "score": grading.exact_points(attempt.score),
        "total": grading.exact_points(attempt.total),
        "passed": attempt.passed,
    }
    ledger.record(actor, event="quiz:submitted", facts=facts)

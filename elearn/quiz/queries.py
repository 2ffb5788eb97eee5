"""Attempts and answers, read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, select

from elearn.content import queries as content
from elearn.content.rules import Module, QuizPolicy
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.quiz import rules
from elearn.quiz.models import Answer, Attempt


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the pages of an attempt need of it, read as columns rather than as an object, for speed."""

    id: UUID
    publication_id: UUID
    module_slug: str
    number: int
    seed: int
    paper: rules.Paper
    due_at: datetime
    submitted_at: datetime | None

    @property
    def module(self) -> Module:
        """The version of the module this attempt is about."""
        return content.get_module(self.publication_id)

    @property
    def closes_at(self) -> datetime:
        """The instant from which an answer is late."""
        return rules.closes_at(self.due_at, self.module.quiz)


@dataclass(frozen=True, slots=True)
class Saved:
    """A stored answer: what was chosen and when it was saved."""

    choice: tuple[str, ...]
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Outlook:
    """A learner's attempts at a module's quiz, the first one first, and when another may start."""

    attempts: Sequence[Attempt]
    attempts_left: int
    opens_at: datetime | None

    @property
    def has_passed(self) -> bool:
        """Whether one of them passed."""
        return any(attempt.passed for attempt in self.attempts)

    @property
    def running(self) -> Attempt | None:
        """The attempt that is not submitted yet."""
        return next((attempt for attempt in self.attempts if attempt.submitted_at is None), None)

    @property
    def last(self) -> Attempt | None:
        """The attempt submitted last."""
        return next((attempt for attempt in reversed(self.attempts) if attempt.submitted_at), None)


ATTEMPT, ANSWER = Attempt.__table__.c, Answer.__table__.c

# The two statements of the busiest pages, built once: bare columns, values bound when they are asked.
OF_ATTEMPT = bindparam("attempt_id", type_=Uuid)
OF_LEARNER = bindparam("learner_id", type_=Uuid)
SHEET = select(
    ATTEMPT.id,
    ATTEMPT.publication_id,
    ATTEMPT.module_slug,
    ATTEMPT.number,
    ATTEMPT.seed,
    ATTEMPT.paper,
    ATTEMPT.due_at,
    ATTEMPT.submitted_at,
).where(ATTEMPT.id == OF_ATTEMPT, ATTEMPT.learner_id == OF_LEARNER)
SAVED = select(ANSWER.position, ANSWER.choice, ANSWER.saved_at).where(ANSWER.attempt_id == OF_ATTEMPT)


def get_sheet(attempt_id: UUID, *, learner_id: UUID | None) -> Sheet:
    """The learner's own attempt as its pages need it; another's does not exist."""
    row = db.session.execute(SHEET, {"attempt_id": attempt_id, "learner_id": learner_id}).one_or_none()
    if row is None:
        raise NotFound
    return Sheet(**{**row._mapping, "paper": rules.read(row.paper)})


def get_item(sheet: Sheet, position: int) -> rules.Item:
    """The item at a position of a paper, counted from 1."""
    if not 1 <= position <= len(sheet.paper):
        raise NotFound
    return sheet.paper[position - 1]


def get_attempt(attempt_id: UUID, *, learner_id: UUID | None) -> Attempt:
    """The learner's own attempt; another's does not exist."""
    attempt = db.session.scalar(select(Attempt).filter_by(id=attempt_id, learner_id=learner_id))
    if attempt is None:
        raise NotFound
    return attempt


def list_saved(attempt_id: UUID) -> dict[int, Saved]:
    """The stored answers of an attempt by position."""
    rows = db.session.execute(SAVED, {"attempt_id": attempt_id})
    return {row.position: Saved(tuple(row.choice), row.saved_at) for row in rows}


def list_attempts(learner_id: UUID | None, slug: str) -> Sequence[Attempt]:
    """All attempts of a learner at a module's quiz, the first one first."""
    query = select(Attempt).filter_by(learner_id=learner_id, module_slug=slug).order_by(Attempt.number)
    return db.session.scalars(query).all()


def find_open(learner_id: UUID | None, slug: str) -> Attempt | None:
    """The attempt that is not submitted yet."""
    return db.session.scalar(select(Attempt).filter_by(learner_id=learner_id, module_slug=slug, submitted_at=None))


def passed_attempt(learner_id: UUID | None, slug: str, *, since: datetime | None = None) -> Attempt | None:
    """The last attempt that passed (begun at `since` or later); one in each round of learning a module."""
    query = select(Attempt).filter_by(learner_id=learner_id, module_slug=slug, passed=True)
    if since is not None:
        query = query.where(Attempt.started_at >= since)
    return db.session.scalar(query.order_by(Attempt.number.desc()).limit(1))


def best_result(learner_id: UUID | None, slug: str) -> Attempt | None:
    """The submitted attempt with the most points, the earliest of equals."""
    query = select(Attempt).filter_by(learner_id=learner_id, module_slug=slug).where(Attempt.score.is_not(None))
    return db.session.scalar(query.order_by(Attempt.score.desc(), Attempt.number).limit(1))


def outlook(learner_id: UUID | None, slug: str, policy: QuizPolicy, *, since: datetime | None = None) -> Outlook:
    """What a learner may expect of the quiz next; only attempts begun at `since` or later count."""
    attempts = begun_since(list_attempts(learner_id, slug), since)
    opens_at = rules.next_start(sittings(attempts), policy)
    return Outlook(attempts, max(0, policy.attempts - len(attempts)), opens_at)


def begun_since(attempts: Sequence[Attempt], since: datetime | None) -> list[Attempt]:
    """Those attempts that were begun at `since` or later, all if None."""
    return [attempt for attempt in attempts if since is None or attempt.started_at >= since]


def round_of(attempt: Attempt) -> datetime | None:
    """Since when the attempts count that belong with this one: after the last that passed before it."""
    query = select(func.max(Attempt.submitted_at)).filter_by(
        learner_id=attempt.learner_id, module_slug=attempt.module_slug, passed=True
    )
    return db.session.scalar(query.where(Attempt.number < attempt.number))


def list_overdue(now: datetime, *, limit: int) -> Sequence[Attempt]:
    """Open attempts whose time limit has passed, the longest overdue first."""
    query = select(Attempt).where(Attempt.submitted_at.is_(None), Attempt.due_at <= now)
    return db.session.scalars(query.order_by(Attempt.due_at).limit(limit)).all()


def sittings(attempts: Sequence[Attempt]) -> list[rules.Sitting]:
    """What the rules ask about earlier attempts."""
    return [rules.Sitting(attempt.submitted_at, bool(attempt.passed)) for attempt in attempts]

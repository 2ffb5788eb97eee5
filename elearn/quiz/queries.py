"""Attempts and answers, read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, null, select, union_all

from elearn.content import queries as content
from elearn.content.modules import Module
from elearn.content.questions import QuizPolicy
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.quiz import offers, papers, rules
from elearn.quiz.models import Answer, AnswerEntry, Attempt, Bookmark


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the pages of an attempt need of it, read as columns rather than as an object, for speed."""

    id: UUID
    publication_id: UUID
    module_slug: str
    number: int
    seed: int
    paper: papers.Paper
    started_at: datetime
    due_at: datetime
    submitted_at: datetime | None
    terms: dict[str, Any] | None

    @property
    def module(self) -> Module:
        """The version of the module this attempt is about."""
        return content.get_module(self.publication_id)

    @property
    def policy(self) -> QuizPolicy:
        """The rules in force of this attempt."""
        return rules.policy_of(self.module.quiz, self.terms)

    @property
    def closes_at(self) -> datetime:
        """The instant from which an answer is late."""
        return rules.closes_at(self.due_at, self.module.quiz)

    @property
    def grace(self) -> timedelta:
        """How long after the time limit an answer is still taken."""
        return self.closes_at - self.due_at


@dataclass(frozen=True, slots=True)
class Saved:
    """A stored answer: what was chosen and when it was saved."""

    choice: tuple[str, ...]
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """What a learner has done in an open attempt: her answers by position, and what she wants to look at again."""

    saved: dict[int, Saved]
    marked: frozenset[int]


@dataclass(frozen=True, slots=True)
class Event:
    """One line of an attempt's history: an answer as it arrived, on time or not, and whether it counts at present."""

    position: int
    choice: tuple[str, ...]
    given_at: datetime
    saved_at: datetime
    device: str
    is_late: bool
    counts: bool


@dataclass(frozen=True, slots=True)
class Outlook:
    """A learner's attempts at a module's quiz, the first one first, when another may start, and by which rules."""

    attempts: Sequence[Attempt]
    attempts_left: int
    opens_at: datetime | None
    policy: QuizPolicy

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


ATTEMPT, ANSWER, BOOKMARK = Attempt.__table__.c, Answer.__table__.c, Bookmark.__table__.c

# The statements of the busiest pages, built once: bare columns, values bound when they are asked.
OF_ATTEMPT = bindparam("attempt_id", type_=Uuid)
OF_LEARNER = bindparam("learner_id", type_=Uuid)
SHEET = select(
    ATTEMPT.id,
    ATTEMPT.publication_id,
    ATTEMPT.module_slug,
    ATTEMPT.number,
    ATTEMPT.seed,
    ATTEMPT.paper,
    ATTEMPT.started_at,
    ATTEMPT.due_at,
    ATTEMPT.submitted_at,
    ATTEMPT.terms,
).where(ATTEMPT.id == OF_ATTEMPT, ATTEMPT.learner_id == OF_LEARNER)
SAVED = select(ANSWER.position, ANSWER.choice, ANSWER.saved_at).where(ANSWER.attempt_id == OF_ATTEMPT)
MARKED = select(BOOKMARK.position, null(), null()).where(BOOKMARK.attempt_id == OF_ATTEMPT)
KEPT = union_all(SAVED, MARKED)
OPEN = select(Attempt).where(
    Attempt.learner_id == OF_LEARNER, Attempt.module_slug == bindparam("slug"), Attempt.submitted_at.is_(None)
)


def get_sheet(attempt_id: UUID, *, learner_id: UUID | None) -> Sheet:
    """The learner's own attempt as its pages need it; another's does not exist."""
    row = db.session.execute(SHEET, {"attempt_id": attempt_id, "learner_id": learner_id}).one_or_none()
    if row is None:
        raise NotFound
    return Sheet(**{**row._mapping, "paper": papers.read(row.paper)})


def get_item(sheet: Sheet, position: int) -> papers.Item:
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


def list_kept(attempt_id: UUID) -> Kept:
    """The stored answers of an attempt and its bookmarks, by one statement."""
    rows = db.session.execute(KEPT, {"attempt_id": attempt_id}).all()
    saved = {row.position: Saved(tuple(row.choice), row.saved_at) for row in rows if row.saved_at is not None}
    return Kept(saved, frozenset(row.position for row in rows if row.saved_at is None))


def history(attempt_id: UUID) -> list[Event]:
    """Every answer that an attempt was sent, in the order of arrival."""
    standing = {position: saved.saved_at for position, saved in list_saved(attempt_id).items()}
    query = select(AnswerEntry).filter_by(attempt_id=attempt_id).order_by(AnswerEntry.saved_at, AnswerEntry.id)
    return [
        Event(
            each.position,
            tuple(each.choice),
            each.given_at,
            each.saved_at,
            each.device,
            each.is_late,
            each.saved_at == standing.get(each.position),
        )
        for each in db.session.scalars(query)
    ]


def list_attempts(learner_id: UUID | None, slug: str) -> Sequence[Attempt]:
    """All attempts of a learner at a module's quiz, the first one first."""
    query = select(Attempt).filter_by(learner_id=learner_id, module_slug=slug).order_by(Attempt.number)
    return db.session.scalars(query).all()


def find_open(learner_id: UUID | None, slug: str) -> Attempt | None:
    """The attempt that is not submitted yet."""
    return db.session.scalar(OPEN, {"learner_id": learner_id, "slug": slug})


def passed_attempt(learner_id: UUID | None, slug: str, *, since: datetime | None = None) -> Attempt | None:
    """The last attempt that passed (begun at `since` or later); one in each round of learning a module."""
    query = select(Attempt).filter_by(learner_id=learner_id, module_slug=slug, passed=True)
    if since is not None:
        query = query.where(Attempt.started_at >= since)
    return db.session.scalar(query.order_by(Attempt.number.desc()).limit(1))


def outlook(learner_id: UUID | None, slug: str, policy: QuizPolicy, *, since: datetime | None = None) -> Outlook:
    """What a learner may expect of the quiz next; only attempts begun at `since` or later count."""
    attempts = begun_since(list_attempts(learner_id, slug), since)
    offered = offers.offer(learner_id, slug, policy, since=since).policy
    opens_at = rules.next_start(sittings(attempts), offered)
    return Outlook(attempts, max(0, offered.attempts - len(attempts)), opens_at, offered)


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
    """Open attempts whose time limit has passed, the longest overdue first; locked.

    Those that somebody is answering or submitting right now are left out: she is not waited for, nor must she wait.
    """
    query = select(Attempt).where(Attempt.submitted_at.is_(None), Attempt.due_at <= now)
    query = query.order_by(Attempt.due_at).limit(limit).with_for_update(skip_locked=True)
    return db.session.scalars(query, execution_options={"populate_existing": True}).all()


def sittings(attempts: Sequence[Attempt]) -> list[rules.Sitting]:
    """What the rules ask about earlier attempts."""
    return [rules.Sitting(attempt.submitted_at, bool(attempt.passed)) for attempt in attempts]

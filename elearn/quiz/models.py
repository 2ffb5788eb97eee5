"""Attempts at a quiz, their answers, what was allowed to whom, and rulings on questions that were wrong."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.db import Id, Instant, Json, MaybeJson, Model, OptionalInstant

HUNDREDTHS = 100


class Points(TypeDecorator[Decimal | int]):
    """Points of a quiz, stored as whole hundredths; in Python an int where they are whole, else a Decimal (13.5)."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | None, dialect: Any) -> int | None:
        return None if value is None else int(value * HUNDREDTHS)

    def process_result_value(self, value: int | None, dialect: Any) -> Decimal | int | None:
        if value is None:
            return None
        whole, rest = divmod(value, HUNDREDTHS)
        return (Decimal(value) / HUNDREDTHS).normalize() if rest else whole


class Attempt(Model):
    """One sitting: the paper drawn from `seed`, its time limit by the server's clock, and at the end its grade.

    `terms` are the rules of the quiz that this attempt has otherwise than its module says, by their names; None when
    it has none. `marks` are the hundredths of a point earned at each position, None where a
    question was dropped; None as a whole while open.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("learner_id", "module_slug", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("due_at > started_at", name="due_after_start"),
        CheckConstraint("score >= 0 AND score <= total", name="score_range"),
        CheckConstraint("closed_by IN ('learner', 'clock')", name="closed_by"),
        CheckConstraint(
            "(submitted_at IS NULL AND closed_by IS NULL AND score IS NULL AND total IS NULL AND passed IS NULL)"
            " OR (submitted_at IS NOT NULL AND closed_by IS NOT NULL AND score IS NOT NULL"
            " AND total IS NOT NULL AND passed IS NOT NULL)",
            name="graded_when_submitted",
        ),
        Index(
            "uq_attempt_open",
            "learner_id",
            "module_slug",
            unique=True,
            sqlite_where=text("submitted_at IS NULL"),
            postgresql_where=text("submitted_at IS NULL"),
        ),
        Index(
            "ix_attempt_open_due",
            "due_at",
            sqlite_where=text("submitted_at IS NULL"),
            postgresql_where=text("submitted_at IS NULL"),
        ),
        Index("ix_attempt_passed", "module_slug", "passed", "submitted_at", "learner_id"),
        Index("ix_attempt_counts", "id", "passed"),
    )

    id: Mapped[Id]
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    publication_id: Mapped[UUID] = mapped_column(ForeignKey("publication.id"))
    module_slug: Mapped[str] = mapped_column(String(80))
    number: Mapped[int] = mapped_column(Integer)
    seed: Mapped[int] = mapped_column(BigInteger)
    paper: Mapped[list[list[object]]] = mapped_column(Json)
    started_at: Mapped[Instant]
    due_at: Mapped[Instant]
    submitted_at: Mapped[OptionalInstant]
    closed_by: Mapped[str | None] = mapped_column(String(10))
    score: Mapped[Decimal | int | None] = mapped_column(Points)
    total: Mapped[Decimal | int | None] = mapped_column(Points)
    passed: Mapped[bool | None]
    terms: Mapped[dict[str, Any] | None] = mapped_column(MaybeJson)
    marks: Mapped[list[int | None] | None] = mapped_column(MaybeJson)


class Answer(Model):
    """The answer to the question at `position` (from 1) of an attempt's paper; the one given last counts.

    `choice` is written as `content.items` says: options chosen ("a"), or options put somewhere ("a=boleh", "b=2").
    """

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("attempt_id", "position"),
        CheckConstraint("position >= 1", name="position"),
    )

    id: Mapped[Id]
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"))
    position: Mapped[int] = mapped_column(Integer)
    question_id: Mapped[str] = mapped_column(String(80))
    choice: Mapped[list[str]] = mapped_column(Json)
    saved_at: Mapped[Instant]
    given_at: Mapped[Instant]


class AnswerEntry(Model):
    """One answer as it arrived, never changed: the history of a position, whichever device it came from.

    `given_at` is when the person gave it as far as her device knows, `saved_at` when it arrived by our clock.
    `client_key` makes the same sending impossible twice; `device` tells devices apart without naming any; a late one
    came after the time limit but within its grace.
    """

    __tablename__ = "answer_entry"
    __table_args__ = (
        UniqueConstraint("attempt_id", "client_key"),
        CheckConstraint("position >= 1", name="position"),
        Index("ix_answer_entry_attempt_saved", "attempt_id", "saved_at"),
    )

    id: Mapped[Id]
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"))
    position: Mapped[int] = mapped_column(Integer)
    choice: Mapped[list[str]] = mapped_column(Json)
    given_at: Mapped[Instant]
    saved_at: Mapped[Instant]
    client_key: Mapped[str] = mapped_column(String(36))
    device: Mapped[str] = mapped_column(String(16), server_default="")
    is_late: Mapped[bool] = mapped_column(server_default=false())


class Bookmark(Model):
    """That a learner wants to look at a question again before submitting."""

    __tablename__ = "bookmark"

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)


class Outage(Model):
    """A time in which people could not answer through no fault of their own; None as module means every quiz."""

    __tablename__ = "outage"
    __table_args__ = (CheckConstraint("until_at > from_at", name="instants_in_order"),)

    id: Mapped[Id]
    from_at: Mapped[Instant]
    until_at: Mapped[Instant]
    module_slug: Mapped[str | None] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(String(300))
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[Instant]


class Concession(Model):
    """What one learner was allowed beyond the rules of a quiz, and why: more attempts, more minutes in each.

    One with an `attempt_id` concerns that attempt alone: minutes given back, or a closed attempt opened again.
    """

    __tablename__ = "concession"
    __table_args__ = (
        CheckConstraint("cause IN ('disabilitas', 'gangguan', 'lain')", name="cause"),
        CheckConstraint("extra_attempts >= 0 AND extra_minutes >= 0", name="not_negative"),
        CheckConstraint("extra_attempts > 0 OR extra_minutes > 0", name="not_nothing"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawal"),
        Index("ix_concession_learner", "learner_id", "module_slug"),
        UniqueConstraint("outage_id", "attempt_id"),
    )

    id: Mapped[Id]
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    module_slug: Mapped[str] = mapped_column(String(80))
    attempt_id: Mapped[UUID | None] = mapped_column(ForeignKey("attempt.id"))
    outage_id: Mapped[UUID | None] = mapped_column(ForeignKey("outage.id"))
    cause: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(300))
    extra_attempts: Mapped[int] = mapped_column(Integer, server_default="0")
    extra_minutes: Mapped[int] = mapped_column(Integer, server_default="0")
    granted_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    granted_at: Mapped[Instant]
    withdrawn_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    withdrawn_at: Mapped[OptionalInstant]


class Ruling(Model):
    """What was decided about a question that was wrong, for every paper that holds it in the same words.

    `question_hash` names those words; `kind` is another key (`answer` says which), dropped, or points for everybody.
    Proposed until somebody asked for it to be applied; from `asked_at` it counts for whatever is graded, and at
    `applied_at` everything graded earlier had been graded anew.
    """

    __tablename__ = "ruling"
    __table_args__ = (
        CheckConstraint("kind IN ('kunci', 'gugur', 'semua-benar')", name="kind"),
        CheckConstraint("(kind = 'kunci') = (answer IS NOT NULL)", name="answer"),
        Index("ix_ruling_question", "module_slug", "question_id"),
    )

    id: Mapped[Id]
    module_slug: Mapped[str] = mapped_column(String(80))
    question_id: Mapped[str] = mapped_column(String(80))
    question_hash: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(12))
    answer: Mapped[list[str] | None] = mapped_column(MaybeJson)
    reason: Mapped[str] = mapped_column(String(500))
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[Instant]
    asked_at: Mapped[OptionalInstant]
    applied_at: Mapped[OptionalInstant]

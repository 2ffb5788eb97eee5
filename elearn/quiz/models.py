"""Attempts at a quiz and their answers."""

from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.db import Id, Instant, Json, Model, OptionalInstant


class Attempt(Model):
    """One sitting: the paper drawn from `seed`, its time limit by the server's clock, and at the end its grade."""

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
    score: Mapped[int | None] = mapped_column(Integer)
    total: Mapped[int | None] = mapped_column(Integer)
    passed: Mapped[bool | None]


class Answer(Model):
    """The answer to the question at `position` (from 1) of an attempt's paper; the last one saved counts.

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

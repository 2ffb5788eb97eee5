"""Which version of a module a learner studies, and which of its lessons are read."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.db import Id, Instant, Model


class Enrolment(Model):
    """Pins the publication a learner began with, so that a new version never moves the ground under her.

    The first round is 1; another begins when she is to learn the module again.
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("learner_id", "module_slug", "round"),
        CheckConstraint("round >= 1", name="round"),
        Index("ix_enrolment_started", "module_slug", "started_at", "learner_id"),
    )

    id: Mapped[Id]
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    module_slug: Mapped[str] = mapped_column(String(80))
    publication_id: Mapped[UUID] = mapped_column(ForeignKey("publication.id"))
    round: Mapped[int] = mapped_column(server_default="1")
    started_at: Mapped[Instant]


class LessonRead(Model):
    """A lesson ticked off as read."""

    __tablename__ = "lesson_read"
    __table_args__ = (UniqueConstraint("learner_id", "publication_id", "lesson_id"),)

    id: Mapped[Id]
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    publication_id: Mapped[UUID] = mapped_column(ForeignKey("publication.id"))
    lesson_id: Mapped[str] = mapped_column(String(80))
    read_at: Mapped[Instant]

"""Results graded again after a ruling, and what learners report about questions."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.db import Id, Instant, Json, Model, OptionalInstant
from elearn.quiz.models import Points


class Regrade(Model):
    """An attempt whose result a ruling changed: both results, and who decided where a pass might become a fail."""

    __tablename__ = "regrade"
    __table_args__ = (
        UniqueConstraint("ruling_id", "attempt_id"),
        CheckConstraint("decision IN ('tetap-lulus', 'tidak-lulus')", name="decision"),
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decided"),
        Index("ix_regrade_attempt", "attempt_id"),
    )

    id: Mapped[Id]
    ruling_id: Mapped[UUID] = mapped_column(ForeignKey("ruling.id"))
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"))
    before_score: Mapped[Decimal | int] = mapped_column(Points)
    before_total: Mapped[Decimal | int] = mapped_column(Points)
    before_passed: Mapped[bool]
    before_marks: Mapped[list[int | None]] = mapped_column(Json)
    after_score: Mapped[Decimal | int] = mapped_column(Points)
    after_total: Mapped[Decimal | int] = mapped_column(Points)
    after_passed: Mapped[bool]
    after_marks: Mapped[list[int | None]] = mapped_column(Json)
    decision: Mapped[str | None] = mapped_column(String(12))
    decision_reason: Mapped[str | None] = mapped_column(String(300))
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[OptionalInstant]
    made_at: Mapped[Instant]


class QuestionReport(Model):
    """What a learner says is wrong with a question, in the version she met, and what the author answered."""

    __tablename__ = "question_report"
    __table_args__ = (
        CheckConstraint("kind IN ('keliru', 'tidak-jelas', 'salah-ketik', 'lain')", name="kind"),
        CheckConstraint("outcome IN ('terbuka', 'diperbaiki', 'dijelaskan')", name="outcome"),
        CheckConstraint("(outcome = 'terbuka') = (answered_at IS NULL)", name="answered"),
        UniqueConstraint("account_id", "attempt_id", "question_id"),
        Index("ix_question_report_queue", "outcome", "module_slug", "question_id"),
    )

    id: Mapped[Id]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"))
    publication_id: Mapped[UUID] = mapped_column(ForeignKey("publication.id"))
    module_slug: Mapped[str] = mapped_column(String(80))
    question_id: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(12))
    sentence: Mapped[str] = mapped_column(String(1000))
    reported_at: Mapped[Instant]
    outcome: Mapped[str] = mapped_column(String(12), server_default="terbuka")
    answer: Mapped[str | None] = mapped_column(String(1000))
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[OptionalInstant]

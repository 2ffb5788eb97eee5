"""The outbox: every message to a person, waiting, sent or given up."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.db import Id, Instant, Model, OptionalInstant


class Notice(Model):
    """One message to one address; `key` makes the same message impossible twice.

    Waiting while `next_attempt_at` is set; sent when `sent_at` is; given up when neither is.
    """

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts"),
        CheckConstraint("sent_at IS NULL OR next_attempt_at IS NULL", name="sent_is_final"),
        Index(
            "ix_notice_waiting",
            "next_attempt_at",
            sqlite_where=text("next_attempt_at IS NOT NULL"),
            postgresql_where=text("next_attempt_at IS NOT NULL"),
        ),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(120), unique=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Instant]
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[OptionalInstant]
    sent_at: Mapped[OptionalInstant]
    last_error: Mapped[str | None] = mapped_column(String(300))


class NoticeAttachment(Model):
    """A file that goes with a message."""

    __tablename__ = "notice_attachment"

    id: Mapped[Id]
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"), index=True)
    filename: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(80))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

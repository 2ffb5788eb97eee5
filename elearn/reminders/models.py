"""Subscribed calendars, messages opened by hand, and letters of reprimand to an OPD."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.db import Id, Instant, Json, Model, OptionalInstant


class Feed(Model):
    """The secret address of one person's calendar; only its hash is kept."""

    __tablename__ = "feed"

    id: Mapped[Id]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), unique=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[Instant]


class Contact(Model):
    """That an officer opened a ready-made WhatsApp message to somebody about a directive."""

    __tablename__ = "contact"
    __table_args__ = (Index("ix_contact_whom", "account_id", "opened_at"),)

    id: Mapped[Id]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    directive_id: Mapped[UUID] = mapped_column(ForeignKey("directive.id"))
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    opened_at: Mapped[Instant]


class Reprimand(Model):
    """A letter (surat teguran) to an OPD that is behind: drafted at the deadline, issued by the Sekda or never."""

    __tablename__ = "reprimand"
    __table_args__ = (
        UniqueConstraint("directive_id", "agency_id"),
        CheckConstraint("(issued_at IS NULL) = (number IS NULL)", name="numbered_when_issued"),
    )

    id: Mapped[Id]
    directive_id: Mapped[UUID] = mapped_column(ForeignKey("directive.id"))
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    drafted_at: Mapped[Instant]
    number: Mapped[str | None] = mapped_column(String(60), unique=True)
    issued_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    issued_at: Mapped[OptionalInstant]
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey("document.id"))

    @property
    def as_of(self) -> date:
        """The day of its figures: that of the draft, once issued that of the issue."""
        return date.fromisoformat(self.facts["as_of"])

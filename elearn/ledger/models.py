"""The tables of the record: entries, the head of each stream, and the checks that were made."""

from uuid import UUID

from sqlalchemy import DDL, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.db import Id, Instant, Model
from elearn.ledger import guard


class LedgerEntry(Model):
    """One thing that happened; never changed, never removed (a trigger of the database sees to that)."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        UniqueConstraint("stream", "sequence"),
        Index(None, "at"),
        Index(None, "event", "at"),
    )

    id: Mapped[Id]
    stream: Mapped[str]
    sequence: Mapped[int]
    event: Mapped[str]
    actor: Mapped[str]
    at: Mapped[Instant]
    payload: Mapped[str]
    salt: Mapped[str]
    previous_hash: Mapped[str]
    leaf: Mapped[str]
    hash: Mapped[str]


class LedgerStream(Model):
    """Where a stream ends now; locked while an entry is added, so that two never get one number."""

    __tablename__ = "ledger_stream"

    name: Mapped[str] = mapped_column(primary_key=True)
    length: Mapped[int]
    head: Mapped[str]


class LedgerCheck(Model):
    """One verification of the whole record: when, by whom, how many entries, and the first break if any."""

    __tablename__ = "ledger_check"
    __table_args__ = (Index(None, "checked_at"),)

    id: Mapped[Id]
    checked_at: Mapped[Instant]
    checked_by: Mapped[UUID | None]
    checker: Mapped[str]
    entries: Mapped[int]
    break_stream: Mapped[str | None]
    break_sequence: Mapped[int | None]
    break_reason: Mapped[str | None]


for _dialect in ("sqlite", "postgresql"):
    for _statement in guard.up(_dialect):
        event.listen(LedgerEntry.__table__, "after_create", DDL(_statement).execute_if(dialect=_dialect))

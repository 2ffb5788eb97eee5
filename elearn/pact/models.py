"""The table of signed pacts; a row is written once and never changed."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.db import Id, Instant, Model


class Pact(Model):
    """A signed pledge: `statement` holds the exact bytes that were signed, as text."""

    __tablename__ = "pact"
    __table_args__ = (
        UniqueConstraint("attempt_id"),
        Index("ix_pact_module_slug_signed_at", "module_slug", "signed_at", "account_id", "attempt_id"),
        Index("ix_pact_signed", "id", "signed_at"),
        Index("ix_pact_account_id", "account_id", "module_slug", "signed_at"),
    )

    id: Mapped[Id]
    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employee.id"), index=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    module_slug: Mapped[str] = mapped_column(String(80))
    publication_id: Mapped[UUID] = mapped_column(ForeignKey("publication.id"))
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"))
    statement: Mapped[str] = mapped_column(Text)
    statement_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    ledger_hash: Mapped[str] = mapped_column(String(64))
    signed_at: Mapped[Instant]
    address: Mapped[str | None] = mapped_column(String(45))
    agent: Mapped[str | None] = mapped_column(String(300))

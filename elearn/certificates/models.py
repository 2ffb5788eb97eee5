"""The table of certificates: numbered and frozen at the issue, sealed a moment later, perhaps revoked one day."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.db import Id, Instant, Json, Model, OptionalInstant


class Certificate(Model):
    """One certificate of one pact; `facts` never change, `document_id` is empty until the PDF is made."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("year", "sequence"),
        CheckConstraint("sequence >= 1", name="sequence"),
        CheckConstraint("(revoked_at IS NULL) = (revoke_reason IS NULL)", name="revoked_with_reason"),
        Index(
            "ix_certificate_module_slug_issued_at", "module_slug", "issued_at", "account_id", "revoked_at", "pact_id"
        ),
        Index(
            "ix_certificate_unsealed",
            "pact_id",
            sqlite_where=text("document_id IS NULL"),
            postgresql_where=text("document_id IS NULL"),
        ),
    )

    id: Mapped[Id]
    pact_id: Mapped[UUID] = mapped_column(ForeignKey("pact.id"), unique=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employee.id"), index=True)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"), index=True)
    module_slug: Mapped[str] = mapped_column(String(80))
    number: Mapped[str] = mapped_column(String(80), unique=True)
    year: Mapped[int]
    sequence: Mapped[int]
    code: Mapped[str] = mapped_column(String(20), unique=True)
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    issued_at: Mapped[Instant]
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey("document.id"), unique=True)
    revoked_at: Mapped[OptionalInstant]
    revoked_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    revoke_reason: Mapped[str | None] = mapped_column(String(500))

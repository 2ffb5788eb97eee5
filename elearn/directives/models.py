"""Tables of the directives: the circular itself, and the agencies it is addressed to."""

import datetime as dt
from uuid import UUID

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from elearn.core.db import Id, Instant, Json, Model, OptionalInstant
from elearn.directives.rules import Status

_STATUS = Enum(
    Status,
    native_enum=False,
    create_constraint=True,
    name="status",
    length=10,
    values_callable=lambda statuses: [status.value for status in statuses],
)


class Directive(Model):
    """A circular (surat edaran): a draft may change, an issued one never does.

    `legal_basis` keeps the citations as they read when it was saved (`id`, `text`), `target_kinds` the kinds
    of employee it binds; `local_instruction` (arahan daerah, Markdown) is shown inside the module to those bound;
    `document_id` is the signed letter, made just after the issue.
    """

    __tablename__ = "directive"
    __table_args__ = (
        CheckConstraint("(status = 'issued') = (issued_at IS NOT NULL)", name="issued_at"),
        CheckConstraint("(status = 'issued') = (issued_on IS NOT NULL)", name="issued_on"),
        Index("ix_directive_status_issued_on", "status", "issued_on"),
    )

    id: Mapped[Id]
    number: Mapped[str] = mapped_column(String(60), unique=True)
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    legal_basis: Mapped[list[dict[str, str]]] = mapped_column(Json)
    module_slug: Mapped[str] = mapped_column(String(80))
    target_kinds: Mapped[list[str]] = mapped_column(Json)
    deadline_on: Mapped[dt.date]
    place: Mapped[str] = mapped_column(String(80))
    signatory_name: Mapped[str] = mapped_column(String(200))
    signatory_title: Mapped[str] = mapped_column(String(200))
    signatory_rank: Mapped[str] = mapped_column(String(80))
    signatory_nip: Mapped[str] = mapped_column(String(18))
    local_instruction: Mapped[str] = mapped_column(Text, server_default="")
    status: Mapped[Status] = mapped_column(_STATUS, default=Status.DRAFT)
    drafted_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    drafted_at: Mapped[Instant]
    issued_at: Mapped[OptionalInstant]
    issued_on: Mapped[dt.date | None]
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey("document.id"))

    targets: Mapped[list["DirectiveTarget"]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class DirectiveTarget(Model):
    """An agency the directive is addressed to, with everything below it; the root means the whole regency."""

    __tablename__ = "directive_target"

    directive_id: Mapped[UUID] = mapped_column(ForeignKey("directive.id"), primary_key=True)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"), primary_key=True, index=True)

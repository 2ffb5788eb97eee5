"""Tables of the directives: the circular itself, whom it is addressed to, and who is exempt from it."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, false, func, select, text, true
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from elearn.agencies.models import Agency, Succession
from elearn.agencies.rules import AgencyKind
from elearn.core.db import Id, Instant, Json, Model, OptionalInstant, word
from elearn.directives.rules import Status


class Directive(Model):
    """A circular (surat edaran): a draft may change, an issued one never does; it ends closed or revoked.

    `legal_basis` keeps the citations as they read when it was saved (`id`, `text`), `target_kinds` the kinds
    of employee it binds, `target_groups` the groups of posts (none: all), `deadlines` other days by kind of
    employee. Who joins after the issue has `joiner_days` days. A result counts for `valid_months`, or until
    `valid_until`; one from before the issue only if the directive `credits_earlier`. `local_instruction`
    (arahan daerah, Markdown) is shown inside the modules to those bound; `document_id` is the signed letter.
    `quiz_terms` are the rules of the quiz it sets otherwise than the modules do, by their names; `anchors` say
    which of its days were those of a phase of an election when it was written last.
    """

    __tablename__ = "directive"
    __table_args__ = (
        CheckConstraint("(status IN ('draft', 'reviewed')) = (issued_at IS NULL)", name="issued_at"),
        CheckConstraint("(status IN ('draft', 'reviewed')) = (issued_on IS NULL)", name="issued_on"),
        CheckConstraint("(status IN ('closed', 'revoked')) = (ended_on IS NOT NULL)", name="ended_on"),
        CheckConstraint("valid_months IS NULL OR valid_months >= 1", name="valid_months"),
        CheckConstraint("joiner_days >= 0", name="joiner_days"),
        Index("ix_directive_status_issued_on", "status", "issued_on"),
    )

    id: Mapped[Id]
    number: Mapped[str] = mapped_column(String(60), unique=True)
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    legal_basis: Mapped[list[dict[str, str]]] = mapped_column(Json)
    module_slug: Mapped[str] = mapped_column(String(80))
    more_modules: Mapped[list[str]] = mapped_column(Json, server_default="[]")
    target_kinds: Mapped[list[str]] = mapped_column(Json)
    target_groups: Mapped[list[str]] = mapped_column(Json, server_default="[]")
    deadline_on: Mapped[dt.date]
    deadlines: Mapped[dict[str, str]] = mapped_column(Json, server_default="{}")
    joiner_days: Mapped[int] = mapped_column(server_default="14")
    valid_months: Mapped[int | None]
    valid_until: Mapped[dt.date | None]
    credits_earlier: Mapped[bool] = mapped_column(server_default=true())
    nature: Mapped[str] = mapped_column(String(40), server_default="Penting")
    attachment: Mapped[str] = mapped_column(String(80), server_default="-")
    addressees: Mapped[list[str]] = mapped_column(Json, server_default="[]")
    copies: Mapped[list[str]] = mapped_column(Json, server_default="[]")
    paper: Mapped[str] = mapped_column(String(2), server_default="A4")
    place: Mapped[str] = mapped_column(String(80))
    signatory_name: Mapped[str] = mapped_column(String(200))
    signatory_title: Mapped[str] = mapped_column(String(200))
    signatory_rank: Mapped[str] = mapped_column(String(80))
    signatory_nip: Mapped[str] = mapped_column(String(18))
    local_instruction: Mapped[str] = mapped_column(Text, server_default="")
    quiz_terms: Mapped[dict[str, Any]] = mapped_column(Json, server_default="{}")
    anchors: Mapped[list[dict[str, str]]] = mapped_column(Json, server_default="[]")
    status: Mapped[Status] = mapped_column(word(Status, "status", 10), default=Status.DRAFT)
    drafted_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    drafted_at: Mapped[Instant]
    issued_at: Mapped[OptionalInstant]
    issued_on: Mapped[dt.date | None]
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey("document.id"))
    reviewed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    reviewed_at: Mapped[OptionalInstant]
    ended_on: Mapped[dt.date | None]
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    end_note: Mapped[str | None] = mapped_column(String(300))
    revokes_id: Mapped[UUID | None] = mapped_column(ForeignKey("directive.id"))

    people: Mapped[list["DirectivePerson"]] = relationship(cascade="all, delete-orphan", lazy="selectin")
    exemptions: Mapped[list["Exemption"]] = relationship(lazy="selectin")
    targets: Mapped[list["DirectiveTarget"]] = relationship(cascade="all, delete-orphan", lazy="selectin")

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules it asks for by their slugs, the first one first."""
        return (self.module_slug, *self.more_modules)


class DirectiveTarget(Model):
    """An agency the directive is addressed to, with everything below it; the root means the whole regency.

    An excepted one, with everything below it, is left out. It is read with it whether it is the root (`is_root`) or
    stands below an OPD (`is_unit`), and when agencies were last merged or split, this one or others.
    """

    __tablename__ = "directive_target"

    directive_id: Mapped[UUID] = mapped_column(ForeignKey("directive.id"), primary_key=True)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"), primary_key=True, index=True)
    is_excepted: Mapped[bool] = mapped_column(server_default=false())
    kind: Mapped[AgencyKind] = column_property(
        select(Agency.kind).where(Agency.id == agency_id).correlate_except(Agency).scalar_subquery()
    )
    reorganised_on: Mapped[dt.date | None] = column_property(
        select(func.max(Succession.on)).correlate_except(Succession).scalar_subquery()
    )

    @property
    def is_root(self) -> bool:
        """Whether it is the government itself."""
        return self.kind is AgencyKind.INSTANSI

    @property
    def is_unit(self) -> bool:
        """Whether it stands below an OPD."""
        return self.kind is AgencyKind.UNIT


class DirectivePerson(Model):
    """One employee named beside the agencies, or excepted from them."""

    __tablename__ = "directive_person"

    directive_id: Mapped[UUID] = mapped_column(ForeignKey("directive.id"), primary_key=True)
    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employee.id"), primary_key=True, index=True)
    is_excepted: Mapped[bool]


class Exemption(Model):
    """That somebody bound by an issued directive need not follow it on the days in [from_on, until_on)."""

    __tablename__ = "exemption"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on > from_on", name="days_in_order"),
        Index(
            "uq_exemption_open",
            "directive_id",
            "employee_id",
            unique=True,
            sqlite_where=text("until_on IS NULL"),
            postgresql_where=text("until_on IS NULL"),
        ),
    )

    id: Mapped[Id]
    directive_id: Mapped[UUID] = mapped_column(ForeignKey("directive.id"))
    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employee.id"), index=True)
    reason: Mapped[str] = mapped_column(String(300))
    from_on: Mapped[dt.date]
    until_on: Mapped[dt.date | None]
    approved_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    approved_at: Mapped[Instant]

"""Tables of the agency tree, the employees, their placements, and the rosters that HR uploads."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from elearn.agencies import rules
from elearn.agencies.rules import AbsenceKind, AgencyKind, EmployeeKind, EmployeeStatus, LeaveReason, PostGroup
from elearn.core.db import Id, Instant, Json, MaybeJson, Model, OptionalInstant, word
from elearn.core.speech import again


class Agency(Model):
    """A node of the tree: instansi, OPD or unit; `path` lists the ids from the root, '/<id>/<id>/'."""

    __tablename__ = "agency"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str | None] = mapped_column(String(60))
    kind: Mapped[AgencyKind] = mapped_column(word(AgencyKind, "kind"))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("agency.id"), index=True)
    opd_id: Mapped[UUID | None] = mapped_column(ForeignKey("agency.id"), index=True)
    path: Mapped[str] = mapped_column(Text, index=True)
    address: Mapped[str | None] = mapped_column(String(300))
    head_title: Mapped[str | None] = mapped_column(String(120))
    time_zone: Mapped[str | None] = mapped_column(String(40))
    opened_on: Mapped[dt.date]
    closed_on: Mapped[dt.date | None]


class AgencyName(Model):
    """What an agency has been called since a day; the first name holds since it opened."""

    __tablename__ = "agency_name"
    __table_args__ = (UniqueConstraint("agency_id", "since"),)

    id: Mapped[Id]
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str | None] = mapped_column(String(60))
    since: Mapped[dt.date]


class Succession(Model):
    """That one agency took over from another on a day: in a merger one from several, in a split several from one."""

    __tablename__ = "succession"
    __table_args__ = (UniqueConstraint("former_id", "successor_id"),)

    id: Mapped[Id]
    former_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    successor_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    on: Mapped[dt.date]


class UnitAlias(Model):
    """A name by which rosters call an agency, remembered from the import where somebody said which one it is.

    Without an agency somebody said that it is none of ours.
    """

    __tablename__ = "unit_alias"

    id: Mapped[Id]
    name_key: Mapped[str] = mapped_column(String(200), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("agency.id"))
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[Instant]


class Employee(Model):
    """A civil servant, known by the NIP (or NI PPPK), with one account."""

    __tablename__ = "employee"

    id: Mapped[Id]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), unique=True)
    nip: Mapped[str] = mapped_column(String(18), unique=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    title_before: Mapped[str | None] = mapped_column(String(60))
    title_after: Mapped[str | None] = mapped_column(String(120))
    kind: Mapped[EmployeeKind] = mapped_column(word(EmployeeKind, "kind"))
    rank: Mapped[str | None] = mapped_column(String(10))
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(20))
    birth_on: Mapped[dt.date]
    status: Mapped[EmployeeStatus] = mapped_column(word(EmployeeStatus, "status"), default=EmployeeStatus.ACTIVE)
    left_on: Mapped[dt.date | None]
    left_reason: Mapped[LeaveReason | None] = mapped_column(word(LeaveReason, "left_reason"))

    placements: Mapped[list["Placement"]] = relationship(
        back_populates="employee", order_by="Placement.started_on, Placement.id"
    )

    @property
    def full_name(self) -> str:
        """The name with its titles, as in a letter."""
        return rules.full_name(self.name, self.title_before, self.title_after)


class Placement(Model):
    """A stay of an employee at an agency on the days in [started_on, ended_on); closed, never changed."""

    __tablename__ = "placement"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR ended_on > started_on", name="days_in_order"),
        UniqueConstraint("employee_id", "started_on"),
        Index(
            "uq_placement_open",
            "employee_id",
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
    )

    id: Mapped[Id]
    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employee.id"))
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"), index=True)
    post: Mapped[str | None] = mapped_column(String(200))
    post_group: Mapped[PostGroup | None] = mapped_column(word(PostGroup, "post_group"))
    started_on: Mapped[dt.date]
    ended_on: Mapped[dt.date | None]

    employee: Mapped[Employee] = relationship(back_populates="placements")
    agency: Mapped[Agency] = relationship()

    @property
    def last_on(self) -> dt.date | None:
        """The last day of the stay, or None while it goes on."""
        return self.ended_on - dt.timedelta(days=1) if self.ended_on else None


class EmployeeGrade(Model):
    """The kind and the rank (golongan) of an employee since a day; no row means they never changed."""

    __tablename__ = "employee_grade"
    __table_args__ = (UniqueConstraint("employee_id", "since"),)

    id: Mapped[Id]
    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employee.id"))
    since: Mapped[dt.date]
    kind: Mapped[EmployeeKind] = mapped_column(word(EmployeeKind, "kind"))
    rank: Mapped[str | None] = mapped_column(String(10))


class EmployeeName(Model):
    """The name and the titles of an employee since a day; no row means they never changed."""

    __tablename__ = "employee_name"
    __table_args__ = (UniqueConstraint("employee_id", "since"),)

    id: Mapped[Id]
    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employee.id"))
    since: Mapped[dt.date]
    name: Mapped[str] = mapped_column(String(200))
    title_before: Mapped[str | None] = mapped_column(String(60))
    title_after: Mapped[str | None] = mapped_column(String(120))


class Absence(Model):
    """A time in [started_on, ended_on) in which somebody belongs here but does not serve; open without an end.

    `roster_as_of` is the day of the roster that told of it; None for one that was noted by hand.
    """

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR ended_on > started_on", name="days_in_order"),
        Index(
            "uq_absence_open",
            "employee_id",
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
        Index("ix_absence_employee", "employee_id", "started_on"),
    )

    id: Mapped[Id]
    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employee.id"))
    kind: Mapped[AbsenceKind] = mapped_column(word(AbsenceKind, "kind", 30))
    started_on: Mapped[dt.date]
    ended_on: Mapped[dt.date | None]
    reason: Mapped[str] = mapped_column(String(300))
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[Instant]
    roster_as_of: Mapped[dt.date | None]


class Correction(Model):
    """That the books of earlier days were changed: reports of a day from `effective_on` on say so.

    `said` is the sentence as it was made, so that a page can tell it in its reader's language; None for one that
    was written before that was kept.
    """

    __tablename__ = "correction"
    __table_args__ = (Index("ix_correction_effective_on", "effective_on", "recorded_at"),)

    id: Mapped[Id]
    effective_on: Mapped[dt.date]
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    sentence: Mapped[str] = mapped_column(String(300))
    said: Mapped[dict[str, Any] | None] = mapped_column(MaybeJson)

    @property
    def told(self) -> str:
        """What was changed, to be told in any language."""
        told: str = self.sentence if self.said is None else again(self.said)
        return told


class RosterImport(Model):
    """An uploaded roster, staged for review; once applied it keeps its counts and its file, and forgets its people.

    `content` is the file as it came. `reversal` says who asked to apply it and what was confirmed, and once it is
    applied what undoing it would write, kept until the next import. `progress` counts the lines that were brought
    in; `failure` says why they could not be.
    """

    __tablename__ = "roster_import"

    id: Mapped[Id]
    filename: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    rows: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    complaints: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    seen: Mapped[list[str]] = mapped_column(Json)
    is_complete: Mapped[bool]
    as_of: Mapped[dt.date]
    uploaded_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    uploaded_at: Mapped[Instant]
    applied_at: Mapped[OptionalInstant]
    counts: Mapped[dict[str, int] | None] = mapped_column(Json)
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    reversal: Mapped[dict[str, Any] | None] = mapped_column(Json, deferred=True)
    undone_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    undone_at: Mapped[OptionalInstant]
    progress: Mapped[int] = mapped_column(server_default="0")
    failure: Mapped[str | None] = mapped_column(String(300))

    @property
    def is_asked(self) -> bool:
        """Whether somebody has asked to apply it and it has neither come in nor failed."""
        return self.applied_at is None and self.failure is None and self.reversal is not None

"""Holidays of this regency beside the national ones, and elections with their phases."""

import datetime as dt
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from elearn.calendar.rules import PhaseKind
from elearn.core.db import Id, Instant, Model, word


class Holiday(Model):
    """A day on which the offices here are closed, or, with `is_working`, open although the nation rests."""

    __tablename__ = "holiday"

    id: Mapped[Id]
    day: Mapped[dt.date] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(String(120))
    is_working: Mapped[bool]
    entered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    entered_at: Mapped[Instant]


class Election(Model):
    """An election and its polling day."""

    __tablename__ = "election"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(160), unique=True)
    polling_on: Mapped[dt.date]
    entered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    entered_at: Mapped[Instant]

    phases: Mapped[list["Phase"]] = relationship(
        cascade="all, delete-orphan", order_by="Phase.started_on", lazy="selectin"
    )


class Phase(Model):
    """A phase (tahapan) of an election on the days from `started_on` to `ended_on`, both included."""

    __tablename__ = "phase"
    __table_args__ = (
        UniqueConstraint("election_id", "kind"),
        CheckConstraint("ended_on >= started_on", name="days_in_order"),
    )

    id: Mapped[Id]
    election_id: Mapped[UUID] = mapped_column(ForeignKey("election.id"))
    kind: Mapped[PhaseKind] = mapped_column(word(PhaseKind, "kind"))
    started_on: Mapped[dt.date]
    ended_on: Mapped[dt.date]

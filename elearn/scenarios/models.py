"""One learner's play of one story, and each step taken in it."""

from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.db import Id, Instant, Model, OptionalInstant


class Play(Model):
    """A walk through a story, whose circumstances are drawn from `seed`; `ending` names the scene it ended in."""

    __tablename__ = "play"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (ending IS NULL)", name="ending_when_ended"),
        Index(
            "uq_play_open",
            "learner_id",
            "publication_id",
            "scenario_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_play_learner", "learner_id", "publication_id"),
    )

    id: Mapped[Id]
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    publication_id: Mapped[UUID] = mapped_column(ForeignKey("publication.id"))
    scenario_id: Mapped[str] = mapped_column(String(80))
    seed: Mapped[int] = mapped_column(BigInteger, server_default="0")
    started_at: Mapped[Instant]
    ended_at: Mapped[OptionalInstant]
    ending: Mapped[str | None] = mapped_column(String(80))


class Step(Model):
    """The choice made in one scene; the first step of a play has sequence 1."""

    __tablename__ = "step"
    __table_args__ = (
        UniqueConstraint("play_id", "sequence"),
        CheckConstraint("sequence >= 1", name="sequence"),
    )

    id: Mapped[Id]
    play_id: Mapped[UUID] = mapped_column(ForeignKey("play.id"))
    sequence: Mapped[int] = mapped_column(Integer)
    scene: Mapped[str] = mapped_column(String(80))
    choice: Mapped[str] = mapped_column(String(80))
    chosen_at: Mapped[Instant]

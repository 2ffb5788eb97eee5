"""Published versions of modules and pacts: written once, never changed but for which one is current."""

from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.db import Id, Instant, Model


class Publication(Model):
    """One immutable version of a module or a pact; `fingerprint` is the SHA-256 of `body`, its canonical bytes."""

    __tablename__ = "publication"
    __table_args__ = (
        UniqueConstraint("kind", "slug", "number"),
        CheckConstraint("kind IN ('module', 'pact', 'register')", name="kind"),
        CheckConstraint("number >= 1", name="number"),
        Index(
            "uq_publication_current",
            "kind",
            "slug",
            unique=True,
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
    )

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(10))
    slug: Mapped[str] = mapped_column(String(80))
    number: Mapped[int] = mapped_column(Integer)
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    body: Mapped[str] = mapped_column(Text, deferred=True)
    published_at: Mapped[Instant]
    published_by: Mapped[str] = mapped_column(String(80))
    is_current: Mapped[bool] = mapped_column(Boolean)


class Reissue(Model):
    """That an earlier version of something was made current again at a moment."""

    __tablename__ = "reissue"

    id: Mapped[Id]
    publication_id: Mapped[UUID] = mapped_column(ForeignKey("publication.id"), index=True)
    at: Mapped[Instant]

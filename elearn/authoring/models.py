"""Packs of content on their way to publication, and changes of the law that authors have marked."""

import datetime as dt
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.db import Id, Instant, Json, Model, OptionalInstant


class Pack(Model):
    """An uploaded pack as it came, a ZIP of `size` bytes: published or discarded once, approved by a second person.

    `complaints` are the lines found at upload; `fingerprints` names what was reviewed, by "kind/slug".
    """

    __tablename__ = "pack"
    __table_args__ = (
        CheckConstraint("size > 0", name="not_empty"),
        CheckConstraint("published_at IS NULL OR discarded_at IS NULL", name="one_end"),
        CheckConstraint("(approved_at IS NULL) = (approved_by IS NULL)", name="approval"),
        CheckConstraint("(published_at IS NULL) = (published_by IS NULL)", name="publication"),
        CheckConstraint("approved_by IS NULL OR approved_by <> uploaded_by", name="second_person"),
        Index("ix_pack_uploaded_at", "uploaded_at"),
    )

    id: Mapped[Id]
    filename: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    archive: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    complaints: Mapped[list[dict[str, object]]] = mapped_column(Json)
    fingerprints: Mapped[dict[str, str]] = mapped_column(Json)
    uploaded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    uploaded_at: Mapped[Instant]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    approved_at: Mapped[OptionalInstant]
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    published_at: Mapped[OptionalInstant]
    discarded_at: Mapped[OptionalInstant]


class LawChange(Model):
    """A change of an instrument, or of one place in it, that an author has marked; open until it is settled.

    `citation_id` is empty when the whole instrument is meant; `changed_on` is the day the change takes effect.
    """

    __tablename__ = "law_change"
    __table_args__ = (
        CheckConstraint("(settled_at IS NULL) = (settled_by IS NULL)", name="settlement"),
        Index("ix_law_change_instrument", "instrument_id", "citation_id"),
    )

    id: Mapped[Id]
    instrument_id: Mapped[str] = mapped_column(String(80))
    citation_id: Mapped[str] = mapped_column(String(80), default="")
    changed_on: Mapped[dt.date]
    note: Mapped[str] = mapped_column(Text)
    marked_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    marked_at: Mapped[Instant]
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    settled_at: Mapped[OptionalInstant]


class QuestionImport(Model):
    """A file of questions in somebody else's format: what of it was not understood, file-wide, as sentences.

    `content` is there while a long file waits to be read; `failure` says why it could not be. `format` is empty until
    it is found out. Nobody made it who imported at the command line.
    """

    __tablename__ = "question_import"

    id: Mapped[Id]
    filename: Mapped[str] = mapped_column(String(200))
    format: Mapped[str] = mapped_column(String(20))
    sha256: Mapped[str] = mapped_column(String(64))
    losses: Mapped[list[dict[str, object]]] = mapped_column(Json)
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[Instant]
    size: Mapped[int] = mapped_column(server_default="0")
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    is_waiting: Mapped[bool] = mapped_column(server_default=false())
    failure: Mapped[str] = mapped_column(String(300), server_default="")


class QuestionDraft(Model):
    """One question of such a file on its way into a module: it waits for its topic and for the law it rests on.

    `picture` is the drawing that its question names, as SVG, where the file brought one.
    """

    __tablename__ = "question_draft"
    __table_args__ = (
        UniqueConstraint("import_id", "position"),
        CheckConstraint("status IN ('draf', 'dipakai', 'dibuang')", name="status"),
        CheckConstraint("position >= 1", name="position"),
    )

    id: Mapped[Id]
    import_id: Mapped[UUID] = mapped_column(ForeignKey("question_import.id"))
    position: Mapped[int]
    item: Mapped[dict[str, object]] = mapped_column(Json)
    picture: Mapped[str] = mapped_column(Text, server_default="")
    losses: Mapped[list[dict[str, object]]] = mapped_column(Json)
    module_slug: Mapped[str | None] = mapped_column(String(80))
    topic: Mapped[str] = mapped_column(String(80), server_default="")
    difficulty: Mapped[int] = mapped_column(server_default="2")
    cites: Mapped[list[str]] = mapped_column(Json, server_default="[]")
    status: Mapped[str] = mapped_column(String(10), server_default="draf")

"""The table of issued PDFs, frozen as the bytes that were given out."""

from sqlalchemy import CheckConstraint, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.db import Id, Instant, Model


class Document(Model):
    """One issued PDF; `signed_by` is the serial number of the seal's certificate in hexadecimal."""

    __tablename__ = "document"
    __table_args__ = (CheckConstraint("size > 0", name="not_empty"),)

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(20))
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    media_type: Mapped[str] = mapped_column(String(60))
    size: Mapped[int]
    bytes: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    signed_by: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[Instant]

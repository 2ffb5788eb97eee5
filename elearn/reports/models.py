"""Reports that were ordered as files and are made in the background."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.db import Id, Instant, Model, OptionalInstant


class ReportOrder(Model):
    """A file somebody asked for: a report with its filters, how far it is (`done` of `total` rows), what came of it.

    `asked` is the address of the report with its filters; the file waits in the instance folder under `name`.
    """

    __tablename__ = "report_order"
    __table_args__ = (
        UniqueConstraint("account_id", "name"),
        CheckConstraint("done >= 0 AND total >= 0", name="counts"),
        CheckConstraint("finished_at IS NULL OR failure IS NULL", name="one_end"),
        Index("ix_report_order_account", "account_id", "ordered_at"),
    )

    id: Mapped[Id]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    title: Mapped[str] = mapped_column(String(200))
    asked: Mapped[str] = mapped_column(Text)
    format: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(64))
    ordered_at: Mapped[Instant]
    started_at: Mapped[OptionalInstant]
    finished_at: Mapped[OptionalInstant]
    done: Mapped[int] = mapped_column(server_default="0")
    total: Mapped[int] = mapped_column(server_default="0")
    failure: Mapped[str | None] = mapped_column(String(300))
    size: Mapped[int | None]
    sha256: Mapped[str | None] = mapped_column(String(64))

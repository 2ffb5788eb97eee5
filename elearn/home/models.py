"""Signs of life of the processes that serve no pages."""

from sqlalchemy.orm import Mapped, mapped_column

from elearn.core.db import Instant, Model


class Heartbeat(Model):
    """When a background process last did its work in turn; its age is what a job waits at most."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[Instant]

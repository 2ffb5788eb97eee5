"""What this installation says of itself: whose it is, and whether it only shows demo data."""

from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core import clock
from elearn.core.db import Instant, Model, db
from elearn.core.speech import say

ONLY = 1


class Installation(Model):
    """The one row of facts about this installation."""

    __tablename__ = "installation"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    regency: Mapped[str]
    is_demo: Mapped[bool]
    prepared_at: Mapped[Instant]


@dataclass(frozen=True, slots=True)
class Desk:
    """Whom anybody may turn to who cannot sign in or does not know her officer."""

    name: str
    phone: str = ""
    email: str = ""


DEMO_DESK = Desk(say("Meja bantuan BKPSDM (rekaan)"), "+6281200000000", "bantuan@contoh.go.id")


def name(regency: str, *, is_demo: bool) -> None:
    """Say whose installation this is; a later name replaces an earlier one."""
    db.session.merge(Installation(id=ONLY, regency=regency, is_demo=is_demo, prepared_at=clock.now()))
    db.session.flush()
    current_app.extensions.pop("installation", None)


def is_named() -> bool:
    """Whether it is known whose installation this is."""
    return db.session.scalar(select(Installation.id)) is not None


def is_demo() -> bool:
    """Whether this installation only shows demo data; every page then says so."""
    return bool(_facts()[1])


def regency_name() -> str:
    """The name of the regency this installation serves, such as `Kabupaten Bukit Serawai`."""
    return str(_facts()[0])


def words() -> dict[str, object]:
    """What every template may say of this installation."""
    regency, demo = _facts()
    return {"is_demo": demo, "regency_name": regency, "help_desk": _named_desk() or (DEMO_DESK if demo else None)}


def _named_desk() -> Desk | None:
    settings = current_app.config["SETTINGS"]
    return Desk(settings.help_name, settings.help_phone, settings.help_email) if settings.help_name else None


def _facts() -> tuple[str, bool]:
    """The facts, read once per process and kept once they are known."""
    known: tuple[str, bool] | None = current_app.extensions.get("installation")
    if known is None:
        row = _row()
        if row is None:
            return "Pemerintah Daerah", False
        known = current_app.extensions["installation"] = (row.regency, row.is_demo)
    return known


def _row() -> Installation | None:
    """The row of facts, None while there is none or no database to ask: an error page needs a head as well."""
    try:
        return db.session.get(Installation, ONLY)
    except OperationalError:
        return None

"""Counted attempts: how often something may be tried within a time, kept in the database for all processes."""

import hashlib
import hmac
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import bindparam, case, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from elearn.core import clock
from elearn.core.db import Instant, Model, db, insert
from elearn.core.errors import TooMany


class Throttle(Model):
    """How often one key was spent since its window began; the key is keyed-hashed, so it tells nobody."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(primary_key=True)
    began_at: Mapped[Instant]
    spent: Mapped[int]


TABLE = Throttle.__table__
KNOWN = select(TABLE.c.spent, TABLE.c.began_at).where(TABLE.c.key == bindparam("key"))
FORGET = delete(Throttle).where(Throttle.key == bindparam("key")).execution_options(synchronize_session=False)
"""What every sign-in asks and undoes, built once."""


def check(key: str, *, limit: int, per: timedelta) -> None:
    """Raise TooMany if the key is used up for now."""
    row = db.session.execute(KNOWN, {"key": _keyed(key)}).one_or_none()
    if row is not None and row.spent >= limit and row.began_at > clock.now() - per:
        raise TooMany


def spend(key: str, *, per: timedelta) -> None:
    """Count one attempt on the key, in one statement; a new window begins when the last one is over."""
    now = clock.now()
    is_over = Throttle.began_at <= now - per
    row = insert(Throttle).values(key=_keyed(key), began_at=now, spent=1)
    counted = {
        "spent": case((is_over, 1), else_=Throttle.spent + 1),
        "began_at": case((is_over, now), else_=Throttle.began_at),
    }
    db.session.execute(row.on_conflict_do_update(index_elements=["key"], set_=counted))


def forget(key: str) -> None:
    """Give a key its full allowance back, as after a success."""
    db.session.execute(FORGET, {"key": _keyed(key)})


def sweep(before: datetime) -> None:
    """Remove windows that began before an instant."""
    db.session.execute(delete(Throttle).where(Throttle.began_at < before))


def spent(key: str) -> int:
    """How often the key was spent in its present window."""
    return db.session.scalar(select(Throttle.spent).where(Throttle.key == _keyed(key))) or 0


def _keyed(key: str) -> str:
    return hmac.new(str(current_app.secret_key).encode(), key.encode(), hashlib.sha256).hexdigest()

"""Counted attempts: how often something may be tried within a time, kept in the database for all processes."""

import hashlib
import hmac
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, select
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


def check(key: str, *, limit: int, per: timedelta) -> None:
    """Raise TooMany if the key is used up for now."""
    row = db.session.get(Throttle, _keyed(key))
    if row is not None and row.spent >= limit and row.began_at > clock.now() - per:
        raise TooMany


def spend(key: str, *, per: timedelta) -> None:
    """Count one attempt on the key; a new window begins when the last one is over."""
    now = clock.now()
    row = insert(Throttle).values(key=_keyed(key), began_at=now, spent=1)
    db.session.execute(row.on_conflict_do_nothing(index_elements=["key"]))
    standing = db.session.get(Throttle, _keyed(key), with_for_update=True, populate_existing=True)
    if standing is None or (standing.began_at == now and standing.spent == 1):
        return
    if standing.began_at <= now - per:
        standing.began_at, standing.spent = now, 1
    else:
        standing.spent += 1
    db.session.flush()


def forget(key: str) -> None:
    """Give a key its full allowance back, as after a success."""
    db.session.execute(delete(Throttle).where(Throttle.key == _keyed(key)))


def sweep(before: datetime) -> None:
    """Remove windows that began before an instant."""
    db.session.execute(delete(Throttle).where(Throttle.began_at < before))


def spent(key: str) -> int:
    """How often the key was spent in its present window."""
    return db.session.scalar(select(Throttle.spent).where(Throttle.key == _keyed(key))) or 0


def _keyed(key: str) -> str:
    return hmac.new(str(current_app.secret_key).encode(), key.encode(), hashlib.sha256).hexdigest()

"""Leaving signs of life."""

from elearn.core import clock
from elearn.core.db import db, insert
from elearn.home.models import Heartbeat


def beat(name: str) -> None:
    """Note that a background process has just done its work in turn."""
    now = clock.now()
    row = insert(Heartbeat).values(name=name, at=now)
    db.session.execute(row.on_conflict_do_update(index_elements=["name"], set_={"at": now}))

"""Reads of the record."""

from collections.abc import Generator
from contextlib import closing
from typing import Any

from sqlalchemy import Select, func, select

from elearn.core.db import db
from elearn.ledger import rules
from elearn.ledger.models import LedgerCheck, LedgerEntry, LedgerStream

FETCH = 1000


def list_streams() -> list[LedgerStream]:
    """The head of each stream, by name."""
    return list(db.session.scalars(select(LedgerStream).order_by(LedgerStream.name)))


def links(stream: str) -> Generator[rules.Link, None, None]:
    """All links of a stream in order, without holding them in memory."""
    columns = (
        LedgerEntry.stream,
        LedgerEntry.sequence,
        LedgerEntry.event,
        LedgerEntry.payload,
        LedgerEntry.salt,
        LedgerEntry.previous_hash,
        LedgerEntry.leaf,
        LedgerEntry.hash,
    )
    rows = db.session.execute(
        select(*columns).where(LedgerEntry.stream == stream).order_by(LedgerEntry.sequence),
        execution_options={"yield_per": FETCH},
    )
    with closing(rows):
        for row in rows:
            yield rules.Link(*row)


def first_break() -> rules.Break | None:
    """The first place where the record is not whole, stream by stream; None when all of it is."""
    heads = list_streams()
    for head in heads:
        with closing(links(head.name)) as chain:
            found = rules.first_break(chain, length=head.length, head=head.head)
        if found is not None:
            return rules.Break(head.name, found.sequence, found.reason)
    return _stray({head.name for head in heads})


def _stray(known: set[str]) -> rules.Break | None:
    """An entry of a stream that has no head, as when a head was deleted."""
    for name in db.session.scalars(select(LedgerEntry.stream).distinct()):
        if name not in known:
            return rules.Break(name, 1, "kepala aliran hilang")
    return None


def count_entries() -> int:
    """How many entries the record holds."""
    return db.session.scalar(select(func.count()).select_from(LedgerEntry)) or 0


def find_last_check() -> LedgerCheck | None:
    """The latest verification, or None if there never was one."""
    return db.session.scalar(select(LedgerCheck).order_by(LedgerCheck.checked_at.desc()).limit(1))


def entries(event: str | None = None) -> Select[Any]:
    """The select of all entries, newest first, of one event if it is named; for paging."""
    query = select(LedgerEntry).order_by(LedgerEntry.at.desc(), LedgerEntry.stream, LedgerEntry.sequence.desc())
    return query if not event else query.where(LedgerEntry.event == event)


def list_events() -> list[str]:
    """The kinds of events that occur, alphabetically."""
    return list(db.session.scalars(select(LedgerEntry.event).distinct().order_by(LedgerEntry.event)))

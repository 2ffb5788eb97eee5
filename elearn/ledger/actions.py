"""Writes to the record: entries are added at the end of their stream, never anywhere else."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import insert as bulk_insert
from sqlalchemy import select

from elearn.core import clock
from elearn.core.db import db, insert, new_id
from elearn.core.permissions import Actor
from elearn.ledger import queries, rules
from elearn.ledger.models import LedgerCheck, LedgerEntry, LedgerStream

Event = tuple[str, str, datetime, Mapping[str, Any]]
"""What happened: event, actor's name in the record, instant, facts."""


def record(actor: Actor, event: str, facts: Mapping[str, Any], *, at: datetime | None = None) -> LedgerEntry:
    """Add one entry to the stream named before the colon of `room:what_happened`.

    Facts are strings, whole numbers, booleans, None, lists and dicts of these; never a NIP, an answer or a secret.
    """
    row = _append(event.partition(":")[0], [(event, name_of(actor), at or clock.now(), facts)])[0]
    entry = LedgerEntry(**row)
    db.session.add(entry)
    db.session.flush()
    return entry


def record_many(stream: str, events: Sequence[Event]) -> list[str]:
    """Add many entries to one stream in the order given and return their hashes; one bulk statement."""
    rows = _append(stream, events)
    if rows:
        db.session.execute(bulk_insert(LedgerEntry), rows)
    return [row["hash"] for row in rows]


def name_of(actor: Actor) -> str:
    """How an actor is named in the record: the account's id, or the installation itself."""
    return str(actor.account_id) if actor.account_id else actor.username


def verify(actor: Actor) -> LedgerCheck:
    """Check the whole record and keep the result of the check."""
    found = queries.first_break()
    check = LedgerCheck(
        checked_at=clock.now(),
        checked_by=actor.account_id,
        checker=actor.name,
        entries=queries.count_entries(),
        break_stream=found and found.stream,
        break_sequence=found and found.sequence,
        break_reason=found and found.reason,
    )
    db.session.add(check)
    return check


def _append(stream: str, events: Sequence[Event]) -> list[dict[str, Any]]:
    """The rows of new entries, chained to the end of the stream, whose head they move."""
    head = _locked_head(stream)
    rows = []
    for event, actor, at, facts in events:
        payload = rules.canonical(
            stream=stream, sequence=head.length + 1, event=event, actor=actor, at=at, facts=facts
        )
        link = rules.forge(
            stream=stream,
            sequence=head.length + 1,
            event=event,
            payload=payload,
            salt=secrets.token_bytes(rules.SALT_BYTES),
            previous_hash=head.head,
        )
        head.length, head.head = link.sequence, link.hash
        rows.append({"id": new_id(), "actor": actor, "at": at, **asdict(link)})
    db.session.flush()
    return rows


def _locked_head(stream: str) -> LedgerStream:
    """The head of a stream, made if it is the first entry, locked until the transaction ends."""
    start = insert(LedgerStream).values(name=stream, length=0, head=rules.START)
    db.session.execute(start.on_conflict_do_nothing(index_elements=["name"]))
    query = select(LedgerStream).where(LedgerStream.name == stream).with_for_update()
    return db.session.scalars(query, execution_options={"populate_existing": True}).one()

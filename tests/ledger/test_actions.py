"""The record in the database: chained as it grows, and any touch of it is found."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from elearn.core.clock import now
from elearn.core.db import db
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction
from elearn.ledger import actions, guard, queries


def fill(count: int = 3) -> None:
    """Record so many events in one stream, some one by one and some in bulk."""
    with transaction():
        actions.record(SYSTEM, "pact:signed", {"n": 0})
        actions.record_many("pact", [("pact:signed", "x", now(), {"n": n}) for n in range(1, count)])


def test_entries_are_chained_in_order(app: Flask) -> None:
    """Single and bulk entries share one chain without gaps."""
    fill(5)
    assert [link.sequence for link in queries.links("pact")] == [1, 2, 3, 4, 5]
    assert queries.first_break() is None


def test_a_rolled_back_entry_leaves_no_gap(app: Flask) -> None:
    """What did not happen is not in the record, and the chain goes on."""
    fill(2)
    with pytest.raises(RuntimeError), transaction():
        actions.record(SYSTEM, "pact:signed", {"n": 9})
        raise RuntimeError
    fill(2)
    assert (queries.count_entries(), queries.first_break()) == (4, None)


@pytest.mark.parametrize("statement", ["UPDATE ledger_entry SET event = 'x'", "DELETE FROM ledger_entry"])
def test_the_database_refuses_to_change_an_entry(app: Flask, statement: str) -> None:
    """Not even our own code can change or remove what was recorded."""
    fill(1)
    with pytest.raises(DBAPIError, match="append-only"), transaction():
        db.session.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE ledger_entry SET payload = replace(payload, '\"n\"\\:1', '\"n\"\\:7') WHERE sequence = 2", 2),
        ("DELETE FROM ledger_entry WHERE sequence = 3", 3),
        ("DELETE FROM ledger_stream", 1),
    ],
)
def test_a_touch_in_the_database_is_found(app: Flask, statement: str, place: int) -> None:
    """Whoever changes the tables by hand is found out by the check, which is kept."""
    fill(3)
    kind = db.engine.dialect.name
    with transaction():
        for step in (*guard.down(kind), statement, *guard.up(kind)):
            db.session.execute(text(step))
    with transaction():
        check = actions.verify(SYSTEM)
    assert ("pact", place) == (check.break_stream, check.break_sequence)

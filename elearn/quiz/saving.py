"""The statements that store an answer: first into the history, then as the answer that counts.

The history guards: its statement finds the attempt only when it is the learner's, open, and its time and grace are
not over, and a key that was there before makes no second entry. On PostgreSQL it reads the attempt FOR SHARE, so it
waits for a submission under way and then sees it. Both statements are built once and only filled each time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, case, exists, or_, select

from elearn.core.db import db, insert, new_id
from elearn.quiz.models import Answer, AnswerEntry, Attempt

ATTEMPT, ANSWER, ENTRY = Attempt.__table__.c, Answer.__table__.c, AnswerEntry.__table__.c


@dataclass(frozen=True, slots=True)
class Sending:
    """How an answer came: known again by which key, how many seconds after it was given, from which device.

    The buttons of a page that was left and found again by "back" send its key once more, perhaps with another answer;
    a script never does.
    """

    key: str = ""
    age: float = 0.0
    device: str = ""
    is_by_button: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """An answer about to be stored, at a position of an attempt, by whom and when."""

    attempt_id: UUID
    learner_id: UUID | None
    position: int
    question_id: str
    choice: list[str]
    given_at: datetime
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """What the history says of one sending."""

    position: int
    choice: tuple[str, ...]
    saved_at: datetime
    is_late: bool


def append(given: Given, sending: Sending, *, grace: timedelta) -> Entry | None:
    """Add the answer to the history; None where the attempt takes none any more, or the key is there already."""
    found = {
        "new_id": new_id(),
        "attempt": given.attempt_id,
        "learner": given.learner_id,
        "place": given.position,
        "chosen": given.choice,
        "given": given.given_at,
        "at": given.saved_at,
        "key": sending.key,
        "device": sending.device,
        "not_due_before": given.saved_at - grace,
    }
    is_late = db.session.execute(_appending(db.engine.dialect.name), found).scalar()
    return None if is_late is None else Entry(given.position, tuple(given.choice), given.saved_at, bool(is_late))


def let_count(given: Given, sending: Sending) -> None:
    """Make it the answer that counts, unless another device gave one later."""
    values = {
        "new_id": new_id(),
        "attempt": given.attempt_id,
        "place": given.position,
        "question": given.question_id,
        "chosen": given.choice,
        "given": given.given_at,
        "at": given.saved_at,
        "device": sending.device,
    }
    db.session.execute(_counting(db.engine.dialect.name), values)


def find_entry(attempt_id: UUID, key: str) -> Entry | None:
    """What the history holds under a key."""
    columns = (ENTRY.position, ENTRY.choice, ENTRY.saved_at, ENTRY.is_late)
    query = select(*columns).where(ENTRY.attempt_id == attempt_id, ENTRY.client_key == key)
    row = db.session.execute(query).one_or_none()
    return None if row is None else Entry(row.position, tuple(row.choice), row.saved_at, row.is_late)


def counting(attempt_id: UUID, position: int) -> tuple[str, ...]:
    """The answer that counts at a position at present."""
    query = select(ANSWER.choice).where(ANSWER.attempt_id == attempt_id, ANSWER.position == position)
    return tuple(db.session.scalar(query) or ())


@cache
def _appending(_dialect: str) -> Any:
    """INSERT INTO answer_entry SELECT … FROM attempt WHERE it is open, telling whether the answer is late."""
    attempt = (
        select(
            bindparam("new_id", type_=Uuid),
            ATTEMPT.id,
            bindparam("place", type_=ENTRY.position.type),
            bindparam("chosen", type_=ENTRY.choice.type),
            bindparam("given", type_=ENTRY.given_at.type),
            bindparam("at", type_=ENTRY.saved_at.type),
            bindparam("key", type_=ENTRY.client_key.type),
            bindparam("device", type_=ENTRY.device.type),
            ATTEMPT.due_at <= bindparam("at", type_=ENTRY.saved_at.type),
        )
        .where(
            ATTEMPT.id == bindparam("attempt", type_=Uuid),
            ATTEMPT.learner_id == bindparam("learner", type_=Uuid),
            ATTEMPT.submitted_at.is_(None),
            ATTEMPT.due_at > bindparam("not_due_before", type_=ATTEMPT.due_at.type),
        )
        .with_for_update(read=True)
    )
    columns = ["id", "attempt_id", "position", "choice", "given_at", "saved_at", "client_key", "device", "is_late"]
    table: Any = AnswerEntry.__table__  # the bare table: bulk features of mapped inserts know no SELECT
    statement = insert(table).from_select(columns, attempt)
    keys = ["attempt_id", "client_key"]
    return statement.on_conflict_do_nothing(index_elements=keys).returning(ENTRY.is_late)


@cache
def _counting(_dialect: str) -> Any:
    """INSERT INTO answer, in place of one that was not given later, or that came before from the same device.

    A device sends in the order in which it was answered, so what comes last from it counts, however long its way.
    """
    table: Any = Answer.__table__
    statement = insert(table).values(
        id=bindparam("new_id"),
        attempt_id=bindparam("attempt"),
        position=bindparam("place"),
        question_id=bindparam("question"),
        choice=bindparam("chosen"),
        saved_at=bindparam("at"),
        given_at=bindparam("given"),
    )
    new = statement.excluded
    is_from_here = exists().where(
        ENTRY.attempt_id == ANSWER.attempt_id,
        ENTRY.saved_at == ANSWER.saved_at,
        ENTRY.position == ANSWER.position,
        ENTRY.device == bindparam("device", type_=ENTRY.device.type),
    )
    return statement.on_conflict_do_update(
        index_elements=["attempt_id", "position"],
        set_={
            "choice": new.choice,
            "saved_at": new.saved_at,
            "given_at": case((new.given_at > ANSWER.given_at, new.given_at), else_=ANSWER.given_at),
        },
        where=or_(new.given_at >= ANSWER.given_at, is_from_here),
    )

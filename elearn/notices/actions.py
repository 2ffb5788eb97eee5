"""Putting messages into the outbox, and marking what became of them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, true, update

from elearn.core import clock, jobs
from elearn.core.db import db, insert, new_id
from elearn.core.permissions import Actor
from elearn.ledger import actions as ledger
from elearn.notices import queries, rules
from elearn.notices.models import Notice, NoticeAttachment
from elearn.notices.rules import Failure, File, Message

LEASE = timedelta(minutes=15)
"""How long a job may hold a message before another one takes it for lost."""


def post(*, key: str, recipient: str, subject: str, body: str) -> None:
    """Put one message into the outbox, to be sent after the commit; a key already posted changes nothing."""
    post_many([Message(key, recipient, subject, body)])


def post_many(messages: Sequence[Message], *, not_before: datetime | None = None) -> None:
    """Put many messages into the outbox by one statement, to be sent after the commit, or not before an instant."""
    if not messages:
        return
    now = clock.now()
    first = max(now, not_before or now)
    rows = [
        {**asdict(message), "id": new_id(), "created_at": now, "next_attempt_at": first, "attempts": 0}
        for message in messages
    ]
    db.session.execute(insert(Notice).on_conflict_do_nothing(index_elements=["key"]), rows)
    jobs.after_commit("notices.send_due")


def post_with(message: Message, *files: File, not_before: datetime | None = None) -> None:
    """Put one message with files into the outbox; a key already posted changes nothing."""
    now = clock.now()
    row = {**asdict(message), "id": new_id(), "created_at": now, "attempts": 0}
    waits = {"next_attempt_at": max(now, not_before or now)}
    once = insert(Notice).on_conflict_do_nothing(index_elements=["key"])
    posted = db.session.scalar(once.values(**row, **waits).returning(Notice.id))
    if posted is None:
        return
    db.session.add_all(NoticeAttachment(notice_id=posted, **asdict(file)) for file in files)
    db.session.flush()
    jobs.after_commit("notices.send_due")


def claim_due(*, limit: int) -> Sequence[Notice]:
    """Take messages whose time has come, so that no other job sends them meanwhile; one attempt is counted."""
    now = clock.now()
    ids = queries.list_due(now, limit=limit)
    hold = {"attempts": Notice.attempts + 1, "next_attempt_at": now + LEASE}
    db.session.execute(update(Notice).where(Notice.id.in_(ids)).values(hold))
    return db.session.scalars(
        select(Notice).where(Notice.id.in_(ids)).execution_options(populate_existing=True)
    ).all()


def mark_sent(notice_id: UUID) -> None:
    """Note that a message has left the house; its files are kept no longer."""
    done = {"sent_at": clock.now(), "next_attempt_at": None, "last_error": None}
    db.session.execute(update(Notice).where(Notice.id == notice_id).values(done))
    db.session.execute(delete(NoticeAttachment).where(NoticeAttachment.notice_id == notice_id))


def mark_failed(notice_id: UUID, *, attempts: int, failure: Failure) -> None:
    """Note why a message did not leave, and when it is tried again, if ever."""
    again_at = None if failure.is_final else rules.next_attempt(attempts, clock.now())
    later = {"last_error": failure.reason[:300], "next_attempt_at": again_at}
    db.session.execute(update(Notice).where(Notice.id == notice_id).values(later))


def retry(actor: Actor, *, notice_id: UUID) -> None:
    """Try a message again that was given up; raises NothingGivenUp for any other."""
    if not _retry(Notice.id == notice_id):
        raise rules.NothingGivenUp
    ledger.record(actor, "notices:retried", {"messages": 1})


def retry_all(actor: Actor) -> int:
    """Try every message again that was given up, and say how many they are."""
    messages = _retry(true())
    if messages:
        ledger.record(actor, "notices:retried", {"messages": messages})
    return messages


def _retry(which: ColumnElement[bool]) -> int:
    """Let given-up messages wait anew with all attempts before them; why they failed is known until they leave."""
    anew = update(Notice).where(queries.GIVEN_UP, which).values(attempts=0, next_attempt_at=clock.now())
    jobs.after_commit("notices.send_due")
    return len(db.session.scalars(anew.returning(Notice.id)).all())

"""Reads of the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, select

from elearn.core.db import db
from elearn.notices.models import Notice, NoticeAttachment
from elearn.notices.rules import File

WAITING = Notice.next_attempt_at.is_not(None)
GIVEN_UP = and_(Notice.sent_at.is_(None), Notice.next_attempt_at.is_(None))


@dataclass(frozen=True, slots=True)
class OutboxState:
    """How many messages wait, since when the oldest does, and how many were given up."""

    waiting: int
    oldest_at: datetime | None
    given_up: int


def state() -> OutboxState:
    """The outbox in three figures, by one statement."""
    waiting, oldest, given_up = db.session.execute(
        select(
            func.count().filter(WAITING),
            func.min(Notice.created_at).filter(WAITING),
            func.count().filter(GIVEN_UP),
        )
    ).one()
    return OutboxState(waiting, oldest, given_up)


def list_due(now: datetime, *, limit: int) -> Sequence[UUID]:
    """The ids of messages whose time has come, the longest waiting first, passing over those another job holds."""
    due = select(Notice.id).where(Notice.next_attempt_at <= now).order_by(Notice.next_attempt_at).limit(limit)
    return db.session.scalars(due.with_for_update(skip_locked=True)).all()


def list_files(notice_id: UUID) -> list[File]:
    """The files that go with a message."""
    columns = (NoticeAttachment.filename, NoticeAttachment.media_type, NoticeAttachment.content)
    query = select(*columns).where(NoticeAttachment.notice_id == notice_id).order_by(NoticeAttachment.filename)
    return [File(*row) for row in db.session.execute(query)]


def newest_first() -> Select[*tuple[Any, ...]]:
    """All messages without their text, those that were given up first."""
    return select(
        Notice.id,
        Notice.recipient,
        Notice.subject,
        Notice.created_at,
        Notice.sent_at,
        Notice.next_attempt_at,
        Notice.attempts,
        Notice.last_error,
    ).order_by(GIVEN_UP.desc(), Notice.created_at.desc(), Notice.id.desc())


def given_up() -> Select[*tuple[Any, ...]]:
    """The messages that nobody tries any more, without their text, the newest first."""
    return newest_first().where(GIVEN_UP)

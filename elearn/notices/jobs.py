"""Sending what waits in the outbox: right after a commit, and every minute for what is tried again."""

from collections.abc import Sequence

from elearn.core import jobs
from elearn.core.transaction import transaction
from elearn.notices import actions, mailer
from elearn.notices.models import Notice

BATCH = 50
"""Few enough that more urgent work never waits long behind one batch."""


@jobs.every("notices.send_due", minutes=1)
def send_due() -> None:
    """Send some of the messages whose time has come and ask for another turn while there are more.

    A message lost between sending and its mark is sent once more.
    """
    with transaction():
        batch = actions.claim_due(limit=BATCH)
    if batch:
        _send(batch)
    if len(batch) == BATCH:
        jobs.enqueue("notices.send_due")


def _send(batch: Sequence[Notice]) -> None:
    """Send messages and note at once what became of each."""
    attempts = {notice.id: notice.attempts for notice in batch}
    for notice_id, failure in mailer.deliver(batch):
        with transaction():
            if failure is None:
                actions.mark_sent(notice_id)
            else:
                actions.mark_failed(notice_id, attempts=attempts[notice_id], failure=failure)

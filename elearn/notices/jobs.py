"""Sending what waits in the outbox: right after a commit, and every minute for what is tried again."""

from elearn.core import jobs
from elearn.core.transaction import transaction
from elearn.notices import actions, mailer

BATCH = 200


@jobs.every("notices.send_due", minutes=1)
def send_due() -> None:
    """Send every message whose time has come; a message lost between sending and its mark is sent once more."""
    while True:
        with transaction():
            batch = actions.claim_due(limit=BATCH)
        if not batch:
            return
        attempts = {notice.id: notice.attempts for notice in batch}
        for notice_id, error in mailer.deliver(batch):
            with transaction():
                if error is None:
                    actions.mark_sent(notice_id)
                else:
                    actions.mark_failed(notice_id, attempts=attempts[notice_id], error=error)

"""Forgetting what is no longer needed: ended sessions with their addresses, old codes, old counts."""

from datetime import timedelta

from elearn.accounts import actions
from elearn.core import jobs
from elearn.core.transaction import transaction

KEPT = timedelta(days=90)


@jobs.every("accounts.sweep", minutes=30)
def sweep() -> None:
    """Forget sessions, codes and counted guesses that ended ninety days ago."""
    with transaction():
        actions.sweep(before=KEPT)

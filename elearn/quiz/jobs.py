"""The clock of the quiz: attempts that nobody submitted are closed and graded."""

from elearn.core import jobs
from elearn.core.transaction import transaction
from elearn.quiz import actions

BATCH = 100


@jobs.every("quiz.close_overdue", minutes=1)
def close_overdue() -> None:
    """Close every overdue attempt, a hundred to a transaction so that learners who answer never wait long."""
    closed = BATCH
    while closed == BATCH:
        with transaction():
            closed = actions.close_overdue(limit=BATCH)

"""The heartbeat of the background work: it waits in the same queue as every other job."""

from elearn.core import jobs
from elearn.core.transaction import transaction
from elearn.home import actions
from elearn.home.health import JOBS


@jobs.every("home.beat", minutes=1)
def beat() -> None:
    """Leave a sign of life once a minute, when its turn comes."""
    with transaction():
        actions.beat(JOBS)

"""Giving back what an outage took, and applying rulings: in the background, and again for what was cut short.

Each step is a transaction of its own, so that learners who answer never wait long, and each may be done twice.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from elearn.assessment import outages, regrading, rulings
from elearn.core import jobs
from elearn.core.errors import NotFound
from elearn.core.transaction import transaction

BATCH = 50


@jobs.task("assessment.credit_outage")
def credit_outage(outage_id: str) -> None:
    """Give every attempt what it is owed for an outage."""
    given = BATCH
    done = 0
    while given == BATCH:
        with transaction():
            given = outages.credit(UUID(outage_id), limit=BATCH)
        done += given
        jobs.tell(f"outage:{outage_id}", done)


@jobs.task("assessment.apply_ruling")
def apply_ruling(ruling_id: str) -> None:
    """Grade again every attempt that was graded before a ruling was asked for; cut short anywhere, it begins anew."""
    id_ = UUID(ruling_id)
    try:
        with transaction():
            ruling = rulings.get_ruling(id_)
    except NotFound:  # a proposal that was discarded
        return
    if ruling.asked_at is None or ruling.applied_at is not None:
        return
    _regrade_all(id_)
    _wait_for_submissions(id_)
    _regrade_all(id_, since=ruling.asked_at - regrading.OVERLAP)
    with transaction():
        regrading.finish(id_)


def _regrade_all(ruling_id: UUID, since: datetime | None = None) -> None:
    last, done = None, 0
    while True:
        with transaction():
            ruling = rulings.get_ruling(ruling_id)
            ids = regrading.ids_of(ruling, after=last, limit=regrading.BATCH, since=since)
            regrading.regrade(ruling, ids)
        if not ids:
            return
        last, done = ids[-1], done + len(ids)
        if since is None:
            jobs.tell(f"ruling:{ruling_id}", done)


def _wait_for_submissions(ruling_id: UUID) -> None:
    ids: Sequence[UUID | None] = [None]
    while ids:
        with transaction():
            ruling = rulings.get_ruling(ruling_id)
            ids = regrading.wait_for_submissions(ruling, after=ids[-1], limit=regrading.BATCH)


@jobs.every("assessment.sweep", minutes=1)
def sweep() -> None:
    """Ask again for outages and rulings that were cut short."""
    for outage in outages.list_unfinished():
        jobs.enqueue("assessment.credit_outage", str(outage.id))
    for ruling in rulings.list_unfinished():
        jobs.enqueue("assessment.apply_ruling", str(ruling.id))

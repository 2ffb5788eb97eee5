"""Printing ordered reports in the background, and clearing them away."""

from uuid import UUID

import structlog

from elearn.core import jobs
from elearn.core.errors import Refusal
from elearn.core.pressroom import NotPrinted
from elearn.reports import making, orders

log = structlog.get_logger()


@jobs.task("reports.make")
def make(order_id: str) -> None:
    """Print an ordered report, once."""
    order = orders.begin(UUID(order_id))
    if order is None:
        return
    try:
        orders.finish(order, making.printed(order))
    except (NotPrinted, Refusal) as trouble:
        log.error("report_not_made", order=order_id, error=type(trouble).__name__)
        orders.give_up(order.id)


@jobs.every("reports.sweep", minutes=30)
def sweep() -> None:
    """Remove the papers that are older than a week; ask again for what was lost with its worker."""
    orders.sweep()
    for order_id in orders.lost():
        jobs.enqueue("reports.make", str(order_id))

"""An ordered report made anew from its address, as who ordered it may see it now."""

from urllib.parse import parse_qsl, urlsplit

from elearn.accounts import queries as accounts
from elearn.core import pressroom
from elearn.core.transaction import reading
from elearn.reports import delivery, orders, papers
from elearn.reports.models import ReportOrder
from elearn.reports.papers import Paper


def printed(order: ReportOrder) -> bytes:
    """The sealed PDF; raises what the report itself refuses, and NotPrinted."""
    with reading():
        paper = paper_of(order)
        parts = paper.parts

    def tell(done: int) -> None:
        orders.tell(order.id, min(order.total, done * papers.PART))

    pdf = pressroom.print_parts(parts, title=paper.title, tell=tell, folder=orders.folder())
    return paper.seal(pdf)


def paper_of(order: ReportOrder) -> Paper:
    """What is to be printed."""
    if order.account_id is None:
        raise orders.NoSuchOrder
    parts = urlsplit(order.asked)
    return delivery.of(parts.path, dict(parse_qsl(parts.query)), accounts.get_actor(order.account_id)).paper()

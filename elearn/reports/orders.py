"""Files that take long: ordered by somebody, printed in the background, kept a week for who ordered them."""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import Select, delete, exists, select, update

from elearn.accounts.models import RoleGrant
from elearn.core import clock, jobs
from elearn.core.db import db, new_id
from elearn.core.errors import NotFound
from elearn.core.instance import write_private
from elearn.core.permissions import Actor
from elearn.core.speech import say
from elearn.core.transaction import transaction
from elearn.reports.models import ReportOrder

KEPT = timedelta(days=7)
PATIENCE = timedelta(minutes=20)
"""After this a file that is not done was lost with its worker, and is made again."""
FAILED = say("Berkas tidak dapat disiapkan. Pesanlah sekali lagi; bila tetap gagal, persempit laporannya.")


class NoSuchOrder(NotFound):
    """There is no such file, or it is another's, or its week is over."""

    sentence = say("Berkas ini tidak ada, atau masa simpannya sudah lewat.")


def place(actor: Actor, *, asked: str, title: str, total: int) -> ReportOrder:
    """Order the PDF of a report by its address; the one that is being made already, if there is one."""
    waiting = select(ReportOrder).where(
        ReportOrder.account_id == actor.account_id,
        ReportOrder.asked == asked,
        ReportOrder.finished_at.is_(None),
        ReportOrder.failure.is_(None),
    )
    found = db.session.scalar(waiting.limit(1))
    if found is not None:
        return found
    order_id = new_id()
    whose = {"account_id": actor.account_id, "asked": asked, "format": "pdf", "title": title[:200]}
    order = ReportOrder(id=order_id, name=order_id.hex, ordered_at=clock.now(), total=total, **whose)
    db.session.add(order)
    db.session.flush()
    jobs.after_commit("reports.make", str(order.id))
    return order


def listed(account_id: UUID | None) -> Select[Any]:
    """The files somebody ordered within the last week, for paging, the latest first.

    Not those from before a role was taken away: she may see less now than stands in them.
    """
    is_kept = ReportOrder.ordered_at > clock.now() - KEPT
    sees_less = exists().where(RoleGrant.account_id == account_id, RoleGrant.revoked_at > ReportOrder.ordered_at)
    query = select(ReportOrder).where(ReportOrder.account_id == account_id, is_kept, ~sees_less)
    return query.order_by(ReportOrder.ordered_at.desc(), ReportOrder.id.desc())


def get_own(order_id: UUID, account_id: UUID | None) -> ReportOrder:
    """A file of one's own; raises NoSuchOrder."""
    order = db.session.scalar(listed(account_id).where(ReportOrder.id == order_id).order_by(None))
    if order is None:
        raise NoSuchOrder
    return order


def content(order: ReportOrder) -> bytes:
    """The bytes of a file that is ready; raises NoSuchOrder."""
    try:
        return path_of(order.name).read_bytes()
    except FileNotFoundError:
        raise NoSuchOrder from None


def begin(order_id: UUID) -> ReportOrder | None:
    """The order, marked as begun; None when it is done, was given up, or is being made right now."""
    with transaction():
        order = db.session.get(ReportOrder, order_id, with_for_update=True, populate_existing=True)
        is_open = order and order.finished_at is None and order.failure is None
        if order is None or not is_open or (order.started_at and order.started_at > clock.now() - PATIENCE):
            return None
        order.started_at = clock.now()
        return order


def tell(order_id: UUID, done: int) -> None:
    """Note how many rows are printed."""
    with transaction():
        db.session.execute(update(ReportOrder).where(ReportOrder.id == order_id).values(done=done))


def finish(order: ReportOrder, pdf: bytes) -> None:
    """Keep the file, and note that it is ready, though another worker gave up; none of an order swept away."""
    path_of(order.name).unlink(missing_ok=True)
    write_private(path_of(order.name), pdf)
    ready = {"finished_at": clock.now(), "size": len(pdf), "sha256": sha256(pdf).hexdigest(), "done": order.total}
    mine = update(ReportOrder).where(ReportOrder.id == order.id).returning(ReportOrder.id)
    with transaction():
        is_wanted = db.session.scalar(mine.values(**ready, failure=None)) is not None
    if not is_wanted:
        path_of(order.name).unlink(missing_ok=True)


def give_up(order_id: UUID) -> None:
    """Note that a file cannot be made, unless another worker made it meanwhile."""
    unmade = (ReportOrder.id == order_id) & ReportOrder.finished_at.is_(None)
    with transaction():
        db.session.execute(update(ReportOrder).where(unmade).values(failure=str(FAILED)))


def lost() -> Sequence[UUID]:
    """The orders that nobody has been making for too long."""
    long_ago = clock.now() - PATIENCE
    untouched = (ReportOrder.started_at.is_(None)) & (ReportOrder.ordered_at < long_ago)
    is_lost = untouched | (ReportOrder.started_at < long_ago)
    query = select(ReportOrder.id).where(ReportOrder.finished_at.is_(None), ReportOrder.failure.is_(None), is_lost)
    return db.session.scalars(query).all()


def sweep() -> None:
    """Remove what is older than a week."""
    old = clock.now() - KEPT
    with transaction():
        names = db.session.scalars(select(ReportOrder.name).where(ReportOrder.ordered_at <= old)).all()
        db.session.execute(delete(ReportOrder).where(ReportOrder.ordered_at <= old))
    for name in names:
        path_of(name).unlink(missing_ok=True)


def folder() -> Path:
    """Where the files wait, readable by the installation only."""
    found: Path = current_app.config["SETTINGS"].instance_dir / "reports"
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def path_of(name: str) -> Path:
    """Where a file waits."""
    return folder() / f"{name}.pdf"

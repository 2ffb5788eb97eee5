"""Files that take long: ordered once, made once, kept a week, for who ordered them alone."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from elearn.accounts import queries as accounts
from elearn.accounts.models import RoleGrant
from elearn.core import clock, jobs
from elearn.core.db import db
from elearn.core.permissions import Actor, Role
from elearn.core.transaction import transaction
from elearn.reports import orders
from elearn.reports.models import ReportOrder
from elearn.reports.orders import NoSuchOrder
from tests.factories.accounts import an_account
from tests.together import together

MINUTE = timedelta(minutes=1)


@pytest.fixture
def reader(app: Flask) -> Actor:
    """Somebody of HR."""
    return accounts.get_actor(an_account(Role.HR).id)


def placed(reader: Actor, asked: str = "/laporan/unit.pdf") -> ReportOrder:
    """An order; what waits in the queue is let go."""
    with transaction():
        order = orders.place(reader, asked=asked, title="Ketuntasan " * 40, total=7)
    jobs.queue().flush()
    return order


def count() -> int:
    """How many orders there are."""
    return db.session.scalar(select(func.count()).select_from(ReportOrder)) or 0


def test_the_same_is_ordered_once_while_it_is_made(reader: Actor) -> None:
    """By the same person, of the same address; when it is ready or failed it can be ordered again."""
    first = placed(reader)
    assert first.id == placed(reader).id
    assert first.id != placed(reader, "/laporan/jenis.pdf").id
    assert first.id != placed(accounts.get_actor(an_account(Role.HR).id)).id
    assert 200 == len(first.title)
    orders.give_up(first.id)
    assert first.id != placed(reader).id
    assert 4 == count()


def test_who_lost_a_role_loses_the_files_from_before(reader: Actor) -> None:
    """What she ordered as another may hold people she may not see any more; what she orders afterwards is hers."""
    assert reader.account_id
    before = placed(reader)
    assert before == orders.get_own(before.id, reader.account_id)
    with time_machine.travel(clock.now() + MINUTE):
        with transaction():
            grant = db.session.scalars(select(RoleGrant).where(RoleGrant.account_id == reader.account_id)).one()
            grant.revoked_at = clock.now()
        with pytest.raises(NoSuchOrder):
            orders.get_own(before.id, reader.account_id)
        with time_machine.travel(clock.now() + MINUTE):
            after = placed(reader, "/laporan/jenis.pdf")
            assert [after] == list(db.session.scalars(orders.listed(reader.account_id)))


def test_only_one_worker_makes_it(reader: Actor) -> None:
    """Until it was lost with that worker."""
    order = placed(reader)
    assert orders.begin(order.id) is not None
    assert orders.begin(order.id) is None
    assert [] == orders.lost()
    with time_machine.travel(clock.now() + orders.PATIENCE + MINUTE):
        assert [order.id] == orders.lost()
        assert orders.begin(order.id) is not None
    assert orders.begin(uuid4()) is None


def test_what_is_done_or_given_up_is_never_lost(reader: Actor) -> None:
    """Neither is begun again."""
    done, failed = placed(reader), placed(reader, "/laporan/jenis.pdf")
    orders.finish(done, b"%PDF-1.7")
    orders.give_up(failed.id)
    db.session.expire_all()
    with time_machine.travel(clock.now() + orders.PATIENCE + MINUTE):
        assert [] == orders.lost()
        assert [None, None] == [orders.begin(each.id) for each in (done, failed)]


def test_of_many_workers_at_once_one_begins(app: Flask, reader: Actor) -> None:
    """When the same job was asked for twice."""
    order_id = placed(reader).id
    assert 1 == len([begun for begun in together(app, lambda _: orders.begin(order_id)) if begun is not None])


def test_of_two_workers_the_one_who_made_it_is_right(reader: Actor) -> None:
    """Whether the other one gave up before or after; so a slow worker and the one who took over spoil nothing."""
    for number, is_first in enumerate((True, False)):
        order = placed(reader, f"/laporan/unit.pdf?opd={number}")
        steps = [lambda order=order: orders.finish(order, b"%PDF-1.7"), lambda order=order: orders.give_up(order.id)]
        for step in steps if is_first else steps[::-1]:
            step()
        found = db.session.get_one(ReportOrder, order.id, populate_existing=True)
        assert (True, None) == (found.finished_at is not None, found.failure)
        assert b"%PDF-1.7" == orders.content(found)


def test_what_was_swept_away_while_it_was_made_leaves_no_file(reader: Actor) -> None:
    """Nobody would ever remove it."""
    order = placed(reader)
    with time_machine.travel(order.ordered_at + orders.KEPT + MINUTE):
        orders.sweep()
        orders.finish(order, b"%PDF-1.7")
    assert (0, False) == (count(), orders.path_of(order.name).exists())


def test_progress_is_told_in_rows(reader: Actor) -> None:
    """And a finished file is all of them."""
    order = placed(reader)
    orders.tell(order.id, 3)
    assert 3 == db.session.get_one(ReportOrder, order.id, populate_existing=True).done
    orders.finish(order, b"%PDF-1.7")
    ready = db.session.get_one(ReportOrder, order.id, populate_existing=True)
    assert (7, 8, 64) == (ready.done, ready.size, len(ready.sha256 or ""))


def test_a_file_is_read_by_who_ordered_it(reader: Actor) -> None:
    """Nobody else; and only the installation reads the folder."""
    order = placed(reader)
    orders.finish(order, b"%PDF-1.7")
    assert b"%PDF-1.7" == orders.content(orders.get_own(order.id, reader.account_id))
    with pytest.raises(NoSuchOrder):
        orders.get_own(order.id, an_account(Role.HR).id)
    assert 0o700 == orders.folder().stat().st_mode & 0o777
    assert 0o600 == orders.path_of(order.name).stat().st_mode & 0o777


def test_after_a_week_order_and_file_are_gone(reader: Actor) -> None:
    """Not a day earlier."""
    order = placed(reader)
    orders.finish(order, b"%PDF-1.7")
    path = orders.path_of(order.name)
    with time_machine.travel(order.ordered_at + orders.KEPT - MINUTE):
        orders.sweep()
        assert (1, True) == (count(), path.exists())
    with time_machine.travel(order.ordered_at + orders.KEPT + MINUTE):
        with pytest.raises(NoSuchOrder):
            orders.get_own(order.id, reader.account_id)
        orders.sweep()
    assert (0, False) == (count(), path.exists())


def test_a_file_that_went_missing_is_said_to_be_missing(reader: Actor) -> None:
    """Not an error of ours."""
    with pytest.raises(NoSuchOrder):
        orders.content(placed(reader))

"""Printing in the background: once, whatever runs twice; what fails says so, what was lost is made again."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from flask import Flask

from elearn.accounts import actions as accounts
from elearn.accounts import queries as people
from elearn.agencies.models import Agency
from elearn.core import clock, jobs
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.permissions import SYSTEM, Actor, Role
from elearn.core.pressroom import NotPrinted
from elearn.core.transaction import transaction
from elearn.reports import orders
from elearn.reports.models import ReportOrder
from tests.factories.accounts import an_account
from tests.factories.agencies import an_employee, an_opd
from tests.factories.directives import an_issued_directive

MINUTE = timedelta(minutes=1)
PDF = b"%PDF-1.7"
LIST = "/laporan/ketuntasan/opd/dinkes.pdf"


@pytest.fixture
def opd(app: Flask) -> Iterator[Agency]:
    """The health office, with somebody who is asked."""
    opd = an_opd("dinkes")
    an_employee(opd)
    an_issued_directive(opd)
    jobs.queue().flush()
    yield opd
    jobs.queue().flush()


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The orders that were printed, by a printer that is quick."""
    found: list[Any] = []

    def printed(order: ReportOrder) -> bytes:
        found.append(order.id)
        return PDF

    monkeypatch.setattr("elearn.reports.making.printed", printed)
    return found


def an_officer(opd: Agency) -> Actor:
    """Who reads the reports of an OPD."""
    return people.get_actor(an_account(Role.OPD_OFFICER, agency_id=opd.id).id)


def ordered(reader: Actor, asked: str = LIST) -> ReportOrder:
    """An order, which waits in the queue."""
    with transaction():
        return orders.place(reader, asked=asked, title="Ketuntasan", total=1)


def now(order: ReportOrder) -> ReportOrder:
    """The order as it stands."""
    db.session.rollback()
    return db.session.get_one(ReportOrder, order.id, populate_existing=True)


def broken(monkeypatch: pytest.MonkeyPatch, trouble: Exception) -> None:
    """Let the printer have some trouble."""

    def printed(_order: ReportOrder) -> bytes:
        raise trouble

    monkeypatch.setattr("elearn.reports.making.printed", printed)


def test_a_job_that_runs_twice_makes_it_once(opd: Agency, made: list[Any]) -> None:
    """One after the other, and asked for once more when it is long done."""
    order = ordered(an_officer(opd))
    jobs.enqueue("reports.make", str(order.id))
    assert 2 == jobs.run_waiting()
    ready = now(order)
    finished_at = ready.finished_at
    with time_machine.travel(clock.now() + orders.PATIENCE + MINUTE):
        jobs.perform("reports.make", str(order.id))
    assert ([order.id], PDF) == (made, orders.content(ready))
    assert finished_at == now(order).finished_at


def test_who_runs_it_while_another_prints_lets_it_be(opd: Agency, made: list[Any]) -> None:
    """The other one is not late yet."""
    order = ordered(an_officer(opd))
    assert orders.begin(order.id)
    jobs.perform("reports.make", str(order.id))
    assert [] == made
    assert (None, None) == (now(order).finished_at, now(order).failure)


@pytest.mark.parametrize("trouble", [NotPrinted(), NotFound()])
def test_what_cannot_be_made_says_so_and_can_be_ordered_again(
    opd: Agency, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    """It is not tried for ever; a new order is another one."""
    reader = an_officer(opd)
    order = ordered(reader)
    broken(monkeypatch, trouble)
    jobs.run_waiting()
    assert "Berkas tidak dapat disiapkan" in str(now(order).failure)
    with time_machine.travel(clock.now() + orders.PATIENCE + MINUTE):
        jobs.perform("reports.sweep")
        assert 0 == jobs.run_waiting()
    assert order.id != ordered(reader).id


def test_an_order_whose_maker_lost_the_office_says_that_it_cannot_be_made(opd: Agency) -> None:
    """As for who ordered what he may not see; nothing is left on disk."""
    officer = an_officer(opd)
    order = ordered(officer)
    assert officer.account_id
    [grant] = people.list_open_grants([officer.account_id])
    with transaction():
        accounts.revoke(SYSTEM, account_id=officer.account_id, grant_id=grant.id)
    jobs.run_waiting()
    assert (True, None) == (now(order).failure is not None, now(order).finished_at)
    assert [] == list(orders.folder().glob(f"{order.name}*"))


def test_an_order_whose_maker_left_says_that_it_cannot_be_made(opd: Agency) -> None:
    """A closed account orders nothing."""
    officer = an_officer(opd)
    order = ordered(officer)
    assert officer.account_id
    with transaction():
        accounts.deactivate(SYSTEM, account_id=officer.account_id)
    jobs.run_waiting()
    assert now(order).failure is not None


def test_what_nobody_foresaw_leaves_the_order_open_for_the_sweeper(
    opd: Agency, monkeypatch: pytest.MonkeyPatch, made: list[Any]
) -> None:
    """A full disk is no answer; when there is room again the file is made."""
    order = ordered(an_officer(opd))
    with monkeypatch.context() as patch:
        patch.setattr("elearn.reports.orders.write_private", lambda *_: _raise(OSError("no space left")))
        with pytest.raises(OSError, match="no space"):
            jobs.perform("reports.make", str(order.id))
    jobs.queue().flush()
    assert (None, None) == (now(order).finished_at, now(order).failure)
    with time_machine.travel(clock.now() + orders.PATIENCE + MINUTE):
        jobs.perform("reports.sweep")
        assert 1 == jobs.run_waiting()
    assert now(order).finished_at is not None
    assert [order.id] * 2 == made


def _raise(trouble: Exception) -> None:
    raise trouble


def test_the_sweeper_asks_for_what_was_lost_and_for_nothing_else(opd: Agency, made: list[Any]) -> None:
    """Never begun, or begun too long ago; asked for twice it is still made once."""
    reader = an_officer(opd)
    lost, stuck, late = (ordered(reader, f"{LIST}?cari={word}") for word in ("a", "b", "c"))
    orders.begin(stuck.id)
    jobs.queue().flush()
    with time_machine.travel(clock.now() + orders.PATIENCE + MINUTE):
        orders.begin(late.id)
        fresh = ordered(reader, f"{LIST}?cari=d")
        jobs.queue().flush()
        for _ in range(2):
            jobs.perform("reports.sweep")
        assert 4 == jobs.run_waiting()
    assert {lost.id, stuck.id} == set(made)
    assert 2 == len(made)
    assert [None, None] == [now(each).finished_at for each in (late, fresh)]


def test_the_sweeper_removes_what_is_older_than_a_week(opd: Agency, made: list[Any]) -> None:
    """Ready or not; an order that is gone is not made any more."""
    reader = an_officer(opd)
    ready = ordered(reader)
    jobs.run_waiting()
    waiting = ordered(reader, f"{LIST}?cari=a")
    jobs.queue().flush()
    with time_machine.travel(clock.now() + orders.KEPT + MINUTE):
        jobs.perform("reports.sweep")
        assert 0 == jobs.run_waiting()
        jobs.perform("reports.make", str(waiting.id))
    assert [ready.id] == made
    assert 0 == db.session.scalar(db.select(db.func.count()).select_from(ReportOrder))
    assert not orders.path_of(ready.name).exists()


def test_an_order_that_never_was_is_no_trouble(opd: Agency, made: list[Any]) -> None:
    """A queue may hold what the database forgot."""
    jobs.perform("reports.make", str(uuid4()))
    assert [] == made

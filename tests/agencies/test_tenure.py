"""Since when somebody serves in an OPD, or here at all, without a break."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from elearn.agencies import actions, queries, reorganisation
from elearn.agencies.lineage import NewAgency
from elearn.agencies.models import Employee
from elearn.agencies.rules import EVERYTHING
from elearn.core.db import db
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction
from tests.factories.agencies import a_unit, an_employee, an_opd

BEGUN, MOVED, MERGED, TODAY = (dt.date(2026, month, 1) for month in (2, 4, 6, 8))


@pytest.fixture(autouse=True)
def _today(app: Flask) -> Iterator[None]:
    """All tests of this file happen on 1 August 2026."""
    with time_machine.travel(dt.datetime(2026, 8, 1, 3, 0, tzinfo=dt.UTC)):
        yield


def since(employee: Employee, day: dt.date = TODAY) -> tuple[dt.date, dt.date]:
    """The first day in the OPD, and here."""
    people = queries.list_people_on(day, visible=EVERYTHING)
    return next((each.joined_on, each.serving_since) for each in people if each.employee_id == employee.id)


def move(employee: Employee, agency_id: object, on: dt.date) -> None:
    """Transfer somebody."""
    db.session.expire_all()
    with transaction():
        actions.transfer(SYSTEM, employee_id=employee.id, agency_id=agency_id, post="Analis", on=on)


def test_another_opd_is_a_new_beginning_another_unit_is_none(app: Flask) -> None:
    """Within the OPD nothing begins anew; the service goes on all the same."""
    opd, other = an_opd(), an_opd()
    employee = an_employee(opd, started_on=BEGUN)
    move(employee, a_unit(opd).id, MOVED)
    assert (BEGUN, BEGUN) == since(employee)
    move(employee, other.id, MERGED)
    assert (MERGED, BEGUN) == since(employee)
    assert (BEGUN, BEGUN) == since(employee, MOVED)


def test_who_is_handed_over_has_not_come_anew(app: Flask) -> None:
    """A merger or a split is no transfer; a move before it still counts."""
    opd, other = an_opd(), an_opd()
    stayed, moved = an_employee(a_unit(opd), started_on=BEGUN), an_employee(opd, started_on=BEGUN)
    move(moved, other.id, MOVED)
    with transaction():
        reorganisation.merge(SYSTEM, [opd, other], NewAgency("GABUNG", "Dinas Gabungan"), on=MERGED)
    assert [(BEGUN, BEGUN), (MOVED, BEGUN)] == [since(each) for each in (stayed, moved)]

"""The kind and the rank of employees as columns of a statement, as of any day."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from elearn.agencies import graded
from elearn.agencies.models import Employee, EmployeeGrade
from elearn.agencies.rules import EmployeeKind
from elearn.core.db import db, new_id
from tests.factories.agencies import an_employee

FIRST, SECOND, TODAY = dt.date(2026, 3, 1), dt.date(2026, 6, 1), dt.date(2026, 11, 22)
DAY = dt.timedelta(days=1)
HISTORY = ((FIRST, EmployeeKind.CPNS, "III/a"), (SECOND, EmployeeKind.PNS, None))


@pytest.fixture(autouse=True)
def _today(app: Flask) -> Iterator[None]:
    """All tests of this file happen on 22 November 2026."""
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def promoted() -> Employee:
    """Somebody of III/b today, whose history was written in the wrong order."""
    employee = an_employee(kind=EmployeeKind.PNS, rank="III/b")
    for since, kind, rank in reversed(HISTORY):
        db.session.add(EmployeeGrade(id=new_id(), employee_id=employee.id, since=since, kind=kind, rank=rank))
    db.session.commit()
    return employee


def on(day: dt.date) -> list[tuple[str, str | None]]:
    """Kind and rank of everybody on a day, one row each."""
    grade = graded.on(day)
    rows = db.session.execute(grade.joined(select(grade.kind, grade.rank).select_from(Employee)))
    return [tuple(row) for row in rows]


def test_who_has_no_history_is_what_she_is(app: Flask) -> None:
    """On any day."""
    an_employee(kind=EmployeeKind.PPPK, rank="IX")
    assert [[("PPPK", "IX")]] * 3 == [on(day) for day in (FIRST, TODAY - DAY, TODAY)]


def test_each_row_stands_from_its_day_to_the_next(promoted: Employee) -> None:
    """A rank that was not on record then is none, not today's."""
    assert [("CPNS", "III/a")] == on(FIRST)
    assert [("CPNS", "III/a")] == on(SECOND - DAY)
    assert [("PNS", None)] == on(SECOND)
    assert [("PNS", None)] == on(TODAY - DAY)


def test_before_the_first_row_stands_what_it_says(promoted: Employee) -> None:
    """Nothing earlier is known."""
    assert [("CPNS", "III/a")] == on(FIRST - 100 * DAY)


def test_today_and_later_the_employee_alone_is_read(promoted: Employee) -> None:
    """The commonest report joins no history."""
    assert [[("PNS", "III/b")]] * 2 == [on(TODAY), on(TODAY + DAY)]
    assert graded.on(TODAY).history is None
    assert graded.on(TODAY - DAY).history is not None

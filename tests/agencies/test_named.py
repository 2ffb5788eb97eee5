"""The name and the titles of employees as columns of a statement, as of any day."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from elearn.agencies import graded, named
from elearn.agencies.models import Employee, EmployeeGrade, EmployeeName
from elearn.agencies.rules import EmployeeKind
from elearn.core.db import db, new_id
from tests.factories.agencies import an_employee

FIRST, SECOND, TODAY = dt.date(2026, 3, 1), dt.date(2026, 6, 1), dt.date(2026, 11, 22)
DAY = dt.timedelta(days=1)
HISTORY = ((FIRST, "Budi", "Drs.", None), (SECOND, "Budi Santoso", None, "M.M."))


@pytest.fixture(autouse=True)
def _today(app: Flask) -> Iterator[None]:
    """All tests of this file happen on 22 November 2026."""
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def renamed() -> Employee:
    """Somebody of another name today, whose history was written in the wrong order."""
    employee = an_employee(name="Budi Santoso", title_before="Dr.", title_after="M.M.")
    for since, name, before, after in reversed(HISTORY):
        facts = {"name": name, "title_before": before, "title_after": after}
        db.session.add(EmployeeName(id=new_id(), employee_id=employee.id, since=since, **facts))
    db.session.commit()
    return employee


def on(day: dt.date) -> list[tuple[str | None, ...]]:
    """Name and titles of everybody on a day, one row each, by name."""
    name = named.on(day)
    rows = db.session.execute(name.joined(select(*name.columns).select_from(Employee)).order_by(name.name))
    return [tuple(row) for row in rows]


def test_who_has_no_history_was_always_called_so(app: Flask) -> None:
    """On any day."""
    an_employee(name="Siti", title_after="S.H.")
    assert [[("Siti", None, "S.H.")]] * 3 == [on(day) for day in (FIRST, TODAY - DAY, TODAY)]


def test_each_row_stands_from_its_day_to_the_next(renamed: Employee) -> None:
    """A title that was not held then is none, not today's; nothing earlier is known than the first row says."""
    first, second = (row[1:] for row in HISTORY)
    days = (FIRST - 100 * DAY, FIRST, SECOND - DAY, SECOND, TODAY - DAY)
    assert [[first]] * 3 + [[second]] * 2 == [on(day) for day in days]


def test_people_are_in_the_order_of_their_names_that_day(renamed: Employee) -> None:
    """Not of today's."""
    an_employee(name="Budi Raharjo")
    assert ["Budi", "Budi Raharjo"] == [row[0] for row in on(FIRST)]
    assert ["Budi Raharjo", "Budi Santoso"] == [row[0] for row in on(SECOND)]


def test_today_and_later_the_employee_alone_is_read(renamed: Employee) -> None:
    """The commonest report joins no history."""
    assert [[("Budi Santoso", "Dr.", "M.M.")]] * 2 == [on(TODAY), on(TODAY + DAY)]
    assert named.on(TODAY).history is None
    assert named.on(TODAY - DAY).history is not None


def test_names_and_ranks_are_read_together(renamed: Employee) -> None:
    """Each from its own history, one row for everybody."""
    for since, rank in ((FIRST, "III/a"), (SECOND, "III/b")):
        row = {"since": since, "kind": EmployeeKind.PNS, "rank": rank}
        db.session.add(EmployeeGrade(id=new_id(), employee_id=renamed.id, **row))
    db.session.commit()
    told = []
    for day in (FIRST, SECOND):
        name, grade = named.on(day), graded.on(day)
        rows = db.session.execute(name.joined(grade.joined(select(name.name, grade.rank).select_from(Employee))))
        told += [tuple(row) for row in rows]
    assert [("Budi", "III/a"), ("Budi Santoso", "III/b")] == told

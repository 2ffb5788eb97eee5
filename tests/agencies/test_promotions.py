"""Kinds and ranks over time: written when a roster changes them, read as of a day."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from elearn.agencies import queries
from elearn.agencies.models import Agency, EmployeeGrade
from elearn.agencies.rules import EVERYTHING, EmployeeKind
from elearn.core.db import db
from tests.agencies.test_undoing import bring, undo
from tests.factories.agencies import a_nip, a_person, a_unit, an_opd

FIRST, MIDDLE, SECOND = dt.date(2026, 9, 1), dt.date(2026, 10, 1), dt.date(2026, 11, 1)
NIP = a_nip(31000)


@pytest.fixture(autouse=True)
def _today(app: Flask) -> Iterator[None]:
    """All tests of this file happen on 22 November 2026."""
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def school(app: Flask) -> Agency:
    """A school of an OPD."""
    return a_unit(an_opd("DISDIK", "Dinas Pendidikan"), "SDN 1")


def graded(school: Agency, kind: EmployeeKind, rank: str, as_of: dt.date) -> object:
    """Apply a roster of one person."""
    return bring([school], [a_person(school, nip=NIP, name="Siti", kind=kind, rank=rank)], as_of)


def on(day: dt.date) -> tuple[str, str]:
    """Kind and rank of the one person on a day."""
    (person,) = queries.list_people_on(day, visible=EVERYTHING)
    return person.kind, person.rank


def rows() -> list[tuple[dt.date, str, str | None]]:
    """The history."""
    found = db.session.execute(db.select(EmployeeGrade.since, EmployeeGrade.kind, EmployeeGrade.rank))
    return sorted(tuple(row) for row in found)


def test_the_first_change_also_tells_what_stood_before(school: Agency) -> None:
    """No row while nothing changed; then one for each state, read as of any day."""
    graded(school, EmployeeKind.CPNS, "III/a", FIRST)
    assert [] == rows()
    assert ("CPNS", "III/a") == on(SECOND)
    graded(school, EmployeeKind.PNS, "III/a", MIDDLE)
    graded(school, EmployeeKind.PNS, "III/b", SECOND)
    assert [(FIRST, "CPNS", "III/a"), (MIDDLE, "PNS", "III/a"), (SECOND, "PNS", "III/b")] == rows()
    yesterday = MIDDLE - dt.timedelta(days=1)
    told = [on(day) for day in (FIRST, yesterday, MIDDLE, SECOND)]
    assert [("CPNS", "III/a"), ("CPNS", "III/a"), ("PNS", "III/a"), ("PNS", "III/b")] == told


def test_the_same_day_is_corrected(school: Agency) -> None:
    """Two rosters of one day leave the last word; one of the first day leaves no history."""
    graded(school, EmployeeKind.CPNS, "III/a", FIRST)
    graded(school, EmployeeKind.CPNS, "III/b", FIRST)
    assert [] == rows()
    graded(school, EmployeeKind.PNS, "III/c", MIDDLE)
    graded(school, EmployeeKind.PNS, "III/d", MIDDLE)
    assert [(FIRST, "CPNS", "III/b"), (MIDDLE, "PNS", "III/d")] == rows()


def test_undoing_takes_the_rows_back(school: Agency) -> None:
    """Those added go, those corrected are as they were."""
    graded(school, EmployeeKind.CPNS, "III/a", FIRST)
    undo(graded(school, EmployeeKind.PNS, "III/a", MIDDLE))
    assert [] == rows()
    graded(school, EmployeeKind.PNS, "III/a", MIDDLE)
    before = rows()
    undo(graded(school, EmployeeKind.PNS, "III/b", MIDDLE))
    assert (before, ("PNS", "III/a")) == (rows(), on(SECOND))

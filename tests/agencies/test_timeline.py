"""Kinds and ranks, names and titles over time: written when a roster changes them, read as of a day."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from elearn.agencies import queries
from elearn.agencies.models import Agency, EmployeeGrade, EmployeeName
from elearn.agencies.rules import EVERYTHING, EmployeeKind
from elearn.core.db import db
from tests.agencies.test_undoing import bring, undo
from tests.factories.agencies import a_nip, a_person, a_unit, an_opd

FIRST, MIDDLE, SECOND = dt.date(2026, 9, 1), dt.date(2026, 10, 1), dt.date(2026, 11, 1)
TODAY, DAY = dt.date(2026, 11, 22), dt.timedelta(days=1)
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


def called(school: Agency, name: str, title: str | None, as_of: dt.date) -> object:
    """Apply a roster of one person under a name."""
    return bring([school], [a_person(school, nip=NIP, name=name, title_after=title)], as_of)


def name_on(day: dt.date) -> str:
    """What the one person was called on a day."""
    (person,) = queries.list_people_on(day, visible=EVERYTHING)
    return person.name


def names() -> list[tuple[dt.date, str, str | None]]:
    """The history of names."""
    found = db.session.execute(db.select(EmployeeName.since, EmployeeName.name, EmployeeName.title_after))
    return sorted(tuple(row) for row in found)


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
    told = [on(day) for day in (FIRST, MIDDLE - DAY, MIDDLE, SECOND)]
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


def test_a_name_holds_from_the_day_of_the_roster_that_brought_it(school: Agency) -> None:
    """Each roster's from its own day; who is called as before has no history, whatever else changes."""
    called(school, "Siti", None, FIRST)
    graded(school, EmployeeKind.PNS, "III/d", MIDDLE)
    assert [] == names()
    called(school, "Siti", "S.Pd.", MIDDLE)
    called(school, "Siti Aminah", "S.Pd., M.Pd.", SECOND)
    written = [(FIRST, "Siti", None), (MIDDLE, "Siti", "S.Pd."), (SECOND, "Siti Aminah", "S.Pd., M.Pd.")]
    assert written == names()
    days = (FIRST, MIDDLE - DAY, MIDDLE, SECOND - DAY, SECOND, TODAY)
    assert ["Siti", "Siti", "Siti, S.Pd.", "Siti, S.Pd.", *["Siti Aminah, S.Pd., M.Pd."] * 2] == list(
        map(name_on, days)
    )


def test_undoing_takes_names_back(school: Agency) -> None:
    """Those added go, those corrected are as they were."""
    called(school, "Siti", None, FIRST)
    undo(called(school, "Siti", "S.Pd.", MIDDLE))
    assert [] == names()
    called(school, "Siti", "S.Pd.", MIDDLE)
    before = names()
    undo(called(school, "Siti", "M.Pd.", MIDDLE))
    assert (before, "Siti, S.Pd.") == (names(), name_on(SECOND))


def test_an_older_roster_corrects_the_latest_name(school: Agency) -> None:
    """As its kinds and ranks do: what it says stands from the day of the latest row on."""
    called(school, "Siti", None, FIRST)
    called(school, "Siti", "S.Pd.", SECOND)
    called(school, "Siti", "S.Ag.", MIDDLE)
    assert ["Siti", "Siti", "Siti, S.Ag."] == [name_on(day) for day in (FIRST, MIDDLE, SECOND)]

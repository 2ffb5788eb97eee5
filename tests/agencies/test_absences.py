"""Absences: recorded, overlapping, ended, taken out, and closed by whoever leaves."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from elearn.agencies import absences, actions, queries, rules
from elearn.agencies.absences import Overlaps
from elearn.agencies.models import Absence, Correction, Employee
from elearn.agencies.rules import EVERYTHING, AbsenceKind, LeaveReason
from elearn.core.db import db, new_id
from elearn.core.errors import NotFound
from elearn.core.permissions import SYSTEM, Actor, Grant, Role
from elearn.core.transaction import transaction
from tests.factories.agencies import an_employee, an_opd

TODAY = dt.date(2026, 11, 22)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _today(app: Flask) -> Iterator[None]:
    """All tests of this file happen on 22 November 2026."""
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)):
        yield


def an_absence(
    employee: Employee, started_on: dt.date, ended_on: dt.date | None = None, actor: Actor = SYSTEM
) -> Absence:
    """Somebody studies."""
    with transaction():
        return absences.record(
            actor,
            employee_id=employee.id,
            kind=AbsenceKind.STUDY,
            started_on=started_on,
            ended_on=ended_on,
            reason="SK 800/12",
        )


def end(employee: Employee, absence: Absence, on: dt.date) -> None:
    """Let it end in one transaction."""
    with transaction():
        absences.end(SYSTEM, employee_id=employee.id, absence_id=absence.id, on=on)


def absent_on(day: dt.date) -> list[bool]:
    """Whether each person on a day is absent."""
    return [person.is_absent for person in queries.list_people_on(day, visible=EVERYTHING)]


def sentences() -> list[str]:
    """The corrections about absences."""
    found = db.session.scalars(db.select(Correction).order_by(Correction.id))
    return [each.sentence for each in found if "Tugas belajar" in each.sentence]


def test_an_absence_counts_from_its_first_day_to_its_end() -> None:
    """Recorded for earlier days it is a correction, which names nobody; so is an end that is over."""
    employee = an_employee()
    absence = an_absence(employee, TODAY - 10 * DAY)
    assert [[False], [True], [True]] == [absent_on(TODAY + n * DAY) for n in (-11, -10, 0)]
    end(employee, absence, TODAY - 2 * DAY)
    assert [[True], [False]] == [absent_on(TODAY + n * DAY) for n in (-3, -2)]
    assert [
        "Tugas belajar seorang pegawai dicatat, berlaku sejak 12 November 2026.",
        "Tugas belajar seorang pegawai berakhir, berlaku sejak 20 November 2026.",
    ] == sentences()


def test_one_that_begins_today_corrects_nothing() -> None:
    """Nor one that is planned."""
    an_absence(an_employee(), TODAY)
    an_absence(an_employee(), TODAY + 30 * DAY, TODAY + 60 * DAY)
    assert not sentences()


def test_absences_do_not_overlap() -> None:
    """One reason at a time; one after the other is fine."""
    employee = an_employee()
    an_absence(employee, TODAY - 20 * DAY, TODAY - 10 * DAY)
    for started, ended in ((-15, None), (-25, -19), (-30, None), (-12, -11)):
        with pytest.raises(Overlaps):
            an_absence(employee, TODAY + started * DAY, None if ended is None else TODAY + ended * DAY)
    an_absence(employee, TODAY - 10 * DAY)
    assert 2 == len(absences.list_absences(employee.id))


def test_days_out_of_order_are_refused_at_their_field() -> None:
    """Before the service, ending before it begins, ended twice."""
    employee = an_employee()
    for started, ended, field in ((dt.date(2019, 1, 1), None, "started_on"), (TODAY, TODAY, "ended_on")):
        with pytest.raises(rules.ImpossibleDay) as refusal:
            an_absence(employee, started, ended)
        assert field == refusal.value.field
    absence = an_absence(employee, TODAY - 5 * DAY, TODAY - DAY)
    for on in (TODAY - 6 * DAY, TODAY):
        with pytest.raises(rules.ImpossibleDay):
            end(employee, absence, on)


def test_an_absence_entered_by_mistake_is_taken_out() -> None:
    """Ended on its first day it has never been."""
    employee = an_employee()
    end(employee, an_absence(employee, TODAY - 5 * DAY), TODAY - 5 * DAY)
    assert [] == list(absences.list_absences(employee.id))
    assert [False] == absent_on(TODAY - DAY)


def test_whoever_leaves_is_absent_no_longer() -> None:
    """An open absence ends with the service, a planned one does not come; who has left gets none."""
    employee = an_employee()
    an_absence(employee, TODAY - 20 * DAY)
    with transaction():
        actions.leave(SYSTEM, employee_id=employee.id, on=TODAY, reason=LeaveReason.RETIRED)
    db.session.expire_all()
    assert [TODAY] == [each.ended_on for each in absences.list_absences(employee.id)]
    assert LeaveReason.RETIRED == db.session.get(Employee, employee.id).left_reason
    with pytest.raises(rules.HasLeft):
        an_absence(employee, TODAY)


def test_other_peoples_absences_are_not_found() -> None:
    """HR of one OPD neither records nor ends anything elsewhere, nor under another's name."""
    mine, stranger, other = an_employee(opd := an_opd()), an_employee(), an_employee()
    actor = Actor(new_id(), "hr", "HR", (Grant(Role.HR, opd.id),))
    with pytest.raises(NotFound):
        an_absence(stranger, TODAY, actor=actor)
    absence = an_absence(other, TODAY)
    with pytest.raises(NotFound), transaction():
        absences.end(actor, employee_id=other.id, absence_id=absence.id, on=TODAY + DAY)
    with pytest.raises(NotFound), transaction():
        absences.end(SYSTEM, employee_id=mine.id, absence_id=absence.id, on=TODAY + DAY)

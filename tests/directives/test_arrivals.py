"""Directives to single units: whom they bind through moves and mergers, by when, and who is told."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask

from elearn.agencies import actions as agencies
from elearn.agencies import queries as tree
from elearn.agencies import reorganisation
from elearn.agencies.models import Agency, Employee
from elearn.agencies.rules import EVERYTHING
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction
from elearn.directives import arrivals, binding
from elearn.directives.arrivals import Stay
from elearn.directives.models import Directive
from elearn.reports import queries as reports
from elearn.reports import roll
from tests.factories.agencies import a_unit, an_employee, an_opd
from tests.factories.calendar import morning_of
from tests.factories.directives import an_issued_directive
from tests.factories.pact import a_pact

ISSUED_ON, MOVED_ON, DEADLINE, TODAY = date(2026, 11, 2), date(2026, 11, 16), date(2026, 11, 20), date(2026, 11, 24)
GRACE = timedelta(days=14)
ONE, TWO, ELSEWHERE = UUID(int=1), UUID(int=2), UUID(int=3)


@pytest.fixture(autouse=True)
def _early() -> Iterator[None]:
    """Everything begins on the morning the directives are issued."""
    with morning_of(ISSUED_ON, 8):
        yield


class Office:
    """A health office with two puskesmas and somebody in each, and a directive to the first alone."""

    def __init__(self) -> None:
        self.opd = an_opd(name="Dinas Kesehatan")
        self.addressed, self.other = a_unit(self.opd, "Puskesmas Satu"), a_unit(self.opd, "Puskesmas Dua")
        self.bound, self.free = an_employee(self.addressed), an_employee(self.other)
        self.directive: Directive = an_issued_directive(self.addressed, deadline_on=DEADLINE)


@pytest.fixture
def office(app: Flask) -> Office:
    """The health office."""
    return Office()


def deadlines(day: date = TODAY) -> dict[UUID, date]:
    """By when each of the bound must be done, as the reports have it and as each reads it herself."""
    with morning_of(day, 12):
        lines = roll.list_lines(day, reports.list_asking(day), visible=EVERYTHING)
        own = {
            each.employee_id: [duty.deadline_on for duty in binding.list_obligations(each.account_id, day)[1]]
            for each in tree.list_people_on(day, visible=EVERYTHING)
        }
        found = {who: due[0] for who, due in own.items() if due}
        late = {line.person.employee_id for line in lines if line.standing.is_late}
        assert found.keys() == {line.person.employee_id for line in lines}
        assert late == {who for who, due in found.items() if due < day}
        picture = reports.picture(day, reports.list_asking(day), visible=EVERYTHING).tally
        assert len(late) == sum(each.late for each in picture.values())
        return found


def move(who: Employee, to: Agency) -> None:
    """Somebody begins elsewhere."""
    with morning_of(MOVED_ON, 9), transaction():
        agencies.transfer(SYSTEM, employee_id=who.id, agency_id=to.id, post="Perawat", on=MOVED_ON)


def test_only_the_unit_is_bound(office: Office) -> None:
    """Nobody else of its OPD."""
    assert {office.bound.id: DEADLINE} == deadlines()


def test_who_comes_from_another_unit_of_the_opd_has_time_of_her_own(office: Office) -> None:
    """Although her stay in the OPD goes on; who goes the other way is free."""
    move(office.free, office.addressed)
    move(office.bound, office.other)
    assert {office.free.id: MOVED_ON + GRACE} == deadlines()
    with morning_of(TODAY):
        people = tree.list_people_on(TODAY, visible=EVERYTHING)
        [(_, (duty,))] = binding.obligations([office.directive], people, binding.lineages(TODAY), TODAY)
        assert MOVED_ON == duty.asked_on


def test_a_move_within_the_unit_gives_no_new_time(office: Office) -> None:
    """To a post below it, or to one of another unit that is addressed too."""
    below = a_unit(office.addressed, "Pustu Satu")
    move(office.bound, below)
    assert {office.bound.id: DEADLINE} == deadlines()
    with morning_of(ISSUED_ON):
        an_issued_directive(office.other, a_unit(office.opd, "Puskesmas Tiga"), deadline_on=DEADLINE)
    assert {office.bound.id: DEADLINE, office.free.id: DEADLINE} == deadlines()


def test_a_unit_that_goes_over_into_another_takes_its_duty_along(office: Office) -> None:
    """Its people keep their day; those who were in the other one before are bound since then."""
    with morning_of(MOVED_ON, 9), transaction():
        reorganisation.merge(SYSTEM, [office.addressed], office.other, on=MOVED_ON)
    assert {office.bound.id: DEADLINE, office.free.id: MOVED_ON + GRACE} == deadlines()


@pytest.mark.parametrize("is_addressed_first", [True, False])
def test_who_is_reached_by_a_merger_of_offices_has_time_from_then_on(app: Flask, is_addressed_first: bool) -> None:
    """Whichever of the two goes over into the other; whom the directive bound before keeps her day."""
    addressed, other = an_opd(name="Dinas Kesehatan"), an_opd(name="Dinas Pengendalian Penduduk")
    bound, reached = an_employee(a_unit(addressed, "Puskesmas")), an_employee(a_unit(other, "Balai"))
    an_issued_directive(addressed, deadline_on=DEADLINE)
    former, heir = (addressed, other) if is_addressed_first else (other, addressed)
    with morning_of(MOVED_ON, 9), transaction():
        reorganisation.merge(SYSTEM, [former], heir, on=MOVED_ON)
    assert {bound.id: DEADLINE} == deadlines(MOVED_ON - timedelta(days=1))
    assert {bound.id: DEADLINE, reached.id: MOVED_ON + GRACE} == deadlines()
    with morning_of(TODAY):
        [duty] = binding.list_obligations(reached.account_id, TODAY)[1]
        assert MOVED_ON == duty.asked_on


def test_who_joins_an_office_after_a_merger_has_time_of_her_own(app: Flask) -> None:
    """From her own day on, not from that of the merger."""
    addressed, other = an_opd(name="Dinas Kesehatan"), an_opd(name="Dinas Sosial")
    stayer, late_comer, elsewhere = an_employee(addressed), an_employee(other), an_opd(name="Dinas Perikanan")
    mover = an_employee(elsewhere)
    an_issued_directive(addressed, deadline_on=DEADLINE)
    with morning_of(MOVED_ON, 9), transaction():
        reorganisation.merge(SYSTEM, [addressed, other], elsewhere, on=MOVED_ON)
    moved_on = MOVED_ON + timedelta(days=3)
    with morning_of(moved_on):
        newcomer = an_employee(elsewhere, started_on=moved_on)
    reached = dict.fromkeys((late_comer.id, mover.id), MOVED_ON + GRACE)
    assert {stayer.id: DEADLINE, **reached, newcomer.id: moved_on + GRACE} == deadlines()


def test_the_stay_goes_back_through_what_is_addressed_without_a_break() -> None:
    """As far as one placement ends on the day the next begins, and no farther than its agency is addressed."""
    ever = {ONE: date.min, TWO: date(2026, 3, 1)}
    first = Stay(ONE, date(2026, 1, 1), date(2026, 2, 1))
    second = Stay(ONE, date(2026, 2, 1), date(2026, 4, 1))
    third = Stay(TWO, date(2026, 4, 1), None)
    assert first.started_on == arrivals.since([third, first, second], ever)
    assert date(2026, 3, 1) == arrivals.since([Stay(TWO, date(2026, 1, 1), None)], ever)
    away = Stay(ELSEWHERE, date(2026, 2, 1), date(2026, 4, 1))
    assert third.started_on == arrivals.since([first, away, third], ever)
    gap = Stay(ONE, date(2026, 2, 1), date(2026, 3, 31))
    assert third.started_on == arrivals.since([first, gap, third], ever)
    early = Stay(TWO, date(2026, 2, 1), date(2026, 3, 1))
    assert date(2026, 3, 1) == arrivals.since([early, Stay(ONE, date(2026, 3, 1), None)], ever)


def test_the_report_of_the_directive_counts_the_unit(office: Office) -> None:
    """Its OPD stands there with those who are bound, and with nobody else."""
    a_pact(agency=office.addressed)
    with morning_of(TODAY):
        tally = reports.picture(TODAY, [office.directive], visible=EVERYTHING).tally
        assert {office.opd.id: (2, 1)} == {opd: (each.bound, each.done) for opd, each in tally.items() if each.bound}

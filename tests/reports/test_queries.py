"""A report shows the roster, the directives and the achievements of its day, and of no later one."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from elearn.agencies import actions as agencies
from elearn.agencies.models import Agency, Employee
from elearn.agencies.rules import EVERYTHING, Visible
from elearn.certificates import queries as certificates
from elearn.core import clock, jobs
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction
from elearn.directives.rules import Completion, NoSuchDirective
from elearn.learning import actions as studies
from elearn.learning import queries as learning
from elearn.pact import queries as pact
from elearn.quiz import actions as quiz
from elearn.reports import queries, roll
from elearn.reports.queries import Picture
from elearn.reports.rules import Figures
from tests.factories.agencies import a_unit, an_employee, an_opd
from tests.factories.directives import an_issued_directive
from tests.factories.pact import SLUG, a_learner, a_pact, actor_of, published_texts, who_passed

DAY = timedelta(days=1)


def picture_on(day: date, *, directive_id: Any = None, visible: Visible = EVERYTHING) -> Picture:
    """The picture of a day."""
    return queries.picture(day, queries.list_asking(day, directive_id), visible=visible)


def figures_of(opd: Agency, day: date | None = None) -> Figures:
    """The figures of one OPD on a day, today by default."""
    return picture_on(day or clock.today()).tally.get(opd.id, Figures())


def a_student(opd: Agency, *, has_passed: bool = True) -> Employee:
    """Somebody who has begun the module by its own door, and passed its quiz."""
    employee = a_learner(agency=opd)
    actor = actor_of(employee)
    with transaction():
        attempt = studies.start_quiz(actor, slug=SLUG)
    if has_passed:
        with transaction():
            quiz.save_answer(actor, attempt_id=attempt.id, position=1, choice=["a"])
        with transaction():
            quiz.submit(actor, attempt_id=attempt.id)
    return employee


def test_each_person_stands_at_the_furthest_point(app: Flask) -> None:
    """One at each of the five points, in one OPD and its units."""
    opd = an_opd()
    unit = a_unit(opd)
    published_texts()
    an_employee(unit)
    who_passed(agency=unit)
    a_pact(agency=opd)
    jobs.queue().flush()
    certified = a_pact(agency=opd)
    jobs.perform("certificates.issue", str(certified.id))
    an_issued_directive(opd)
    expected = Figures(not_started=1, learning=0, passed=1, signed=1, certified=1, late=0, not_activated=1)
    assert expected == figures_of(opd)
    assert 0.5 == figures_of(opd).percent


def test_a_transfer_moves_a_person_between_the_rows_from_its_day_on(app: Flask) -> None:
    """The report of an earlier day does not change."""
    left, entered = an_opd(), an_opd()
    employee = an_employee(left)
    an_employee(entered)
    with time_machine.travel(clock.now() - 10 * DAY):
        an_issued_directive()
    today = clock.today()
    with transaction():
        agencies.transfer(SYSTEM, employee_id=employee.id, agency_id=entered.id, post="Analis", on=today - 3 * DAY)
    assert (1, 1) == (figures_of(left, today - 4 * DAY).bound, figures_of(entered, today - 4 * DAY).bound)
    assert (0, 2) == (figures_of(left, today - 3 * DAY).bound, figures_of(entered, today - 3 * DAY).bound)


def test_what_came_later_is_not_in_the_report_of_a_day(app: Flask) -> None:
    """Neither a directive, nor a signature, nor a lateness."""
    opd = an_opd()
    published_texts()
    with time_machine.travel(clock.now() - 10 * DAY):
        learner = who_passed(agency=opd)
        an_issued_directive(opd, deadline_on=clock.today() + 5 * DAY)
    with time_machine.travel(clock.now() - 2 * DAY):
        a_pact(learner)
    today = clock.today()
    assert 0 == figures_of(opd, today - 11 * DAY).bound
    on_time, late, done = (figures_of(opd, today - days * DAY) for days in (5, 4, 2))
    assert (1, 0) == (on_time.passed, on_time.late)
    assert (1, 1) == (late.passed, late.late)
    assert (1, 0) == (done.signed, done.late)


def test_the_earliest_of_several_deadlines_counts(app: Flask) -> None:
    """Two directives for one module bind a person once; each alone has its own course."""
    opd = an_opd()
    an_employee(opd)
    with time_machine.travel(clock.now() - 10 * DAY):
        first = an_issued_directive(opd, deadline_on=clock.today() + DAY)
        second = an_issued_directive(deadline_on=clock.today() + 60 * DAY)
    whole = picture_on(clock.today())
    assert (1, 1) == (whole.total.bound, whole.total.late)
    assert [1, 0] == [whole.course_of(directive).late for directive in (first, second)]
    assert 0 == picture_on(clock.today(), directive_id=second.id).total.late


def test_a_directive_of_a_later_day_was_not_in_force(app: Flask) -> None:
    """Asking for it is asking for nothing."""
    an_employee()
    directive = an_issued_directive()
    with pytest.raises(NoSuchDirective):
        queries.list_asking(clock.today() - DAY, directive.id)


def test_only_agencies_in_sight_are_counted(app: Flask) -> None:
    """The roster is cut before it is counted."""
    own, other = an_opd(), an_opd()
    an_employee(own)
    an_employee(other)
    an_issued_directive()
    seen = picture_on(clock.today(), visible=Visible(all=False, agency_ids=frozenset({own.id})))
    assert [own.id] == list(seen.tally)
    assert 0 == picture_on(clock.today(), visible=Visible(all=False)).total.bound


def test_the_statement_agrees_with_the_milestones_of_the_rooms(app: Flask) -> None:
    """What is read here in one statement is what learning, pact and certificates say."""
    opd = an_opd()
    a_student(opd, has_passed=False)
    a_student(opd)
    certified = a_pact(a_student(opd))
    jobs.perform("certificates.issue", str(certified.id))
    an_issued_directive(opd)
    today, until = clock.today(), clock.end_of(clock.today())
    lines = roll.list_lines(today, queries.list_asking(today), visible=EVERYTHING, agency_id=opd.id)
    begun, signed = learning.milestones(SLUG, until), pact.milestones(SLUG, until)
    issued = certificates.milestones(SLUG, until)
    for line in lines:
        account = line.person.account_id
        steps = begun.get(account)
        expected = Completion(
            steps and steps.started_at, steps and steps.passed_at, signed.get(account), issued.get(account)
        )
        assert (expected,) == line.completions
    assert [1, 2, 4] == sorted(line.standing.stage for line in lines)

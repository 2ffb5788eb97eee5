"""The course of completion from day to day is what the picture of each day says."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from elearn.agencies import actions as agencies
from elearn.agencies import reorganisation
from elearn.agencies.models import EmployeeGrade
from elearn.agencies.rules import EVERYTHING, EmployeeKind
from elearn.core import clock
from elearn.core.db import db
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction
from elearn.directives.duties import Order, Place, Target, Terms, obligations
from elearn.reports import asking, queries, roll, rules, trend
from elearn.reports.course import NEVER, Point, Stay, agenda, course
from elearn.reports.rules import DaysInDisorder
from tests.factories.agencies import an_employee, an_opd
from tests.factories.directives import an_issued_directive
from tests.factories.pact import a_pact, who_passed

FIRST = date(2026, 11, 1)
DAY = timedelta(days=1)
DAYS = [FIRST + n * DAY for n in range(20)]
ROOT, HEALTH, SCHOOLS = (UUID(int=n) for n in (1, 2, 3))
PLACES = [
    Place((ROOT, opd), kind, group, employee_id)
    for opd in (HEALTH, SCHOOLS)
    for kind in ("PNS", "PPPK")
    for group, employee_id in ((None, None), ("pengawas", UUID(int=9)))
]

days = st.sampled_from(DAYS)
targets = st.builds(
    Target,
    st.sets(st.sampled_from((ROOT, HEALTH, SCHOOLS)), min_size=1).map(frozenset),
    st.sampled_from((frozenset({"PNS"}), frozenset({"PNS", "PPPK"}))),
    post_groups=st.sampled_from((frozenset(), frozenset({"pengawas"}))),
    excepted_people=st.sampled_from((frozenset(), frozenset({UUID(int=9)}))),
)
terms = st.builds(Terms, st.none() | st.just(1), st.none() | days, st.booleans())
orders = st.builds(Order, targets, st.sampled_from((("a",), ("a", "b"))), days, st.just(DAYS[-1]), terms=terms)


@st.composite
def stay(draw: st.DrawFn) -> Stay:
    """Somebody's only stay, of at least a day."""
    first = draw(days)
    last = draw(st.none() | st.integers(1, 20))
    return Stay(draw(st.uuids()), draw(st.sampled_from(PLACES)), first, first + last * DAY if last else NEVER)


def by_hand(
    in_force: list[Order], stays: list[Stay], absences: dict[Any, Any], signed: dict[Any, Any], day: date
) -> Point:
    """The slow and obvious way: each person asked about one day."""
    orders = [order for order in in_force if order.issued_on <= day]
    bound = done = 0
    for each in stays:
        is_away = any(first <= day < until for first, until in absences.get(each.account_id, ()))
        duties = obligations(orders, each.place, day)
        if each.started_on <= day < each.ended_on and not is_away and duties:
            bound += 1
            dates = signed.get(each.account_id, {})
            done += all(
                any(d <= day and d >= (duty.demand.since or date.min) for d in dates.get(duty.module_slug, ()))
                for duty in duties
            )
    return Point(day, bound, done)


@given(st.lists(orders, max_size=3), st.lists(stay(), max_size=8, unique_by=lambda each: each.account_id), st.data())
def test_the_course_is_what_each_day_says_by_itself(in_force: list[Order], stays: list[Stay], data: Any) -> None:
    """Over random orders, stays, absences and signatures."""
    accounts = [each.account_id for each in stays]
    spans = st.lists(st.tuples(days, days).map(lambda pair: (min(pair), max(pair) + DAY)), max_size=2)
    absences = {account: data.draw(spans) for account in accounts}
    signed = {
        account: {slug: sorted(data.draw(st.sets(days, max_size=3))) for slug in ("a", "b")} for account in accounts
    }
    agendas = [agenda([order for order in in_force if order.issued_on <= day], day) for day in DAYS]
    expected = [by_hand(in_force, stays, absences, signed, day) for day in DAYS]
    assert expected == course(DAYS, agendas, stays, absences=absences, signed=signed)


@given(st.integers(1, rules.LONGEST))
def test_a_course_ends_on_its_day_and_is_told_at_most_so_often(length: int) -> None:
    """Each day of a short time, each week of a long one, never a day before its beginning."""
    since = FIRST - length * DAY
    told = rules.days_between(since, FIRST)
    assert FIRST == told[-1]
    assert since <= told[0] < since + 7 * DAY
    assert len(told) <= 106
    assert sorted(set(told)) == told


@pytest.mark.parametrize("length", [0, -1, rules.LONGEST + 1])
def test_a_course_needs_a_time(length: int) -> None:
    """A time that is none, or longer than two years, is refused."""
    with pytest.raises(DaysInDisorder):
        rules.days_between(FIRST - length * DAY, FIRST)


def test_the_course_agrees_with_the_picture_of_each_day(app: Flask) -> None:
    """Joins, transfers, an absence of none and signatures, through the tables."""
    left, entered = an_opd(), an_opd()
    with time_machine.travel(clock.now() - 12 * DAY):
        first = who_passed(agency=left)
        an_employee(entered)
        an_issued_directive(left, deadline_on=clock.today() + 3 * DAY)
    with time_machine.travel(clock.now() - 6 * DAY):
        a_pact(first)
        second = an_employee(left, started_on=clock.today())
        an_issued_directive(deadline_on=clock.today() + 20 * DAY)
    today = clock.today()
    with transaction():
        agencies.transfer(SYSTEM, employee_id=second.id, agency_id=entered.id, post="Analis", on=today - 2 * DAY)
    asked = asking.asked({"sejak": str(today - 14 * DAY)}, SYSTEM, known=frozenset({"sejak"}))
    found = trend.points(asked)
    assert 15 == len(found)
    for point in found:
        picture = queries.picture(point.day, queries.list_asking(point.day), visible=asked.visible)
        assert (point.bound, point.done) == (picture.total.bound, picture.total.done), point.day
    assert {0, 1, 3} == {point.bound for point in found}


def test_a_day_is_told_by_its_own_tree_and_kinds(app: Flask) -> None:
    """Who served where another agency merged in later, and who was of another kind, was not bound before."""
    today = clock.today()
    former, heir = an_opd(), an_opd()
    an_employee(former)
    stays, rises = an_employee(heir), an_employee(heir)
    with time_machine.travel(clock.now() - 8 * DAY):
        an_issued_directive(former, deadline_on=today + 20 * DAY, kinds=frozenset({"PNS"}))
    with transaction():
        reorganisation.merge(SYSTEM, [former], heir, on=today - 3 * DAY)
        for since, kind in ((today - 400 * DAY, EmployeeKind.CPNS), (today - DAY, EmployeeKind.PNS)):
            db.session.add(EmployeeGrade(employee_id=rises.id, since=since, kind=kind))
    asked = asking.asked({"sejak": str(today - 9 * DAY)}, SYSTEM, known=frozenset({"sejak"}))
    found = {(today - point.day).days: point.bound for point in trend.points(asked)}
    assert [0, 1, 1, 2, 2, 3, 3] == [found[back] for back in (9, 8, 4, 3, 2, 1, 0)]
    for point in trend.points(asked):
        picture = queries.picture(point.day, queries.list_asking(point.day), visible=asked.visible)
        assert point.bound == picture.total.bound, point.day
    assert stays.kind is EmployeeKind.PNS


def test_a_report_of_a_day_knows_the_kind_and_the_rank_of_that_day(app: Flask) -> None:
    """Before the first row on record it was as that row says."""
    today, opd = clock.today(), an_opd()
    rises = an_employee(opd, rank="III/b")
    with time_machine.travel(clock.now() - 8 * DAY):
        an_issued_directive(opd)
    with transaction():
        for since, rank in ((today - 5 * DAY, "II/d"), (today - 2 * DAY, "III/b")):
            db.session.add(EmployeeGrade(employee_id=rises.id, since=since, kind=EmployeeKind.PNS, rank=rank))
    for back, group, rank in ((7, "II", "II/d"), (5, "II", "II/d"), (2, "III", "III/b"), (0, "III", "III/b")):
        day = today - back * DAY
        in_force = queries.list_asking(day)
        [found] = queries.picture(day, in_force, visible=EVERYTHING, by={"rank"}).groups
        [line] = roll.list_lines(day, in_force, visible=EVERYTHING)
        assert (group, rank) == (found.rank, line.person.rank), back

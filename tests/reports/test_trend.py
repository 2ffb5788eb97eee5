"""The course of completion between two days says of each day what the picture of that day says."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from elearn.agencies.rules import EmployeeKind, PostGroup
from elearn.core import clock
from elearn.core.permissions import SYSTEM, Actor, Role
from elearn.core.transaction import transaction
from elearn.directives import actions as directives
from elearn.directives import exemptions
from elearn.directives.duties import months_before
from elearn.reports import asking, trend
from elearn.reports.course import Point
from elearn.reports.rules import DaysInDisorder
from tests.conftest import _empty
from tests.drawn import a_few
from tests.factories.accounts import an_actor
from tests.factories.agencies import an_employee, an_opd
from tests.factories.directives import an_issued_directive
from tests.factories.populations import Letter, Life, Round, laid_down, letters, lives

DAY = timedelta(days=1)
KNOWN = asking.EVERY_FILTER | {"sejak"}


def asked(reader: Actor = SYSTEM, *, per: int = 0, since: int = 20, **args: str) -> asking.Asked:
    """A course that begins and ends so many days ago."""
    days = {"per": str(clock.today() - per * DAY), "sejak": str(clock.today() - since * DAY)}
    return asking.asked({**days, **args}, reader, known=KNOWN)


def told(reader: Actor = SYSTEM, **args: Any) -> dict[int, tuple[int, int]]:
    """The bound and the done of each day, by how many days ago it was; each as the picture of that day has it."""
    wanted = asked(reader, **args)
    for point in trend.points(wanted):
        assert by_picture(wanted, point.day) == point
    return course(reader, **args)


def course(reader: Actor = SYSTEM, **args: Any) -> dict[int, tuple[int, int]]:
    """The same without looking at the pictures."""
    return {(clock.today() - each.day).days: (each.bound, each.done) for each in trend.points(asked(reader, **args))}


def by_picture(wanted: asking.Asked, day: date) -> Point:
    """What the report of a day says to the same reader."""
    args = {"per": str(day), "jenis": wanted.kind, "jabatan": wanted.post_group}
    if wanted.agency:
        args["opd"] = wanted.agency.code
    of_day = asking.asked(args, wanted.reader)
    total = of_day.picture.total
    return Point(day, total.bound, total.done)


@a_few(5)
@given(
    people=st.lists(lives, min_size=6, max_size=12),
    orders=st.lists(letters, min_size=1, max_size=3),
    per=st.integers(0, 20),
    length=st.sampled_from((12, 70)),
    narrowed=st.sampled_from(({}, {"jenis": "cpns"}, {"jabatan": "belum-dicatat"})),
)
def test_a_course_is_the_pictures_of_its_days(
    url: str, people: Any, orders: Any, per: int, length: int, narrowed: dict[str, str]
) -> None:
    """Of the regency and of an OPD, of a kind and of a group of posts; day by day and week by week."""
    _empty(url)
    opd = laid_down(people, orders)[0]
    whole = told(per=per, since=per + length, **narrowed)
    assert (11 if length > 62 else 13) == len(whole)
    officer = an_actor(Role.OPD_OFFICER, agency_id=opd.id)
    assert course(per=per, since=per + length, opd=opd.code) == told(officer, per=per, since=per + length)


def laid(*people: Life, asked: Letter | None = None) -> None:
    """A regency of these people who are asked one thing."""
    laid_down(list(people), [asked or Letter()])


def test_a_course_has_both_its_first_and_its_last_day(app: Flask) -> None:
    """Each day once, whoever was bound; before the issue nobody."""
    laid(Life(rounds=(Round(9, (0, 3)),)), Life(), asked=Letter(issued=12))
    found = told(since=14)
    assert list(range(14, -1, -1)) == list(found)
    assert [(0, 0), (2, 0), (2, 0), (2, 1), (2, 1)] == [found[back] for back in (13, 12, 7, 6, 0)]


def test_of_a_long_time_what_happened_within_a_week_is_told_at_its_end(app: Flask) -> None:
    """Who came and went between two points is in neither; who signed between them is done at the next."""
    laid(
        Life(rounds=(Round(25, (0, 0)),)),
        Life(stays=((26, 0),), left=22),
        Life(away=(26, 4)),
    )
    weekly, daily = told(since=70), told(per=20, since=28)
    assert list(range(70, -1, -7)) == list(weekly)
    assert [(2, 0), (2, 1)] == [weekly[back] for back in (28, 21)] == [daily[back] for back in (28, 21)]
    assert [(2, 0), (2, 0), (2, 1), (2, 1), (2, 1)] == [daily[back] for back in (27, 26, 25, 23, 22)]


@pytest.mark.parametrize("since", [-3, 0, 2, 736])
def test_a_course_of_no_time_or_of_years_is_refused(app: Flask, since: int) -> None:
    """With a sentence about its beginning, also where that is a day to come."""
    with pytest.raises(DaysInDisorder, match="Awal masa laporan"):
        trend.points(asked(per=2, since=since))


def test_a_result_that_lapses_takes_its_day_with_it(app: Flask) -> None:
    """And one that is renewed brings it back; a revoked certificate changes nothing of what was signed."""
    laid(Life(rounds=(Round(40, (0, 0, 0), revoked_after=1), Round(5, (0, 0)))), asked=Letter(valid_months=1))
    found = told(since=14)
    lapsed = [back for back, point in found.items() if point == (1, 0)]
    lasts = max(
        day for day in (clock.today() - back * DAY for back in range(40)) if months_before(day, 1) <= _ago(40)
    )
    assert list(range((clock.today() - lasts).days - 1, 5, -1)) == lapsed
    assert {(1, 1)} == {found[back] for back in found if back not in lapsed}


@pytest.mark.parametrize("revoked_after", [0, 3, 5])
def test_a_quiz_failed_by_a_later_decision_was_passed_on_no_day(app: Flask, revoked_after: int) -> None:
    """Neither the course nor the picture of a day has her, be it between her certificate and the decision."""
    one = Round(9, (1, 1, 1), is_failed_later=True, revoked_after=revoked_after)
    laid(Life(rounds=(one,)), Life(rounds=(Round(9, (1, 1, 1), revoked_after=revoked_after),)))
    assert [(2, 0)] * 5 + [(2, 1)] * 8 == list(told(since=12).values())


def _ago(back: int) -> date:
    return clock.today() - back * DAY


def test_who_is_exempted_or_away_is_not_bound_for_that_time(app: Flask) -> None:
    """From the first such day to the one before the last; then again."""
    laid(Life(), Life(away=(9, 3)), Life(), asked=Letter(exempt=(2, 8, 5)))
    bound = {back: bound for back, (bound, _) in told(since=12).items()}
    assert [3, 2, 1, 1, 2, 2, 3] == [bound[back] for back in (10, 9, 8, 7, 6, 4, 3)]


def test_a_kind_is_that_of_its_day(app: Flask) -> None:
    """Of CPNS those who were such then; of a group of posts those who hold one."""
    laid(Life(was=(EmployeeKind.CPNS, 4)), Life(group=PostGroup.FUNCTIONAL))
    found = told(since=8, jenis="cpns")
    assert [(1, 0), (1, 0), (0, 0)] == [found[back] for back in (8, 5, 4)]
    assert {(1, 0)} == set(told(since=8, jabatan="fungsional").values())


def test_an_ended_directive_is_no_longer_asked_unless_by_name(app: Flask) -> None:
    """By name it is looked at on every day since its issue."""
    an_employee()
    with time_machine.travel(clock.now() - 9 * DAY):
        issued = an_issued_directive()
    with time_machine.travel(clock.now() - 4 * DAY), transaction():
        directives.close(SYSTEM, directive_id=issued.id, note="Selesai")
    found = told(since=12)
    assert [0, 1, 1, 0, 0] == [found[back][0] for back in (10, 9, 5, 4, 0)]
    by_name = trend.points(asked(since=12, arahan=str(issued.id)))
    assert [0, 0, 0] + [1] * 10 == [point.bound for point in by_name]


def test_what_is_exempted_after_the_fact_changes_the_course_and_is_noted(app: Flask) -> None:
    """The same for ever unless a correction was recorded, and then the table says so."""
    with time_machine.travel(clock.now() - 9 * DAY):
        free, hr = an_employee(), an_actor(Role.HR)
        issued = an_issued_directive()
    before = trend.table(asked(per=2, since=9))
    with transaction():
        exemptions.exempt(hr, directive_id=issued.id, nip=free.nip, reason="Sakit", from_on=clock.today() - 4 * DAY)
    after = trend.table(asked(per=2, since=9))
    assert [row["bound"] for row in after.rows] == [1, 1, 1, 1, 1, 0, 0, 0]
    assert [row["bound"] for row in before.rows] == [1] * 8
    assert [] == [name for name, _ in before.notes if name.startswith("Koreksi")]
    assert 1 == len([name for name, _ in after.notes if name.startswith("Koreksi")])
    assert trend.table(asked(per=5, since=9)).rows == before.rows[:5]


def test_a_table_has_a_row_a_day_and_no_share_of_nobody(app: Flask) -> None:
    """With the time it is about among its notes."""
    opds = an_opd(), an_opd()
    for opd in opds:
        an_employee(opd)
    an_issued_directive(opds[0])
    table = trend.table(asked(since=1))
    assert [(1, 0, 0, None), (0, 1, 0, 0.0)] == [
        ((clock.today() - row["day"]).days, row["bound"], row["done"], row["percent"]) for row in table.rows
    ]
    assert {"Per tanggal", "Sejak", "Arti angka"} <= {name for name, _ in table.notes}

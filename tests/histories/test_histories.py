"""Whatever happens in a regency, in whatever order and entered however late: reports of a day tell what was so."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from elearn.agencies import queries as agencies
from elearn.agencies.rules import EVERYTHING
from elearn.core.db import db
from elearn.directives import binding
from elearn.directives.rules import DONE
from elearn.reports import queries as reports
from elearn.reports import roll
from elearn.reports.groups import BY_PERSON
from tests.conftest import _empty
from tests.drawn import a_few
from tests.factories.calendar import morning_of
from tests.histories.deeds import Regency
from tests.histories.reference import Stands, World

FIRST = dt.date(2026, 3, 2)
OFTEN = ("join", "move", "issue", "complete", "exempt")
SELDOM = (
    "leave",
    "be_absent",
    "come_back",
    "promote",
    "gain_title",
    "call",
    "mend_name",
    "found",
    "rename",
    "close",
    "merge",
    "split",
    "end",
    "bind_again",
)
LAZY = 4
"""The end of a day is read when the next thing happens more than so many days later."""
UNIT = 3
"""How many agencies stand above a unit, itself included."""
number = st.integers(0, 719)
moments = st.tuples(st.sampled_from(OFTEN * 2 + SELDOM), number, number, number, st.integers(0, 12))
histories = st.lists(moments, min_size=12, max_size=28)
BEGINNING = [("join", n, n % 3, 0, 0) for n in range(2, 8)] + [("issue", 1, 1, 3, 1), ("join", 4, 0, 0, 5)]
"""Everything begins with some people and a directive."""


@dataclass
class Reading:
    """What the house said of a day when it was over."""

    day: dt.date
    told: dict[UUID, Stands]
    names: dict[UUID, str]


@dataclass
class Telling:
    """A history as it goes on, and what was read on the way."""

    regency: Regency
    day: dt.date = FIRST
    readings: list[Reading] = field(default_factory=list)

    def go(self, history: list[tuple[str, int, int, int, int]]) -> None:
        """Do one thing after the other; when days pass, read what is said of the one that is over."""
        for deed, a, b, c, gap in history:
            with morning_of(self.day):
                self.regency.do(deed, a, b, c)
            if gap > LAZY:
                with morning_of(self.day, 20):
                    self.readings.append(Reading(self.day, said_of(self.day), named_on(self.day)))
            self.day += dt.timedelta(days=gap)


def said_of(day: dt.date) -> dict[UUID, Stands]:
    """How everybody bound stands, as the report of a day says person by person."""
    db.session.rollback()
    db.session.expire_all()
    lines = roll.list_lines(day, reports.list_asking(day), visible=EVERYTHING)
    return {line.person.employee_id: Stands(line.standing.stage >= DONE, line.standing.is_late) for line in lines}


def named_on(day: dt.date) -> dict[UUID, str]:
    """What everybody who serves is called, as the roster of the day says."""
    return {each.employee_id: each.name for each in agencies.list_people_on(day, visible=EVERYTHING)}


def listed_on(day: dt.date) -> list[tuple[UUID, str]]:
    """The same of those whom the lists of the report name, line by line and in the picture of everybody."""
    asking = reports.list_asking(day)
    people = [line.person for line in roll.list_lines(day, asking, visible=EVERYTHING)]
    shown = [each.who for each in reports.picture(day, asking, visible=EVERYTHING, by=[BY_PERSON]).people]
    return [(who.employee_id, who.name) for who in (*people, *shown)]


def tallied(day: dt.date) -> dict[Any, tuple[int, int, int]]:
    """Who is bound, done and late by OPD, as the report of the regency says."""
    tally = reports.picture(day, reports.list_asking(day), visible=EVERYTHING).tally
    return {opd: (figures.bound, figures.done, figures.late) for opd, figures in tally.items()}


def counted(world: World, day: dt.date) -> dict[Any, tuple[int, int, int]]:
    """The same on paper."""
    bound, done, late = Counter[Any](), Counter[Any](), Counter[Any]()
    for opd, stands in world.figures(day):
        bound[opd] += 1
        done[opd] += stands.is_done
        late[opd] += stands.is_late
    return {opd: (bound[opd], done[opd], late[opd]) for opd in bound}


def up_the_tree(world: World, day: dt.date) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """At the root and each OPD the figures of its report, and the sum of what is right at each one below it."""
    picture = reports.picture(day, reports.list_asking(day), visible=EVERYTHING)
    leaves = {unit: (each.bound, each.done) for unit, each in picture.by(lambda group: group.agency_id).items()}
    for unit in (each for each in world.units if len(world.above(each)) < UNIT):
        own = reports.picture(day, picture.directives, visible=EVERYTHING, agency_id=unit).total
        below = [leaves.get(each, (0, 0)) for each in world.below(unit)]
        yield (own.bound, own.done), (sum(each[0] for each in below), sum(each[1] for each in below))


@a_few(6)
@given(history=histories)
def test_every_report_tells_what_was_so(url: str, history: list[tuple[str, int, int, int, int]]) -> None:
    """Who is bound, done and late; totals are sums; a day's report stays the same unless a correction says so."""
    _empty(url)
    with morning_of(FIRST - dt.timedelta(days=1)):
        told = Telling(Regency())
    told.go([*BEGINNING, *history, ("found", 0, 0, 0, 9)])
    world = told.regency.world
    with morning_of(told.day):
        for reading in told.readings:
            now = said_of(reading.day)
            assert world.report(reading.day) == now, reading.day
            assert counted(world, reading.day) == tallied(reading.day), reading.day
            names = named_on(reading.day)
            assert names == {who: world.called(who, reading.day) for who in names}, reading.day
            assert set(listed_on(reading.day)) <= names.items(), reading.day
            assert (now, names) == (reading.told, reading.names) or reports.corrections(reading.day), reading.day
            names = agencies.names_on(reading.day)
            assert {unit: world.name(unit, reading.day) for unit in world.units} == names
        for figures, summed in up_the_tree(world, told.readings[-1].day):
            assert figures == summed
        _what_people_are_told(world, told.day)


def _what_people_are_told(world: World, day: dt.date) -> None:
    """On her own first page everybody sees the directives that bind her."""
    for who in world.people:
        account_id = agencies.get_employee(who, visible=EVERYTHING).account_id
        bound = {order for order in world.orders if world.orders[order] in _binding(world, who, day)}
        assert bound == {each.id for each in binding.list_directives(account_id, day)}


def _binding(world: World, who: UUID, day: dt.date) -> list[Any]:
    return [order for order in world.in_force(day) if world.is_bound(order, who, day)]

"""Counting people alike together is counting them one by one; a group tells no more than what sets people apart."""

from collections.abc import Callable
from datetime import date, timedelta
from operator import attrgetter
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from elearn.agencies import absences
from elearn.agencies import actions as agencies
from elearn.agencies.models import Agency
from elearn.agencies.rules import EVERYTHING, AbsenceKind, EmployeeKind, LeaveReason, PersonOn, PostGroup, Visible
from elearn.core import clock
from elearn.core.db import db
from elearn.core.permissions import SYSTEM, Role
from elearn.core.transaction import transaction
from elearn.directives import exemptions
from elearn.directives.duties import Target
from elearn.reports import queries, rules
from elearn.reports.queries import Group, Picture
from elearn.reports.rules import Figures
from tests.conftest import _empty
from tests.drawn import a_few
from tests.factories.accounts import an_actor
from tests.factories.agencies import a_unit, an_employee, an_opd
from tests.factories.directives import KINDS, an_issued_directive
from tests.factories.populations import laid_down, letters, lives
from tests.reports.reference import one_by_one

DAY = timedelta(days=1)


def picture_on(day: date, *by: str, visible: Visible = EVERYTHING) -> Picture:
    """The picture of a day, told apart by some aspects."""
    return queries.picture(day, queries.list_asking(day), visible=visible, by=by)


def groups_on(day: date, *by: str) -> list[Group]:
    """The groups of a day."""
    return list(picture_on(day, *by).groups)


def sizes(*by: str) -> list[int]:
    """How many people each group of today has, the largest first."""
    return sorted((group.people for group in groups_on(clock.today(), *by)), reverse=True)


def figures_of_each(picture: Picture) -> dict[UUID, Figures]:
    """What a picture with names says of each person."""
    each = ((at.who.employee_id, at.standing, 1, bool(at.group.not_activated)) for at in picture.people)
    return rules.count(each)


def rank_group(person: PersonOn) -> str | None:
    """The group of ranks of somebody; a rank that is none of a PNS is none."""
    group, slash, _ = (person.rank or "").partition("/")
    return "PPPK" if person.kind is EmployeeKind.PPPK else group if slash else None


ASPECTS: list[tuple[str, Callable[[PersonOn], Any], Callable[[Any], Any]]] = [
    ("kind", attrgetter("kind"), attrgetter("kind")),
    ("post_group", attrgetter("post_group"), attrgetter("post_group")),
    ("rank", rank_group, attrgetter("rank")),
]


@a_few(4)
@given(
    people=st.lists(lives, min_size=6, max_size=12),
    orders=st.lists(letters, min_size=1, max_size=3),
    back=st.lists(st.integers(0, 80), min_size=2, max_size=2, unique=True),
)
def test_counting_by_groups_is_counting_one_by_one(url: str, people: Any, orders: Any, back: list[int]) -> None:
    """By agency, kind, group of posts and group of ranks, of the regency and of a part, on several days."""
    _empty(url)
    offices = laid_down(people, orders)
    part = Visible(all=False, agency_ids=frozenset(office.id for office in offices[1:4]))
    for day in (clock.today() - days * DAY for days in back):
        for visible in (EVERYTHING, part):
            found = picture_on(day, visible=visible)
            assert one_by_one(day, visible, attrgetter("agency_id")) == found.by(attrgetter("agency_id"))
        for aspect, row, of_group in ASPECTS:
            assert one_by_one(day, EVERYTHING, row) == picture_on(day, aspect).by(of_group), (day, aspect)
        named = picture_on(day, "person")
        assert one_by_one(day, EVERYTHING, attrgetter("agency_id")) == named.by(attrgetter("agency_id"))
        assert one_by_one(day, EVERYTHING, attrgetter("employee_id")) == figures_of_each(named)


# what a group tells


def test_people_alike_are_one_group(app: Flask) -> None:
    """Whatever their kind, post and rank, as long as neither directive nor report looks at these."""
    opd = an_opd()
    for facts in ({}, {"rank": "IV/a", "post_group": PostGroup.TOP}, {"kind": EmployeeKind.PPPK, "rank": "IX"}):
        an_employee(opd, **facts)
    an_employee(a_unit(opd))
    an_issued_directive()
    assert [3, 1] == sizes()
    assert [2, 1, 1] == sizes("kind")
    assert [2, 1, 1] == sizes("post_group")
    assert [1, 1, 1, 1] == sizes("rank")
    assert [3, 1] == sizes("person")
    assert [4] == [sum(group.not_activated for group in groups_on(clock.today()))]


@pytest.mark.parametrize(
    ("aspect", "looks"),
    [
        ("kind", {"kinds": frozenset({"PNS"})}),
        ("kind", {"deadlines": {"PPPK": date(2030, 1, 1)}}),
        ("post_group", {"post_groups": frozenset({"fungsional"})}),
    ],
)
def test_what_a_directive_looks_at_is_told_apart(app: Flask, aspect: str, looks: dict[str, Any]) -> None:
    """The kind where it binds only some or has a day of its own for one; the group of posts where it names any."""
    opd = an_opd()
    for facts in ({"kind": EmployeeKind.PNS, "rank": "III/c"}, {"kind": EmployeeKind.PPPK, "rank": "IX"}):
        an_employee(opd, post_group=PostGroup.FUNCTIONAL, **facts)
        an_employee(opd, **facts)
    with time_machine.travel(clock.now() - 2 * DAY):
        an_issued_directive()
    assert [4] == sizes()
    asked = {"kinds": KINDS, **looks}
    deadlines = asked.pop("deadlines", {})
    an_issued_directive(target=Target(frozenset({opd.id}), **asked), deadlines=deadlines)
    assert [2, 2] == sizes()
    assert 2 == len({getattr(group, aspect) for group in groups_on(clock.today())})


def test_who_is_named_or_came_later_stands_apart(app: Flask) -> None:
    """The named by herself, the newcomers of one day together; who was there before the first directive is not."""
    opd, today = an_opd(), clock.today()
    named, *_ = (an_employee(opd) for _ in range(4))
    with time_machine.travel(clock.now() - 9 * DAY):
        an_issued_directive(opd)
    for _ in range(2):
        an_employee(opd, started_on=today - 5 * DAY)
    assert [4, 2] == sizes()
    assert {today - 5 * DAY, None} == {group.joined_on for group in groups_on(today)}
    an_issued_directive(target=Target(frozenset({opd.id}), KINDS, excepted_people=frozenset({named.id})))
    assert [3, 2, 1] == sizes()
    assert {named.id, None} == {group.employee_id for group in groups_on(today)}


def test_everybody_is_listed_by_name_where_names_were_asked_for(app: Flask) -> None:
    """With the titles, the late first, then in the order of names; without names nobody is listed."""
    opd, today = an_opd(), clock.today()
    siti, budi = an_employee(opd, name="Siti Rahma", title_after="S.Pd."), an_employee(opd, name="Budi")
    only_siti = Target(frozenset(), KINDS, people=frozenset({siti.id}))
    with time_machine.travel(clock.now() - 9 * DAY):
        an_issued_directive(opd, deadline_on=today + 5 * DAY)
        an_issued_directive(target=only_siti, deadline_on=today - 4 * DAY)

    def listed(picture: Picture) -> list[tuple[Any, ...]]:
        return [(at.who.employee_id, at.who.name, at.who.nip, at.days_late) for at in picture.people]

    late, in_time = (siti.id, "Siti Rahma, S.Pd.", siti.nip, 4), (budi.id, "Budi", budi.nip, 0)
    assert [late, in_time] == listed(picture_on(today, "person"))
    assert [in_time, (*late[:3], 0)] == listed(picture_on(today - 5 * DAY, "person"))
    assert [] == listed(picture_on(today))


def test_where_nothing_is_asked_nobody_is_grouped(app: Flask) -> None:
    """Before the first directive, and after the last has ended."""
    an_employee()
    an_issued_directive()
    assert ([], [1]) == (groups_on(clock.today() - DAY), sizes())


# who serves


@pytest.fixture
def asked_of_all(app: Flask) -> Agency:
    """An office of one person, to which and to all others a directive was issued thirty days ago."""
    opd = an_opd()
    an_employee(opd)
    with time_machine.travel(clock.now() - 30 * DAY):
        an_issued_directive()
    return opd


def where_on(backs: tuple[int, ...], but: Agency) -> list[UUID | None]:
    """At which other agency somebody is counted so many days ago."""
    found = ([each.agency_id for each in groups_on(clock.today() - back * DAY)] for back in backs)
    return [next((each for each in agencies if each != but.id), None) for agencies in found]


def test_a_stay_counts_from_its_first_day_to_the_one_before_the_next(asked_of_all: Agency) -> None:
    """A transfer and a farewell take effect on their day."""
    left, entered, today = an_opd(), an_opd(), clock.today()
    moves = an_employee(left, started_on=today - 12 * DAY)
    with transaction():
        agencies.transfer(SYSTEM, employee_id=moves.id, agency_id=entered.id, post="Analis", on=today - 8 * DAY)
    db.session.expire_all()
    with transaction():
        agencies.leave(SYSTEM, employee_id=moves.id, on=today - 4 * DAY, reason=LeaveReason.RETIRED)
    expected = [None, left.id, left.id, entered.id, entered.id, None, None]
    assert expected == where_on((13, 12, 9, 8, 5, 4, 0), but=asked_of_all)


def test_who_is_absent_is_not_counted_until_the_day_of_return(asked_of_all: Agency) -> None:
    """From the first day away; an absence without an end goes on."""
    opd, today = an_opd(), clock.today()
    away = an_employee(opd)
    for since, until in ((today - 9 * DAY, today - 6 * DAY), (today - 2 * DAY, None)):
        facts = {"kind": AbsenceKind.STUDY, "reason": "SK", "started_on": since, "ended_on": until}
        with transaction():
            absences.record(an_actor(Role.HR), employee_id=away.id, **facts)
    expected = [opd.id, None, None, opd.id, opd.id, None, None]
    assert expected == where_on((10, 9, 7, 6, 3, 2, 0), but=asked_of_all)


def test_who_is_exempted_is_not_bound_until_the_day_it_ends(asked_of_all: Agency) -> None:
    """She still serves, so the picture has her; nothing is asked of her."""
    opd, today, hr = an_opd(), clock.today(), an_actor(Role.HR)
    free = an_employee(opd)
    [issued] = queries.list_asking(today)
    with transaction():
        named = exemptions.exempt(hr, directive_id=issued.id, nip=free.nip, reason="Sakit", from_on=today - 9 * DAY)
    with transaction():
        exemptions.end(hr, directive_id=issued.id, exemption_id=named.id, until_on=today - 4 * DAY)
    days = [today - back * DAY for back in (10, 9, 5, 4, 0)]
    assert [1, 0, 0, 1, 1] == [picture_on(day).tally.get(opd.id, Figures()).bound for day in days]
    assert [2] * 5 == [sum(group.people for group in groups_on(day)) for day in days]


def test_only_agencies_in_sight_are_read(asked_of_all: Agency) -> None:
    """Those one may see, an agency with its units, and both at once."""
    opd, other = an_opd(), an_opd()
    unit = a_unit(opd)
    for agency in (opd, unit, unit, other):
        an_employee(agency)
    own = Visible(all=False, agency_ids=frozenset({opd.id, unit.id}))
    today = clock.today()

    def people(visible: Visible, agency: Agency | None = None) -> int:
        asking, agency_id = queries.list_asking(today), agency and agency.id
        found = queries.picture(today, asking, visible=visible, agency_id=agency_id, by={"person"})
        assert len(found.people) == found.total.bound
        return found.total.bound

    assert [5, 3, 0] == [people(EVERYTHING), people(own), people(Visible(all=False))]
    assert [3, 2, 1] == [people(EVERYTHING, each) for each in (opd, unit, other)]
    assert [3, 2, 0] == [people(own, each) for each in (opd, unit, other)]

"""The risk map counts first answers only, rightly, and shows no small group."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from elearn.agencies.models import Agency, Employee, EmployeeGrade, Placement
from elearn.agencies.rules import EmployeeKind
from elearn.content import queries as content
from elearn.core import clock
from elearn.core.db import db
from elearn.core.permissions import SYSTEM, Role
from elearn.core.transaction import transaction
from elearn.quiz import actions as quiz
from elearn.reports import asking, risks
from tests.factories.agencies import an_opd
from tests.factories.pact import SLUG, a_learner, actor_of

KNOWN = frozenset({"opd", "jenis", "jabatan", "modul"})


def sits(opd: Agency, choice: str | None, *, then: str | None = None) -> None:
    """Somebody who answers so, and half an hour later perhaps otherwise."""
    actor = actor_of(a_learner(agency=opd))
    publication_id = content.current_module(SLUG)[0].id
    for given, minutes in ((choice, 0), (then, 40)):
        if minutes and given is None:
            return
        with time_machine.travel(clock.now() + timedelta(minutes=minutes)):
            with transaction():
                attempt = quiz.start(actor, publication_id=publication_id)
            if given:
                with transaction():
                    quiz.save_answer(actor, attempt_id=attempt.id, position=1, choice=[given])
            with transaction():
                quiz.submit(actor, attempt_id=attempt.id)


@pytest.fixture
def offices(app: Flask) -> tuple[Agency, Agency]:
    """Of six in one office two were wrong at first; the other office has four."""
    large, small = an_opd("dinkes", "Dinas Kesehatan"), an_opd("disdik", "Dinas Pendidikan")
    for choice in "aaaa":
        sits(large, choice)
        sits(small, "b")
    sits(large, "b", then="a")
    sits(large, "d")
    return large, small


def table(**args: str) -> Any:
    """The map as the installation sees it."""
    return risks.table(asking.asked(args, SYSTEM, known=KNOWN))


def test_first_answers_count_and_small_groups_are_hidden(offices: tuple[Agency, Agency]) -> None:
    """A second attempt changes nothing; the total counts who is shown, lest one find the rest."""
    found = table()
    assert [("Dinas Kesehatan", 6, 2 / 6)] == [(row["name"], row["people"], row["dasar"]) for row in found.rows]
    assert (6, 2 / 6) == (found.total["people"], found.total["dasar"])


def test_what_was_not_answered_is_not_counted(offices: tuple[Agency, Agency]) -> None:
    """Five people, but four answers: too few to show."""
    sits(offices[1], None)
    assert {"Dinas Kesehatan": 2 / 6, "Dinas Pendidikan": None} == {r["name"]: r["dasar"] for r in table().rows}
    assert (11, 2 / 6) == (table().total["people"], table().total["dasar"])


def test_the_map_is_of_its_day(offices: tuple[Agency, Agency]) -> None:
    """Before anybody sat there is nothing on it, and no total either."""
    found = table(per=str(clock.today() - timedelta(days=1)))
    assert ([], None) == (list(found.rows), found.total)


def test_the_map_is_of_the_kinds_of_its_day(offices: tuple[Agency, Agency]) -> None:
    """Who was CPNS then is among them, whatever she is now."""
    yesterday = clock.today() - timedelta(days=1)
    with time_machine.travel(clock.now() - timedelta(days=1)):
        trainees = an_opd("dinsos")
        for choice in "aaabb":
            sits(trainees, choice)
    with transaction():
        for who in db.session.scalars(db.select(Employee).join(Placement).where(Placement.agency_id == trainees.id)):
            for since, kind in ((yesterday, EmployeeKind.CPNS), (clock.today(), EmployeeKind.PNS)):
                db.session.add(EmployeeGrade(employee_id=who.id, since=since, kind=kind))
    assert (5, 2 / 5) == (table(jenis="cpns", per=str(yesterday)).total["people"], table(opd="dinsos").total["dasar"])
    assert [] == list(table(jenis="cpns").rows)
    assert 11 == table(jenis="pns").total["people"]


def test_the_map_of_one_office(offices: tuple[Agency, Agency]) -> None:
    """Narrowed as the other reports are."""
    assert 6 == table(opd="dinkes").total["people"]
    assert ([], None) == (list(table(opd="disdik").rows), table(opd="disdik").total)
    assert [] == list(table(jenis="pppk").rows)


def test_topics_stay_indonesian_on_an_english_page(offices: tuple[Agency, Agency], sign_in: Any) -> None:
    """In the heading of a column and beside a bar; what is said of them is English, and says so."""
    browser = sign_in(Role.HR)
    assert '<th scope="col" class="percent">Dasar</th>' in browser.get("/laporan/kerawanan").text
    browser.set_cookie("bahasa", "en")
    page = browser.get("/laporan/kerawanan").text
    assert '<th scope="col" class="percent" lang="id">Dasar</th>' in page
    assert '<th scope="row" lang="id">Dasar</th>' in page
    assert '<th scope="col" class="count">Employees</th>' in page

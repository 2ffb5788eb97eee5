"""The figures of stored attempts: whose count, over which time, and what they say."""

from datetime import timedelta

import pytest
from flask import Flask

from elearn.agencies.models import Agency
from elearn.assessment import analysis, scope, sittings
from elearn.assessment.analysis import Analysis
from elearn.assessment.figures import Third
from elearn.assessment.scope import UnreadableTime
from elearn.content.models import Publication
from elearn.content.rules import Prose
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.permissions import Actor, Role
from elearn.core.transaction import transaction
from elearn.quiz.models import AnswerEntry
from tests.factories.accounts import an_actor
from tests.factories.agencies import an_employee, an_opd
from tests.factories.content import SLUG, a_module, a_question, published_module
from tests.factories.sittings import NOON, PAPER, a_sitting

UNTIL = "2026-11-01"


@pytest.fixture
def publication(app: Flask) -> Publication:
    """A published module."""
    return published_module()


@pytest.fixture
def health(publication: Publication) -> Agency:
    """An office of six whose people sat four fixed questions once, and one of them twice."""
    opd = an_opd("dinkes", "Dinas Kesehatan")
    people = [an_employee(opd) for _ in range(6)]
    for number, answers in enumerate(("aaaa", "aaab", "aabb", "abbb", "bbbb", "aab")):
        choices = [*answers, *[""] * (4 - len(answers))]
        a_sitting(people[number].account_id, publication, choices, at=NOON + timedelta(days=number))
    a_sitting(people[4].account_id, publication, [*"aaaa"], number=2, at=NOON + timedelta(days=9))
    return opd


@pytest.fixture
def schools(publication: Publication) -> Agency:
    """An office of two."""
    opd = an_opd("disdik", "Dinas Pendidikan")
    for _ in range(2):
        a_sitting(an_employee(opd).account_id, publication, [*"bbbb"])
    return opd


def figures_for(actor: Actor, **args: str) -> Analysis:
    """The figures somebody asks for."""
    return analysis.of(scope.asked({"sampai": UNTIL, **args}, actor, SLUG))


def test_first_attempts_count_unless_others_are_asked_for(health: Agency) -> None:
    """The mean of six first papers; with the second attempt of one it is another."""
    hr = an_actor(Role.HR)
    means = [
        figures_for(hr, percobaan=which).figures.quiz.mean for which in ("pertama", "semua", "terakhir", "terbaik")
    ]
    assert [pytest.approx(each) for each in (12 / 6, 16 / 7, 16 / 6, 16 / 6)] == means
    averages = figures_for(hr).figures.averages
    assert averages is not None
    assert (pytest.approx(2.0), pytest.approx(16 / 6)) == (averages.first, averages.last)


def test_a_time_has_a_beginning_and_an_end(health: Agency) -> None:
    """Attempts count on the day they were submitted; a time that makes no sense is refused."""
    hr = an_actor(Role.HR)
    assert 4 == figures_for(hr, sejak="2026-10-06", sampai="2026-10-09").figures.attempts
    for wrong in ({"sejak": "2026-11-02"}, {"sejak": "kemarin"}, {"sampai": "2026-13-01"}):
        with pytest.raises(UnreadableTime):
            figures_for(hr, **wrong)
    with pytest.raises(NotFound):
        figures_for(hr, percobaan="kedua")


def test_people_count_where_they_serve(health: Agency, schools: Agency) -> None:
    """All for HR, her own for an officer, one agency when it is asked for; others are not there."""
    hr, officer = an_actor(Role.HR), an_actor(Role.OPD_OFFICER, agency_id=health.id)
    assert [8, 6, 2, 6] == [
        found.figures.people
        for found in (
            figures_for(hr),
            figures_for(hr, opd="dinkes"),
            figures_for(hr, opd="disdik"),
            figures_for(officer),
        )
    ]
    with pytest.raises(NotFound):
        figures_for(officer, opd="disdik")


def test_authors_see_the_whole_and_no_agency(health: Agency, schools: Agency) -> None:
    """To narrow it would tell them about the few of a small one."""
    author = an_actor(Role.AUTHOR)
    assert (8, ()) == (figures_for(author).figures.people, figures_for(author).asked.choices)
    with pytest.raises(NotFound):
        figures_for(author, opd="dinkes")


def test_a_small_group_has_no_rows(schools: Agency) -> None:
    """Two people's figures are nobody's business."""
    found = figures_for(an_actor(Role.HR))
    assert (True, [], []) == (found.is_small, found.rows, list(found.table().rows))


def test_offices_with_enough_people_are_compared(health: Agency, schools: Agency) -> None:
    """The others are left out, not told as nothing."""
    rows = figures_for(an_actor(Role.HR)).offices().rows
    assert [("Dinas Kesehatan", 6, 0.5)] == [(row["name"], row["people"], row["mean"]) for row in rows]


def test_attempts_without_marks_are_graded_again(publication: Publication) -> None:
    """Those of before marks were kept give the same figures, and keep none."""
    opd = an_opd()
    for keeps in (True, False):
        for answers in ("aaaa", "aabb", "abbb", "bbbb", "aaab"):
            a_sitting(an_employee(opd).account_id, publication, [*answers], keeps_marks=keeps)
    found = sittings.list_sittings(figures_for(an_actor(Role.HR)).asked)
    assert sorted(each.marks for each in found)[::2] == sorted(each.marks for each in found)[1::2]


def test_the_table_tells_each_question(health: Agency) -> None:
    """Its name, its figures as shares, its seconds; every question that was drawn."""
    table = figures_for(an_actor(Role.HR)).table()
    assert set(PAPER) == {row["id"] for row in table.rows}
    first = next(row for row in table.rows if row["id"] == "dasar-1")
    assert ("Apa yang tepat pada dasar-1?", "Dasar netralitas", 6) == (
        first["name"],
        first["topic"],
        first["attempts"],
    )
    assert (pytest.approx(5 / 6), pytest.approx(1 / 3), pytest.approx(0.25), 60) == (
        first["facility"],
        first["guess"],
        first["intended"],
        first["seconds"],
    )
    notes = dict(table.notes)
    assert ("sampai 1 November 2026", "Percobaan pertama tiap orang") == (notes["Masa"], notes["Yang dihitung"])


def test_answers_are_told_of_the_words_that_hold(health: Agency) -> None:
    """Once the question is worded anew, only papers with the new words count for its answers."""
    found = figures_for(an_actor(Role.HR))
    question = found.module.question_by_id["dasar-2"]
    given = sittings.list_answers(question, found.counting)
    assert ([("a",)] * 4 + [("b",)] * 2, 6) == (sorted(answer for _, answer in given), len(given))
    assert {("a",)} == {answer for third, answer in given if third is Third.STRONG}
    kept = [each for each in a_module().questions if each.id != "dasar-2"]
    newer = published_module(questions=(a_question("dasar-2", stem=Prose("Kalimat yang baru?")), *kept))
    for _ in range(5):
        a_sitting(an_employee(health).account_id, newer, [*"aaaa"])
    again = figures_for(an_actor(Role.HR))
    reworded = again.module.question_by_id["dasar-2"]
    assert (11, 5) == (again.figures.attempts, len(sittings.list_answers(reworded, again.counting)))


def test_time_runs_from_one_saving_to_the_next(publication: Publication) -> None:
    """Visits add up; who went away for ten minutes did not think; what nobody answered has no time."""
    attempt = a_sitting(an_employee(an_opd()).account_id, publication, ["a", "a", "", ""], seconds=40)
    with transaction():
        for position, after in ((1, 35), (2, 635), (2, 640)):
            moment = NOON + timedelta(seconds=after)
            told = {"choice": ["b"], "given_at": moment, "saved_at": moment, "client_key": f"again-{after}"}
            db.session.add(AnswerEntry(attempt_id=attempt.id, position=position, **told))
    found = sittings.seconds_by_question(figures_for(an_actor(Role.HR)).asked)
    assert {"dasar-1": pytest.approx(25.0, abs=0.01), "dasar-2": pytest.approx(15.0, abs=0.01)} == found

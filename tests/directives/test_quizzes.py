"""What directives say of quizzes: in words, for whom they bind, and the last one decides."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from elearn.core import clock
from elearn.core.bahasa import daftar
from elearn.core.db import db
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction
from elearn.directives import actions, letter, quizzes, rules
from elearn.quiz import terms
from tests.factories.agencies import an_employee, an_opd
from tests.factories.directives import a_draft, an_issued_directive
from tests.factories.pact import MODULE, SLUG

STRICT = {"attempts": 3, "pass_percent": 80}
TOPIC = MODULE.quiz.blueprint[0].topic


def test_a_directive_sets_rules_for_those_it_binds(app: Flask) -> None:
    """Nobody else, and no other module."""
    opd, other = an_opd(), an_opd()
    bound, free = an_employee(opd), an_employee(other)
    an_issued_directive(opd, quiz_terms=STRICT)
    assert STRICT == quizzes.terms_of(bound.account_id, SLUG) == terms.of(bound.account_id, SLUG)
    assert {} == quizzes.terms_of(free.account_id, SLUG)
    assert {} == quizzes.terms_of(bound.account_id, "lain")


def test_a_draft_says_nothing_yet(app: Flask) -> None:
    """Its rules begin with the issue."""
    opd = an_opd()
    employee = an_employee(opd)
    a_draft(opd, quiz_terms=STRICT)
    assert {} == quizzes.terms_of(employee.account_id, SLUG)


def test_of_several_directives_the_last_one_that_speaks_decides(app: Flask) -> None:
    """As a whole: nothing of the earlier one is mixed in; one that is silent changes nothing."""
    opd = an_opd()
    employee = an_employee(opd)
    an_issued_directive(opd, quiz_terms=STRICT)
    an_issued_directive(opd, quiz_terms={"minutes": 45})
    an_issued_directive(opd)
    assert {"minutes": 45} == quizzes.terms_of(employee.account_id, SLUG)


def test_a_directive_that_ended_says_nothing_any_more(app: Flask) -> None:
    """The module's own rules are back for the next attempt."""
    opd = an_opd()
    employee, directive = an_employee(opd), an_issued_directive(opd, quiz_terms=STRICT)
    with transaction():
        actions.close(SYSTEM, directive_id=directive.id, note="Selesai.")
    assert {} == quizzes.terms_of(employee.account_id, SLUG)


def test_the_deadline_is_the_end_of_the_last_day(app: Flask) -> None:
    """Of the directives that ask for the module; none without one."""
    opd = an_opd()
    employee = an_employee(opd)
    assert quizzes.deadline_of(employee.account_id, SLUG) is None
    days = [clock.today() + timedelta(days=number) for number in (5, 20)]
    for day in days:
        an_issued_directive(opd, deadline_on=day)
    assert clock.end_of(days[0]) == quizzes.deadline_of(employee.account_id, SLUG)
    assert quizzes.deadline_of(employee.account_id, "lain") is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, ""),
        ({"attempts": 3}, "paling banyak 3 kesempatan"),
        ({"wait_minutes": 0, "minutes": 45}, "tanpa jeda antara dua percobaan dan waktu 45 menit"),
        ({"wait_minutes": 60}, "jeda 1 jam antara dua percobaan"),
        ({"pass_percent": 80, "review": "setelah-lulus"}, "batas lulus 80 % dan pembahasan dibuka setelah lulus"),
        ({"must_pass": [{"topic": TOPIC, "percent": 70}]},
         f"topik {MODULE.topic_by_id[TOPIC].title} harus mencapai 70 %"),
        ({"review": "setelah-tenggat"}, "pembahasan dibuka setelah tenggat"),
    ],
)  # fmt: skip
def test_the_rules_are_told_in_words(said: dict[str, Any], expected: str) -> None:
    """Those that are set, and no others."""
    assert expected == daftar(quizzes.told(said, [MODULE]))


def test_the_letter_tells_the_rules(app: Flask) -> None:
    """Among the terms; a directive that sets none does not speak of the quiz."""
    draft = a_draft(quiz_terms={**STRICT, "must_pass": [{"topic": TOPIC, "percent": 90}]})
    page = letter.html(draft)
    assert "Kuis: paling banyak 3 kesempatan, batas lulus 80 %, dan topik" in page
    assert "Selebihnya berlaku aturan kuis modul." in page
    assert "Kuis:" not in letter.html(a_draft())


def test_a_topic_that_no_quiz_asks_about_is_refused(app: Flask) -> None:
    """The complaint stands at the field."""
    with pytest.raises(rules.UnknownTopic) as refusal:
        a_draft(quiz_terms={"must_pass": [{"topic": "entah", "percent": 70}]})
    assert "quiz_must_pass" == refusal.value.field
    db.session.rollback()

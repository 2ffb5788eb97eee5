"""A result that counts no longer: told on the first page, learned again, signed again, counted again."""

from datetime import timedelta
from typing import Any

import time_machine
from flask import Flask

from elearn.agencies.rules import EVERYTHING
from elearn.certificates import queries as certificates
from elearn.content import queries as content
from elearn.core import clock, jobs
from elearn.core.transaction import transaction
from elearn.directives.models import Directive
from elearn.directives.rules import Stage
from elearn.pact import actions as pact
from elearn.pact import queries as pacts
from elearn.quiz import actions as quiz
from elearn.reports import queries as reports
from elearn.reports import roll
from tests.factories.agencies import an_opd
from tests.factories.directives import an_issued_directive
from tests.factories.pact import SLUG, a_pact, actor_of, signing, who_passed

DAY = timedelta(days=1)


def figures() -> Any:
    """The completion of everybody today."""
    today = clock.today()
    return reports.picture(today, reports.list_asking(today), visible=EVERYTHING).total


def valid_for(directive: Directive, months: int) -> None:
    """Let results of a directive count for so many months."""
    with transaction():
        directive.valid_months = months


def test_a_lapsed_result_is_earned_anew(app: Flask, sign_in: Any) -> None:
    """From the first page to a second certificate; the first one stays."""
    opd = an_opd()
    with time_machine.travel(clock.now() - 400 * DAY):
        learner = who_passed(agency=opd)
        valid_for(an_issued_directive(opd), 12)
        a_pact(learner)
        jobs.run_waiting()
        assert (1, 0) == (figures().done, figures().late)
    browser, actor = sign_in(learner), actor_of(learner)
    assert (1, 0, 1) == (figures().not_started, figures().done, figures().late)
    assert "Pelajari ulang" in browser.get("/").text
    assert f"/belajar/{SLUG}" == browser.post(f"/belajar/{SLUG}/ulang").location
    assert 422 == browser.post(f"/belajar/{SLUG}/ulang").status_code
    assert "Kerjakan kuis" in browser.get("/").text
    with transaction():
        attempt = quiz.start(actor, publication_id=content.current_module(SLUG)[0].id, since=clock.now() - DAY)
    with transaction():
        quiz.save_answer(actor, attempt_id=attempt.id, position=1, choice=["a"])
    with transaction():
        quiz.submit(actor, attempt_id=attempt.id)
    assert "Tanda tangani pakta integritas" in browser.get("/").text
    assert 200 == browser.get(f"/pakta/{SLUG}").status_code
    with transaction():
        pact.sign(actor, **signing())
    jobs.run_waiting()
    assert "Semua tugas Anda sudah selesai" in browser.get("/").text
    assert (2, 2) == (len(pacts.list_of(learner.account_id)), len(certificates.list_of(learner.account_id)))
    assert (1, 1, 0) == (figures().certified, figures().done, figures().late)


def test_who_lapsed_just_now_is_not_late_yet(app: Flask, sign_in: Any) -> None:
    """The days of a joiner are there for renewing; the page names the last of them."""
    opd = an_opd()
    with time_machine.travel(clock.now() - 370 * DAY):
        learner = who_passed(agency=opd)
        valid_for(an_issued_directive(opd), 12)
        a_pact(learner)
        jobs.run_waiting()
    today = clock.today()
    line = roll.list_lines(today, reports.list_asking(today), visible=EVERYTHING, agency_id=opd.id)[0]
    assert (Stage.NOT_STARTED, False) == (line.standing.stage, line.standing.is_late)
    assert 0 == figures().late
    assert ", 9 hari lagi" in sign_in(learner).get("/").text

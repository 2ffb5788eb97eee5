"""What came of the demo's quizzes is what the rooms themselves would show."""

from flask import Flask
from sqlalchemy import select

from elearn.accounts import queries as accounts
from elearn.accounts.models import RoleGrant
from elearn.assessment import decisions, jobs, patterns, reported, scope, sittings, traces
from elearn.assessment.models import QuestionReport, Regrade
from elearn.assessment.patterns import Kind
from elearn.core.db import db
from elearn.core.permissions import Actor, Role
from elearn.quiz.models import Answer, AnswerEntry, Concession, Outage, Ruling
from tests.demo.test_load import SLUG, count


def test_the_demo_has_something_of_everything(loaded: Flask) -> None:
    """A history of answers, one report answered and one open, an allowance, unusual patterns, and in the background
    an outage made good and a ruling applied that leaves somebody to decide about."""
    assert count(Answer) == count(AnswerEntry)
    assert (2, 1) == (count(QuestionReport), reported.count_open())
    assert (1, 1, 1) == (count(Concession), count(Outage), count(Ruling))
    hr = _hr()
    asked = scope.asked({"percobaan": "semua"}, hr, SLUG)
    signs = patterns.signs(traces.list_traces(asked, sittings.list_sittings(asked)))
    assert {Kind.SWIFT, Kind.TWINS} <= {sign.kind for sign in signs}
    jobs.apply_ruling(str(db.session.scalar(select(Ruling.id))))
    jobs.credit_outage(str(db.session.scalar(select(Outage.id))))
    assert count(Concession) > 1
    assert count(Regrade) > 0
    assert decisions.count_waiting(hr) > 0


def _hr() -> Actor:
    """The demo's officer of the whole regency."""
    query = select(RoleGrant.account_id).filter_by(role=Role.HR)
    return accounts.get_actor(db.session.scalars(query).one())


def test_every_answer_took_some_seconds(loaded: Flask) -> None:
    """So the times of the questions are known."""
    found = sittings.seconds_by_question(scope.asked({"percobaan": "semua"}, _hr(), SLUG))
    assert len(found) > 20
    assert all(0 < each < sittings.IDLE for each in found.values())

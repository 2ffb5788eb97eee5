"""Outages: what was lost, looked at first; given back once, in the way that helps."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from elearn.assessment import jobs, outages, rules
from elearn.assessment.outages import Amends
from elearn.core import clock
from elearn.core import jobs as queue
from elearn.core.db import db
from elearn.core.permissions import Role
from elearn.core.transaction import transaction
from elearn.notices.models import Notice
from elearn.quiz import actions as quiz
from elearn.quiz import jobs as quiz_jobs
from elearn.quiz.models import Attempt, Concession, Outage
from tests.factories.accounts import an_actor
from tests.factories.assessment import SLUG, WRONG, a_learner, a_quiz, actor_of, an_open_sitting

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch):
    """A function that sets the clock to so many minutes after now, and says when that is."""
    begun = clock.now() - timedelta(hours=3)

    def stand(minutes: float) -> datetime:
        when = begun + timedelta(minutes=minutes)
        monkeypatch.setattr("elearn.core.clock.now", lambda: when)
        monkeypatch.setattr("elearn.quiz.actions.now", lambda: when)
        return when

    return stand


def anew(attempt: Attempt) -> Attempt:
    """An attempt as the books have it now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Attempt, attempt.id)


def record(from_at: datetime, until_at: datetime, slug: str | None = None) -> Outage:
    """An outage that was recorded, and made good."""
    with transaction():
        outage = outages.record(
            an_actor(Role.HR), from_at=from_at, until_at=until_at, slug=slug, reason="Peladen padam"
        )
    queue.run_waiting()
    db.session.expire_all()
    return outage


def test_who_was_open_gets_the_minutes_back(at) -> None:
    """Those of the overlap, once, whether the job comes again or not; who begins later gets nothing."""
    start = at(0)
    publication, learner = a_quiz(minutes=30), a_learner()
    attempt, due_at = an_open_sitting(learner, publication), None
    due_at = attempt.due_at
    at(5)
    late = an_open_sitting(a_learner(), publication)
    at(6)
    [owed] = outages.look(from_at=start, until_at=start + timedelta(minutes=4), slug=SLUG)
    assert (attempt.id, 4, Amends.MINUTES) == (owed.attempt.id, owed.minutes, owed.amends)
    outage = record(start, start + timedelta(minutes=4), SLUG)
    assert due_at + timedelta(minutes=4) == anew(attempt).due_at
    assert late.due_at == anew(late).due_at
    jobs.credit_outage(str(outage.id))
    assert due_at + timedelta(minutes=4) == anew(attempt).due_at
    assert 1 == db.session.scalar(select(func.count(Concession.id)))
    assert "4 menit dikembalikan" in db.session.scalar(select(Notice)).body
    assert [] == outages.list_unfinished()


def test_who_was_closed_by_the_clock_gets_another_attempt(at) -> None:
    """The time ran out during the outage: one attempt more, though all are used."""
    start = at(0)
    publication, learner = a_quiz(minutes=10, attempts=1, wait_minutes=0), a_learner()
    attempt = an_open_sitting(learner, publication, wrong=(WRONG, "dasar-2"))
    at(20)
    quiz_jobs.close_overdue()
    assert "clock" == anew(attempt).closed_by
    record(start + timedelta(minutes=5), start + timedelta(minutes=15))
    given = db.session.scalar(select(Concession))
    assert (1, 0) == (given.extra_attempts, given.extra_minutes)
    with transaction():
        assert 2 == quiz.start(actor_of(learner), publication_id=publication.id).number
    assert "satu kesempatan tambahan" in db.session.scalar(select(Notice)).body


def test_who_submitted_or_passed_lost_nothing(at) -> None:
    """Neither who submitted herself nor whom the clock let pass."""
    start = at(0)
    publication = a_quiz(minutes=10)
    submitted, passed = a_learner(), a_learner()
    one = an_open_sitting(submitted, publication, wrong=(WRONG, "dasar-2"))
    an_open_sitting(passed, publication)
    at(6)
    with transaction():
        quiz.submit(actor_of(submitted), attempt_id=one.id)
    at(20)
    quiz_jobs.close_overdue()
    assert [] == outages.look(from_at=start, until_at=start + timedelta(minutes=5), slug=None)


def test_another_quiz_is_not_concerned(at) -> None:
    """An outage of one module is of that one."""
    start = at(0)
    an_open_sitting(a_learner(), a_quiz(minutes=30))
    at(5)
    assert [] == outages.look(from_at=start, until_at=start + timedelta(minutes=4), slug="modul-lain")


def test_a_sweep_makes_good_what_a_crash_cut_short(at) -> None:
    """The job was lost; a minute later everybody has her minutes."""
    start = at(0)
    publication = a_quiz(minutes=30)
    attempts = [an_open_sitting(a_learner(), publication) for _ in range(3)]
    at(5)
    with transaction():
        outage = outages.record(
            an_actor(Role.HR), from_at=start, until_at=start + timedelta(minutes=2), slug=None, reason="Padam"
        )
    queue.queue().flush()
    with transaction():
        assert 1 == outages.credit(outage.id, limit=1)
    assert 2 == outages.count_left(outage)
    jobs.sweep()
    db.session.rollback()
    queue.run_waiting()
    db.session.rollback()
    assert 0 == outages.count_left(outage)
    for attempt in attempts:
        assert attempt.started_at + timedelta(minutes=32) == anew(attempt).due_at


def test_impossible_times(at) -> None:
    """It ends after it began, not after now, and the same minutes are given back once."""
    start = at(60)
    a_quiz()
    minute = timedelta(minutes=1)
    with pytest.raises(rules.WrongOrder):
        outages.look(from_at=start, until_at=start, slug=None)
    with pytest.raises(rules.InTheFuture):
        outages.look(from_at=start, until_at=start + minute, slug=None)
    record(start - 20 * minute, start - 10 * minute, SLUG)
    with pytest.raises(rules.OverlapsOutage):
        outages.look(from_at=start - 12 * minute, until_at=start, slug=None)
    assert [] == outages.look(from_at=start - 10 * minute, until_at=start, slug=SLUG)

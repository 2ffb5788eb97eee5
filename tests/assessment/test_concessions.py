"""What is allowed to one person: more attempts, more minutes, a closed attempt once more; by whom, how it is told."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from elearn.agencies import queries as agencies
from elearn.assessment import concessions, rules
from elearn.assessment.rules import Cause
from elearn.core import clock
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.permissions import Actor, Role
from elearn.core.transaction import transaction
from elearn.ledger.models import LedgerEntry
from elearn.notices.models import Notice
from elearn.quiz import actions as quiz
from elearn.quiz.models import Attempt, Concession
from elearn.quiz.rules import NoAttemptsLeft
from tests.factories.accounts import an_actor
from tests.factories.agencies import an_opd
from tests.factories.assessment import SLUG, WRONG, a_learner, a_quiz, a_sitting, actor_of, an_open_sitting

pytestmark = pytest.mark.usefixtures("app")
FAILING = (WRONG, "dasar-2", "dasar-3")


def allow(actor: Actor, learner: object, *, attempts: int = 1, minutes: int = 0) -> Concession:
    """Give a learner something."""
    with transaction():
        return concessions.grant(
            actor,
            employee_id=learner.id,
            slug=SLUG,
            cause=Cause.DISABILITY,
            reason="Surat keterangan nomor 12.",
            extra_attempts=attempts,
            extra_minutes=minutes,
        )


def reopen(actor: Actor, attempt: Attempt, minutes: int = 15) -> Concession:
    """Let a closed attempt be gone on with."""
    with transaction():
        return concessions.allow_reopening(
            actor, attempt_id=attempt.id, cause=Cause.OUTAGE, reason="Listrik padam.", minutes=minutes
        )


def test_one_attempt_more() -> None:
    """Who has used all attempts may sit once more, and no further."""
    publication, learner = a_quiz(attempts=1, wait_minutes=0), a_learner()
    a_sitting(learner, publication, wrong=FAILING)
    with pytest.raises(NoAttemptsLeft), transaction():
        quiz.start(actor_of(learner), publication_id=publication.id)
    allow(an_actor(Role.HR), learner)
    a_sitting(learner, publication, wrong=FAILING)
    with pytest.raises(NoAttemptsLeft), transaction():
        quiz.start(actor_of(learner), publication_id=publication.id)


def test_the_same_is_not_given_twice_at_once() -> None:
    """A button pressed twice gave two attempts; after withdrawing it, or later, the same may be given again."""
    a_quiz()
    learner, officer = a_learner(), an_actor(Role.HR)
    first = allow(officer, learner)
    with pytest.raises(rules.AlreadyAllowed):
        allow(officer, learner)
    allow(officer, learner, attempts=2)
    with transaction():
        concessions.withdraw(officer, concession_id=first.id)
    allow(officer, learner)
    assert db.session.scalar(select(func.count(Concession.id)).where(Concession.withdrawn_at.is_(None))) == 2


def test_more_minutes_in_attempts_begun_from_now_on() -> None:
    """The time limit of the next attempt is longer; who is told is not told why, nor is the record."""
    publication, learner = a_quiz(minutes=10), a_learner()
    allow(an_actor(Role.HR), learner, attempts=0, minutes=5)
    attempt = an_open_sitting(learner, publication)
    assert timedelta(minutes=15) == attempt.due_at - attempt.started_at
    mail = db.session.scalar(select(Notice))
    assert "tambahan 5 menit" in mail.body
    assert "keterangan" not in mail.body
    entry = db.session.scalar(select(LedgerEntry).where(LedgerEntry.event == "assessment:allowed"))
    assert "keterangan" not in entry.payload


def test_something_must_be_allowed() -> None:
    """Neither attempts nor minutes is nothing."""
    a_quiz()
    with pytest.raises(rules.NothingAllowed):
        allow(an_actor(Role.HR), a_learner(), attempts=0, minutes=0)


def test_an_officer_allows_only_her_own_people() -> None:
    """Other people's employees, attempts and concessions do not exist."""
    publication, opd = a_quiz(), an_opd()
    own, foreign = a_learner(agency=opd), a_learner()
    officer, hr = an_actor(Role.OPD_OFFICER, agency_id=opd.id), an_actor(Role.HR)
    allow(officer, own)
    given, attempt = allow(hr, foreign), a_sitting(foreign, publication, wrong=FAILING)
    for deed in (
        lambda: allow(officer, foreign),
        lambda: reopen(officer, attempt),
        lambda: concessions.withdraw(officer, concession_id=given.id),
    ):
        with pytest.raises(NotFound):
            deed()
    listed = [employee.id for _, employee, *_ in db.session.execute(concessions.granted(officer, ""))]
    assert [own.id] == listed
    assert 2 == len(db.session.execute(concessions.granted(hr, "")).all())
    assert 1 == len(db.session.execute(concessions.granted(hr, own.nip)).all())


def test_what_was_withdrawn_counts_no_more() -> None:
    """Taken back once, and attempts are as the module has them."""
    publication, learner, hr = a_quiz(attempts=1, wait_minutes=0), a_learner(), an_actor(Role.HR)
    a_sitting(learner, publication, wrong=FAILING)
    given = allow(hr, learner)
    with transaction():
        concessions.withdraw(hr, concession_id=given.id)
    with pytest.raises(NoAttemptsLeft), transaction():
        quiz.start(actor_of(learner), publication_id=publication.id)
    subjects = set(db.session.scalars(select(Notice.subject)))
    assert "Keringanan untuk kuis Netralitas ASN dicabut" in subjects
    with pytest.raises(rules.AlreadyWithdrawn), transaction():
        concessions.withdraw(hr, concession_id=given.id)


def test_the_time_of_an_attempt_that_is_opened_again_begins_when_she_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not when it is allowed; the answers are there still, the old result stays in the record."""
    publication, learner, hr = a_quiz(), a_learner(), an_actor(Role.HR)
    attempt = a_sitting(learner, publication, wrong=FAILING)
    given = reopen(hr, attempt)
    mail = db.session.scalar(select(Notice))
    assert "Percobaan 1 kuis Netralitas ASN dapat Anda lanjutkan" == mail.subject
    assert "Waktunya 15 menit dan baru berjalan saat Anda menekan" in mail.body
    later = clock.now() + timedelta(days=2)
    assert (attempt.id, given.id) == tuple(each.id for each in concessions.find_waiting(learner.account_id, SLUG))
    monkeypatch.setattr("elearn.core.clock.now", lambda: later)
    monkeypatch.setattr("elearn.quiz.actions.now", lambda: later)
    with transaction():
        again = concessions.go_on(actor_of(learner), attempt_id=attempt.id)
    assert later + timedelta(minutes=15) == again.due_at
    with transaction():
        assert again.due_at == concessions.go_on(actor_of(learner), attempt_id=attempt.id).due_at
    with transaction():
        closed = quiz.submit(actor_of(learner), attempt_id=attempt.id)
    assert (1, 4, False) == (closed.score, closed.total, closed.passed)
    entry = db.session.scalar(select(LedgerEntry).where(LedgerEntry.event == "quiz:reopened"))
    assert '"score":1' in entry.payload
    assert concessions.find_waiting(learner.account_id, SLUG) is None
    with pytest.raises(rules.NotReopenable), transaction():
        concessions.go_on(actor_of(learner), attempt_id=attempt.id)


def test_what_cannot_be_opened_again() -> None:
    """A passed attempt, an open one, one beside an open one, and one that waits already."""
    publication, learner, hr = a_quiz(wait_minutes=0), a_learner(), an_actor(Role.HR)
    passed = a_sitting(a_learner(), publication)
    with pytest.raises(rules.NotReopenable):
        reopen(hr, passed)
    first = a_sitting(learner, publication, wrong=FAILING)
    reopen(hr, first)
    with pytest.raises(rules.AlreadyReopened):
        reopen(hr, first)
    running = an_open_sitting(learner, publication)
    with pytest.raises(rules.OtherOpen), transaction():
        concessions.go_on(actor_of(learner), attempt_id=first.id)
    with pytest.raises(rules.NotReopenable):
        reopen(hr, running)


def test_nobody_goes_on_with_somebody_elses_attempt() -> None:
    """Another learner's attempt does not exist."""
    publication, learner = a_quiz(), a_learner()
    attempt = a_sitting(learner, publication, wrong=FAILING)
    reopen(an_actor(Role.HR), attempt)
    with pytest.raises(NotFound), transaction():
        concessions.go_on(actor_of(a_learner()), attempt_id=attempt.id)


def test_a_permission_that_was_not_used_is_withdrawn_and_one_that_was_is_not() -> None:
    """Before she goes on it can be taken back."""
    publication, learner, hr = a_quiz(), a_learner(), an_actor(Role.HR)
    attempt = a_sitting(learner, publication, wrong=FAILING)
    with transaction():
        concessions.withdraw(hr, concession_id=reopen(hr, attempt).id)
    assert concessions.find_waiting(learner.account_id, SLUG) is None
    given = reopen(hr, attempt)
    with transaction():
        concessions.go_on(actor_of(learner), attempt_id=attempt.id)
    with pytest.raises(rules.AlreadyUsed), transaction():
        concessions.withdraw(hr, concession_id=given.id)


def test_the_case_of_one_person() -> None:
    """Her attempts and what she was allowed, by quiz; the officer of her own OPD is found first."""
    from elearn.assessment import people

    publication, opd = a_quiz(), an_opd()
    learner = a_learner(agency=opd)
    attempt, officer = a_sitting(learner, publication, wrong=FAILING), an_actor(Role.OPD_OFFICER, agency_id=opd.id)
    allow(officer, learner)
    [case] = concessions.cases_of(people.get(officer, concessions.ALLOW, learner.id))
    assert case.may_reopen(attempt)
    assert not case.waits(attempt)
    assert 1 == len(case.concessions)
    assert [officer.name] == [each.name for each in people.officers_of(learner.account_id)]
    assert [] == people.officers_of(a_learner().account_id)
    assert agencies.latest_placement(learner).agency_id == opd.id
    assert 1 == db.session.scalar(select(func.count(Concession.id)))

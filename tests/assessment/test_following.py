"""What follows a ruling elsewhere: certificates keep their score, pages tell the newer one, reports follow."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from elearn.agencies.models import Correction
from elearn.agencies.rules import EVERYTHING
from elearn.assessment import decisions, rulings
from elearn.assessment.rules import Decision
from elearn.certificates import actions as issuing
from elearn.certificates import queries as certificates
from elearn.core import clock, jobs
from elearn.core.db import db
from elearn.core.permissions import SYSTEM, Role
from elearn.core.transaction import transaction
from elearn.ledger.models import LedgerEntry
from elearn.notices.models import Notice
from elearn.pact import queries as pacts
from elearn.quiz import queries as quiz
from elearn.quiz.grading import RulingKind
from elearn.reports import asking, trend
from elearn.reports import queries as reports
from tests.factories.accounts import an_actor
from tests.factories.agencies import an_opd
from tests.factories.directives import an_issued_directive
from tests.factories.pact import SLUG, a_learner, a_pact, who_passed

DAY = timedelta(days=1)


def rule(kind: RulingKind, answer: tuple[str, ...] = ()) -> None:
    """Rule on the only question, and have it applied."""
    version = rulings.versions(SLUG, "satu")[0]
    with transaction():
        ruling = rulings.propose(
            SYSTEM,
            slug=SLUG,
            question_id="satu",
            question_hash=version.hash,
            kind=kind,
            answer=answer,
            reason="Kuncinya keliru.",
        )
    with transaction():
        rulings.ask(SYSTEM, ruling_id=ruling.id)
    jobs.run_waiting()
    db.session.rollback()
    db.session.expire_all()


def fail(reason: str = "Nilainya kurang.") -> None:
    """Decide that the only case that waits is not passed."""
    judge = an_actor(Role.HR)
    [case] = decisions.list_waiting(judge)
    with transaction():
        decisions.decide(judge, regrade_id=case.regrade.id, decision=Decision.FAILS, reason=reason)
    db.session.expire_all()


@pytest.fixture
def certified(app: Flask) -> Any:
    """Somebody bound by a directive who has signed and holds a certificate."""
    opd = an_opd()
    pact = a_pact(agency=opd)
    an_issued_directive(opd)
    jobs.run_waiting()
    db.session.rollback()
    return pact


def done() -> int:
    """How many have done what is asked of them, today."""
    today = clock.today()
    return reports.picture(today, reports.list_asking(today), visible=EVERYTHING).total.done


def test_a_result_that_is_failed_takes_everything_with_it_but_the_evidence(certified: Any, sign_in: Any) -> None:
    """The certificate is revoked, the report counts her no more, she begins at the quiz; the pact is still there."""
    assert 1 == done()
    rule(RulingKind.KEY, ("b",))
    certificate = certificates.find_by_pact(certified.id)
    assert certificate.revoked_at is None
    assert 1 == done()
    statement = certified.statement
    fail()
    assert certificates.find_by_pact(certified.id).revoked_at is not None
    assert 0 == done()
    assert pacts.find_settled(certified.account_id, SLUG) is None
    assert statement == pacts.get_by_id(certified.id).statement
    assert [] == pacts.list_standing(certified.account_id)
    assert certified.account_id not in pacts.milestones(SLUG, clock.now())
    verified = sign_in(Role.ADMIN).get(f"/verifikasi/{certificate.code}").text
    assert "Dicabut" in verified
    assert db.session.scalar(select(Correction).where(Correction.sentence.contains("tidak lulus"))) is None  # today


def test_a_certificate_keeps_its_score_and_its_page_tells_the_newer_one(certified: Any, sign_in: Any) -> None:
    """Points that changed are told beside it, to everybody who verifies it."""
    certificate = certificates.find_by_pact(certified.id)
    assert decisions.newer_result(certificate) is None
    rule(RulingKind.DROPPED)
    attempt = quiz.get_attempt(certified.attempt_id, learner_id=certified.account_id)
    assert attempt.passed
    assert 1 == decisions.count_waiting(an_actor(Role.HR))  # a paper without questions proves nothing
    rule(RulingKind.ALL_RIGHT)
    assert 0 == decisions.count_waiting(an_actor(Role.HR))
    assert decisions.newer_result(certificates.find_by_pact(certified.id)) is None
    with transaction():
        attempt = quiz.get_attempt(certified.attempt_id, learner_id=certified.account_id)
        attempt.score = replace_points(attempt.score)
    told = sign_in(Role.ADMIN).get(f"/verifikasi/{certificate.code}").text
    assert "0,5 dari 1" in told


def test_a_certificate_that_a_decision_revoked_stands_again(certified: Any, sign_in: Any) -> None:
    """Ruled to pass later: the same certificate of the same pact is valid anew, and the record tells both."""
    rule(RulingKind.KEY, ("b",))
    fail()
    revoked = certificates.find_by_pact(certified.id)
    facts, number, pdf = revoked.facts, revoked.number, revoked.document_id
    assert revoked.revoked_at is not None
    rule(RulingKind.ALL_RIGHT)
    again = certificates.find_by_pact(certified.id)
    assert (None, None, None) == (again.revoked_at, again.revoked_by, again.revoke_reason)
    assert (facts, number, pdf) == (again.facts, again.number, again.document_id)
    assert [again.id] == [each.id for each in certificates.list_of(certified.account_id)]
    assert certified.id == pacts.find_settled(certified.account_id, SLUG).id
    assert 1 == done()
    told = [each.event for each in db.session.scalars(select(LedgerEntry).filter_by(stream="certificates"))]
    assert ["certificates:revoked", "certificates:reinstated"] == [each for each in told if each[-2:] == "ed"][-2:]
    assert "Sah" in sign_in(Role.ADMIN).get(f"/verifikasi/{again.code}").text
    rule(RulingKind.KEY, ("b",))
    fail("Sekali lagi.")
    assert certificates.find_by_pact(certified.id).revoked_at is not None


def test_a_certificate_revoked_for_another_reason_stays_revoked(certified: Any) -> None:
    """What somebody revoked before the decision has nothing to do with the question."""
    rule(RulingKind.KEY, ("b",))
    certificate = certificates.find_by_pact(certified.id)
    with transaction():
        issuing.revoke(an_actor(Role.HR), certificate_id=certificate.id, reason="Memakai nama orang lain.")
    fail()
    rule(RulingKind.ALL_RIGHT)
    assert "Memakai nama orang lain." == certificates.find_by_pact(certified.id).revoke_reason


def test_who_is_certified_again_is_told_so(app: Flask) -> None:
    """The letter says that nothing is to be done; others are sent to the pact."""
    a_pact(agency=an_opd(), email="peserta@example.test")
    jobs.run_waiting()
    db.session.rollback()
    rule(RulingKind.KEY, ("b",))
    fail()
    rule(RulingKind.ALL_RIGHT)
    letters = db.session.scalars(select(Notice).where(Notice.subject.contains("kini lulus"))).all()
    assert 1 == len(letters)
    assert "berlaku kembali dengan nomor yang sama" in letters[0].body
    assert "Langkah berikutnya" not in letters[0].body


def test_reports_of_earlier_days_count_her_no_more_since_she_sat_and_say_so(app: Flask) -> None:
    """Course and picture agree of each day before the decision and after it; days before she sat stay untouched."""
    with time_machine.travel(clock.now() - 8 * DAY):
        opd = an_opd()
        a_learner(agency=opd)
        an_issued_directive(opd)
    with time_machine.travel(clock.now() - 6 * DAY):
        learner = who_passed(agency=opd)
    with time_machine.travel(clock.now() - 5 * DAY):
        pact = a_pact(learner)
    with time_machine.travel(clock.now() - 4 * DAY):
        jobs.perform("certificates.issue", str(pact.id))
    jobs.queue().flush()
    rule(RulingKind.KEY, ("b",))
    assert [0, 0, 0, 1, 1, 1, 1, 1, 1] == done_since(8)
    fail()
    assert [0] * 9 == done_since(8)
    told = {
        back: [each.sentence for each in reports.corrections(clock.today() - back * DAY)] for back in range(8, -1, -1)
    }
    assert [6, 5, 4, 3, 2, 1] == [back for back, each in told.items() if "tidak lulus kuis" in " ".join(each)]


def done_since(back: int) -> list[int]:
    """How many were done on each day since, by the course and by the picture of each."""
    days = {"sejak": str(clock.today() - back * DAY)}
    course = trend.points(asking.asked(days, SYSTEM, known=asking.EVERY_FILTER | {"sejak"}))
    pictures = [asking.asked({"per": str(each.day)}, SYSTEM).picture.total for each in course]
    assert [each.done for each in course] == [each.done for each in pictures]
    return [each.done for each in course]


def replace_points(_score: Any) -> Any:
    """Half a point, as another ruling might give."""
    from decimal import Decimal

    return Decimal("0.5")

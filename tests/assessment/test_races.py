"""Two officers, two clicks, two jobs, or a learner beside any of them, at the very same moment."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from elearn.assessment import concessions, decisions, jobs, outages, regrading, reported, rules, rulings
from elearn.assessment.models import QuestionReport, Regrade
from elearn.assessment.rules import Cause, Decision, ReportKind
from elearn.core import clock
from elearn.core import jobs as queue
from elearn.core.db import db
from elearn.core.errors import Refusal
from elearn.core.permissions import SYSTEM, Role
from elearn.core.transaction import transaction
from elearn.ledger import queries as record
from elearn.ledger.models import LedgerEntry
from elearn.notices.models import Notice
from elearn.quiz import actions as quiz
from elearn.quiz import judging
from elearn.quiz.grading import RulingKind
from elearn.quiz.models import Attempt, Concession, Outage, Ruling
from tests.factories.accounts import an_actor
from tests.factories.assessment import (
    SLUG,
    WRONG,
    a_learner,
    a_quiz,
    a_ruling,
    a_sitting,
    actor_of,
    an_applied_ruling,
    an_open_sitting,
)
from tests.together import AT_ONCE, linger, together

FAILING = (WRONG, "dasar-2", "dasar-3")
APPLIED = "assessment:ruling_applied"
WAYS: tuple[tuple[str, ...], ...] = ((WRONG, "dasar-2"), ("dasar-2",), (WRONG,))
"""Who passes by the corrected key only, who by the old one only, who by both."""


def counted(model: Any, **facts: Any) -> int:
    """How many rows there are."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model).filter_by(**facts)) or 0


def anew(attempt_id: Any) -> Attempt:
    """An attempt as the books have it now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Attempt, attempt_id)


def is_sound(attempt_id: Any, ruling: Ruling) -> bool:
    """Whether an attempt has its grade by the rulings in force, or waits for a decision because it would fail."""
    attempt = anew(attempt_id)
    grade, passed = judging.judge(attempt)
    if list(grade.marks) == attempt.marks:
        return attempt.passed == passed
    kept = select(Regrade).filter_by(ruling_id=ruling.id, attempt_id=attempt_id).where(regrading.waiting())
    row = db.session.scalar(kept)
    return row is not None and bool(attempt.passed) and not passed and list(grade.marks) == row.after_marks


def ask_and_apply(ruling: Ruling) -> None:
    """Have a ruling applied, by the job itself."""
    with transaction():
        rulings.ask(SYSTEM, ruling_id=ruling.id)
    jobs.apply_ruling(str(ruling.id))


def test_an_outage_recorded_twice_at_once_is_recorded_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A button pressed twice gave every attempt its minutes twice."""
    attempt, officer = an_open_sitting(a_learner(), a_quiz(minutes=30)), an_actor(Role.HR)
    later = attempt.started_at + timedelta(minutes=5)
    monkeypatch.setattr(clock, "now", lambda: later)
    linger(monkeypatch, outages, "_refuse_times")
    times = {"from_at": attempt.started_at, "until_at": attempt.started_at + timedelta(minutes=4), "slug": SLUG}
    found = together(app, lambda _: outages.record(officer, **times, reason="Peladen padam"))
    assert AT_ONCE - 1 == sum(isinstance(each, rules.OverlapsOutage) for each in found)
    assert 1 == counted(Outage)
    assert 1 == counted(LedgerEntry, event="assessment:outage_recorded")
    queue.run_waiting()
    assert attempt.started_at + timedelta(minutes=34) == anew(attempt.id).due_at


def test_an_outage_made_good_twice_at_once_gives_the_minutes_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sweep came while the job was at it; learners submit meanwhile, and nobody waits in a circle."""
    publication, learners = a_quiz(minutes=30), [a_learner() for _ in range(AT_ONCE - 2)]
    attempts = [an_open_sitting(learner, publication).id for learner in learners]
    later = clock.now() + timedelta(minutes=5)
    monkeypatch.setattr(clock, "now", lambda: later)
    times = {"from_at": later - timedelta(minutes=5), "until_at": later - timedelta(minutes=1), "slug": SLUG}
    with transaction():
        outage = outages.record(SYSTEM, **times, reason="Peladen padam")
    queue.queue().flush()
    linger(monkeypatch, outages.ledger, "record", seconds=0.02)
    actors = [actor_of(learner) for learner in learners]

    def work(number: int) -> Any:
        if number < 2:
            return outages.credit(outage.id, limit=50)
        return quiz.submit(actors[number - 2], attempt_id=attempts[number - 2])

    together(app, work)
    extra = {row.attempt_id: row.extra_minutes for row in db.session.scalars(select(Concession))}
    assert set(extra.values()) <= {4, 5}
    for attempt_id in attempts:
        attempt = anew(attempt_id)
        assert attempt.due_at - attempt.started_at == timedelta(minutes=30 + extra.get(attempt_id, 0))


def test_learners_submit_while_a_ruling_is_applied(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is graded by the corrected key, or graded again, or waits for a decision; none is missed."""
    publication, learners = a_quiz(), [a_learner() for _ in range(3 * AT_ONCE)]
    attempts = [an_open_sitting(each, publication, wrong=WAYS[i % 3]).id for i, each in enumerate(learners)]
    for early in range(3):
        with transaction():
            quiz.submit(actor_of(learners[early]), attempt_id=attempts[early])
    ruling, actors = a_ruling(), [actor_of(each) for each in learners]
    linger(monkeypatch, judging, "judge", seconds=0.1)

    def work(number: int) -> Any:
        if number == 5:
            return ask_and_apply(ruling)
        return quiz.submit(actors[number], attempt_id=attempts[number])

    together(app, work, times=len(learners), hands=10)
    with transaction():
        quiz.submit(actors[5], attempt_id=attempts[5])
    assert rulings.get_ruling(ruling.id).applied_at is not None
    unsound = [attempt_id for attempt_id in attempts if not is_sound(attempt_id, ruling)]
    assert [] == unsound, len(unsound)


def test_a_submission_under_way_when_a_ruling_was_asked_for_is_graded_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was graded by the old key, and became visible after every closed attempt had been looked at."""
    publication, learner = a_quiz(), a_learner()
    attempt_id, actor = an_open_sitting(learner, publication, wrong=(WRONG, "dasar-2")).id, actor_of(learner)
    ruling = a_ruling()
    linger(monkeypatch, judging, "judge", seconds=0.6)
    deeds: list[Callable[[], Any]] = [
        lambda: quiz.submit(actor, attempt_id=attempt_id),
        lambda: ask_and_apply(ruling),
    ]

    def work(number: int) -> Any:
        time.sleep(0.2 * number)
        return deeds[number]()

    together(app, work, times=2, hands=2)
    assert is_sound(attempt_id, ruling)
    assert anew(attempt_id).passed


def test_one_ruling_applied_twice_at_once_changes_each_result_once(app: Flask) -> None:
    """The sweep asked again while the job was at it: one change, one message, one entry for each."""
    publication = a_quiz()
    people = [a_learner(email=f"peserta{number}@example.test") for number in range(4)]
    attempts = [a_sitting(each, publication, wrong=(WRONG, "dasar-2")).id for each in people]
    ruling = a_ruling()
    with transaction():
        rulings.ask(SYSTEM, ruling_id=ruling.id)
    queue.queue().flush()
    together(app, lambda _: jobs.apply_ruling(str(ruling.id)))
    assert all(anew(each).passed for each in attempts)
    assert (4, 4) == (counted(Regrade), counted(Notice))
    assert (4, 1) == (counted(LedgerEntry, event="quiz:regraded"), counted(LedgerEntry, event=APPLIED))
    assert record.first_break() is None


def test_two_rulings_on_one_question_at_once_leave_one_key(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one asked for last decides about every attempt, whichever job comes first to which of them."""
    publication = a_quiz()
    attempts = [
        a_sitting(a_learner(), publication, wrong=wrong, chosen=chosen).id
        for wrong in WAYS
        for chosen in ("b", "c")
        for _ in range(2)
    ]
    both = [a_ruling(RulingKind.KEY, (key,)) for key in ("b", "c")]
    monkeypatch.setattr(regrading, "BATCH", 3)
    linger(monkeypatch, regrading, "_keep", seconds=0.05)
    together(app, lambda number: ask_and_apply(both[number]), times=2, hands=2)
    jobs.sweep()
    queue.run_waiting()
    last = max((rulings.get_ruling(each.id) for each in both), key=lambda each: each.asked_at)
    assert all(rulings.get_ruling(each.id).applied_at for each in both)
    assert [True] * len(attempts) == [is_sound(each, last) for each in attempts]


def test_a_ruling_proposed_by_many_clicks_is_proposed_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is answered with the same proposal, of which the record has one entry."""
    a_quiz()
    version = rulings.versions(SLUG, WRONG)[0]
    facts = {"question_id": WRONG, "question_hash": version.hash, "kind": RulingKind.KEY, "answer": ("b",)}
    linger(monkeypatch, rulings.ledger, "record", seconds=0.1)
    reason = "Kuncinya keliru menurut Pasal 5."
    found = together(app, lambda _: rulings.propose(SYSTEM, slug=SLUG, **facts, reason=reason).id)
    assert 1 == len(set(found))
    assert (1, 1) == (counted(Ruling), counted(LedgerEntry, event="assessment:ruling_proposed"))


def test_a_ruling_asked_for_twice_at_once_is_asked_for_once(app: Flask) -> None:
    """The others are told that it was."""
    a_quiz()
    ruling = a_ruling()
    found = together(app, lambda _: rulings.ask(SYSTEM, ruling_id=ruling.id).id)
    assert AT_ONCE - 1 == sum(isinstance(each, rules.AlreadyAsked) for each in found)


@pytest.fixture
def waiting(app: Flask) -> list[Any]:
    """Four results that wait for a decision."""
    publication = a_quiz()
    for _ in range(4):
        a_sitting(a_learner(), publication, wrong=("dasar-2",))
    an_applied_ruling()
    return sorted(case.regrade.id for case in decisions.list_waiting(an_actor(Role.HR)))


def test_two_officers_decide_about_one_result_at_once(app: Flask, waiting: list[Any]) -> None:
    """One of them decides; what follows is what she decided, once."""
    officers = [an_actor(Role.HR) for _ in range(AT_ONCE)]
    ways = list(Decision) * AT_ONCE

    def work(number: int) -> Any:
        return decisions.decide(
            officers[number], regrade_id=waiting[0], decision=ways[number], reason="Sudah diperiksa."
        ).decision

    found = together(app, work)
    [decided] = [each for each in found if not isinstance(each, Refusal)]
    row = db.session.get_one(Regrade, waiting[0])
    assert decided == row.decision
    assert (decided == Decision.STAYS) == anew(row.attempt_id).passed
    assert 1 == counted(LedgerEntry, event="assessment:result_decided")
    assert (1 if decided == Decision.FAILS else 0) == counted(Concession)


def test_officers_decide_about_overlapping_lists_at_once(
    app: Flask, waiting: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits in a circle, and each result is decided once."""
    officers = [an_actor(Role.HR) for _ in range(4)]
    lists = [waiting[:2], waiting[1:3], waiting[2:], [waiting[1]]]
    linger(monkeypatch, decisions.ledger, "record", seconds=0.05)

    def work(number: int) -> Any:
        facts = {"decision": Decision.FAILS, "reason": "Nilainya kurang."}
        return decisions.decide_many(officers[number], regrade_ids=lists[number], **facts)

    assert 4 == sum(together(app, work, times=4, hands=4))
    assert 4 == counted(LedgerEntry, event="assessment:result_decided")
    assert 4 == counted(Concession)


def test_the_same_is_allowed_once_by_many_clicks(app: Flask) -> None:
    """One concession, one message."""
    a_quiz()
    learner, officer = a_learner(), an_actor(Role.HR)
    facts = {"employee_id": learner.id, "slug": SLUG, "cause": Cause.OTHER, "reason": "Dinas luar."}
    together(app, lambda _: concessions.grant(officer, **facts, extra_attempts=1, extra_minutes=0))
    assert (1, 1) == (counted(Concession), counted(Notice))


def test_an_attempt_is_allowed_to_be_reopened_once_by_many_clicks(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One concession, one message; withdrawing it leaves none."""
    attempt, officer = a_sitting(a_learner(), a_quiz(), wrong=FAILING), an_actor(Role.HR)
    linger(monkeypatch, concessions, "hindrance")
    facts = {"attempt_id": attempt.id, "cause": Cause.OUTAGE, "reason": "Listrik padam.", "minutes": 15}
    together(app, lambda _: concessions.allow_reopening(officer, **facts).id)
    assert (1, 1) == (counted(Concession), counted(Notice))


def test_going_on_and_beginning_anew_at_once_leave_one_open_attempt(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two tabs: in one she goes on with the old attempt, in the other she begins another."""
    publication, learner = a_quiz(wait_minutes=0), a_learner()
    attempt, actor = a_sitting(learner, publication, wrong=FAILING), actor_of(learner)
    with transaction():
        concessions.allow_reopening(
            an_actor(Role.HR), attempt_id=attempt.id, cause=Cause.OUTAGE, reason="Listrik padam.", minutes=15
        )
    linger(monkeypatch, concessions, "hindrance", seconds=0.2)
    linger(monkeypatch, quiz, "_draw", seconds=0.2)

    def work(number: int) -> Any:
        if number % 2:
            return concessions.go_on(actor, attempt_id=attempt.id).id
        return quiz.start(actor, publication_id=publication.id).id

    together(app, work)
    assert 1 == counted(Attempt, submitted_at=None)


def test_a_question_is_reported_once_by_many_clicks(app: Flask) -> None:
    """The others are told that it was."""
    learner = a_learner()
    attempt, actor = an_open_sitting(learner, a_quiz()), actor_of(learner)
    facts = {"attempt_id": attempt.id, "position": 1, "kind": ReportKind.WRONG, "sentence": "Kuncinya keliru."}
    found = together(app, lambda _: reported.report(actor, **facts))
    assert AT_ONCE - 1 == sum(isinstance(each, rules.AlreadyReported) for each in found)
    assert 1 == counted(QuestionReport)


def test_a_report_is_answered_once_by_many_clicks(app: Flask) -> None:
    """One answer, one message."""
    learner = a_learner()
    attempt, actor = an_open_sitting(learner, a_quiz()), actor_of(learner)
    with transaction():
        reported.report(actor, attempt_id=attempt.id, position=1, kind=ReportKind.WRONG, sentence="Kuncinya keliru.")
    question = db.session.scalar(select(QuestionReport.question_id))
    facts = {"slug": SLUG, "question_id": question, "outcome": rules.Outcome.EXPLAINED, "sentence": "Kuncinya tetap."}
    together(app, lambda _: reported.answer(SYSTEM, **facts))
    assert (1, 1) == (counted(LedgerEntry, event="assessment:question_answered"), counted(Notice))


def test_withdrawing_and_going_on_at_once_never_both(app: Flask) -> None:
    """Either she goes on and the concession stands, or it is withdrawn and she does not."""
    publication, learner = a_quiz(wait_minutes=0), a_learner()
    attempt, actor = a_sitting(learner, publication, wrong=FAILING), actor_of(learner)
    officer = an_actor(Role.HR)
    with transaction():
        given = concessions.allow_reopening(
            officer, attempt_id=attempt.id, cause=Cause.OUTAGE, reason="Listrik padam.", minutes=15
        )

    def work(number: int) -> Any:
        if number % 2:
            return concessions.go_on(actor, attempt_id=attempt.id).id
        return concessions.withdraw(officer, concession_id=given.id).id

    together(app, work)
    db.session.expire_all()
    is_withdrawn: datetime | None = db.session.get_one(Concession, given.id).withdrawn_at
    assert (anew(attempt.id).submitted_at is None) == (is_withdrawn is None)

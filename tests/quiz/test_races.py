"""Double clicks and two tabs at the very same moment, in threads of their own."""

from datetime import datetime, timedelta
from typing import Any

import time_machine
from flask import Flask
from sqlalchemy import func, select

from elearn.core.clock import now
from elearn.core.db import db
from elearn.core.transaction import transaction
from elearn.ledger.models import LedgerEntry
from elearn.quiz import actions, grading, papers, queries, saving
from elearn.quiz.models import Attempt
from elearn.quiz.saving import Sending
from tests.factories.content import published_module
from tests.factories.learning import a_learner
from tests.factories.quiz import an_attempt
from tests.together import AT_ONCE, linger, together

CROWD, HANDS = 2000, 16
"""Submits of one attempt, and how many threads send them."""


def test_many_starts_at_once_give_one_attempt(app: Flask) -> None:
    """Each of them is answered with the same one."""
    learner, publication_id = a_learner(), published_module().id
    found = together(app, lambda _: actions.start(learner, publication_id=publication_id).id)
    assert 1 == len(set(found))
    assert 1 == db.session.scalar(select(func.count()).select_from(Attempt))


def test_many_submits_at_once_give_one_result(app: Flask) -> None:
    """One grade, one entry in the ledger."""
    learner, publication_id = a_learner(), published_module().id
    attempt_id = an_attempt(learner, publication_id).id
    results = together(app, lambda _: actions.submit(learner, attempt_id=attempt_id).submitted_at)
    assert 1 == len(set(results))
    assert 1 == db.session.scalar(select(func.count()).where(LedgerEntry.event == "quiz:submitted"))


def test_two_thousand_submits_of_one_attempt_give_one_result(app: Flask) -> None:
    """Everybody is told the same points and the same instant; one grade is stored, one entry made."""
    learner, publication_id = a_learner(), published_module().id
    attempt_id = an_attempt(learner, publication_id).id
    with transaction():
        actions.save_answer(learner, attempt_id=attempt_id, position=1, choice=["a"])

    def work(_: int) -> tuple[Any, ...]:
        closed = actions.submit(learner, attempt_id=attempt_id)
        return closed.submitted_at, closed.score, closed.total, closed.passed, tuple(closed.marks or ())

    results = together(app, work, times=CROWD, hands=HANDS)
    assert CROWD == len(results)
    assert 1 == len(set(results)), set(results)
    assert ((1, 4, False), (100, 0, 0, 0)) == (results[0][1:4], results[0][4])
    assert 1 == db.session.scalar(select(func.count()).where(LedgerEntry.event == "quiz:submitted"))


def test_an_answer_beside_a_submit_counts_or_is_refused(app: Flask) -> None:
    """What was acknowledged as saved is in the grade, whoever came first."""
    learner, publication_id = a_learner(), published_module().id
    attempt_id = an_attempt(learner, publication_id).id

    def work(number: int) -> Any:
        if number == AT_ONCE // 2:
            return actions.submit(learner, attempt_id=attempt_id)
        return actions.save_answer(learner, attempt_id=attempt_id, position=1 + number % 4, choice=["a"])

    together(app, work)
    attempt = queries.get_attempt(attempt_id, learner_id=learner.account_id)
    module = queries.content.get_module(publication_id)
    answers = {position: saved.choice for position, saved in queries.list_saved(attempt_id).items()}
    paper = papers.read(attempt.paper)
    assert attempt.score == grading.grade(paper, answers, module.question_by_id, module.quiz).score
    assert all(saved.saved_at <= attempt.submitted_at for saved in queries.list_saved(attempt_id).values())


def test_one_sending_that_arrives_many_times_at_once_is_one_entry(app: Flask) -> None:
    """Each of them is told the same receipt."""
    learner, publication_id = a_learner(), published_module().id
    attempt_id, sending = an_attempt(learner, publication_id).id, Sending("kunci", device="a")
    one = {"attempt_id": attempt_id, "position": 1, "choice": ["b"], "sending": sending}
    receipts = together(app, lambda _: actions.save_answer(learner, **one).saved_at)
    assert 1 == len(set(receipts))
    assert 1 == len(queries.history(attempt_id))


def test_a_button_pressed_many_times_at_once_is_one_entry(app: Flask) -> None:
    """A double click sends the key of its page twice."""
    learner, publication_id = a_learner(), published_module().id
    attempt_id, sending = an_attempt(learner, publication_id).id, Sending("kunci", is_by_button=True)
    one = {"attempt_id": attempt_id, "position": 1, "choice": ["b"], "sending": sending}
    together(app, lambda _: actions.save_answer(learner, **one))
    assert 1 == len(queries.history(attempt_id))


def test_of_many_devices_at_once_the_answer_given_last_counts(app: Flask) -> None:
    """All are in the history, whoever came first."""
    learner, publication_id = a_learner(), published_module().id
    with time_machine.travel(now() - timedelta(minutes=5), tick=True):
        attempt_id = an_attempt(learner, publication_id).id
    ages = [90, 10, 250, 40, 170, 60]

    def work(number: int) -> Any:
        sending = Sending(f"kunci-{number}", age=ages[number], device=str(number))
        choice = ["c" if ages[number] == min(ages) else "ab"[number % 2]]
        return actions.save_answer(learner, attempt_id=attempt_id, position=1, choice=choice, sending=sending)

    together(app, work)
    history = queries.history(attempt_id)
    assert (AT_ONCE, {1: ("c",)}) == (len(history), {p: s.choice for p, s in queries.list_saved(attempt_id).items()})
    assert [("c",)] == [each.choice for each in history if each.counts]


def test_learners_submit_while_the_clock_closes_what_is_overdue(app: Flask, monkeypatch: Any) -> None:
    """Nobody waits in a circle: each attempt is closed once, by its learner or by the clock."""
    publication_id, learners = published_module().id, [a_learner() for _ in range(2 * AT_ONCE)]
    with time_machine.travel(now() - timedelta(hours=3), tick=True):
        attempts = [an_attempt(learner, publication_id).id for learner in learners]
    linger(monkeypatch, actions.ledger, "record")

    def work(number: int) -> Any:
        if number < AT_ONCE:  # the attempts due first are left to the clock
            return actions.close_overdue(limit=100)
        return actions.submit(learners[number], attempt_id=attempts[number]).id

    together(app, work, times=2 * AT_ONCE, hands=2 * AT_ONCE)
    assert 0 == db.session.scalar(select(func.count(Attempt.id)).where(Attempt.submitted_at.is_(None)))
    assert 2 * AT_ONCE == db.session.scalar(select(func.count()).where(LedgerEntry.event == "quiz:submitted"))


def test_answers_at_the_very_end_of_the_time_count_or_are_refused(app: Flask, monkeypatch: Any) -> None:
    """While the clock closes the attempt and its learner submits it: what was acknowledged is in the grade."""
    learner, publication_id = a_learner(), published_module().id
    with time_machine.travel(now() - timedelta(hours=3), tick=True):
        attempt = an_attempt(learner, publication_id)
    attempt_id, end = attempt.id, queries.get_sheet(attempt.id, learner_id=learner.account_id).closes_at
    linger(monkeypatch, actions.judging, "judge")
    linger(monkeypatch, saving, "append", seconds=0.02)

    def work(number: int) -> Any:
        if number == 7:
            return actions.submit(learner, attempt_id=attempt_id)
        if number == 8:
            return actions.close_overdue(limit=10)
        return actions.save_answer(learner, attempt_id=attempt_id, position=1 + number % 4, choice=["a"]).saved_at

    with time_machine.travel(end - timedelta(seconds=0.06), tick=True):
        found = together(app, work, times=16, hands=8)
        actions.close_overdue(limit=10)
        db.session.commit()
    attempt = queries.get_attempt(attempt_id, learner_id=learner.account_id)
    module = queries.content.get_module(publication_id)
    saved = queries.list_saved(attempt_id)
    answers = {position: each.choice for position, each in saved.items()}
    assert (
        attempt.score == grading.grade(papers.read(attempt.paper), answers, module.question_by_id, module.quiz).score
    )
    acknowledged = [each for number, each in enumerate(found) if number not in (7, 8) and isinstance(each, datetime)]
    assert len(acknowledged) == len(queries.history(attempt_id))
    assert all(each <= attempt.submitted_at for each in acknowledged)

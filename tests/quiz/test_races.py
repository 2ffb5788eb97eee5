"""Double clicks and two tabs at the very same moment, in threads of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from elearn.core.db import db
from elearn.core.errors import Refusal
from elearn.core.transaction import transaction
from elearn.ledger.models import LedgerEntry
from elearn.quiz import actions, queries, rules
from elearn.quiz.models import Attempt
from tests.factories.content import published_module
from tests.factories.learning import a_learner
from tests.factories.quiz import an_attempt

AT_ONCE = 6


def together(app: Flask, work: Callable[[int], Any]) -> list[Any]:
    """Do the work so many times at once, each in its own transaction; a refusal is a result."""

    def alone(number: int) -> Any:
        with app.app_context():
            try:
                with transaction():
                    return work(number)
            except Refusal as refusal:
                return refusal
            finally:
                db.session.remove()

    db.session.rollback()  # what the test itself has read so far is a picture of before
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(alone, range(AT_ONCE)))


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
    assert attempt.score == rules.grade(rules.read(attempt.paper), answers, module.question_by_id, module.quiz).score
    assert all(saved.saved_at <= attempt.submitted_at for saved in queries.list_saved(attempt_id).values())

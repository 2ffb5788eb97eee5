"""Answers are kept, attempts are closed once, and the clock is the server's."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from elearn.core import jobs
from elearn.core.clock import now
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.permissions import Actor
from elearn.core.transaction import transaction
from elearn.ledger.models import LedgerEntry
from elearn.quiz import actions, papers, queries, rules
from elearn.quiz.models import Attempt
from tests.factories.content import published_module
from tests.factories.learning import a_learner
from tests.factories.quiz import a_submitted_attempt, an_attempt, answer


@pytest.fixture
def learner(app: Flask) -> Actor:
    """A person who may take the quiz."""
    return a_learner()


@pytest.fixture
def publication_id(app: Flask) -> Any:
    """The version whose quiz is taken."""
    return published_module().id


def save(learner: Actor, attempt: Attempt, position: int = 1, choice: str = "a") -> None:
    """Save one answer in its own transaction."""
    with transaction():
        actions.save_answer(learner, attempt_id=attempt.id, position=position, choice=[choice])


def later(**time: float) -> Any:
    """The clock, so much later."""
    return time_machine.travel(now() + timedelta(**time), tick=True)


def events() -> list[str]:
    """The names of what the ledger holds about the quiz."""
    return list(db.session.scalars(select(LedgerEntry.event).where(LedgerEntry.stream == "quiz")))


def test_starting_twice_gives_one_attempt(learner: Actor, publication_id: Any) -> None:
    """A double click returns to the same paper."""
    first, second = an_attempt(learner, publication_id), an_attempt(learner, publication_id)
    assert (first.id, first.paper) == (second.id, second.paper)
    assert 1 == db.session.scalar(select(func.count()).select_from(Attempt))


def test_a_paper_can_be_drawn_again_from_its_seed(learner: Actor, publication_id: Any) -> None:
    """The stored seed explains the stored paper."""
    attempt = an_attempt(learner, publication_id)
    module = queries.get_sheet(attempt.id, learner_id=learner.account_id).module
    assert attempt.paper == papers.written(papers.draw(module.questions, module.quiz.blueprint, attempt.seed))
    assert 0 <= attempt.seed < 2**63


def test_the_last_answer_counts(learner: Actor, publication_id: Any) -> None:
    """Changing one's mind replaces the answer, it does not add one."""
    attempt = an_attempt(learner, publication_id)
    save(learner, attempt, choice="b")
    save(learner, attempt, choice="c")
    assert {1: ("c",)} == {place: each.choice for place, each in queries.list_saved(attempt.id).items()}


def test_all_right_answers_pass(learner: Actor, publication_id: Any) -> None:
    """Four of four, closed by the learner, found as the one that passed."""
    attempt = a_submitted_attempt(learner, publication_id)
    assert (4, 4, True, "learner") == (attempt.score, attempt.total, attempt.passed, attempt.closed_by)
    assert attempt.id == queries.passed_attempt(learner.account_id, attempt.module_slug).id


def test_too_few_right_answers_fail(learner: Actor, publication_id: Any) -> None:
    """Two of four are less than 75 percent."""
    attempt = a_submitted_attempt(learner, publication_id, right=2)
    assert (2, False) == (attempt.score, attempt.passed)
    assert queries.passed_attempt(learner.account_id, attempt.module_slug) is None


def test_submitting_twice_is_one_result_and_one_entry(learner: Actor, publication_id: Any) -> None:
    """Two tabs, a double click, a repeated post."""
    first = a_submitted_attempt(learner, publication_id)
    submitted_at = first.submitted_at
    with later(minutes=2), transaction():
        again = actions.submit(learner, attempt_id=first.id)
    assert (first.id, submitted_at) == (again.id, again.submitted_at)
    assert ["quiz:submitted"] == events()


def test_the_ledger_knows_the_result_but_no_answer(learner: Actor, publication_id: Any) -> None:
    """Attempt, version, points and pass; what was chosen stays with the learner."""
    attempt = a_submitted_attempt(learner, publication_id)
    payload = db.session.scalars(select(LedgerEntry.payload).where(LedgerEntry.stream == "quiz")).one()
    assert [] == [word for word in (str(attempt.id), '"score":4', '"passed":true') if word not in payload]
    assert "dasar-1" not in payload


def test_a_submitted_attempt_takes_no_more_answers(learner: Actor, publication_id: Any) -> None:
    """The result would change under the learner's eyes."""
    attempt = a_submitted_attempt(learner, publication_id)
    with pytest.raises(rules.AlreadySubmitted):
        save(learner, attempt)


def test_an_answer_within_the_grace_is_saved(learner: Actor, publication_id: Any) -> None:
    """A slow network costs nobody the last question."""
    attempt = an_attempt(learner, publication_id)
    with later(minutes=10, seconds=15):
        save(learner, attempt)
    assert [1] == list(queries.list_saved(attempt.id))


def test_a_late_answer_is_refused(learner: Actor, publication_id: Any) -> None:
    """The time limit and its grace are the server's."""
    attempt = an_attempt(learner, publication_id)
    save(learner, attempt, 1)
    with later(minutes=10, seconds=31), pytest.raises(rules.TimeIsUp):
        save(learner, attempt, 2)
    assert [1] == list(queries.list_saved(attempt.id))


def test_an_option_of_another_question_is_refused(learner: Actor, publication_id: Any) -> None:
    """Nothing is stored that the paper does not offer."""
    attempt = an_attempt(learner, publication_id)
    with pytest.raises(rules.UnknownOption):
        save(learner, attempt, choice="z")
    assert {} == queries.list_saved(attempt.id)


@pytest.mark.parametrize("position", [0, 5])
def test_a_position_off_the_paper_is_not_found(learner: Actor, publication_id: Any, position: int) -> None:
    """There is no fifth question of four."""
    attempt = an_attempt(learner, publication_id)
    with pytest.raises(NotFound):
        save(learner, attempt, position)


def test_the_attempt_of_another_does_not_exist(learner: Actor, publication_id: Any) -> None:
    """Neither to answer nor to submit."""
    attempt, stranger = an_attempt(learner, publication_id), a_learner()
    with pytest.raises(NotFound):
        save(stranger, attempt)
    with pytest.raises(NotFound):
        actions.submit(stranger, attempt_id=attempt.id)


def test_the_clock_closes_what_nobody_submitted(learner: Actor, publication_id: Any) -> None:
    """The job grades what is stored, once."""
    attempt = an_attempt(learner, publication_id)
    answer(learner, attempt, right=3)
    with later(minutes=10, seconds=10):
        jobs.perform("quiz.close_overdue")
        assert [] == events()
    with later(minutes=10, seconds=31):
        jobs.perform("quiz.close_overdue")
        jobs.perform("quiz.close_overdue")
    db.session.expire_all()
    closed = queries.get_attempt(attempt.id, learner_id=learner.account_id)
    assert ("clock", 3, True) == (closed.closed_by, closed.score, closed.passed)
    assert ["quiz:submitted"] == events()


def test_submitting_late_is_closed_by_the_clock(learner: Actor, publication_id: Any) -> None:
    """The learner sees her result without waiting for the job."""
    attempt = an_attempt(learner, publication_id)
    with later(minutes=30), transaction():
        assert "clock" == actions.submit(learner, attempt_id=attempt.id).closed_by


def test_a_second_attempt_waits_and_draws_anew(learner: Actor, publication_id: Any) -> None:
    """Ten minutes after the first, with another seed, and no third."""
    first = a_submitted_attempt(learner, publication_id, right=0)
    with pytest.raises(rules.TooSoon):
        an_attempt(learner, publication_id)
    with later(minutes=11):
        second = a_submitted_attempt(learner, publication_id, right=0)
    assert (2, True) == (second.number, first.seed != second.seed)
    with later(minutes=30), pytest.raises(rules.NoAttemptsLeft):
        an_attempt(learner, publication_id)


def test_who_passed_starts_no_more(learner: Actor, publication_id: Any) -> None:
    """There is one passing attempt."""
    a_submitted_attempt(learner, publication_id)
    with later(days=1), pytest.raises(rules.AlreadyPassed):
        an_attempt(learner, publication_id)


def test_an_overdue_attempt_is_closed_by_the_next_start(learner: Actor, publication_id: Any) -> None:
    """Who comes back the next day gets a new paper at once."""
    first = an_attempt(learner, publication_id)
    with later(minutes=11), pytest.raises(rules.TooSoon):
        an_attempt(learner, publication_id)
    with later(minutes=11):
        jobs.perform("quiz.close_overdue")
    with later(days=1):
        assert 2 == an_attempt(learner, publication_id).number
    assert first.id is not None

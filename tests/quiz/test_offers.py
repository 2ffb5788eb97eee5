"""What holds for a learner: the rules of module and directive, what she was allowed, all frozen in her attempt."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask

from elearn.content import queries as content
from elearn.content.modules import Module
from elearn.content.questions import TopicMark, wording
from elearn.core.clock import now
from elearn.core.db import db
from elearn.core.permissions import Actor
from elearn.core.transaction import transaction
from elearn.quiz import actions, grading, judging, offers, papers, queries, rules, terms
from elearn.quiz.models import Attempt, Concession, Ruling
from tests.factories.content import a_policy, published_module
from tests.factories.learning import a_learner
from tests.factories.quiz import a_submitted_attempt, an_attempt

SLUG = "netralitas-asn"


class Letters:
    """Somebody who sets the rules, as a directive does."""

    def __init__(self) -> None:
        self.said: dict[str, Any] = {}
        self.deadline: datetime | None = None

    def terms_of(self, learner_id: UUID | None, slug: str) -> dict[str, Any]:
        """The same for everybody."""
        return self.said

    def deadline_of(self, learner_id: UUID | None, slug: str) -> datetime | None:
        """The same for everybody."""
        return self.deadline


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> Letters:
    """The only provider of this test."""
    provider = Letters()
    monkeypatch.setattr(terms, "_providers", [provider])
    return provider


@pytest.fixture
def learner(app: Flask) -> Actor:
    """A person who may take the quiz."""
    return a_learner()


@pytest.fixture
def publication_id(app: Flask) -> Any:
    """The version whose quiz is taken."""
    return published_module().id


def allow(learner: Actor, **facts: Any) -> Concession:
    """Allow somebody more, because of an outage."""
    values = {
        "learner_id": learner.account_id,
        "module_slug": SLUG,
        "cause": "gangguan",
        "reason": "Listrik padam",
        "extra_attempts": 0,
        "extra_minutes": 0,
        "granted_at": now(),
        **facts,
    }
    with transaction():
        concession = Concession(**values)
        db.session.add(concession)
    return concession


def rule(question_id: str, publication_id: Any, kind: str, **facts: Any) -> None:
    """Let a ruling on a question be in force."""
    question = content.get_module(publication_id).question_by_id[question_id]
    values = {
        "module_slug": SLUG,
        "question_id": question_id,
        "question_hash": wording(question),
        "kind": kind,
        "reason": "Kunci keliru",
        "decided_at": now(),
        "asked_at": now(),
        **facts,
    }
    with transaction():
        db.session.add(Ruling(**values))


def module_of(publication_id: Any) -> Module:
    """What the version says."""
    return content.get_module(publication_id)


def test_without_letters_everything_is_as_the_module_says(
    learner: Actor, publication_id: Any, letters: Letters
) -> None:
    """Nothing is frozen, and the policy is the module's own."""
    attempt = an_attempt(learner, publication_id)
    assert attempt.terms is None
    assert module_of(publication_id).quiz == judging.policy_of(attempt)


def test_an_attempt_keeps_the_terms_it_began_on(learner: Actor, publication_id: Any, letters: Letters) -> None:
    """A directive that changes or ends meanwhile changes nothing for it."""
    letters.said = {"minutes": 45, "pass_percent": 100, "must_pass": [{"topic": "dasar", "percent": 50}]}
    attempt = an_attempt(learner, publication_id)
    letters.said = {}
    assert timedelta(minutes=45) == attempt.due_at - attempt.started_at
    sheet = queries.get_sheet(attempt.id, learner_id=learner.account_id)
    policy = judging.policy_of(attempt)
    assert policy == sheet.policy
    assert (45, 100, (TopicMark("dasar", 50),)) == (policy.minutes, policy.pass_percent, policy.must_pass)
    closed = a_submitted_attempt(learner, publication_id, right=3)
    assert (3, 4, False) == (closed.score, closed.total, closed.passed)


def test_terms_are_gone_with_the_next_attempt(learner: Actor, publication_id: Any, letters: Letters) -> None:
    """Each attempt asks anew."""
    letters.said = {"pass_percent": 100, "wait_minutes": 0}
    a_submitted_attempt(learner, publication_id, right=3)
    letters.said = {"wait_minutes": 0}
    assert a_submitted_attempt(learner, publication_id, right=3).passed


def test_a_directive_may_allow_fewer_attempts(learner: Actor, publication_id: Any, letters: Letters) -> None:
    """One is enough for it, though the module has two."""
    a_submitted_attempt(learner, publication_id, right=0)
    letters.said = {"attempts": 1}
    with time_machine.travel(now() + timedelta(days=1)), pytest.raises(rules.NoAttemptsLeft):
        an_attempt(learner, publication_id)
    assert 0 == queries.outlook(learner.account_id, SLUG, module_of(publication_id).quiz).attempts_left


def test_more_attempts_and_minutes_for_one_person(learner: Actor, publication_id: Any, letters: Letters) -> None:
    """Added up, on top of what the directive says, until they are withdrawn; nobody else has them."""
    letters.said = {"attempts": 1, "minutes": 20}
    allow(learner, extra_attempts=1)
    allow(learner, extra_minutes=15, cause="disabilitas")
    gone = allow(learner, extra_minutes=100)
    with transaction():
        stored = db.session.get_one(Concession, gone.id)
        stored.withdrawn_at, stored.withdrawn_by = now(), learner.account_id
    offer = offers.offer(learner.account_id, SLUG, a_policy())
    assert (2, 35) == (offer.policy.attempts, offer.policy.minutes)
    another = offers.offer(a_learner().account_id, SLUG, a_policy()).policy
    assert (1, 20) == (another.attempts, another.minutes)
    attempt = an_attempt(learner, publication_id)
    assert timedelta(minutes=35) == attempt.due_at - attempt.started_at


def test_attempts_allowed_in_an_earlier_round_do_not_count_in_the_next(learner: Actor, letters: Letters) -> None:
    """More time stays: whoever needs it needs it again."""
    allow(learner, extra_attempts=1, extra_minutes=10, granted_at=now() - timedelta(days=2))
    assert (0, 10) == offers.allowed(learner.account_id, SLUG, since=now() - timedelta(days=1))


def test_the_second_paper_has_other_questions(learner: Actor, publication_id: Any, letters: Letters) -> None:
    """The bank has four of each topic, a paper takes two."""
    letters.said = {"attempts": 3, "wait_minutes": 0}
    drawn = [a_submitted_attempt(learner, publication_id, right=0).paper for _ in range(3)]
    asked = [{item.question_id for item in papers.read(paper)} for paper in drawn]
    assert asked[0].isdisjoint(asked[1])
    assert 8 == len(asked[0] | asked[1])


def test_marks_are_kept_with_the_result(learner: Actor, publication_id: Any) -> None:
    """Hundredths by position."""
    attempt = a_submitted_attempt(learner, publication_id, right=1)
    assert [100, 0, 0, 0] == attempt.marks
    assert 1 == attempt.score


def test_closing_follows_the_rulings_in_force(learner: Actor, publication_id: Any) -> None:
    """One question dropped, one right for all, one with another key; proposals and other words count nothing."""
    attempt = an_attempt(learner, publication_id)
    dropped, free, rekeyed, proposed = (item.question_id for item in papers.read(attempt.paper))
    rule(dropped, publication_id, "gugur")
    rule(free, publication_id, "semua-benar")
    rule(rekeyed, publication_id, "kunci", answer=["b"])
    rule(proposed, publication_id, "semua-benar", asked_at=None)
    rule(proposed, publication_id, "semua-benar", question_hash="0" * 64)
    with transaction():
        actions.save_answer(learner, attempt_id=attempt.id, position=3, choice=["b"])
    with transaction():
        closed = actions.submit(learner, attempt_id=attempt.id)
    assert [None, 100, 100, 0] == closed.marks
    assert (2, 3) == (closed.score, closed.total)
    assert judging.judge(closed) == (grading.Grade((None, 100, 100, 0)), False)


def test_a_question_that_was_ruled_out_is_drawn_no_more(learner: Actor, publication_id: Any) -> None:
    """Nor one that is right for everybody; one with another key is, and what nobody has asked for yet."""
    module = content.get_module(publication_id)
    dropped, free, rekeyed, proposed = (
        item.question_id for item in papers.read(an_attempt(learner, publication_id).paper)
    )
    rule(dropped, publication_id, "gugur")
    rule(free, publication_id, "semua-benar")
    rule(rekeyed, publication_id, "kunci", answer=["b"])
    rule(proposed, publication_id, "gugur", asked_at=None)
    assert {dropped, free} == judging.idle_on(module)
    for _ in range(6):
        drawn = {item.question_id for item in papers.read(an_attempt(a_learner(), publication_id).paper)}
        assert not drawn & {dropped, free}


def test_the_last_ruling_on_a_question_decides(learner: Actor, publication_id: Any) -> None:
    """A correction of a correction."""
    attempt = an_attempt(learner, publication_id)
    first = papers.read(attempt.paper)[0].question_id
    rule(first, publication_id, "gugur", asked_at=now() - timedelta(hours=1))
    rule(first, publication_id, "semua-benar")
    with transaction():
        assert [100, 0, 0, 0] == actions.submit(learner, attempt_id=attempt.id).marks


def test_ports_are_asked_in_turn_and_each_once(letters: Letters) -> None:
    """The last deadline is waited for; the same provider is not taken twice."""
    other = Letters()
    other.said, other.deadline, letters.deadline = {"minutes": 5}, now() + timedelta(days=1), now()
    letters.said = {"attempts": 2}
    terms.provide(other)
    terms.provide(other)
    assert 2 == len(terms._providers)
    assert {"attempts": 2, "minutes": 5} == terms.of(None, SLUG)
    assert other.deadline == terms.deadline_of(None, SLUG)


def test_the_result_of_an_attempt_from_before_marks_is_graded_once_more(learner: Actor, publication_id: Any) -> None:
    """Nothing stored is missing for it."""
    attempt = a_submitted_attempt(learner, publication_id, right=2)
    with transaction():
        db.session.get_one(Attempt, attempt.id).marks = None
    found = queries.get_attempt(attempt.id, learner_id=learner.account_id)
    assert (100, 100, 0, 0) == judging.judge(found)[0].marks

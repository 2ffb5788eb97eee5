"""What the result page explains, and from when: at once, after passing, after the deadline; points always."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from elearn.content.questions import ReviewTime, TopicMark
from elearn.core.clock import now
from elearn.core.permissions import Role
from elearn.quiz import terms
from elearn.quiz.models import Attempt
from tests.factories.accounts import an_account
from tests.factories.content import a_policy, published_module
from tests.factories.learning import as_learner
from tests.factories.quiz import a_submitted_attempt

EXPLAINED = "Begini penjelasannya"


class Deadline:
    """Somebody who tells by when people must be done."""

    def __init__(self, deadline: datetime | None) -> None:
        self.deadline = deadline

    def terms_of(self, learner_id: UUID | None, slug: str) -> dict[str, Any]:
        """Nothing is otherwise."""
        return {}

    def deadline_of(self, learner_id: UUID | None, slug: str) -> datetime | None:
        """The same day for everybody."""
        return self.deadline


@pytest.fixture
def account(app: Flask) -> Any:
    """Somebody who takes quizzes."""
    return an_account(Role.ASN)


def sit(account: Any, right: int, **policy: Any) -> Attempt:
    """Her submitted attempt at a quiz held so."""
    publication = published_module(quiz=a_policy(wait_minutes=0, **policy))
    return a_submitted_attempt(as_learner(account), publication.id, right=right)


def page(sign_in: Any, account: Any, attempt: Attempt) -> str:
    """The page of the result."""
    browser: FlaskClient = sign_in(account)
    return browser.get(f"/kuis/{attempt.id}/hasil").text


def test_answers_are_explained_at_once_unless_the_policy_waits(account: Any, sign_in: Any) -> None:
    """As ever."""
    assert EXPLAINED in page(sign_in, account, sit(account, 1))


def test_answers_stay_closed_until_one_has_passed(account: Any, sign_in: Any) -> None:
    """Points and topics are told; with a later attempt that passes the earlier one opens too."""
    failed = sit(account, 1, review=ReviewTime.AFTER_PASSING)
    told = page(sign_in, account, failed)
    assert "Pembahasan dibuka setelah Anda lulus" in told
    assert "1 dari 4 jawaban benar" in told
    assert EXPLAINED not in told
    assert "Yang tepat di" not in told
    passed = a_submitted_attempt(as_learner(account), failed.publication_id)
    assert EXPLAINED in page(sign_in, account, passed)
    assert EXPLAINED in page(sign_in, account, failed)


def test_answers_stay_closed_until_the_deadline(account: Any, sign_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Passed or not; the day is told."""
    monkeypatch.setattr(terms, "_providers", [Deadline(now() + timedelta(hours=2))])
    passed = sit(account, 4, review=ReviewTime.AFTER_DEADLINE)
    told = page(sign_in, account, passed)
    assert "setelah tenggat bagi semua peserta" in told
    assert EXPLAINED not in told
    with time_machine.travel(now() + timedelta(hours=3)):
        assert EXPLAINED in page(sign_in, account, passed)


def test_without_a_deadline_there_is_none_to_wait_for(account: Any, sign_in: Any) -> None:
    """Who studies freely reads at once."""
    assert EXPLAINED in page(sign_in, account, sit(account, 4, review=ReviewTime.AFTER_DEADLINE))


def test_a_topic_that_must_be_passed_is_named(account: Any, sign_in: Any) -> None:
    """Enough points and yet not passed: the page says why."""
    marks = (TopicMark("dasar", 100), TopicMark("medsos", 100))
    told = page(sign_in, account, sit(account, 3, pass_percent=50, must_pass=marks))
    assert "Belum lulus kali ini" in told
    assert "Topik yang wajib lulus dan belum tercapai" in told
    assert "wajib 100 %" in told

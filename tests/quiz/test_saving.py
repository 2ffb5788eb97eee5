"""Each answer goes into the history once, and the one that was given last counts, whichever way it came."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from elearn.core.clock import now
from elearn.core.db import db, new_id
from elearn.core.errors import NotFound
from elearn.core.permissions import Actor
from elearn.core.transaction import transaction
from elearn.quiz import actions, queries, rules
from elearn.quiz.models import AnswerEntry, Attempt
from elearn.quiz.saving import Sending
from tests.factories.content import published_module
from tests.factories.learning import a_learner
from tests.factories.quiz import an_attempt

PHONE, DESK = "0123456789abcdef", "fedcba9876543210"


@pytest.fixture
def learner(app: Flask) -> Actor:
    """A person who may take the quiz."""
    return a_learner()


@pytest.fixture
def attempt(learner: Actor) -> Attempt:
    """Her open attempt: ten minutes, half a minute of grace."""
    return an_attempt(learner, published_module().id)


def save(
    learner: Actor, attempt: Attempt, choice: str, *, position: int = 1, key: str = "", **facts: Any
) -> rules.Receipt:
    """Send one answer in a transaction of its own."""
    sending = Sending(key or str(new_id()), **{"device": PHONE, **facts})
    with transaction():
        return actions.save_answer(
            learner, attempt_id=attempt.id, position=position, choice=[choice], sending=sending
        )


def later(**time: float) -> Any:
    """The clock, so much later."""
    return time_machine.travel(now() + timedelta(**time), tick=True)


def standing(attempt: Attempt) -> dict[int, str]:
    """The answers that count, by position."""
    return {place: each.choice[0] for place, each in queries.list_saved(attempt.id).items()}


def told(attempt: Attempt) -> list[tuple[int, str, bool]]:
    """The history: position, answer, and whether it counts."""
    return [(each.position, each.choice[0], each.counts) for each in queries.history(attempt.id)]


def test_every_answer_is_in_the_history_and_the_last_counts(learner: Actor, attempt: Attempt) -> None:
    """A changed mind is two entries and one answer."""
    for position, choice in ((1, "a"), (2, "c"), (1, "b")):
        save(learner, attempt, choice, position=position)
    assert {1: "b", 2: "c"} == standing(attempt)
    assert [(1, "a", False), (2, "c", True), (1, "b", True)] == told(attempt)


def test_the_same_sending_again_is_one_entry_and_one_receipt(learner: Actor, attempt: Attempt) -> None:
    """A script whose answer got lost asks again, even when something else was given since."""
    first = save(learner, attempt, "a", key="kunci-satu")
    save(learner, attempt, "b")
    with later(seconds=5):
        again = save(learner, attempt, "a", key="kunci-satu")
    assert first.saved_at == again.saved_at
    assert {1: "b"} == standing(attempt)
    assert 2 == len(told(attempt))


def test_a_repeated_sending_is_answered_after_the_end(learner: Actor, attempt: Attempt) -> None:
    """What arrived in time is acknowledged, however late somebody asks."""
    first = save(learner, attempt, "a", key="kunci-satu")
    with transaction():
        actions.submit(learner, attempt_id=attempt.id)
    assert first.saved_at == save(learner, attempt, "a", key="kunci-satu").saved_at
    with pytest.raises(rules.AlreadySubmitted):
        save(learner, attempt, "b", key="lain")


def test_a_double_click_is_one_entry_but_a_changed_mind_is_kept(learner: Actor, attempt: Attempt) -> None:
    """Who goes back in her browser sends the key of that page again: her answers count in the order she pressed."""
    for choice in "aabba":
        save(learner, attempt, choice, key="halaman", is_by_button=True)
    assert {1: "a"} == standing(attempt)
    assert ["a", "b", "a"] == [choice for _, choice, _ in told(attempt)]


def test_of_two_devices_the_answer_given_later_counts(learner: Actor, attempt: Attempt) -> None:
    """The phone sends at last what it was told five minutes ago; the desk was told two minutes ago."""
    with later(minutes=8):
        save(learner, attempt, "b", device=DESK, age=120)
        save(learner, attempt, "c", device=PHONE, age=300)
        assert {1: "b"} == standing(attempt)
        save(learner, attempt, "a", device=PHONE, age=60)
    assert {1: "a"} == standing(attempt)
    assert 3 == len(told(attempt))


def test_what_comes_last_from_one_device_counts_whatever_its_way_took(learner: Actor, attempt: Attempt) -> None:
    """The first answer was long under way, so that the second seems to be older by its age."""
    with later(minutes=1):
        save(learner, attempt, "a", age=0)
        save(learner, attempt, "b", age=1.5)
    assert {1: "b"} == standing(attempt)


def test_an_answer_in_the_grace_is_marked_late(learner: Actor, attempt: Attempt) -> None:
    """It counts, and history and receipt say how it came; after the grace it is refused."""
    assert not save(learner, attempt, "a").is_late
    with later(minutes=10, seconds=15):
        assert save(learner, attempt, "b", age=30).is_late
    with later(minutes=10, seconds=31), pytest.raises(rules.TimeIsUp):
        save(learner, attempt, "c", age=60)
    assert {1: "b"} == standing(attempt)
    assert [False, True] == [each.is_late for each in queries.history(attempt.id)]


@pytest.mark.parametrize(
    ("age", "given"), [(0, 300), (-9, 300), (100, 200), (9_999, 0), (float("inf"), 0), (float("nan"), 300)]
)
def test_the_age_of_an_answer_stays_within_the_attempt(age: float, given: int) -> None:
    """No clock of a device puts an answer before the start or ahead of its arrival."""
    start = now()
    assert timedelta(seconds=given) == rules.given_at(start + timedelta(seconds=300), age, start) - start


def test_an_entry_knows_when_and_where_it_was_given(learner: Actor, attempt: Attempt) -> None:
    """Half a minute before it came, on a device that has a mark and no name."""
    with later(minutes=2):
        save(learner, attempt, "a", age=30)
    entry = db.session.scalars(select(AnswerEntry)).one()
    assert (timedelta(seconds=30), PHONE, 1) == (entry.saved_at - entry.given_at, entry.device, entry.position)


def test_a_page_of_five_keeps_what_is_sound(learner: Actor, attempt: Attempt) -> None:
    """The others are told by position, and nothing of them is stored."""
    with transaction():
        answers = {place: ([choice], Sending()) for place, choice in ((1, "a"), (2, "z"), (3, "b"))}
        faults = actions.save_page(learner, attempt_id=attempt.id, answers=answers)
    assert {2: rules.UnknownOption.sentence} == faults
    assert {1: "a", 3: "b"} == standing(attempt)


def test_a_bookmark_is_set_and_taken_away_any_number_of_times(learner: Actor, attempt: Attempt) -> None:
    """It is the learner's own, on her paper, while the attempt is open."""
    for is_marked, wanted in ((True, {2}), (True, {2}), (False, set()), (False, set()), (True, {2})):
        with transaction():
            actions.mark(learner, attempt_id=attempt.id, position=2, is_marked=is_marked)
        assert wanted == queries.list_kept(attempt.id).marked
    with pytest.raises(NotFound):
        actions.mark(learner, attempt_id=attempt.id, position=5, is_marked=True)
    with pytest.raises(NotFound):
        actions.mark(a_learner(), attempt_id=attempt.id, position=1, is_marked=True)
    with transaction():
        actions.submit(learner, attempt_id=attempt.id)
    with pytest.raises(rules.AlreadySubmitted):
        actions.mark(learner, attempt_id=attempt.id, position=1, is_marked=True)


def test_refused_answers_leave_no_trace(learner: Actor, attempt: Attempt) -> None:
    """Neither a stranger's nor an invented one."""
    with pytest.raises(NotFound):
        save(a_learner(), attempt, "a")
    with pytest.raises(rules.UnknownOption):
        save(learner, attempt, "z")
    assert 0 == db.session.scalar(select(func.count()).select_from(AnswerEntry))

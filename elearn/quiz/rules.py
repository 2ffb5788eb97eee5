"""The rules of a quiz in force for a learner: when an attempt may start, what may answer, when it is too late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from elearn.content import items
from elearn.content.questions import Question, QuizPolicy, ReviewTime, TopicMark
from elearn.core.errors import RuleBroken
from elearn.core.speech import say
from elearn.quiz.papers import Paper

LONG_AGO = datetime.min.replace(tzinfo=UTC)


class AlreadyPassed(RuleBroken):
    """Who has passed needs no further attempt."""

    sentence = say("Anda sudah lulus kuis ini.")


class NoAttemptsLeft(RuleBroken):
    """The policy of the module allows no further attempt."""

    sentence = say("Semua kesempatan sudah terpakai. Hubungi pengelola kepegawaian OPD Anda.")


class TooSoon(RuleBroken):
    """The time between two attempts has not passed."""

    sentence = say("Jeda antara dua percobaan belum lewat. Bacalah lagi topik yang belum kuat, lalu coba kembali.")


class TimeIsUp(RuleBroken):
    """The time limit and its grace have passed by the server's clock."""

    sentence = say("Waktu kuis sudah habis. Jawaban ini tidak tersimpan; jawaban sebelumnya tetap dinilai.")


class AlreadySubmitted(RuleBroken):
    """A submitted attempt takes no more answers."""

    sentence = say("Kuis ini sudah dikumpulkan. Jawabannya tidak dapat diubah lagi.")


class UnknownOption(RuleBroken):
    """The answer is not one that this question offers."""

    sentence = items.PICK_ONE


class State(StrEnum):
    """How far a question is answered; values are the states of the list of questions."""

    OPEN = "open"
    PARTIAL = "part"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is told of an answer that was stored: when, how far it goes, whether it came after the time limit.

    And until when there is time as things stand, which may have changed since the page was made.
    """

    saved_at: datetime
    state: State
    is_late: bool = False
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sitting:
    """What counts of an earlier attempt: when it ended (None while open) and whether it passed."""

    submitted_at: datetime | None
    passed: bool


def policy_of(policy: QuizPolicy, terms: Mapping[str, Any] | None) -> QuizPolicy:
    """The policy in force: that of the module, with the `terms` of an attempt or a directive in its stead.

    Terms are plain data as they are stored: attempts, wait_minutes, minutes, pass_percent, review, must_pass.
    """
    told = terms_in(terms or {})
    if "review" in told:
        told["review"] = ReviewTime(told["review"])
    if "must_pass" in told:
        told["must_pass"] = tuple(TopicMark(each["topic"], each["percent"]) for each in told["must_pass"])
    return replace(policy, **told) if told else policy


TERMS = frozenset({"attempts", "wait_minutes", "minutes", "pass_percent", "review", "must_pass"})
"""The rules of a quiz that an attempt or a directive may have otherwise."""


def terms_in(said: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the things said that are rules of a quiz."""
    return {name: value for name, value in said.items() if name in TERMS}


def may_review(policy: QuizPolicy, *, has_passed: bool, deadline: datetime | None, now: datetime) -> bool:
    """Whether the answers of a submitted attempt may be explained now.

    After passing means any attempt of the round; where no deadline binds, there is none to wait for.
    """
    if policy.review is ReviewTime.AFTER_PASSING:
        return has_passed
    return policy.review is ReviewTime.AT_ONCE or deadline is None or deadline <= now


def may_start(history: Sequence[Sitting], policy: QuizPolicy, now: datetime, *, extra_attempts: int = 0) -> bool:
    """Whether a new attempt may start now, no other being open."""
    return hindrance(history, policy, now, extra_attempts=extra_attempts) is None


def hindrance(
    history: Sequence[Sitting], policy: QuizPolicy, now: datetime, *, extra_attempts: int = 0
) -> RuleBroken | None:
    """Why no new attempt may start now; None when it may. `extra_attempts` were allowed to this learner."""
    if any(sitting.passed for sitting in history):
        return AlreadyPassed()
    opens_at = next_start(history, policy, extra_attempts=extra_attempts)
    if opens_at is None:
        return NoAttemptsLeft()
    return TooSoon() if now < opens_at else None


def next_start(history: Sequence[Sitting], policy: QuizPolicy, *, extra_attempts: int = 0) -> datetime | None:
    """The instant from which the next attempt may start, long past for the first; None when all are used."""
    if len(history) >= policy.attempts + extra_attempts:
        return None
    ends = [sitting.submitted_at for sitting in history if sitting.submitted_at is not None]
    return max(ends) + timedelta(minutes=policy.wait_minutes) if ends else LONG_AGO


def closes_at(due_at: datetime, policy: QuizPolicy) -> datetime:
    """The instant from which an answer is late: the time limit and the grace for a slow network."""
    return due_at + timedelta(seconds=policy.grace_seconds)


def given_at(arrived_at: datetime, age: float, started_at: datetime) -> datetime:
    """When an answer was given that is so many seconds old by its sender's clock: within the attempt, never ahead."""
    is_sane = 0 < age < (arrived_at - started_at).total_seconds()
    if is_sane:
        return arrived_at - timedelta(seconds=age)
    return started_at if age > 0 else arrived_at


def check_choice(question: Question, choice: Sequence[str]) -> None:
    """Raise UnknownOption unless the choice can answer this question, if only in part."""
    sentence = items.misfit(question, choice)
    if sentence is not None:
        raise UnknownOption(sentence)


def state(question: Question, choice: Sequence[str]) -> State:
    """How far an answer goes; none at all leaves the question open."""
    if not choice:
        return State.OPEN
    return State.DONE if items.is_complete(question, choice) else State.PARTIAL


def states(paper: Paper, answers: Mapping[int, Sequence[str]], bank: Mapping[str, Question]) -> dict[int, State]:
    """How far each question of a paper is answered, by position from 1."""
    return {
        position: state(bank[item.question_id], answers.get(position, ()))
        for position, item in enumerate(paper, start=1)
    }

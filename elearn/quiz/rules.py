"""Which questions, in which order, how many points, and whether a new attempt may start."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Any, TypeVar

from elearn.content import items
from elearn.content.rules import Draw, Group, Option, Question, QuestionKind, QuizPolicy
from elearn.core.errors import RuleBroken

LONG_AGO = datetime.min.replace(tzinfo=UTC)

Named = TypeVar("Named", Question, Option, Group)


class AlreadyPassed(RuleBroken):
    """Who has passed needs no further attempt."""

    sentence = "Anda sudah lulus kuis ini."


class NoAttemptsLeft(RuleBroken):
    """The policy of the module allows no further attempt."""

    sentence = "Semua kesempatan sudah terpakai. Hubungi pengelola kepegawaian OPD Anda."


class TooSoon(RuleBroken):
    """The time between two attempts has not passed."""

    sentence = "Jeda antara dua percobaan belum lewat. Bacalah lagi topik yang belum kuat, lalu coba kembali."


class TimeIsUp(RuleBroken):
    """The time limit and its grace have passed by the server's clock."""

    sentence = "Waktu kuis sudah habis. Jawaban ini tidak tersimpan; jawaban sebelumnya tetap dinilai."


class AlreadySubmitted(RuleBroken):
    """A submitted attempt takes no more answers."""

    sentence = "Kuis ini sudah dikumpulkan. Jawabannya tidak dapat diubah lagi."


class UnknownOption(RuleBroken):
    """The answer is not one that this question offers."""

    sentence = items.PICK_ONE


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a paper, with its options in the order shown."""

    question_id: str
    option_ids: tuple[str, ...]


Paper = tuple[Item, ...]
Answers = Mapping[int, Collection[str]]
"""The answers by position, counted from 1, written as `content.items` says."""


class State(StrEnum):
    """How far a question is answered; values are the states of the list of questions."""

    OPEN = "open"
    PARTIAL = "part"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is told of an answer that was stored: when, and how far it goes."""

    saved_at: datetime
    state: State


@dataclass(frozen=True, slots=True)
class Grade:
    """The points of a paper: one mark for each item, one point for each right one."""

    marks: tuple[bool, ...]

    @property
    def score(self) -> int:
        """The number of right answers."""
        return sum(self.marks)

    @property
    def total(self) -> int:
        """The number of questions."""
        return len(self.marks)


@dataclass(frozen=True, slots=True)
class Strength:
    """How a topic went: right answers out of so many, and whether that reaches the pass mark."""

    topic: str
    right: int
    total: int
    is_firm: bool


@dataclass(frozen=True, slots=True)
class Sitting:
    """What counts of an earlier attempt: when it ended (None while open) and whether it passed."""

    submitted_at: datetime | None
    passed: bool


def draw(bank: Iterable[Question], blueprint: Iterable[Draw], seed: int) -> Paper:
    """The paper of a seed: so many questions of each topic as the blueprint says, order and options shuffled.

    Everything is ordered by SHA-256 of the seed and the ids, so that anybody can draw the same paper again.
    """
    by_topic: dict[str, list[Question]] = {}
    for question in bank:
        by_topic.setdefault(question.topic, []).append(question)
    picked = [
        question
        for line in blueprint
        for question in _shuffled(by_topic.get(line.topic, ()), seed, "draw")[: line.draw]
    ]
    return tuple(Item(question.id, _shown(question, seed)) for question in _shuffled(picked, seed, "order"))


def _shown(question: Question, seed: int) -> tuple[str, ...]:
    """The options in the order of a seed; steps that fell into their right order are moved on by one."""
    shown = tuple(option.id for option in _shuffled(question.options, seed, question.id))
    is_given_away = question.kind is QuestionKind.ORDER and shown == tuple(each.id for each in question.options)
    return (*shown[1:], *shown[:1]) if is_given_away else shown


def groups(question: Question, seed: int) -> tuple[Group, ...]:
    """The groups of a question as a paper of that seed shows them: partners shuffled, the others as written."""
    if question.kind is QuestionKind.MATCH:
        return tuple(_shuffled(question.groups, seed, f"{question.id}/groups"))
    return question.groups


def grade(paper: Paper, answers: Answers, bank: Mapping[str, Question]) -> Grade:
    """The points of the answers: one for exactly the right answer, none for any other, a partial one, or none."""
    return Grade(
        tuple(
            frozenset(answers.get(position, ())) == items.right_answer(bank[item.question_id])
            for position, item in enumerate(paper, start=1)
        )
    )


def plain_points(points: Decimal | int | None) -> int | float:
    """Points as JSON writes them (RFC 8785 writes 13 and 13.5 alike for whole and broken numbers); none are 0."""
    return points if isinstance(points, int) else float(points or 0)


def is_pass(score: int, total: int, policy: QuizPolicy) -> bool:
    """Whether a score reaches the pass mark."""
    return score * 100 >= policy.pass_percent * total


def strengths(paper: Paper, result: Grade, bank: Mapping[str, Question], policy: QuizPolicy) -> list[Strength]:
    """How each topic of the blueprint went, in its order."""
    marks: dict[str, list[bool]] = {line.topic: [] for line in policy.blueprint}
    for item, mark in zip(paper, result.marks, strict=True):
        marks[bank[item.question_id].topic].append(mark)
    return [Strength(t, sum(m), len(m), is_pass(sum(m), len(m), policy)) for t, m in marks.items() if m]


def may_start(history: Sequence[Sitting], policy: QuizPolicy, now: datetime) -> bool:
    """Whether a new attempt may start now, no other being open."""
    return hindrance(history, policy, now) is None


def hindrance(history: Sequence[Sitting], policy: QuizPolicy, now: datetime) -> RuleBroken | None:
    """Why no new attempt may start now; None when it may."""
    if any(sitting.passed for sitting in history):
        return AlreadyPassed()
    opens_at = next_start(history, policy)
    if opens_at is None:
        return NoAttemptsLeft()
    return TooSoon() if now < opens_at else None


def next_start(history: Sequence[Sitting], policy: QuizPolicy) -> datetime | None:
    """The instant from which the next attempt may start, long past for the first; None when all are used."""
    if len(history) >= policy.attempts:
        return None
    ends = [sitting.submitted_at for sitting in history if sitting.submitted_at is not None]
    return max(ends) + timedelta(minutes=policy.wait_minutes) if ends else LONG_AGO


def closes_at(due_at: datetime, policy: QuizPolicy) -> datetime:
    """The instant from which an answer is late: the time limit and the grace for a slow network."""
    return due_at + timedelta(seconds=policy.grace_seconds)


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


def written(paper: Paper) -> list[list[object]]:
    """A paper as the plain lists that are stored: [[question id, [option ids]], …]."""
    return [[item.question_id, list(item.option_ids)] for item in paper]


def read(stored: Iterable[Sequence[Any]]) -> Paper:
    """The paper that was stored by `written`."""
    return tuple(Item(question_id, tuple(option_ids)) for question_id, option_ids in stored)


def _shuffled(named: Iterable[Named], seed: int, purpose: str) -> list[Named]:
    return sorted(named, key=lambda each: sha256(f"{seed}/{purpose}/{each.id}".encode()).digest())

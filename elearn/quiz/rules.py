"""Which questions, in which order, how many points, and whether a new attempt may start."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Any, TypeVar

from elearn.content import credit, items, supply
from elearn.content.rules import Draw, Group, Option, Question, QuestionKind, QuizPolicy, ReviewTime, TopicMark
from elearn.core.errors import RuleBroken

LONG_AGO = datetime.min.replace(tzinfo=UTC)
FULL = 100
"""The hundredths of a whole point."""

Points = Decimal | int
"""Points as people say them: 13, or 13.5."""

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
    """What is told of an answer that was stored: when, how far it goes, whether it came after the time limit.

    And until when there is time as things stand, which may have changed since the page was made.
    """

    saved_at: datetime
    state: State
    is_late: bool = False
    due_at: datetime | None = None


class RulingKind(StrEnum):
    """What was decided about a question that was wrong; values are stored."""

    KEY = "kunci"
    DROPPED = "gugur"
    ALL_RIGHT = "semua-benar"


@dataclass(frozen=True, slots=True)
class Ruling:
    """How a question counts instead: by another key (written as answers are), not at all, or for everybody."""

    kind: RulingKind
    answer: frozenset[str] = frozenset()


Rulings = Mapping[str, Ruling]
"""The rulings on the questions of a paper, by question id."""


@dataclass(frozen=True, slots=True)
class Grade:
    """The points of a paper: for each item the hundredths of a point, None where the question was dropped."""

    marks: tuple[int | None, ...]

    @property
    def score(self) -> Points:
        """The points earned."""
        return points(sum(mark for mark in self.marks if mark is not None))

    @property
    def total(self) -> int:
        """The points that could be earned: one for each question that counts."""
        return sum(mark is not None for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Strength:
    """How a topic went: points out of so many, the pass mark it is held to, and whether it reaches that.

    An `is_required` topic must reach it, or the whole is not passed.
    """

    topic: str
    right: Points
    total: int
    percent: int
    is_firm: bool
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Sitting:
    """What counts of an earlier attempt: when it ended (None while open) and whether it passed."""

    submitted_at: datetime | None
    passed: bool


def draw(
    bank: Iterable[Question],
    blueprint: Sequence[Draw],
    seed: int,
    seen: Iterable[str] = (),
    *,
    shuffles_questions: bool = True,
    shuffles_options: bool = True,
) -> Paper:
    """The paper of a seed: what the blueprint asks, if the bank has it, preferring questions `seen` less often.

    Everything is ordered by SHA-256 of the seed and the ids, so that anybody can draw the same paper again; what is
    not shuffled stands as the blueprint and the bank have it.
    """
    bank = list(bank)
    drawn = _drawn(bank, blueprint, seed, Counter(seen))
    place = {question.id: number for number, question in enumerate(bank)}
    picked = [question for line in drawn for question in sorted(line, key=lambda each: place[each.id])]
    order = _shuffled(picked, seed, "order") if shuffles_questions else picked
    return tuple(Item(each.id, _shown(each, seed, is_shuffled=shuffles_options)) for each in order)


def _drawn(
    bank: Sequence[Question], blueprint: Sequence[Draw], seed: int, seen: Mapping[str, int]
) -> list[list[Question]]:
    """The questions of each line: the fixed ones, then others; lines of one difficulty choose before those of any."""
    fixed = {each for line in blueprint for each in line.fixed}
    free = [question for question in _shuffled(bank, seed, "draw") if question.id not in fixed]
    free.sort(key=lambda each: seen.get(each.id, 0))
    drawn = [[question for question in bank if question.id in line.fixed] for line in blueprint]
    for line, picked in sorted(zip(blueprint, drawn, strict=True), key=lambda pair: pair[0].difficulty == 0):
        picked += [each for each in free if supply.fits(each, line)][: max(0, line.draw - len(picked))]
        taken = {question.id for question in picked}
        free = [question for question in free if question.id not in taken]
    return drawn


def _shown(question: Question, seed: int, *, is_shuffled: bool) -> tuple[str, ...]:
    """The options in the order of a seed; steps always, moved on by one where they fell into their right order."""
    if not (is_shuffled or question.kind is QuestionKind.ORDER):
        return tuple(option.id for option in question.options)
    shown = tuple(option.id for option in _shuffled(question.options, seed, question.id))
    is_given_away = question.kind is QuestionKind.ORDER and shown == tuple(each.id for each in question.options)
    return (*shown[1:], *shown[:1]) if is_given_away else shown


def groups(question: Question, seed: int) -> tuple[Group, ...]:
    """The groups of a question as a paper of that seed shows them: partners shuffled, the others as written."""
    if question.kind is QuestionKind.MATCH:
        return tuple(_shuffled(question.groups, seed, f"{question.id}/groups"))
    return question.groups


NO_RULINGS: Rulings = {}


def grade(
    paper: Paper, answers: Answers, bank: Mapping[str, Question], policy: QuizPolicy, rulings: Rulings = NO_RULINGS
) -> Grade:
    """The points of the answers: a whole one for the right answer, for others what the policy's partial credit gives.

    A question that was ruled upon counts as decided: by its other key, fully for everybody whatever they answered,
    or, dropped, not at all, so that neither score nor total know it.
    """
    return Grade(
        tuple(
            _mark(bank[item.question_id], answers.get(position, ()), policy, rulings.get(item.question_id))
            for position, item in enumerate(paper, start=1)
        )
    )


def _mark(question: Question, answer: Collection[str], policy: QuizPolicy, ruling: Ruling | None) -> int | None:
    if ruling is not None and ruling.kind is not RulingKind.KEY:
        return None if ruling.kind is RulingKind.DROPPED else FULL
    judged = ruled(question, ruling)
    if policy.partial_credit:
        return int(credit.of(judged, answer) * FULL)
    return FULL if items.is_right(judged, answer) else 0


def ruled(question: Question, ruling: Ruling | None) -> Question:
    """The question with the key that counts."""
    is_rekeyed = ruling is not None and ruling.kind is RulingKind.KEY
    return items.with_key(question, ruling.answer) if ruling and is_rekeyed else question


def points(hundredths: int) -> Points:
    """Hundredths as points: a whole number where they are whole."""
    whole, rest = divmod(hundredths, FULL)
    return (Decimal(hundredths) / FULL).normalize() if rest else whole


def plain_points(points: Points | None) -> int | float:
    """Points as JSON writes them (RFC 8785 writes 13 and 13.5 alike for whole and broken numbers); none are 0."""
    return points if isinstance(points, int) else float(points or 0)


def exact_points(points: Points | None) -> int | str:
    """Points for records that know no broken numbers: 13, or "13.5"."""
    return points if isinstance(points, int) else str(points or 0)


def reaches(score: Points, total: int, percent: int) -> bool:
    """Whether points reach a pass mark, exactly."""
    return score * 100 >= percent * total


def is_pass(paper: Paper, result: Grade, bank: Mapping[str, Question], policy: QuizPolicy) -> bool:
    """Whether the whole reaches the pass mark, and each topic that must be passed its own.

    A topic of which no question is left is held to nothing; a paper of which none is left proves nothing.
    """
    is_enough = result.total > 0 and reaches(result.score, result.total, policy.pass_percent)
    topics = strengths(paper, result, bank, policy)
    return is_enough and all(topic.is_firm for topic in topics if topic.is_required)


def strengths(paper: Paper, result: Grade, bank: Mapping[str, Question], policy: QuizPolicy) -> list[Strength]:
    """How each topic of the blueprint went, in its order."""
    marks: dict[str, list[int]] = {line.topic: [] for line in policy.blueprint}
    for item, mark in zip(paper, result.marks, strict=True):
        if mark is not None:
            marks[bank[item.question_id].topic].append(mark)
    return [_strength(topic, own, policy) for topic, own in marks.items() if own]


def _strength(topic: str, marks: Sequence[int], policy: QuizPolicy) -> Strength:
    own = next((each.percent for each in policy.must_pass if each.topic == topic), None)
    earned, percent = points(sum(marks)), policy.pass_percent if own is None else own
    is_firm = reaches(earned, len(marks), percent)
    return Strength(topic, earned, len(marks), percent, is_firm, is_required=own is not None)


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


def written(paper: Paper) -> list[list[object]]:
    """A paper as the plain lists that are stored: [[question id, [option ids]], …]."""
    return [[item.question_id, list(item.option_ids)] for item in paper]


def read(stored: Iterable[Sequence[Any]]) -> Paper:
    """The paper that was stored by `written`."""
    return tuple(Item(question_id, tuple(option_ids)) for question_id, option_ids in stored)


def _shuffled(named: Iterable[Named], seed: int, purpose: str) -> list[Named]:
    return sorted(named, key=lambda each: sha256(f"{seed}/{purpose}/{each.id}".encode()).digest())

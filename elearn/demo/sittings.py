"""An attempt at the quiz as somebody of some skill would make it; drawn and graded by the quiz's own rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from elearn.content import items
from elearn.content.modules import Module
from elearn.demo.fates import Fate, Lot
from elearn.demo.identity import stable_number
from elearn.demo.regency import SEED
from elearn.quiz import grading, papers
from elearn.quiz import rules as quiz
from elearn.quiz.grading import Grade
from elearn.quiz.papers import Paper

_EASE = {1: 0.07, 2: 0.0, 3: -0.10}
"""What a question's difficulty adds to the likelihood of a right answer."""
_LEARNT = 0.07
"""What one attempt teaches for the next."""
_STRUGGLE = 0.15
"""How much less able those are who have not passed yet."""
_CLOCKED_OUT = 0.1
"""How many of the failed attempts were closed by the clock."""

Answers = dict[int, tuple[str, ...]]
"""The answers by position, as they are stored."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer at a position of the paper."""

    position: int
    question_id: str
    answer: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Sitting:
    """A whole attempt with its grade."""

    number: int
    seed: int
    paper: Paper
    started_at: datetime
    due_at: datetime
    replies: tuple[Reply, ...]
    submitted_at: datetime
    closed_by: str
    grade: Grade
    passed: bool


class Taker:
    """Somebody who takes the quiz of a module, with a skill of her own and the weak topics of her office."""

    def __init__(self, random: Random, lot: Lot, module: Module, earlier: Iterable[Sitting] = ()) -> None:
        self._random, self._key, self._module = random, lot.key, module
        struggle = _STRUGGLE if lot.fate == Fate.QUIZ else 0
        self._skill = min(max(random.gauss(0.82, 0.11), 0.5), 0.99) - struggle
        self._weakness = weaknesses(lot.person.opd_code, module)
        self._seen = [item.question_id for sitting in earlier for item in sitting.paper]

    def sit(self, number: int, started_at: datetime, *, wanted: bool | None) -> Sitting:
        """The attempt of that number; `wanted` decides whether it passes, None leaves it to skill and luck."""
        seed = stable_number("paper", f"{self._key}/{number}")
        paper = papers.draw(self._module.questions, self._module.quiz.blueprint, seed, self._seen)
        self._seen += [item.question_id for item in paper]
        choices = self._choices(paper, number)
        if wanted is not None:
            self._bend(paper, choices, passed=wanted)
        due_at = started_at + timedelta(minutes=self._module.quiz.minutes)
        replies, submitted_at, closed_by = self._answered(paper, choices, started_at, due_at)
        grade = self._grade(paper, {reply.position: reply.answer for reply in replies})
        return Sitting(
            number=number,
            seed=seed,
            paper=paper,
            started_at=started_at,
            due_at=due_at,
            replies=replies,
            submitted_at=submitted_at,
            closed_by=closed_by,
            grade=grade,
            passed=self._is_pass(paper, grade),
        )

    def _answered(
        self, paper: Paper, choices: Answers, started_at: datetime, due_at: datetime
    ) -> tuple[tuple[Reply, ...], datetime, str]:
        """The answers saved, and when and by whom the attempt was closed; the clock closes failed ones only."""
        replies = self._replies(paper, choices, started_at)
        is_passed = self._is_pass(paper, self._grade(paper, choices))
        if is_passed or self._random.random() >= _CLOCKED_OUT:
            return replies, replies[-1].at + timedelta(seconds=self._random.randrange(5, 40)), "learner"
        saved = replies[: self._random.randrange(len(replies) // 2, len(replies))]
        closed_at = quiz.closes_at(due_at, self._module.quiz)
        return saved, closed_at + timedelta(seconds=self._random.randrange(60)), "clock"

    def _choices(self, paper: Paper, number: int) -> Answers:
        """The answer at each position."""
        return {
            position: self._answer(
                item.question_id, right=self._random.random() < self._likelihood(item.question_id, number)
            )
            for position, item in enumerate(paper, start=1)
        }

    def _likelihood(self, question_id: str, number: int) -> float:
        question = self._module.question_by_id[question_id]
        skill = self._skill + _EASE[question.difficulty] + _LEARNT * (number - 1)
        return skill - self._weakness.get(question.topic, 0)

    def _answer(self, question_id: str, *, right: bool) -> tuple[str, ...]:
        """The right answer, or one with a single mistake in it."""
        question = self._module.question_by_id[question_id]
        answer = items.right_answer(question) if right else self._random.choice(items.slips(question))
        return tuple(sorted(answer))

    def _bend(self, paper: Paper, choices: Answers, *, passed: bool) -> None:
        """Change answers, one at a time, until the attempt passes or fails as it must."""
        marks = self._grade(paper, choices).marks
        others = [position for position, mark in enumerate(marks, start=1) if (mark == grading.FULL) != passed]
        self._random.shuffle(others)
        while self._is_pass(paper, self._grade(paper, choices)) != passed:
            position = others.pop()
            choices[position] = self._answer(paper[position - 1].question_id, right=passed)

    def _grade(self, paper: Paper, choices: Answers) -> Grade:
        return grading.grade(paper, choices, self._module.question_by_id, self._module.quiz)

    def _is_pass(self, paper: Paper, grade: Grade) -> bool:
        return grading.is_pass(paper, grade, self._module.question_by_id, self._module.quiz)

    def _replies(self, paper: Paper, choices: Answers, at: datetime) -> tuple[Reply, ...]:
        """The answers in the order of the paper, saved one by one, all within the time."""
        usual = self._module.quiz.minutes * 60 / len(paper)
        replies = []
        for position, item in enumerate(paper, start=1):
            at += timedelta(seconds=round(self._random.uniform(0.2, 0.85) * usual, 3))
            replies.append(Reply(position, item.question_id, choices[position], at))
        return tuple(replies)


def weaknesses(opd_code: str, module: Module) -> dict[str, float]:
    """The topics an office misunderstands, and how much less likely a right answer is there."""
    random = Random(f"weakness/{SEED}/{opd_code}")
    topics = [line.topic for line in module.quiz.blueprint]
    return {topic: random.uniform(0.15, 0.35) for topic in random.sample(topics, min(2, len(topics)))}

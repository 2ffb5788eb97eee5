"""How many points the answers to a paper earn, what a ruling changes in them, and whether they pass; pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from elearn.content import credit, items
from elearn.content.questions import Question, QuizPolicy
from elearn.quiz.papers import Answers, Paper

FULL = 100
"""The hundredths of a whole point."""


Points = Decimal | int
"""Points as people say them: 13, or 13.5."""


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

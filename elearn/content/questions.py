"""The questions of a bank, and how a quiz draws and holds them; pure."""

from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

import rfc8785

from elearn.content.rules import LATER, Line, Prose, plain


class QuestionKind(StrEnum):
    """How a question is answered.

    single: exactly one option is correct. multiple: every correct option and no other. true-false: one option,
    each under the heading of its group "Benar" or "Salah" and giving a reason. classify: every option is put
    in the group it belongs to; a group may take several. match: every option has a group of its own.
    order: the options are brought into the order in which the file lists them. numeric: a number is written; the
    options are the numbers that are right, each with its tolerance, and wrong ones that deserve a word of their own.
    """

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true-false"
    CLASSIFY = "classify"
    MATCH = "match"
    ORDER = "order"
    NUMERIC = "numeric"


@dataclass(frozen=True, slots=True)
class Group:
    """A heading options are put under: a category, a partner to match, or "Benar" and "Salah"."""

    id: str
    text: Line


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer, or one thing to classify, match or order; `group` is where it belongs.

    Of a numeric question it is a number ("14", "2,5"); whoever is off by no more than `tolerance` means it.
    """

    id: str
    text: Line
    correct: bool = False
    feedback: Line = field(default=Line(""))
    group: str = ""
    tolerance: str = field(default="", metadata=LATER)


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the bank; `difficulty` runs from 1 (easy) to 3 (hard).

    Besides the `explanation` that everybody reads it may have a word for those who were right, partly right or wrong.
    """

    id: str
    topic: str
    difficulty: int
    kind: QuestionKind
    stem: Prose
    options: tuple[Option, ...]
    explanation: Prose
    cites: tuple[str, ...]
    groups: tuple[Group, ...] = ()
    covers: tuple[str, ...] = ()
    picture: str = field(default="", metadata=LATER)
    alt: str = field(default="", metadata=LATER)
    if_right: Line = field(default=Line(""), metadata=LATER)
    if_partial: Line = field(default=Line(""), metadata=LATER)
    if_wrong: Line = field(default=Line(""), metadata=LATER)

    @property
    def correct_ids(self) -> frozenset[str]:
        """The ids of the correct options."""
        return frozenset(option.id for option in self.options if option.correct)


def wording(question: Question) -> str:
    """The SHA-256, in hex, of what a question asks, offers and holds to be right; what explains it may change."""
    said = (question.kind, question.stem.markdown, [(each.id, each.text.markdown) for each in question.groups])
    options = [(each.id, each.text.markdown, each.correct, each.group, each.tolerance) for each in question.options]
    return sha256(rfc8785.dumps(plain([*said, options]))).hexdigest()  # type: ignore[arg-type]


class ReviewTime(StrEnum):
    """When the answers of a submitted quiz are explained; values are the words authors write."""

    AT_ONCE = "langsung"
    AFTER_PASSING = "setelah-lulus"
    AFTER_DEADLINE = "setelah-tenggat"


@dataclass(frozen=True, slots=True)
class Draw:
    """How many questions of one topic a paper takes: of one difficulty or of any (0), the `fixed` ones among them."""

    topic: str
    draw: int
    difficulty: int = field(default=0, metadata=LATER)
    fixed: tuple[str, ...] = field(default=(), metadata=LATER)


@dataclass(frozen=True, slots=True)
class TopicMark:
    """A topic that must be passed by itself, with its own pass mark in percent."""

    topic: str
    percent: int


@dataclass(frozen=True, slots=True)
class QuizPolicy:
    """How a quiz is held: size, pass mark in percent, time limit, attempts and waiting time between them.

    `must_pass` are topics with a pass mark of their own; `review` is when answers are explained. With
    `partial_credit` an answer that is partly right earns its share of the point, as `credit.of` says.
    """

    questions: int
    pass_percent: int
    minutes: int
    grace_seconds: int
    attempts: int
    wait_minutes: int
    blueprint: tuple[Draw, ...]
    must_pass: tuple[TopicMark, ...] = field(default=(), metadata=LATER)
    review: ReviewTime = field(default=ReviewTime.AT_ONCE, metadata=LATER)
    shuffles_questions: bool = field(default=True, metadata=LATER)
    shuffles_options: bool = field(default=True, metadata=LATER)
    per_page: int = field(default=1, metadata=LATER)
    partial_credit: bool = field(default=False, metadata=LATER)

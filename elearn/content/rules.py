"""What a module, a pact and the register of law are made of, and which version is which.

Prose is written in Markdown and shown as HTML; `html` is empty until publication renders it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import Enum, StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Any, TypeAlias

import rfc8785

from elearn.core.errors import RuleBroken
from elearn.core.speech import say

LATER = {"is_later": True}
"""Of a field that older versions do not have: where it says what they mean anyway, it is left out of the bytes.

So a version that was published before the field existed keeps its fingerprint when it is read and written anew.
"""


class UnsoundContent(RuleBroken):
    """Content with complaints is never published."""

    sentence = say("Materi belum dapat diterbitkan karena pemeriksaan menemukan kesalahan.")


class Confidence(StrEnum):
    """How well a legal fact is proven: A own text, B+ quoted word for word, B reported, C not seen."""

    A = "A"
    B_PLUS = "B+"
    B = "B"
    C = "C"


class PartKind(StrEnum):
    """What a learner meets on the way through a module."""

    LESSON = "lesson"
    SCENARIO = "scenario"


class Verdict(StrEnum):
    """How a choice in a story stands before the rules; values are the words authors write.

    Where authorities disagree a choice is `diperdebatkan`: explained with dates and names, never counted as wrong.
    """

    SAFE = "aman"
    RISKY = "berisiko"
    BREACH = "melanggar"
    DISPUTED = "diperdebatkan"


class Ending(StrEnum):
    """How a story ends; values are the words authors write."""

    GOOD = "baik"
    CAREFUL = "hati-hati"
    BAD = "buruk"


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


class ReviewTime(StrEnum):
    """When the answers of a submitted quiz are explained; values are the words authors write."""

    AT_ONCE = "langsung"
    AFTER_PASSING = "setelah-lulus"
    AFTER_DEADLINE = "setelah-tenggat"


class RuleKind(StrEnum):
    """What a rule does to a civil servant; values are the words authors write."""

    PROHIBITION = "larangan"
    PERMISSION = "boleh"
    PROCEDURE = "tata-cara"


class LegalForm(StrEnum):
    """What an instrument is; only the first five can carry a directive."""

    LAW = "undang-undang"
    REGULATION = "peraturan"
    DECISION = "keputusan"
    RULING = "putusan"
    CIRCULAR = "surat-edaran"
    STATEMENT = "penjelasan"


@dataclass(frozen=True, slots=True)
class Complaint:
    """One fault of the files under `content/`: where it stands (line from 1) and what is wrong."""

    path: str
    line: int
    sentence: str

    def __str__(self) -> str:
        """The complaint as editors and terminals link it: `path:line: sentence`."""
        return f"{self.path}:{self.line}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs of Markdown and the sanitised HTML made of them at publication."""

    markdown: str
    html: str = ""


@dataclass(frozen=True, slots=True)
class Line(Prose):
    """A single line of Markdown, rendered without a paragraph around it: for labels, buttons and feedback."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, decree, circular or statement as a whole; its citations take its names and dates from here."""

    id: str
    short: str
    full: str
    form: LegalForm
    in_force_from: date | None = None
    in_force_until: date | None = None
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in the law: what it says in our words, since when, until when, and how well that is proven.

    A `date_bound` rule was different before or after: whoever tells it, tells the date.
    """

    id: str
    instrument: str
    full: str
    article: str
    says: str
    in_force_from: date | None
    in_force_until: date | None
    replaced_by: str | None
    confidence: Confidence
    sources: tuple[str, ...]
    checked_on: date
    doubts: str = ""
    instrument_id: str = ""
    date_bound: bool = False

    @property
    def label(self) -> str:
        """The short name shown inline: `PP 94/2021 Pasal 5 huruf n`."""
        return f"{self.instrument} {self.article}".strip()

    def is_in_force(self, day: date) -> bool:
        """Whether it binds on `day`: begun, not ended and not replaced."""
        begun = self.in_force_from is None or self.in_force_from <= day
        ended = self.in_force_until is not None and self.in_force_until <= day
        return begun and not ended and self.replaced_by is None


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of what a civil servant must know: what is forbidden, free, or done with a report, in which phase."""

    id: str
    kind: RuleKind
    text: str
    phase: str
    confidence: Confidence
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing for scenes: inline SVG without script, style or anything from elsewhere."""

    id: str
    svg: str


@dataclass(frozen=True, slots=True)
class Topic:
    """What a lesson, a story or a question is about."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Part:
    """One station on the way: a lesson or a scenario by its id; an optional one is offered, not required."""

    kind: PartKind
    id: str
    optional: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Lesson:
    """Something to read, ticked off as read."""

    id: str
    title: str
    minutes: int
    topic: str
    cites: tuple[str, ...]
    body: Prose
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Variable:
    """A number from 0 to 100 that choices move; `is_good` says whether people want it high."""

    id: str
    title: str
    start: int
    is_good: bool = True


@dataclass(frozen=True, slots=True)
class Variant:
    """A circumstance that differs from play to play: one of `values`, drawn from the seed of the play."""

    id: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when all it names is so: a variable's bounds, a choice made or not made, a variant's value.

    `chose` and `avoided` name a choice as "scene/choice"; `below` is exclusive, `at_least` inclusive.
    """

    variable: str = ""
    at_least: int | None = None
    below: int | None = None
    chose: str = ""
    avoided: str = ""
    variant: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """Where a choice leads instead of its `next` when all conditions hold; the first route that does is taken."""

    next: str
    when: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """A paragraph of a scene that is told only when all conditions hold."""

    text: Prose
    when: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What the learner may do in a scene, what follows from it, and why it stands as it does.

    `effects` adds to variables by their id; a choice whose `when` does not hold is not offered.
    """

    id: str
    text: Line
    verdict: Verdict
    next: str
    then: Prose
    why: Prose
    cites: tuple[str, ...]
    effects: Mapping[str, int] = field(default_factory=dict)
    when: tuple[Condition, ...] = ()
    routes: tuple[Route, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """A moment of a story: either with choices, or an ending with its debrief."""

    id: str
    heading: str
    text: Prose
    choices: tuple[Choice, ...] = ()
    ending: Ending | None = None
    debrief: Prose | None = None
    cites: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()
    picture: str = ""
    alt: str = ""


@dataclass(frozen=True)
class Scenario:
    """A branching story: scenes joined by choices, from `start` to one of its endings."""

    id: str
    title: str
    summary: str
    minutes: int
    topic: str
    start: str
    scenes: tuple[Scene, ...]
    variables: tuple[Variable, ...] = ()
    variants: tuple[Variant, ...] = ()
    covers: tuple[str, ...] = ()

    @cached_property
    def scene_by_id(self) -> dict[str, Scene]:
        """The scenes by their id."""
        return {scene.id: scene for scene in self.scenes}


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
    `partial_credit` an answer that is partly right earns its share of the point, as `items.credit` says.
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


@dataclass(frozen=True)
class Module:
    """Everything a learner meets between the directive and the pact, with the law it rests on."""

    slug: str
    title: str
    summary: str
    minutes: int
    topics: tuple[Topic, ...]
    parts: tuple[Part, ...]
    lessons: tuple[Lesson, ...]
    scenarios: tuple[Scenario, ...]
    questions: tuple[Question, ...]
    quiz: QuizPolicy
    pact: str
    citations: tuple[Citation, ...]
    pictures: tuple[Picture, ...] = ()
    rules: tuple[Rule, ...] = ()

    @cached_property
    def lesson_by_id(self) -> dict[str, Lesson]:
        """The lessons by their id."""
        return {lesson.id: lesson for lesson in self.lessons}

    @cached_property
    def scenario_by_id(self) -> dict[str, Scenario]:
        """The scenarios by their id."""
        return {scenario.id: scenario for scenario in self.scenarios}

    @cached_property
    def question_by_id(self) -> dict[str, Question]:
        """The questions of the bank by their id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def topic_by_id(self) -> dict[str, Topic]:
        """The topics by their id."""
        return {topic.id: topic for topic in self.topics}

    @cached_property
    def picture_by_id(self) -> dict[str, Picture]:
        """The drawings by their id."""
        return {picture.id: picture for picture in self.pictures}

    @cached_property
    def citation_by_id(self) -> dict[str, Citation]:
        """The citations by their id."""
        return {citation.id: citation for citation in self.citations}

    def cited(self, ids: Iterable[str]) -> list[Citation]:
        """The citations of `ids`, each once, in the order of first mention."""
        return [self.citation_by_id[each] for each in dict.fromkeys(ids)]


@dataclass(frozen=True, slots=True)
class Clause:
    """One point of a pact, consented to by itself; plain text."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PactText:
    """The words of a pact as they are read and signed; plain text, paragraphs parted by an empty line."""

    slug: str
    title: str
    opening: str
    clauses: tuple[Clause, ...]
    closing: str
    cites: tuple[str, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Register:
    """The law the whole curriculum rests on: instruments, citations, and the rules that must be taught and asked."""

    slug: str
    title: str
    instruments: tuple[Instrument, ...]
    citations: tuple[Citation, ...]
    rules: tuple[Rule, ...]

    @cached_property
    def citation_by_id(self) -> dict[str, Citation]:
        """The citations by their id."""
        return {citation.id: citation for citation in self.citations}

    @cached_property
    def instrument_by_id(self) -> dict[str, Instrument]:
        """The instruments by their id."""
        return {instrument.id: instrument for instrument in self.instruments}


Content: TypeAlias = Module | PactText | Register
"""Whatever is published as an immutable version."""


def plain(value: object) -> object:
    """The `value` (dataclasses, tuples, dates, enums) as the plain data that JSON knows."""
    if is_dataclass(value):
        told = [(each, getattr(value, each.name)) for each in fields(value)]
        return {each.name: plain(said) for each, said in told if not _goes_without_saying(each, said)}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _goes_without_saying(named: Any, said: object) -> bool:
    return "is_later" in named.metadata and said == named.default


def canonical(content: Content) -> bytes:
    """The one byte form of a published content (RFC 8785), the form that is stored and hashed."""
    return rfc8785.dumps(plain(content))  # type: ignore[arg-type]


def wording(question: Question) -> str:
    """The SHA-256, in hex, of what a question asks, offers and holds to be right; what explains it may change."""
    said = (question.kind, question.stem.markdown, [(each.id, each.text.markdown) for each in question.groups])
    options = [(each.id, each.text.markdown, each.correct, each.group, each.tolerance) for each in question.options]
    return sha256(rfc8785.dumps(plain([*said, options]))).hexdigest()  # type: ignore[arg-type]


def fingerprint(content: Content) -> str:
    """The SHA-256 of the canonical bytes, in hex: the name of this version."""
    return sha256(canonical(content)).hexdigest()

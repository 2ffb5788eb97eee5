"""What a module is made of: the parts on the way through it, its quiz, and the law it cites; pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from elearn.content.law import Citation, Rule
from elearn.content.questions import Question, QuizPolicy
from elearn.content.rules import Prose
from elearn.content.stories.scenes import Scenario


class PartKind(StrEnum):
    """What a learner meets on the way through a module."""

    LESSON = "lesson"
    SCENARIO = "scenario"


@dataclass(frozen=True, slots=True)
class Part:
    """One station on the way: a lesson or a scenario by its id; an optional one is offered, not required."""

    kind: PartKind
    id: str
    optional: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a lesson, a story or a question is about."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing for scenes: inline SVG without script, style or anything from elsewhere."""

    id: str
    svg: str


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

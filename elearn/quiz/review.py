"""What a submitted attempt teaches, as plain facts for its page: every question explained, every topic weighed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from elearn.content import items
from elearn.content.rules import Citation, Lesson, Module, Option, Question, QuestionKind
from elearn.quiz import queries, rules
from elearn.quiz.models import Attempt


class Mark(StrEnum):
    """How one option was treated: rightly, wrongly, or left out though it should not have been."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Judged:
    """An option as it was answered; in HTML the heading it stands under, or where it was put and where it belongs."""

    option: Option
    mark: Mark
    heading: str = ""
    put: str = ""
    belongs: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A question as it was answered, with the options that teach something: those answered and those right."""

    position: int
    question: Question
    state: rules.State
    is_right: bool
    judged: tuple[Judged, ...]
    citations: list[Citation]


@dataclass(frozen=True, slots=True)
class TopicReview:
    """How a topic went and what to read about it."""

    title: str
    strength: rules.Strength
    lessons: list[Lesson]


def facts(attempt: Attempt, module: Module) -> dict[str, Any]:
    """Everything the result page shows of an attempt, and what may come after it."""
    saved = queries.list_saved(attempt.id)
    paper = rules.read(attempt.paper)
    answers = {position: each.choice for position, each in saved.items()}
    grade = rules.grade(paper, answers, module.question_by_id)
    reviewed = [
        _reviewed(position, item, answers.get(position, ()), mark, module)
        for position, (item, mark) in enumerate(zip(paper, grade.marks, strict=True), start=1)
    ]
    return {
        "attempt": attempt,
        "module": module,
        "reviewed": reviewed,
        "topics": _topics(paper, grade, module),
        "citations": module.cited(cited for each in reviewed for cited in each.question.cites),
        "outlook": queries.outlook(
            attempt.learner_id, attempt.module_slug, module.quiz, since=queries.round_of(attempt)
        ),
    }


def judged(question: Question, shown: tuple[str, ...], answer: tuple[str, ...]) -> tuple[Judged, ...]:
    """The options that teach something about an answer, in the order shown; the steps of an order as is right."""
    by_id = {option.id: option for option in question.options}
    options = question.options if question.kind is QuestionKind.ORDER else [by_id[each] for each in shown]
    return tuple(_put(question, options, answer) if items.is_put(question) else _chosen(question, options, answer))


def _chosen(question: Question, options: Iterable[Option], answer: tuple[str, ...]) -> Iterator[Judged]:
    """What was chosen, and what should have been."""
    headings = {group.id: group.text.html for group in question.groups}
    for option in options:
        if option.id in answer:
            mark = Mark.RIGHT if option.correct else Mark.WRONG
            yield Judged(option, mark, headings.get(option.group, ""))
        elif option.correct:
            yield Judged(option, Mark.MISSED, headings.get(option.group, ""))


def _put(question: Question, options: Iterable[Option], answer: tuple[str, ...]) -> Iterator[Judged]:
    """Every option, where it was put and where it belongs."""
    names = {group.id: group.text.html for group in question.groups}
    names = names or {place: f"nomor {place}" for place in items.places(question)}
    given, right = items.placed(answer), items.placed(items.right_answer(question))
    for option in options:
        put, belongs = given.get(option.id), right[option.id]
        if put is None:
            yield Judged(option, Mark.MISSED, belongs=names[belongs])
        else:
            yield Judged(option, Mark.RIGHT if put == belongs else Mark.WRONG, "", names[put], names[belongs])


def _reviewed(position: int, item: rules.Item, choice: tuple[str, ...], is_right: bool, module: Module) -> Reviewed:
    question = module.question_by_id[item.question_id]
    return Reviewed(
        position,
        question,
        rules.state(question, choice),
        is_right,
        judged(question, item.option_ids, choice),
        module.cited(question.cites),
    )


def _topics(paper: rules.Paper, grade: rules.Grade, module: Module) -> list[TopicReview]:
    return [
        TopicReview(
            module.topic_by_id[strength.topic].title,
            strength,
            [lesson for lesson in module.lessons if lesson.topic == strength.topic],
        )
        for strength in rules.strengths(paper, grade, module.question_by_id, module.quiz)
    ]

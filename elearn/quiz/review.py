"""What a submitted attempt teaches, as plain facts for its page: every question explained, every topic weighed."""

from dataclasses import dataclass
from typing import Any

from elearn.content.rules import Citation, Lesson, Module, Option, Question
from elearn.quiz import queries, rules
from elearn.quiz.models import Attempt


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A question as it was answered: the options in the order shown, those chosen and those right."""

    position: int
    question: Question
    chosen: tuple[Option, ...]
    right: tuple[Option, ...]
    is_right: bool
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
        "outlook": queries.outlook(attempt.learner_id, attempt.module_slug, module.quiz),
    }


def _reviewed(position: int, item: rules.Item, choice: tuple[str, ...], is_right: bool, module: Module) -> Reviewed:
    question = module.question_by_id[item.question_id]
    shown = {option.id: option for option in question.options}
    options = [shown[option_id] for option_id in item.option_ids]
    return Reviewed(
        position,
        question,
        tuple(option for option in options if option.id in choice),
        tuple(option for option in options if option.correct),
        is_right,
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

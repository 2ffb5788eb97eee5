"""What a submitted attempt teaches, as plain facts for its page: every question explained, every topic weighed.

Questions are explained from the time that the policy names; points and topics are told at once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from elearn.content import items, numbers
from elearn.content.law import Citation
from elearn.content.modules import Lesson, Module, Picture
from elearn.content.questions import Option, Question, QuestionKind, QuizPolicy, ReviewTime
from elearn.content.rules import Line
from elearn.core.clock import now
from elearn.core.speech import say
from elearn.quiz import corrections, grading, judging, papers, queries, rules, terms
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


class Verdict(StrEnum):
    """What a question earned: its whole point, a share of it, nothing; or that it no longer counts."""

    RIGHT = "right"
    PARTIAL = "partial"
    WRONG = "wrong"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A question as it was answered, with the options that teach something: those answered and those right.

    `ruling` is what was decided about it since, and `word` what the question itself says to such an answer.
    """

    position: int
    question: Question
    state: rules.State
    verdict: Verdict
    points: grading.Points
    judged: tuple[Judged, ...]
    picture: Picture | None
    ruling: grading.Ruling | None
    word: str
    citations: list[Citation]


@dataclass(frozen=True, slots=True)
class TopicReview:
    """How a topic went and what to read about it."""

    title: str
    strength: grading.Strength
    lessons: list[Lesson]


def facts(attempt: Attempt, module: Module) -> dict[str, Any]:
    """Everything the result page shows of an attempt, and what may come after it."""
    paper, policy = papers.read(attempt.paper), judging.policy_of(attempt)
    learner_id, slug = attempt.learner_id, attempt.module_slug
    outlook = queries.outlook(learner_id, slug, module.quiz, since=queries.round_of(attempt))
    waits = policy.review is ReviewTime.AFTER_DEADLINE
    deadline = terms.deadline_of(learner_id, slug) if waits else None
    is_open = rules.may_review(policy, has_passed=outlook.has_passed, deadline=deadline, now=now())
    marks = grading.Grade(tuple(attempt.marks)) if attempt.marks is not None else judging.judge(attempt)[0]
    reviewed = _explained(attempt, module, paper, marks) if is_open else []
    return {
        "attempt": attempt,
        "module": module,
        "policy": policy,
        "reviewed": reviewed,
        "is_open": is_open,
        "opens_at": None if is_open else deadline,
        "topics": _topics(paper, marks, module, policy),
        "corrections": corrections.of(attempt.id),
        "citations": module.cited(cited for each in reviewed for cited in each.question.cites),
        "outlook": outlook,
    }


def _explained(attempt: Attempt, module: Module, paper: papers.Paper, marks: grading.Grade) -> list[Reviewed]:
    saved, rulings = queries.list_saved(attempt.id), judging.rulings_on(module)
    answers = {position: each.choice for position, each in saved.items()}
    return [
        _reviewed(position, item, answers.get(position, ()), mark, module, rulings.get(item.question_id))
        for position, (item, mark) in enumerate(zip(paper, marks.marks, strict=True), start=1)
    ]


def judged(question: Question, shown: tuple[str, ...], answer: tuple[str, ...]) -> tuple[Judged, ...]:
    """The options that teach something about an answer, in the order shown; the steps of an order as is right."""
    if items.is_numeric(question):
        return tuple(_numbered(question, answer))
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
    names = names or {place: say("nomor %(place)s", place=place) for place in items.places(question)}
    given, right = items.placed(answer), items.placed(items.right_answer(question))
    for option in options:
        put, belongs = given.get(option.id), right[option.id]
        if put is None:
            yield Judged(option, Mark.MISSED, belongs=names[belongs])
        else:
            yield Judged(option, Mark.RIGHT if put == belongs else Mark.WRONG, "", names[put], names[belongs])


def _numbered(question: Question, answer: tuple[str, ...]) -> Iterator[Judged]:
    """The number written, with the word that was prepared for it, and the one that is right."""
    meant = items.meant_by(question, answer)
    is_right = meant is not None and meant.correct
    for number in answer:
        yield Judged(_shown(number, meant), Mark.RIGHT if is_right else Mark.WRONG)
    for option in list(items.rights(question))[: 0 if is_right else 1]:
        yield Judged(_shown(option.text.markdown, option), Mark.MISSED)


def _shown(number: str, option: Option | None) -> Option:
    """A number as people here write it, with the feedback of the option it means."""
    told = numbers.told(number)
    return Option(number, Line(told, html=told), feedback=option.feedback if option else Line(""))


def _reviewed(
    position: int,
    item: papers.Item,
    choice: tuple[str, ...],
    mark: int | None,
    module: Module,
    ruling: grading.Ruling | None,
) -> Reviewed:
    asked = module.question_by_id[item.question_id]
    question, verdict = grading.ruled(asked, ruling), _verdict(mark)
    return Reviewed(
        position,
        asked,
        rules.state(asked, choice),
        verdict,
        grading.points(mark or 0),
        judged(question, item.option_ids, choice),
        module.picture_by_id.get(asked.picture),
        ruling,
        _word(asked, verdict),
        module.cited(asked.cites),
    )


def _verdict(mark: int | None) -> Verdict:
    if mark is None:
        return Verdict.DROPPED
    return Verdict.RIGHT if mark == grading.FULL else Verdict.PARTIAL if mark else Verdict.WRONG


def _word(question: Question, verdict: Verdict) -> str:
    """What the question itself says to an answer of that worth, in HTML."""
    said = {Verdict.RIGHT: question.if_right, Verdict.PARTIAL: question.if_partial, Verdict.WRONG: question.if_wrong}
    return said[verdict].html if verdict in said else ""


def _topics(paper: papers.Paper, marks: grading.Grade, module: Module, policy: QuizPolicy) -> list[TopicReview]:
    return [
        TopicReview(
            module.topic_by_id[strength.topic].title,
            strength,
            [lesson for lesson in module.lessons if lesson.topic == strength.topic],
        )
        for strength in grading.strengths(paper, marks, module.question_by_id, policy)
    ]

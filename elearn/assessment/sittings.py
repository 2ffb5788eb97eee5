"""The graded attempts behind the figures, read in one pass; those without marks are graded again in passing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy import Float, extract, func, select

from elearn.agencies import queries as agencies
from elearn.agencies.bulk import without_sweeps
from elearn.agencies.models import Agency, Employee, Placement
from elearn.assessment import distractors, figures
from elearn.assessment.figures import Sitting
from elearn.assessment.scope import Asked
from elearn.content import queries as content
from elearn.content.questions import Question
from elearn.core.db import db
from elearn.quiz import grading, papers, rules
from elearn.quiz.models import Answer, AnswerEntry, Attempt

IDLE = 600.0
"""From so many seconds on, somebody went away rather than thought."""
SECONDS_A_DAY = 86_400.0
ATTEMPT, ENTRY = Attempt.__table__.c, AnswerEntry.__table__.c


@without_sweeps()
def list_sittings(asked: Asked) -> list[Sitting]:
    """The attempts that were asked for; each person's stand together, the earliest first."""
    columns = (
        ATTEMPT.id,
        ATTEMPT.learner_id,
        ATTEMPT.publication_id,
        ATTEMPT.paper,
        ATTEMPT.terms,
        ATTEMPT.marks,
        ATTEMPT.passed,
        ATTEMPT.started_at,
        ATTEMPT.submitted_at,
    )
    query = select(*columns).where(*asked.conditions).order_by(ATTEMPT.learner_id, ATTEMPT.number)
    found, unmarked = [], []
    for row in db.session.execute(query):
        found.append(_sitting(row))
        if row.marks is None:
            unmarked.append(row)
    graded = _graded_again(unmarked)
    return [replace(each, marks=graded[each.attempt_id]) if each.attempt_id in graded else each for each in found]


def _sitting(row: Any) -> Sitting:
    return Sitting(
        row.id,
        row.learner_id,
        row.publication_id,
        tuple([question for question, _ in row.paper]),
        tuple(row.marks or ()),
        bool(row.passed),
        row.started_at,
        row.submitted_at,
    )


def _graded_again(rows: Sequence[Any]) -> dict[UUID, tuple[int | None, ...]]:
    """The marks of attempts that were graded before marks were kept, by their own policy."""
    if not rows:
        return {}
    given: dict[UUID, dict[int, list[str]]] = defaultdict(dict)
    query = select(Answer.attempt_id, Answer.position, Answer.choice)
    query = query.where(Answer.attempt_id.in_([row.id for row in rows]))
    for attempt_id, position, choice in db.session.execute(query):
        given[attempt_id][position] = choice
    return {row.id: _marks(row, given[row.id]) for row in rows}


def _marks(row: Any, answers: dict[int, list[str]]) -> tuple[int | None, ...]:
    module = content.get_module(row.publication_id)
    policy = rules.policy_of(module.quiz, row.terms)
    return grading.grade(papers.read(row.paper), answers, module.question_by_id, policy).marks


def seconds_by_question(asked: Asked) -> dict[str, float]:
    """The median seconds people took over each question, by its id; without those whose times are not known.

    A time runs from one saving to the next, the first one from the start; several visits of one attempt add up. A
    pause of ten minutes counts as having gone away. The database parts and adds, as there are twenty to an attempt.
    """
    found: dict[str, list[float]] = defaultdict(list)
    for question, spent in db.session.execute(_times(asked)):
        found[question].append(float(spent))
    return {question: median(times) for question, times in found.items()}


def _times(asked: Asked) -> Any:
    """The question and the seconds of each position of each attempt."""
    last = func.lag(_epoch(ENTRY.given_at)).over(partition_by=ENTRY.attempt_id, order_by=ENTRY.given_at)
    before = func.coalesce(last, _epoch(ATTEMPT.started_at))
    visits = (
        select(ENTRY.attempt_id, ENTRY.position, (_epoch(ENTRY.given_at) - before).label("spent"))
        .join(Attempt, ENTRY.attempt_id == ATTEMPT.id)
        .where(*asked.conditions)
        .subquery()
    )
    visit, answer = visits.c, Answer.__table__.c
    is_there = (answer.attempt_id == visit.attempt_id) & (answer.position == visit.position)
    query = select(answer.question_id, func.sum(visit.spent)).select_from(visits).join(Answer, is_there)
    counted = query.where(visit.spent >= 0, visit.spent < IDLE)
    return counted.group_by(answer.attempt_id, answer.position, answer.question_id)


def _epoch(instant: Any) -> Any:
    """An instant as seconds, in the words of the database."""
    if db.engine.dialect.name == "sqlite":
        return func.julianday(instant, type_=Float) * SECONDS_A_DAY
    return extract("epoch", instant)


def opd_of_learners(asked: Asked) -> dict[UUID, UUID | None]:
    """The OPD in which each person served on the last day of the time, by account."""
    query = (
        select(Employee.account_id, Agency.opd_id)
        .join(Placement, Placement.employee_id == Employee.id)
        .join(Agency, Agency.id == Placement.agency_id)
        .where(agencies.covers(asked.until))
    )
    return {row.account_id: row.opd_id for row in db.session.execute(query)}


def list_answers(question: Question, counting: Sequence[Sitting]) -> list[distractors.Given]:
    """What each paper that had a question in these very words was answered to it, and by which third."""
    thirds = figures.thirds(counting)
    same = {each for each in {s.publication_id for s in counting} if _words_of(each, question.id) == question}
    asked = {s.attempt_id for s in counting if s.publication_id in same and question.id in s.questions}
    query = select(Answer.attempt_id, Answer.choice).where(Answer.question_id == question.id)
    given = {attempt_id: choice for attempt_id, choice in db.session.execute(query) if attempt_id in asked}
    return [(thirds[attempt_id], tuple(given.get(attempt_id, ()))) for attempt_id in asked]


def _words_of(publication_id: UUID, question_id: str) -> Question | None:
    return content.get_module(publication_id).question_by_id.get(question_id)

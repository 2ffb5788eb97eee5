"""How attempts were taken, read from the history of answers; and whose they were."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select

from elearn.agencies import queries as agencies
from elearn.agencies.bulk import without_sweeps
from elearn.agencies.models import Agency, Employee, Placement
from elearn.agencies.rules import Visible
from elearn.assessment.figures import Sitting
from elearn.assessment.patterns import Trace
from elearn.assessment.scope import Asked
from elearn.core.db import db
from elearn.quiz.grading import FULL
from elearn.quiz.models import AnswerEntry, Attempt

ENTRY, ATTEMPT = AnswerEntry.__table__.c, Attempt.__table__.c


@without_sweeps()
def list_traces(asked: Asked, sittings: Iterable[Sitting]) -> list[Trace]:
    """How each of these attempts was taken; its device is the one most of its answers came from."""
    query = select(ENTRY.attempt_id, ENTRY.position, ENTRY.choice, ENTRY.device)
    query = query.join(Attempt, ENTRY.attempt_id == ATTEMPT.id).where(*asked.conditions).order_by(ENTRY.given_at)
    entries: dict[UUID, list[Any]] = defaultdict(list)
    for row in db.session.execute(query):
        entries[row.attempt_id].append(row)
    return [_trace(each, entries[each.attempt_id]) for each in sittings]


def _trace(sitting: Sitting, entries: list[Any]) -> Trace:
    devices = Counter(row.device for row in entries if row.device)
    answers = {sitting.questions[row.position - 1]: frozenset(row.choice) for row in entries}
    marks = zip(sitting.questions, sitting.marks, strict=True)
    return Trace(
        sitting.attempt_id,
        sitting.learner_id,
        sitting.started_at,
        sitting.submitted_at,
        questions=len(sitting.questions),
        passed=sitting.passed,
        device=devices.most_common(1)[0][0] if devices else "",
        answers=answers,
        wrong=frozenset(question for question, mark in marks if mark is not None and mark < FULL),
    )


def list_people(accounts: Iterable[UUID], asked: Asked, *, visible: Visible) -> dict[UUID, tuple[Employee, str]]:
    """The people behind accounts, with where they served on the last day of the time, by account."""
    query = (
        select(Employee, Agency.name)
        .outerjoin(Placement, (Placement.employee_id == Employee.id) & agencies.covers(asked.until))
        .outerjoin(Agency, Agency.id == Placement.agency_id)
        .where(Employee.account_id.in_(list(accounts)))
    )
    if not visible.all:
        query = query.where(Placement.agency_id.in_(visible.agency_ids))
    return {employee.account_id: (employee, agency or "–") for employee, agency in db.session.execute(query)}

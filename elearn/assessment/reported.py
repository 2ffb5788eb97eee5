"""What learners report about questions, and what their author answers; an author never learns who reported."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from elearn.assessment import messages, people, rules
from elearn.assessment.models import QuestionReport
from elearn.assessment.rules import Outcome, ReportKind
from elearn.content import queries as content
from elearn.content.modules import Module
from elearn.content.questions import Question
from elearn.core import clock
from elearn.core.db import db, insert, new_id
from elearn.core.errors import NotFound
from elearn.core.permissions import Actor
from elearn.ledger import actions as ledger
from elearn.notices import actions as notices
from elearn.quiz import queries as quiz
from elearn.quiz.queries import Sheet

OPEN = QuestionReport.outcome == Outcome.OPEN.value


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a learner met it: her attempt, its version of the module, and the options in the order shown."""

    sheet: Sheet
    position: int
    question: Question
    option_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """All that was reported about one question: how often, how much of it is unanswered, and since when."""

    slug: str
    question_id: str
    open: int
    total: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """One report as its author reads it: what is said of which version, and no word of who said it."""

    kind: ReportKind
    sentence: str
    reported_at: datetime
    publication_id: UUID
    number: int
    outcome: Outcome
    answer: str | None
    answered_at: datetime | None


def asked(learner_id: UUID | None, attempt_id: UUID, position: int) -> Asked:
    """A question of one's own attempt, open or closed; NotFound for another's."""
    sheet = quiz.get_sheet(attempt_id, learner_id=learner_id)
    item = quiz.get_item(sheet, position)
    return Asked(sheet, position, sheet.module.question_by_id[item.question_id], item.option_ids)


def find_report(learner_id: UUID | None, found: Asked) -> QuestionReport | None:
    """What the learner reported about this question of this attempt."""
    return db.session.scalar(
        select(QuestionReport).filter_by(
            account_id=learner_id, attempt_id=found.sheet.id, question_id=found.question.id
        )
    )


def report(actor: Actor, *, attempt_id: UUID, position: int, kind: ReportKind, sentence: str) -> None:
    """Report a question of one's own attempt, in the version met there; AlreadyReported the second time."""
    found = asked(actor.account_id, attempt_id, position)
    row = {
        "id": new_id(),
        "account_id": actor.account_id,
        "attempt_id": attempt_id,
        "publication_id": found.sheet.publication_id,
        "module_slug": found.sheet.module_slug,
        "question_id": found.question.id,
        "kind": kind.value,
        "sentence": sentence,
        "reported_at": clock.now(),
    }
    kept = insert(QuestionReport).values(row).on_conflict_do_nothing().returning(QuestionReport.id)
    if db.session.execute(kept).first() is None:
        raise rules.AlreadyReported
    facts = {"report": str(row["id"]), "module": row["module_slug"], "question": row["question_id"]}
    ledger.record(actor, "assessment:question_reported", facts)


def answer(actor: Actor, *, slug: str, question_id: str, outcome: Outcome, sentence: str) -> int:
    """Answer all open reports about a question alike, tell who reported, and say how many; NothingToAnswer."""
    query = select(QuestionReport).filter_by(module_slug=slug, question_id=question_id).where(OPEN).with_for_update()
    reports = db.session.scalars(query, execution_options={"populate_existing": True}).all()
    if not reports:
        raise rules.NothingToAnswer
    for each in reports:
        each.outcome, each.answer = outcome.value, sentence
        each.answered_by, each.answered_at = actor.account_id, clock.now()
    db.session.flush()
    facts = {"module": slug, "question": question_id, "reports": len(reports), "outcome": outcome.value}
    ledger.record(actor, "assessment:question_answered", facts)
    _tell(reports)
    return len(reports)


def _tell(reports: Sequence[QuestionReport]) -> None:
    learners = people.by_account({each.account_id for each in reports})
    known = [(each, learners[each.account_id]) for each in reports if each.account_id in learners]
    notices.post_many(
        [
            messages.message(
                "answered",
                key=f"report:{each.id}",
                recipient=learner.email,
                name=learner.name,
                module=content.get_module(each.publication_id),
                report=each,
                outcome=Outcome(each.outcome),
            )
            for each, learner in known
            if learner.email
        ]
    )


def list_groups() -> list[Group]:
    """All questions that were reported, the unanswered first, then the latest."""
    unanswered = func.count().filter(OPEN)
    last = func.max(QuestionReport.reported_at)
    query = (
        select(QuestionReport.module_slug, QuestionReport.question_id, unanswered, func.count(), last)
        .group_by(QuestionReport.module_slug, QuestionReport.question_id)
        .order_by((unanswered > 0).desc(), unanswered.desc(), last.desc())
    )
    return [Group(*row) for row in db.session.execute(query)]


def count_open() -> int:
    """How many questions have reports that nobody answered."""
    key = select(QuestionReport.module_slug, QuestionReport.question_id).where(OPEN).distinct().subquery()
    return db.session.scalar(select(func.count()).select_from(key)) or 0


def list_told(slug: str, question_id: str) -> list[Told]:
    """What was reported about a question, the unanswered first, then the latest; NotFound for none."""
    query = (
        select(QuestionReport)
        .filter_by(module_slug=slug, question_id=question_id)
        .order_by(OPEN.desc(), QuestionReport.reported_at.desc())
    )
    found = [_told(each) for each in db.session.scalars(query)]
    if not found:
        raise NotFound
    return found


def _told(each: QuestionReport) -> Told:
    number = content.get_publication(each.publication_id).number
    return Told(
        ReportKind(each.kind),
        each.sentence,
        each.reported_at,
        each.publication_id,
        number,
        Outcome(each.outcome),
        each.answer,
        each.answered_at,
    )


def newest_version(told: Sequence[Told], question_id: str) -> tuple[Module, Question]:
    """The question in the latest version that somebody reported."""
    module = content.get_module(max(told, key=lambda each: each.number).publication_id)
    return module, module.question_by_id[question_id]

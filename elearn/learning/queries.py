"""The way of learners, read: one learner's progress, and the milestones of all."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from elearn.content import queries as content
from elearn.content.modules import Module
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.learning import rules
from elearn.learning.models import Enrolment, LessonRead
from elearn.quiz import queries as quiz
from elearn.quiz.models import Attempt
from elearn.scenarios import queries as scenarios


def find_enrolment(learner_id: UUID | None, slug: str) -> Enrolment | None:
    """The learner's enrolment in a module, the last of several rounds, which pins its version."""
    query = select(Enrolment).filter_by(learner_id=learner_id, module_slug=slug)
    return db.session.scalar(query.order_by(Enrolment.round.desc()).limit(1))


def round_since(learner_id: UUID | None, slug: str) -> datetime | None:
    """When the learner began the module again; None in the first round, in which everything counts."""
    enrolment = find_enrolment(learner_id, slug)
    return enrolment.started_at if enrolment is not None and enrolment.round > 1 else None


def publication_for(learner_id: UUID | None, slug: str) -> UUID:
    """The version a learner studies: the one she began with, else the current one; NotFound when there is none."""
    enrolment = find_enrolment(learner_id, slug)
    if enrolment is not None:
        return enrolment.publication_id
    current = content.find_current("module", slug)
    if current is None:
        raise NotFound
    return current.id


def module_for(learner_id: UUID | None, slug: str) -> Module:
    """The module in the version this learner studies."""
    return content.get_module(publication_for(learner_id, slug))


def course_of(learner_id: UUID | None, slug: str) -> tuple[Module, rules.Progress]:
    """The module in the version this learner studies, and where she stands in it."""
    publication_id = publication_for(learner_id, slug)
    module = content.get_module(publication_id)
    return module, rules.progress(module, _facts(learner_id, publication_id, slug))


def progress_of(learner_id: UUID | None, slug: str) -> rules.Progress:
    """Where a learner stands in a module."""
    return course_of(learner_id, slug)[1]


def passed_attempt(learner_id: UUID | None, slug: str) -> Attempt | None:
    """The attempt by which a learner passed the module's quiz in the present round."""
    return quiz.passed_attempt(learner_id, slug, since=round_since(learner_id, slug))


def list_open_plays(learner_id: UUID | None, slug: str) -> list[UUID]:
    """The stories of the module that the learner is in the middle of, as ids of their plays."""
    return scenarios.list_open_plays(learner_id, publication_for(learner_id, slug))


def has_ended_with(learner_id: UUID | None, slug: str, attempt_id: UUID) -> bool:
    """Whether the present round of a module was passed in this very attempt, so that only another round follows."""
    attempt = passed_attempt(learner_id, slug)
    return attempt is not None and attempt.id == attempt_id


def milestones(slug: str, until: datetime) -> dict[UUID, rules.Milestones]:
    """Everybody's milestones in a module up to an instant, by account; one statement."""
    passed = (
        select(Attempt.learner_id, func.max(Attempt.submitted_at).label("passed_at"))
        .where(Attempt.module_slug == slug, Attempt.passed.is_(True), Attempt.submitted_at <= until)
        .group_by(Attempt.learner_id)
        .subquery()
    )
    begun = (
        select(Enrolment.learner_id, func.max(Enrolment.started_at).label("started_at"))
        .where(Enrolment.module_slug == slug, Enrolment.started_at <= until)
        .group_by(Enrolment.learner_id)
        .subquery()
    )
    query = select(begun, passed.c.passed_at).outerjoin(passed, passed.c.learner_id == begun.c.learner_id)
    return {row.learner_id: rules.Milestones(row.started_at, row.passed_at) for row in db.session.execute(query)}


def _facts(learner_id: UUID | None, publication_id: UUID, slug: str) -> rules.Facts:
    read = select(LessonRead.lesson_id).filter_by(learner_id=learner_id, publication_id=publication_id)
    return rules.Facts(
        lessons_read=set(db.session.scalars(read)),
        scenarios_ended=scenarios.list_ended(learner_id, publication_id),
        scenarios_open=scenarios.list_open(learner_id, publication_id),
        has_passed=passed_attempt(learner_id, slug) is not None,
    )

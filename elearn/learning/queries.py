"""The way of learners, read: one learner's progress, and the milestones of all."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import String, Uuid, bindparam, case, func, literal_column, select, union_all

from elearn.content import queries as content
from elearn.content.modules import Module
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.learning import rules
from elearn.learning.models import Enrolment, LessonRead
from elearn.quiz import queries as quiz
from elearn.quiz.models import Attempt
from elearn.quiz.rules import LONG_AGO
from elearn.scenarios.models import Play

ENROLMENT, LESSON = Enrolment.__table__.c, LessonRead.__table__.c
PLAY, ATTEMPT = Play.__table__.c, Attempt.__table__.c

# The two statements of every page of a module, built once: bare columns, values bound when they are asked.
OF_LEARNER, OF_MODULE = bindparam("learner_id", type_=Uuid), bindparam("slug", type_=String)
OF_VERSION, BEGUN = bindparam("publication_id", type_=Uuid), bindparam("since", type_=ATTEMPT.started_at.type)
WAY = (
    select(ENROLMENT.publication_id, ENROLMENT.round, ENROLMENT.started_at)
    .where(ENROLMENT.learner_id == OF_LEARNER, ENROLMENT.module_slug == OF_MODULE)
    .order_by(ENROLMENT.round.desc())
    .limit(1)
)
FACTS = union_all(
    select(literal_column("'read'").label("fact"), LESSON.lesson_id.label("id")).where(
        LESSON.learner_id == OF_LEARNER, LESSON.publication_id == OF_VERSION
    ),
    select(case((PLAY.ended_at.is_(None), "open"), else_="ended"), PLAY.scenario_id).where(
        PLAY.learner_id == OF_LEARNER, PLAY.publication_id == OF_VERSION
    ),
    select(literal_column("'passed'"), ATTEMPT.module_slug).where(
        ATTEMPT.learner_id == OF_LEARNER,
        ATTEMPT.module_slug == OF_MODULE,
        ATTEMPT.passed.is_(True),
        ATTEMPT.started_at >= BEGUN,
    ),
)


@dataclass(frozen=True, slots=True)
class Way:
    """Which version of a module a learner studies, and since when, if she learns it again; else all counts."""

    publication_id: UUID
    since: datetime | None


def find_enrolment(learner_id: UUID | None, slug: str) -> Enrolment | None:
    """The learner's enrolment in a module, the last of several rounds, which pins its version."""
    query = select(Enrolment).filter_by(learner_id=learner_id, module_slug=slug)
    return db.session.scalar(query.order_by(Enrolment.round.desc()).limit(1))


def way_of(learner_id: UUID | None, slug: str) -> Way:
    """The version a learner began with in the present round, else the current one; NotFound when there is none."""
    row = db.session.execute(WAY, {"learner_id": learner_id, "slug": slug}).one_or_none()
    if row is not None:
        return Way(row.publication_id, row.started_at if row.round > 1 else None)
    current = content.find_current("module", slug)
    if current is None:
        raise NotFound
    return Way(current.id, None)


def round_since(learner_id: UUID | None, slug: str) -> datetime | None:
    """When the learner began the module again; None in the first round, in which everything counts."""
    return way_of(learner_id, slug).since


def publication_for(learner_id: UUID | None, slug: str) -> UUID:
    """The version a learner studies: the one she began with, else the current one; NotFound when there is none."""
    return way_of(learner_id, slug).publication_id


def module_for(learner_id: UUID | None, slug: str) -> Module:
    """The module in the version this learner studies."""
    return content.get_module(publication_for(learner_id, slug))


def course_of(learner_id: UUID | None, slug: str, way: Way | None = None) -> tuple[Module, rules.Progress]:
    """The module in the version this learner studies, and where she stands in it; by one statement on a known way."""
    way = way or way_of(learner_id, slug)
    module = content.get_module(way.publication_id)
    return module, rules.progress(module, _facts(learner_id, slug, way))


def progress_of(learner_id: UUID | None, slug: str) -> rules.Progress:
    """Where a learner stands in a module."""
    return course_of(learner_id, slug)[1]


def passed_attempt(learner_id: UUID | None, slug: str) -> Attempt | None:
    """The attempt by which a learner passed the module's quiz in the present round."""
    return quiz.passed_attempt(learner_id, slug, since=round_since(learner_id, slug))


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


def _facts(learner_id: UUID | None, slug: str, way: Way) -> rules.Facts:
    values = {
        "learner_id": learner_id,
        "slug": slug,
        "publication_id": way.publication_id,
        "since": way.since or LONG_AGO,
    }
    found: dict[str, set[str]] = {"read": set(), "open": set(), "ended": set(), "passed": set()}
    for fact, which in db.session.execute(FACTS, values):
        found[fact].add(which)
    return rules.Facts(
        lessons_read=found["read"],
        scenarios_ended=found["ended"],
        scenarios_open=found["open"],
        has_passed=bool(found["passed"]),
    )

"""The rows of learning: enrolments, lessons read, stories played, attempts answered and graded."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from elearn.demo.chronicle import Chronicle
from elearn.demo.ground import Course, Ground
from elearn.demo.identity import stable_id
from elearn.demo.journeys import Journey, Playing
from elearn.demo.sittings import Reply, Sitting
from elearn.learning.models import Enrolment, LessonRead
from elearn.quiz import grading, papers
from elearn.quiz.models import Answer, Attempt
from elearn.scenarios.models import Play, Step


def enter(chronicle: Chronicle, ground: Ground, journeys: Iterable[Journey]) -> None:
    """Note what everybody read, played and answered."""
    for journey in journeys:
        learner_id, course = ground.account_ids[journey.lot.person.nip], ground.courses[journey.slug]
        _add_lessons(chronicle, course, learner_id, journey)
        for playing in journey.playings:
            _add_play(chronicle, course, learner_id, playing)
        for sitting in journey.sittings:
            _add_attempt(chronicle, course, learner_id, sitting)


def attempt_id(learner_id: UUID, sitting: Sitting) -> UUID:
    """The id of an attempt."""
    return stable_id("attempt", f"{learner_id}/{sitting.number}", sitting.started_at)


def _add_lessons(chronicle: Chronicle, course: Course, learner_id: UUID, journey: Journey) -> None:
    chronicle.add(
        Enrolment,
        id=stable_id("enrolment", learner_id, journey.started_at),
        learner_id=learner_id,
        module_slug=course.module.slug,
        publication_id=course.publication.id,
        round=journey.round,
        started_at=journey.started_at,
    )
    for reading in journey.readings:
        chronicle.add(
            LessonRead,
            id=stable_id("reading", f"{learner_id}/{reading.lesson_id}", reading.at),
            learner_id=learner_id,
            publication_id=course.publication.id,
            lesson_id=reading.lesson_id,
            read_at=reading.at,
        )


def _add_play(chronicle: Chronicle, course: Course, learner_id: UUID, playing: Playing) -> None:
    play_id = stable_id("play", f"{learner_id}/{playing.scenario_id}", playing.started_at)
    chronicle.add(
        Play,
        id=play_id,
        learner_id=learner_id,
        publication_id=course.publication.id,
        scenario_id=playing.scenario_id,
        seed=playing.seed,
        started_at=playing.started_at,
        ended_at=playing.ended_at,
        ending=playing.ending,
    )
    for sequence, move in enumerate(playing.moves, start=1):
        chronicle.add(
            Step,
            id=stable_id("step", f"{play_id}/{sequence}", move.at),
            play_id=play_id,
            sequence=sequence,
            scene=move.scene,
            choice=move.choice,
            chosen_at=move.at,
        )


def _add_attempt(chronicle: Chronicle, course: Course, learner_id: UUID, sitting: Sitting) -> None:
    attempt = _attempt(course, learner_id, sitting)
    chronicle.add(Attempt, **attempt)
    for reply in sitting.replies:
        chronicle.add(Answer, **_answer(attempt["id"], reply))
    by = {"by": learner_id} if sitting.closed_by == "learner" else {}
    chronicle.tell("quiz:submitted", sitting.submitted_at, _result(course, attempt["id"], sitting), **by)


def _attempt(course: Course, learner_id: UUID, sitting: Sitting) -> dict[str, Any]:
    """The row of an attempt, submitted and graded."""
    return {
        "id": attempt_id(learner_id, sitting),
        "learner_id": learner_id,
        "publication_id": course.publication.id,
        "module_slug": course.module.slug,
        "number": sitting.number,
        "seed": sitting.seed,
        "paper": papers.written(sitting.paper),
        "started_at": sitting.started_at,
        "due_at": sitting.due_at,
        "submitted_at": sitting.submitted_at,
        "closed_by": sitting.closed_by,
        "score": sitting.grade.score,
        "total": sitting.grade.total,
        "marks": list(sitting.grade.marks),
        "passed": sitting.passed,
    }


def _answer(sitting_id: UUID, reply: Reply) -> dict[str, Any]:
    """The row of the answer that counts at a position."""
    return {
        "id": stable_id("answer", f"{sitting_id}/{reply.position}", reply.at),
        "attempt_id": sitting_id,
        "position": reply.position,
        "question_id": reply.question_id,
        "choice": list(reply.answer),
        "saved_at": reply.at,
        "given_at": reply.at,
    }


def _result(course: Course, sitting_id: UUID, sitting: Sitting) -> dict[str, Any]:
    """What the record keeps of a submission."""
    return {
        "attempt": str(sitting_id),
        "publication": course.publication.fingerprint,
        "score": grading.exact_points(sitting.grade.score),
        "total": grading.exact_points(sitting.grade.total),
        "passed": sitting.passed,
    }

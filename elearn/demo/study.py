"""The rows of learning: enrolments, lessons read, stories played, attempts answered and graded."""

from collections.abc import Iterable
from uuid import UUID

from elearn.demo.chronicle import Chronicle
from elearn.demo.ground import Ground
from elearn.demo.identity import stable_id
from elearn.demo.journeys import Journey, Playing
from elearn.demo.sittings import Sitting
from elearn.learning.models import Enrolment, LessonRead
from elearn.quiz import grading, papers
from elearn.quiz.models import Answer, Attempt
from elearn.scenarios.models import Play, Step


def enter(chronicle: Chronicle, ground: Ground, journeys: Iterable[Journey]) -> None:
    """Note what everybody read, played and answered."""
    for journey in journeys:
        learner_id = ground.account_ids[journey.lot.person.nip]
        _add_lessons(chronicle, ground, learner_id, journey)
        for playing in journey.playings:
            _add_play(chronicle, ground, learner_id, playing)
        for sitting in journey.sittings:
            _add_attempt(chronicle, ground, learner_id, sitting)


def attempt_id(learner_id: UUID, sitting: Sitting) -> UUID:
    """The id of an attempt."""
    return stable_id("attempt", f"{learner_id}/{sitting.number}", sitting.started_at)


def _add_lessons(chronicle: Chronicle, ground: Ground, learner_id: UUID, journey: Journey) -> None:
    chronicle.add(
        Enrolment,
        id=stable_id("enrolment", learner_id, journey.started_at),
        learner_id=learner_id,
        module_slug=ground.module.slug,
        publication_id=ground.publication.id,
        started_at=journey.started_at,
    )
    for reading in journey.readings:
        chronicle.add(
            LessonRead,
            id=stable_id("reading", f"{learner_id}/{reading.lesson_id}", reading.at),
            learner_id=learner_id,
            publication_id=ground.publication.id,
            lesson_id=reading.lesson_id,
            read_at=reading.at,
        )


def _add_play(chronicle: Chronicle, ground: Ground, learner_id: UUID, playing: Playing) -> None:
    play_id = stable_id("play", f"{learner_id}/{playing.scenario_id}", playing.started_at)
    chronicle.add(
        Play,
        id=play_id,
        learner_id=learner_id,
        publication_id=ground.publication.id,
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


def _add_attempt(chronicle: Chronicle, ground: Ground, learner_id: UUID, sitting: Sitting) -> None:
    sitting_id = attempt_id(learner_id, sitting)
    chronicle.add(
        Attempt,
        id=sitting_id,
        learner_id=learner_id,
        publication_id=ground.publication.id,
        module_slug=ground.module.slug,
        number=sitting.number,
        seed=sitting.seed,
        paper=papers.written(sitting.paper),
        started_at=sitting.started_at,
        due_at=sitting.due_at,
        submitted_at=sitting.submitted_at,
        closed_by=sitting.closed_by,
        score=sitting.grade.score,
        total=sitting.grade.total,
        marks=list(sitting.grade.marks),
        passed=sitting.passed,
    )
    for reply in sitting.replies:
        chronicle.add(
            Answer,
            id=stable_id("answer", f"{sitting_id}/{reply.position}", reply.at),
            attempt_id=sitting_id,
            position=reply.position,
            question_id=reply.question_id,
            choice=list(reply.answer),
            saved_at=reply.at,
            given_at=reply.at,
        )
    facts = {
        "attempt": str(sitting_id),
        "publication": ground.publication.fingerprint,
        "score": grading.exact_points(sitting.grade.score),
        "total": grading.exact_points(sitting.grade.total),
        "passed": sitting.passed,
    }
    is_own = sitting.closed_by == "learner"
    chronicle.tell("quiz:submitted", sitting.submitted_at, facts, **({"by": learner_id} if is_own else {}))

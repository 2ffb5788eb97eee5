"""Going on through a module: a lesson ticked off, a story begun, the quiz begun."""

from uuid import UUID

from elearn.content import queries as content
from elearn.core.clock import now
from elearn.core.db import db, insert
from elearn.core.errors import NotFound
from elearn.core.permissions import Actor
from elearn.learning import queries, rules
from elearn.learning.models import Enrolment, LessonRead
from elearn.quiz import actions as quiz
from elearn.quiz.models import Attempt
from elearn.scenarios import actions as scenarios
from elearn.scenarios.models import Play


def tick(actor: Actor, *, slug: str, lesson_id: str) -> None:
    """Note that a lesson was read; noting it again changes nothing."""
    publication_id = _enrol(actor, slug)
    if lesson_id not in queries.module_for(actor.account_id, slug).lesson_by_id:
        raise NotFound
    read = {"learner_id": actor.account_id, "publication_id": publication_id, "lesson_id": lesson_id}
    db.session.execute(insert(LessonRead).values(**read, read_at=now()).on_conflict_do_nothing())


def start_scenario(actor: Actor, *, slug: str, scenario_id: str) -> Play:
    """Begin a story of the module or take it up where it was left."""
    return scenarios.start(actor, publication_id=_enrol(actor, slug), scenario_id=scenario_id)


def choose(actor: Actor, *, slug: str, scenario_id: str, seed: int, sequence: int, choice: str) -> Play:
    """Make a choice in the play of a seed, begun if need be: what a device kept while there was no network."""
    publication_id = _enrol(actor, slug)
    play = scenarios.take_up(actor, publication_id=publication_id, scenario_id=scenario_id, seed=seed)
    scenarios.choose(actor, play_id=play.id, sequence=sequence, choice=choice)
    return play


def start_quiz(actor: Actor, *, slug: str) -> Attempt:
    """Begin the quiz or return to the attempt that is open; PartsUndone until every part is done."""
    if not queries.progress_of(actor.account_id, slug).is_quiz_open:
        raise rules.PartsUndone
    publication_id = _enrol(actor, slug)
    return quiz.start(actor, publication_id=publication_id, since=queries.round_since(actor.account_id, slug))


def begin_again(actor: Actor, *, slug: str) -> Enrolment:
    """Begin another round of a module in its current version; RoundRunning until the present one is passed."""
    present = queries.find_enrolment(actor.account_id, slug)
    if queries.passed_attempt(actor.account_id, slug) is None:
        raise rules.RoundRunning
    publication, _ = content.current_module(slug)
    following = {"learner_id": actor.account_id, "module_slug": slug, "publication_id": publication.id}
    values = {**following, "round": (present.round if present else 1) + 1, "started_at": now()}
    db.session.execute(insert(Enrolment).values(**values).on_conflict_do_nothing())
    begun = queries.find_enrolment(actor.account_id, slug)
    assert begun is not None  # noqa: S101 - just written, or by whoever was a moment faster
    return begun


def _enrol(actor: Actor, slug: str) -> UUID:
    """Pin the version the learner begins with, once, and return it."""
    pinned = {
        "learner_id": actor.account_id,
        "module_slug": slug,
        "publication_id": queries.publication_for(actor.account_id, slug),
    }
    db.session.execute(insert(Enrolment).values(**pinned, started_at=now()).on_conflict_do_nothing())
    return queries.publication_for(actor.account_id, slug)

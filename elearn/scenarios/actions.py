"""Starting a story and choosing in it; a step repeated changes nothing."""

from uuid import UUID

from elearn.content import queries as content
from elearn.content.stories import story
from elearn.core.clock import now
from elearn.core.db import db, insert
from elearn.core.errors import Conflict, NotFound
from elearn.core.permissions import Actor
from elearn.scenarios import queries, rules
from elearn.scenarios.models import Play, Step


def start(actor: Actor, *, publication_id: UUID, scenario_id: str) -> Play:
    """The learner's open play of a story, or a new one from its first scene with a seed of its own."""
    if scenario_id not in content.get_module(publication_id).scenario_by_id:
        raise NotFound
    place = {"learner_id": actor.account_id, "publication_id": publication_id, "scenario_id": scenario_id}
    drawn = queries.next_seed(actor.account_id, publication_id, scenario_id)
    db.session.execute(insert(Play).values(**place, seed=drawn, started_at=now()).on_conflict_do_nothing())
    play = queries.find_open(actor.account_id, publication_id, scenario_id)
    if play is None:
        raise Conflict
    return play


def take_up(actor: Actor, *, publication_id: UUID, scenario_id: str, seed: int) -> Play:
    """The learner's play of that seed, which is begun when it is the next one; OtherPlay when another is open."""
    known = queries.find_by_seed(actor.account_id, publication_id, scenario_id, seed)
    play = known or start(actor, publication_id=publication_id, scenario_id=scenario_id)
    if play.seed != seed:
        raise rules.OtherPlay
    return play


def choose(actor: Actor, *, play_id: UUID, sequence: int, choice: str) -> None:
    """Make the choice of a step; the first choice of a step stands, and choosing it again changes nothing."""
    play = queries.get_play(play_id, learner_id=actor.account_id)
    walk = queries.walk_of(play)
    if 1 <= sequence <= len(walk.passages):
        return
    if sequence != len(walk.passages) + 1:
        raise rules.OutOfStep
    chosen = rules.choice_of(walk.scene, walk.state, choice)
    step = {"play_id": play_id, "sequence": sequence, "scene": walk.scene.id, "choice": choice, "chosen_at": now()}
    made = db.session.execute(insert(Step).values(**step).on_conflict_do_nothing().returning(Step.id)).first()
    following = walk.scenario.scene_by_id[story.take(walk.state, chosen).scene]
    if made is not None and following.ending is not None:
        play.ended_at, play.ending = now(), following.id
        db.session.flush()

"""Starting a story and choosing in it; a step repeated changes nothing."""

from uuid import UUID

from elearn.content import queries as content
from elearn.core.clock import now
from elearn.core.db import db, insert
from elearn.core.errors import Conflict, NotFound
from elearn.core.permissions import Actor
from elearn.scenarios import queries, rules
from elearn.scenarios.models import Play, Step


def start(actor: Actor, *, publication_id: UUID, scenario_id: str) -> Play:
    """The learner's open play of a story, or a new one from its first scene."""
    if scenario_id not in content.get_module(publication_id).scenario_by_id:
        raise NotFound
    place = {"learner_id": actor.account_id, "publication_id": publication_id, "scenario_id": scenario_id}
    db.session.execute(insert(Play).values(**place, started_at=now()).on_conflict_do_nothing())
    play = queries.find_open(actor.account_id, publication_id, scenario_id)
    if play is None:
        raise Conflict
    return play


def choose(actor: Actor, *, play_id: UUID, sequence: int, choice: str) -> None:
    """Make the choice of a step; the first choice of a step stands, and choosing it again changes nothing."""
    play = queries.get_play(play_id, learner_id=actor.account_id)
    _, scenario = queries.story_of(play)
    made = queries.list_choices(play_id)
    if 1 <= sequence <= len(made):
        return
    if sequence != len(made) + 1:
        raise rules.OutOfStep
    scene = rules.scene_after(scenario, made)
    rules.choice_of(scene, choice)
    step = {"play_id": play_id, "sequence": sequence, "scene": scene.id, "choice": choice, "chosen_at": now()}
    db.session.execute(insert(Step).values(**step).on_conflict_do_nothing())
    following = rules.scene_after(scenario, queries.list_choices(play_id))
    if following.ending is not None:
        play.ended_at, play.ending = now(), following.id
        db.session.flush()

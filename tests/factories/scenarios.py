"""Stories played, by the room's own actions."""

from elearn.core.permissions import Actor
from elearn.core.transaction import transaction
from elearn.scenarios import actions, queries, rules
from elearn.scenarios.models import Play


def a_play(actor: Actor, publication_id: object, scenario_id: str = "satu-jempol", choices: tuple = ()) -> Play:
    """A play of a story after these choices."""
    with transaction():
        play = actions.start(actor, publication_id=publication_id, scenario_id=scenario_id)
        for sequence, choice in enumerate(choices, start=1):
            actions.choose(actor, play_id=play.id, sequence=sequence, choice=choice)
    return play


def an_ended_play(actor: Actor, publication_id: object, scenario_id: str) -> Play:
    """A play of a story that always took the first choice offered, until the end."""
    play = a_play(actor, publication_id, scenario_id)
    while (walk := queries.walk_of(play)).scene.ending is None:
        first = rules.moment(walk, len(walk.passages)).offered[0]
        with transaction():
            actions.choose(actor, play_id=play.id, sequence=len(walk.states), choice=first.id)
    return play

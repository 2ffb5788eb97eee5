"""Stories played to an end, by the room's own actions."""

from elearn.content import queries as content
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
    """A play of a story that always took the first choice until the end."""
    play = a_play(actor, publication_id, scenario_id)
    scenario = content.get_module(publication_id).scenario_by_id[scenario_id]
    made = queries.list_choices(play.id)
    while (scene := rules.scene_after(scenario, made)).ending is None:
        made.append(scene.choices[0].id)
        with transaction():
            actions.choose(actor, play_id=play.id, sequence=len(made), choice=made[-1])
    return play

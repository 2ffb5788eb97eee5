"""The workings of a story as plain facts, pure: what a script needs to play it as `story` does, without a network."""

from collections.abc import Iterable
from typing import Any

from elearn.content.stories.conditions import LEAST, MOST
from elearn.content.stories.scenes import Choice, Condition, Route, Scenario, Scene


def workings(scenario: Scenario) -> dict[str, Any]:
    """Where it starts, what it moves, and of each scene what is told and may be done when; no words but titles."""
    return {
        "start": scenario.start,
        "bounds": [LEAST, MOST],
        "variables": [{"id": each.id, "start": each.start, "good": each.is_good} for each in scenario.variables],
        "scenes": {scene.id: _scene(scene) for scene in scenario.scenes},
    }


def cites(scenario: Scenario) -> tuple[str, ...]:
    """The law that any scene or choice of a story rests on, each once, in the order of the story."""
    parts: list[Scene | Choice] = []
    for scene in scenario.scenes:
        parts += [scene, *scene.choices]
    return tuple(dict.fromkeys(each for part in parts for each in part.cites))


def _scene(scene: Scene) -> dict[str, Any]:
    return {
        "ends": scene.ending is not None,
        "asides": [_conditions(aside.when) for aside in scene.asides],
        "choices": [_choice(choice) for choice in scene.choices],
    }


def _choice(choice: Choice) -> dict[str, Any]:
    routes = [_route(route) for route in choice.routes]
    facts = {"id": choice.id, "next": choice.next, "effects": dict(choice.effects)}
    return {**facts, "when": _conditions(choice.when), "routes": routes}


def _route(route: Route) -> dict[str, Any]:
    return {"next": route.next, "when": _conditions(route.when)}


def _conditions(when: Iterable[Condition]) -> list[dict[str, Any]]:
    """Each condition as what it names and nothing else."""
    return [
        {name: getattr(each, name) for name in Condition.__slots__ if getattr(each, name) not in ("", None)}
        for each in when
    ]

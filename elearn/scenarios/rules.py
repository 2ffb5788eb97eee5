"""Where a play stands after some choices, and what may be chosen there."""

from collections.abc import Sequence
from dataclasses import dataclass

from elearn.content import graph
from elearn.content.rules import Choice, Scenario, Scene
from elearn.core.errors import Conflict, RuleBroken


class UnknownChoice(RuleBroken):
    """The scene offers no such choice."""

    sentence = "Pilih salah satu tindakan yang tersedia."


class OutOfStep(Conflict):
    """The story is not where this choice belongs."""

    sentence = "Cerita ini sudah berada di adegan lain. Muat ulang halaman untuk melanjutkan dari sana."


@dataclass(frozen=True, slots=True)
class Passage:
    """One step of a walk: the scene, the choice made in it, and its number from 1."""

    sequence: int
    scene: Scene
    choice: Choice


def scene_after(scenario: Scenario, choices: Sequence[str]) -> Scene:
    """The scene a walk from the start stands in after these choices."""
    path = walk(scenario, choices)
    return scenario.scene_by_id[path[-1].choice.next if path else scenario.start]


def walk(scenario: Scenario, choices: Sequence[str]) -> list[Passage]:
    """The scenes passed by these choices, in order; UnknownChoice where one does not exist."""
    scene, path = scenario.scene_by_id[scenario.start], []
    for sequence, chosen in enumerate(choices, start=1):
        choice = choice_of(scene, chosen)
        path.append(Passage(sequence, scene, choice))
        scene = scenario.scene_by_id[choice.next]
    return path


def choice_of(scene: Scene, choice_id: str) -> Choice:
    """The choice of that id; UnknownChoice when the scene has none."""
    for choice in scene.choices:
        if choice.id == choice_id:
            return choice
    raise UnknownChoice(field="choice")


def choices_left(scenario: Scenario, scene: Scene) -> int:
    """The greatest number of choices between a scene and an end."""
    exits = {each.id: [choice.next for choice in each.choices] for each in scenario.scenes}
    return graph.longest(exits, scene.id)

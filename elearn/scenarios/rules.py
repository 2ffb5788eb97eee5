"""Where a play stands after some choices, what may be chosen there, and how it went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from elearn.content.stories import graph, story
from elearn.content.stories.scenes import Aside, Choice, Scenario, Scene, Verdict
from elearn.content.stories.story import State
from elearn.core.errors import Conflict, RuleBroken
from elearn.core.speech import say

SEED_BYTES = 8
"""A seed has a bit less, so that a signed column of a database holds it."""


class UnknownChoice(RuleBroken):
    """The scene offers no such choice, or does not offer it now."""

    sentence = say("Pilih salah satu tindakan yang tersedia.")


class OutOfStep(Conflict):
    """The story is not where this choice belongs."""

    sentence = say("Cerita ini sudah berada di adegan lain. Muat ulang halaman untuk melanjutkan dari sana.")


class OtherPlay(Conflict):
    """What was chosen without a network belongs to a play that cannot be gone on with."""

    sentence = say("Cerita ini sudah dimainkan lagi atau diperbarui. Buka ceritanya untuk melanjutkan dari sana.")


@dataclass(frozen=True, slots=True)
class Passage:
    """One step of a walk: its number from 1, the scene, and the choice made in it."""

    sequence: int
    scene: Scene
    choice: Choice


@dataclass(frozen=True, slots=True)
class Walk:
    """The way through a story so far, and the states from the beginning (0) to the one after each choice."""

    scenario: Scenario
    passages: tuple[Passage, ...]
    states: tuple[State, ...]

    @property
    def state(self) -> State:
        """Where the walk stands."""
        return self.states[-1]

    @property
    def scene(self) -> Scene:
        """The scene where the walk stands."""
        return self.scenario.scene_by_id[self.state.scene]

    @property
    def longest(self) -> int:
        """How many scenes the whole way has at most, the ending among them."""
        return len(self.states) + graph.longest(story.exits(self.scenario), self.state.scene)


@dataclass(frozen=True, slots=True)
class Gauge:
    """A variable as the learner sees it: its value from 0 to 100, how a choice changed it (None before the first)."""

    title: str
    value: int
    change: int | None
    is_good: bool

    @property
    def is_better(self) -> bool:
        """Whether the change is one that people want."""
        return self.change is not None and self.change != 0 and (self.change > 0) == self.is_good


@dataclass(frozen=True, slots=True)
class Moment:
    """A scene as it is told to a learner: with what is told besides, what she may do, and how things stand."""

    scene: Scene
    asides: tuple[Aside, ...]
    offered: tuple[Choice, ...]
    gauges: tuple[Gauge, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """How a play went: safe choices out of those that count; where authorities disagree nothing is counted."""

    safe: int
    counted: int
    disputed: int


@dataclass(frozen=True, slots=True)
class Footfall:
    """How many people began a story, and how many made each choice in it, by (scene, choice)."""

    people: int
    choices: dict[tuple[str, str], int]

    def came_to(self, scene: Scene) -> int:
        """How many made one of the choices that a scene has."""
        return sum(self.choices.get((scene.id, choice.id), 0) for choice in scene.choices)


def seed_of(learner_id: UUID | None, publication_id: UUID, scenario_id: str, turn: int) -> int:
    """The seed of a learner's play of a story, the first being turn 1; it can be known before the play is begun."""
    name = f"{learner_id}/{publication_id}/{scenario_id}/{turn}"
    return int.from_bytes(sha256(name.encode()).digest()[:SEED_BYTES]) >> 1


def walk(scenario: Scenario, seed: int, choices: Sequence[str]) -> Walk:
    """The way that these choices take in the play of a seed; UnknownChoice where one is not offered."""
    states, passages = [story.begin(scenario, seed)], []
    for sequence, chosen in enumerate(choices, start=1):
        scene = scenario.scene_by_id[states[-1].scene]
        choice = choice_of(scene, states[-1], chosen)
        passages.append(Passage(sequence, scene, choice))
        states.append(story.take(states[-1], choice))
    return Walk(scenario, tuple(passages), tuple(states))


def choice_of(scene: Scene, state: State, choice_id: str) -> Choice:
    """The choice of that id; UnknownChoice when the scene does not offer it in this state."""
    for choice in story.offered(scene, state):
        if choice.id == choice_id:
            return choice
    raise UnknownChoice(field="choice")


def moment(walk: Walk, count: int) -> Moment:
    """The scene of a walk after so many choices, as it was told then."""
    state = walk.states[count]
    scene = walk.scenario.scene_by_id[state.scene]
    return Moment(scene, story.told_asides(scene, state), story.offered(scene, state), gauges(walk, count))


def gauges(walk: Walk, count: int) -> tuple[Gauge, ...]:
    """The variables of a walk after so many choices, and how the last of these changed them."""
    now, before = walk.states[count].values, walk.states[count - 1].values if count else None
    return tuple(
        Gauge(each.title, now[each.id], None if before is None else now[each.id] - before[each.id], each.is_good)
        for each in walk.scenario.variables
    )


def way(story: str, seed: int, walk: Walk, at: datetime) -> dict[str, Any]:
    """What a device notes of a play at an instant, to go on with it alone; `story` is the address it is begun at."""
    choices = [passage.choice.id for passage in walk.passages]
    play = {"seed": str(seed), "drawn": dict(walk.state.drawn)}  # as text, since a script's numbers are too small
    return {"story": story, **play, "choices": choices, "at": at.timestamp()}


def summary(passages: Sequence[Passage]) -> Summary:
    """How the choices of a walk stand before the rules."""
    verdicts = [passage.choice.verdict for passage in passages]
    disputed = verdicts.count(Verdict.DISPUTED)
    return Summary(verdicts.count(Verdict.SAFE), len(verdicts) - disputed, disputed)

"""What a branching story is made of: scenes, the choices in them, and what these move; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from elearn.content.rules import Line, Prose


class Verdict(StrEnum):
    """How a choice in a story stands before the rules; values are the words authors write.

    Where authorities disagree a choice is `diperdebatkan`: explained with dates and names, never counted as wrong.
    """

    SAFE = "aman"
    RISKY = "berisiko"
    BREACH = "melanggar"
    DISPUTED = "diperdebatkan"


class Ending(StrEnum):
    """How a story ends; values are the words authors write."""

    GOOD = "baik"
    CAREFUL = "hati-hati"
    BAD = "buruk"


@dataclass(frozen=True, slots=True)
class Variable:
    """A number from 0 to 100 that choices move; `is_good` says whether people want it high."""

    id: str
    title: str
    start: int
    is_good: bool = True


@dataclass(frozen=True, slots=True)
class Variant:
    """A circumstance that differs from play to play: one of `values`, drawn from the seed of the play."""

    id: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when all it names is so: a variable's bounds, a choice made or not made, a variant's value.

    `chose` and `avoided` name a choice as "scene/choice"; `below` is exclusive, `at_least` inclusive.
    """

    variable: str = ""
    at_least: int | None = None
    below: int | None = None
    chose: str = ""
    avoided: str = ""
    variant: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """Where a choice leads instead of its `next` when all conditions hold; the first route that does is taken."""

    next: str
    when: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """A paragraph of a scene that is told only when all conditions hold."""

    text: Prose
    when: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What the learner may do in a scene, what follows from it, and why it stands as it does.

    `effects` adds to variables by their id; a choice whose `when` does not hold is not offered.
    """

    id: str
    text: Line
    verdict: Verdict
    next: str
    then: Prose
    why: Prose
    cites: tuple[str, ...]
    effects: Mapping[str, int] = field(default_factory=dict)
    when: tuple[Condition, ...] = ()
    routes: tuple[Route, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """A moment of a story: either with choices, or an ending with its debrief."""

    id: str
    heading: str
    text: Prose
    choices: tuple[Choice, ...] = ()
    ending: Ending | None = None
    debrief: Prose | None = None
    cites: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()
    picture: str = ""
    alt: str = ""


@dataclass(frozen=True)
class Scenario:
    """A branching story: scenes joined by choices, from `start` to one of its endings."""

    id: str
    title: str
    summary: str
    minutes: int
    topic: str
    start: str
    scenes: tuple[Scene, ...]
    variables: tuple[Variable, ...] = ()
    variants: tuple[Variant, ...] = ()
    covers: tuple[str, ...] = ()

    @cached_property
    def scene_by_id(self) -> dict[str, Scene]:
        """The scenes by their id."""
        return {scene.id: scene for scene in self.scenes}

"""What a story means, pure: how a play begins, what is told and offered, where a choice leads, and that it ends.

A choice first moves the variables and counts as made; then its routes are asked in order, and only then its `next`.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import product
from typing import TypeAlias

from elearn.content.stories import conditions, graph
from elearn.content.stories.conditions import LEAST, MOST
from elearn.content.stories.graph import Graph, GraphFault
from elearn.content.stories.scenes import Aside, Choice, Condition, Scenario, Scene, Variant

TOO_MANY = 20_000
"""How many states of a story are looked at before it counts as too large."""

ENDINGS = 2
"""How many endings a story has at least."""

Place: TypeAlias = tuple[str | int, ...]
"""A scene by its id, or the way from there to one of its asides, choices or routes."""


@dataclass(frozen=True, slots=True)
class State:
    """Where a play stands: its scene, variables and drawn variants by id, and the choices made as "scene/choice"."""

    scene: str
    values: Mapping[str, int]
    drawn: Mapping[str, str]
    made: tuple[str, ...] = ()


def begin(scenario: Scenario, seed: int) -> State:
    """The first state of the play of a seed; each variant is drawn by SHA-256, so anybody can draw it again."""
    return _beginning(scenario, {variant.id: _draw(variant, seed) for variant in scenario.variants})


def beginnings(scenario: Scenario) -> Iterator[State]:
    """The first states of all plays: one for each combination of the variants."""
    names = [variant.id for variant in scenario.variants]
    for values in product(*(variant.values for variant in scenario.variants)):
        yield _beginning(scenario, dict(zip(names, values, strict=True)))


def holds(condition: Condition, state: State) -> bool:
    """Whether all that a condition names is so in a state."""
    value = state.values[condition.variable] if condition.variable else LEAST
    return (
        (condition.at_least is None or value >= condition.at_least)
        and (condition.below is None or value < condition.below)
        and (not condition.chose or condition.chose in state.made)
        and (not condition.avoided or condition.avoided not in state.made)
        and (not condition.variant or state.drawn[condition.variant] == condition.value)
    )


def told_asides(scene: Scene, state: State) -> tuple[Aside, ...]:
    """The paragraphs of a scene that are told besides its text."""
    return tuple(aside for aside in scene.asides if _all_hold(aside.when, state))


def offered(scene: Scene, state: State) -> tuple[Choice, ...]:
    """The choices of a scene that may be made."""
    return tuple(choice for choice in scene.choices if _all_hold(choice.when, state))


def take(state: State, choice: Choice) -> State:
    """The state after an offered choice."""
    moved = {name: value + choice.effects.get(name, 0) for name, value in state.values.items()}
    values = {name: min(MOST, max(LEAST, value)) for name, value in moved.items()}
    made = (*state.made, f"{state.scene}/{choice.id}")
    route = _route(choice, State(state.scene, values, state.drawn, made))
    return State(choice.next if route is None else choice.routes[route].next, values, state.drawn, made)


def exits(scenario: Scenario) -> Graph:
    """Where the choices of every scene can lead, whatever the conditions."""
    return {scene.id: [target for _, _, target in _targets(scene)] for scene in scenario.scenes}


def faults(scenario: Scenario) -> list[GraphFault]:
    """Why a play could go wrong or something in the story never comes; empty when every play ends in an ending.

    Loops are refused even where conditions would break them. A fault of the story as a whole has no scene.
    """
    found = [*conditions.faults(scenario), *graph_faults(scenario)]
    return found or list(_play_faults(scenario))


def graph_faults(scenario: Scenario) -> Iterator[GraphFault]:
    """The faults that show in the bare graph; an exit is told as the choice it belongs to."""
    endings = {scene.id for scene in scenario.scenes if scene.ending is not None}
    for fault in graph.faults(exits(scenario), scenario.start, endings):
        if fault.exit is None:
            yield fault
        else:
            choice, within, _ = list(_targets(scenario.scene_by_id[fault.scene]))[fault.exit]
            yield replace(fault, exit=choice, within=within)


def _beginning(scenario: Scenario, drawn: Mapping[str, str]) -> State:
    return State(scenario.start, {variable.id: variable.start for variable in scenario.variables}, drawn)


def _draw(variant: Variant, seed: int) -> str:
    return min(variant.values, key=lambda value: sha256(f"{seed}/{variant.id}/{value}".encode()).digest())


def _all_hold(when: Iterable[Condition], state: State) -> bool:
    return all(holds(condition, state) for condition in when)


def _route(choice: Choice, after: State) -> int | None:
    """The index of the route that is taken in the state after a choice; None for its `next`."""
    return next((index for index, route in enumerate(choice.routes) if _all_hold(route.when, after)), None)


def _targets(scene: Scene) -> Iterator[tuple[int, tuple[str | int, ...], str]]:
    """Each exit of a scene: the index of its choice, the way from the choice to the target, the target."""
    for index, choice in enumerate(scene.choices):
        yield index, ("next",), choice.next
        for number, route in enumerate(choice.routes):
            yield index, ("routes", number, "next"), route.next


def _play_faults(scenario: Scenario) -> Iterator[GraphFault]:
    """The faults that show when the story is played in every way."""
    came: set[Place] = set()
    stuck: dict[str, State] = {}
    for count, state in enumerate(_states(scenario)):
        if count == TOO_MANY:
            yield GraphFault("", "Cerita terlalu besar untuk diperiksa; kurangi varian atau variabel dalam syarat.")
            return
        scene = scenario.scene_by_id[state.scene]
        came.update(_coming(scene, state))
        if scene.ending is None and not offered(scene, state):
            stuck.setdefault(scene.id, state)
    for scene_id, state in stuck.items():
        way = ", ".join(state.made) or "permulaan"
        yield GraphFault(scene_id, f"Adegan “{scene_id}” dapat buntu: tidak ada pilihan tersedia setelah {way}.")
    yield from _missing(scenario, came)


def _missing(scenario: Scenario, came: Set[Place]) -> Iterator[GraphFault]:
    """What never comes in any play; of a scene that does not come, nothing inside is told besides."""
    for place, fault in _all_parts(scenario):
        if place not in came and (len(place) == 1 or place[:-2] in came):
            yield fault
    if sum((scene.id,) in came for scene in scenario.scenes if scene.ending is not None) < ENDINGS:
        yield GraphFault("", "Cerita memerlukan sedikitnya dua akhir yang berbeda.", within=("scenes",))


def _all_parts(scenario: Scenario) -> Iterator[tuple[Place, GraphFault]]:
    """Everything that should come in some play, with what is said if it does not."""
    for scene in scenario.scenes:
        unreached = f"Adegan “{scene.id}” tidak pernah tercapai dalam permainan mana pun."
        yield (scene.id,), GraphFault(scene.id, unreached)
        for index in range(len(scene.asides)):
            aside = GraphFault(scene.id, "Syarat paragraf ini tidak pernah terpenuhi.", within=("asides", index))
            yield (scene.id, "asides", index), aside
        for index, choice in enumerate(scene.choices):
            place = (scene.id, "choices", index)
            yield place, GraphFault(scene.id, f"Pilihan “{choice.id}” tidak pernah tersedia.", index)
            for number in range(len(choice.routes)):
                route = GraphFault(scene.id, "Jalan ini tidak pernah ditempuh.", index, ("routes", number))
                yield (*place, "routes", number), route


def _states(scenario: Scenario) -> Iterator[State]:
    """The states of all plays; of those that no later condition can tell apart, one goes on."""
    seen: set[Hashable] = set()
    sights = _sights(scenario)
    for beginning in beginnings(scenario):
        waiting = [beginning]
        while waiting:
            state = waiting.pop()
            yield state
            look = _look(sights[state.scene], state)
            if look not in seen:
                seen.add(look)
                scene = scenario.scene_by_id[state.scene]
                waiting.extend(take(state, choice) for choice in offered(scene, state))


def _sights(scenario: Scenario) -> dict[str, list[Condition]]:
    """The conditions that stand in each scene or can still come after it."""
    ways = exits(scenario)
    own = {scene.id: list(conditions.of_scene(scene)) for scene in scenario.scenes}
    return {each: [one for later in graph.reachable(ways, each) for one in own[later]] for each in own}


def _look(sight: Iterable[Condition], state: State) -> Hashable:
    """All that these conditions can see of a state."""
    values = {(each.variable, state.values[each.variable]) for each in sight if each.variable}
    drawn = {(each.variant, state.drawn[each.variant]) for each in sight if each.variant}
    made = {name for each in sight for name in (each.chose, each.avoided)} & set(state.made)
    return state.scene, frozenset(values), frozenset(drawn), frozenset(made)


def _coming(scene: Scene, state: State) -> Iterator[Place]:
    """What comes in a state: the scene, its asides that are told, its choices offered, the routes these take."""
    yield (scene.id,)
    for index, aside in enumerate(scene.asides):
        if _all_hold(aside.when, state):
            yield scene.id, "asides", index
    for index, choice in enumerate(scene.choices):
        if _all_hold(choice.when, state):
            yield scene.id, "choices", index
            route = _route(choice, take(state, choice)) if choice.routes else None
            if route is not None:
                yield scene.id, "choices", index, "routes", route

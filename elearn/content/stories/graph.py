"""Graphs of scenes, pure: whether a story reaches an end whatever is chosen, and how long it can be."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TypeAlias

Graph: TypeAlias = Mapping[str, Sequence[str]]
"""The exits of every scene, in order; an ending has none."""


@dataclass(frozen=True, slots=True)
class GraphFault:
    """What is wrong with a scene, or with its exit of that index; `within` leads on from there to the value."""

    scene: str
    sentence: str
    exit: int | None = None
    within: tuple[str | int, ...] = ()


def reachable(graph: Graph, start: str) -> set[str]:
    """The scenes that some choices lead to from `start`, itself included."""
    found, waiting = set(), [start]
    while waiting:
        scene = waiting.pop()
        if scene in graph and scene not in found:
            found.add(scene)
            waiting.extend(graph[scene])
    return found


def longest(graph: Graph, start: str) -> int:
    """The greatest number of choices between `start` and an end, in a graph without faults."""
    lengths: dict[str, int] = {}
    for scene in TopologicalSorter(graph).static_order():
        lengths[scene] = max((1 + lengths[each] for each in graph[scene]), default=0)
    return lengths[start]


def faults(graph: Graph, start: str, endings: Set[str]) -> list[GraphFault]:
    """Why a play of the graph could go wrong; empty when every walk from `start` stops, and in an ending."""
    unknown = [] if start in graph else [GraphFault(start, f"Adegan pembuka “{start}” tidak ada.")]
    return [*unknown, *_exits(graph), *_ends(graph, endings), *_loops(graph)]


def _exits(graph: Graph) -> Iterator[GraphFault]:
    for scene, exits in graph.items():
        for index, target in enumerate(exits):
            if target not in graph:
                yield GraphFault(scene, f"Pilihan ini menuju adegan “{target}” yang tidak ada.", index)


def _ends(graph: Graph, endings: Set[str]) -> Iterator[GraphFault]:
    for scene, exits in graph.items():
        if not exits and scene not in endings:
            yield GraphFault(scene, f"Adegan “{scene}” buntu: tidak punya pilihan dan bukan akhir cerita.")
        if exits and scene in endings:
            yield GraphFault(scene, f"Adegan “{scene}” adalah akhir cerita, jadi tidak boleh punya pilihan.")


def _loops(graph: Graph) -> Iterator[GraphFault]:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = list(reversed(error.args[1]))
        yield GraphFault(circle[0], f"Cerita dapat berputar tanpa akhir: {' → '.join(circle)}.")

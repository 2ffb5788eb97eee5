"""Graphs of scenes: what makes one unplayable is found, and what has no fault always ends."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.content.stories import graph

NAMES = [f"adegan-{n}" for n in range(8)]
GRAPHS = st.dictionaries(st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), max_size=3), min_size=1)


@given(exits=GRAPHS, seed=st.integers())
def test_a_graph_without_faults_always_reaches_an_end(exits: dict[str, list[str]], seed: int) -> None:
    """Whatever is chosen, the walk stops within `longest` steps, and it stops in an ending."""
    start = min(exits)
    endings = {scene for scene, targets in exits.items() if not targets}
    if graph.faults(exits, start, endings):
        return
    scene, steps, chance = start, 0, random.Random(seed)
    while exits[scene]:
        scene, steps = chance.choice(exits[scene]), steps + 1
        assert steps <= graph.longest(exits, start)
    assert scene in endings


@given(order=st.lists(st.sampled_from(NAMES), min_size=2, unique=True), data=st.data())
def test_forward_graphs_have_no_loops(order: list[str], data: st.DataObject) -> None:
    """A graph whose exits only lead forward is never accused of a loop."""
    exits = {
        name: data.draw(st.lists(st.sampled_from(order[place + 1 :]), max_size=3)) if order[place + 1 :] else []
        for place, name in enumerate(order)
    }
    assert not [fault for fault in graph.faults(exits, order[0], set()) if "berputar" in fault.sentence]


@pytest.mark.parametrize(
    ("exits", "endings", "word"),
    [
        ({"a": ["x"], "b": []}, {"b"}, "tidak ada"),
        ({"a": ["b"], "b": []}, set(), "buntu"),
        ({"a": ["b"], "b": ["c"], "c": []}, {"b", "c"}, "tidak boleh punya pilihan"),
        ({"a": ["b"], "b": ["a", "c"], "c": []}, {"c"}, "berputar"),
        ({"b": []}, {"b"}, "Adegan pembuka"),
    ],
)
def test_each_fault_is_named(exits: dict[str, list[str]], endings: set[str], word: str) -> None:
    """An unknown target, a dead end, an ending with choices, a loop, a missing start."""
    assert any(word in fault.sentence for fault in graph.faults(exits, "a", endings))

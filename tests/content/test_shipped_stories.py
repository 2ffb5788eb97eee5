"""Every story that is shipped, played along every path to its end, with every circumstance that can be drawn."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from config import ROOT
from elearn.content import shape
from elearn.content.reading import read_yaml
from elearn.content.stories import story
from elearn.content.stories.scenes import Scenario
from elearn.content.stories.story import State

STORIES = sorted((ROOT / "content/modules").glob("*/scenarios/*.yaml"))


def name_of(path: Path) -> str:
    """A story as its module and its id."""
    return f"{path.parts[-3]}/{path.stem}"


def read(path: Path) -> Scenario:
    """The story of a file; fails with what is wrong when it does not fit."""
    scenario, faults = shape.build(Scenario, read_yaml(path).value)
    assert [] == faults
    assert scenario is not None
    return scenario


def paths(scenario: Scenario, state: State) -> Iterator[list[State]]:
    """Every way on from a state, as the states passed; it stops where nothing is offered."""
    choices = story.offered(scenario.scene_by_id[state.scene], state)
    if not choices:
        yield [state]
    for choice in choices:
        for way in paths(scenario, story.take(state, choice)):
            yield [state, *way]


@pytest.mark.parametrize("path", STORIES, ids=name_of)
def test_every_path_ends(path: Path) -> None:
    """Every play reaches an ending with its debrief, variables stay in bounds, and nothing in the file is idle."""
    scenario = read(path)
    visited, endings, made = set(), set(), set()
    for beginning in story.beginnings(scenario):
        for way in paths(scenario, beginning):
            last = scenario.scene_by_id[way[-1].scene]
            assert last.ending is not None, way[-1].made
            assert last.debrief is not None
            assert last.debrief.markdown
            assert all(0 <= value <= 100 for state in way for value in state.values.values())
            visited |= {state.scene for state in way}
            made |= set(way[-1].made)
            endings.add(last.id)
    assert set(scenario.scene_by_id) == visited
    assert {f"{scene.id}/{choice.id}" for scene in scenario.scenes for choice in scene.choices} == made
    assert len(endings) > 1
    assert [] == story.faults(scenario)


@pytest.mark.parametrize("path", STORIES, ids=name_of)
def test_a_story_is_named_like_its_file(path: Path) -> None:
    """So that whoever reads a complaint finds the file, and the file the story."""
    assert path.stem == read(path).id

"""Where a story stands after some choices."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.scenarios import rules
from tests.factories.content import a_scenario


def test_a_story_begins_at_its_start() -> None:
    """Before any choice the first scene is shown."""
    assert "awal" == rules.scene_after(a_scenario(), []).id


def test_choices_lead_from_scene_to_scene() -> None:
    """The walk remembers scene, choice and number."""
    path = rules.walk(a_scenario(), ["maju", "ragu"])
    assert [(1, "awal", "maju"), (2, "tengah", "ragu")] == [(p.sequence, p.scene.id, p.choice.id) for p in path]
    assert "buruk" == rules.scene_after(a_scenario(), ["maju", "ragu"]).id


@given(picks=st.lists(st.integers(min_value=0, max_value=3), min_size=2, max_size=2))
def test_every_walk_ends_within_the_promised_number_of_choices(picks: list[int]) -> None:
    """`choices_left` never promises fewer choices than a walk can take."""
    scenario, made = a_scenario(), []
    scene = rules.scene_after(scenario, made)
    longest = rules.choices_left(scenario, scene)
    while scene.choices:
        made.append(scene.choices[picks[len(made)] % len(scene.choices)].id)
        scene = rules.scene_after(scenario, made)
        assert len(made) + rules.choices_left(scenario, scene) <= longest
    assert scene.ending is not None


@pytest.mark.parametrize("choices", [["x"], ["maju", "maju"], ["salah", "maju"]])
def test_a_choice_the_scene_does_not_offer_is_refused(choices: list[str]) -> None:
    """Unknown ones, those of another scene, and any after the end."""
    with pytest.raises(rules.UnknownChoice):
        rules.walk(a_scenario(), choices)

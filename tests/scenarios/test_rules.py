"""Where a story stands after some choices, what it tells there, and how it went."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.content.stories.scenes import Verdict
from elearn.scenarios import rules
from elearn.scenarios.rules import Gauge, Summary
from tests.factories.content import a_choice, a_scenario
from tests.factories.stories import a_story


def test_a_story_begins_at_its_start() -> None:
    """Before any choice the first scene is shown."""
    walk = rules.walk(a_scenario(), 1, [])
    assert ("awal", ()) == (walk.scene.id, walk.passages)


def test_choices_lead_from_scene_to_scene() -> None:
    """The walk remembers scene, choice and number."""
    walk = rules.walk(a_scenario(), 1, ["maju", "ragu"])
    expected = [(1, "awal", "maju"), (2, "tengah", "ragu")]
    assert expected == [(each.sequence, each.scene.id, each.choice.id) for each in walk.passages]
    assert "buruk" == walk.scene.id


@given(seed=st.integers(0, 2**63 - 1), picks=st.lists(st.integers(min_value=0, max_value=5), min_size=2, max_size=2))
def test_every_walk_ends_within_the_promised_number_of_scenes(seed: int, picks: list[int]) -> None:
    """`longest` never promises fewer scenes than a walk can have, and never grows on the way."""
    scenario, made = a_story(), []
    walk = rules.walk(scenario, seed, made)
    promised = walk.longest
    while offered := rules.moment(walk, len(made)).offered:
        made.append(offered[picks[len(made)] % len(offered)].id)
        walk = rules.walk(scenario, seed, made)
        assert len(walk.states) <= walk.longest <= promised
    assert walk.scene.ending is not None


@pytest.mark.parametrize("choices", [["x"], ["maju", "maju"], ["salah", "maju"], ["maju", "jelaskan"]])
def test_a_choice_the_scene_does_not_offer_is_refused(choices: list[str]) -> None:
    """Unknown ones, those of another scene, and those whose conditions do not hold."""
    with pytest.raises(rules.UnknownChoice):
        rules.walk(a_story(), 1, choices)


def test_a_choice_whose_conditions_hold_is_offered() -> None:
    """After the wrong step one may explain oneself; a route leads to the worst ending."""
    walk = rules.walk(a_story(), 1, ["salah"])
    assert ["tenang", "ragu", "jelaskan"] == [each.id for each in rules.moment(walk, 1).offered]
    assert "buruk" == rules.walk(a_story(), 1, ["salah", "ragu"]).scene.id
    assert "hati" == rules.walk(a_story(), 1, ["maju", "ragu"]).scene.id


@pytest.mark.parametrize(("who", "told"), [("tetangga", [1, 1]), ("wali-murid", [0, 2])])
def test_a_moment_tells_what_the_seed_and_the_choices_made_true(who: str, told: list[int]) -> None:
    """The neighbour looks on in the first scene, or a parent asks in the second; a good name costs no sleep."""
    seed = next(n for n in range(99) if rules.walk(a_story(), n, []).state.drawn["penyebar"] == who)
    walk = rules.walk(a_story(), seed, ["debat", "tenang"])
    assert told == [len(rules.moment(walk, count).asides) for count in (0, 1)]


def test_gauges_show_the_value_and_what_the_last_choice_did() -> None:
    """Up and down are told apart from better and worse; the first scene knows no change."""
    walk = rules.walk(a_story(), 1, ["salah", "tenang"])
    first = (Gauge("Kepercayaan publik", 60, None, True), Gauge("Risiko sanksi", 10, None, False))
    assert first == rules.gauges(walk, 0)
    after = (Gauge("Kepercayaan publik", 45, -15, True), Gauge("Risiko sanksi", 35, 25, False))
    assert after == rules.gauges(walk, 1)
    assert [50, 35] == [gauge.value for gauge in rules.gauges(walk, 2)]
    assert [True, False] == [gauge.is_better for gauge in rules.gauges(walk, 2)]
    assert [False, False] == [gauge.is_better for gauge in after]


def test_the_summary_counts_safe_choices_and_leaves_out_what_is_disputed() -> None:
    """Nobody is wrong where authorities disagree."""
    assert Summary(safe=1, counted=1, disputed=1) == rules.summary(
        rules.walk(a_story(), 1, ["debat", "tenang"]).passages
    )
    assert Summary(safe=0, counted=2, disputed=0) == rules.summary(
        rules.walk(a_story(), 1, ["salah", "ragu"]).passages
    )
    disputed = (rules.Passage(1, a_scenario().scenes[0], a_choice("x", "y", verdict=Verdict.DISPUTED)),)
    assert Summary(safe=0, counted=0, disputed=1) == rules.summary(disputed)

"""The workings of a story: all that a script needs to play it, and not a word that would be told too early."""

from elearn.content.stories.workings import cites, workings
from tests.factories.stories import a_story


def test_scenes_say_what_is_told_and_offered_when() -> None:
    """Each condition names only what it asks for; effects and routes stand with their choice."""
    told = workings(a_story())
    assert ("awal", [0, 100]) == (told["start"], told["bounds"])
    assert {"id": "risiko", "start": 10, "good": False} in told["variables"]
    second = told["scenes"]["tengah"]
    assert [{"variable": "risiko", "at_least": 30}] == second["asides"][0]
    risky = second["choices"][1]
    routes = [{"next": "buruk", "when": [{"variable": "risiko", "at_least": 50}]}]
    assert {"id": "ragu", "next": "hati", "effects": {"risiko": 20}, "when": [], "routes": routes} == risky
    assert [True, False] == [told["scenes"][each]["ends"] for each in ("buruk", "awal")]


def test_the_law_of_a_story_is_named_once() -> None:
    """Scenes and choices that rest on the same place give one entry."""
    named = cites(a_story())
    assert named
    assert len(set(named)) == len(named)

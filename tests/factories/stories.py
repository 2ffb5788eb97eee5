"""A small story that uses everything a story can have, and plays of it."""

from typing import Any

from elearn.content.rules import Prose
from elearn.content.stories.scenes import Aside, Condition, Ending, Route, Scenario, Scene, Variable, Variant, Verdict
from tests.factories.content import a_choice, a_scenario, an_ending

TRUST = Variable("kepercayaan", "Kepercayaan publik", 60)
RISK = Variable("risiko", "Risiko sanksi", 10, is_good=False)
WHO = Variant("penyebar", ("tetangga", "wali-murid"))


def a_story(**facts: Any) -> Scenario:
    """From `awal` to `tengah` and to one of three endings; the worst is for those who were wrong and then risky."""
    standard = {
        "variables": (TRUST, RISK),
        "variants": (WHO,),
        "scenes": (_first(), _second(), an_ending("baik"), an_ending("hati", Ending.CAREFUL), _worst()),
    }
    return a_scenario(**{**standard, **facts})


def _first() -> Scene:
    choices = (
        a_choice("maju", "tengah", effects={"kepercayaan": 10}),
        a_choice("salah", "tengah", verdict=Verdict.BREACH, effects={"kepercayaan": -15, "risiko": 25}),
        a_choice("debat", "tengah", verdict=Verdict.DISPUTED),
    )
    asides = (Aside(Prose("Tetangga Anda ikut melihat."), (Condition(variant="penyebar", value="tetangga"),)),)
    return Scene("awal", "Sabtu sore", Prose("Anda melihat unggahan."), choices, asides=asides)


def _second() -> Scene:
    is_high = (Condition(variable="risiko", at_least=30),)
    choices = (
        a_choice("tenang", "baik", effects={"kepercayaan": 5}),
        a_choice(
            "ragu",
            "hati",
            verdict=Verdict.RISKY,
            effects={"risiko": 20},
            routes=(Route("buruk", (Condition(variable="risiko", at_least=50),)),),
        ),
        a_choice("jelaskan", "baik", when=is_high),
    )
    asides = (
        Aside(Prose("Ponsel Anda berdering."), is_high),
        Aside(Prose("Wali murid bertanya."), (Condition(variant="penyebar", value="wali-murid"),)),
        Aside(Prose("Anda tidak dapat tidur."), (Condition(avoided="awal/maju"),)),
    )
    return Scene("tengah", "Senin pagi", Prose("Atasan bertanya."), choices, asides=asides)


def _worst() -> Scene:
    return an_ending("buruk", Ending.BAD)

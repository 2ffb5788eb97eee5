"""A scenario rests on law in every choice and every end, shows only drawings that exist, and disputes with reason."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from elearn.content.checks import scenes
from elearn.content.checks.laws import Laws
from elearn.content.modules import Picture
from elearn.content.rules import Line, Prose
from elearn.content.stories.scenes import Aside, Condition, Scenario, Verdict
from tests.factories.content import LAW, a_citation, a_module, a_rule, a_scenario
from tests.factories.stories import a_story

TODAY = date(2026, 11, 21)
LAWS = Laws([a_citation()], TODAY, [a_rule("P-01")])
DATED = Laws([a_citation(date_bound=True)], TODAY)
MODULE = a_module(pictures=(Picture("ponsel", "<svg/>"),))


def faults(scenario: Scenario, laws: Laws = LAWS) -> list[tuple[tuple, str]]:
    """What is wrong, with its place within the scenario."""
    found = scenes.faults(scenario, ("scenarios", 0), MODULE, laws)
    return [(fault.where[2:], fault.sentence) for fault in found]


def with_scene(index: int = 0, **facts: Any) -> Scenario:
    """A scenario one scene of which has these facts; the third is an ending."""
    scenario = a_scenario()
    changed = list(scenario.scenes)
    changed[index] = replace(changed[index], **facts)
    return replace(scenario, scenes=tuple(changed))


def with_choice(heading: str = "Sabtu sore", **facts: Any) -> Scenario:
    """A scenario whose first choice has these facts, under a heading."""
    first, *rest = a_scenario().scenes[0].choices
    return with_scene(choices=(replace(first, **facts), *rest), heading=heading)


CHOICE = ("scenes", 0, "choices", 0)
BLANK = Aside(Prose(" "), (Condition(chose="awal/maju"),))

FAULTY = [
    (a_scenario(covers=("P-99",)), ("covers", 0), "rules.yaml"),
    (a_scenario(start="x"), ("start",), "pembuka"),
    (with_scene(id="tengah"), ("scenes", 1), "lebih dari satu kali"),
    (with_scene(heading=""), ("scenes", 0, "heading"), "kosong"),
    (with_scene(picture="kapal", alt="Sebuah kapal."), ("scenes", 0, "picture"), "tidak ada di pictures"),
    (with_scene(picture="ponsel"), ("scenes", 0, "picture"), "memerlukan alt"),
    (with_scene(alt="Sebuah ponsel."), ("scenes", 0, "alt"), "tidak ada gambar"),
    (with_scene(1, asides=(BLANK,)), ("scenes", 1, "asides", 0, "text"), "kosong"),
    (with_scene(choices=a_scenario().scenes[0].choices[:1]), ("scenes", 0, "choices"), "dua sampai empat"),
    (with_choice(cites=()), (*CHOICE, "cites"), "Sedikitnya satu"),
    (with_choice(next="hilang"), (*CHOICE, "next"), "hilang"),
    (with_choice(text=Line("Melapor kepada KASN")), (*CHOICE, "text"), "KASN"),
    (with_choice(why=Prose("Lihat [@lain].")), (*CHOICE, "why"), "tidak ada di cites"),
    (with_choice(then=Prose("")), (*CHOICE, "then"), "kosong"),
    (with_choice(effects={"lain": 5}), (*CHOICE, "effects", "lain"), "tidak terdaftar"),
    (with_choice(verdict=Verdict.DISPUTED), (*CHOICE, "verdict"), "diperdebatkan"),
    (with_scene(2, debrief=None), ("scenes", 2), "memerlukan debrief"),
    (with_scene(2, debrief=Prose("ASN wajib netral.")), ("scenes", 2, "debrief"), "tanpa rujukan"),
    (with_scene(2, debrief=Prose("Selamat.")), ("scenes", 2, "debrief"), "sedikitnya satu rujukan"),
]


@pytest.mark.parametrize(("scenario", "where", "word"), FAULTY)
def test_each_fault_is_found_at_its_place(scenario: Scenario, where: tuple, word: str) -> None:
    """Rules, the story, drawings, asides, choices and ends."""
    found = faults(scenario)
    assert any(where == place and word in sentence for place, sentence in found), found


@pytest.mark.parametrize(
    "scenario",
    [
        a_scenario(),
        a_scenario(covers=("P-01",)),
        with_scene(picture="ponsel", alt="Tangan memegang ponsel."),
        with_choice(verdict=Verdict.BREACH, text=Line("Melapor kepada KASN")),
    ],
)
def test_a_sound_scenario_has_no_faults(scenario: Scenario) -> None:
    """Also with a drawing, and with a wrong choice that errs as people do."""
    assert [] == faults(scenario)


def test_a_dispute_rests_on_a_doubt_or_a_date() -> None:
    """Authorities that disagree leave a trace in the register."""
    assert [] == faults(a_story(), Laws([a_citation(doubts="Naskahnya belum dibaca.")], TODAY))


@pytest.mark.parametrize(
    "scenario",
    [
        with_choice(heading="Minggu, 6 Oktober 2024"),
        with_choice(then=Prose("Sejak 30 Oktober 2024 itu berbeda.")),
        with_choice(why=Prose(f"Sejak 30 Oktober 2024 itu berbeda [@{LAW}].")),
    ],
)
def test_a_choice_is_dated_by_itself_or_by_the_heading(scenario: Scenario) -> None:
    """The heading of a scene is read with each of its choices."""
    places = [place for place, _ in faults(scenario, DATED)]
    assert (*CHOICE, "cites", 0) not in places
    assert (*CHOICE, "why") not in places


def test_a_choice_on_a_dated_rule_without_a_date_is_refused() -> None:
    """Neither its texts nor its heading say when."""
    assert (*CHOICE, "cites", 0) in [place for place, _ in faults(with_choice(), DATED)]

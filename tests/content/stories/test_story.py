"""Stories: variables, conditions, routes and variants mean what they say, and a story without faults always ends."""

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearn.content.rules import Prose
from elearn.content.stories import conditions, graph, story
from elearn.content.stories.graph import GraphFault
from elearn.content.stories.scenes import Aside, Condition, Ending, Route, Scenario, Scene, Variable, Variant
from elearn.content.stories.story import State
from tests.factories.content import a_choice, a_scenario, an_ending
from tests.factories.stories import RISK, TRUST, WHO, a_story


def sentences(scenario: Scenario) -> str:
    """What is said about a story, as one text."""
    return " ".join(fault.sentence for fault in story.faults(scenario))


def a_state(**facts: Any) -> State:
    """The first state of the full story, changed by these facts."""
    return replace(story.begin(a_story(), seed=1), **facts)


def test_a_choice_moves_variables_within_their_bounds() -> None:
    """Effects add up, and neither 0 nor 100 is left behind."""
    choice = a_choice("suka", "tengah", effects={"kepercayaan": -15, "risiko": 95})
    after = story.take(a_state(), choice)
    assert {"kepercayaan": 45, "risiko": 100} == after.values
    assert {"kepercayaan": 30, "risiko": 100} == story.take(after, choice).values


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Condition(variable="risiko", at_least=40), True),
        (Condition(variable="risiko", at_least=41), False),
        (Condition(variable="risiko", below=40), False),
        (Condition(variable="risiko", below=41), True),
        (Condition(variable="risiko", at_least=30, below=41), True),
        (Condition(chose="awal/suka"), True),
        (Condition(chose="awal/diam"), False),
        (Condition(avoided="awal/suka"), False),
        (Condition(avoided="awal/diam"), True),
        (Condition(variant="penyebar", value="tetangga"), True),
        (Condition(variant="penyebar", value="wali-murid"), False),
        (Condition(chose="awal/suka", variable="risiko", below=10), False),
    ],
)
def test_a_condition_holds_when_all_it_names_is_so(condition: Condition, expected: bool) -> None:
    """Bounds from `at_least` on and under `below`; choices made and not made; the variant drawn."""
    state = a_state(values={"risiko": 40}, made=("awal/suka",), drawn={"penyebar": "tetangga"})
    assert expected is story.holds(condition, state)


def test_the_first_route_whose_conditions_hold_is_taken() -> None:
    """Routes see the variables as the choice has moved them, and the choice as made."""
    routes = (
        Route("jauh", (Condition(variable="risiko", at_least=90),)),
        Route("dekat", (Condition(variable="risiko", at_least=50), Condition(chose="awal/suka"))),
        Route("nanti", (Condition(chose="awal/suka"),)),
    )
    choice = a_choice("suka", "biasa", routes=routes, effects={"risiko": 45})
    assert "dekat" == story.take(a_state(), choice).scene
    assert "nanti" == story.take(a_state(values={"risiko": 0}), choice).scene
    assert "biasa" == story.take(a_state(values={"risiko": 0}), replace(choice, id="diam")).scene


def test_only_what_holds_is_told_and_offered() -> None:
    """Asides and choices wait for all of their conditions."""
    high, low = (Condition(variable="risiko", at_least=50),), (Condition(variable="risiko", below=50),)
    asides = (Aside(Prose("Ponsel berdering."), high), Aside(Prose("Sepi."), low))
    choices = (a_choice("lari", "x", when=high), a_choice("duduk", "x", when=low), a_choice("pergi", "x"))
    scene = Scene("awal", "Awal", Prose("Anda di sini."), choices, asides=asides)
    assert ["Sepi."] == [each.text.markdown for each in story.told_asides(scene, a_state())]
    assert ["duduk", "pergi"] == [each.id for each in story.offered(scene, a_state())]


def test_a_seed_always_draws_the_same_variants() -> None:
    """Anybody can draw again what a play drew; over many seeds each value comes about equally often."""
    scenario = a_story()
    drawn = [story.begin(scenario, seed).drawn["penyebar"] for seed in range(1000)]
    assert drawn == [story.begin(scenario, seed).drawn["penyebar"] for seed in range(1000)]
    assert 430 < drawn.count("tetangga") < 570


def test_every_combination_of_variants_is_a_beginning() -> None:
    """Two variants of two values make four plays."""
    scenario = a_scenario(variants=(WHO, Variant("hari", ("senin", "rabu"))))
    assert 4 == len({tuple(state.drawn.items()) for state in story.beginnings(scenario)})


def test_the_full_story_of_the_tests_is_sound() -> None:
    """So is the plain one."""
    assert [] == story.faults(a_story())
    assert [] == story.faults(a_scenario())


def changed(scene_id: str, **facts: Any) -> Scenario:
    """The full story with one scene changed."""
    scenario = a_story()
    scenes = tuple(replace(each, **facts) if each.id == scene_id else each for each in scenario.scenes)
    return replace(scenario, scenes=scenes)


NEVER = Condition(variable="risiko", at_least=90)


@pytest.mark.parametrize(
    ("scenario", "word"),
    [
        (changed("awal", choices=(a_choice("maju", "x"),)), "tidak ada"),
        (changed("tengah", choices=(a_choice("mundur", "awal"), a_choice("tenang", "baik"))), "berputar"),
        (changed("tengah", choices=()), "buntu"),
        (changed("awal", choices=(a_choice("maju", "tengah", when=(NEVER,)),)), "dapat buntu"),
        (changed("awal", choices=(a_choice("maju", "tengah"),)), "“buruk” tidak pernah tercapai"),
        (changed("awal", asides=(Aside(Prose("Jauh."), (NEVER,)),)), "paragraf ini tidak pernah"),
        (
            changed("tengah", choices=(a_choice("a", "baik", routes=(Route("buruk", (NEVER,)),)),)),
            "tidak pernah ditempuh",
        ),
        (changed("awal", choices=(a_choice("a", "baik", effects={"lain": 3}),)), "tidak terdaftar"),
        (changed("awal", choices=(a_choice("a", "baik", effects={"risiko": 0}),)), "bukan 0"),
        (changed("awal", choices=(a_choice("a", "baik", routes=(Route("buruk", ()),)),)), "sedikitnya satu syarat"),
        (replace(a_story(), variables=(replace(TRUST, start=101), RISK)), "Nilai awal"),
        (replace(a_story(), variables=(TRUST, RISK, TRUST)), "lebih dari satu kali"),
        (replace(a_story(), variables=(TRUST, RISK, Variable("x", "X", 1))), "tidak pernah diubah"),
        (replace(a_story(), variants=(WHO, Variant("x", ("a", "b")))), "tidak dipakai"),
        (replace(a_story(), variants=(Variant("penyebar", ("tetangga",)),)), "sedikitnya dua nilai"),
        (replace(a_story(), start="entah"), "Adegan pembuka"),
    ],
)
def test_each_fault_is_named(scenario: Scenario, word: str) -> None:
    """Graph, plays, effects, routes, variables and variants."""
    assert word in sentences(scenario)


@pytest.mark.parametrize(
    ("condition", "word"),
    [
        (Condition(), "kosong"),
        (Condition(variable="entah", below=3), "tidak terdaftar"),
        (Condition(variable="risiko"), "bersama at_least atau below"),
        (Condition(at_least=3), "bersama at_least atau below"),
        (Condition(variable="risiko", at_least=0), "Batas terletak"),
        (Condition(variable="risiko", below=101), "Batas terletak"),
        (Condition(variable="risiko", at_least=50, below=50), "lebih kecil daripada below"),
        (Condition(chose="awal/entah"), "tidak ada"),
        (Condition(avoided="maju"), "tidak ada"),
        (Condition(chose="awal/maju", avoided="awal/maju"), "sekaligus"),
        (Condition(variant="entah", value="x"), "tidak terdaftar"),
        (Condition(variant="penyebar", value="entah"), "bukan nilai"),
        (Condition(variant="penyebar"), "bukan nilai"),
        (Condition(value="tetangga"), "bukan nilai"),
    ],
)
def test_a_condition_without_sense_is_named(condition: Condition, word: str) -> None:
    """Whatever it names must exist and must be able to hold and not to hold."""
    assert word in sentences(changed("awal", asides=(Aside(Prose("x"), (condition,)),)))


def test_a_fault_knows_its_place() -> None:
    """Scene, choice and the way from there, so that a complaint names the line."""
    routes = (Route("buruk", (Condition(chose="awal/maju"),)), Route("baik", (Condition(chose="a/b"),)))
    (fault,) = story.faults(changed("tengah", choices=(a_choice("a", "hati"), a_choice("b", "baik", routes=routes))))
    assert ("tengah", 1, ("routes", 1, "when", 0)) == (fault.scene, fault.exit, fault.within)


def test_a_story_too_large_to_be_checked_is_refused() -> None:
    """The search stops, and says so."""
    variants = tuple(Variant(f"v{n}", tuple("abcdefgh")) for n in range(6))
    asides = tuple(Aside(Prose("x"), (Condition(variant=each.id, value="a"),)) for each in variants)
    scenes = (replace(a_scenario().scenes[0], asides=asides), *a_scenario().scenes[1:])
    assert "terlalu besar" in sentences(a_scenario(variants=variants, scenes=scenes))


def test_conditions_are_told_in_words() -> None:
    """As authors read them beside a choice."""
    when = (Condition(variable="risiko", at_least=40), Condition(chose="awal/maju"))
    expected = "Risiko sanksi sedikitnya 40 dan sudah memilih “Memilih maju” di “Sabtu sore”"
    assert expected == conditions.in_words(when, a_story())


# Random stories, small enough to be walked in every way by a reading of the rules as plain as can be.

NAMES = ("s0", "s1", "s2", "s3", "s4")
PAIRS = [f"{scene}/{choice}" for scene in NAMES[:3] for choice in "ab"]
SEEDS = st.integers(0, 2**63 - 1)


class Author:
    """Writes a story by chance: five scenes, of which two are endings; choices lead forward, seldom back."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def story(self) -> Scenario:
        """One variable, and a variant if a condition asks for it."""
        scenes = tuple(self.scene(place) for place in range(3))
        used = any(each.variant for scene in scenes for each in conditions.of_scene(scene))
        endings = (an_ending("s3"), an_ending("s4", Ending.BAD))
        variants = (WHO,) if used else ()
        return a_scenario(start="s0", scenes=(*scenes, *endings), variables=(RISK,), variants=variants)

    def scene(self, place: int) -> Scene:
        """Two choices and perhaps an aside."""
        choices = tuple(self.choice(each, place) for each in "ab")
        when = self.when(1)
        asides = (Aside(Prose("x"), when),) if when else ()
        return Scene(NAMES[place], NAMES[place], Prose("x"), choices, asides=asides)

    def choice(self, choice_id: str, place: int) -> Any:
        """A choice that always moves the variable, with perhaps a condition and up to two routes."""
        whens = filter(None, (self.when(2) for _ in range(self.chance.randrange(3))))
        return a_choice(
            choice_id,
            self.target(place),
            effects={"risiko": self.chance.choice([-20, 10, 20])},
            when=self.when(1) if self.chance.random() < 0.4 else (),
            routes=tuple(Route(self.target(place), when) for when in whens),
        )

    def target(self, place: int) -> str:
        """A later scene, or in one of thirty cases any."""
        return self.chance.choice(NAMES if self.chance.random() < 0.03 else NAMES[place + 1 :])

    def when(self, size: int) -> tuple[Condition, ...]:
        """Up to so many conditions that name what is there."""
        return tuple(self.condition() for _ in range(self.chance.randint(0, size)))

    def condition(self) -> Condition:
        """One condition that names what is there."""
        bound, pair = self.chance.choice([10, 20, 30]), self.chance.choice(PAIRS)
        return self.chance.choice(
            [
                Condition(variable="risiko", at_least=bound),
                Condition(variable="risiko", below=bound),
                Condition(chose=pair),
                Condition(avoided=pair),
                Condition(variant="penyebar", value=self.chance.choice(WHO.values)),
            ]
        )


def plays(scenario: Scenario, who: str) -> Iterator[list[tuple[Any, ...]]]:
    """Every play with that variant, as what comes in it: read from the contract, not from the engine."""

    def is_so(when: Any, risk: int, made: list[str]) -> bool:
        def one(c: Condition) -> bool:
            if c.variable:
                return risk >= c.at_least if c.at_least is not None else risk < c.below
            if c.variant:
                return who == c.value
            return c.chose in made if c.chose else c.avoided not in made

        return all(map(one, when))

    def go(name: str, risk: int, made: list[str], came: list[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
        scene = next(each for each in scenario.scenes if each.id == name)
        came = [*came, (name, None, ())]
        came += [(name, None, ("asides", i)) for i, each in enumerate(scene.asides) if is_so(each.when, risk, made)]
        open_now = [i for i, each in enumerate(scene.choices) if is_so(each.when, risk, made)]
        if not open_now:
            yield came if scene.ending else [*came, ("stuck", name)]
        came += [(name, i, ()) for i in open_now]
        for i in open_now:
            choice = scene.choices[i]
            then = min(100, max(0, risk + choice.effects["risiko"]))
            now = [*made, f"{name}/{choice.id}"]
            way = [n for n, route in enumerate(choice.routes) if is_so(route.when, then, now)][:1]
            following = choice.routes[way[0]].next if way else choice.next
            yield from go(following, then, now, came + [(name, i, ("routes", n)) for n in way])

    return go(scenario.start, scenario.variables[0].start, [], [])


def expected_faults(scenario: Scenario) -> set[tuple[Any, ...]]:
    """What walking in every way finds missing, and where it sticks."""
    walks = [walk for who in WHO.values for walk in plays(scenario, who)]
    came = {each for walk in walks for each in walk}
    wanted = {(scene.id, None, ()) for scene in scenario.scenes}
    reached = [scene for scene in scenario.scenes if (scene.id, None, ()) in came]
    wanted |= {(s.id, None, ("asides", i)) for s in reached for i in range(len(s.asides))}
    wanted |= {(s.id, i, ()) for s in reached for i in range(len(s.choices))}
    wanted |= {
        (s.id, i, ("routes", n))
        for s in reached
        for i, choice in enumerate(s.choices)
        if (s.id, i, ()) in came
        for n in range(len(choice.routes))
    }
    stuck = {(each[1], None, ()) for each in came if each[0] == "stuck"}
    few = {("", None, ("scenes",))} if sum(scene.ending is not None for scene in reached) < 2 else set()
    return (wanted - came) | stuck | few


def place_of(fault: GraphFault) -> tuple[Any, ...]:
    """Where a fault is."""
    return fault.scene, fault.exit, fault.within


@settings(max_examples=400, deadline=None)
@given(seed=SEEDS)
def test_faults_are_what_walking_in_every_way_finds(seed: int) -> None:
    """Nothing more and nothing less; where the bare graph has a loop, only that is said."""
    scenario = Author(seed).story()
    found = story.faults(scenario)
    if any("berputar" in fault.sentence for fault in found):
        return
    assert expected_faults(scenario) == {place_of(fault) for fault in found}


@settings(max_examples=200, deadline=None)
@given(seed=SEEDS)
def test_a_story_that_neither_sticks_nor_turns_always_ends(seed: int) -> None:
    """Whatever is chosen, the play stops in an ending, within as many choices as the graph is long."""
    scenario, chance = Author(seed).story(), random.Random(seed)
    if any(word in sentences(scenario) for word in ("buntu", "berputar")):
        return
    state = story.begin(scenario, seed)
    for _ in range(graph.longest(story.exits(scenario), "s0")):
        choices = story.offered(scenario.scene_by_id[state.scene], state)
        state = story.take(state, chance.choice(choices)) if choices else state
    assert scenario.scene_by_id[state.scene].ending is not None

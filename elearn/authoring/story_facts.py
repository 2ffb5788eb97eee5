"""What can be said of a story, fact by fact: its scenes, their choices, and when which holds; pure."""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce

from elearn.authoring.facts import Fact
from elearn.content.stories.scenes import Choice, Condition, Scenario, Scene, Variable
from elearn.core.speech import say


def of_scenario(scenario: Scenario) -> Iterator[Fact]:
    """What a story says, scene by scene."""
    yield Fact(say("Judul"), scenario.title)
    yield Fact(say("Ringkasan"), scenario.summary)
    yield Fact(say("Topik"), scenario.topic)
    yield Fact(say("Menit"), str(scenario.minutes))
    yield Fact(say("Adegan pembuka"), scenario.start)
    for each in scenario.variables:
        yield Fact(say("Ukuran %(id)s", id=each.id), _gauge(each))
    for variant in scenario.variants:
        yield Fact(say("Keadaan acak %(id)s", id=variant.id), ", ".join(variant.values))
    yield Fact(say("Aturan yang diajarkan"), ", ".join(scenario.covers))
    for scene in scenario.scenes:
        yield from _scene(scene)


def _gauge(each: Variable) -> str:
    if each.is_good:
        return say("%(title)s, mulai %(start)s, baik bila tinggi", title=each.title, start=each.start)
    return say("%(title)s, mulai %(start)s, baik bila rendah", title=each.title, start=each.start)


def _scene(scene: Scene) -> Iterator[Fact]:
    name = say("Adegan %(id)s", id=scene.id)
    yield Fact(say("%(place)s, judul", place=name), scene.heading)
    yield Fact(say("%(place)s, teks", place=name), scene.text.markdown)
    yield Fact(say("%(place)s, gambar", place=name), f"{scene.picture} {scene.alt}".strip())
    yield Fact(say("%(place)s, akhir", place=name), scene.ending.value if scene.ending else "", is_weighty=True)
    yield Fact(say("%(place)s, pelajaran", place=name), scene.debrief.markdown if scene.debrief else "")
    yield Fact(say("%(place)s, dasar hukum", place=name), ", ".join(scene.cites), is_weighty=True)
    for number, aside in enumerate(scene.asides, 1):
        yield Fact(
            say("%(place)s, paragraf bersyarat %(number)s", place=name, number=number),
            f"{_conditions(aside.when)}\n{aside.text.markdown}",
        )
    for choice in scene.choices:
        yield from _choice(say("%(place)s, pilihan %(id)s", place=name, id=choice.id), choice)


def _choice(name: str, choice: Choice) -> Iterator[Fact]:
    yield Fact(say("%(place)s, teks", place=name), choice.text.markdown)
    yield Fact(say("%(place)s, penilaian", place=name), choice.verdict.value, is_weighty=True)
    yield Fact(say("%(place)s, akibat", place=name), choice.then.markdown)
    yield Fact(say("%(place)s, alasan", place=name), choice.why.markdown)
    yield Fact(say("%(place)s, dasar hukum", place=name), ", ".join(choice.cites), is_weighty=True)
    effects = [f"{key} {value:+}" for key, value in sorted(choice.effects.items())]
    yield Fact(say("%(place)s, pengaruh", place=name), ", ".join(effects))
    yield Fact(say("%(place)s, syarat", place=name), _conditions(choice.when))
    routes = [
        say("%(scene)s bila %(condition)s", scene=route.next, condition=_conditions(route.when))
        for route in choice.routes
    ]
    yield Fact(say("%(place)s, lanjut ke", place=name), "\n".join([*routes, choice.next]))


def _conditions(when: Iterable[Condition]) -> str:
    return _all([_condition(each) for each in when])


def _all(told: Sequence[str]) -> str:
    """Conditions that hold together."""
    return reduce(lambda one, other: say("%(one)s dan %(other)s", one=one, other=other), told) if told else ""


def _condition(condition: Condition) -> str:
    name = condition.variable
    told = [
        say("%(name)s sedikitnya %(value)s", name=name, value=str(condition.at_least))
        if condition.at_least is not None
        else "",
        say("%(name)s di bawah %(value)s", name=name, value=str(condition.below))
        if condition.below is not None
        else "",
        say("memilih %(id)s", id=condition.chose) if condition.chose else "",
        say("tidak memilih %(id)s", id=condition.avoided) if condition.avoided else "",
        say("%(name)s adalah %(value)s", name=condition.variant, value=condition.value) if condition.variant else "",
    ]
    return _all([each for each in told if each])

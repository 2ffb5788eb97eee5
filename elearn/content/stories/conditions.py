"""The conditions of a story, pure: said in words, and checked that they name what exists and can mean something."""

from collections import Counter
from collections.abc import Iterable, Iterator

from elearn.content.stories.graph import GraphFault
from elearn.content.stories.scenes import Choice, Condition, Scenario, Scene
from elearn.core.speech import Sentence, say
from elearn.core.voice import single

LEAST, MOST = 0, 100
"""The bounds that no variable leaves."""

Fault = tuple[tuple[str | int, ...], str]
"""What is wrong, after the way to it from where one stands."""


def faults(scenario: Scenario) -> list[GraphFault]:
    """What variables, variants, effects and conditions name wrongly or without sense."""
    found = [GraphFault("", sentence, within=where) for where, sentence in _declared(scenario)]
    for scene in scenario.scenes:
        found += [GraphFault(scene.id, sentence, within=where) for where, sentence in _asides(scene, scenario)]
        for index, choice in enumerate(scene.choices):
            found += [GraphFault(scene.id, said, index, where) for where, said in _choice(choice, scenario)]
    return found


def in_words(when: Iterable[Condition], scenario: Scenario) -> str:
    """Conditions as one clause: `Risiko sanksi sedikitnya 40 dan belum memilih “Diam” di “Sabtu sore”`."""
    clauses = [str(clause) for condition in when for clause in _clauses(condition, scenario)]
    return f" {single('dan')} ".join(clauses)


def of_scene(scene: Scene) -> Iterator[Condition]:
    """Every condition that stands in a scene."""
    for aside in scene.asides:
        yield from aside.when
    for choice in scene.choices:
        yield from choice.when
        for route in choice.routes:
            yield from route.when


def choice_names(scenario: Scenario) -> set[str]:
    """The choices as conditions name them: "scene/choice"."""
    return {f"{scene.id}/{choice.id}" for scene in scenario.scenes for choice in scene.choices}


def _clauses(condition: Condition, scenario: Scenario) -> Iterator[Sentence]:
    titles = {variable.id: variable.title for variable in scenario.variables}
    title = titles.get(condition.variable, condition.variable)
    if condition.at_least is not None:
        yield say("%(title)s sedikitnya %(number)s", title=title, number=condition.at_least)
    if condition.below is not None:
        yield say("%(title)s di bawah %(number)s", title=title, number=condition.below)
    if condition.chose:
        yield say("sudah memilih %(choice)s", choice=_quoted(condition.chose, scenario))
    if condition.avoided:
        yield say("tidak memilih %(choice)s", choice=_quoted(condition.avoided, scenario))
    if condition.variant:
        yield say("varian “%(name)s” adalah “%(value)s”", name=condition.variant, value=condition.value)


def _quoted(name: str, scenario: Scenario) -> str | Sentence:
    scene_id, _, choice_id = name.partition("/")
    scene = scenario.scene_by_id.get(scene_id)
    text = next((each.text.markdown for each in scene.choices if each.id == choice_id), None) if scene else None
    return say("“%(choice)s” di “%(scene)s”", choice=text, scene=scene.heading) if scene and text else f"“{name}”"


def _declared(scenario: Scenario) -> Iterator[Fault]:
    moved = {each for scene in scenario.scenes for choice in scene.choices for each in choice.effects}
    asked = {condition.variant for scene in scenario.scenes for condition in of_scene(scene)}
    yield from _twice(("variables",), [variable.id for variable in scenario.variables])
    yield from _twice(("variants",), [variant.id for variant in scenario.variants])
    for index, variable in enumerate(scenario.variables):
        if not LEAST <= variable.start <= MOST:
            yield ("variables", index, "start"), f"Nilai awal terletak antara {LEAST} dan {MOST}."
        if variable.id not in moved:
            yield ("variables", index), f"Variabel “{variable.id}” tidak pernah diubah oleh pilihan mana pun."
    for index, variant in enumerate(scenario.variants):
        yield from _twice(("variants", index, "values"), variant.values)
        if len(variant.values) < 2:
            yield ("variants", index, "values"), "Varian memerlukan sedikitnya dua nilai."
        if variant.id not in asked:
            yield ("variants", index), f"Varian “{variant.id}” tidak dipakai dalam syarat mana pun."


def _twice(where: tuple[str | int, ...], names: Iterable[str]) -> Iterator[Fault]:
    for name, count in Counter(names).items():
        if count > 1:
            yield where, f"“{name}” tertulis lebih dari satu kali."


def _asides(scene: Scene, scenario: Scenario) -> Iterator[Fault]:
    for index, aside in enumerate(scene.asides):
        yield from _when(("asides", index, "when"), aside.when, scenario, is_needed=True)


def _choice(choice: Choice, scenario: Scenario) -> Iterator[Fault]:
    known = {variable.id for variable in scenario.variables}
    for name, change in choice.effects.items():
        if name not in known:
            yield ("effects", name), f"Variabel “{name}” tidak terdaftar di bagian variables."
        if change == 0 or abs(change) > MOST:
            yield ("effects", name), f"Perubahan ditulis sebagai bilangan -{MOST} sampai {MOST}, bukan 0."
    yield from _when(("when",), choice.when, scenario)
    for index, route in enumerate(choice.routes):
        yield from _when(("routes", index, "when"), route.when, scenario, is_needed=True)


def _when(
    where: tuple[str | int, ...], when: tuple[Condition, ...], scenario: Scenario, *, is_needed: bool = False
) -> Iterator[Fault]:
    if is_needed and not when:
        yield where, "Di sini diperlukan sedikitnya satu syarat."
    for index, condition in enumerate(when):
        yield from (((*where, index), sentence) for sentence in _condition(condition, scenario))


def _condition(condition: Condition, scenario: Scenario) -> Iterator[str]:
    if condition == Condition():
        yield "Syarat ini kosong."
    yield from _bounds(condition, scenario)
    for name in {condition.chose, condition.avoided} - {""} - choice_names(scenario):
        yield f"Pilihan “{name}” tidak ada; tulis sebagai adegan/pilihan."
    if condition.chose and condition.chose == condition.avoided:
        yield f"Pilihan “{condition.chose}” tidak mungkin sekaligus diambil dan dihindari."
    values = {variant.id: variant.values for variant in scenario.variants}
    if condition.variant and condition.variant not in values:
        yield f"Varian “{condition.variant}” tidak terdaftar di bagian variants."
    elif condition.value not in values.get(condition.variant, ("",)):
        yield f"“{condition.value}” bukan nilai varian “{condition.variant}”."


def _bounds(condition: Condition, scenario: Scenario) -> Iterator[str]:
    has_bound = condition.at_least is not None or condition.below is not None
    if condition.variable and condition.variable not in {variable.id for variable in scenario.variables}:
        yield f"Variabel “{condition.variable}” tidak terdaftar di bagian variables."
    if has_bound != bool(condition.variable):
        yield "Syarat atas variabel memerlukan variable bersama at_least atau below."
    for bound in (condition.at_least, condition.below):
        if bound is not None and not LEAST < bound <= MOST:
            yield f"Batas terletak antara {LEAST + 1} dan {MOST}, agar syarat dapat terpenuhi dan dapat tidak."
    if condition.at_least is not None and condition.below is not None and condition.at_least >= condition.below:
        yield "Batas at_least harus lebih kecil daripada below."

"""Is a scenario sound? Pure: the law, the words and the drawings of its scenes; how it plays, `story` knows."""

from collections.abc import Iterator

from elearn.content.checks import names, pictures, wording
from elearn.content.checks.laws import Laws
from elearn.content.checks.prose import has_date
from elearn.content.checks.wording import CITED
from elearn.content.modules import Module
from elearn.content.rules import Prose
from elearn.content.shape import Fault, Where
from elearn.content.stories import story
from elearn.content.stories.graph import GraphFault
from elearn.content.stories.scenes import Choice, Scenario, Scene, Verdict


def faults(scenario: Scenario, where: Where, module: Module, laws: Laws) -> Iterator[Fault]:
    """Why the scenario `where` must not be played; empty when it is sound."""
    yield from names.faults((*where, "scenes"), [scene.id for scene in scenario.scenes])
    yield from laws.covered((*where, "covers"), scenario.covers)
    for fault in story.faults(scenario):
        yield Fault(_place(fault, scenario, where), fault.sentence)
    for index, scene in enumerate(scenario.scenes):
        place = (*where, "scenes", index)
        yield from _telling(scene, place, laws)
        yield from _ending(scene, place, laws)
        yield from pictures.mention_faults(scene, place, module.picture_by_id)
        yield from _choices(scene, place, laws)


def _place(fault: GraphFault, scenario: Scenario, where: Where) -> Where:
    """Where a fault of the story stands: in a choice, a scene, or the story as a whole."""
    order = {scene.id: index for index, scene in enumerate(scenario.scenes)}
    if fault.scene and fault.scene not in order:
        return (*where, "start")
    scene: Where = ("scenes", order[fault.scene]) if fault.scene else ()
    choice: Where = () if fault.exit is None else ("choices", fault.exit)
    return (*where, *scene, *choice, *fault.within)


def _telling(scene: Scene, where: Where, laws: Laws) -> Iterator[Fault]:
    is_dated = has_date(scene.heading)
    yield from wording.label_faults((*where, "heading"), Prose(scene.heading))
    yield from laws.known((*where, "cites"), scene.cites)
    yield from laws.told((*where, "text"), scene.text, scene.cites, is_dated=is_dated)
    for index, aside in enumerate(scene.asides):
        yield from laws.told((*where, "asides", index, "text"), aside.text, scene.cites, is_dated=is_dated)


def _ending(scene: Scene, where: Where, laws: Laws) -> Iterator[Fault]:
    if scene.debrief is None:
        if scene.ending is not None:
            yield Fault(where, "Akhir cerita memerlukan debrief.")
        return
    place = (*where, "debrief")
    yield from laws.told(place, scene.debrief, scene.cites)
    yield from laws.uncited(place, scene.debrief)
    if not CITED.search(scene.debrief.markdown):
        yield Fault(place, "Debrief memerlukan sedikitnya satu rujukan [@…].")


def _choices(scene: Scene, where: Where, laws: Laws) -> Iterator[Fault]:
    yield from names.faults((*where, "choices"), [choice.id for choice in scene.choices])
    if scene.choices and not 2 <= len(scene.choices) <= 4:
        yield Fault((*where, "choices"), "Satu adegan memerlukan dua sampai empat pilihan.")
    for index, choice in enumerate(scene.choices):
        yield from _choice(choice, (*where, "choices", index), laws, scene.heading)


def _choice(choice: Choice, where: Where, laws: Laws, heading: str) -> Iterator[Fault]:
    texts = (heading, choice.text.markdown, choice.then.markdown, choice.why.markdown)
    is_dated, is_right = has_date(*texts), choice.verdict is Verdict.SAFE
    yield from laws.proven((*where, "cites"), choice.cites)
    yield from laws.dated((*where, "cites"), choice.cites, *texts)
    yield from wording.label_faults((*where, "text"), choice.text, is_dated=is_dated, is_claim=is_right)
    yield from laws.told((*where, "then"), choice.then, choice.cites, is_dated=is_dated)
    yield from laws.told((*where, "why"), choice.why, choice.cites, is_dated=is_dated)
    if choice.verdict is Verdict.DISPUTED and not any(map(laws.is_disputed, choice.cites)):
        sentence = "Putusan “diperdebatkan” memerlukan rujukan yang terikat tanggal atau yang mencatat keraguan."
        yield Fault((*where, "verdict"), sentence)

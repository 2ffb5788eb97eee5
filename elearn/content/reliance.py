"""What of a module rests on which place in the law, pure."""

from collections.abc import Set
from dataclasses import dataclass

from elearn.content.modules import Lesson, Module
from elearn.content.questions import Question
from elearn.content.stories.scenes import Scenario


@dataclass(frozen=True, slots=True)
class Resting:
    """The parts of one module that cite some places in the law."""

    module: Module
    lessons: tuple[Lesson, ...]
    scenarios: tuple[Scenario, ...]
    questions: tuple[Question, ...]

    def __len__(self) -> int:
        """How many parts rest on them; none makes it false."""
        return len(self.lessons) + len(self.scenarios) + len(self.questions)


def resting_on(cites: Set[str], module: Module) -> Resting:
    """The lessons, stories and questions of a module that cite one of these places."""
    return Resting(
        module,
        tuple(each for each in module.lessons if not cites.isdisjoint(each.cites)),
        tuple(each for each in module.scenarios if not cites.isdisjoint(cited_in(each))),
        tuple(each for each in module.questions if not cites.isdisjoint(each.cites)),
    )


def cited_in(scenario: Scenario) -> set[str]:
    """Every place in the law that a story cites, in its scenes and its choices."""
    scenes = {cite for scene in scenario.scenes for cite in scene.cites}
    return scenes | {cite for scene in scenario.scenes for choice in scene.choices for cite in choice.cites}

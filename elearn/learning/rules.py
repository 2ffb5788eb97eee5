"""How far a learner is, folded from what she has read, played and passed."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime

from elearn.content.modules import Module, Part, PartKind
from elearn.core.errors import RuleBroken
from elearn.core.speech import say


class PartsUndone(RuleBroken):
    """The quiz opens when every part of the module is done."""

    sentence = say("Kuis terbuka setelah semua pelajaran dan cerita wajib selesai.")


class RoundRunning(RuleBroken):
    """A module is learned again only after it was learned."""

    sentence = say("Selesaikan dahulu modul yang sedang Anda pelajari.")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a learner at one version of a module: ids of lessons read and stories played or begun."""

    lessons_read: Set[str] = frozenset()
    scenarios_ended: Set[str] = frozenset()
    scenarios_open: Set[str] = frozenset()
    has_passed: bool = False


@dataclass(frozen=True, slots=True)
class PartState:
    """One part of the way: what it is called, how long it takes, and how it stands."""

    part: Part
    title: str
    minutes: int
    is_done: bool
    is_begun: bool
    is_next: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a learner stands in a module."""

    parts: tuple[PartState, ...]
    minutes_left: int
    has_passed: bool

    @property
    def required(self) -> tuple[PartState, ...]:
        """The parts that open the quiz."""
        return tuple(state for state in self.parts if not state.part.optional)

    @property
    def optional(self) -> tuple[PartState, ...]:
        """The parts offered for further practice."""
        return tuple(state for state in self.parts if state.part.optional)

    @property
    def done(self) -> int:
        """The number of required parts done."""
        return sum(state.is_done for state in self.required)

    @property
    def total(self) -> int:
        """The number of required parts."""
        return len(self.required)

    @property
    def next_part(self) -> Part | None:
        """The first required part not done; None when only the quiz is left."""
        return next((state.part for state in self.parts if state.is_next), None)

    def after(self, place: int) -> Part | None:
        """The next required part behind a place (from 0) that is not done; None when only the quiz is left."""
        return next((each.part for each in self.parts[place + 1 :] if not (each.is_done or each.part.optional)), None)

    @property
    def is_quiz_open(self) -> bool:
        """Whether every required part is done."""
        return self.done == self.total


@dataclass(frozen=True, slots=True)
class Milestones:
    """When a learner began a module and when she passed its quiz."""

    started_at: datetime
    passed_at: datetime | None


def progress(module: Module, facts: Facts) -> Progress:
    """Where these facts put a learner in the module.

    The minutes left count required parts not done, and the quiz until it is passed.
    """
    done = {Part(PartKind.LESSON, each) for each in facts.lessons_read}
    done |= {Part(PartKind.SCENARIO, each) for each in facts.scenarios_ended}
    begun = {Part(PartKind.SCENARIO, each) for each in facts.scenarios_open}
    following = next((part for part in module.parts if not part.optional and part not in done), None)
    states = tuple(
        PartState(part, *_heading(module, part), part in done, part in begun, part == following)
        for part in module.parts
    )
    undone = sum(state.minutes for state in states if not (state.is_done or state.part.optional))
    return Progress(states, undone + (0 if facts.has_passed else _quiz_minutes(module)), facts.has_passed)


def _heading(module: Module, part: Part) -> tuple[str, int]:
    if part.kind is PartKind.LESSON:
        lesson = module.lesson_by_id[part.id]
        return lesson.title, lesson.minutes
    scenario = module.scenario_by_id[part.id]
    return scenario.title, scenario.minutes


def _quiz_minutes(module: Module) -> int:
    """What the quiz takes of the module's minutes: the rest after all required parts."""
    return max(0, module.minutes - sum(_heading(module, part)[1] for part in module.parts if not part.optional))

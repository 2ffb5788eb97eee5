"""What a new version changes against the published one, pure: thing by thing, fact by fact, word by word."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from elearn.authoring import facts, story_facts
from elearn.authoring.facts import Fact
from elearn.authoring.words import Run, runs
from elearn.content.law import Citation, Instrument, Register
from elearn.content.modules import Module
from elearn.content.pacts import PactText
from elearn.content.versions import Content
from elearn.core.speech import Sentence, say, term

LESSON, STORY = term("one", "Pelajaran"), term("one", "Cerita")
QUESTION, PACT = term("one", "Soal"), say("Naskah pakta")
"""The sorts of things that have a page of their own."""

LONG = 80
"""Signs from which on a text is not told within a sentence."""


class State(StrEnum):
    """What became of a thing."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"

    @property
    def words(self) -> str:
        """What became of it, as people read it."""
        return STATE_WORDS[self]


STATE_WORDS = {State.ADDED: say("ditambah"), State.CHANGED: say("diubah"), State.REMOVED: say("dihapus")}


@dataclass(frozen=True, slots=True)
class _Within:
    """A heading as it reads within a sentence: begun with a small letter in whichever language is spoken."""

    name: str

    def __str__(self) -> str:
        told = str(self.name)
        return told[:1].lower() + told[1:]


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that reads otherwise now; empty where it was not there."""

    name: str
    before: str
    after: str
    is_weighty: bool

    @property
    def told(self) -> str:
        """The change in a sentence, with the texts themselves where they are short."""
        name, is_short = _Within(self.name), len(self.before) + len(self.after) <= LONG
        if not (is_short and "\n" not in self.before + self.after):
            return say("%(name)s berubah.", name=name)
        if self.before and self.after:
            return say(
                "%(name)s berubah dari “%(before)s” menjadi “%(after)s”.",
                name=name,
                before=self.before,
                after=self.after,
            )
        if self.after:
            return say("%(name)s “%(text)s” ditambah.", name=name, text=self.after)
        return say("%(name)s “%(text)s” dihapus.", name=name, text=self.before)

    @property
    def is_said(self) -> bool:
        """Whether its texts are our own words and not those of the content."""
        return isinstance(self.after or self.before, Sentence)

    @property
    def runs(self) -> list[Run]:
        """The text with what was taken out and what was put in, as it is spoken now."""
        return runs(str(self.before), str(self.after))


@dataclass(frozen=True, slots=True)
class Item:
    """A lesson, a story, a question or another thing that was added, changed or removed."""

    sort: str
    id: str
    title: str
    state: State
    changes: tuple[Change, ...] = ()

    @property
    def is_question(self) -> bool:
        """Whether people may have answered it already."""
        return self.sort == QUESTION

    @property
    def weighty(self) -> list[Change]:
        """The changes that decide."""
        return [change for change in self.changes if change.is_weighty]


@dataclass(frozen=True, slots=True)
class Difference:
    """All that publishing changes about one module, pact or register."""

    items: tuple[Item, ...]

    @property
    def weighty(self) -> list[tuple[Item, Change]]:
        """The changes that decide, with the thing they are about."""
        return [(item, change) for item in self.items for change in item.weighty]

    @property
    def added(self) -> list[Item]:
        """The things that were not there."""
        return [item for item in self.items if item.state is State.ADDED]

    @property
    def removed(self) -> list[Item]:
        """The things that are there no more."""
        return [item for item in self.items if item.state is State.REMOVED]

    @property
    def counts(self) -> list[tuple[str, dict[State, int]]]:
        """How many of each sort were added, changed, removed, in the order of the sorts."""
        found: dict[str, dict[State, int]] = {}
        for item in self.items:
            of_sort = found.setdefault(item.sort, {})
            of_sort[item.state] = of_sort.get(item.state, 0) + 1
        return list(found.items())


Facts: TypeAlias = Callable[[Any], Iterable[Fact]]


def between(old: Content | None, new: Content) -> Difference:
    """What `new` changes against `old`, which is of the same kind; everything is added when there is none."""
    if isinstance(new, Module):
        return Difference(tuple(_module(old if isinstance(old, Module) else None, new)))
    if isinstance(new, PactText):
        return Difference(tuple(_pact(old if isinstance(old, PactText) else None, new)))
    return Difference(tuple(_register(old if isinstance(old, Register) else None, new)))


def _module(old: Module | None, new: Module) -> Iterator[Item]:
    yield from _whole(say("Modul"), old, new, facts.of_module)
    yield from _whole(say("Aturan kuis"), old, new, facts.of_policy)
    sorts: list[tuple[str, str, Facts]] = [
        (LESSON, "lessons", facts.of_lesson),
        (STORY, "scenarios", story_facts.of_scenario),
        (QUESTION, "questions", facts.of_question),
        (say("Dasar hukum"), "citations", facts.of_citation),
        (say("Aturan yang diajarkan"), "rules", facts.of_rule),
        (say("Gambar"), "pictures", facts.of_picture),
    ]
    for sort, name, facts_of in sorts:
        yield from _listed(sort, getattr(old, name, ()), getattr(new, name), facts_of)


def _pact(old: PactText | None, new: PactText) -> Iterator[Item]:
    yield from _whole(PACT, old, new, facts.of_pact)
    yield from _listed(say("Butir pakta"), old.clauses if old else (), new.clauses, facts.of_clause)


def _register(old: Register | None, new: Register) -> Iterator[Item]:
    yield from _listed(say("Peraturan"), old.instruments if old else (), new.instruments, facts.of_instrument)
    yield from _listed(say("Dasar hukum"), old.citations if old else (), new.citations, facts.of_citation)
    yield from _listed(say("Aturan"), old.rules if old else (), new.rules, facts.of_rule)


def _whole(sort: str, old: Any, new: Any, facts_of: Facts) -> Iterator[Item]:
    """A thing that cannot come or go by itself."""
    changes = _changes(facts_of(old), facts_of(new)) if old else ()
    if changes or old is None:
        yield Item(sort, new.slug, new.title, State.CHANGED if old else State.ADDED, changes)


def _listed(sort: str, old: Sequence[Any], new: Sequence[Any], facts_of: Facts) -> Iterator[Item]:
    """Things told apart by their id, in the order of the new version; what is gone comes last."""
    before, after = {each.id: each for each in old}, {each.id: each for each in new}
    for key, each in after.items():
        if key not in before:
            yield Item(sort, key, _title(each), State.ADDED)
        elif changes := _changes(facts_of(before[key]), facts_of(each)):
            yield Item(sort, key, _title(each), State.CHANGED, changes)
    for each in old:
        if each.id not in after:
            yield Item(sort, each.id, _title(each), State.REMOVED)


def _changes(old: Iterable[Fact], new: Iterable[Fact]) -> tuple[Change, ...]:
    before, after = {fact.name: fact for fact in old}, {fact.name: fact for fact in new}
    names = [*after, *(name for name in before if name not in after)]
    pairs = [(before.get(name, Fact(name, "")), after.get(name, Fact(name, ""))) for name in names]
    return tuple(
        Change(now.name, then.text, now.text, then.is_weighty or now.is_weighty)
        for then, now in pairs
        if then.text != now.text
    )


def _title(thing: Any) -> str:
    if isinstance(thing, Citation):
        return thing.label
    if isinstance(thing, Instrument):
        return thing.short
    return str(getattr(thing, "title", thing.id))

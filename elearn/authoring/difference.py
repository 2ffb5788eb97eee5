"""What a new version changes against the published one, pure: thing by thing, fact by fact, word by word.

A fact that decides (the key of a question, the verdict of a choice, the rules of the quiz, what the law says) is
`weighty`: whoever publishes must have seen it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import reduce
from typing import Any, TypeAlias

from elearn.authoring.words import Run, runs
from elearn.content.law import Citation, Instrument, Register, Rule
from elearn.content.modules import Lesson, Module, Part, Picture
from elearn.content.pacts import Clause, PactText
from elearn.content.questions import Draw, Option, Question, QuestionKind
from elearn.content.stories.scenes import Choice, Condition, Scenario, Scene, Variable
from elearn.content.versions import Content
from elearn.core.speech import Sentence, say, tally, term

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
class Fact:
    """One thing that can be said of another, as text."""

    name: str
    text: str
    is_weighty: bool = False


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
    yield from _whole(say("Modul"), old, new, _module_facts)
    yield from _whole(say("Aturan kuis"), old, new, _policy_facts)
    sorts: list[tuple[str, str, Facts]] = [
        (LESSON, "lessons", _lesson_facts),
        (STORY, "scenarios", _scenario_facts),
        (QUESTION, "questions", _question_facts),
        (say("Dasar hukum"), "citations", _citation_facts),
        (say("Aturan yang diajarkan"), "rules", _rule_facts),
        (say("Gambar"), "pictures", _picture_facts),
    ]
    for sort, name, facts in sorts:
        yield from _listed(sort, getattr(old, name, ()), getattr(new, name), facts)


def _pact(old: PactText | None, new: PactText) -> Iterator[Item]:
    yield from _whole(PACT, old, new, _pact_facts)
    yield from _listed(say("Butir pakta"), old.clauses if old else (), new.clauses, _clause_facts)


def _register(old: Register | None, new: Register) -> Iterator[Item]:
    yield from _listed(say("Peraturan"), old.instruments if old else (), new.instruments, _instrument_facts)
    yield from _listed(say("Dasar hukum"), old.citations if old else (), new.citations, _citation_facts)
    yield from _listed(say("Aturan"), old.rules if old else (), new.rules, _rule_facts)


def _whole(sort: str, old: Any, new: Any, facts: Facts) -> Iterator[Item]:
    """A thing that cannot come or go by itself."""
    changes = _changes(facts(old), facts(new)) if old else ()
    if changes or old is None:
        yield Item(sort, new.slug, new.title, State.CHANGED if old else State.ADDED, changes)


def _listed(sort: str, old: Sequence[Any], new: Sequence[Any], facts: Facts) -> Iterator[Item]:
    """Things told apart by their id, in the order of the new version; what is gone comes last."""
    before, after = {each.id: each for each in old}, {each.id: each for each in new}
    for key, each in after.items():
        if key not in before:
            yield Item(sort, key, _title(each), State.ADDED)
        elif changes := _changes(facts(before[key]), facts(each)):
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


def _module_facts(module: Module) -> Iterator[Fact]:
    titles = {part: _part_title(module, part) for part in module.parts}
    yield Fact(say("Judul"), module.title)
    yield Fact(say("Ringkasan"), module.summary)
    yield Fact(say("Menit"), str(module.minutes))
    yield Fact(say("Urutan bagian"), "\n".join(titles.values()))
    yield Fact(term("many", "Topik"), "\n".join(topic.title for topic in module.topics))
    yield Fact(say("Pakta"), module.pact, is_weighty=True)


def _part_title(module: Module, part: Part) -> str:
    lessons = {lesson.id: lesson.title for lesson in module.lessons}
    titles = lessons | {scenario.id: scenario.title for scenario in module.scenarios}
    title = titles.get(part.id, part.id)
    return say("%(title)s (tidak wajib)", title=title) if part.optional else title


def _policy_facts(module: Module) -> Iterator[Fact]:
    policy = module.quiz
    yield Fact(say("Jumlah soal"), str(policy.questions), is_weighty=True)
    yield Fact(say("Batas lulus"), say("%(number)s %%", number=policy.pass_percent), is_weighty=True)
    yield Fact(say("Waktu"), tally("%(num)s menit", policy.minutes), is_weighty=True)
    yield Fact(say("Kelonggaran waktu"), tally("%(num)s detik", policy.grace_seconds), is_weighty=True)
    yield Fact(say("Kesempatan"), str(policy.attempts), is_weighty=True)
    yield Fact(say("Jeda antara dua percobaan"), tally("%(num)s menit", policy.wait_minutes), is_weighty=True)
    titles = {topic.id: topic.title for topic in module.topics}
    lines = [f"{titles.get(each.topic, each.topic)}: {_drawn(each)}" for each in policy.blueprint]
    yield Fact(say("Soal setiap topik"), "\n".join(lines), is_weighty=True)
    marks = [f"{titles.get(each.topic, each.topic)}: {each.percent} %" for each in policy.must_pass]
    yield Fact(say("Topik yang harus lulus"), "\n".join(marks), is_weighty=True)
    yield Fact(say("Pembahasan dibuka"), policy.review.value, is_weighty=True)
    yield Fact(say("Nilai sebagian"), _yes(policy.partial_credit), is_weighty=True)
    yield Fact(say("Urutan soal diacak"), _yes(policy.shuffles_questions))
    yield Fact(say("Urutan pilihan diacak"), _yes(policy.shuffles_options))
    yield Fact(say("Soal satu halaman"), str(policy.per_page))


def _drawn(line: Draw) -> str:
    told: str = str(line.draw)
    if line.difficulty:
        told = say("%(count)s, tingkat %(level)s", count=told, level=line.difficulty)
    return say("%(drawn)s, selalu %(fixed)s", drawn=told, fixed=", ".join(line.fixed)) if line.fixed else told


def _yes(is_so: bool) -> str:
    return say("ya") if is_so else say("tidak")


def _lesson_facts(lesson: Lesson) -> Iterator[Fact]:
    yield Fact(say("Judul"), lesson.title)
    yield Fact(say("Topik"), lesson.topic)
    yield Fact(say("Menit"), str(lesson.minutes))
    yield Fact(say("Isi"), lesson.body.markdown)
    yield from _grounds(lesson)


def _scenario_facts(scenario: Scenario) -> Iterator[Fact]:
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
        yield from _scene_facts(scene)


def _gauge(each: Variable) -> str:
    if each.is_good:
        return say("%(title)s, mulai %(start)s, baik bila tinggi", title=each.title, start=each.start)
    return say("%(title)s, mulai %(start)s, baik bila rendah", title=each.title, start=each.start)


def _scene_facts(scene: Scene) -> Iterator[Fact]:
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
        yield from _choice_facts(say("%(place)s, pilihan %(id)s", place=name, id=choice.id), choice)


def _choice_facts(name: str, choice: Choice) -> Iterator[Fact]:
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


def _question_facts(question: Question) -> Iterator[Fact]:
    yield Fact(say("Kunci"), _key(question), is_weighty=True)
    yield Fact(say("Jenis"), question.kind.value, is_weighty=True)
    yield Fact(say("Topik"), question.topic)
    yield Fact(say("Tingkat kesulitan"), str(question.difficulty))
    yield Fact(term("one", "Soal"), question.stem.markdown)
    yield Fact(say("Gambar"), f"{question.picture} {question.alt}".strip())
    for group in question.groups:
        yield Fact(say("Kelompok %(id)s", id=group.id), group.text.markdown)
    for option in question.options:
        yield Fact(say("Pilihan %(id)s", id=option.id), option.text.markdown)
        yield Fact(say("Umpan balik %(id)s", id=option.id), option.feedback.markdown)
    yield Fact(say("Bila benar"), question.if_right.markdown)
    yield Fact(say("Bila benar sebagian"), question.if_partial.markdown)
    yield Fact(say("Bila keliru"), question.if_wrong.markdown)
    yield Fact(say("Pembahasan"), question.explanation.markdown)
    yield from _grounds(question)


def _key(question: Question) -> str:
    if question.kind is QuestionKind.ORDER:
        return ", ".join(option.id for option in question.options)
    if question.kind in (QuestionKind.CLASSIFY, QuestionKind.MATCH):
        return ", ".join(f"{option.id} = {option.group}" for option in question.options)
    right = [option for option in question.options if option.correct]
    if question.kind is QuestionKind.NUMERIC:
        return ", ".join(f"{each.text.markdown}{_slack(each)}" for each in right)
    return ", ".join(f"{option.id} ({option.group})" if option.group else option.id for option in right)


def _slack(option: Option) -> str:
    return f" ± {option.tolerance}" if option.tolerance else ""


def _grounds(thing: Lesson | Question) -> Iterator[Fact]:
    yield Fact(say("Dasar hukum"), ", ".join(thing.cites), is_weighty=isinstance(thing, Question))
    yield Fact(say("Aturan yang diajarkan"), ", ".join(thing.covers))


def _citation_facts(citation: Citation) -> Iterator[Fact]:
    yield Fact(say("Peraturan"), citation.full, is_weighty=True)
    yield Fact(say("Pasal"), citation.article, is_weighty=True)
    yield Fact(say("Bunyi"), citation.says, is_weighty=True)
    yield Fact(say("Berlaku sejak"), _day(citation.in_force_from), is_weighty=True)
    yield Fact(say("Berlaku sampai"), _day(citation.in_force_until), is_weighty=True)
    yield Fact(say("Pengganti"), citation.replaced_by or "", is_weighty=True)
    yield Fact(say("Keyakinan"), citation.confidence.value, is_weighty=True)
    yield Fact(say("Bergantung tanggal"), _yes(citation.date_bound), is_weighty=True)
    yield Fact(say("Sumber"), ", ".join(citation.sources))
    yield Fact(say("Diperiksa"), _day(citation.checked_on))
    yield Fact(say("Keraguan"), citation.doubts)


def _instrument_facts(instrument: Instrument) -> Iterator[Fact]:
    yield Fact(say("Nama pendek"), instrument.short)
    yield Fact(say("Nama lengkap"), instrument.full, is_weighty=True)
    yield Fact(term("law", "Bentuk"), instrument.form.value)
    yield Fact(say("Berlaku sejak"), _day(instrument.in_force_from), is_weighty=True)
    yield Fact(say("Berlaku sampai"), _day(instrument.in_force_until), is_weighty=True)
    yield Fact(say("Pengganti"), instrument.replaced_by or "", is_weighty=True)


def _rule_facts(rule: Rule) -> Iterator[Fact]:
    yield Fact(say("Jenis"), rule.kind.value, is_weighty=True)
    yield Fact(say("Bunyi"), rule.text, is_weighty=True)
    yield Fact(term("election", "Tahap"), rule.phase, is_weighty=True)
    yield Fact(say("Keyakinan"), rule.confidence.value, is_weighty=True)
    yield Fact(say("Dasar hukum"), ", ".join(rule.cites), is_weighty=True)


def _picture_facts(picture: Picture) -> Iterator[Fact]:
    yield Fact(say("Gambar"), picture.svg)


def _pact_facts(pact: PactText) -> Iterator[Fact]:
    yield Fact(say("Judul"), pact.title, is_weighty=True)
    yield Fact(say("Pembuka"), pact.opening, is_weighty=True)
    yield Fact(say("Penutup"), pact.closing, is_weighty=True)
    yield Fact(say("Urutan butir"), "\n".join(clause.title for clause in pact.clauses), is_weighty=True)
    yield Fact(say("Dasar hukum"), ", ".join(pact.cites), is_weighty=True)


def _clause_facts(clause: Clause) -> Iterator[Fact]:
    yield Fact(say("Judul"), clause.title, is_weighty=True)
    yield Fact(say("Isi"), clause.text, is_weighty=True)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""

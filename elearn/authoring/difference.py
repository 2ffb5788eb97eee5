"""What a new version changes against the published one, pure: thing by thing, fact by fact, word by word.

A fact that decides (the key of a question, the verdict of a choice, the rules of the quiz, what the law says) is
`weighty`: whoever publishes must have seen it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from elearn.authoring.words import Run, runs
from elearn.content.rules import (
    Choice,
    Citation,
    Clause,
    Condition,
    Content,
    Draw,
    Instrument,
    Lesson,
    Module,
    Option,
    PactText,
    Part,
    Picture,
    Question,
    QuestionKind,
    Register,
    Rule,
    Scenario,
    Scene,
)

LESSON, STORY, QUESTION, PACT = "Pelajaran", "Cerita", "Soal", "Naskah pakta"
"""The sorts of things that have a page of their own."""

LONG = 80
"""Signs from which on a text is not told within a sentence."""


class State(StrEnum):
    """What became of a thing; values are shown."""

    ADDED = "ditambah"
    CHANGED = "diubah"
    REMOVED = "dihapus"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that can be said of another, as text."""

    name: str
    text: str
    is_weighty: bool = False


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
        name, is_short = self.name[0].lower() + self.name[1:], len(self.before) + len(self.after) <= LONG
        if not (is_short and "\n" not in self.before + self.after):
            return f"{name} berubah."
        if self.before and self.after:
            return f"{name} berubah dari “{self.before}” menjadi “{self.after}”."
        return f"{name} “{self.after}” ditambah." if self.after else f"{name} “{self.before}” dihapus."

    @property
    def runs(self) -> list[Run]:
        """The text with what was taken out and what was put in."""
        return runs(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Item:
    """A lesson, a story, a question or another thing that was added, changed or removed."""

    sort: str
    id: str
    title: str
    state: State
    changes: tuple[Change, ...] = ()

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
    yield from _whole("Modul", old, new, _module_facts)
    yield from _whole("Aturan kuis", old, new, _policy_facts)
    sorts: list[tuple[str, str, Facts]] = [
        (LESSON, "lessons", _lesson_facts),
        (STORY, "scenarios", _scenario_facts),
        (QUESTION, "questions", _question_facts),
        ("Dasar hukum", "citations", _citation_facts),
        ("Aturan yang diajarkan", "rules", _rule_facts),
        ("Gambar", "pictures", _picture_facts),
    ]
    for sort, name, facts in sorts:
        yield from _listed(sort, getattr(old, name, ()), getattr(new, name), facts)


def _pact(old: PactText | None, new: PactText) -> Iterator[Item]:
    yield from _whole(PACT, old, new, _pact_facts)
    yield from _listed("Butir pakta", old.clauses if old else (), new.clauses, _clause_facts)


def _register(old: Register | None, new: Register) -> Iterator[Item]:
    yield from _listed("Peraturan", old.instruments if old else (), new.instruments, _instrument_facts)
    yield from _listed("Dasar hukum", old.citations if old else (), new.citations, _citation_facts)
    yield from _listed("Aturan", old.rules if old else (), new.rules, _rule_facts)


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
    yield Fact("Judul", module.title)
    yield Fact("Ringkasan", module.summary)
    yield Fact("Menit", str(module.minutes))
    yield Fact("Urutan bagian", "\n".join(titles.values()))
    yield Fact("Topik", "\n".join(topic.title for topic in module.topics))
    yield Fact("Pakta", module.pact, is_weighty=True)


def _part_title(module: Module, part: Part) -> str:
    lessons = {lesson.id: lesson.title for lesson in module.lessons}
    titles = lessons | {scenario.id: scenario.title for scenario in module.scenarios}
    return f"{titles.get(part.id, part.id)}{' (tidak wajib)' if part.optional else ''}"


def _policy_facts(module: Module) -> Iterator[Fact]:
    policy = module.quiz
    yield Fact("Jumlah soal", str(policy.questions), is_weighty=True)
    yield Fact("Batas lulus", f"{policy.pass_percent} %", is_weighty=True)
    yield Fact("Waktu", f"{policy.minutes} menit", is_weighty=True)
    yield Fact("Kelonggaran waktu", f"{policy.grace_seconds} detik", is_weighty=True)
    yield Fact("Kesempatan", str(policy.attempts), is_weighty=True)
    yield Fact("Jeda antara dua percobaan", f"{policy.wait_minutes} menit", is_weighty=True)
    titles = {topic.id: topic.title for topic in module.topics}
    lines = [f"{titles.get(each.topic, each.topic)}: {_drawn(each)}" for each in policy.blueprint]
    yield Fact("Soal setiap topik", "\n".join(lines), is_weighty=True)
    marks = [f"{titles.get(each.topic, each.topic)}: {each.percent} %" for each in policy.must_pass]
    yield Fact("Topik yang harus lulus", "\n".join(marks), is_weighty=True)
    yield Fact("Pembahasan dibuka", policy.review.value, is_weighty=True)
    yield Fact("Nilai sebagian", _yes(policy.partial_credit), is_weighty=True)
    yield Fact("Urutan soal diacak", _yes(policy.shuffles_questions))
    yield Fact("Urutan pilihan diacak", _yes(policy.shuffles_options))
    yield Fact("Soal satu halaman", str(policy.per_page))


def _drawn(line: Draw) -> str:
    level = f", tingkat {line.difficulty}" if line.difficulty else ""
    return f"{line.draw}{level}" + (f", selalu {', '.join(line.fixed)}" if line.fixed else "")


def _yes(is_so: bool) -> str:
    return "ya" if is_so else "tidak"


def _lesson_facts(lesson: Lesson) -> Iterator[Fact]:
    yield Fact("Judul", lesson.title)
    yield Fact("Topik", lesson.topic)
    yield Fact("Menit", str(lesson.minutes))
    yield Fact("Isi", lesson.body.markdown)
    yield from _grounds(lesson)


def _scenario_facts(scenario: Scenario) -> Iterator[Fact]:
    yield Fact("Judul", scenario.title)
    yield Fact("Ringkasan", scenario.summary)
    yield Fact("Topik", scenario.topic)
    yield Fact("Menit", str(scenario.minutes))
    yield Fact("Adegan pembuka", scenario.start)
    for each in scenario.variables:
        kind = "baik bila tinggi" if each.is_good else "baik bila rendah"
        yield Fact(f"Ukuran {each.id}", f"{each.title}, mulai {each.start}, {kind}")
    for variant in scenario.variants:
        yield Fact(f"Keadaan acak {variant.id}", ", ".join(variant.values))
    yield Fact("Aturan yang diajarkan", ", ".join(scenario.covers))
    for scene in scenario.scenes:
        yield from _scene_facts(scene)


def _scene_facts(scene: Scene) -> Iterator[Fact]:
    name = f"Adegan {scene.id}"
    yield Fact(f"{name}, judul", scene.heading)
    yield Fact(f"{name}, teks", scene.text.markdown)
    yield Fact(f"{name}, gambar", f"{scene.picture} {scene.alt}".strip())
    yield Fact(f"{name}, akhir", scene.ending.value if scene.ending else "", is_weighty=True)
    yield Fact(f"{name}, pelajaran", scene.debrief.markdown if scene.debrief else "")
    yield Fact(f"{name}, dasar hukum", ", ".join(scene.cites), is_weighty=True)
    for number, aside in enumerate(scene.asides, 1):
        yield Fact(f"{name}, paragraf bersyarat {number}", f"{_conditions(aside.when)}\n{aside.text.markdown}")
    for choice in scene.choices:
        yield from _choice_facts(f"{name}, pilihan {choice.id}", choice)


def _choice_facts(name: str, choice: Choice) -> Iterator[Fact]:
    yield Fact(f"{name}, teks", choice.text.markdown)
    yield Fact(f"{name}, penilaian", choice.verdict.value, is_weighty=True)
    yield Fact(f"{name}, akibat", choice.then.markdown)
    yield Fact(f"{name}, alasan", choice.why.markdown)
    yield Fact(f"{name}, dasar hukum", ", ".join(choice.cites), is_weighty=True)
    effects = [f"{key} {value:+}" for key, value in sorted(choice.effects.items())]
    yield Fact(f"{name}, pengaruh", ", ".join(effects))
    yield Fact(f"{name}, syarat", _conditions(choice.when))
    routes = [f"{route.next} bila {_conditions(route.when)}" for route in choice.routes]
    yield Fact(f"{name}, lanjut ke", "\n".join([*routes, choice.next]))


def _conditions(when: Iterable[Condition]) -> str:
    return " dan ".join(_condition(each) for each in when)


def _condition(condition: Condition) -> str:
    told = [
        f"{condition.variable} sedikitnya {condition.at_least}" if condition.at_least is not None else "",
        f"{condition.variable} di bawah {condition.below}" if condition.below is not None else "",
        f"memilih {condition.chose}" if condition.chose else "",
        f"tidak memilih {condition.avoided}" if condition.avoided else "",
        f"{condition.variant} adalah {condition.value}" if condition.variant else "",
    ]
    return " dan ".join(each for each in told if each)


def _question_facts(question: Question) -> Iterator[Fact]:
    yield Fact("Kunci", _key(question), is_weighty=True)
    yield Fact("Jenis", question.kind.value, is_weighty=True)
    yield Fact("Topik", question.topic)
    yield Fact("Tingkat kesulitan", str(question.difficulty))
    yield Fact("Soal", question.stem.markdown)
    yield Fact("Gambar", f"{question.picture} {question.alt}".strip())
    for group in question.groups:
        yield Fact(f"Kelompok {group.id}", group.text.markdown)
    for option in question.options:
        yield Fact(f"Pilihan {option.id}", option.text.markdown)
        yield Fact(f"Umpan balik {option.id}", option.feedback.markdown)
    yield Fact("Bila benar", question.if_right.markdown)
    yield Fact("Bila benar sebagian", question.if_partial.markdown)
    yield Fact("Bila keliru", question.if_wrong.markdown)
    yield Fact("Pembahasan", question.explanation.markdown)
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
    yield Fact("Dasar hukum", ", ".join(thing.cites), is_weighty=isinstance(thing, Question))
    yield Fact("Aturan yang diajarkan", ", ".join(thing.covers))


def _citation_facts(citation: Citation) -> Iterator[Fact]:
    yield Fact("Peraturan", citation.full, is_weighty=True)
    yield Fact("Pasal", citation.article, is_weighty=True)
    yield Fact("Bunyi", citation.says, is_weighty=True)
    yield Fact("Berlaku sejak", _day(citation.in_force_from), is_weighty=True)
    yield Fact("Berlaku sampai", _day(citation.in_force_until), is_weighty=True)
    yield Fact("Pengganti", citation.replaced_by or "", is_weighty=True)
    yield Fact("Keyakinan", citation.confidence.value, is_weighty=True)
    yield Fact("Bergantung tanggal", _yes(citation.date_bound), is_weighty=True)
    yield Fact("Sumber", ", ".join(citation.sources))
    yield Fact("Diperiksa", _day(citation.checked_on))
    yield Fact("Keraguan", citation.doubts)


def _instrument_facts(instrument: Instrument) -> Iterator[Fact]:
    yield Fact("Nama pendek", instrument.short)
    yield Fact("Nama lengkap", instrument.full, is_weighty=True)
    yield Fact("Bentuk", instrument.form.value)
    yield Fact("Berlaku sejak", _day(instrument.in_force_from), is_weighty=True)
    yield Fact("Berlaku sampai", _day(instrument.in_force_until), is_weighty=True)
    yield Fact("Pengganti", instrument.replaced_by or "", is_weighty=True)


def _rule_facts(rule: Rule) -> Iterator[Fact]:
    yield Fact("Jenis", rule.kind.value, is_weighty=True)
    yield Fact("Bunyi", rule.text, is_weighty=True)
    yield Fact("Tahap", rule.phase, is_weighty=True)
    yield Fact("Keyakinan", rule.confidence.value, is_weighty=True)
    yield Fact("Dasar hukum", ", ".join(rule.cites), is_weighty=True)


def _picture_facts(picture: Picture) -> Iterator[Fact]:
    yield Fact("Gambar", picture.svg)


def _pact_facts(pact: PactText) -> Iterator[Fact]:
    yield Fact("Judul", pact.title, is_weighty=True)
    yield Fact("Pembuka", pact.opening, is_weighty=True)
    yield Fact("Penutup", pact.closing, is_weighty=True)
    yield Fact("Urutan butir", "\n".join(clause.title for clause in pact.clauses), is_weighty=True)
    yield Fact("Dasar hukum", ", ".join(pact.cites), is_weighty=True)


def _clause_facts(clause: Clause) -> Iterator[Fact]:
    yield Fact("Judul", clause.title, is_weighty=True)
    yield Fact("Isi", clause.text, is_weighty=True)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""

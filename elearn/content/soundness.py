"""Is this content sound? Pure: names, order, quiz policy, keys of answers, stories and their law.

A module or a pact is read with all known citations in `citations`; whatever is wrong comes back as a
`Fault` that knows its place in the data, which `source` turns into file and line.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from elearn.content import graph
from elearn.content.laws import CITED, Laws, citation_faults, uncited_articles, wording
from elearn.content.rules import (
    Module,
    PactText,
    Part,
    PartKind,
    Prose,
    Question,
    QuestionKind,
    Register,
    Scenario,
    Scene,
)
from elearn.content.shape import Fault, Where

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LUMPED = re.compile(r"\b(semua|keduanya) (benar|salah)\b|\b[a-d] dan [a-d]\b", re.IGNORECASE)
EXCEPT = re.compile(r"\bkecuali\b")


def module_faults(module: Module, today: date) -> list[Fault]:
    """Why a module must not be published on `today`; empty when it is sound."""
    laws = Laws(module.citations, today)
    return [
        *citation_faults(module.citations),
        *_names(module),
        *_parts(module),
        *_topics(module),
        *_policy(module),
        *_lessons(module, laws),
        *_scenarios(module, laws),
        *_questions(module, laws),
    ]


def register_faults(register: Register, today: date) -> list[Fault]:
    """Why the register of law must not be published on `today`; empty when it is sound."""
    laws = Laws(register.citations, today)
    return [
        *_unique(("instruments",), [each.id for each in register.instruments]),
        *_unique(("citations",), [each.id for each in register.citations]),
        *citation_faults(register.citations),
        *(
            fault
            for index, rule in enumerate(register.rules)
            for fault in laws.known(("rules", index, "cites"), rule.cites)
        ),
    ]


def pact_faults(pact: PactText, today: date) -> list[Fault]:
    """Why the text of a pact must not be published on `today`; empty when it is sound."""
    told: list[tuple[Where, str]] = [(("opening",), pact.opening), (("closing",), pact.closing)]
    told += [(("clauses", index, "text"), clause.text) for index, clause in enumerate(pact.clauses)]
    return [
        *citation_faults(pact.citations),
        *_unique(("clauses",), [clause.id for clause in pact.clauses]),
        *([] if pact.clauses else [Fault(("clauses",), "Pakta memerlukan sedikitnya satu butir.")]),
        *Laws(pact.citations, today).proven(("cites",), pact.cites),
        *(fault for where, text in told for fault in _plain(where, Prose(text))),
    ]


def _unique(where: Where, ids: Iterable[str]) -> Iterator[Fault]:
    seen: Counter[str] = Counter()
    for index, each in enumerate(ids):
        seen[each] += 1
        if seen[each] == 2:
            yield Fault((*where, index), f"Id “{each}” dipakai lebih dari satu kali.")
        if not KEBAB.fullmatch(each):
            yield Fault((*where, index), f"Id “{each}” harus berupa huruf kecil, angka, dan tanda hubung.")


def _names(module: Module) -> Iterator[Fault]:
    for name in ("citations", "topics", "lessons", "scenarios", "questions"):
        yield from _unique((name,), [each.id for each in getattr(module, name)])


def _parts(module: Module) -> Iterator[Fault]:
    known = {Part(PartKind.LESSON, lesson.id) for lesson in module.lessons}
    known |= {Part(PartKind.SCENARIO, scenario.id) for scenario in module.scenarios}
    listed = Counter(module.parts)
    for index, part in enumerate(module.parts):
        if part not in known:
            yield Fault(("parts", index), f"Bagian “{part.id}” tidak ada berkasnya.")
        if listed[part] > 1:
            yield Fault(("parts", index), f"Bagian “{part.id}” tercantum lebih dari satu kali.")
    for part in known - listed.keys():
        yield Fault(("parts",), f"“{part.id}” ada berkasnya, tetapi tidak tercantum dalam urutan belajar.")


def _topics(module: Module) -> Iterator[Fault]:
    places: list[tuple[Where, str]] = []
    for name in ("lessons", "scenarios", "questions"):
        places += [((name, index, "topic"), each.topic) for index, each in enumerate(getattr(module, name))]
    places += [(("quiz", "blueprint", i, "topic"), line.topic) for i, line in enumerate(module.quiz.blueprint)]
    for where, topic in places:
        if topic not in module.topic_by_id:
            yield Fault(where, f"Topik “{topic}” tidak terdaftar di module.yaml.")


def _policy(module: Module) -> Iterator[Fault]:
    policy = module.quiz
    if sum(line.draw for line in policy.blueprint) != policy.questions:
        yield Fault(("quiz", "blueprint"), f"Jumlah soal semua topik harus tepat {policy.questions}.")
    if not 1 <= policy.pass_percent <= 100:
        yield Fault(("quiz", "pass_percent"), "Batas lulus dinyatakan dalam persen, 1 sampai 100.")
    least = {"questions": 1, "minutes": 1, "attempts": 1, "grace_seconds": 0, "wait_minutes": 0}
    for name, bound in least.items():
        if getattr(policy, name) < bound:
            yield Fault(("quiz", name), f"Nilai ini sedikitnya {bound}.")
    bank = Counter(question.topic for question in module.questions)
    for index, line in enumerate(policy.blueprint):
        if bank[line.topic] < 2 * line.draw:
            sentence = f"Bank soal topik “{line.topic}” berisi {bank[line.topic]}, perlu sedikitnya {2 * line.draw}."
            yield Fault(("quiz", "blueprint", index), sentence)


def _lessons(module: Module, laws: Laws) -> Iterator[Fault]:
    for index, lesson in enumerate(module.lessons):
        where = ("lessons", index)
        if not lesson.cites:
            yield Fault((*where, "cites"), "Pelajaran memerlukan sedikitnya satu rujukan.")
        yield from laws.known((*where, "cites"), lesson.cites)
        yield from _prose((*where, "body"), lesson.body, lesson.cites, laws)
        yield from uncited_articles((*where, "body"), lesson.body)


def _scenarios(module: Module, laws: Laws) -> Iterator[Fault]:
    for index, scenario in enumerate(module.scenarios):
        where = ("scenarios", index)
        yield from _unique((*where, "scenes"), [scene.id for scene in scenario.scenes])
        yield from _story(scenario, where)
        for number, scene in enumerate(scenario.scenes):
            yield from _scene(scene, (*where, "scenes", number), laws)


def _story(scenario: Scenario, where: Where) -> Iterator[Fault]:
    exits = {scene.id: [choice.next for choice in scene.choices] for scene in scenario.scenes}
    endings = {scene.id for scene in scenario.scenes if scene.ending is not None}
    order = {scene.id: number for number, scene in enumerate(scenario.scenes)}
    for fault in graph.faults(exits, scenario.start, endings):
        place = (*where, "scenes", order[fault.scene]) if fault.scene in order else (*where, "start")
        yield Fault(place if fault.exit is None else (*place, "choices", fault.exit, "next"), fault.sentence)
    if len(endings) < 2:
        yield Fault((*where, "scenes"), "Cerita memerlukan sedikitnya dua akhir yang berbeda.")


def _scene(scene: Scene, where: Where, laws: Laws) -> Iterator[Fault]:
    yield from laws.known((*where, "cites"), scene.cites)
    yield from _prose((*where, "text"), scene.text, scene.cites, laws)
    if scene.debrief is not None:
        yield from _prose((*where, "debrief"), scene.debrief, scene.cites, laws)
    elif scene.ending is not None:
        yield Fault(where, "Akhir cerita memerlukan debrief.")
    yield from _unique((*where, "choices"), [choice.id for choice in scene.choices])
    if scene.choices and not 2 <= len(scene.choices) <= 4:
        yield Fault((*where, "choices"), "Satu adegan memerlukan dua sampai empat pilihan.")
    for index, choice in enumerate(scene.choices):
        place = (*where, "choices", index)
        yield from laws.proven((*place, "cites"), choice.cites)
        yield from _plain((*place, "text"), choice.text)
        yield from _prose((*place, "then"), choice.then, choice.cites, laws)
        yield from _prose((*place, "why"), choice.why, choice.cites, laws)


def _questions(module: Module, laws: Laws) -> Iterator[Fault]:
    for index, question in enumerate(module.questions):
        where = ("questions", index)
        yield from laws.proven((*where, "cites"), question.cites)
        yield from _prose((*where, "stem"), question.stem, question.cites, laws)
        yield from _prose((*where, "explanation"), question.explanation, question.cites, laws)
        yield from _key(question, where)
        yield from _options(question, where, laws)
        if EXCEPT.search(question.stem.markdown):
            yield Fault((*where, "stem"), "Kata “kecuali” dalam soal ditulis **KECUALI**.")
        if not 1 <= question.difficulty <= 3:
            yield Fault((*where, "difficulty"), "Tingkat kesulitan adalah 1, 2, atau 3.")


def _key(question: Question, where: Where) -> Iterator[Fault]:
    found = len(question.correct_ids)
    if question.kind is QuestionKind.SINGLE and found != 1:
        yield Fault((*where, "options"), f"Kunci jawaban harus tepat satu; di sini ada {found}.")
    if len(question.options) < 2:
        yield Fault((*where, "options"), "Soal memerlukan sedikitnya dua pilihan.")


def _options(question: Question, where: Where, laws: Laws) -> Iterator[Fault]:
    yield from _unique((*where, "options"), [option.id for option in question.options])
    texts = Counter(option.text.markdown.casefold() for option in question.options)
    for index, option in enumerate(question.options):
        place = (*where, "options", index)
        yield from _plain((*place, "text"), option.text)
        if option.feedback.markdown:
            yield from _prose((*place, "feedback"), option.feedback, question.cites, laws)
        if texts[option.text.markdown.casefold()] > 1:
            yield Fault((*place, "text"), "Dua pilihan berbunyi sama.")
        if LUMPED.search(option.text.markdown):
            yield Fault((*place, "text"), "Pilihan diacak, maka “semua benar” atau “a dan b” tidak dapat dipakai.")


def _prose(where: Where, text: Prose, cites: tuple[str, ...], laws: Laws) -> Iterator[Fault]:
    if not text.markdown.strip():
        yield Fault(where, "Teks di sini masih kosong.")
    yield from laws.inline(where, text, cites)
    yield from wording(where, text)


def _plain(where: Where, text: Prose) -> Iterator[Fault]:
    if not text.markdown.strip():
        yield Fault(where, "Teks di sini masih kosong.")
    if CITED.search(text.markdown):
        yield Fault(where, "Rujukan [@…] tidak dapat dipakai di sini.")
    yield from wording(where, text)

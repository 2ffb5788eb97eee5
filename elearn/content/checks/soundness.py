"""Is this content sound? Pure: names, order, quiz policy and lessons; the other nouns know the rest.

A module or a pact is read with all known citations in `citations`, a module with all known rules and drawings as
well; whatever is wrong comes back as a `Fault` that knows its place in the data, which `source` turns into file
and line.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from elearn.content import supply
from elearn.content.checks import measures, names, pictures, questions, register, scenes, wording
from elearn.content.checks.laws import Laws
from elearn.content.law import Register
from elearn.content.modules import Module, Part, PartKind
from elearn.content.pacts import PactText
from elearn.content.questions import QuizPolicy
from elearn.content.rules import Prose
from elearn.content.shape import Fault, Where

PER_PAGE = (1, 5)
PERCENT = "Batas lulus dinyatakan dalam persen, 1 sampai 100."


def module_faults(module: Module, today: date) -> list[Fault]:
    """Why a module must not be published on `today`; empty when it is sound."""
    laws = Laws(module.citations, today, module.rules)
    return [
        *register.citation_faults(module.citations),
        *_names(module),
        *_titles(module),
        *_parts(module),
        *_topics(module),
        *_policy(module),
        *_lessons(module, laws),
        *_scenarios(module, laws),
        *_questions(module, laws),
        *_pictures(module),
    ]


def register_faults(found: Register, today: date) -> list[Fault]:
    """Why the register of law must not be published on `today`; empty when it is sound."""
    return register.faults(found, today)


def pact_faults(pact: PactText, today: date) -> list[Fault]:
    """Why the text of a pact must not be published on `today`; empty when it is sound."""
    told: list[tuple[Where, str]] = [(("opening",), pact.opening), (("closing",), pact.closing)]
    told += [(("clauses", index, "text"), clause.text) for index, clause in enumerate(pact.clauses)]
    laws = Laws(pact.citations, today)
    return [
        *register.citation_faults(pact.citations),
        *names.faults(("slug",), [pact.slug]),
        *names.faults(("clauses",), [clause.id for clause in pact.clauses]),
        *([] if pact.clauses else [Fault(("clauses",), "Pakta memerlukan sedikitnya satu butir.")]),
        *laws.proven(("cites",), pact.cites),
        *laws.dated(("cites",), pact.cites, *(text for _, text in told)),
        *(fault for where, text in told for fault in wording.label_faults(where, Prose(text))),
    ]


def _names(module: Module) -> Iterator[Fault]:
    yield from names.faults(("slug",), [module.slug])
    for name in ("citations", "topics", "lessons", "scenarios", "questions", "pictures"):
        yield from names.faults((name,), [each.id for each in getattr(module, name)])


def _titles(module: Module) -> Iterator[Fault]:
    told: list[tuple[Where, str]] = [(("title",), module.title), (("summary",), module.summary)]
    for name in ("topics", "lessons", "scenarios"):
        told += [((name, index, "title"), each.title) for index, each in enumerate(getattr(module, name))]
    told += [(("scenarios", index, "summary"), each.summary) for index, each in enumerate(module.scenarios)]
    for where, text in told:
        yield from wording.label_faults(where, Prose(text))


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
        yield Fault(("quiz", "pass_percent"), PERCENT)
    least = {"questions": 1, "minutes": 1, "attempts": 1, "grace_seconds": 0, "wait_minutes": 0}
    for name, bound in least.items():
        if getattr(policy, name) < bound:
            yield Fault(("quiz", name), f"Nilai ini sedikitnya {bound}.")
    if policy.per_page not in PER_PAGE:
        yield Fault(("quiz", "per_page"), "Soal satu halaman adalah 1 atau 5.")
    yield from _must_pass(policy)
    yield from supply.faults(module)


def _must_pass(policy: QuizPolicy) -> Iterator[Fault]:
    drawn, named = {line.topic for line in policy.blueprint}, Counter(each.topic for each in policy.must_pass)
    for index, mark in enumerate(policy.must_pass):
        place = ("quiz", "must_pass", index)
        if not 1 <= mark.percent <= 100:
            yield Fault((*place, "percent"), PERCENT)
        if mark.topic not in drawn:
            yield Fault((*place, "topic"), f"Topik “{mark.topic}” tidak diujikan oleh blueprint.")
        elif named[mark.topic] > 1:
            yield Fault((*place, "topic"), f"Topik “{mark.topic}” tercantum lebih dari satu kali.")


def _lessons(module: Module, laws: Laws) -> Iterator[Fault]:
    for index, lesson in enumerate(module.lessons):
        where = ("lessons", index)
        if not lesson.cites:
            yield Fault((*where, "cites"), "Pelajaran memerlukan sedikitnya satu rujukan.")
        yield from laws.known((*where, "cites"), lesson.cites)
        yield from laws.covered((*where, "covers"), lesson.covers)
        yield from laws.told((*where, "body"), lesson.body, lesson.cites)
        yield from laws.uncited((*where, "body"), lesson.body)


def _scenarios(module: Module, laws: Laws) -> Iterator[Fault]:
    for index, scenario in enumerate(module.scenarios):
        yield from scenes.faults(scenario, ("scenarios", index), module, laws)


def _questions(module: Module, laws: Laws) -> Iterator[Fault]:
    for index, question in enumerate(module.questions):
        yield from questions.faults(question, ("questions", index), laws)
        yield from pictures.mention_faults(question, ("questions", index), module.picture_by_id)
    for sentence in measures.faults(measures.measure(module.questions)):
        yield Fault(("questions",), sentence)


def _pictures(module: Module) -> Iterator[Fault]:
    for index, picture in enumerate(module.pictures):
        yield from pictures.faults(picture, ("pictures", index, "svg"))

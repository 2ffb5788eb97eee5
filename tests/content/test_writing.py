"""What is published can be had back as files, and the files say the same, byte for byte."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearn.content import archive, rendering, source, writing
from elearn.content.modules import Module, Part, PartKind, Picture
from elearn.content.questions import Group, QuestionKind
from elearn.content.rules import Line, Prose
from elearn.content.source import Source
from elearn.content.stories.scenes import Aside, Condition, Route, Scene, Variable, Variant
from elearn.content.versions import fingerprint
from elearn.content.writing import Files
from tests.factories.content import a_choice, a_module, a_pact, a_question, a_register, a_scenario, an_ending

TODAY = date(2026, 11, 21)
REAL = Path(__file__).resolve().parents[2] / "content"


@pytest.fixture(scope="module")
def real() -> Source:
    """The content of this repository."""
    return source.load(REAL, TODAY)


def reread(files: Files, known: Source) -> Source:
    """What the files say once they have been packed and unpacked."""
    with archive.unpacked(archive.packed(files)) as root:
        return source.load(root, TODAY, known.register, [pact.slug for pact in known.pacts])


def test_every_real_module_comes_back(real: Source) -> None:
    """Written, packed, unpacked and read again, each module and each pact has the fingerprint it had."""
    for module in real.modules:
        published = rendering.rendered_module(module)
        again = reread(writing.module_files(published), real)
        assert [fingerprint(published)] == [fingerprint(rendering.rendered_module(each)) for each in again.modules]
    for pact in real.pacts:
        assert [pact] == list(reread(writing.pact_files(pact), real).pacts)


def test_the_real_register_comes_back(real: Source) -> None:
    """Instruments, citations with the dates they have from them, and rules are the same."""
    assert real.register == reread(writing.register_files(real.register), real).register


def test_everything_a_module_can_hold_comes_back() -> None:
    """Variables, variants, routes, asides, effects, groups, drawings and an optional part survive."""
    route = Route(
        "buruk", (Condition(variable="risiko", at_least=40), Condition(variant="penyebar", value="tetangga"))
    )
    choice = a_choice("maju", "baik", effects={"risiko": 15}, when=(Condition(chose="awal/maju"),), routes=(route,))
    aside = Aside(Prose("Tetangga melihat.\n\nLalu pergi."), (Condition(variable="risiko", below=10),))
    opening = Scene(
        "awal", "Sabtu", Prose("Sore."), (choice,), asides=(aside,), picture="ponsel", alt="Sebuah ponsel."
    )
    scenario = a_scenario(
        scenes=(opening, an_ending("baik"), an_ending("buruk")),
        variables=(Variable("risiko", "Risiko sanksi", 10, is_good=False),),
        variants=(Variant("penyebar", ("tetangga", "wali-murid")),),
        covers=("P-01",),
    )
    groups = (Group("boleh", Line("Boleh")), Group("tidak", Line("Tidak boleh")))
    module = a_module(
        scenarios=(scenario,),
        parts=(Part(PartKind.LESSON, "mengapa-netral"), Part(PartKind.SCENARIO, "satu-jempol", optional=True)),
        questions=(a_question("soal-1", kind=QuestionKind.CLASSIFY, groups=groups, covers=("P-01",)),),
        pictures=(Picture("ponsel", "<svg/>"),),
        citations=a_register().citations,
    )
    known = Source((), (a_pact(),), (), a_register())
    found = reread(writing.module_files(module), known)
    assert [module.scenarios, module.parts, module.questions, module.pictures, module.quiz] == [
        getattr(found.modules[0], name) for name in ("scenarios", "parts", "questions", "pictures", "quiz")
    ]
    assert [True] == [part.optional for part in found.modules[0].parts if part.kind is PartKind.SCENARIO]


def test_the_order_of_lessons_and_questions_is_kept() -> None:
    """Names that would sort otherwise are numbered, as `a-b.md` before `a.md`; a topic may return."""
    lesson = a_module().lessons[0]
    questions = tuple(a_question(f"soal-{n}", topic=t) for n, t in enumerate(("medsos", "dasar", "medsos")))
    lessons = tuple(replace(lesson, id=name) for name in ("hak", "hak-bebas", "awal"))
    module = a_module(questions=questions, lessons=lessons)
    found = reread(writing.module_files(module), Source((), (), (), a_register())).modules[0]
    assert [lesson.id for lesson in module.lessons] == [lesson.id for lesson in found.lessons]
    assert [question.id for question in questions] == [question.id for question in found.questions]


TYPED = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), include_characters="\n\t"), max_size=60)


@settings(max_examples=150, deadline=None)
@given(TYPED.map(str.rstrip), TYPED, TYPED.map(str.strip))
def test_any_text_comes_back(prose: str, summary: str, body: str) -> None:
    """Quotes, colons, dashes, empty lines, leading spaces and foreign letters are no danger to the files."""
    lesson = a_module().lessons[0]
    choice = a_choice("maju", "baik", text=Line(prose), why=Prose(prose))
    scenario = a_scenario(scenes=(Scene("awal", summary, Prose(prose), (choice,)),))
    module: Module = a_module(
        summary=summary,
        scenarios=(scenario,),
        lessons=(replace(lesson, title=summary, body=Prose(body)),),
    )
    found = reread(writing.module_files(module), Source((), (), (), a_register())).modules[0]
    assert (module.summary, module.scenarios, module.lessons) == (found.summary, found.scenarios, found.lessons)

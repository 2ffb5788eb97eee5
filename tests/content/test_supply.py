"""Whether a bank can fill the papers of a quiz."""

from dataclasses import replace

import pytest

from elearn.content import supply
from elearn.content.modules import Module
from elearn.content.questions import Draw, Question
from tests.factories.content import a_module, a_policy, a_question


def bank(**levels: int) -> tuple[Question, ...]:
    """So many questions of each difficulty of the topic `dasar`: easy, medium, hard."""
    counts = [(1, levels.get("easy", 0)), (2, levels.get("medium", 0)), (3, levels.get("hard", 0))]
    return tuple(a_question(f"s{level}-{n}", difficulty=level) for level, count in counts for n in range(count))


def a_plan(*lines: Draw, **levels: int) -> Module:
    """A module with this blueprint and that bank."""
    return a_module(questions=bank(**levels), quiz=a_policy(blueprint=lines))


def sentences(module: Module) -> list[tuple[tuple, str]]:
    """What is wrong, with its place below the blueprint."""
    return [(fault.where[2:], fault.sentence) for fault in supply.faults(module)]


SOUND = [
    a_plan(Draw("dasar", 2), easy=4),
    a_plan(Draw("dasar", 1, 1), Draw("dasar", 1, 3), Draw("dasar", 1), easy=4, hard=2),
    a_plan(Draw("dasar", 2, fixed=("s1-0", "s1-1")), easy=2),
    a_plan(Draw("dasar", 2, 1, fixed=("s1-0",)), easy=3),
]


@pytest.mark.parametrize("module", SOUND)
def test_a_bank_with_room_is_sound(module: Module) -> None:
    """Any difficulty, each its own, fixed ones."""
    assert [] == sentences(module)


FAULTY = [
    (a_plan(Draw("dasar", 2), easy=3), (0,), "berisi 3, perlu sedikitnya 4"),
    (a_plan(Draw("dasar", 2, 3), easy=9, hard=3), (0,), "tingkat kesulitan 3 berisi 3, perlu sedikitnya 4"),
    (a_plan(Draw("dasar", 1, 1), Draw("dasar", 2), easy=5), (1,), "berisi 5, perlu sedikitnya 6"),
    (a_plan(Draw("dasar", 1, 1), Draw("dasar", 1, 1), easy=3), (0,), "perlu sedikitnya 4"),
    (a_plan(Draw("dasar", 2, fixed=("s1-0",)), easy=2), (0,), "berisi 1, perlu sedikitnya 2"),
    (a_plan(Draw("dasar", 1, fixed=("s1-0", "s1-1")), easy=9), (0, "fixed"), "lebih banyak daripada draw"),
    (a_plan(Draw("dasar", 1, fixed=("s9",)), easy=9), (0, "fixed", 0), "tidak ada di bank soal"),
    (a_plan(Draw("dasar", 1, 2, fixed=("s1-0",)), easy=9, medium=9), (0, "fixed", 0), "bukan dari topik"),
    (a_plan(Draw("dasar", 2, fixed=("s1-0", "s1-0")), easy=9), (0, "fixed", 0), "lebih dari satu kali"),
    (a_plan(Draw("dasar", 1, 4), easy=9), (0, "difficulty"), "1, 2, atau 3"),
    (a_plan(Draw("dasar", 0), easy=9), (0, "draw"), "sedikitnya 1"),
]


@pytest.mark.parametrize(("module", "where", "word"), FAULTY, ids=[word for _, _, word in FAULTY])
def test_each_fault_is_found_at_its_place(module: Module, where: tuple, word: str) -> None:
    """Too few, of the wrong difficulty, fixed ones that are not there."""
    assert any(where == place and word in sentence for place, sentence in sentences(module)), sentences(module)


def test_fresh_papers_are_counted_by_the_scarcest_line() -> None:
    """Four easy ones at one a paper, six hard ones at two."""
    module = a_plan(Draw("dasar", 1, 1), Draw("dasar", 2, 3), easy=4, hard=6)
    assert 3 == supply.fresh_papers(module)
    fixed = replace(module.quiz, blueprint=(Draw("dasar", 1, fixed=("s1-0",)),))
    assert 1 == supply.fresh_papers(replace(module, quiz=fixed))

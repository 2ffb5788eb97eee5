"""The real content, read once: sound today, complete, and as rich as it is meant to be."""

from datetime import date
from pathlib import Path

import pytest

from elearn.content import coverage, source
from elearn.content.law import Register
from elearn.content.questions import QuestionKind
from elearn.content.source import Source

TODAY = date(2026, 11, 21)
REAL = Path(__file__).resolve().parents[2] / "content"
MODULES = {"netralitas-asn", "netralitas-medsos", "netralitas-non-asn", "netralitas-pejabat"}
RULES = {
    f"{letter}-{number:02}" for letter, last in (("P", 28), ("W", 13), ("H", 17)) for number in range(1, last + 1)
}


@pytest.fixture(scope="module")
def real() -> Source:
    """What `content/` says on the day of the tests."""
    return source.load(REAL, TODAY)


@pytest.fixture(scope="module")
def register(real: Source) -> Register:
    """The register of law in it."""
    assert real.register is not None
    return real.register


def test_the_content_of_this_repository_is_sound(real: Source) -> None:
    """What `flask content check` proves, proven with every run of the tests."""
    assert [] == [str(complaint) for complaint in real.complaints]


def test_no_rule_is_missing_from_the_register(register: Register) -> None:
    """28 prohibitions, 13 permissions, 17 steps of procedure."""
    assert RULES == {rule.id for rule in register.rules}


def test_every_proven_rule_is_taught_and_asked(real: Source, register: Register) -> None:
    """What `flask content coverage` proves."""
    assert [] == [row.rule.id for row in coverage.gaps(coverage.matrix(register.rules, real.modules))]


def test_there_is_a_module_for_everybody(real: Source) -> None:
    """Every ASN, users of social media, officials, and those who are no ASN."""
    assert MODULES == {module.slug for module in real.modules}


def test_there_are_stories_and_questions_enough(real: Source) -> None:
    """Twenty stories, 240 questions, of every kind and every difficulty."""
    questions = [question for module in real.modules for question in module.questions]
    assert sum(len(module.scenarios) for module in real.modules) >= 20
    assert len(questions) >= 240
    assert set(QuestionKind) == {question.kind for question in questions}
    assert {1, 2, 3} == {question.difficulty for question in questions}


def test_the_way_of_every_asn_takes_30_to_40_minutes(real: Source) -> None:
    """As the learner is told."""
    (module,) = (each for each in real.modules if each.slug == "netralitas-asn")
    assert 30 <= module.minutes <= 40

"""Every rule that is proven is taught by a lesson and asked by two questions; advice is free."""

from dataclasses import replace

import pytest

from elearn.content import coverage
from elearn.content.law import Confidence
from elearn.content.modules import Module
from tests.factories.content import a_lesson, a_module, a_question, a_rule, a_scenario


def a_module_covering(rule_id: str, questions: int = 2) -> Module:
    """A module with one lesson, one story and some questions on a rule."""
    covers = (rule_id,)
    bank = tuple(replace(each, covers=covers) for each in a_module().questions[:questions])
    return a_module(lessons=(a_lesson(covers=covers),), scenarios=(a_scenario(covers=covers),), questions=bank)


def test_a_row_names_every_part_with_its_module() -> None:
    """Ids are only unique within a module."""
    (row,) = coverage.matrix([a_rule("P-01")], [a_module_covering("P-01"), a_module(slug="lain")])
    assert ("netralitas-asn/mengapa-netral",) == row.lessons
    assert ("netralitas-asn/satu-jempol",) == row.scenarios
    assert ("netralitas-asn/dasar-1", "netralitas-asn/dasar-2") == row.questions
    assert row.is_covered


@pytest.mark.parametrize(
    ("modules", "expected"),
    [
        ([a_module_covering("P-01")], []),
        ([a_module_covering("P-01", questions=1)], ["P-01"]),
        ([a_module_covering("P-01", questions=1), a_module_covering("P-01", questions=1)], []),
        ([a_module(questions=(a_question(covers=("P-01",)), a_question("b", covers=("P-01",))))], ["P-01"]),
        ([a_module_covering("P-02")], ["P-01"]),
        ([], ["P-01"]),
    ],
)
def test_a_gap_is_a_rule_not_taught_or_asked_once(modules: list[Module], expected: list[str]) -> None:
    """Counted over all modules; a story alone teaches nothing."""
    assert expected == [row.rule.id for row in coverage.gaps(coverage.matrix([a_rule("P-01")], modules))]


def test_advice_may_go_without() -> None:
    """What rests on C is never required."""
    (row,) = coverage.matrix([a_rule("W-13", confidence=Confidence.C)], [])
    assert (False, True) == (row.is_required, row.is_covered)


def test_the_plain_form_has_stable_names() -> None:
    """Other programs read it."""
    plain = coverage.plain(coverage.matrix([a_rule("P-01"), a_rule("P-05")], [a_module_covering("P-01")]))
    names = ["id", "kind", "text", "confidence", "lessons", "scenarios", "questions", "is_covered"]
    assert (["rules", "gaps"], ["P-05"]) == (list(plain), plain["gaps"])
    assert [names, names] == [list(row) for row in plain["rules"]]
    assert ("larangan", "B", True) == tuple(plain["rules"][0][name] for name in ("kind", "confidence", "is_covered"))


def test_a_gap_is_told_with_its_counts() -> None:
    """The writer sees what is missing."""
    (row,) = coverage.matrix([a_rule("P-01")], [a_module_covering("P-01", questions=1)])
    assert "“P-01” belum cukup diajarkan dan ditanyakan (pelajaran 1, soal 1;" in coverage.shortfall(row)

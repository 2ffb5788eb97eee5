"""Who gave which answer."""

import pytest

from elearn.assessment import distractors
from elearn.assessment.distractors import Given
from elearn.assessment.figures import Third
from elearn.content.questions import QuestionKind
from tests.factories.content import a_question
from tests.factories.items import a_question_of


def given(strong: str, middle: str, weak: str) -> list[Given]:
    """The options chosen in each third, a letter a paper; a space was left open."""
    groups = {Third.STRONG: strong, Third.MIDDLE: middle, Third.WEAK: weak}
    return [(third, (letter,) if letter != " " else ()) for third, letters in groups.items() for letter in letters]


def test_shares_of_all_and_of_each_third() -> None:
    """Every option in the order of the file, then what was left open."""
    found = distractors.lines(a_question(), given("aaaaa", "aaabb", "abbb "))
    told = [(line.is_right, line.count, line.thirds[Third.STRONG], line.thirds[Third.WEAK]) for line in found]
    assert [(True, 9, 1.0, 0.2), (False, 5, 0.0, 0.6), (False, 0, 0.0, 0.0), (False, 1, 0.0, 0.2)] == told
    assert (9 / 15, "Tidak dijawab") == (found[0].share, found[-1].html)
    assert ["", "", "Hampir tidak ada yang memilihnya.", ""] == [line.remark for line in found]


def test_a_wrong_option_the_strong_prefer_is_pointed_out() -> None:
    """So is a key that the weak prefer: perhaps the key is wrong."""
    found = distractors.lines(a_question(), given("bbbba", "abc", "aaaac"))
    assert "Yang lemah lebih sering memilihnya daripada yang kuat." == found[0].remark
    assert "Yang kuat lebih sering memilihnya; mungkin ini juga benar." == found[1].remark


def test_a_small_third_is_not_told() -> None:
    """Of four papers no share is shown."""
    found = distractors.lines(a_question(), given("aaaa", "a" * 5, "b" * 5))
    assert (None, 1.0) == (found[0].thirds[Third.STRONG], found[0].thirds[Third.MIDDLE])


@pytest.mark.parametrize("kind", QuestionKind)
def test_every_kind_has_its_lines(kind: QuestionKind) -> None:
    """Options chosen, options put somewhere, numbers given; as many right ones as the key has."""
    from elearn.content import items

    question = a_question_of(kind)
    right = tuple(sorted(items.right_answer(question)))
    found = distractors.lines(question, [(Third.STRONG, right)] * 6)
    assert len(right) == sum(line.is_right for line in found)
    assert all(line.share == 1.0 for line in found if line.is_right)

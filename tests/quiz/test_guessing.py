"""What blind guessing earns, for every kind of question."""

import pytest

from elearn.content import items
from elearn.content.questions import QuestionKind
from elearn.quiz import guessing
from tests.factories.items import a_question_of

WHOLE = {
    QuestionKind.SINGLE: 1 / 4,
    QuestionKind.MULTIPLE: 1 / 31,
    QuestionKind.TRUE_FALSE: 1 / 4,
    QuestionKind.CLASSIFY: 1 / 81,
    QuestionKind.MATCH: 1 / 24,
    QuestionKind.ORDER: 1 / 24,
    QuestionKind.NUMERIC: None,
}


@pytest.mark.parametrize("kind", QuestionKind)
def test_one_of_all_answers_is_right(kind: QuestionKind) -> None:
    """Without partial credit a guess earns the share of right answers among all that can be given."""
    question = a_question_of(kind)
    expected = WHOLE[kind]
    assert (None if expected is None else pytest.approx(expected)) == guessing.score(question, is_partial=False)


@pytest.mark.parametrize("kind", [kind for kind in QuestionKind if kind is not QuestionKind.NUMERIC])
def test_every_guess_is_an_answer_the_page_would_take(kind: QuestionKind) -> None:
    """None twice, and each one complete."""
    question = a_question_of(kind)
    guesses = list(guessing.answers(question))
    assert len(guesses) == len(set(guesses))
    assert [] == [guess for guess in guesses if items.misfit(question, sorted(guess))]
    assert all(items.is_complete(question, sorted(guess)) for guess in guesses)


@pytest.mark.parametrize("kind", [kind for kind in QuestionKind if kind is not QuestionKind.NUMERIC])
def test_partial_credit_makes_guessing_worth_no_less(kind: QuestionKind) -> None:
    """Yet never worth more than a third of the points."""
    question = a_question_of(kind)
    whole, partial = (guessing.score(question, is_partial=each) for each in (False, True))
    assert whole is not None
    assert partial is not None
    assert whole <= partial < 0.34

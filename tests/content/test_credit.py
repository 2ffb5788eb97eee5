"""What an answer earns that is partly right, and that guessing alike earns nothing."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.content import credit, items
from elearn.content.questions import Group, Question, QuestionKind
from elearn.content.rules import Line
from tests.content.test_items import answers
from tests.factories.items import a_question_of, an_option, chosen, grouped

MULTIPLE, CLASSIFY, MATCH, ORDER = (
    QuestionKind.MULTIPLE,
    QuestionKind.CLASSIFY,
    QuestionKind.MATCH,
    QuestionKind.ORDER,
)


@pytest.mark.parametrize(
    ("kind", "answer", "expected"),
    [
        (MULTIPLE, ["a", "d"], Fraction(1)),
        (MULTIPLE, ["a"], Fraction(1, 2)),
        (MULTIPLE, ["a", "d", "b"], Fraction(2, 3)),
        (MULTIPLE, ["a", "b"], Fraction(1, 6)),
        (MULTIPLE, ["b", "c"], Fraction(0)),
        (CLASSIFY, ["a=boleh", "b=tidak", "c=boleh", "d=boleh"], Fraction(1, 2)),
        (CLASSIFY, ["a=boleh", "b=tidak", "c=boleh"], Fraction(1, 2)),
        (CLASSIFY, ["a=tidak", "b=boleh"], Fraction(0)),
        (MATCH, ["a=ringan", "b=sedang", "c=pidana"], Fraction(1, 2)),
        (MATCH, ["a=ringan", "b=berat", "c=sedang"], Fraction(0)),
        (ORDER, ["a=1", "b=2", "c=4", "d=3"], Fraction(2, 3)),
        (ORDER, ["a=2", "b=1", "c=4", "d=3"], Fraction(1, 3)),
        (ORDER, ["a=4", "b=3", "c=2", "d=1"], Fraction(0)),
        (ORDER, ["a=1", "b=2", "c=3"], Fraction(0)),
        (QuestionKind.SINGLE, ["a"], Fraction(0)),
        (QuestionKind.SINGLE, ["b"], Fraction(1)),
        (QuestionKind.NUMERIC, ["14"], Fraction(1)),
        (QuestionKind.NUMERIC, ["13"], Fraction(0)),
    ],
)
def test_each_kind_earns_its_share(kind: QuestionKind, answer: list[str], expected: Fraction) -> None:
    """The shares of the documentation, worked out by hand."""
    assert expected == credit.of(a_question_of(kind), answer)


@given(answers())
def test_a_share_lies_between_nothing_and_the_whole_that_only_the_right_answer_earns(
    pair: tuple[Question, list[str]],
) -> None:
    """Whatever a page can send."""
    question, answer = pair
    share = credit.of(question, answer)
    assert 0 <= share <= 1
    assert (share == 1) == items.is_right(question, answer)
    assert 0 == credit.of(question, [])


letters = st.integers(3, 5).map(lambda count: "abcde"[:count])


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """A question whose options may stand alike somewhere: any key."""
    kind, ids = draw(st.sampled_from([MULTIPLE, CLASSIFY, MATCH])), draw(letters)
    if kind is MULTIPLE:
        right = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=len(ids) - 1, unique=True))
        return a_question_of(MULTIPLE, options=chosen(*right, of=ids))
    names = [f"k{number}" for number in range(len(ids) if kind is MATCH else draw(st.integers(2, 4)))]
    homes = names if kind is MATCH else [draw(st.sampled_from(names)) for _ in ids]
    groups = tuple(Group(name, Line(name)) for name in names)
    return a_question_of(kind, options=grouped(**dict(zip(ids, homes, strict=True))), groups=groups)


@given(questions(), st.data())
def test_who_answers_everything_alike_earns_nothing(question: Question, data: st.DataObject) -> None:
    """Everything ticked, everything under one heading, unless that is the right answer."""
    ids = [option.id for option in question.options]
    if items.is_put(question):
        place = data.draw(st.sampled_from(items.places(question)))
        answer = [items.put(each, place) for each in ids]
    else:
        answer = ids
    assert items.is_right(question, answer) or 0 == credit.of(question, answer)


def test_who_leaves_the_steps_as_they_lie_earns_as_often_too_much_as_too_little() -> None:
    """Over all orders in which four steps can be shown, the shares before the floor cancel out."""
    question = a_question_of(ORDER, options=tuple(an_option(each) for each in "abcd"))
    backwards = [items.put(each, str(4 - place)) for place, each in enumerate("abcd")]
    assert 0 == credit.of(question, backwards)

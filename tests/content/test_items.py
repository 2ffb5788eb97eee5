"""Every kind of question: what it needs, what answers it, and how a form says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.content import items
from elearn.content.questions import Question, QuestionKind
from tests.factories.items import a_number, a_question_of, an_option, one_of_each

SINGLE, MULTIPLE, TRUE_FALSE = QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TRUE_FALSE
CLASSIFY, MATCH, ORDER = QuestionKind.CLASSIFY, QuestionKind.MATCH, QuestionKind.ORDER
NUMERIC = QuestionKind.NUMERIC

kinds = st.sampled_from(QuestionKind)
RIGHT = {
    SINGLE: {"b"},
    MULTIPLE: {"a", "d"},
    TRUE_FALSE: {"c"},
    CLASSIFY: {"a=boleh", "b=tidak", "c=boleh", "d=tahap"},
    MATCH: {"a=ringan", "b=sedang", "c=berat"},
    ORDER: {"a=1", "b=2", "c=3", "d=4"},
    NUMERIC: {"14"},
}


@st.composite
def answers(draw: st.DrawFn) -> tuple[Question, list[str]]:
    """A question of any kind and an answer that its page can send, complete or not."""
    question = a_question_of(draw(kinds))
    ids = [option.id for option in question.options]
    if question.kind in items.ONE_RIGHT:
        return question, [draw(st.sampled_from(ids))]
    if question.kind is NUMERIC:
        return question, [str(draw(st.integers(-999, 999)))]
    some = draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
    if question.kind is MULTIPLE:
        return question, sorted(some)
    where = st.lists(
        st.sampled_from(items.places(question)),
        min_size=len(some),
        max_size=len(some),
        unique=question.kind is ORDER,
    )
    return question, sorted(items.put(*pair) for pair in zip(some, draw(where), strict=True))


@pytest.mark.parametrize("kind", QuestionKind)
def test_the_right_answer_of_each_kind(kind: QuestionKind) -> None:
    """Options chosen, or each at its place."""
    assert RIGHT[kind] == items.right_answer(a_question_of(kind))


@pytest.mark.parametrize("question", one_of_each(), ids=lambda question: question.id)
def test_right_answers_and_slips_are_complete_answers(question: Question) -> None:
    """Each fits the question and is complete; no slip is right, and none comes twice."""
    right, slips = items.right_answer(question), items.slips(question)
    assert items.is_right(question, right)
    assert not any(items.is_right(question, slip) for slip in slips)
    assert len(slips) == len(set(slips)) > 1
    for each in (right, *slips):
        assert items.misfit(question, sorted(each)) is None
        assert items.is_complete(question, sorted(each))


def test_the_slips_of_an_order_swap_neighbours() -> None:
    """Second and first, third and second."""
    options = tuple(an_option(each) for each in "abc")
    expected = [{"b=1", "a=2", "c=3"}, {"a=1", "c=2", "b=3"}]
    assert expected == items.slips(a_question_of(ORDER, options=options))


@given(answers())
def test_what_a_page_can_send_is_an_answer(pair: tuple[Question, list[str]]) -> None:
    """Whatever is ticked, picked or left open."""
    assert items.misfit(*pair) is None


@given(answers())
def test_an_answer_survives_the_way_through_a_form(pair: tuple[Question, list[str]]) -> None:
    """Answer, fields, answer; and the fields are the same again."""
    question, answer = pair
    fields = items.form_fields(question, answer)
    assert answer == items.answer_in(fields)
    assert fields == items.form_fields(question, items.answer_in(fields))


def test_a_form_names_each_field_after_its_option() -> None:
    """`choice` for what is chosen, `choice-<id>` for what is put; empty ones and others say nothing."""
    assert [("choice", "a"), ("choice", "d")] == items.form_fields(a_question_of(MULTIPLE), {"d", "a"})
    assert [("choice-a", "2"), ("choice-b", "1")] == items.form_fields(a_question_of(ORDER), {"b=1", "a=2"})
    sent = [("csrf_token", "x"), ("choice-b", "1"), ("choice-a", ""), ("go", "next"), ("choice-c", "3")]
    assert ["b=1", "c=3"] == items.answer_in(sent)


@pytest.mark.parametrize(
    ("kind", "answer", "sentence"),
    [
        *[(SINGLE, answer, items.PICK_ONE) for answer in ([], ["x"], ["a", "b"], ["a", "a"], ["a=1"])],
        (TRUE_FALSE, ["a", "c"], items.PICK_ONE),
        (TRUE_FALSE, ["salah"], items.PICK_ONE),
        *[(MULTIPLE, answer, items.PICK_SOME) for answer in ([], ["x"], ["a", "a"], ["a", "z"])],
        *[(CLASSIFY, answer, items.PUT_SOME) for answer in ([], ["a"], ["a=entah"], ["z=boleh"], ["a="])],
        (CLASSIFY, ["a=boleh", "a=tidak"], items.PUT_SOME),
        (MATCH, ["a=ringan", "a=ringan"], items.PUT_SOME),
        *[(ORDER, answer, items.PUT_SOME) for answer in (["a=0"], ["a=5"], ["a=1", "a=2"], ["a=01"])],
        (ORDER, ["a=1", "b=1"], items.NUMBER_TWICE),
    ],
)
def test_what_is_no_answer_gets_a_sentence(kind: QuestionKind, answer: list[str], sentence: str) -> None:
    """None, an unknown one, one too many, one thing twice."""
    assert sentence == items.misfit(a_question_of(kind), answer)


def test_two_may_be_matched_with_the_same() -> None:
    """A mistake to be graded, not to be refused."""
    assert items.misfit(a_question_of(MATCH), ["a=berat", "b=berat"]) is None


@pytest.mark.parametrize("kind", [CLASSIFY, MATCH, ORDER])
def test_an_answer_with_a_gap_is_not_complete(kind: QuestionKind) -> None:
    """It can be kept, and is not right."""
    question = a_question_of(kind)
    answer = sorted(RIGHT[kind])[:-1]
    assert items.misfit(question, answer) is None
    assert not items.is_complete(question, answer)


def test_numbers_are_kept_in_one_form() -> None:
    """A number loses the habits of its writer; other answers are only sorted."""
    assert ["2.5"] == items.normal(a_question_of(NUMERIC), [" 2,50 "])
    assert ["a", "d"] == items.normal(a_question_of(MULTIPLE), ["d", "a"])


TOLERANT = a_question_of(
    NUMERIC, options=(a_number("a", "14", correct=True, tolerance="0,5"), a_number("b", "15"), a_number("c", "2,5"))
)


@pytest.mark.parametrize(
    ("number", "is_right", "meant"),
    [("14", True, "a"), ("14.5", True, "a"), ("13.5", True, "a"), ("14.51", False, None), ("15", False, "b"),
     ("2.5", False, "c"), ("empat", False, None)],
)  # fmt: skip
def test_a_number_near_enough_is_meant(number: str, is_right: bool, meant: str | None) -> None:
    """Within the tolerance it is right; a wrong one that was expected is told apart."""
    option = items.meant_by(TOLERANT, [number])
    assert is_right == items.is_right(TOLERANT, [number])
    assert meant == (option.id if option else None)


@pytest.mark.parametrize(
    ("answer", "word"),
    [([], "satu angka"), (["empat belas"], "satu angka"), (["1.500"], "pemisah ribuan"), (["1", "2"], "satu angka")],
)
def test_what_is_no_number_is_refused_kindly(answer: list[str], word: str) -> None:
    """None, a word, thousands, two."""
    assert word in str(items.misfit(TOLERANT, answer))


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        (SINGLE, {"c"}),
        (TRUE_FALSE, {"a"}),
        (MULTIPLE, {"b", "c"}),
        (CLASSIFY, {"a=tidak", "b=tidak", "c=boleh", "d=boleh"}),
        (MATCH, {"a=berat", "b=sedang", "c=ringan"}),
        (ORDER, {"a=4", "b=3", "c=2", "d=1"}),
        (NUMERIC, {"21"}),
    ],
)
def test_another_key_makes_another_answer_right(kind: QuestionKind, key: set[str]) -> None:
    """The new answer is right, the old one no longer."""
    old = a_question_of(kind)
    new = items.with_key(old, key)
    assert items.is_right(new, key)
    assert not items.is_right(new, items.right_answer(old))
    assert key == items.right_answer(new)


def test_two_answers_of_one_may_both_be_right_by_another_key() -> None:
    """Either alone is right; both at once is no answer."""
    question = items.with_key(a_question_of(SINGLE), {"a", "b"})
    assert items.is_right(question, {"a"})
    assert items.is_right(question, {"b"})
    assert not items.is_right(question, {"c"})

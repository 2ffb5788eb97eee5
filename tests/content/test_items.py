"""Every kind of question: what it needs, what answers it, and how a form says so."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.content import items
from elearn.content.rules import Group, Line, Option, Question, QuestionKind
from tests.factories.items import (
    BY_KIND,
    STAGES,
    VERDICTS,
    a_question_of,
    an_option,
    chosen,
    grouped,
    one_of_each,
    reasons,
)

WHERE = ("questions", 7)
SINGLE, MULTIPLE, TRUE_FALSE = QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TRUE_FALSE
CLASSIFY, MATCH, ORDER = QuestionKind.CLASSIFY, QuestionKind.MATCH, QuestionKind.ORDER

kinds = st.sampled_from(QuestionKind)
RIGHT = {
    SINGLE: {"b"},
    MULTIPLE: {"a", "d"},
    TRUE_FALSE: {"c"},
    CLASSIFY: {"a=boleh", "b=tidak", "c=boleh", "d=tahap"},
    MATCH: {"a=ringan", "b=sedang", "c=berat"},
    ORDER: {"a=1", "b=2", "c=3", "d=4"},
}


@st.composite
def answers(draw: st.DrawFn) -> tuple[Question, list[str]]:
    """A question of any kind and an answer that its page can send, complete or not."""
    question = a_question_of(draw(kinds))
    ids = [option.id for option in question.options]
    if question.kind in items.ONE_RIGHT:
        return question, [draw(st.sampled_from(ids))]
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


def without_feedback(kind: QuestionKind, option_id: str) -> dict[str, Any]:
    """The facts of a question whose one option explains nothing."""
    options = BY_KIND[kind]["options"]
    return {"options": tuple(replace(o, feedback=Line("")) if o.id == option_id else o for o in options)}


@pytest.mark.parametrize("kind", QuestionKind)
def test_a_question_of_each_kind_is_sound(kind: QuestionKind) -> None:
    """The ones the tests use have no fault."""
    assert [] == list(items.faults(a_question_of(kind), WHERE))


FAULTY = [
    (SINGLE, {"options": chosen("a", of="ab")}, ("options",), "memerlukan 3 sampai 4 pilihan; di sini ada 2"),
    (SINGLE, {"options": chosen("a", of="abcde")}, ("options",), "di sini ada 5"),
    (SINGLE, {"options": chosen(of="abc")}, ("options",), "tepat satu; di sini ada 0"),
    (SINGLE, {"options": chosen("a", "b", of="abc")}, ("options",), "tepat satu; di sini ada 2"),
    (SINGLE, without_feedback(SINGLE, "a"), ("options", 0), "feedback"),
    (SINGLE, {"groups": VERDICTS}, ("groups",), "tidak memakai kelompok"),
    (SINGLE, {"options": (*chosen("a", of="ab"), an_option("c", group="x"))}, ("options", 2, "group"), "memakai"),
    (MULTIPLE, {"options": chosen("a", of="abcd")}, ("options",), "sedikitnya dua kunci"),
    (MULTIPLE, {"options": chosen(*"abcd", of="abcd")}, ("options",), "harus keliru"),
    (MULTIPLE, {"options": chosen("a", "b", of="abc")}, ("options",), "4 sampai 6"),
    (MULTIPLE, without_feedback(MULTIPLE, "b"), ("options", 1), "feedback"),
    (TRUE_FALSE, {"groups": STAGES}, ("groups",), "benar dan salah"),
    (TRUE_FALSE, {"options": reasons()[:3]}, ("options",), "memerlukan 4 pilihan; di sini ada 3"),
    (TRUE_FALSE, {"options": tuple(replace(o, correct=True) for o in reasons())}, ("options",), "tepat satu"),
    (TRUE_FALSE, {"options": tuple(replace(o, group="salah") for o in reasons())}, ("options",), "satu alasan"),
    (TRUE_FALSE, without_feedback(TRUE_FALSE, "a"), ("options", 0), "feedback"),
    (CLASSIFY, {"groups": STAGES[:1]}, ("groups",), "2 sampai 4 kelompok"),
    (CLASSIFY, {"groups": (*STAGES[:2], STAGES[0])}, ("groups", 2), "lebih dari satu kali"),
    (CLASSIFY, {"groups": (*STAGES, Group("lain", Line("boleh")))}, ("groups", 3, "text"), "berbunyi sama"),
    (CLASSIFY, {"groups": (*STAGES, Group("Lain", Line("Lain")))}, ("groups", 3), "huruf kecil"),
    (CLASSIFY, {"options": grouped(a="boleh", b="entah", c="tidak")}, ("options", 1, "group"), "“entah” tidak ada"),
    (CLASSIFY, {"options": tuple(an_option(each) for each in "abc")}, ("options", 0, "group"), "“” tidak ada"),
    (CLASSIFY, {"options": (*grouped(a="boleh", b="boleh"), an_option("c", group="boleh", correct=True))},
     ("options", 2, "correct"), "tidak memakai “correct”"),
    (CLASSIFY, without_feedback(CLASSIFY, "c"), ("options", 2), "feedback"),
    (MATCH, {"options": grouped(a="ringan", b="sedang", c="ringan")}, ("options", 2, "group"), "lebih dari satu"),
    (MATCH, {"groups": STAGES[:2], "options": grouped(a="boleh", b="tidak", c="tidak")}, ("groups",), "lebih satu"),
    (MATCH, without_feedback(MATCH, "c"), ("options", 2), "feedback"),
    (ORDER, {"options": tuple(an_option(each) for each in "ab")}, ("options",), "3 sampai 5"),
    (ORDER, {"groups": STAGES}, ("groups",), "tidak memakai kelompok"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "facts", "where", "word"), FAULTY, ids=[f"{f[0].value}: {f[3]}" for f in FAULTY])
def test_each_fault_is_found_at_its_place(kind: QuestionKind, facts: dict, where: tuple, word: str) -> None:
    """Too few, too many, no key, two keys, strange groups, no feedback."""
    faults = list(items.faults(a_question_of(kind, **facts), WHERE))
    assert any((*WHERE, *where) == fault.where and word in fault.sentence for fault in faults), faults


def test_the_steps_of_an_order_need_no_feedback() -> None:
    """The right order explains itself."""
    options = tuple(Option(each, Line(f"Langkah {each}")) for each in "abc")
    assert [] == list(items.faults(a_question_of(ORDER, options=options), WHERE))


@pytest.mark.parametrize("kind", QuestionKind)
def test_the_right_answer_of_each_kind(kind: QuestionKind) -> None:
    """Options chosen, or each at its place."""
    assert RIGHT[kind] == items.right_answer(a_question_of(kind))


@pytest.mark.parametrize("question", one_of_each(), ids=lambda question: question.id)
def test_right_answers_and_slips_are_complete_answers(question: Question) -> None:
    """Each fits the question and is complete; no slip is right, and none comes twice."""
    right, slips = items.right_answer(question), items.slips(question)
    assert right not in slips
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

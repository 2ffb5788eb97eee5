"""What each kind of question demands: options, key, groups, feedback, numbers that can be read."""

from dataclasses import replace
from typing import Any

import pytest

from elearn.content.checks import demands
from elearn.content.questions import Group, Option, QuestionKind
from elearn.content.rules import Line
from tests.factories.items import (
    BY_KIND,
    STAGES,
    VERDICTS,
    a_number,
    a_question_of,
    an_option,
    chosen,
    grouped,
    reasons,
)

WHERE = ("questions", 7)
SINGLE, MULTIPLE, TRUE_FALSE = QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TRUE_FALSE
CLASSIFY, MATCH, ORDER = QuestionKind.CLASSIFY, QuestionKind.MATCH, QuestionKind.ORDER
NUMERIC = QuestionKind.NUMERIC


def numbered(*options: Option) -> dict[str, Any]:
    """The facts of a numeric question with these options."""
    return {"options": options}


RIGHT = a_number("a", "14", correct=True)


def without_feedback(kind: QuestionKind, option_id: str) -> dict[str, Any]:
    """The facts of a question whose one option explains nothing."""
    options = BY_KIND[kind]["options"]
    return {"options": tuple(replace(o, feedback=Line("")) if o.id == option_id else o for o in options)}


@pytest.mark.parametrize("kind", QuestionKind)
def test_a_question_of_each_kind_is_sound(kind: QuestionKind) -> None:
    """The ones the tests use have no fault."""
    assert [] == list(demands.faults(a_question_of(kind), WHERE))


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
    (ORDER, {"options": tuple(an_option(each, tolerance="1") for each in "abc")}, ("options", 0, "tolerance"),
     "tidak memakai “tolerance”"),
    (NUMERIC, numbered(), ("options",), "memerlukan 1 sampai 6 pilihan"),
    (NUMERIC, numbered(a_number("a", "14")), ("options",), "sedikitnya satu angka yang benar"),
    (NUMERIC, numbered(a_number("a", "empat belas", correct=True)), ("options", 0, "text"), "satu angka"),
    (NUMERIC, numbered(a_number("a", "1.500", correct=True)), ("options", 0, "text"), "pemisah ribuan"),
    (NUMERIC, numbered(RIGHT, a_number("b", "14,0")), ("options", 1, "text"), "toleransi pilihan lain"),
    (NUMERIC, numbered(replace(RIGHT, tolerance="2"), a_number("b", "16")), ("options", 1, "text"), "toleransi"),
    (NUMERIC, numbered(replace(RIGHT, tolerance="-1")), ("options", 0, "tolerance"), "di atas nol"),
    (NUMERIC, numbered(replace(RIGHT, tolerance="dua")), ("options", 0, "tolerance"), "di atas nol"),
    (NUMERIC, numbered(replace(RIGHT, tolerance="14")), ("options", 0, "tolerance"), "lebih kecil"),
    (NUMERIC, numbered(replace(RIGHT, group="x")), ("options", 0, "group"), "tidak memakai kelompok"),
    (NUMERIC, without_feedback(NUMERIC, "b"), ("options", 1), "feedback"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "facts", "where", "word"), FAULTY, ids=[f"{f[0].value}: {f[3]}" for f in FAULTY])
def test_each_fault_is_found_at_its_place(kind: QuestionKind, facts: dict, where: tuple, word: str) -> None:
    """Too few, too many, no key, two keys, strange groups, no feedback."""
    faults = list(demands.faults(a_question_of(kind, **facts), WHERE))
    assert any((*WHERE, *where) == fault.where and word in fault.sentence for fault in faults), faults


def test_the_steps_of_an_order_need_no_feedback() -> None:
    """The right order explains itself."""
    options = tuple(Option(each, Line(f"Langkah {each}")) for each in "abc")
    assert [] == list(demands.faults(a_question_of(ORDER, options=options), WHERE))

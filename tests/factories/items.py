"""One sound question of every kind, and what may be answered to it."""

from typing import Any

from elearn.content.questions import Group, Option, Question, QuestionKind
from elearn.content.rules import Line
from tests.factories.content import a_question

STAGES = (
    Group("boleh", Line("Boleh")),
    Group("tidak", Line("Tidak boleh")),
    Group("tahap", Line("Tergantung tahap")),
)
VERDICTS = (Group("benar", Line("Benar")), Group("salah", Line("Salah")))
SANCTIONS = (
    Group("ringan", Line("Hukuman ringan")),
    Group("sedang", Line("Hukuman sedang")),
    Group("berat", Line("Hukuman *berat*")),
    Group("pidana", Line("Pidana pemilihan")),
)


def an_option(option_id: str, **facts: Any) -> Option:
    """An option that says which it is, and why."""
    return Option(option_id, Line(f"Butir {option_id}"), feedback=Line(f"Sebab {option_id}."), **facts)


def chosen(*correct: str, of: str) -> tuple[Option, ...]:
    """Options named by the letters of `of`, of which some are correct."""
    return tuple(an_option(letter, correct=letter in correct) for letter in of)


def grouped(**groups: str) -> tuple[Option, ...]:
    """Options by name, each with the group it belongs to."""
    return tuple(an_option(option_id, group=group) for option_id, group in groups.items())


def a_number(option_id: str, number: str, **facts: Any) -> Option:
    """An option of a numeric question, with a word for who writes it."""
    return Option(option_id, Line(number), feedback=Line(f"Sebab {option_id}."), **facts)


def reasons() -> tuple[Option, ...]:
    """Two reasons why the statement is true and two why it is false, of which `c` is right."""
    groups = {"a": "benar", "b": "benar", "c": "salah", "d": "salah"}
    return tuple(an_option(each, group=group, correct=each == "c") for each, group in groups.items())


BY_KIND: dict[QuestionKind, dict[str, Any]] = {
    QuestionKind.SINGLE: {"options": chosen("b", of="abcd")},
    QuestionKind.MULTIPLE: {"options": chosen("a", "d", of="abcde")},
    QuestionKind.TRUE_FALSE: {"options": reasons(), "groups": VERDICTS},
    QuestionKind.CLASSIFY: {"options": grouped(a="boleh", b="tidak", c="boleh", d="tahap"), "groups": STAGES},
    QuestionKind.MATCH: {"options": grouped(a="ringan", b="sedang", c="berat"), "groups": SANCTIONS},
    QuestionKind.ORDER: {"options": tuple(an_option(each) for each in "abcd")},
    QuestionKind.NUMERIC: {"options": (a_number("a", "14", correct=True), a_number("b", "3"))},
}
"""What makes a question of each kind."""


def a_question_of(kind: QuestionKind, question_id: str = "soal-1", **facts: Any) -> Question:
    """A sound question of a kind."""
    return a_question(question_id, kind=kind, **{**BY_KIND[kind], **facts})


def one_of_each(topic: str = "dasar") -> tuple[Question, ...]:
    """A bank with one question of every kind, named by it."""
    return tuple(a_question_of(kind, kind.value, topic=topic) for kind in QuestionKind)

"""A bank as a whole: keys that lean to a letter, right answers that are known by their length, one kind only."""

from itertools import cycle, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.content.checks import measures
from elearn.content.questions import Option, Question, QuestionKind
from elearn.content.rules import Line
from tests.factories.content import a_question
from tests.factories.items import a_question_of, one_of_each

LONG, SAME, SHORT = 60, 40, 20


def single(key: str = "a", length: int = SAME, options: str = "abcd") -> Question:
    """A question with one right option of this letter and length; the wrong ones have 40 signs."""
    texts = {each: each * (length if each == key else SAME) for each in options}
    return a_question(options=tuple(Option(each, Line(text), correct=each == key) for each, text in texts.items()))


def bank(keys: str = "abcd", lengths: tuple[int, ...] = (SAME,), count: int = 20) -> list[Question]:
    """Single questions whose keys and lengths go round."""
    return [single(*each) for each in islice(zip(cycle(keys), cycle(lengths), strict=False), count)]


def faults(questions: list[Question]) -> list[str]:
    """What is wrong with a bank, besides that it knows single questions only."""
    return [each for each in measures.faults(measures.measure(questions)) if "enis" not in each]


@pytest.mark.parametrize(
    ("questions", "word"),
    [
        (bank("aaab"), "di a pada 75 %"),
        (bank("abc"), "di d pada 0 %"),
        (bank(lengths=(LONG, LONG, SAME, SAME)), "terpanjang pada 50 %"),
        (bank(lengths=(SHORT, SAME)), "terpendek pada 50 %"),
    ],
)
def test_a_habit_is_found(questions: list[Question], word: str) -> None:
    """Keys at one letter, or none at another; the longest, or the shortest, too often right."""
    assert any(word in sentence for sentence in faults(questions)), faults(questions)


@pytest.mark.parametrize(
    "questions",
    [
        bank(),
        bank("aaab", (LONG,), count=19),
        bank(lengths=(LONG, SAME, SAME)),
        bank(lengths=(SHORT, SAME, SAME)),
        [single("a", options="abc") for _ in range(40)],
    ],
)
def test_an_even_or_a_small_bank_is_left_alone(questions: list[Question]) -> None:
    """A third is what chance gives; nineteen questions, or three options, tell nothing of letters."""
    assert [] == faults(questions)


def test_signs_of_markdown_have_no_length() -> None:
    """Bold words are not longer to the reader."""
    question = single("a")
    bold = Option("a", Line(f"**{question.options[0].text.markdown}**"), correct=True)
    assert 0 == measures.measure([a_question(options=(bold, *question.options[1:]))]).longest


def test_a_bank_of_one_kind_is_poor() -> None:
    """Kinds ask for different thoughts."""
    sentences = list(measures.faults(measures.measure(bank())))
    assert ["Bank soal memerlukan sedikitnya 3 jenis soal.",
            "Jenis single mencakup 100 % bank soal; paling banyak 80 %."] == sentences  # fmt: skip


def test_a_mixed_bank_is_not() -> None:
    """Three kinds, none of them nearly alone."""
    others = [a_question_of(kind) for kind in (QuestionKind.MULTIPLE, QuestionKind.ORDER)] * 3
    assert [] == list(measures.faults(measures.measure([*bank(), *others])))


def test_the_figures_are_told() -> None:
    """Counts by kind, shares by letter, shares by length."""
    told = " ".join(measures.told(measures.measure([*bank(lengths=(LONG, SAME)), *one_of_each()])))
    assert "single 21, multiple 1, true-false 1" in told
    assert "dari 21 soal empat pilihan: a 24 %, b 29 %" in told
    assert "terpanjang 48 %, terpendek 0 %" in told
    assert [] != list(measures.told(measures.measure([])))


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(1, 80)), max_size=60))
def test_measures_count_every_question_once(facts: list[tuple[str, int]]) -> None:
    """Letters add up, and no right option is both the longest and the shortest."""
    found = measures.measure([single(*each) for each in facts])
    assert len(facts) == found.total == found.single == found.lettered
    assert found.longest + found.shortest <= len(facts)
    assert sum(length > SAME for _, length in facts) == found.longest

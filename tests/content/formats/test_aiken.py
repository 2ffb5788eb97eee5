"""Aiken, the barest format."""

import pytest

from elearn.content.formats import aiken
from elearn.content.formats.neutral import Bank, Choice, Item, Kind, UnreadableQuestions

TWO = """What is the correct answer to this question?
A. Is it this one?
B. Maybe this answer?
C. Possibly this one?
ANSWER: B

Which LMS has the most quiz import formats?
A) Moodle
B) ATutor
ANSWER: A
"""


def test_the_example_of_the_documentation() -> None:
    """Both signs after the letter, one right option each."""
    first, second = aiken.read(TWO.encode()).items
    assert [("Is it this one?", 0), ("Maybe this answer?", 100), ("Possibly this one?", 0)] == [
        (each.text, each.fraction) for each in first.options
    ]
    assert (Kind.SINGLE, ["Moodle"], ()) == (second.kind, [each.text for each in second.rights], second.losses)


def test_a_question_of_several_lines() -> None:
    """All lines before the first option are the question."""
    (item,) = aiken.read(b"Satu\r\ndua\r\n\r\nA. x\r\nB. y\r\nANSWER: B").items
    assert ("Satu\ndua", 2) == (item.text, len(item.options))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Q\nA. x\nB. y\nANSWER: D", "tidak menunjuk"),
        ("Q\nA. x\nB. y", "ANSWER"),
        ("A. x\nB. y\nANSWER: A", "tidak punya pertanyaan"),
        ("Q\nA. x\nB. y\nC. z\nANSWER: A, C", "beberapa huruf"),
    ],
)
def test_what_is_wrong_is_told(text: str, word: str) -> None:
    """Nothing is passed over."""
    (item,) = aiken.read(text.encode()).items
    assert [True] == [word in loss for loss in item.losses]


def test_what_it_cannot_say_is_lost_and_told() -> None:
    """Feedback is lost; other kinds are not written at all."""
    single = Item(Kind.SINGLE, "Satu **dua**?", (Choice("a", 100, "fb"), Choice("b")))
    order = Item(Kind.ORDER, "Urutkan", (Choice("a", 100), Choice("b", 100)))
    written = aiken.write(Bank((single, order)))
    assert "Satu dua?\nA. a\nB. b\nANSWER: A\n" == written.content.decode()
    assert [1, 1, 2] == [loss.item for loss in written.losses]
    assert "soal jenis “urutkan” tidak ditulis" in written.losses[-1].reason


def test_a_text_that_looks_like_an_option_stays_a_text() -> None:
    """It is quoted."""
    item = Item(Kind.SINGLE, "A. begini", (Choice("ANSWER: B", 100), Choice("b")))
    (read,) = aiken.read(aiken.write(Bank((item,))).content).items
    assert ("“A. begini”", "“ANSWER: B”") == (read.text, read.options[0].text)


def test_question_with_very_many_options_is_refused_before_each_is_read() -> None:
    """More options than a file may have end in a sentence at once."""
    lines = (f"{aiken.LETTERS[place % 26]}. x" for place in range(60_000))
    with pytest.raises(UnreadableQuestions, match="terlalu banyak pilihan"):
        aiken.read("\n".join(["Q", *lines, "ANSWER: A"]).encode())

"""GIFT as its documentation shows it, read as Moodle would, and written so that nothing it can say is lost."""

import contextlib
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.content.formats import gift, gift_writing
from elearn.content.formats.neutral import Bank, Choice, Item, Kind, UnreadableQuestions


def one(text: str) -> Item:
    """The only question of a file."""
    (item,) = gift.read(text.encode()).items
    return item


def told(item: Item) -> list[tuple[str, float, str]]:
    """Its options with what they earn and bring."""
    return [(option.text, option.fraction, option.feedback) for option in item.options]


@pytest.mark.parametrize(
    ("text", "kind", "stem", "options"),
    [
        (
            "Who's buried in Grant's tomb?{~Grant ~Jefferson =no one#Right}",
            Kind.SINGLE,
            "Who's buried in Grant's tomb?",
            [("Grant", 0, ""), ("Jefferson", 0, ""), ("no one", 100, "Right")],
        ),
        (
            "Grant is {~buried =entombed ~living} in Grant's tomb.",
            Kind.SINGLE,
            "Grant is _____ in Grant's tomb.",
            [("buried", 0, ""), ("entombed", 100, ""), ("living", 0, "")],
        ),
        (
            "What two people?{~%-100%No one ~%50%Grant#Yes ~%50%Grant's wife ~%33.33333%Father}",
            Kind.MULTIPLE,
            "What two people?",
            [("No one", -100, ""), ("Grant", 50, "Yes"), ("Grant's wife", 50, ""), ("Father", 33.33333, "")],
        ),
        (
            "Grant is buried.{FALSE#no#yes}",
            Kind.TRUE_FALSE,
            "Grant is buried.",
            [("Benar", 0, "no"), ("Salah", 100, "yes")],
        ),
        ("The sun rises.{T}", Kind.TRUE_FALSE, "The sun rises.", [("Benar", 100, ""), ("Salah", 0, "")]),
        (
            "Two plus two?{=four =%50%4#A word}",
            Kind.SHORT_ANSWER,
            "Two plus two?",
            [("four", 100, ""), ("4", 50, "A word")],
        ),
        ("Write.{}", Kind.ESSAY, "Write.", []),
        ("You can read this.", Kind.DESCRIPTION, "You can read this.", []),
        (
            r"A\=b \~c \{d\} \#e \: f\ng{T}",
            Kind.TRUE_FALSE,
            "A=b ~c {d} #e : f\ng",
            [("Benar", 100, ""), ("Salah", 0, "")],
        ),
        (
            "[html]<p>a <b>b</b></p>{=[plain]*x* ~<i>y</i>}",
            Kind.SINGLE,
            "a **b**",
            [(r"\*x\*", 100, ""), ("*y*", 0, "")],
        ),
        ("[markdown]a *b*{=c ~d}", Kind.SINGLE, "a *b*", [("c", 100, ""), ("d", 0, "")]),
        (
            "Order{>3 ALL VERTICAL ALL_OR_NOTHING\none\ntwo\n}",
            Kind.ORDER,
            "Order",
            [("one", 100, ""), ("two", 100, "")],
        ),
    ],
)
def test_each_kind(text: str, kind: Kind, stem: str, options: list[tuple[str, float, str]]) -> None:
    """As the documentation gives them."""
    item = one(text)
    assert (kind, stem, options, ()) == (item.kind, item.text, told(item), item.losses)


@pytest.mark.parametrize(
    ("answers", "numbers"),
    [
        ("#1822:5", [("1822", "5", 100)]),
        ("#3.1415", [("3.1415", "", 100)]),
        ("#1..5", [("3", "2", 100)]),
        ("#3.141..3.142", [("3.1415", "0.0005", 100)]),
        ("#\n=1822:0#a\n=%50%1822:2#b\n~#c", [("1822", "", 100), ("1822", "2", 50), ("*", "", 0)]),
        ("#-2,5:0.5", [("-2.5", "0.5", 100)]),
    ],
)
def test_numbers(answers: str, numbers: list[tuple[str, str, float]]) -> None:
    """With a tolerance, as a range, several with weights."""
    item = one(f"When?{{{answers}}}")
    assert (Kind.NUMERIC, numbers) == (
        item.kind,
        [(each.text, each.tolerance, each.fraction) for each in item.options],
    )


def test_matching_with_a_partner_for_nobody() -> None:
    """An empty left side is a wrong partner; an empty line inside the braces ends nothing."""
    item = one("Match.{\n=Canada -> Ottawa\n\n=Italy -> Rome\n= -> Paris\n####fb}")
    assert (Kind.MATCH, ("Ottawa", "Rome", "Paris"), "fb") == (item.kind, item.groups, item.general_feedback)
    assert [("Canada", "Ottawa"), ("Italy", "Rome")] == [(each.text, each.group) for each in item.options]
    assert Kind.CLASSIFY is one("Group.{=a -> x =b -> x =c -> y}").kind


def test_names_categories_ids_and_tags() -> None:
    """What stands around a question belongs to it."""
    text = "$CATEGORY: $course$/top/Bab 1\n\n// soal [id:s-1] [tag:satu] [tag:dua]\n"
    text += "::Nama \\: soal::Tanya?{T}\n\nLagi?{F}\n"
    first, second = gift.read(text.encode()).items
    assert ("Bab 1", "Nama : soal", "s-1", ("satu", "dua")) == (first.category, first.title, first.ident, first.tags)
    assert ("Bab 1", "", ()) == (second.category, second.ident, second.tags)


def test_questions_without_an_empty_line_between() -> None:
    """Each has one pair of braces."""
    items = gift.read(b"::a::A?{T}\n::b::B?{F}\nC?{=x ~y}").items
    assert ["A?", "B?", "C?"] == [item.text for item in items]


def test_a_brace_that_was_never_closed_swallows_nothing() -> None:
    """The broken question is told as such; the next ones are read."""
    first, second = gift.read(b"Rusak {=a ~b\n\n::b::B?{F}").items
    assert (Kind.UNKNOWN, 1, Kind.TRUE_FALSE) == (first.kind, len(first.losses), second.kind)


def test_feedback_of_pairs_is_told_as_lost() -> None:
    """GIFT has no place for it."""
    item = Item(Kind.MATCH, "x", (Choice("a", 100, "fb", group="b"), Choice("c", 100, group="d")), groups=("b", "d"))
    assert ["umpan balik per butir" in loss.reason for loss in gift_writing.write(Bank((item,))).losses] == [True]


TEXTS = (
    st.text(alphabet="ab1 ~=#{}:\\*_[]()<>&%/-.\n\"'", min_size=1, max_size=30)
    .map(lambda t: t.strip())
    .filter(lambda t: t and "<" not in t and "&" not in t)
)


@given(st.lists(TEXTS, min_size=3, max_size=6), TEXTS)
def test_whatever_is_written_is_read(words: list[str], stem: str) -> None:
    """Every sign of GIFT is escaped: a question comes back letter by letter."""
    options = tuple(Choice(word, 100.0 if not place else 0.0, words[0]) for place, word in enumerate(words))
    item = Item(Kind.SINGLE, stem, options, title="t", ident="x-1", general_feedback=words[-1], tags=("a:b", "c]d"))
    (read,) = gift.read(gift_writing.write(Bank((item,))).content).items
    assert item == replace(read, losses=())


@pytest.mark.parametrize(
    "text",
    [
        "{a\n" * 300_000,
        "q{=a ~b}\n\n" * 100_000,
        "q{=a " + "~b " * 400_000 + "}",
        "// " + "[id:a" * 400_000 + "\nq{=a ~b}",
    ],
    ids=["never closed", "very many", "very many options", "tags never closed"],
)
def test_text_made_to_take_long_does_not(text: str) -> None:
    """Each of these once took minutes; the time of the process counts, not that of the machine."""
    began = time.process_time()
    with contextlib.suppress(UnreadableQuestions):
        gift.read(text.encode())
    assert time.process_time() - began < 5


def test_category_right_below_a_question_is_no_part_of_it() -> None:
    """As between questions, an empty line may be missing before a category."""
    first, second = gift.read(b"q{=a ~b}\n$CATEGORY: lain\nr{=a ~b}").items
    assert (first.text, first.category, second.text, second.category) == ("q", "", "r", "lain")


def test_second_pair_of_braces_is_told() -> None:
    """Its answers stay in the text of the question, which would give them away unnoticed."""
    assert any("lebih dari satu jawaban" in each for each in one("A is {=x ~z} and B is {=y ~w}").losses)

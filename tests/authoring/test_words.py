"""Two texts in one: nothing is lost, nothing is invented, and little changes are told as little."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from elearn.authoring.words import AROUND, Kind, Run, compared, runs

WORDS = st.lists(st.sampled_from(("ASN", "boleh", "tidak", ",", "memilih", "\n", "–", "Pasal 5")), max_size=30)
TEXTS = WORDS.map(" ".join) | st.text(max_size=40)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_it(before: str, after: str) -> None:
    """Without what was added it is the old text, without what was removed the new one."""
    found = compared(before, after)
    assert before == "".join(run.text for run in found if run.kind is not Kind.ADDED)
    assert after == "".join(run.text for run in found if run.kind is not Kind.REMOVED)
    assert all(one.kind is not other.kind for one, other in pairwise(found))


@given(TEXTS)
def test_the_same_text_stays(text: str) -> None:
    """Nothing is marked where nothing changed."""
    assert {Kind.SAME} >= {run.kind for run in compared(text, text)}


def test_a_word_is_told_as_a_word() -> None:
    """Not the sentence around it, and not its parts; the number of an article is one word."""
    assert [
        Run(Kind.SAME, "Lapor ke "),
        Run(Kind.REMOVED, "KASN"),
        Run(Kind.ADDED, "BKN"),
        Run(Kind.SAME, ", bukan ke kantor."),
    ] == compared("Lapor ke KASN, bukan ke kantor.", "Lapor ke BKN, bukan ke kantor.")
    assert [Kind.REMOVED, Kind.ADDED] == [run.kind for run in compared("uu-20-2023-24", "uu-20-2023-2")]


def test_long_passages_that_stayed_are_cut() -> None:
    """A lesson with one new word shows that word and what stands beside it."""
    rest = "kata " * 200
    found = runs(f"{rest}lama {rest}", f"{rest}baru {rest}")
    assert [Kind.GAP, Kind.SAME, Kind.REMOVED, Kind.ADDED, Kind.SAME, Kind.GAP] == [run.kind for run in found]
    assert max(len(run.text) for run in found) <= AROUND


def test_two_long_strangers_are_told_cheaply() -> None:
    """Where word by word would cost too much, the one goes out and the other comes in."""
    before, after = " ".join(map(str, range(3000))), " ".join(map(str, range(3000, 6000)))
    assert [Kind.REMOVED, Kind.ADDED] == [run.kind for run in compared(before, after)]

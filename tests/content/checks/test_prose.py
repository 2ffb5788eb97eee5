"""Markdown in blocks: nothing is lost, each knows its line, and a list knows the paragraph before it."""

from hypothesis import given
from hypothesis import strategies as st

from elearn.content.checks import prose
from elearn.content.checks.prose import Kind

TEXT = """\
## Judul

Satu paragraf
pada dua baris:

- butir satu
  yang panjang
2. butir dua

> Kutipan
> berlanjut.

| Perbuatan | Akibat |
|---|---|
| Satu | Dua |
"""


def test_blocks_know_kind_line_and_text() -> None:
    """Headings, paragraphs, items, quotations and rows of a table, each as one line."""
    expected = [
        (0, Kind.HEADING, "## Judul"),
        (2, Kind.PARAGRAPH, "Satu paragraf pada dua baris:"),
        (5, Kind.ITEM, "- butir satu yang panjang"),
        (7, Kind.ITEM, "2. butir dua"),
        (9, Kind.PARAGRAPH, "Kutipan berlanjut."),
        (12, Kind.HEADING, "| Perbuatan | Akibat |"),
        (14, Kind.ITEM, "| Satu | Dua |"),
    ]
    assert expected == [(each.offset, each.kind, each.text) for each in prose.blocks(TEXT)]


def test_a_list_hangs_on_the_paragraph_before_it() -> None:
    """Items belong to the paragraph right before them; one without is alone."""
    shape = [(lead.offset, [item.offset for item in items]) for lead, items in prose.passages(TEXT)]
    assert [(0, []), (2, [5, 7]), (9, []), (12, []), (14, [])] == shape


def test_a_quotation_never_swallows_the_paragraph_before_it() -> None:
    """A quotation without an empty line before it is a block of its own."""
    assert ["Satu.", "Dua."] == [each.text for each in prose.blocks("Satu.\n> Dua.")]


def test_sentences_end_with_full_stops_but_not_after_an_abbreviated_number() -> None:
    """“No. 22” is one sentence; closing quotes and stars stay with theirs."""
    assert ["SKB No. 22 berlaku.", "“Ya?”", "Baik."] == [
        each.strip() for each in prose.sentences("SKB No. 22 berlaku. “Ya?” Baik.")
    ]


def test_what_people_say_is_left_out() -> None:
    """Quotes go, even one that is never closed."""
    assert "Ia berkata,  lalu " == prose.unquoted("Ia berkata, “Boleh saja,” lalu “pergi")


@given(st.lists(st.text(alphabet="ab.:>-|# \n", max_size=30), max_size=6).map("\n".join))
def test_no_word_is_lost(markdown: str) -> None:
    """Whatever the Markdown, each letter stands in one block, in order, and offsets rise."""
    found = prose.blocks(markdown)
    letters = "".join(sign for sign in markdown if sign in "ab")
    assert letters == "".join(sign for each in found for sign in each.text if sign in "ab")
    assert sorted({each.offset for each in found}) == [each.offset for each in found]

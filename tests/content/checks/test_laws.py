"""A mention of law stands only when it is known, proven, in force, dated where that matters, and there at all."""

from datetime import date

import pytest

from elearn.content.checks.laws import Laws
from elearn.content.law import Confidence
from elearn.content.rules import Prose
from tests.factories.content import LAW, a_citation, a_rule

TODAY = date(2026, 11, 21)
HERE = ("body",)


def laws(**facts: object) -> Laws:
    """A citation with these facts and one that is only advice, a rule that is proven and one that is advice."""
    advice = a_citation(id="nasihat", confidence=Confidence.C)
    return Laws([a_citation(**facts), advice], TODAY, [a_rule("P-01"), a_rule("W-13", confidence=Confidence.C)])


UNCITED = [
    ("Pembuka.\n\nASN dilarang memihak.", [2]),
    ("ASN dilarang memihak.\n\nLihat aturannya [@x].", [0]),
    ("- ASN dilarang memihak [@x].\n- ASN wajib netral.", [1]),
    ("ASN dilarang:\n\n- berfoto [@x];\n- mengunggah.", [0]),
    ("Berikut aturannya [@x].\n\n- ASN dilarang berfoto.", [2]),
    ("> ASN wajib netral.", [0]),
    ("## Yang dilarang\n\n- Berfoto bersama [@x].\n- Mengunggah.", [3]),
    ("## Yang dilarang\n\nMisalnya:\n\n- mengunggah.", [4]),
    (f"ASN dilarang memihak [@{LAW}].\n\nASN wajib netral [@nasihat].", [2]),
    ("| Siapa | Apa |\n|---|---|\n| ASN | dilarang memihak |", [2]),
]
CITED = [
    "ASN dilarang memihak [@x].",
    "ASN dilarang:\n\n- berfoto [@x];\n- mengunggah [@y].",
    "Menurut edaran itu, ASN dilarang [@x]:\n\n- berfoto;\n- tidak boleh mengunggah.",
    "Anda boleh maju. Urutannya begini.\n\n1. PNS harus mengambil cuti [@x].\n2. PNS mundur [@y].",
    "Ibu Ratmi datang pagi-pagi. Ia membawa kue.",
    "## ASN dilarang memihak\n\nSebuah cerita.",
    "## Yang dilarang\n\n- Berfoto [@x].\n\n## Ingat\n\n- Pulang tepat waktu.",
    "## Tetap boleh\n\nMenurut edaran [@x]:\n\n- memilih.",
]


@pytest.mark.parametrize(("text", "lines"), UNCITED)
def test_a_rule_without_a_citation_is_found_on_its_line(text: str, lines: list[int]) -> None:
    """Neither a neighbour nor half a list lends its citation, and advice carries nothing."""
    assert lines == [fault.offset for fault in laws().uncited(HERE, Prose(text))]


@pytest.mark.parametrize("text", CITED)
def test_a_cited_rule_and_a_story_are_left_alone(text: str) -> None:
    """In the paragraph, in the opening of its list, or in every item of it."""
    assert [] == list(laws().uncited(HERE, Prose(text)))


def test_a_dated_rule_needs_its_date_in_the_same_paragraph() -> None:
    """A date elsewhere on the page does not help."""
    text = f"Pada 30 Oktober 2024 berubah.\n\nHadir dipandang mendukung [@{LAW}]."
    assert [2] == [fault.offset for fault in laws(date_bound=True).told(HERE, Prose(text), (LAW,))]


@pytest.mark.parametrize(
    "text",
    [
        f"Sejak 30 Oktober 2024 hadir dipandang mendukung [@{LAW}].",
        f"Sejak Oktober 2024:\n\n- hadir dipandang mendukung [@{LAW}].",
    ],
)
def test_the_date_may_stand_in_the_paragraph_or_open_its_list(text: str) -> None:
    """Those are read together with the rule."""
    assert [] == list(laws(date_bound=True).told(HERE, Prose(text), (LAW,)))


def test_a_rule_that_never_changed_needs_no_date() -> None:
    """Most of the law is told without one."""
    assert [] == list(laws().told(HERE, Prose(f"ASN wajib netral [@{LAW}]."), (LAW,)))
    assert [] == list(laws().dated(HERE, (LAW,), "Tanpa tanggal."))


def test_what_cites_a_dated_rule_tells_its_date_in_one_of_its_texts() -> None:
    """A choice, a question or a rule of the register is read as a whole."""
    bound = laws(date_bound=True)
    assert [("body", 0)] == [fault.where for fault in bound.dated(HERE, (LAW,), "Satu.", "Dua.")]
    assert [] == list(bound.dated(HERE, (LAW,), "Satu.", "Minggu, 6 Oktober 2024"))


def test_a_former_rule_is_told_as_former() -> None:
    """The same paragraph says that it was repealed."""
    former = laws(in_force_until=date(2023, 10, 31))
    assert list(former.told(HERE, Prose(f"ASN wajib netral [@{LAW}]."), (LAW,)))
    assert [] == list(former.told(HERE, Prose(f"Aturan ini sudah dicabut [@{LAW}]."), (LAW,)))


def test_a_part_covers_known_rules_and_asks_no_advice() -> None:
    """An unknown id, and a rule of confidence C in a question."""
    assert [("body", 1)] == [fault.where for fault in laws().covered(HERE, ("P-01", "P-99"))]
    assert [("body", 1)] == [fault.where for fault in laws().covered(HERE, ("P-01", "W-13"), is_asked=True)]
    assert [] == list(laws().covered(HERE, ("P-01", "W-13")))


@pytest.mark.parametrize(
    ("facts", "expected"), [({}, False), ({"date_bound": True}, True), ({"doubts": "Belum dibaca."}, True)]
)
def test_what_is_disputed_changed_or_is_in_doubt(facts: dict, expected: bool) -> None:
    """The ground of the verdict “diperdebatkan”."""
    assert expected is laws(**facts).is_disputed(LAW)
    assert not laws(**facts).is_disputed("lain")

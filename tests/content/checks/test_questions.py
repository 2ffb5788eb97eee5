"""A question rests on law, tells its date, asks plainly, and answers every mistake by itself."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from elearn.content.checks import questions
from elearn.content.checks.laws import Laws
from elearn.content.law import Confidence
from elearn.content.questions import Group, Question, QuestionKind
from elearn.content.rules import Line, Prose
from tests.factories.content import LAW, a_citation, a_question, a_rule
from tests.factories.items import a_question_of, one_of_each

TODAY = date(2026, 11, 21)
LAWS = Laws([a_citation()], TODAY, [a_rule("P-01"), a_rule("W-13", confidence=Confidence.C)])
DATED = Laws([a_citation(date_bound=True)], TODAY)


def faults(question: Question, laws: Laws = LAWS) -> list[tuple[tuple, str]]:
    """What is wrong, with its place within the question."""
    return [(fault.where[2:], fault.sentence) for fault in questions.faults(question, ("questions", 0), laws)]


def with_option(**facts: Any) -> Question:
    """A question whose second option, a wrong one, has these facts."""
    question = a_question()
    first, second, *rest = question.options
    return replace(question, options=(first, replace(second, **facts), *rest))


def with_right(text: str) -> Question:
    """A question whose right option says this."""
    first, *rest = a_question().options
    return a_question(options=(replace(first, text=Line(text)), *rest))


FAULTY = [
    (a_question(cites=()), ("cites",), "Sedikitnya satu rujukan"),
    (a_question(covers=("P-99",)), ("covers", 0), "tidak ada di rules.yaml"),
    (a_question(covers=("W-13",)), ("covers", 0), "tidak ditanyakan"),
    (a_question(difficulty=4), ("difficulty",), "1, 2, atau 3"),
    (a_question(stem=Prose("")), ("stem",), "kosong"),
    (a_question(explanation=Prose("KASN memeriksa.")), ("explanation",), "KASN"),
    (with_option(text=Line("Yang tepat di soal-1")), ("options", 1, "text"), "berbunyi sama"),
    (with_option(feedback=Line("TEPAT.")), ("options", 1, "feedback"), "feedback yang sama"),
    (with_option(feedback=Line("Lihat [@lain].")), ("options", 1, "feedback"), "tidak ada di cites"),
    (with_option(feedback=Line("")), ("options", 1), "feedback sendiri"),
    (with_option(text=Line("Lihat [@x]")), ("options", 1, "text"), "tidak dapat dipakai"),
    (with_right("Melapor kepada KASN"), ("options", 0, "text"), "KASN"),
    (a_question(groups=(Group("a", Line("[@x]")),)), ("groups", 0, "text"), "tidak dapat dipakai"),
]


@pytest.mark.parametrize(("question", "where", "word"), FAULTY)
def test_each_fault_is_found_at_its_place(question: Question, where: tuple, word: str) -> None:
    """Law, rules, difficulty, words, options, feedback, and what its kind lacks."""
    found = faults(question)
    assert any(where == place and word in sentence for place, sentence in found), found


@pytest.mark.parametrize("question", one_of_each(), ids=lambda question: question.id)
def test_a_sound_question_of_any_kind_has_no_faults(question: Question) -> None:
    """The questions of the tests are sound, with and without rules that they cover."""
    assert [] == faults(replace(question, covers=("P-01",)))


@pytest.mark.parametrize(
    "text",
    ["Semua benar", "semua jawaban salah", "Tidak ada yang benar", "a dan b", "A, b, dan c", "Keduanya salah",
     "Semua di atas", "Salah satu di atas", "Semua pilihan di atas tepat"],
)  # fmt: skip
def test_an_option_that_leans_on_others_is_refused(text: str) -> None:
    """Options are shuffled."""
    assert any("diacak" in sentence for _, sentence in faults(with_option(text=Line(text))))


@pytest.mark.parametrize("text", ["Semua pegawai", "Salah satu pasangan", "Menegur A di kelas", "Tidak ada sanksi"])
def test_an_option_of_its_own_is_left_alone(text: str) -> None:
    """Words like “semua” lean on nothing by themselves."""
    assert [] == faults(with_option(text=Line(text)))


NEGATIVE = [
    "Semua ini dilarang, kecuali?",
    "Manakah yang tidak dilarang?",
    "Sikap mana yang bukan pelanggaran?",
    "Apa yang tidak boleh dilakukan Bu Rina?",
    "Siapa saja yang tidak terikat?",
    "Pernyataan berikut tidak tepat: yang mana?",
    "Manakah pernyataan yang TIDAK tepat?",
]
PLAIN = [
    "Manakah yang **TIDAK** dilarang?",
    "Semua ini dilarang, **KECUALI**?",
    "Pak Amir, yang tidak bertugas, datang. Apa akibatnya?",
    "Semua hadir kecuali Bu Rina. Apa yang tepat?",
    "Apa akibat bagi pegawai yang tidak mendampingi?",
    "Hukuman mana yang berlaku bagi PNS yang tidak mengambil cuti?",
    "Mengapa alasan itu tidak tepat?",
    "Ia bertanya, “Manakah yang tidak dilarang?” Apa jawaban Anda?",
    "Manakah sikap yang tepat bila perintah tidak sesuai aturan?",
]


@pytest.mark.parametrize("stem", NEGATIVE)
def test_a_negative_stem_stands_in_bold_capitals(stem: str) -> None:
    """Whoever reads quickly must not fail over a small word."""
    assert any(("stem",) == place and "tebal" in sentence for place, sentence in faults(a_question(stem=Prose(stem))))


@pytest.mark.parametrize("stem", PLAIN)
def test_a_story_may_deny(stem: str) -> None:
    """Only the sentence that asks counts, and only when it asks for what is not so."""
    assert [] == faults(a_question(stem=Prose(stem)))


def test_a_statement_may_deny() -> None:
    """A true-false question states; it asks for nothing."""
    stem = Prose("ASN tidak hadir di kampanye, kecuali karena tugas.")
    assert [] == faults(a_question_of(QuestionKind.TRUE_FALSE, stem=stem))


def test_a_wrong_answer_and_a_false_statement_may_err() -> None:
    """A distractor may name KASN, and so may a statement that is false."""
    assert [] == faults(with_option(text=Line("Melapor kepada KASN")))
    stem = Prose("KASN menangani laporan netralitas.")
    assert [] == faults(a_question_of(QuestionKind.TRUE_FALSE, stem=stem))
    assert [] != faults(a_question(stem=stem))


def test_a_question_on_a_dated_rule_tells_the_date() -> None:
    """In its stem or its explanation."""
    plain, dated = (
        Prose("ASN hadir diam-diam. Apa akibatnya?"),
        Prose("Pada 10 November 2024 ASN hadir. Apa akibatnya?"),
    )
    explained = Prose(f"Sejak 30 Oktober 2024 dipandang sebagai dukungan [@{LAW}].")
    assert ("cites", 0) in [place for place, _ in faults(a_question(stem=plain), DATED)]
    assert [] == faults(a_question(stem=dated), DATED)
    assert [] == faults(a_question(stem=plain, explanation=explained), DATED)

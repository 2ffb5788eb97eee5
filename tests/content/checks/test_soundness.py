"""Every fault that content can have is found, and sound content has none."""

from dataclasses import replace
from datetime import date

import pytest

from elearn.content.checks import soundness
from elearn.content.law import Confidence
from elearn.content.modules import Module, Part, PartKind, Picture, Topic
from elearn.content.questions import Draw, QuestionKind, TopicMark
from elearn.content.rules import Line, Prose
from tests.factories.content import (
    LAW,
    a_citation,
    a_lesson,
    a_module,
    a_pact,
    a_policy,
    a_question,
    a_scenario,
)
from tests.factories.items import a_question_of, chosen

TODAY = date(2026, 11, 21)
CHOICES = ("scenarios", 0, "scenes", 0, "choices")


def with_body(text: str) -> Module:
    """A module whose first lesson says this."""
    return a_module(lessons=(a_lesson(body=Prose(text)), a_lesson("jejak-digital", "medsos")))


def test_sound_content_has_no_faults() -> None:
    """The small module and pact of the tests are sound."""
    assert [] == soundness.module_faults(a_module(), TODAY)
    assert [] == soundness.pact_faults(a_pact(), TODAY)


FORMER = a_citation(in_force_until=date(2023, 10, 31))
BACKWARD = a_citation(in_force_until=date(2020, 1, 1))
BANK = tuple(a_question_of(QuestionKind.SINGLE, f"soal-{n}", options=chosen("a", of="abcd")) for n in range(20))

FAULTY = [
    (a_module(citations=()), ("questions", 0, "cites", 0), "tidak ada di citations.yaml"),
    (a_module(citations=(a_citation(), a_citation())), ("citations", 1), "lebih dari satu kali"),
    (a_module(citations=(a_citation(replaced_by="x"),)), ("citations", 0, "replaced_by"), "Pengganti"),
    (a_module(citations=(BACKWARD,)), ("citations", 0, "in_force_until"), "mendahului"),
    (a_module(citations=(a_citation(confidence=Confidence.C),)), ("questions", 0, "cites", 0), "bernilai C"),
    (a_module(citations=(a_citation(confidence=Confidence.C),)), (*CHOICES, 0, "cites", 0), "bernilai C"),
    (a_module(citations=(FORMER,)), ("questions", 0, "cites", 0), "tidak berlaku hari ini"),
    (a_module(citations=(FORMER,)), ("lessons", 0, "body"), "tidak berlaku hari ini"),
    (a_module(topics=(Topic("dasar", "Dasar"),)), ("questions", 4, "topic"), "tidak terdaftar"),
    (a_module(topics=(Topic("Dasar Umum", "Dasar"),)), ("topics", 0), "huruf kecil"),
    (a_module(lessons=(a_lesson(), a_lesson())), ("lessons", 1), "lebih dari satu kali"),
    (a_module(parts=(Part(PartKind.LESSON, "x"),)), ("parts", 0), "tidak ada berkasnya"),
    (a_module(parts=(Part(PartKind.LESSON, "mengapa-netral"),)), ("parts",), "tidak tercantum"),
    (a_module(parts=(Part(PartKind.LESSON, "mengapa-netral"),) * 2), ("parts", 1), "lebih dari satu kali"),
    (a_module(quiz=a_policy(questions=5)), ("quiz", "blueprint"), "tepat 5"),
    (a_module(quiz=a_policy(blueprint=(Draw("dasar", 4),))), ("quiz", "blueprint", 0), "sedikitnya 8"),
    (a_module(quiz=a_policy(pass_percent=101)), ("quiz", "pass_percent"), "persen"),
    (a_module(quiz=a_policy(minutes=0)), ("quiz", "minutes"), "sedikitnya 1"),
    (a_module(quiz=a_policy(per_page=3)), ("quiz", "per_page"), "1 atau 5"),
    (a_module(quiz=a_policy(must_pass=(TopicMark("lain", 70),))), ("quiz", "must_pass", 0, "topic"), "diujikan"),
    (a_module(quiz=a_policy(must_pass=(TopicMark("dasar", 0),))), ("quiz", "must_pass", 0, "percent"), "persen"),
    (a_module(quiz=a_policy(must_pass=(TopicMark("dasar", 70),) * 2)), ("quiz", "must_pass", 1, "topic"), "satu"),
    (a_module(quiz=a_policy(blueprint=(Draw("dasar", 4, 3),))), ("quiz", "blueprint", 0), "kesulitan 3 berisi 0"),
    (a_module(questions=(a_question(picture="x"),)), ("questions", 0, "picture"), "tidak ada di pictures"),
    (a_module(questions=(a_question(alt="Meja."),)), ("questions", 0, "alt"), "tidak ada gambar"),
    (a_module(questions=(a_question(if_wrong=Line("Menurut [@lain]."),),)), ("questions", 0, "if_wrong"), "cites"),
    (with_body(f"## Judul\n\nMenurut Pasal 5 begini.\n\nIni [@{LAW}]."), ("lessons", 0, "body"), "tanpa rujukan"),
    (with_body("Ini [@lain]."), ("lessons", 0, "body"), "tidak ada di cites"),
    (with_body(" "), ("lessons", 0, "body"), "kosong"),
    (with_body("ASN wajib netral."), ("lessons", 0, "body"), "menyatakan aturan"),
    (a_module(lessons=(a_lesson(cites=()),)), ("lessons", 0, "cites"), "sedikitnya satu rujukan"),
    (a_module(lessons=(a_lesson(covers=("P-99",)),)), ("lessons", 0, "covers", 0), "rules.yaml"),
    (a_module(title=""), ("title",), "kosong"),
    (a_module(slug="Netralitas ASN"), ("slug", 0), "huruf kecil"),
    (a_module(summary="Laporkan kepada KASN."), ("summary",), "BKN"),
    (a_module(scenarios=(a_scenario(start="x"),)), ("scenarios", 0, "start"), "pembuka"),
    (a_module(scenarios=(a_scenario(covers=("P-99",)),)), ("scenarios", 0, "covers", 0), "rules.yaml"),
    (a_module(questions=(a_question(covers=("P-99",)),)), ("questions", 0, "covers", 0), "rules.yaml"),
    (a_module(questions=(a_question(difficulty=4),)), ("questions", 0, "difficulty"), "1, 2, atau 3"),
    (a_module(questions=BANK), ("questions",), "di a pada 100 %"),
    (a_module(pictures=(Picture("ponsel", "<svg/>"),)), ("pictures", 0, "svg"), "harus milik SVG"),
]  # fmt: skip


@pytest.mark.parametrize(("module", "where", "word"), FAULTY, ids=[word for _, _, word in FAULTY])
def test_each_fault_of_a_module_is_found_at_its_place(module: Module, where: tuple, word: str) -> None:
    """Names, order, policy and lessons, and one of each noun that knows more: law, stories, questions, drawings."""
    faults = soundness.module_faults(module, TODAY)
    assert any(where == fault.where and word in fault.sentence for fault in faults), faults


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({"clauses": ()}, ("clauses",)),
        ({"cites": ()}, ("cites",)),
        ({"cites": ("hilang",)}, ("cites", 0)),
        ({"opening": ""}, ("opening",)),
        ({"citations": (a_citation(confidence=Confidence.C),)}, ("cites", 0)),
    ],
)
def test_each_fault_of_a_pact_is_found_at_its_place(facts: dict, where: tuple) -> None:
    """A pact needs clauses, words, and law that is proven and in force."""
    assert where in [fault.where for fault in soundness.pact_faults(a_pact(**facts), TODAY)]


def test_a_former_rule_may_be_told_as_history() -> None:
    """A lesson may cite what was repealed when the same paragraph says so."""
    told = f"Aturan ini sudah dicabut\ndan diganti [@{LAW}]."
    module = replace(with_body(told), citations=(FORMER,))
    places = [fault.where for fault in soundness.module_faults(module, TODAY)]
    assert ("lessons", 0, "body") not in places


def test_a_fault_within_a_text_knows_its_line() -> None:
    """The offset counts the lines before the paragraph at fault."""
    module = with_body("Satu\nparagraf.\n\n- butir\n- Lihat Pasal 9.")
    assert [4] == [fault.offset for fault in soundness.module_faults(module, TODAY)]

"""Every fault that content can have is found, and sound content has none."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from elearn.content import soundness
from elearn.content.rules import Confidence, Draw, Line, Module, Option, Part, PartKind, Prose, Topic
from tests.factories.content import (
    LAW,
    a_choice,
    a_citation,
    a_lesson,
    a_module,
    a_pact,
    a_policy,
    a_question,
    a_scenario,
    an_ending,
)

TODAY = date(2026, 11, 21)
CHOICES = ("scenarios", 0, "scenes", 0, "choices")


def with_question(**facts: Any) -> Module:
    """A module whose first question has these facts."""
    module = a_module()
    return replace(module, questions=(a_question("dasar-1", **facts), *module.questions[1:]))


def with_choice(**facts: Any) -> Module:
    """A module whose story has a first choice with these facts."""
    scenario = a_scenario()
    choices = (a_choice("maju", "tengah", **facts), scenario.scenes[0].choices[1])
    return a_module(
        scenarios=(replace(scenario, scenes=(replace(scenario.scenes[0], choices=choices), *scenario.scenes[1:])),)
    )


def with_body(text: str) -> Module:
    """A module whose first lesson says this."""
    return a_module(lessons=(a_lesson(body=Prose(text)), a_lesson("jejak-digital", "medsos")))


def options(*texts: str, correct: int = 1) -> tuple[Option, ...]:
    """Options a, b, c … of which the first `correct` are right."""
    return tuple(Option("abcd"[i], Line(text), correct=i < correct) for i, text in enumerate(texts))


def test_sound_content_has_no_faults() -> None:
    """The small module and pact of the tests are sound."""
    assert [] == soundness.module_faults(a_module(), TODAY)
    assert [] == soundness.pact_faults(a_pact(), TODAY)


FORMER = a_citation(in_force_until=date(2023, 10, 31))
BACKWARD = a_citation(in_force_until=date(2020, 1, 1))

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
    (with_body(f"## Judul\n\nMenurut Pasal 5 begini.\n\nIni [@{LAW}]."), ("lessons", 0, "body"), "tanpa rujukan"),
    (with_body("Ini [@lain]."), ("lessons", 0, "body"), "tidak ada di cites"),
    (with_body("# Judul"), ("lessons", 0, "body"), "tingkat satu"),
    (with_body("Halo <b>dunia</b>."), ("lessons", 0, "body"), "HTML"),
    (with_body(" "), ("lessons", 0, "body"), "kosong"),
    (with_body("SKB lima menteri\nNomor 22 Tahun 2022 mengatur ini."), ("lessons", 0, "body"), "2 Tahun 2022"),
    (with_body("Laporkan kepada KASN."), ("lessons", 0, "body"), "BKN"),
    (with_question(cites=()), ("questions", 0, "cites"), "Sedikitnya satu rujukan"),
    (with_question(difficulty=4), ("questions", 0, "difficulty"), "1, 2, atau 3"),
    (with_question(stem=Prose("Semua boleh, kecuali?")), ("questions", 0, "stem"), "KECUALI"),
    (with_question(options=options("Satu", "Dua", correct=0)), ("questions", 0, "options"), "ada 0"),
    (with_question(options=options("Satu", "Dua", correct=2)), ("questions", 0, "options"), "ada 2"),
    (with_question(options=options("Satu")), ("questions", 0, "options"), "3 sampai 4"),
    (with_question(options=options("Satu", "satu")), ("questions", 0, "options", 1, "text"), "berbunyi sama"),
    (with_question(options=options("Satu", "Semua benar")), ("questions", 0, "options", 1, "text"), "diacak"),
    (with_question(options=options("Satu", "[@x]")), ("questions", 0, "options", 1, "text"), "tidak dapat"),
    (with_choice(cites=()), (*CHOICES, 0, "cites"), "Sedikitnya satu rujukan"),
    (with_choice(next="hilang"), (*CHOICES, 0, "next"), "tidak ada"),
    (a_module(scenarios=(a_scenario(start="x"),)), ("scenarios", 0, "start"), "pembuka"),
    (a_module(scenarios=(a_scenario(scenes=(an_ending("awal"),)),)), ("scenarios", 0, "scenes"), "dua akhir"),
    (
        a_module(scenarios=(a_scenario(scenes=(replace(an_ending("awal"), debrief=None),)),)),
        ("scenarios", 0, "scenes", 0),
        "debrief",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("module", "where", "word"), FAULTY, ids=[word for _, _, word in FAULTY])
def test_each_fault_of_a_module_is_found_at_its_place(module: Module, where: tuple, word: str) -> None:
    """Names, order, policy, law, wording, keys of answers and stories."""
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

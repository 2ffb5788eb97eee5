"""The register of law holds nothing unused, unproven, from the future, or without words."""

from datetime import date
from typing import Any

import pytest

from elearn.content.checks import register
from elearn.content.law import Confidence, Register
from tests.factories.content import a_citation, a_register, a_rule, an_instrument

TODAY = date(2026, 11, 21)


def with_citation(**facts: Any) -> Register:
    """A register whose citation has these facts."""
    return a_register(citations=(a_citation(**facts),))


def with_rule(rule_id: str = "P-01", **facts: Any) -> Register:
    """A register whose rule has these facts."""
    return a_register(rules=(a_rule(rule_id, **facts),))


UNUSED = an_instrument(id="uu-1-2015")

FAULTY = [
    (a_register(instruments=(an_instrument(), UNUSED)), ("instruments", 1), "tidak dipakai"),
    (a_register(instruments=(an_instrument(), an_instrument())), ("instruments", 1), "lebih dari satu kali"),
    (a_register(citations=(a_citation(), a_citation())), ("citations", 1), "lebih dari satu kali"),
    (with_citation(instrument_id="lain"), ("citations", 0, "instrument"), "tidak menyebut instrumen"),
    (with_citation(checked_on=date(2026, 11, 22)), ("citations", 0, "checked_on"), "belum tiba"),
    (with_citation(sources=()), ("citations", 0, "sources"), "bernilai B+"),
    (with_citation(confidence=Confidence.C, sources=()), ("citations", 0, "sources"), "bernilai C"),
    (with_citation(replaced_by="lain"), ("citations", 0, "replaced_by"), "Pengganti"),
    (with_citation(says=""), ("citations", 0, "says"), "kosong"),
    (with_citation(says="KASN memeriksa laporan."), ("citations", 0, "says"), "KASN"),
    (with_citation(doubts="SKB 22/2022 belum dibaca."), ("citations", 0, "doubts"), "2 Tahun 2022"),
    (a_register(rules=(a_rule(), a_rule())), ("rules", 1), "lebih dari satu kali"),
    (with_rule("aturan-1"), ("rules", 0), "P-01"),
    (with_rule(cites=()), ("rules", 0, "cites"), "Sedikitnya satu"),
    (with_rule(cites=("lain",)), ("rules", 0, "cites", 0), "tidak ada"),
    (with_rule(text=" "), ("rules", 0, "text"), "kosong"),
    (with_rule(text="Kehadiran pasif dilarang."), ("rules", 0, "text"), "30 Oktober 2024"),
    (with_citation(date_bound=True), ("rules", 0, "cites", 0), "terikat tanggal"),
    (with_citation(confidence=Confidence.C), ("rules", 0, "cites", 0), "bernilai C"),
]
SOUND = [
    a_register(),
    with_citation(confidence=Confidence.A, sources=()),
    with_citation(says="Dahulu KASN memeriksa laporan."),
    with_rule(cites=(), confidence=Confidence.C),
    with_rule(text="Kehadiran pasif dilarang.", phase="Sejak 30 Oktober 2024"),
    a_register(citations=(a_citation(date_bound=True),), rules=(a_rule(phase="Sejak 30 Oktober 2024"),)),
]


@pytest.mark.parametrize(("found", "where", "word"), FAULTY)
def test_each_fault_is_found_at_its_place(found: Register, where: tuple, word: str) -> None:
    """Ids, instruments, days, sources, successors, words and the law of each rule."""
    faults = register.faults(found, TODAY)
    assert any(where == fault.where and word in fault.sentence for fault in faults), faults


@pytest.mark.parametrize("found", SOUND)
def test_a_sound_register_has_no_faults(found: Register) -> None:
    """The own text needs no second source, history may be told, advice needs no law."""
    assert [] == register.faults(found, TODAY)

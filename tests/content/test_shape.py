"""Plain data becomes dataclasses, or a sentence says where it does not fit."""

import json
from pathlib import Path

import pytest

from elearn.content import rules, shape, versions
from elearn.content.law import Citation
from elearn.content.modules import Module
from elearn.content.pacts import PactText
from elearn.content.questions import Draw, Option, QuizPolicy
from elearn.content.versions import Content
from tests.factories.content import a_citation, a_module, a_pact, a_register

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


@pytest.mark.parametrize("content", [a_module(), a_pact(), a_register()])
def test_a_published_body_reads_back_as_what_was_written(content: Content) -> None:
    """Canonical bytes and dataclasses are two forms of one thing."""
    read, faults = shape.build(type(content), json.loads(versions.canonical(content)))
    assert (content, []) == (read, faults)


@pytest.mark.parametrize(
    ("kind", "sample"),
    [(Module, "module-before-register.json"), (PactText, "pact-before-register.json")],
)
def test_a_body_published_by_an_earlier_version_still_reads(kind: type[Content], sample: str) -> None:
    """What was stored before there were rules, pictures, groups and effects says the same as ever."""
    stored = json.loads((SAMPLES / sample).read_text())
    content, faults = shape.build(kind, stored)
    assert [] == faults
    assert contains(rules.plain(content), stored)


def contains(newer: object, older: object) -> bool:
    """Whether `newer` says everything that `older` says, and perhaps more."""
    if isinstance(older, dict):
        return isinstance(newer, dict) and all(contains(newer.get(key), older[key]) for key in older)
    if isinstance(older, list):
        return isinstance(newer, list) and all(map(contains, newer, older)) and len(newer) == len(older)
    return newer == older


@pytest.mark.parametrize(
    ("kind", "data", "where", "word"),
    [
        (Draw, {"topic": "x", "draw": "3"}, ("draw",), "bilangan bulat"),
        (Draw, {"topic": "x", "draw": True}, ("draw",), "bilangan bulat"),
        (Draw, {"topic": False, "draw": 3}, ("topic",), "teks"),
        (Draw, {"topic": "x"}, (), "“draw” belum diisi"),
        (Draw, {"topic": "x", "draw": 1, "darw": 2}, ("darw",), "tidak dikenal"),
        (Draw, ["x"], (), "pasangan nama dan nilai"),
        (Option, {"id": "a", "text": "Ya", "correct": "ya"}, ("correct",), "true atau false"),
        (Option, {"id": "a", "text": 14}, ("text",), "tanda kutip"),
        (Citation, {"confidence": "D"}, ("confidence",), "A, B+, B, C"),
        (Citation, {"checked_on": "kemarin"}, ("checked_on",), "2026-11-21"),
        (QuizPolicy, {"blueprint": {"topic": "x"}}, ("blueprint",), "daftar"),
        (QuizPolicy, {"blueprint": [{"topic": "x", "draw": 1.5}]}, ("blueprint", 0, "draw"), "bilangan bulat"),
    ],
)
def test_a_misfit_is_said_with_its_place(kind: type, data: object, where: tuple, word: str) -> None:
    """Wrong kinds, missing and unknown names, unknown words, bad dates, things that are no lists."""
    _, faults = shape.build(kind, data)
    assert any(where == fault.where and word in fault.sentence for fault in faults)


def test_dates_may_be_dates_or_their_text() -> None:
    """YAML gives dates, JSON gives text."""
    data = rules.plain(a_citation())
    assert (a_citation(), []) == shape.build(Citation, data)
    assert (a_citation(), []) == shape.build(Citation, {**data, "checked_on": a_citation().checked_on})

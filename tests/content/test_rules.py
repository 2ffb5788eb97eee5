"""Versions: the same content has the same bytes and the same name, other content another."""

import json
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from elearn.content import rules, shape
from elearn.content.rules import Line, Prose
from tests.factories.content import a_citation, a_module, a_policy, a_question


def test_the_fingerprint_is_the_hash_of_the_canonical_bytes() -> None:
    """Anybody can recompute it from the stored body."""
    module = a_module()
    assert sha256(rules.canonical(module)).hexdigest() == rules.fingerprint(module)


def test_any_change_gives_another_fingerprint() -> None:
    """One letter in one option is another version."""
    assert rules.fingerprint(a_module()) != rules.fingerprint(replace(a_module(), summary="Lain."))
    assert rules.fingerprint(a_module()) == rules.fingerprint(a_module())


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, True),
        ({"in_force_from": None}, True),
        ({"in_force_from": date(2027, 1, 1)}, False),
        ({"in_force_until": date(2026, 11, 21)}, False),
        ({"in_force_until": date(2026, 11, 22)}, True),
        ({"replaced_by": "lain"}, False),
    ],
)
def test_a_citation_knows_when_it_binds(facts: dict, expected: bool) -> None:
    """From its first day until the day before it ends, unless it was replaced."""
    assert expected is a_citation(**facts).is_in_force(date(2026, 11, 21))


def test_a_citation_of_a_whole_instrument_is_labelled_without_an_article() -> None:
    """No trailing space where the article is empty."""
    assert a_citation(article="").label == "PP 94/2021"


def test_citations_come_once_in_order_of_mention() -> None:
    """A list of law never repeats itself."""
    other = a_citation(id="lain")
    module = a_module(citations=(a_citation(), other))
    assert [other, a_citation()] == module.cited(["lain", a_citation().id, "lain"])


def test_fields_of_today_leave_the_bytes_of_older_versions_alone() -> None:
    """What an older version does not say is not written, so it keeps its fingerprint when it is read and written."""
    body = json.loads(rules.canonical(a_module()))
    assert not {"must_pass", "review", "per_page", "partial_credit"} & body["quiz"].keys()
    assert not {"picture", "alt", "if_right"} & body["questions"][0].keys()
    assert "tolerance" not in body["questions"][0]["options"][0]
    again, faults = shape.build(rules.Module, body)
    assert [] == faults
    assert again is not None
    assert rules.canonical(a_module()) == rules.canonical(again)


def test_fields_of_today_are_written_where_they_say_something() -> None:
    """Partial credit and a late review come back as they were published."""
    policy = a_policy(partial_credit=True, review=rules.ReviewTime.AFTER_PASSING)
    body = json.loads(rules.canonical(a_module(quiz=policy)))
    again, _ = shape.build(rules.Module, body)
    assert again is not None
    assert policy == again.quiz


@pytest.mark.parametrize(
    ("facts", "is_same"),
    [
        ({}, True),
        ({"explanation": Prose("Lain."), "cites": (), "difficulty": 3, "topic": "lain"}, True),
        ({"stem": Prose("Lain?")}, False),
        ({"options": tuple(replace(each, correct=True) for each in a_question().options)}, False),
        ({"options": tuple(replace(each, feedback=Line("Lain.")) for each in a_question().options)}, True),
    ],
)
def test_a_question_is_the_same_while_it_asks_and_offers_the_same(facts: dict, is_same: bool) -> None:
    """Its words and its key, not what explains it."""
    assert is_same is (rules.wording(a_question()) == rules.wording(a_question(**facts)))

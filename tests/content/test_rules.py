"""Versions: the same content has the same bytes and the same name, other content another."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from elearn.content import rules
from tests.factories.content import a_citation, a_module


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

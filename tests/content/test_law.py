"""Places in the law: since when they bind, and what they are called."""

from datetime import date

import pytest

from tests.factories.content import a_citation


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

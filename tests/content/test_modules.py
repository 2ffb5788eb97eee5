"""Modules: what they cite."""

from tests.factories.content import a_citation, a_module


def test_citations_come_once_in_order_of_mention() -> None:
    """A list of law never repeats itself."""
    other = a_citation(id="lain")
    module = a_module(citations=(a_citation(), other))
    assert [other, a_citation()] == module.cited(["lain", a_citation().id, "lain"])

"""Ids of demo facts are well-formed, ordered by time and stable."""

from datetime import UTC, datetime, timedelta

from elearn.demo.identity import stable_id, stable_number

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_ids_are_uuids_of_version_7() -> None:
    """The id has version 7, the variant of RFC 9562, and the moment in its first 48 bits."""
    made = stable_id("account", "x", NOON)
    assert (7, "specified in RFC 4122") == (made.version, made.variant)
    assert int(NOON.timestamp() * 1000) == made.int >> 80


def test_ids_are_stable_and_distinct() -> None:
    """The same fact has the same id; another kind, key or moment has another, the later one the greater."""
    ids = [stable_id("account", "x", NOON), stable_id("account", "y", NOON), stable_id("pact", "x", NOON)]
    assert 3 == len(set(ids))
    assert stable_id("account", "x", NOON) == ids[0] < stable_id("account", "x", NOON + timedelta(milliseconds=1))


def test_numbers_stay_in_their_bits() -> None:
    """A seed fits the column it is stored in."""
    assert all(0 <= stable_number("paper", n) < 2**63 for n in range(100))
    assert stable_number("paper", 1) == stable_number("paper", 1)

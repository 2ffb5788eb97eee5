"""When a message is tried again, and how a template becomes a letter."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from elearn.notices.rules import LONGEST_WAIT, MOST_ATTEMPTS, from_template, next_attempt

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def test_the_waits_double_up_to_six_hours() -> None:
    """1, 2, 4 … minutes, then every six hours, then no more."""
    waits = [(next_attempt(n, NOW) or NOW) - NOW for n in range(1, MOST_ATTEMPTS)]
    assert [1, 2, 4, 8] == [wait // timedelta(minutes=1) for wait in waits[:4]]
    assert LONGEST_WAIT == waits[-1]
    assert next_attempt(MOST_ATTEMPTS, NOW) is None


@given(st.integers(0, 10**6))
def test_a_next_attempt_lies_ahead_and_within_reach(attempts: int) -> None:
    """However often it failed, it is never tried at once and never later than the longest wait."""
    later = next_attempt(attempts, NOW)
    assert later is None or NOW < later <= NOW + LONGEST_WAIT


def test_the_first_line_of_a_template_is_the_subject() -> None:
    """The rest, without the empty lines around it, is the body."""
    assert ("Hal surat", "Yth. Ani,\n\nisi.\n") == from_template("\nHal surat\n\nYth. Ani,\n\nisi.\n\n")

"""Signs nobody sees: known, found, taken out."""

import pytest

from elearn.core import signs


@pytest.mark.parametrize(
    "text", ["a\0b", "a\nb", "a\r\nBcc: x", "a\u202eb", "a\u2066b", "a\u2028b", "a\x7fb", "a\x85b"]
)
def test_a_hidden_sign_is_found_and_taken_out(text: str) -> None:
    """Controls, line breaks and turned directions do not belong into a line."""
    assert signs.has_hidden(text)
    assert not signs.has_hidden(signs.without_hidden(text))
    assert signs.without_hidden(text).startswith("a")


@pytest.mark.parametrize(
    "text", ["", "I Gusti Ngurah Ayu, S.Pd.", "Ma’ruf – Badan A/B (c) 50 %", "عبد الله", "\u00a0ruang"]
)
def test_what_people_write_is_left_alone(text: str) -> None:
    """Names of any script and signs of any letter stay."""
    assert not signs.has_hidden(text)
    assert text == signs.without_hidden(text)


def test_a_long_text_has_lines() -> None:
    """Line breaks and tabs are allowed where lines are."""
    assert not signs.has_hidden("satu\r\n\tdua", allowed=signs.LINES)
    assert signs.has_hidden("satu\r\n\0dua", allowed=signs.LINES)

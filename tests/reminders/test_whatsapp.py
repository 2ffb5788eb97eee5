"""Phones as people write them become addresses of WhatsApp."""

import pytest

from elearn.reminders import whatsapp


@pytest.mark.parametrize("phone", ["0812 3456 7890", "+62 812-3456-7890", "62 81234567890", "081234567890"])
def test_a_number_however_it_is_written(phone: str) -> None:
    """All ways lead to the same digits."""
    assert "6281234567890" in (whatsapp.number_of(phone) or whatsapp.number_of("+" + phone))


@pytest.mark.parametrize("phone", [None, "", "tidak ada", "12", "0812", "08123456789012345"])
def test_what_can_be_no_number(phone: str | None) -> None:
    """Nothing, words, and digits too few or too many."""
    assert whatsapp.number_of(phone) is None


def test_the_text_is_part_of_the_address() -> None:
    """Spaces, line ends and signs are safe in it."""
    assert "https://wa.me/62812?text=Yth.%20Ani%0Aa%26b" == whatsapp.address("62812", "Yth. Ani\na&b")

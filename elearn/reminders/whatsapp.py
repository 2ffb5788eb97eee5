"""Addresses that open WhatsApp with a text ready to be sent; pure."""

from urllib.parse import quote

import phonenumbers

ORIGINS = ("https://wa.me", "https://api.whatsapp.com")
"""Where such an address leads, and where it leads on."""


def number_of(phone: str | None) -> str | None:
    """The digits by which WhatsApp knows a phone, written as people here write it; None for what can be no number."""
    if not phone:
        return None
    try:
        parsed = phonenumbers.parse(phone, "ID")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164).removeprefix("+")


def address(number: str, text: str) -> str:
    """The address that opens a conversation with that number and the text in it."""
    return f"{ORIGINS[0]}/{number}?text={quote(text)}"

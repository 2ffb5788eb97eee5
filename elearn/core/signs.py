"""Signs that no text of ours may hold: controls, and those that turn the direction of writing unseen; pure.

A line break in a letter's number would break the header of its download, and a name with a turned direction
reads as another name.
"""

import unicodedata

LINES = "\r\n\t"
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})


def is_hidden(sign: str) -> bool:
    """Whether a sign cannot be seen and must not be kept."""
    return sign in _TURNING or unicodedata.category(sign) in _CATEGORIES


def has_hidden(text: str, *, allowed: str = "") -> bool:
    """Whether a text holds any such sign other than those allowed."""
    return not text.isprintable() and any(is_hidden(sign) and sign not in allowed for sign in set(text))


def without_hidden(text: str) -> str:
    """The text without such signs."""
    return text if text.isprintable() else "".join(sign for sign in text if not is_hidden(sign))

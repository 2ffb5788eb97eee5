"""Numbers as people write them, pure: a comma or a point before the decimals, nothing between the thousands."""

import re
from decimal import Decimal

from elearn.core.speech import Sentence, say

NUMBER = re.compile(r"([+-]?)([0-9]{1,12})(?:[.,]([0-9]{1,6}))?")
THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:[., \u00a0\u202f'][0-9]{3})+(?:[.,][0-9]+)?")
MINUS = str.maketrans({"−": "-", "–": "-"})

NOT_A_NUMBER = say("Tulis satu angka tanpa satuan, misalnya 14 atau 2,5.")
THOUSANDS_SIGN = say(
    "Tulis angka tanpa pemisah ribuan, misalnya 1500. Koma atau titik hanya untuk pecahan, misalnya 2,5."
)


def read(text: str) -> Decimal | None:
    """The number that is meant; None when there is none, or when "1.500" could be two."""
    written = _trimmed(text)
    found = NUMBER.fullmatch(written)
    if found is None or THOUSANDS.fullmatch(written):
        return None
    sign, whole, rest = found.groups()
    return Decimal(f"{sign}{whole}.{rest or 0}").normalize() + 0


def misfit(text: str) -> Sentence | None:
    """Why this is no number, as a sentence for who wrote it; None when it is one."""
    if THOUSANDS.fullmatch(_trimmed(text)):
        return THOUSANDS_SIGN
    return NOT_A_NUMBER if read(text) is None else None


def canonical(text: str) -> str:
    """The one way to write the number that is meant, with a point: "2,50" is "2.5"; what is none stays as it is."""
    number = read(text)
    return text if number is None else plain(number)


def plain(number: Decimal) -> str:
    """A number in its canonical form: no exponent, no zeros at the end."""
    return format(number.normalize() + 0, "f")


def told(text: str) -> str:
    """A number as people here read it: with a comma."""
    return canonical(text).replace(".", ",")


def _trimmed(text: str) -> str:
    return text.strip().translate(MINUS)

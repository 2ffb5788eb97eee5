"""Feedback by outcome in QTI, which knows none by that name: what the others call it, and what we call it; pure."""

import re
from collections.abc import Iterable, Iterator

from elearn.content.formats.neutral import Item

RIGHT, PARTIAL, WRONG = NAMES = ("combined-right", "combined-partial", "combined-wrong")
"""How our own files name it."""

KNOWN = {
    **dict.fromkeys(("correct", "right", "allcorrect", "benar", "combinedright", "generalcorrect"), 0),
    **dict.fromkeys(("partial", "partially", "partiallycorrect", "partlycorrect", "sebagian", "combinedpartial"), 1),
    **dict.fromkeys(("incorrect", "wrong", "notcorrect", "salah", "keliru", "combinedwrong", "generalincorrect"), 2),
}


def place_of(ident: str, options: Iterable[str]) -> int | None:
    """Which of the three a feedback of that name is; None for any other, and for one named as an option."""
    bare = ident.removesuffix("_fb")
    if bare in options:
        return None
    return KNOWN.get(re.sub(r"feedback$|[^a-z]", "", re.sub(r"[^a-z]", "", bare.casefold())))


def told(item: Item) -> Iterator[tuple[str, str]]:
    """The names and texts of what an item says to those who are right, partly right and wrong."""
    return ((name, text) for name, text in zip(NAMES, item.combined, strict=True) if text)

"""A name written with its titles in one cell, as on letters, taken apart; pure."""

from typing import NamedTuple

from elearn.agencies import headings

_DEGREES = frozenset({"prof", "dr", "drs", "dra", "ir", "drg", "drh", "apt", "ns"})
_HONOURS = frozenset({"h", "hj", "kh", "k.h"})
"""Part of the titles only after a degree; else people write them as part of the name."""


class Named(NamedTuple):
    """A name and the titles before and after it."""

    name: str
    title_before: str | None
    title_after: str | None


def parted(text: str) -> Named:
    """The name in "Drs. H. Ahmad Contoh, M.Si." and its titles; as it stands where nothing can be told apart."""
    front, _, after = (part.strip(" ,") for part in text.partition(","))
    words = front.split()
    count = _titles(words)
    before, name = " ".join(words[:count]), " ".join(words[count:])
    too_long = len(before) > headings.LONGEST["title_before"] or len(after) > headings.LONGEST["title_after"]
    if not name or too_long:
        return Named(text, None, None)
    return Named(name, before or None, after or None)


def _titles(words: list[str]) -> int:
    """How many of the first words are titles: degrees, each with its full stop, and honours after these."""
    count = 0
    while count < len(words):
        word, has_stop = words[count].casefold().rstrip("."), words[count].endswith(".")
        if not has_stop or not (word in _DEGREES or (count and word in _HONOURS)):
            break
        count += 1
    return count

"""Two texts compared word by word, pure: what stayed, what was taken out, what was put in."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

TOKEN = re.compile(r"\w+(?:[-/.]\w+)*|\s+|[^\w\s]")
TOO_MANY = 4_000_000
"""From how many pairs of words on two passages are told as one taken out and one put in."""
LONG, AROUND = 240, 90
"""Signs from which on a passage that stayed is shortened, and how much of it remains beside a change."""


class Kind(StrEnum):
    """What became of a passage."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Run:
    """A passage of a compared text."""

    kind: Kind
    text: str


def runs(before: str, after: str) -> list[Run]:
    """The passages of both texts in order, long ones that stayed cut to what stands beside a change."""
    return list(shortened(compared(before, after)))


def compared(before: str, after: str) -> list[Run]:
    """The passages of both texts in order: without the added ones they are `before`, without the removed `after`."""
    return _merged(_passages(before, after))


def shortened(passages: Sequence[Run]) -> Iterator[Run]:
    """The passages with a gap in the middle of long ones that stayed."""
    for place, run in enumerate(passages):
        if run.kind is not Kind.SAME or len(run.text) <= LONG:
            yield run
            continue
        if place > 0:
            yield Run(Kind.SAME, run.text[:AROUND].rpartition(" ")[0] or run.text[:AROUND])
        yield Run(Kind.GAP, "…")
        if place < len(passages) - 1:
            yield Run(Kind.SAME, run.text[-AROUND:].partition(" ")[2] or run.text[-AROUND:])


def _passages(before: str, after: str) -> Iterator[Run]:
    """Line by line first, so that long texts stay cheap; then word by word where lines differ."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new).get_opcodes():
        was, became = "".join(old[start:end]), "".join(new[new_start:new_end])
        yield from [Run(Kind.SAME, was)] if tag == "equal" else _words(was, became)


def _words(before: str, after: str) -> Iterator[Run]:
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    if len(old) * len(new) > TOO_MANY:
        yield from (Run(Kind.REMOVED, before), Run(Kind.ADDED, after))
        return
    matcher = SequenceMatcher(str.isspace, old, new, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        was, became = "".join(old[start:end]), "".join(new[new_start:new_end])
        if tag == "equal" and not was.isspace():
            yield Run(Kind.SAME, was)
        else:  # a space alone parts no two changes
            yield from (Run(Kind.REMOVED, was), Run(Kind.ADDED, became))


def _merged(passages: Iterable[Run]) -> list[Run]:
    """Neighbours made one: first all that was taken out in a place, then all that was put in."""
    found: list[Run] = []
    for is_same, group in groupby(passages, key=lambda run: run.kind is Kind.SAME):
        together = list(group)
        found += together if is_same else _change(together)
    return _joined(found)


def _change(passages: Sequence[Run]) -> list[Run]:
    """What was taken out and what was put in; one passage that stayed when both are the same."""
    removed = "".join(run.text for run in passages if run.kind is Kind.REMOVED)
    added = "".join(run.text for run in passages if run.kind is Kind.ADDED)
    return [Run(Kind.SAME, removed)] if removed == added else [Run(Kind.REMOVED, removed), Run(Kind.ADDED, added)]


def _joined(found: Iterable[Run]) -> list[Run]:
    """Without empty passages, and with neighbours of one kind made one."""
    joined: list[Run] = []
    for run in found:
        if joined and joined[-1].kind is run.kind:
            joined[-1] = Run(run.kind, joined[-1].text + run.text)
        elif run.text:
            joined.append(run)
    return joined

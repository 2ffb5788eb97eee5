"""What each option earns, found by trying the rules of an item on answers; pure.

Formats that score by a program (QTI) say nowhere what one option is worth. It is what the program gives to it.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import combinations

from elearn.content.formats.neutral import UnreadableQuestions
from elearn.core.speech import say

Score = Callable[[frozenset[str]], float]
"""What an answer, a set of option ids, earns."""

MOST_TRIED = 10
"""Options up to which every answer is tried."""


MOST_STEPS = 600_000
"""Steps of scoring programs that one file may take."""

MOST_SIGNS = 6_000_000
"""Signs of texts that one file may bring in all."""

TOO_LONG = say("Teks di dalam berkas ini terlalu panjang untuk dibaca sekaligus; bagi menjadi beberapa berkas.")
TOO_MUCH = say(
    "Aturan penilaian di dalam berkas ini terlalu rumit untuk dibaca sekaligus; bagi menjadi beberapa berkas."
)
_left: ContextVar[list[int] | None] = ContextVar("steps left", default=None)
_signs: ContextVar[list[int] | None] = ContextVar("signs left", default=None)


@contextmanager
def limited(steps: int = MOST_STEPS) -> Iterator[None]:
    """Let all that is read inside take no more than so many steps together."""
    tokens = _left.set([steps]), _signs.set([MOST_SIGNS])
    try:
        yield
    finally:
        _left.reset(tokens[0])
        _signs.reset(tokens[1])


def spend(steps: int) -> None:
    """Count steps of a scoring program; UnreadableQuestions when a file would take too many."""
    left = _left.get()
    if left is None:
        return
    left[0] -= steps
    if left[0] < 0:
        raise UnreadableQuestions(TOO_MUCH)


def spend_signs(count: int) -> None:
    """Count signs of texts; UnreadableQuestions when a file brings too many."""
    left = _signs.get()
    if left is None:
        return
    left[0] -= count
    if left[0] < 0:
        raise UnreadableQuestions(TOO_LONG)


def is_affordable(steps: int) -> bool:
    """Count steps of a work that may as well be left undone; whether the file has that many left."""
    left = _left.get()
    if left is None:
        return True
    if left[0] >= steps:
        left[0] -= steps
        return True
    return False


def fractions(
    ids: Sequence[str],
    score: Score,
    *,
    is_single: bool,
    key: frozenset[str] = frozenset(),
    hints: Sequence[frozenset[str]] = (),
) -> dict[str, float]:
    """What each option earns in percent of the best answer; `key` is the right answer where the file names one.

    `hints` are answers that its rules speak of: the best of them is right, if it earns anything.
    """
    nothing = score(frozenset())
    alone = {each: score(frozenset({each})) - (0 if is_single else nothing) for each in ids}
    best = max(alone.values(), default=0.0) if is_single else sum(worth for worth in alone.values() if worth > 0)
    together = frozenset(each for each, worth in alone.items() if worth > 0)
    if best > 0 and (is_single or abs(score(together) - nothing - best) < 1e-6):
        return {each: round(worth / best * 100, 5) for each, worth in alone.items()}
    right = _hinted(hints, score) or key or _best(ids, score)
    return {each: round(100 / len(right), 5) if each in right else 0.0 for each in ids}


def _hinted(hints: Sequence[frozenset[str]], score: Score) -> frozenset[str]:
    """The smallest of these answers that earns most; empty when none earns anything."""
    worth = {each: score(each) for each in dict.fromkeys(hints)}
    found = max(worth, key=lambda each: (worth[each], -len(each)), default=frozenset[str]())
    return found if found and worth[found] > score(frozenset()) else frozenset()


def _best(ids: Sequence[str], score: Score) -> frozenset[str]:
    """The smallest answer that earns most; empty when none earns anything or there are too many to try."""
    if len(ids) > MOST_TRIED:
        return frozenset(ids) if score(frozenset(ids)) > score(frozenset()) else frozenset()
    answers = [frozenset(each) for count in range(1, len(ids) + 1) for each in combinations(ids, count)]
    return _hinted(answers, score)

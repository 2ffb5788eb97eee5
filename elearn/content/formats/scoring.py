"""What each option earns, found by trying the rules of an item on answers; pure.

Formats that score by a program (QTI) say nowhere what one option is worth. It is what the program gives to it.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import combinations

from elearn.content.formats.neutral import UnreadableQuestions

Score = Callable[[frozenset[str]], float]
"""What an answer, a set of option ids, earns."""

MOST_TRIED = 12
"""Options up to which every answer is tried."""


MOST_STEPS = 600_000
"""Steps of scoring programs that one file may take."""

TOO_MUCH = "Aturan penilaian di dalam berkas ini terlalu rumit untuk dibaca sekaligus; bagi menjadi beberapa berkas."
_left: ContextVar[list[int] | None] = ContextVar("steps left", default=None)


@contextmanager
def limited(steps: int = MOST_STEPS) -> Iterator[None]:
    """Let all that is read inside take no more than so many steps together."""
    token = _left.set([steps])
    try:
        yield
    finally:
        _left.reset(token)


def spend(steps: int) -> None:
    """Count steps of a scoring program; UnreadableQuestions when a file would take too many."""
    left = _left.get()
    if left is None:
        return
    left[0] -= steps
    if left[0] < 0:
        raise UnreadableQuestions(TOO_MUCH)


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
    ids: Sequence[str], score: Score, *, is_single: bool, key: frozenset[str] = frozenset()
) -> dict[str, float]:
    """What each option earns in percent of the best answer; `key` is the right answer where the file names one."""
    nothing = score(frozenset())
    alone = {each: score(frozenset({each})) - (0 if is_single else nothing) for each in ids}
    best = max(alone.values(), default=0.0) if is_single else sum(worth for worth in alone.values() if worth > 0)
    together = frozenset(each for each, worth in alone.items() if worth > 0)
    if best > 0 and (is_single or abs(score(together) - nothing - best) < 1e-6):
        return {each: round(worth / best * 100, 5) for each, worth in alone.items()}
    right = key or _best(ids, score)
    return {each: round(100 / len(right), 5) if each in right else 0.0 for each in ids}


def _best(ids: Sequence[str], score: Score) -> frozenset[str]:
    """The smallest answer that earns most; empty when none earns anything or there are too many to try."""
    if len(ids) > MOST_TRIED:
        return frozenset(ids) if score(frozenset(ids)) > score(frozenset()) else frozenset()
    answers = [frozenset(each) for count in range(1, len(ids) + 1) for each in combinations(ids, count)]
    found = max(answers, key=lambda each: (score(each), -len(each)), default=frozenset[str]())
    return found if found and score(found) > score(frozenset()) else frozenset()

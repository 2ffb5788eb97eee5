"""Ids, pure: each once in its list, and of one form."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from elearn.content.shape import Fault, Where

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def faults(where: Where, ids: Iterable[str], form: re.Pattern[str] = KEBAB) -> Iterator[Fault]:
    """Ids of the list `where` that stand twice in it, or that do not have the form."""
    seen: Counter[str] = Counter()
    for index, each in enumerate(ids):
        seen[each] += 1
        if seen[each] == 2:
            yield Fault((*where, index), f"Id “{each}” dipakai lebih dari satu kali.")
        if form is KEBAB and not form.fullmatch(each):
            yield Fault((*where, index), f"Id “{each}” harus berupa huruf kecil, angka, dan tanda hubung.")
        elif not form.fullmatch(each):
            yield Fault((*where, index), f"Id “{each}” tidak berbentuk seperti “P-01”.")

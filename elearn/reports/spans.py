"""The spans of days that demands tell apart, so that each thing done for a module is read once for all of them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from elearn.directives.duties import Demand
from elearn.directives.rules import Stage

Mark = int
"""How far somebody is toward one demand: the stage, with LAPSED or without."""
LAPSED: Mark = 8
"""Beside a stage: an earlier result has only just lapsed."""
Spans = dict[str, tuple[date, ...]]
"""For each module the first days of its spans, in order; a span ends where the next begins, the last one never."""


class Feed(NamedTuple):
    """That whoever came to a stage of a module within one of its spans gets a mark in the demand of this number."""

    mark: Mark
    number: int
    module_slug: str
    stage: Stage
    span: int


@lru_cache(maxsize=64)
def told_apart(demands: tuple[Demand, ...]) -> Spans:
    """The spans of each module; what was done before the first of them counts for nobody."""
    found = defaultdict[str, set[date]](set)
    for demand in demands:
        found[demand.module_slug] |= {_since(demand), _renewed_from(demand)}
    return {slug: tuple(sorted(days)) for slug, days in found.items()}


@lru_cache(maxsize=64)
def feeds(demands: tuple[Demand, ...]) -> Sequence[Feed]:
    """What gives which mark: the furthest stage last, and after all of them what lapsed."""
    found = []
    for number, demand in enumerate(demands):
        for span, first in enumerate(told_apart(demands)[demand.module_slug]):
            if first >= _since(demand):
                found += [Feed(stage, number, demand.module_slug, stage, span) for stage in Stage if stage]
            elif first >= _renewed_from(demand):
                found.append(Feed(LAPSED, number, demand.module_slug, Stage.SIGNED, span))
    return sorted(found)


def _since(demand: Demand) -> date:
    return demand.since or date.min


def _renewed_from(demand: Demand) -> date:
    """From when on a result that lapsed may be renewed in peace; where that is never so, from when it counts."""
    return demand.renew_from or _since(demand)

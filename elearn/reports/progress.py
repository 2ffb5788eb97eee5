"""How far everybody in a regency is, brought together here from all that was done.

A database that is asked for it sorts all that people did by person, in rows as wide as there are demands. To take it
as it lies, two small cells a row, and to fold it in memory costs a fifth less, for a regency as for a province.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, Integer, Select, String, cast, literal_column, union_all

from elearn.core import clock
from elearn.core.db import db
from elearn.directives.duties import Demand
from elearn.directives.rules import Reach, Stage
from elearn.reports import deeds
from elearn.reports.deeds import Deed

Marks = int
"""What is known of somebody, a bit for each: of every demand the stages and a lapse, then whether a stranger."""
WIDTH = len(Stage)
"""The bits of a demand: one for each stage but the first, which nobody has to reach, and one for a lapse."""
LAPSED = WIDTH - 1
PART = 5_000
"""Rows taken at a time."""


def marks(day: date, demands: tuple[Demand, ...]) -> dict[str, Marks]:
    """What is known by the end of a day of each account, as its id is written; nothing of those left out."""
    found: dict[str, Marks] = {}
    bits = [1 << place for place in range(WIDTH * len(demands) + 1)]
    for part in db.session.connection().execute(_facts(day, demands)).partitions(PART):
        for owner, place in part:
            found[owner] = found.get(owner, 0) | bits[place]
    return found


def reach(demands: Sequence[Demand], known: Marks) -> dict[Demand, Reach]:
    """How far somebody is in each demand."""
    each = ((demand, known >> WIDTH * number) for number, demand in enumerate(demands))
    return {demand: Reach(_stage(bits), bool(bits >> LAPSED & 1)) for demand, bits in each}


def is_stranger(demands: Sequence[Demand], known: Marks) -> bool:
    """Whether nobody had opened the account."""
    return bool(known >> WIDTH * len(demands))


def _stage(bits: Marks) -> Stage:
    """The furthest stage, which has the highest bit."""
    return Stage((bits & (1 << LAPSED) - 1).bit_length())


@lru_cache(maxsize=64)
def _facts(day: date, demands: tuple[Demand, ...]) -> CompoundSelect[Any]:
    """The account and the place of the bit, for each thing that was done; kept, as it is long to put together."""
    return union_all(*_marked(demands, day))


def _marked(demands: Sequence[Demand], day: date) -> Iterator[Select[Any]]:
    until = clock.end_of(day)
    for number, demand in enumerate(demands):
        found = deeds.toward(demand, until)
        for stage, deed in found.by_stage:
            yield _mark(deed, WIDTH * number + stage.value - 1)
        if demand.renew_from:
            yield _mark(found.lapsed, WIDTH * number + LAPSED)
    yield _mark(deeds.unopened(until), WIDTH * len(demands))


def _mark(deed: Deed, place: int) -> Select[*tuple[Any, ...]]:
    owner = cast(deed.selected_columns.owner, String)
    return deed.with_only_columns(owner.label("owner"), literal_column(str(place), Integer).label("place"))

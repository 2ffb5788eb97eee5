"""How far people are toward demands, brought together here from all that was done.

A database that is asked how far each person is sorts all that was done by person, in rows as wide as there are
demands. It says much faster who came to a stage, everybody in one long text for each stage of a module; the furthest
of each person is then found in memory, for a regency as for a province.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, partial
from itertools import repeat, zip_longest
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    String,
    case,
    cast,
    func,
    literal,
    literal_column,
    null,
    select,
    union_all,
)

from elearn.agencies.models import Employee
from elearn.core import clock
from elearn.core.db import db
from elearn.directives.duties import Demand
from elearn.directives.rules import Reach, Stage
from elearn.reports import deeds, spans
from elearn.reports.deeds import Deed
from elearn.reports.spans import LAPSED, Mark

Owner = str
"""An account, by its id as the database in use writes it."""
Known = tuple[Mark | None, ...]
"""What is known of somebody: a mark for each demand, and at the end one if she is a stranger; None for nothing."""
Moments = list[datetime | None]
"""When somebody was last brought to each stage but the first, and signed what lapsed; of each demand in turn."""
EACH = len(Stage)
"""So many moments a demand has."""
FEW = 200
"""So many people are looked up one by one, however small the regency."""
MOST = 10
"""To read what everybody did costs no more than to look up one person in so many."""
STRANGERS = ("", Stage.NOT_STARTED)
_COMMA = ","


@dataclass(frozen=True, slots=True)
class Progress:
    """How far people are by the end of a day in each demand, and at the end who is a stranger."""

    demands: tuple[Demand, ...]
    marks: Sequence[Mapping[Owner, Mark]]

    def of(self, owners: Sequence[Owner]) -> Iterator[Known]:
        """What is known of each of these people, in their order."""
        return zip(*(map(known.get, owners) for known in self.marks), strict=True)

    def reach(self, known: Known) -> dict[Demand, Reach]:
        """How far somebody of whom this is known is in each demand."""
        return {demand: _reach(mark or 0) for demand, mark in zip(self.demands, known[:-1], strict=True)}


def _reach(mark: Mark) -> Reach:
    return Reach(Stage(mark & ~LAPSED), bool(mark & LAPSED))


def is_stranger(known: Known) -> bool:
    """Whether nobody had opened the account of somebody of whom this is known."""
    return known[-1] is not None


def as_text(account_id: Any) -> ColumnElement[Owner]:
    """An account as it is written here."""
    return cast(account_id, String)


def together(owners: ColumnElement[Owner]) -> Any:
    """Many accounts in one text."""
    return func.aggregate_strings(owners, _COMMA)


def split(text: str | None) -> list[Owner]:
    """The accounts in a text."""
    return text.split(_COMMA) if text else []


def are_looked_up(people: int) -> bool:
    """Whether it is cheaper to look up so many people than to read what everybody did."""
    return people <= FEW or people * MOST <= (db.session.scalar(select(func.count()).select_from(Employee)) or 0)


def read(day: date, demands: tuple[Demand, ...], among: Select[Any] | None) -> Progress:
    """How far everybody is, or those `among` some accounts; one statement."""
    rows = db.session.connection().execute(_who(day, demands, among))
    told = {(slug, stage): [split(text) for text in texts] for slug, stage, *texts in rows}
    marks: list[dict[Owner, Mark]] = [{} for _ in demands]
    for mark, number, slug, stage, span in spans.feeds(demands):
        known, owners = marks[number], told[slug, stage][span]
        if mark == LAPSED:
            known.update({each: known.get(each, 0) | LAPSED for each in owners})
        else:
            known.update(dict.fromkeys(owners, mark))
    return Progress(demands, [*marks, dict.fromkeys(told[STRANGERS][0], 1)])


def reach(demands: tuple[Demand, ...], came: Sequence[bool]) -> dict[Demand, Reach]:
    """How far somebody is in each demand of whose Moments these are."""
    found = {}
    for number, demand in enumerate(demands):
        *stages, lapsed = came[EACH * number : EACH * (number + 1)]
        furthest = max((stage for stage, is_there in enumerate(stages, start=1) if is_there), default=0)
        found[demand] = Reach(Stage(furthest), lapsed)
    return found


def nothing(demands: tuple[Demand, ...]) -> Moments:
    """The moments of somebody who did nothing."""
    return list(repeat(None, EACH * len(demands)))


def moments(
    day: date, demands: tuple[Demand, ...], among: Select[Any] | None, who: Mapping[str, Any]
) -> Mapping[Owner, Moments]:
    """When people were brought to what; `who` fills in the parameters that `among` leaves open. One statement."""
    cells = defaultdict[tuple[str, int, int], list[int]](list)
    for mark, number, slug, stage, span in spans.feeds(demands):
        cells[slug, stage, span].append(EACH * number + (EACH if mark == LAPSED else mark) - 1)
    found = defaultdict[Owner, Moments](partial(nothing, demands))
    for slug, stage, span, person, at in db.session.connection().execute(_when(day, demands, among), who).all():
        known = found[person]
        for cell in cells[slug, stage, span]:
            before = known[cell]
            if before is None or at > before:
                known[cell] = at
    return found


@lru_cache(maxsize=64)
def _who(day: date, demands: tuple[Demand, ...], among: Select[Any] | None) -> CompoundSelect[Any]:
    """Of each stage of each module a row of texts, one for each span, and one row of strangers.

    Kept, as it is long to put together.
    """
    accounts, width = _accounts(among), max(map(len, spans.told_apart(demands).values()))
    rows = [_texts(*source, width) for source in _sources(day, demands, accounts)]
    strangers = deeds.unopened(clock.end_of(day), among=accounts)
    return union_all(*rows, _texts(*STRANGERS, (date.min,), strangers, width))


def _texts(slug: str, stage: Stage, days: Sequence[date], deed: Deed, width: int) -> Select[*tuple[Any, ...]]:
    owners = together(as_text(deed.selected_columns.owner))
    within = [_within(deed.selected_columns.since, *span) for span in zip_longest(days, days[1:])]
    texts: list[Any] = [owners.filter(*conditions) if conditions else owners for conditions in within]
    texts += [null()] * (width - len(texts))
    return deed.with_only_columns(
        *_of(slug, stage), *(each.label(f"span{place}") for place, each in enumerate(texts))
    )


def _of(slug: str, stage: Stage) -> list[Any]:
    """The cells that a row begins with."""
    return [literal(slug).label("slug"), literal_column(str(stage.value), Integer).label("stage")]


def _within(at: Any, first: date, following: date | None) -> list[ColumnElement[bool]]:
    """The conditions that a moment lies in a span; none for one that has neither beginning nor end."""
    since = [] if first == date.min else [at >= clock.start_of(first)]
    return [*since, at < clock.start_of(following)] if following else since


@lru_cache(maxsize=64)
def _when(day: date, demands: tuple[Demand, ...], among: Select[Any] | None) -> CompoundSelect[Any]:
    """Everything that was done: for which stage of which module, in which span, by whom and when; kept likewise."""
    return union_all(*(_rows(*source) for source in _sources(day, demands, _accounts(among))))


def _rows(slug: str, stage: Stage, days: Sequence[date], deed: Deed) -> Select[*tuple[Any, ...]]:
    owner, at, since = deed.selected_columns
    before = [(since < clock.start_of(following), number) for number, following in enumerate(days[1:])]
    span = case(*before, else_=len(days) - 1) if before else literal_column("0", Integer)
    cells = [span.label("span"), as_text(owner).label("owner"), at.label("at")]
    found = deed.with_only_columns(*_of(slug, stage), *cells)
    return found if days[0] == date.min else found.where(since >= clock.start_of(days[0]))


def _sources(
    day: date, demands: tuple[Demand, ...], accounts: Select[Any] | None
) -> Iterator[tuple[str, Stage, Sequence[date], Deed]]:
    for slug, days in spans.told_apart(demands).items():
        for stage, deed in deeds.of_module(slug, clock.end_of(day), among=accounts).items():
            yield slug, stage, days, deed


def _accounts(among: Select[Any] | None) -> Select[Any] | None:
    """The accounts, named once in a statement that asks for them many times."""
    return None if among is None else select(among.cte("among"))

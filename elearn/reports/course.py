"""How a share grew from day to day: who was bound and who was done at the end of each; pure, no storage, no clock."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from elearn.directives import duties
from elearn.directives.duties import Demand, Order, Place, Target

NEVER = date.max
T = TypeVar("T")
Days = tuple[date, date]
"""A time in [first, second)."""


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody's stay at one place, as far as directives look at it: from a day until, exclusively, another."""

    account_id: UUID
    place: Place
    started_on: date
    ended_on: date


@dataclass(frozen=True, slots=True)
class Point:
    """The people bound at the end of a day, and how many of them were done."""

    day: date
    bound: int
    done: int

    @property
    def percent(self) -> float | None:
        """The share that was done, 0 to 1; None when nobody was bound."""
        return self.done / self.bound if self.bound else None


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is asked on a day: the target of each order in force, and what the order demands."""

    targets: tuple[Target, ...]
    demands: tuple[frozenset[Demand], ...]


def agenda(orders: Iterable[Order], day: date) -> Agenda:
    """What these orders ask on a day."""
    each = tuple(orders)
    demands = (frozenset(duties.demand(order, slug, day) for slug in order.modules) for order in each)
    return Agenda(tuple(order.target for order in each), tuple(demands))


def spans(first: date, end: date, cuts: Iterable[date]) -> list[Days]:
    """A time cut into others on these days."""
    starts = sorted({first, *(day for day in cuts if first < day < end)})
    return list(zip(starts, [*starts[1:], end], strict=True))


def at(history: Sequence[tuple[date, T]], day: date) -> T:
    """What held on a day of what held since some days, in order; before the first of them, that."""
    return next((what for since, what in reversed(history) if since <= day), history[0][1])


def course(
    days: Sequence[date],
    agendas: Sequence[Agenda],
    stays: Iterable[Stay],
    *,
    absences: Mapping[UUID, Sequence[Days]],
    signed: Mapping[UUID, Mapping[str, Sequence[date]]],
) -> list[Point]:
    """The points of a course at the end of each of these days, given in order with what was asked on each.

    `absences` are the times in which somebody did not serve, `signed` the days, in order, on which each module's
    pact was signed; both by account.
    """
    owed: dict[Place, list[frozenset[Demand]]] = {}
    bound, done = [0] * len(days), [0] * len(days)
    for stay in stays:
        if stay.place not in owed:
            owed[stay.place] = _owed(stay.place, agendas)
        away, results = absences.get(stay.account_id, ()), signed.get(stay.account_id, {})
        for n in range(bisect_left(days, stay.started_on), bisect_left(days, stay.ended_on)):
            demands, day = owed[stay.place][n], days[n]
            if demands and not any(first <= day < until for first, until in away):
                bound[n] += 1
                done[n] += bool(results) and all(_is_met(demand, results, day) for demand in demands)
    return [Point(*each) for each in zip(days, bound, done, strict=True)]


def _is_met(demand: Demand, results: Mapping[str, Sequence[date]], day: date) -> bool:
    """Whether a pact was signed by a day, and not before what counts."""
    dates = results.get(demand.module_slug, ())
    number = bisect_right(dates, day)
    return number > 0 and (demand.since is None or dates[number - 1] >= demand.since)


def _owed(place: Place, agendas: Iterable[Agenda]) -> list[frozenset[Demand]]:
    """What is demanded there on each day; whom an order binds is asked again only when a target changes."""
    found: list[frozenset[Demand]] = []
    targets: tuple[Target, ...] | None = None
    binds: list[bool] = []
    for each in agendas:
        if each.targets != targets:
            targets, binds = each.targets, [duties.is_bound(target, place) for target in each.targets]
        asked = (demands for demands, holds in zip(each.demands, binds, strict=True) if holds)
        found.append(frozenset[Demand]().union(*asked))
    return found

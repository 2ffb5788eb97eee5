"""A regency on paper: what stood on a day, worked out the slow and obvious way, and nothing taken from the house.

Everybody and everything has the id that the house gave it. Days are looked through one by one in plain lists.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple, TypeVar
from uuid import UUID

T = TypeVar("T")
ONE_DAY = timedelta(days=1)


Name = tuple[str, str]
"""A name and the title after it, which may be empty."""


@dataclass
class Unit:
    """An agency: what it stands below, its days, and what it was called since when."""

    parent: UUID | None
    opened: date
    closed: date | None = None
    names: list[tuple[date, str]] = field(default_factory=list)


@dataclass
class Span:
    """Days from `since` up to but without `until`, at a unit if it is a stay."""

    since: date
    until: date | None = None
    unit: UUID | None = None

    def covers(self, day: date) -> bool:
        """Whether a day lies within."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass
class Person:
    """Somebody's kinds and names since when, stays in their order, absences, and the days on which she signed."""

    kinds: list[tuple[date, str]]
    stays: list[Span]
    names: list[tuple[date, Name]]
    absences: list[Span] = field(default_factory=list)
    signed: list[date] = field(default_factory=list)
    has_left: bool = False


@dataclass
class Order:
    """A directive: whom it binds, from when to when, what it asks and how long a result counts."""

    units: frozenset[UUID]
    kinds: frozenset[str]
    issued: date
    deadline: date
    joiner_days: int
    excepted_units: frozenset[UUID] = frozenset()
    people: frozenset[UUID] = frozenset()
    credits_earlier: bool = True
    valid_months: int | None = None
    valid_until: date | None = None
    ended: date | None = None
    exemptions: list[tuple[UUID, Span]] = field(default_factory=list)


class Stands(NamedTuple):
    """How somebody who is bound stands."""

    is_done: bool
    is_late: bool


@dataclass
class World:
    """All of it."""

    units: dict[UUID, Unit] = field(default_factory=dict)
    people: dict[UUID, Person] = field(default_factory=dict)
    orders: dict[UUID, Order] = field(default_factory=dict)
    successions: list[tuple[UUID, UUID, date]] = field(default_factory=list)

    # the tree

    def above(self, unit: UUID) -> list[UUID]:
        """The unit and all it stands below."""
        parent = self.units[unit].parent
        return [unit] if parent is None else [unit, *self.above(parent)]

    def below(self, unit: UUID) -> list[UUID]:
        """The unit and all that ever stood below it."""
        return [each for each in self.units if unit in self.above(each)]

    def opd(self, unit: UUID) -> UUID | None:
        """The OPD it belongs to: the second from the top."""
        line = self.above(unit)
        return line[-2] if len(line) > 1 else None

    def meant(self, unit: UUID, day: date) -> set[UUID]:
        """Every name under which people of a unit are meant: what is above it, and what those took over from."""
        found = set(self.above(unit))
        for _ in self.units:
            found |= {former for former, heir, on in self.successions if heir in found and on <= day}
        return found

    def name(self, unit: UUID, day: date) -> str:
        """What it was called; before its first day, by the first name."""
        return _since(self.units[unit].names, day)

    # people

    def stay(self, who: UUID, day: date) -> Span | None:
        """Where somebody serves on a day, unless absent."""
        person = self.people[who]
        if any(absence.covers(day) for absence in person.absences):
            return None
        return next((stay for stay in person.stays if stay.covers(day)), None)

    def kind(self, who: UUID, day: date) -> str:
        """As what she serves."""
        return _since(self.people[who].kinds, day)

    def called(self, who: UUID, day: date) -> str:
        """By what name and title."""
        names = self.people[who].names
        return ", ".join(part for part in _since(names, day) if part)

    def come(self, who: UUID, stay: Span, *, to_opd: bool) -> date:
        """Since when she has served here without a break, or in the same OPD; to be handed over is no break."""
        earlier = [each for each in self.people[who].stays if each.until == stay.since and each is not stay]
        if not earlier:
            return stay.since
        (before,) = earlier
        assert before.unit
        assert stay.unit
        is_handed_over = (before.unit, stay.unit, stay.since) in self.successions
        if to_opd and self.opd(before.unit) != self.opd(stay.unit) and not is_handed_over:
            return stay.since
        return self.come(who, before, to_opd=to_opd)

    # duties

    def in_force(self, day: date) -> list[Order]:
        """The directives of a day."""
        return [each for each in self.orders.values() if Span(each.issued, each.ended).covers(day)]

    def is_bound(self, order: Order, who: UUID, day: date) -> bool:
        """Whether somebody must follow a directive on a day."""
        stay = self.stay(who, day)
        if stay is None or any(person == who and span.covers(day) for person, span in order.exemptions):
            return False
        if who in order.people:
            return True
        assert stay.unit
        meant = self.meant(stay.unit, day)
        return self.kind(who, day) in order.kinds and bool(meant & order.units) and not meant & order.excepted_units

    def deadline(self, order: Order, who: UUID, day: date) -> date:
        """By when she must be done."""
        stay = self.stay(who, day)
        assert stay
        assert stay.unit
        came = self.came(order, who, stay, day)
        grace = timedelta(days=order.joiner_days)
        days = [order.deadline, *([came + grace] if came > order.issued else [])]
        if order.valid_until and day > order.valid_until:
            days.append(order.valid_until + grace)
        return max(days)

    def came(self, order: Order, who: UUID, stay: Span, day: date) -> date:
        """Since when she is where a directive reaches: here at all, in the OPD, or in units addressed one by one."""
        assert stay.unit
        if self.above(stay.unit)[-1] in order.units:
            return self.come(who, stay, to_opd=False)
        units = {each for each in order.units if len(self.above(each)) > 2}
        meant = self.meant(stay.unit, day)
        if not meant & order.units:
            return self.come(who, stay, to_opd=True)
        if meant & (order.units - units):
            return max(self.come(who, stay, to_opd=True), self.reached(order.units, who, day))
        return self.reached(units, who, day)

    def reached(self, units: Collection[UUID], who: UUID, day: date) -> date:
        """Since when somebody has been meant by any of these without a break."""
        while any(
            each.covers(day - ONE_DAY) and self._is_of(units, each, day - ONE_DAY) for each in self.people[who].stays
        ):
            day -= ONE_DAY
        return day

    def _is_of(self, units: Collection[UUID], stay: Span, day: date) -> bool:
        """Whether people of that stay were meant by any of these on a day."""
        assert stay.unit
        return bool(self.meant(stay.unit, day) & set(units))

    def stands(self, order: Order, who: UUID, day: date) -> Stands:
        """Whether she is done, or late."""
        lapses = [_months_before(day, order.valid_months)] if order.valid_months else []
        expiries = [order.valid_until + ONE_DAY] if order.valid_until and day > order.valid_until else []
        since = max([*lapses, *expiries, *([] if order.credits_earlier else [order.issued])], default=date.min)
        signed = [each for each in self.people[who].signed if each <= day]
        is_done = any(each >= since for each in signed)
        peace = timedelta(days=order.joiner_days) if lapses and since == lapses[0] else timedelta(0)
        is_renewing = any(since - peace <= each < since for each in signed)
        return Stands(is_done, not is_done and not is_renewing and day > self.deadline(order, who, day))

    def report(self, day: date) -> dict[UUID, Stands]:
        """How everybody stands who is bound by anything on a day."""
        found = {}
        for who in self.people:
            each = [self.stands(order, who, day) for order in self.in_force(day) if self.is_bound(order, who, day)]
            if each:
                found[who] = Stands(all(one.is_done for one in each), any(one.is_late for one in each))
        return found

    def figures(self, day: date) -> Iterator[tuple[UUID | None, Stands]]:
        """The same, each with the OPD where she serves."""
        for who, stands in self.report(day).items():
            stay = self.stay(who, day)
            assert stay
            assert stay.unit
            yield self.opd(stay.unit), stands


def _since(told: list[tuple[date, T]], day: date) -> T:
    """What stands on a day, each from its own day on; before the first day, what is told of that."""
    return next((what for since, what in reversed(told) if since <= day), told[0][1])


def _months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or its last day."""
    year, month = day.year, day.month - months
    while month < 1:
        year, month = year - 1, month + 12
    last = day.day
    while True:
        try:
            return date(year, month, last)
        except ValueError:
            last -= 1

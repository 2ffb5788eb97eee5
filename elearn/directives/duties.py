"""Whom a directive binds, what it asks of each on a day, and what counts as done; pure, no storage, no clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

NOBODY: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a directive is addressed to.

    Agencies with all below them but the `excepted_agencies`, of these the kinds of employee and groups of posts
    (none: every group), and the employees named in `people`; never the `excepted_people`.
    `arrivals` are those who came into an addressed unit after the issue, or moved within it, and since when;
    `taken_over` those whom a reorganisation brought below an addressed OPD after the issue, and since when.
    """

    agencies: frozenset[UUID]
    kinds: frozenset[str]
    post_groups: frozenset[str] = frozenset()
    people: frozenset[UUID] = NOBODY
    excepted_agencies: frozenset[UUID] = NOBODY
    excepted_people: frozenset[UUID] = NOBODY
    arrivals: Mapping[UUID, date] = field(default_factory=dict, compare=False)
    taken_over: Mapping[UUID, date] = field(default_factory=dict, compare=False)

    @property
    def addressed(self) -> frozenset[UUID]:
        """The agencies for which it matters whether somebody serves below them."""
        return self.agencies | self.excepted_agencies

    @property
    def named(self) -> frozenset[UUID]:
        """The employees for whom it matters who they are, not only where they serve."""
        return self.people | self.excepted_people | self.arrivals.keys() | self.taken_over.keys()

    def reached_on(self, employee_id: UUID | None) -> date | None:
        """The day since which it reaches somebody, if that came after the issue otherwise than by joining an OPD."""
        return self.arrivals.get(employee_id) or self.taken_over.get(employee_id) if employee_id else None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person serves on a day, the agencies from the root down, and as what.

    `joined_on` is the first day of the present stay in the OPD, `serving_since` of the present service here.
    """

    lineage: tuple[UUID, ...]
    kind: str
    post_group: str | None = None
    employee_id: UUID | None = None
    joined_on: date | None = None
    serving_since: date | None = None


@dataclass(frozen=True, slots=True)
class Demand:
    """What counts for a module: a result signed on `since` or later, any if None.

    Whoever signed on `renew_from` or later but before `since` has a result that lapsed a short while ago, and is
    not late yet.
    """

    module_slug: str
    since: date | None = None
    renew_from: date | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """How long results count: for `valid_months`, until `valid_until`; from before the issue if credited."""

    valid_months: int | None = None
    valid_until: date | None = None
    credits_earlier: bool = True


@dataclass(frozen=True, slots=True)
class Order:
    """An issued directive as far as it binds people."""

    target: Target
    modules: tuple[str, ...]
    issued_on: date
    deadline_on: date
    deadlines: Mapping[str, date] = field(default_factory=dict)
    joiner_days: int = 0
    terms: Terms = Terms()

    @property
    def every_deadline(self) -> tuple[date, ...]:
        """The general day, and those of single kinds of employee."""
        return self.deadline_on, *self.deadlines.values()


@dataclass(frozen=True, slots=True)
class Obligation:
    """A module that a person must finish, what counts for it, and the day by which.

    `asked_on` is the day of the issue, or the later one since which the directive reaches her.
    """

    demand: Demand
    deadline_on: date
    asked_on: date = field(default=date.min, compare=False)

    @property
    def module_slug(self) -> str:
        """The module."""
        return self.demand.module_slug


def is_bound(target: Target, place: Place) -> bool:
    """Whether an employee in that place is bound."""
    if place.employee_id in target.excepted_people:
        return False
    if place.employee_id in target.people:
        return True
    is_of_group = not target.post_groups or place.post_group in target.post_groups
    return place.kind in target.kinds and is_of_group and is_within(target, place.lineage)


def is_within(target: Target, lineage: tuple[UUID, ...]) -> bool:
    """Whether an agency, given from the root down, is one of those addressed."""
    if target.agencies.isdisjoint(lineage):
        return False
    return not target.excepted_agencies or target.excepted_agencies.isdisjoint(lineage)


@lru_cache(maxsize=4096)
def lineage(path: str) -> tuple[UUID, ...]:
    """The agencies from the root down to the one whose materialised path ('/<id>/<id>/') this is."""
    return tuple(UUID(part) for part in path.split("/") if part)


def with_former(line: tuple[UUID, ...], former: Mapping[UUID, Iterable[UUID]]) -> tuple[UUID, ...]:
    """A lineage followed by the agencies that those in it took over from, at first or second hand."""
    if not former:
        return line
    found, waiting = dict.fromkeys(line), list(line)
    while waiting:
        new = [each for each in former.get(waiting.pop(), ()) if each not in found]
        found.update(dict.fromkeys(new))
        waiting += new
    return tuple(found)


def demand(order: Order, module_slug: str, day: date) -> Demand:
    """What counts for a module of a directive on a day: results since the latest day from which they do."""
    terms = order.terms
    lapsed = months_before(day, terms.valid_months) if terms.valid_months else None
    expired = terms.valid_until + timedelta(days=1) if terms.valid_until and day > terms.valid_until else None
    issued = None if terms.credits_earlier else order.issued_on
    since = max((each for each in (lapsed, expired, issued) if each), default=None)
    is_rolling = since is not None and since == lapsed and order.joiner_days > 0
    return Demand(module_slug, since, since - timedelta(days=order.joiner_days) if since and is_rolling else None)


def deadline(order: Order, place: Place, day: date) -> date:
    """The day by which somebody must be done: a day of her own who joined after the issue, or after an expiry."""
    days = [order.deadlines.get(place.kind, order.deadline_on)]
    grace = timedelta(days=order.joiner_days)
    joined_on = joined(order.target, place)
    if joined_on is not None and joined_on > order.issued_on:
        days.append(joined_on + grace)
    if order.terms.valid_until and day > order.terms.valid_until:
        days.append(order.terms.valid_until + grace)
    return max(days)


def joined(target: Target, place: Place) -> date | None:
    """Since when somebody is where a directive reaches: here at all, in the addressed unit, or in the OPD."""
    if place.lineage[:1] and place.lineage[0] in target.agencies:
        return place.serving_since
    reached_on = target.reached_on(place.employee_id)
    if place.employee_id in target.arrivals:
        return reached_on
    return max(filter(None, (reached_on, place.joined_on)), default=None)


Asking = tuple[Order, tuple[Demand, ...]]
"""A directive, and what it asks for on a day."""


def demands(order: Order, day: date) -> tuple[Demand, ...]:
    """What a directive asks for on a day, in its order."""
    return tuple(demand(order, slug, day) for slug in order.modules)


def obligations(orders: Iterable[Order], place: Place, day: date) -> tuple[Obligation, ...]:
    """What an employee in that place must finish, as things stand on a day; empty for a free one."""
    return owed([(order, demands(order, day)) for order in orders], place, day)


def owed(asking: Iterable[Asking], place: Place, day: date) -> tuple[Obligation, ...]:
    """The same by directives whose demands on that day are known already."""
    binding = ((order, asked) for order, asked in asking if is_bound(order.target, place))
    due = ((asked, deadline(order, place, day), asked_on(order, place)) for order, asked in binding)
    return earliest(Obligation(each, by, asked_on) for asked, by, asked_on in due for each in asked)


def asked_on(order: Order, place: Place) -> date:
    """Since when a directive asks something of somebody: its issue, or the day since which it reaches her."""
    return max(order.issued_on, order.target.reached_on(place.employee_id) or order.issued_on)


def earliest(obligations: Iterable[Obligation]) -> tuple[Obligation, ...]:
    """One obligation for each demand, with the earliest deadline of all directives that make it."""
    soonest: dict[Demand, Obligation] = {}
    for duty in obligations:
        known = soonest.setdefault(duty.demand, duty)
        if (duty.deadline_on, duty.asked_on) < (known.deadline_on, known.asked_on):
            soonest[duty.demand] = duty
    return tuple(sorted(soonest.values(), key=_order))


def _order(duty: Obligation) -> tuple[str, date]:
    return duty.module_slug, duty.demand.since or date.min


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, the last of its month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    first = date(year, month + 1, 1)
    last = (date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - first).days
    return first.replace(day=min(day.day, last))

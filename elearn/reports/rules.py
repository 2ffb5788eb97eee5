"""The figures of a completion report: every bound person counted once, at the furthest point reached.

belum mulai     nothing done yet
belajar         the module begun, the quiz not passed
lulus           the quiz passed, the pact not signed
menandatangani  the pact signed, the certificate not yet made, or revoked
bersertifikat   the certificate issued
terikat         the sum of these five
terlambat       of these, the deadline has passed and the pact is not signed
persen          signed or certified, out of bound
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from elearn.core.errors import RuleBroken
from elearn.core.speech import say
from elearn.directives import rules as directives
from elearn.directives.duties import Demand, Obligation
from elearn.directives.rules import NOWHERE, Reach, Stage, Standing

DAY, SINCE = "per", "sejak"
"""The day of a report and the first day of a time, as they stand in an address."""
HALF = 0.5
LEAST = 5
"""The fewest people whose figures are shown to who need not know each of them."""
DAILY = 62
"""The longest time, in days, that is told day by day; a longer one week by week."""
LONGEST = 732
Obligations = tuple[Obligation, ...]
Reached = Mapping[Demand, Reach]


class WrongDay(RuleBroken):
    """A report cannot be of such a day; `field` says which day it is about."""


class UnreadableDay(WrongDay):
    """A report's day is written year-month-day."""

    sentence = say("Tanggal laporan ditulis tahun-bulan-hari, misalnya 2026-11-22.")


class DayToCome(WrongDay):
    """Nobody knows tomorrow's figures."""

    sentence = say("Tanggal laporan tidak boleh sesudah hari ini.")


class DaysInDisorder(WrongDay):
    """A time ends after it begins, and a chart of more than two years is no chart."""

    sentence = say("Awal masa laporan harus sebelum tanggal laporan, paling lama dua tahun.")


@dataclass(frozen=True, slots=True)
class Crowd:
    """People alike: of one row of a report, owing the same, equally far in each demand.

    A demand that is missing in `reached` was not begun.
    """

    row: Hashable
    obligations: Obligations
    reached: Reached
    people: int = 1
    not_activated: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """The counts of one row of the report, by stage first; `not_activated` never opened their account."""

    not_started: int = 0
    learning: int = 0
    passed: int = 0
    signed: int = 0
    certified: int = 0
    late: int = 0
    not_activated: int = 0

    @property
    def bound(self) -> int:
        """How many people are bound: each stands at exactly one point."""
        return self.not_started + self.learning + self.passed + self.signed + self.certified

    @property
    def done(self) -> int:
        """How many have done what was asked of them."""
        return self.signed + self.certified

    @property
    def percent(self) -> float | None:
        """The share of the bound who are done, 0 to 1; None when nobody is bound."""
        return self.done / self.bound if self.bound else None

    @property
    def is_behind(self) -> bool:
        """Whether less than half are done."""
        return self.percent is not None and self.percent < HALF


def as_of(text: str | None, today: date, *, field: str = DAY) -> date:
    """The day a report is asked for, today if none; raises UnreadableDay and DayToCome, about a field."""
    if not text:
        return today
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UnreadableDay(field=field) from None
    if day > today:
        raise DayToCome(field=field)
    return day


def standing(obligations: Iterable[Obligation], reached: Reached, as_of: date) -> Standing:
    """How a bound person stands on a day over all that must be finished."""
    return directives.together(
        directives.standing(duty.deadline_on, reached.get(duty.demand, NOWHERE), as_of) for duty in obligations
    )


def standings(owing: Iterable[tuple[Obligations, Reached]], as_of: date) -> Iterator[Standing]:
    """How people stand on a day by what they owe and have reached; who share both are asked about once."""
    known: dict[tuple[int, int], tuple[Obligations, Reached, Standing]] = {}
    for owes, reached in owing:
        key = id(owes), id(reached)
        if key not in known:
            known[key] = owes, reached, standing(owes, reached, as_of)  # kept, so that no id is used anew
        yield known[key][2]


def tally(crowds: Iterable[Crowd], as_of: date) -> dict[Any, Figures]:
    """The figures of each row on a day; each person counts once, in the row of her crowd."""
    each = list(crowds)
    return count(
        (crowd.row, stands, crowd.people, crowd.not_activated)
        for crowd, stands in zip(each, standings(((at.obligations, at.reached) for at in each), as_of), strict=True)
    )


def count(stands: Iterable[tuple[Any, Standing, int, int]]) -> dict[Any, Figures]:
    """The figures of each row, given how so many people of a row stand, and how many of them are strangers."""
    rows: dict[Any, list[int]] = {}
    for row, how, people, not_activated in stands:
        found = rows.get(row)
        if found is None:
            found = rows[row] = [0] * (len(Stage) + 2)
        found[how.stage] += people
        found[-2] += people if how.is_late else 0
        found[-1] += not_activated
    return {row: Figures(*figures) for row, figures in rows.items()}


def total(rows: Iterable[Figures]) -> Figures:
    """The figures of several rows together."""
    each = tuple(rows)
    return Figures(**{name: sum(getattr(row, name) for row in each) for name in Figures.__slots__})


def days_between(since: date, until: date) -> list[date]:
    """The days a course is told at, the last one included: each, or of a long time one a week; DaysInDisorder."""
    length = (until - since).days
    if not 0 < length <= LONGEST:
        raise DaysInDisorder(field=SINCE)
    step = 1 if length <= DAILY else 7
    return [until - timedelta(days=back) for back in range(0, length + 1, step)][::-1]


def child_on(lineage: Sequence[Any], above: Any) -> Any:
    """Of the agencies from the root down, the one right below another; that one itself when it is the last."""
    place = lineage.index(above)
    return lineage[min(place + 1, len(lineage) - 1)]


def days_late(obligations: Iterable[Obligation], reached: Reached, as_of: date) -> int:
    """How many days the longest overdue obligation is late; 0 for who is not late."""
    overdue = (
        (as_of - duty.deadline_on).days
        for duty in obligations
        if directives.standing(duty.deadline_on, reached.get(duty.demand, NOWHERE), as_of).is_late
    )
    return max(overdue, default=0)

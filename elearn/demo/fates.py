"""How far each person has come in the past year, and in which days."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from random import Random

from elearn.demo.circulars import CIRCULARS
from elearn.demo.offices import STEADY_OPD
from elearn.demo.people import Person
from elearn.demo.regency import SEED, Regency


class Fate(IntEnum):
    """The point a person has reached on the day of loading."""

    NOT_STARTED = 0
    LEARNING = 1
    QUIZ = 2
    """Everything is read and played; the quiz is open or was failed."""
    PASSED = 3
    """Passed, not signed."""
    DONE = 4
    """Passed, signed and certified."""


SHARES = {Fate.DONE: 0.50, Fate.PASSED: 0.05, Fate.QUIZ: 0.08, Fate.LEARNING: 0.17}
"""The most zealous half is done, and so on down; the rest has not started."""
_PROMPTED = 1.5
"""How much more zealous people are whose deadline has passed."""
_NEWCOMER_DAYS = 45
_GRACE = timedelta(days=20)
"""How long after a deadline the last ones come."""
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Lot:
    """A person's fate and the days within which it came about."""

    person: Person
    fate: Fate
    first_day: date
    last_day: date


def lots(regency: Regency, today: date, *, done: Collection[str] = (), idle: Collection[str] = ()) -> list[Lot]:
    """Everybody's lot; those whose NIP is in `done` or `idle` are done or have not started whatever their zeal."""
    random = Random(f"fates/{SEED}")
    moods = {office.code: random.gauss(0, 0.6) for office in regency.offices if office.level == "opd"}
    zeal = {
        person.nip: random.gauss(moods[person.opd_code], 1) + _nudge(person, today, done, idle)
        for person in regency.everybody
    }
    ranking = sorted(regency.everybody, key=lambda person: zeal[person.nip], reverse=True)
    return [_lot(person, fate, today) for person, fate in zip(ranking, _fates(len(ranking)), strict=True)]


def _fates(count: int) -> list[Fate]:
    """The fates from the most zealous to the least."""
    fates = [fate for fate, share in SHARES.items() for _ in range(round(share * count))]
    return fates + [Fate.NOT_STARTED] * (count - len(fates))


def _nudge(person: Person, today: date, done: Collection[str], idle: Collection[str]) -> float:
    """What pulls a person's zeal up or down: chosen people, the model offices, a deadline gone by, being new."""
    if person.nip in idle or (today - person.joined_on).days < _NEWCOMER_DAYS:
        return -100
    if person.nip in done or person.opd_code in STEADY_OPD:
        return 100
    return _PROMPTED if any(c.due_after < 0 and c.binds(person.opd_code) for c in CIRCULARS) else 0


def _lot(person: Person, fate: Fate, today: date) -> Lot:
    """The days from the first circular that binds the person, or joining, until about its deadline or yesterday.

    Who had no week in them has not started.
    """
    circular = min((c for c in CIRCULARS if c.binds(person.opd_code)), key=lambda c: c.issued_after)
    first_day = max(circular.issued_on(today), person.joined_on)
    final_day = min(today, person.left_on or today) - timedelta(days=1)
    usual_day = min(final_day, circular.deadline_on(today) + _GRACE)
    last_day = usual_day if usual_day - first_day >= _WEEK else final_day
    return Lot(person, fate if last_day - first_day >= _WEEK else Fate.NOT_STARTED, first_day, last_day)

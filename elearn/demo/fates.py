"""How far each person has come in the past year, and in which days."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from itertools import accumulate
from random import Random

from elearn.demo.circulars import CIRCULARS, Circular
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
_LATER_SHARES = {Fate.PASSED: 0.1, Fate.QUIZ: 0.2, Fate.LEARNING: 0.3}
"""Of those who are not done with what a later circular asks; the rest has not started it."""
_MOOD = 0.13
"""How much the offices differ in following a later circular."""


@dataclass(frozen=True)
class Lot:
    """A person's fate and the days within which it came about; other random choices grow from `key`."""

    person: Person
    key: str
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
    return _PROMPTED if any(c.due_after < 0 and c.binds(person.stays[-1]) for c in CIRCULARS) else 0


def later_lot(circular: Circular, person: Person, today: date, *, since: date, is_done: bool = False) -> Lot:
    """The lot of somebody bound by a later circular and free for it since a day; chance and office decide."""
    key = f"{person.nip}/{circular.register}"
    mood = Random(f"mood/{SEED}/{circular.register}/{person.opd_code}").gauss(0, _MOOD)
    luck = 0.0 if is_done else Random(f"fate/{SEED}/{key}").random() - mood
    return _within(circular, person, _later_fate(luck, circular.followed), today, since=since, key=key)


def _later_fate(luck: float, followed: float) -> Fate:
    """The fate that such luck brings, the least luck the best, where a share of people are done."""
    bounds = accumulate((share * (1 - followed) for share in _LATER_SHARES.values()), initial=followed)
    fates = (Fate.DONE, *_LATER_SHARES)
    return next((fate for fate, bound in zip(fates, bounds, strict=True) if luck < bound), Fate.NOT_STARTED)


def _lot(person: Person, fate: Fate, today: date) -> Lot:
    """The lot of somebody by the first circular that binds him."""
    circular = min((c for c in CIRCULARS if c.binds(person.stays[-1])), key=lambda c: c.issued_after)
    return _within(circular, person, fate, today, since=date.min, key=person.nip)


def _within(circular: Circular, person: Person, fate: Fate, today: date, *, since: date, key: str) -> Lot:
    """The days from a circular, or joining, or being free for it, until about its deadline or yesterday.

    Who had no week in them has not started.
    """
    first_day = max(circular.issued_on(today), person.joined_on, since)
    final_day = min(today, person.left_on or today) - timedelta(days=1)
    usual_day = min(final_day, circular.deadline_on(today) + _GRACE)
    last_day = usual_day if usual_day - first_day >= _WEEK else final_day
    return Lot(person, key, fate if last_day - first_day >= _WEEK else Fate.NOT_STARTED, first_day, last_day)

"""What each person did in the past year: read, played, answered, signed; simulated, but by the rooms' own rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from random import Random

from elearn.content.modules import Module, Part, PartKind
from elearn.content.stories import story
from elearn.content.stories.scenes import Scenario, Verdict
from elearn.demo.circulars import SATURDAY
from elearn.demo.fates import Fate, Lot
from elearn.demo.regency import SEED
from elearn.demo.sittings import Sitting, Taker

_LIKELIHOOD = {Verdict.SAFE: 6, Verdict.RISKY: 3, Verdict.BREACH: 2, Verdict.DISPUTED: 3}
"""How readily people choose what is safe, risky, forbidden or disputed."""
_MARGINS = (timedelta(0), timedelta(days=2), timedelta(days=5))
"""How long before the end of its days a journey is tried to begin; none lasts longer than the last of these."""
_MOST_BREAKS = 3
_SEED_BITS = 63
_DAY_HOURS = ((7.5, 11.5), (13.0, 16.0), (19.0, 21.0))
"""When people begin: before noon, after noon, in the evening; local time."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A lesson ticked off."""

    lesson_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Move:
    """A choice in a scene."""

    scene: str
    choice: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Playing:
    """A story played; `ending` and `ended_at` are None while it waits to be resumed."""

    scenario_id: str
    seed: int
    started_at: datetime
    moves: tuple[Move, ...]
    ending: str | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Deed:
    """A pact signed, and the certificate that followed."""

    signed_at: datetime
    certified_at: datetime


@dataclass(frozen=True, slots=True)
class Journey:
    """Everything one person did in a round of a module."""

    lot: Lot
    slug: str
    round: int
    started_at: datetime
    readings: tuple[Reading, ...]
    playings: tuple[Playing, ...]
    sittings: tuple[Sitting, ...]
    deed: Deed | None = None

    @property
    def ended_at(self) -> datetime | None:
        """When she was done with it, None who is not yet."""
        return self.deed.certified_at if self.deed else None


class _Pace:
    """The time that passes for one person, breaks included."""

    def __init__(self, random: Random, start: datetime) -> None:
        self.random, self.now, self._breaks = random, start, 0

    def spend(self, least: float, most: float) -> datetime:
        """Let so many seconds pass and return the instant after them."""
        self.now += timedelta(seconds=round(self.random.uniform(least, most), 3))
        return self.now

    def rest(self, likelihood: float) -> None:
        """Go on at about the same hour of the next day, with that likelihood."""
        if self._breaks < _MOST_BREAKS and self.random.random() < likelihood:
            self._breaks += 1
            self.spend(22 * 3600, 26 * 3600)


def journey(lot: Lot, module: Module, zone: tzinfo, earlier: Sequence[Sitting] = ()) -> Journey | None:
    """What the person of that lot did in the module; None who has not started.

    After `earlier` sittings it is the second round of the same version, in which what was read counts as read.
    """
    if lot.fate == Fate.NOT_STARTED:
        return None
    random = Random(f"journey/{SEED}/{lot.key}")
    for margin in _MARGINS:
        pace = _start(random, lot, margin, zone)
        walked = _walk(pace, lot, module, earlier)
        if pace.now.astimezone(zone).date() <= lot.last_day:
            break
    return walked


def _start(random: Random, lot: Lot, margin: timedelta, zone: tzinfo) -> _Pace:
    """A beginning in the lot's days, that margin before their end: rather late than early, seldom at the weekend."""
    days = (lot.last_day - lot.first_day - margin).days
    for _ in range(2):
        day = lot.first_day + timedelta(days=int(random.triangular(0, days, 0.8 * days)))
        if day.weekday() < SATURDAY:
            break
    hour = random.uniform(*random.choices(_DAY_HOURS, (5, 3, 3))[0])
    morning = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
    return _Pace(random, morning + timedelta(seconds=int(hour * 3600)))


def _walk(pace: _Pace, lot: Lot, module: Module, earlier: Sequence[Sitting]) -> Journey:
    """The way as far as the lot goes."""
    started_at, parts = pace.now, [] if earlier else _chosen(pace.random, module)
    if parts and lot.fate == Fate.LEARNING:
        last = max(number for number, part in enumerate(parts) if not part.optional)
        parts = parts[: pace.random.randrange(1, last + 1)]
    readings, playings = _study(pace, parts, module)
    begun = Journey(lot, module.slug, 2 if earlier else 1, started_at, readings, playings, ())
    if lot.fate == Fate.LEARNING:
        return replace(begun, playings=_interrupted(pace, playings))
    tried = replace(begun, sittings=tuple(_sit(pace, lot, module, earlier)))
    if lot.fate != Fate.DONE:
        return tried
    is_prompt = pace.random.random() < 0.75
    signed_at = pace.spend(60, 900) if is_prompt else pace.spend(3600, 20 * 3600)
    return replace(tried, deed=Deed(signed_at, pace.spend(2, 9)))


def _chosen(random: Random, module: Module) -> list[Part]:
    """The required parts, and of the optional ones those that please: to most people few, to some nearly all."""
    curiosity = random.random() ** 3
    return [part for part in module.parts if not part.optional or random.random() < curiosity]


def _study(pace: _Pace, parts: list[Part], module: Module) -> tuple[tuple[Reading, ...], tuple[Playing, ...]]:
    """The parts read and played one after the other."""
    readings, playings = [], []
    for part in parts:
        if part.kind == PartKind.LESSON:
            minutes = module.lesson_by_id[part.id].minutes
            readings.append(Reading(part.id, pace.spend(25 * minutes, 70 * minutes)))
        else:
            playings.append(_play(pace, module.scenario_by_id[part.id]))
        pace.rest(0.12)
    return tuple(readings), tuple(playings)


def _play(pace: _Pace, scenario: Scenario) -> Playing:
    """A walk along the story's own graph to one of its endings."""
    seed, started_at, moves = pace.random.getrandbits(_SEED_BITS), pace.spend(5, 40), []
    state = story.begin(scenario, seed)
    while offered := story.offered(scenario.scene_by_id[state.scene], state):
        choice = pace.random.choices(offered, [_LIKELIHOOD[each.verdict] for each in offered])[0]
        moves.append(Move(state.scene, choice.id, pace.spend(12, 70)))
        state = story.take(state, choice)
    return Playing(scenario.id, seed, started_at, tuple(moves), state.scene, moves[-1].at)


def _interrupted(pace: _Pace, playings: tuple[Playing, ...]) -> tuple[Playing, ...]:
    """The same plays, the last of them at times left in the middle."""
    if not playings or pace.random.random() < 0.5:
        return playings
    *ended, last = playings
    kept = pace.random.randrange(len(last.moves))
    return (*ended, replace(last, moves=last.moves[:kept], ending=None, ended_at=None))


def _sit(pace: _Pace, lot: Lot, module: Module, earlier: Sequence[Sitting]) -> Iterator[Sitting]:
    """The attempts of that lot: until passed, or some that failed, or none yet; numbered on after earlier ones."""
    taker = Taker(pace.random, lot, module, earlier)
    failures = pace.random.choices((0, 1, 2), (35, 50, 15))[0]
    first, most = len(earlier) + 1, module.quiz.attempts if lot.fate > Fate.QUIZ else failures
    for number in range(first, first + most):
        pace.rest(0.08)
        is_last = number == len(earlier) + module.quiz.attempts
        wanted = False if lot.fate == Fate.QUIZ else (True if is_last else None)
        sitting = taker.sit(number, pace.spend(20, 600), wanted=wanted)
        pace.now = sitting.submitted_at
        yield sitting
        if sitting.passed:
            return
        pace.spend(module.quiz.wait_minutes * 60 + 30, module.quiz.wait_minutes * 60 + 5400)

"""Working days and phases of elections, pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from elearn.core.errors import Conflict, NotFound, RuleBroken
from elearn.core.speech import say

SATURDAY = 5
ONE_DAY = timedelta(days=1)


class PhaseKind(StrEnum):
    """The phases that change what a civil servant's act means, in their order; values are the words people use."""

    BEFORE = "bakal-calon"
    DETERMINATION = "penetapan"
    CAMPAIGN = "kampanye"
    SILENCE = "masa-tenang"
    POLLING = "pemungutan-suara"
    AFTER = "sesudah"

    @property
    def words(self) -> str:
        """The phase as people say it inside a sentence."""
        return _WORDS[self]

    @property
    def heading(self) -> str:
        """The phase as the name of a row."""
        return _HEADINGS[self]


_WORDS = {
    PhaseKind.BEFORE: say("bakal calon"),
    PhaseKind.DETERMINATION: say("penetapan calon"),
    PhaseKind.CAMPAIGN: say("kampanye"),
    PhaseKind.SILENCE: say("masa tenang"),
    PhaseKind.POLLING: say("pemungutan suara"),
    PhaseKind.AFTER: say("sesudah pemungutan suara"),
}
_HEADINGS = {
    PhaseKind.BEFORE: say("Bakal calon"),
    PhaseKind.DETERMINATION: say("Penetapan calon"),
    PhaseKind.CAMPAIGN: say("Kampanye"),
    PhaseKind.SILENCE: say("Masa tenang"),
    PhaseKind.POLLING: say("Pemungutan suara"),
    PhaseKind.AFTER: say("Sesudah pemungutan suara"),
}


class DayTaken(Conflict):
    """A day is entered once."""

    sentence = say("Tanggal ini sudah tercatat. Hapus catatan yang lama bila keliru.")


class NameTaken(Conflict):
    """Two elections never share a name."""

    sentence = say("Pemilihan dengan nama ini sudah tercatat.")


class NoSuchDay(NotFound):
    """There is no such day of this regency."""

    sentence = say("Hari ini tidak tercatat.")


class NoSuchElection(NotFound):
    """There is no such election."""

    sentence = say("Pemilihan ini tidak tercatat.")


class NoPhases(RuleBroken):
    """An election without phases says nothing."""

    sentence = say("Isi sekurang-kurangnya satu tahap.")


class PhaseReversed(RuleBroken):
    """A phase ends on the day it begins, or later."""

    sentence = say("Tahap tidak boleh berakhir sebelum dimulai.")


class PhasesDisordered(RuleBroken):
    """Phases follow one another and share no day."""

    sentence = say("Tahap harus berurutan dan tidak bertumpang tindih.")


class PollingElsewhere(RuleBroken):
    """Polling day lies in the phase of polling."""

    sentence = say("Hari pemungutan suara harus berada dalam tahap pemungutan suara.")


@dataclass(frozen=True, slots=True)
class OfficeDays:
    """The days on which the offices here are closed (and why), and those on which they work though others rest."""

    closed: Mapping[date, str] = field(default_factory=dict)
    opened: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Span:
    """A phase on the days from `started_on` to `ended_on`, both included."""

    kind: PhaseKind
    started_on: date
    ended_on: date


def is_working_day(day: date, days: OfficeDays) -> bool:
    """Whether the offices here are open on a day."""
    return day in days.opened or (day.weekday() < SATURDAY and day not in days.closed)


def next_working_day(day: date, days: OfficeDays) -> date:
    """The day itself if it is a working day, else the first one after it."""
    while not is_working_day(day, days):
        day += ONE_DAY
    return day


def last_working_day(day: date, days: OfficeDays) -> date:
    """The day itself if it is a working day, else the last one before it."""
    while not is_working_day(day, days):
        day -= ONE_DAY
    return day


def add_working_days(day: date, count: int, days: OfficeDays) -> date:
    """The working day that comes so many working days after a day (before it, if negative); the day itself for 0."""
    step = ONE_DAY if count > 0 else -ONE_DAY
    for _ in range(abs(count)):
        day += step
        day = next_working_day(day, days) if count > 0 else last_working_day(day, days)
    return day


def working_days_between(start: date, end: date, days: OfficeDays) -> int:
    """How many working days come after `start` up to and with `end`; 0 if none does."""
    span = range(1, (end - start).days + 1)
    return sum(is_working_day(start + timedelta(days=number), days) for number in span)


def refuse_disorder(phases: Sequence[Span], polling_on: date) -> None:
    """Raise NoPhases, PhaseReversed, PhasesDisordered or PollingElsewhere unless the phases make sense."""
    if not phases:
        raise NoPhases
    if any(phase.ended_on < phase.started_on for phase in phases):
        raise PhaseReversed
    order = list(PhaseKind)
    ordered = sorted(phases, key=lambda phase: order.index(phase.kind))
    if any(later.started_on <= earlier.ended_on for earlier, later in pairwise(ordered)):
        raise PhasesDisordered
    polling = next((phase for phase in phases if phase.kind is PhaseKind.POLLING), None)
    if polling and not polling.started_on <= polling_on <= polling.ended_on:
        raise PollingElsewhere(field="polling_on")

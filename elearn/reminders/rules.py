"""When somebody is reminded and of what, when a mail may leave, and which OPD is behind; no storage, no clock."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from elearn.calendar.rules import (
    OfficeDays,
    PhaseKind,
    is_working_day,
    last_working_day,
    next_working_day,
    working_days_between,
)
from elearn.core.errors import Conflict, NotFound, RuleBroken
from elearn.core.speech import say
from elearn.directives.duties import Demand, Obligation
from elearn.directives.rules import DONE, Stage

LATE_EVERY = 3
"""After so many working days, again and again, somebody who is late is reminded."""
LEAD = timedelta(hours=1)
"""Mails may be written so long before they may leave; earlier they could tell of what was done meanwhile."""


class NoNumber(RuleBroken):
    """WhatsApp needs a mobile number that can be one."""

    sentence = say("Nomor HP pegawai ini belum tercatat, atau tidak dapat dipakai.")


class NothingOpen(RuleBroken):
    """Somebody who owes nothing is not reminded."""

    sentence = say("Pegawai ini tidak lagi memiliki tugas terbuka dari edaran itu.")


class NoSuchReprimand(NotFound):
    """There is no such letter, or not for the asker."""

    sentence = say("Surat teguran ini tidak ada.")


class AlreadyIssued(RuleBroken):
    """An issued letter stays as it is."""

    sentence = say("Surat teguran ini sudah terbit.")


class NumberTaken(Conflict):
    """Two letters never share a number."""

    sentence = say("Nomor ini sudah dipakai surat teguran lain.")


class Occasion(StrEnum):
    """Why somebody is written to on a day."""

    FORTNIGHT = "t-14"
    WEEK = "t-7"
    THREE_DAYS = "t-3"
    EVE = "t-1"
    DEADLINE = "t-0"
    LATE = "late"


LOOK_BACK = 14
"""So many days back a reminder that was missed is made up; no two of a deadline lie farther apart."""
MADE_UP_FOR = 30
"""So many days after its day an escalation that was missed is made up."""


class Escalation(StrEnum):
    """Who is told that OPD are behind: those who answer for each, and on the deadline the Sekda."""

    OPDS = "opd"
    SEKDA = "sekda"


STRICTER = frozenset({PhaseKind.BEFORE, PhaseKind.DETERMINATION, PhaseKind.CAMPAIGN, PhaseKind.SILENCE})
"""The phases at whose beginning people are reminded of what they have not learned yet."""
AHEAD = ((1, Occasion.EVE), (3, Occasion.THREE_DAYS), (7, Occasion.WEEK), (14, Occasion.FORTNIGHT))
"""How many days ahead of a deadline people are reminded, the most urgent first."""


def occasion(deadline_on: date, today: date, days: OfficeDays) -> Occasion | None:
    """Why somebody with this deadline is reminded today, None if not; only ever on a working day.

    A reminder due on another day comes on the next working day, but the last one on the working day before; of two
    that meet on a day the more urgent stands, and none comes after the last one but those to who is late.
    """
    if not is_working_day(today, days):
        return None
    if today > deadline_on:
        passed = working_days_between(deadline_on, today, days)
        return Occasion.LATE if passed % LATE_EVERY == 0 else None
    if today == last_working_day(deadline_on, days):
        return Occasion.DEADLINE
    due = (kind for ahead, kind in AHEAD if next_working_day(deadline_on - timedelta(days=ahead), days) == today)
    return next(due, None)


def latest_reminder(deadline_on: date, today: date, days: OfficeDays) -> date | None:
    """The last day up to today on which somebody with this deadline was to be reminded; None on a day off."""
    if not is_working_day(today, days):
        return None
    back = (today - timedelta(days=number) for number in range(LOOK_BACK + 1))
    return next((day for day in back if occasion(deadline_on, day, days)), None)


def phase_reminder(begun: Iterable[date], today: date, days: OfficeDays) -> date | None:
    """The last day up to today on which everybody with an open duty was to be reminded, since a phase began.

    That is the first working day of a phase; None on a day off, and where none of the phases has come to that.
    """
    if not is_working_day(today, days):
        return None
    first_days = (next_working_day(day, days) for day in begun)
    return max((day for day in first_days if day <= today), default=None)


def is_owed(reminder_on: date | None, *, begun_on: date, told_on: date | None, today: date) -> bool:
    """Whether a reminder of that day is still to be written: today's, or one missed since the duty began."""
    if reminder_on is None or (told_on is not None and told_on >= reminder_on):
        return False
    return reminder_on == today or reminder_on > begun_on


def escalation_day(step: Escalation, deadline_on: date, days: OfficeDays) -> date:
    """The working day of an escalation: to the Sekda the deadline or the last before it, to OPD three days ahead."""
    last = last_working_day(deadline_on, days)
    return last if step is Escalation.SEKDA else min(next_working_day(deadline_on - timedelta(days=3), days), last)


def due_escalations(
    deadline_on: date, issued_on: date, done: Collection[Escalation], today: date, days: OfficeDays
) -> tuple[Escalation, ...]:
    """The escalations whose day has come and that were not made, also those missed; once the Sekda knows, none."""
    if Escalation.SEKDA in done or not is_working_day(today, days):
        return ()
    come = ((step, escalation_day(step, deadline_on, days)) for step in Escalation if step not in done)
    earliest = max(issued_on, today - timedelta(days=MADE_UP_FOR))
    return tuple(step for step, day in come if earliest <= day <= today)


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours of the day, on the regency's clocks, in which no reminder leaves; none if they are the same."""

    from_hour: int
    until_hour: int


def leaves_at(local: datetime, quiet: Quiet) -> datetime:
    """When a reminder written at that local instant may leave: at once, or at the end of the quiet hours."""
    if not _is_quiet(local.hour, quiet):
        return local
    end = local.replace(hour=quiet.until_hour, minute=0, second=0, microsecond=0)
    return end if end > local else end + timedelta(days=1)


def is_time(local: datetime, quiet: Quiet) -> bool:
    """Whether reminders are written at that local instant: when they may leave, or shortly before."""
    return leaves_at(local, quiet) - local <= LEAD


def _is_quiet(hour: int, quiet: Quiet) -> bool:
    if quiet.from_hour <= quiet.until_hour:
        return quiet.from_hour <= hour < quiet.until_hour
    return hour >= quiet.from_hour or hour < quiet.until_hour


@dataclass(frozen=True, slots=True)
class Reached:
    """How far somebody is toward a demand, and on which day an earlier result was signed that only just lapsed."""

    stage: Stage
    lapsed_from: date | None = None


@dataclass(frozen=True, slots=True)
class OpenDuty:
    """A module somebody has not finished, by when she must, and when it was asked for."""

    module_slug: str
    deadline_on: date
    asked_on: date = field(default=date.min, compare=False)


def open_duties(owes: Iterable[Obligation], reached: Mapping[Demand, Reached], today: date) -> tuple[OpenDuty, ...]:
    """What somebody has not finished, each module once, the most urgent first."""
    soonest: dict[str, OpenDuty] = {}
    for duty in owes:
        if reached[duty.demand].stage < DONE:
            due = due_on(duty, reached[duty.demand].lapsed_from, today)
            found = OpenDuty(duty.module_slug, due, duty.asked_on)
            known = soonest.get(duty.module_slug, found)
            soonest[duty.module_slug] = min(found, known, key=lambda each: (each.deadline_on, each.asked_on))
    return tuple(sorted(soonest.values(), key=lambda each: (each.deadline_on, each.module_slug)))


def due_on(duty: Obligation, lapsed_from: date | None, today: date) -> date:
    """By when somebody is to be done: by the deadline, or some days after a result of `lapsed_from` lapsed."""
    renew_from = duty.demand.renew_from
    if renew_from is None or lapsed_from is None:
        return duty.deadline_on
    return max(duty.deadline_on, today + (lapsed_from - renew_from))


def is_met(demand: Demand, signed_on: date | None) -> bool:
    """Whether a pact signed on that day is what counts."""
    return signed_on is not None and (demand.since is None or signed_on >= demand.since)


def lapsed_from(demand: Demand, signed_on: date | None) -> date | None:
    """The day of a last pact, if it counted until lately."""
    is_late = signed_on is None or demand.renew_from is None or signed_on < demand.renew_from
    return None if is_late or is_met(demand, signed_on) else signed_on


@dataclass(frozen=True, slots=True)
class Rank:
    """How far one OPD, or one unit, is toward a directive."""

    agency_id: UUID
    name: str
    done: int
    bound: int

    @property
    def share(self) -> float:
        """The share of its bound people who are done, 0 to 1; all of nobody are."""
        return self.done / self.bound if self.bound else 1.0

    def is_behind(self, percent: int) -> bool:
        """Whether fewer than so many percent are done."""
        return is_behind(self.done, self.bound, percent)


def is_behind(done: int, bound: int, percent: int) -> bool:
    """Whether fewer than so many percent of the bound are done."""
    return done * 100 < percent * bound


def ranking(ranks: Iterable[Rank]) -> list[Rank]:
    """The OPD by their share, the lowest first; of equals the larger first."""
    return sorted(ranks, key=lambda rank: (rank.share, -rank.bound, rank.name))

"""Reads of the calendar: the nation's days joined with the regency's own, and the phases of elections."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Date, and_, bindparam, extract, select

from elearn.calendar import national
from elearn.calendar.models import Election, Holiday, Phase
from elearn.calendar.rules import NoSuchDay, NoSuchElection, OfficeDays, PhaseKind
from elearn.core.db import db

WEEKS_AROUND = timedelta(weeks=6)
"""Longer than offices are ever closed in one go, so that a search for the next working day stays in what is known."""

DAY = bindparam("day", type_=Date)
PRESENT = (
    select(Election.name, Phase.kind, Phase.ended_on)
    .join(Election, Election.id == Phase.election_id)
    .where(Phase.started_on <= DAY, Phase.ended_on >= DAY)
    .order_by(Election.polling_on, Election.name)
    .limit(1)
)
"""The phase on a day, of which every learner's page tells; built once."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One day of the calendar as a page lists it; `holiday_id` for a day of the regency's own."""

    day: date
    name: str
    is_working: bool = False
    holiday_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """The phase on a day, until when, and of which election."""

    election: str
    kind: PhaseKind
    ended_on: date


def office_days(first: date, last: date) -> OfficeDays:
    """The days that differ from the plain week between two days, and some weeks around them."""
    first, last = first - WEEKS_AROUND, last + WEEKS_AROUND
    own = list_holidays(first, last)
    closed = {each.day: each.name for each in own if not each.is_working}
    for year in range(first.year, last.year + 1):
        closed |= national.holidays_of(year)
    return OfficeDays(closed, frozenset(each.day for each in own if each.is_working))


def list_holidays(first: date, last: date) -> Sequence[Holiday]:
    """The regency's own days from one day to another."""
    return db.session.scalars(select(Holiday).where(Holiday.day.between(first, last)).order_by(Holiday.day)).all()


def list_year(year: int) -> list[Entry]:
    """All that differs from the plain week in a year, the nation's days and the regency's, in order."""
    own = list_holidays(date(year, 1, 1), date(year, 12, 31))
    entries = [Entry(day, name) for day, name in national.holidays_of(year).items()]
    entries += [Entry(each.day, each.name, each.is_working, each.id) for each in own]
    return sorted(entries, key=lambda entry: (entry.day, entry.name))


def find_holiday(day: date) -> Holiday | None:
    """The regency's own entry for a day."""
    return db.session.scalar(select(Holiday).where(Holiday.day == day))


def get_holiday(holiday_id: UUID) -> Holiday:
    """A day of the regency's own; raises NoSuchDay."""
    holiday = db.session.get(Holiday, holiday_id)
    if holiday is None:
        raise NoSuchDay
    return holiday


def list_elections() -> Sequence[Election]:
    """All elections, the latest polling day first."""
    return db.session.scalars(select(Election).order_by(Election.polling_on.desc(), Election.name)).all()


def find_election(name: str) -> Election | None:
    """The election of that name."""
    return db.session.scalar(select(Election).where(Election.name == name))


def get_election(election_id: UUID) -> Election:
    """An election; raises NoSuchElection."""
    election = db.session.get(Election, election_id)
    if election is None:
        raise NoSuchElection
    return election


def list_years() -> list[int]:
    """The years that an election or a day of the regency's own falls in."""
    own, polls = (
        db.session.scalars(select(extract("year", column)).distinct())
        for column in (Holiday.day, Election.polling_on)
    )
    return sorted({int(year) for year in (*own, *polls)})


def list_begun(first: date, day: date, kinds: Collection[PhaseKind]) -> list[date]:
    """The first days of the phases of these kinds that began on `first` or later and are under way on a day."""
    began = and_(Phase.started_on.between(first, day), Phase.ended_on >= day)
    return list(db.session.scalars(select(Phase.started_on).where(began, Phase.kind.in_(kinds)).distinct()))


def find_phase(day: date) -> Present | None:
    """The phase on a day; of several elections under way the one that polls first; one statement."""
    row = db.session.execute(PRESENT, {"day": day}).first()
    return Present(*row) if row else None

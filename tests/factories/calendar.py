"""Stopped clocks and election days for tests."""

import datetime as dt
from zoneinfo import ZoneInfo

import time_machine

from elearn.calendar import actions
from elearn.calendar.models import Election
from elearn.calendar.rules import PhaseKind, Span
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction

ZONE = ZoneInfo("Asia/Jakarta")


def morning_of(day: dt.date, hour: int = 9) -> time_machine.travel:
    """The clock stopped at an hour of a day at the regency."""
    return time_machine.travel(dt.datetime(day.year, day.month, day.day, hour, tzinfo=ZONE), tick=False)


def an_election(kind: PhaseKind, first: dt.date, last: dt.date, name: str = "Pemilihan Serawai") -> Election:
    """An election of which one phase is known."""
    with transaction():
        phases = [Span(kind, first, last)]
        return actions.enter_election(SYSTEM, name=name, polling_on=last + dt.timedelta(days=9), phases=phases)

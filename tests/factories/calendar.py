"""Stopped clocks and election days for tests."""

import datetime as dt
from zoneinfo import ZoneInfo

import time_machine

ZONE = ZoneInfo("Asia/Jakarta")


def morning_of(day: dt.date, hour: int = 9) -> time_machine.travel:
    """The clock stopped at an hour of a day at the regency."""
    return time_machine.travel(dt.datetime(day.year, day.month, day.day, hour, tzinfo=ZONE), tick=False)

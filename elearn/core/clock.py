"""The only reader of the wall clock, so that a test can stop it and a reader can find it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import current_app, has_app_context

DEFAULT_ZONE = "Asia/Jakarta"


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def zone() -> ZoneInfo:
    """The regency's own time zone (WIB, WITA or WIT)."""
    return ZoneInfo(current_app.config["TIME_ZONE"] if has_app_context() else DEFAULT_ZONE)


def today() -> date:
    """The calendar day at the regency now."""
    return now().astimezone(zone()).date()


def local(instant: datetime) -> datetime:
    """The same instant on the regency's clocks."""
    return instant.astimezone(zone())


def end_of(day: date) -> datetime:
    """The last microsecond of a calendar day at the regency, as an aware instant."""
    return datetime(day.year, day.month, day.day, 23, 59, 59, 999999, tzinfo=zone()).astimezone(UTC)


def start_of(day: date) -> datetime:
    """The first instant of a calendar day at the regency, as an aware instant."""
    return datetime(day.year, day.month, day.day, tzinfo=zone()).astimezone(UTC)

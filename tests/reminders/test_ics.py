"""Calendars are written as RFC 5545 has it."""

from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from elearn.reminders import ics
from elearn.reminders.ics import Event

STAMP = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)


def unfolded(text: str) -> list[str]:
    """The lines as a calendar program reads them."""
    return text.replace("\r\n ", "").split("\r\n")


def test_an_event_takes_whole_days() -> None:
    """The last day is written as the day after it, and every line ends in CRLF."""
    event = Event("1@elearn", "Masa tenang", date(2026, 11, 21), date(2026, 11, 23))
    lines = unfolded(ics.calendar("Tenggat", [event], stamp=STAMP))
    assert ["BEGIN:VCALENDAR", "VERSION:2.0"] == lines[:2]
    assert ["END:VEVENT", "END:VCALENDAR", ""] == lines[-3:]
    assert "DTSTAMP:20261121T170000Z" in lines
    assert ("DTSTART;VALUE=DATE:20261121", "DTEND;VALUE=DATE:20261124") == (lines[10], lines[11])


def test_texts_are_escaped() -> None:
    """Commas, semicolons, backslashes and line ends are no part of the format."""
    assert "a\\, b\\; c\\\\d\\ne" == ics.escape("a, b; c\\d\r\ne")


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=400))
def test_lines_are_folded_between_letters(text: str) -> None:
    """No line is longer than 75 octets, and unfolding gives the line back."""
    folded = ics.fold(text)
    assert all(len(line.encode()) <= ics.MOST_OCTETS for line in folded.split("\r\n"))
    assert text == folded.replace("\r\n ", "")

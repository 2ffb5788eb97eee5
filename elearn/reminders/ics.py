"""A calendar to subscribe to, as iCalendar (RFC 5545) of all-day events; pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

MIME_TYPE = "text/calendar"
MOST_OCTETS = 75
"""The longest line without its end (RFC 5545, section 3.1)."""
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True)
class Event:
    """Something that takes whole days, from `started_on` to `ended_on`, both included; `uid` is for ever the same."""

    uid: str
    title: str
    started_on: date
    ended_on: date
    text: str = ""
    url: str = ""


def calendar(name: str, events: Iterable[Event], *, stamp: datetime) -> str:
    """The calendar as it was at an instant; lines end in CRLF and none is longer than 75 octets."""
    return "".join(fold(line) + "\r\n" for line in _lines(name, events, stamp))


def _lines(name: str, events: Iterable[Event], stamp: datetime) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//elearn//pengingat//ID", "CALSCALE:GREGORIAN")
    yield from (f"X-WR-CALNAME:{escape(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT12H", "X-PUBLISHED-TTL:PT12H")
    for event in events:
        yield from _event_lines(event, stamp)
    yield "END:VCALENDAR"


def _event_lines(event: Event, stamp: datetime) -> Iterator[str]:
    yield from ("BEGIN:VEVENT", f"UID:{escape(event.uid)}", f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    yield f"DTSTART;VALUE=DATE:{event.started_on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.ended_on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escape(event.title)}"
    if event.text:
        yield f"DESCRIPTION:{escape(event.text)}"
    if event.url:
        yield f"URL:{event.url}"
    yield from ("TRANSP:TRANSPARENT", "END:VEVENT")


def escape(text: str) -> str:
    """A text as a value (RFC 5545, section 3.3.11)."""
    return text.translate(_ESCAPES)


def fold(line: str) -> str:
    """A line cut into lines of at most 75 octets, each further one begun by a space, no letter cut apart."""
    pieces, room = [""], MOST_OCTETS
    for sign in line:
        octets = len(sign.encode())
        if octets > room:
            pieces.append(" ")
            room = MOST_OCTETS - 1
        pieces[-1] += sign
        room -= octets
    return "\r\n".join(pieces)

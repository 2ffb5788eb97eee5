"""What a message is, when it is tried again, and when nobody tries any more."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from elearn.core.errors import NotFound
from elearn.core.speech import say

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
MOST_ATTEMPTS = 12
"""Twelve tries stretch over about two days, long enough for a mail server's bad weekend."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes with a message."""

    filename: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one address; the same `key` is never posted twice."""

    key: str
    recipient: str
    subject: str
    body: str


class NothingGivenUp(NotFound):
    """No such message was given up."""

    sentence = say("Pesan ini tidak ada dalam daftar yang gagal. Mungkin sudah dikirim ulang.")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a message did not leave; `is_final` when the mail server will not take it however often it is tried."""

    reason: str
    is_final: bool = False


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """When to try again after so many failures: twice as long each time, at most six hours; None to give up."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return now + min(FIRST_WAIT * 2 ** max(0, attempts - 1), LONGEST_WAIT)


def from_template(text: str) -> tuple[str, str]:
    """Subject and body of a rendered mail template, whose first line is the subject."""
    subject, _, body = text.strip().partition("\n")
    return subject.strip(), body.strip() + "\n"

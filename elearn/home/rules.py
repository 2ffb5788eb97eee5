"""What waits for a learner, what comes next, and when the installation is fit to serve."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from elearn.core.permissions import Role
from elearn.core.speech import say
from elearn.directives.duties import Demand, Obligation

SOON_DAYS = 7
LONGEST_SILENCE = 15 * 60
"""Seconds without a sign of life after which the background work counts as stuck."""
LEAST_DISK = 200 * 1024 * 1024
"""Bytes that must be free for the database to grow into."""
OWN_TASKS = say("Tugas saya")
DESKS = {
    Role.SEKDA: say("Meja Sekda"),
    Role.HR: say("Meja kerja BKPSDM"),
    Role.OPD_OFFICER: say("Meja kerja pengelola kepegawaian"),
    Role.AUDITOR: say("Meja kerja pemeriksa"),
    Role.AUTHOR: say("Meja kerja penyusun materi"),
    Role.ADMIN: say("Meja kerja admin"),
}
"""What the first page is called for a role; the first role held in this order names it."""


def heading(roles: Collection[Role]) -> str:
    """The name of the first page: the desk of whoever has one, else one's own tasks."""
    return next((name for role, name in DESKS.items() if role in roles), OWN_TASKS)


class Step(StrEnum):
    """The next thing a learner does in a module."""

    STUDY = "study"
    QUIZ = "quiz"
    SIGN = "sign"
    REPEAT = "repeat"
    WAIT = "wait"
    DONE = "done"


class Urgency(StrEnum):
    """How a deadline stands; the values are the kinds of a status on the page."""

    DONE = "ok"
    LATE = "late"
    SOON = "soon"
    AHEAD = "open"


def next_step(
    *, is_quiz_open: bool, has_passed: bool, has_signed: bool, is_certified: bool, must_repeat: bool = False
) -> Step:
    """What a learner does next; the certificate comes by itself after the signature.

    Who has signed before, but not what counts now, learns the module once more.
    """
    if is_certified:
        return Step.DONE
    if has_signed:
        return Step.WAIT
    if must_repeat:
        return Step.REPEAT
    if has_passed:
        return Step.SIGN
    return Step.QUIZ if is_quiz_open else Step.STUDY


def is_met(demand: Demand, signed_on: date | None) -> bool:
    """Whether a pact signed on that day is what counts."""
    return signed_on is not None and (demand.since is None or signed_on >= demand.since)


def due_on(duty: Obligation, signed_on: date | None, today: date) -> date:
    """By when somebody is to be done: the directive's deadline, or some days after a result of hers lapsed."""
    renew_from = duty.demand.renew_from
    if renew_from is None or signed_on is None or is_met(duty.demand, signed_on) or signed_on < renew_from:
        return duty.deadline_on
    return max(duty.deadline_on, today + (signed_on - renew_from))


def urgency(deadline_on: date, today: date, *, has_signed: bool) -> Urgency:
    """How a deadline stands for a learner; late from the day after it, soon in the last week."""
    if has_signed:
        return Urgency.DONE
    days = (deadline_on - today).days
    if days < 0:
        return Urgency.LATE
    return Urgency.SOON if days <= SOON_DAYS else Urgency.AHEAD


@dataclass(frozen=True, slots=True)
class Check:
    """One thing an installation needs, whether it has it, and the figures behind that."""

    name: str
    is_ok: bool
    facts: dict[str, Any]


def is_ready(checks: Iterable[Check]) -> bool:
    """Whether an installation has all that it needs."""
    return all(check.is_ok for check in checks)


def jobs_check(*, waiting: int, silent_for: float) -> Check:
    """Whether background work is being done: the last sign of life is not too long ago (in seconds)."""
    facts = {"waiting": waiting, "age_seconds": round(silent_for)}
    return Check("jobs", silent_for <= LONGEST_SILENCE, facts)


def disk_check(free: int) -> Check:
    """Whether there is room for the database to grow (in bytes)."""
    return Check("disk", free >= LEAST_DISK, {"free_mb": free // 2**20})


def migrations_check(present: Iterable[str], newest: Iterable[str]) -> Check:
    """Whether the schema is the one this program expects."""
    found, wanted = sorted(present), sorted(newest)
    return Check("migrations", found == wanted, {"present": found, "newest": wanted})

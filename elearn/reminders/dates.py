"""One person's days for a calendar program: her deadlines, and the phases of elections. Reads only."""

from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from itertools import groupby
from uuid import UUID

from flask import current_app

from elearn.calendar import queries as calendar
from elearn.directives import binding
from elearn.directives.duties import Obligation
from elearn.reminders import queries, rules
from elearn.reminders.ics import Event

DOMAIN = "elearn"


def events(account_id: UUID, today: date) -> list[Event]:
    """Her deadlines as they stand today, then all phases; each known for ever by the same id."""
    _, owed = binding.list_obligations(account_id, today)
    return [*_deadlines(account_id, owed, today), *_phases()]


def _deadlines(account_id: UUID, owed: Iterable[Obligation], today: date) -> Iterator[Event]:
    modules, signed = queries.modules(), queries.signed_on(account_id)
    for slug, duties in groupby(owed, key=lambda duty: duty.module_slug):
        title = modules[slug].title if slug in modules else slug
        for number, duty in enumerate(duties):
            uid = _uid("tenggat", str(account_id), slug, str(number))
            yield _deadline(uid, title, duty, signed.get(slug), today)


def _deadline(uid: str, title: str, duty: Obligation, signed_on: date | None, today: date) -> Event:
    is_done, address = rules.is_met(duty.demand, signed_on), current_app.config["PUBLIC_URL"]
    day = rules.due_on(duty, rules.lapsed_from(duty.demand, signed_on), today)
    state = "Sudah selesai." if is_done else "Belum selesai."
    return Event(uid, f"Tenggat: {title}", day, day, state, f"{address}/belajar/{duty.module_slug}")


def _phases() -> list[Event]:
    return [
        Event(
            _uid("tahap", str(phase.id)),
            f"Tahap {phase.kind.words}: {election.name}",
            phase.started_on,
            phase.ended_on,
        )
        for election in calendar.list_elections()
        for phase in election.phases
    ]


def _uid(*parts: str) -> str:
    """An id that is always the same for the same thing and tells nothing of whose it is."""
    return f"{sha256(':'.join(parts).encode()).hexdigest()[:32]}@{DOMAIN}"

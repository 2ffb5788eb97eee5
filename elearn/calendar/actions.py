"""Keeping the calendar: the regency's own days, and elections with their phases."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from elearn.calendar import queries, rules
from elearn.calendar.models import Election, Holiday, Phase
from elearn.calendar.rules import Span
from elearn.core import clock
from elearn.core.db import db
from elearn.core.permissions import Actor
from elearn.ledger import actions as ledger


def enter_holiday(actor: Actor, *, day: dt.date, name: str, is_working: bool) -> Holiday:
    """Note a day on which the offices here are closed, or work although the nation rests; raises DayTaken."""
    if queries.find_holiday(day):
        raise rules.DayTaken(field="day")
    holiday = Holiday(day=day, name=name, is_working=is_working, entered_by=actor.account_id, entered_at=clock.now())
    db.session.add(holiday)
    db.session.flush()
    ledger.record(actor, "calendar:holiday_entered", _day_facts(holiday))
    return holiday


def remove_holiday(actor: Actor, *, holiday_id: UUID) -> None:
    """Take a day of the regency's own out of the calendar; raises NoSuchDay."""
    holiday = queries.get_holiday(holiday_id)
    db.session.delete(holiday)
    db.session.flush()
    ledger.record(actor, "calendar:holiday_removed", _day_facts(holiday))


def enter_election(actor: Actor, *, name: str, polling_on: dt.date, phases: Sequence[Span]) -> Election:
    """Note an election with its phases; raises NameTaken and what `rules.refuse_disorder` raises."""
    election = Election(entered_by=actor.account_id, entered_at=clock.now())
    _write(election, name, polling_on, phases)
    db.session.add(election)
    db.session.flush()
    ledger.record(actor, "calendar:election_entered", _election_facts(election))
    return election


def change_election(
    actor: Actor, *, election_id: UUID, name: str, polling_on: dt.date, phases: Sequence[Span]
) -> Election:
    """Change an election and its phases; raises NoSuchElection, NameTaken and what `rules.refuse_disorder` raises."""
    election = queries.get_election(election_id)
    _write(election, name, polling_on, phases)
    db.session.flush()
    ledger.record(actor, "calendar:election_changed", _election_facts(election))
    return election


def remove_election(actor: Actor, *, election_id: UUID) -> None:
    """Take an election and its phases out of the calendar; raises NoSuchElection."""
    election = queries.get_election(election_id)
    db.session.delete(election)
    db.session.flush()
    ledger.record(actor, "calendar:election_removed", _election_facts(election))


def _write(election: Election, name: str, polling_on: dt.date, phases: Sequence[Span]) -> None:
    same_name = queries.find_election(name)
    if same_name is not None and same_name is not election:
        raise rules.NameTaken(field="name")
    rules.refuse_disorder(phases, polling_on)
    election.name, election.polling_on = name, polling_on
    _set_phases(election, phases)


def _set_phases(election: Election, phases: Sequence[Span]) -> None:
    """The phases of an election; those that stay keep their id, which subscribed calendars know them by."""
    known = {phase.kind: phase for phase in election.phases}
    election.phases = [known.get(span.kind) or Phase(kind=span.kind) for span in phases]
    for phase, span in zip(election.phases, phases, strict=True):
        phase.started_on, phase.ended_on = span.started_on, span.ended_on


def _day_facts(holiday: Holiday) -> dict[str, object]:
    return {"day": holiday.day.isoformat(), "name": holiday.name, "is_working": holiday.is_working}


def _election_facts(election: Election) -> dict[str, object]:
    return {
        "election": str(election.id),
        "name": election.name,
        "polling_on": election.polling_on.isoformat(),
        "phases": [[p.kind.value, p.started_on.isoformat(), p.ended_on.isoformat()] for p in election.phases],
    }

"""Writes about the law under the curriculum: a change of it is marked by an author, and settled once."""

import datetime as dt
from uuid import UUID

from elearn.authoring import law, rules
from elearn.authoring.models import LawChange
from elearn.core.clock import now
from elearn.core.db import db
from elearn.core.permissions import Actor
from elearn.ledger import actions as ledger


def mark(actor: Actor, *, instrument_id: str, citation_id: str, changed_on: dt.date, note: str) -> LawChange:
    """Mark an instrument, or one place in it, as changed; every version that cites it shows it from now on."""
    if not rules.places_of(law.get_register(), instrument_id, citation_id):
        raise rules.ForeignPlace(field="citation_id")
    change = LawChange(
        instrument_id=instrument_id,
        citation_id=citation_id,
        changed_on=changed_on,
        note=note,
        marked_by=actor.account_id,
        marked_at=now(),
    )
    db.session.add(change)
    db.session.flush()
    ledger.record(actor, "authoring:law_changed", _facts(change))
    return change


def settle(actor: Actor, *, change_id: UUID) -> LawChange:
    """Say that the curriculum has followed a change; ChangeSettled when somebody has said so before."""
    change = law.find_change(change_id)
    if change is None:
        raise rules.NoSuchLaw
    if change.settled_at is not None:
        raise rules.ChangeSettled
    change.settled_by, change.settled_at = actor.account_id, now()
    db.session.flush()
    ledger.record(actor, "authoring:law_settled", _facts(change))
    return change


def _facts(change: LawChange) -> dict[str, object]:
    return {
        "change": str(change.id),
        "instrument": change.instrument_id,
        "citation": change.citation_id,
        "changed_on": change.changed_on.isoformat(),
        "note": change.note,
    }

"""The bulk statements by which people are entered, placed, changed and dismissed, be it one or seventy thousand."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert, update

from elearn.accounts import actions as accounts
from elearn.accounts.rules import NewAccount
from elearn.agencies import nip
from elearn.agencies.difference import Change, Standing
from elearn.agencies.models import Correction, Employee, Placement
from elearn.agencies.rules import EmployeeStatus, Hire, LeaveReason, Move, Person
from elearn.core import clock
from elearn.core.db import Model, db, new_id
from elearn.core.permissions import Actor
from elearn.core.speech import Sentence, kept

Row = dict[str, Any]
_FACTS = ("name", "title_before", "title_after", "kind", "rank", "email", "phone")


def enter(actor: Actor, hires: Sequence[Hire]) -> list[Standing]:
    """Write accounts, employees and first placements of new people, and return how they stand, in that order."""
    account_ids = accounts.create_many(
        actor,
        [
            NewAccount(
                h.person.nip, h.person.full_name, h.person.email, h.person.phone, h.password_hash, h.activated_at
            )
            for h in hires
        ],
    )
    standings = [
        Standing(h.person, h.started_on, True, new_id(), account_id, new_id())
        for h, account_id in zip(hires, account_ids, strict=True)
    ]
    _insert(Employee, [_employee_row(each) for each in standings])
    _insert(Placement, [_placement_row(each) for each in standings])
    return standings


def _employee_row(standing: Standing) -> Row:
    return {
        "id": standing.employee_id,
        "account_id": standing.account_id,
        "birth_on": nip.parse(standing.person.nip).birth_on,
        "status": EmployeeStatus.ACTIVE,
        **_facts(standing.person, "nip", *_FACTS),
    }


def _placement_row(standing: Standing) -> Row:
    return {
        "id": standing.placement_id,
        "employee_id": standing.employee_id,
        "agency_id": standing.person.agency_id,
        "post": standing.person.post,
        "post_group": standing.person.post_group,
        "started_on": standing.since,
    }


def place_anew(moves: Sequence[Move], on: dt.date) -> dict[UUID, UUID]:
    """End open placements and begin the next, told by employee; one that began on the same day is corrected."""
    later = [(new_id(), move) for move in moves if move.since != on]
    _update(Placement, [{"id": move.placement_id, "ended_on": on} for _, move in later if move.placement_id])
    _update(Placement, [{"id": move.placement_id, **_post(move)} for move in moves if move.since == on])
    _insert(
        Placement,
        [{"id": id_, "employee_id": move.employee_id, "started_on": on, **_post(move)} for id_, move in later],
    )
    return {move.employee_id: id_ for id_, move in later}


def _post(move: Move) -> Row:
    return {"agency_id": move.agency_id, "post": move.post, "post_group": move.post_group}


def take_over(changes: Sequence[Change]) -> None:
    """Write what a roster says of known people into their employee and account rows."""
    _update(Employee, [_facts_row(change) for change in changes])
    accounts.update_contacts(
        {
            c.standing.account_id: {"name": c.after.full_name, "email": c.after.email, "phone": c.after.phone}
            for c in changes
        }
    )


def _facts_row(change: Change) -> Row:
    serves = {"status": EmployeeStatus.ACTIVE, "left_on": None, "left_reason": None}
    return {"id": change.standing.employee_id, **serves, **_facts(change.after, *_FACTS)}


def _facts(person: Person, *names: str) -> Row:
    return {name: getattr(person, name) for name in names}


def dismiss(
    actor: Actor,
    leaving: Sequence[tuple[UUID, UUID, UUID | None]],
    on: dt.date,
    reason: LeaveReason | None = None,
) -> None:
    """End the service of people given as employee, account and open placement."""
    _update(Placement, [{"id": placement_id, "ended_on": on} for *_, placement_id in leaving])
    left = {"status": EmployeeStatus.LEFT, "left_on": on, "left_reason": reason}
    _update(Employee, [{"id": employee_id, **left} for employee_id, *_ in leaving])
    accounts.deactivate_many(actor, account_ids=[account_id for _, account_id, _ in leaving])


def correct(actor: Actor, *, effective_on: dt.date, sentence: str) -> None:
    """Note that the books of earlier days were changed, if that day is over; reports of such days say so."""
    if effective_on < clock.today():
        note = Correction(
            effective_on=effective_on,
            recorded_at=clock.now(),
            recorded_by=actor.account_id,
            sentence=sentence[:300],
            said=kept(sentence) if isinstance(sentence, Sentence) else None,
        )
        db.session.add(note)
        db.session.flush()


def _insert(model: type[Model], rows: Sequence[Row]) -> None:
    """Insert all rows in one statement; without `render_nulls` it would be one for each pattern of empty fields."""
    if rows:
        db.session.execute(insert(model).execution_options(render_nulls=True), rows)


def _update(model: type[Model], rows: Sequence[Row]) -> None:
    """Update by primary key, all rows in one statement."""
    if rows:
        db.session.execute(update(model), rows)

"""Since when people serve within units that a directive addresses one by one; to be handed over breaks nothing."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import or_, select

from elearn.agencies import queries as agencies
from elearn.agencies.models import Agency, Placement, Succession
from elearn.core.db import db
from elearn.directives import duties

Entered = Mapping[UUID, date]
"""Agencies that are addressed, each with the day since when: for ever, or since it took over from one that is."""


class Stay(NamedTuple):
    """A placement as far as it matters here."""

    agency_id: UUID
    started_on: date
    ended_on: date | None


def within(units: Collection[UUID], others: Collection[UUID], *, issued_on: date, day: date) -> dict[UUID, date]:
    """Whoever came into one of these units, or was moved within them, after an issue: since when she is there.

    Who serves below one of the `others`, which are addressed too, is left out; so is who has stayed where she was.
    """
    entered = _entered(frozenset(units), frozenset(others), day)
    lately = [agency_id for agency_id, since in entered.items() if since > issued_on]
    came = or_(Placement.started_on > issued_on, Placement.agency_id.in_(lately))
    query = select(Placement.employee_id).where(agencies.covers(day), Placement.agency_id.in_(entered), came)
    found = db.session.scalars(query).all()
    return {who: since(stays, entered) for who, stays in _stays(found, day).items()} if found else {}


def since(stays: Iterable[Stay], entered: Entered) -> date:
    """The first day of the unbroken stay that leads to the last of these placements, which is in one of these."""
    last, *earlier = sorted(stays, key=lambda stay: stay.started_on, reverse=True)
    begun = max(last.started_on, entered[last.agency_id])
    for stay in earlier:
        if stay.ended_on != begun or entered.get(stay.agency_id, begun) >= begun:
            break
        begun = max(stay.started_on, entered[stay.agency_id])
    return begun


def _entered(units: frozenset[UUID], others: frozenset[UUID], day: date) -> dict[UUID, date]:
    """The agencies that are addressed by a day, not counting those below the others."""
    handed = db.session.execute(
        select(Succession.on, Succession.successor_id, Succession.former_id).where(Succession.on <= day)
    ).all()
    steps = [(date.min, dict[UUID, list[UUID]]())]
    steps += [(on, _former(handed, on)) for on in sorted({row.on for row in handed})]
    found = {}
    for agency_id, path in db.session.execute(select(Agency.id, Agency.path)):
        line = duties.lineage(path)
        first = next((on for on, former in steps if not units.isdisjoint(duties.with_former(line, former))), None)
        if first is not None and others.isdisjoint(duties.with_former(line, steps[-1][1])):
            found[agency_id] = first
    return found


def _former(handed: Iterable[tuple[date, UUID, UUID]], day: date) -> dict[UUID, list[UUID]]:
    """What each agency took over from by a day."""
    former: dict[UUID, list[UUID]] = {}
    for on, successor, before in handed:
        if on <= day:
            former.setdefault(successor, []).append(before)
    return former


def _stays(employee_ids: Collection[UUID], day: date) -> dict[UUID, list[Stay]]:
    """The placements of some people that began by a day."""
    query = select(Placement.employee_id, Placement.agency_id, Placement.started_on, Placement.ended_on)
    found: dict[UUID, list[Stay]] = {}
    rows = db.session.execute(query.where(Placement.employee_id.in_(employee_ids), Placement.started_on <= day))
    for who, agency_id, started_on, ended_on in rows:
        found.setdefault(who, []).append(Stay(agency_id, started_on, ended_on))
    return found

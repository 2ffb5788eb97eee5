"""What a staged roster would change, as the books stand now."""

import datetime as dt
from dataclasses import replace
from typing import Any

from sqlalchemy import and_, or_, select

from elearn.agencies import difference, queries, roster
from elearn.agencies.difference import Complaint, Difference, Standing
from elearn.agencies.directory import Directory, Place
from elearn.agencies.models import Agency, Employee, Placement, RosterImport
from elearn.agencies.roster import RosterLine
from elearn.agencies.rules import EmployeeKind, EmployeeStatus, Person
from elearn.core.db import db


def difference_of(staged: RosterImport) -> Difference:
    """What a staged roster changes as the books stand now; complaints in the order of the file. Two statements."""
    places = list_places(staged.as_of)
    lines = [RosterLine(**{**row, "kind": EmployeeKind(row["kind"])}) for row in staged.rows]
    people, unknown = roster.people(lines, Directory(places))
    opd = {place.id: place.opd_id for place in places}
    spoken_for = {opd[person.agency_id] for person in people.values()} - {None}
    found = difference.between(
        known_people(),
        people,
        as_of=staged.as_of,
        seen=frozenset(staged.seen),
        covered=frozenset(place.id for place in places if place.opd_id in spoken_for),
        is_complete=staged.is_complete,
    )
    complaints = [*(Complaint(**each) for each in staged.complaints), *unknown, *found.complaints]
    return replace(found, complaints=tuple(sorted(complaints, key=lambda each: each.line or 0)))


def list_places(day: dt.date) -> list[Place]:
    """The agencies open on a day, as far as their names matter."""
    query = select(Agency.id, Agency.name, Agency.short_name, Agency.kind, Agency.opd_id).where(
        or_(Agency.closed_on.is_(None), Agency.closed_on > day)
    )
    return [Place(*row) for row in db.session.execute(query)]


def known_people() -> dict[str, Standing]:
    """Everybody in our books by NIP, with the present placement or the last one; one statement."""
    query = select(
        *queries.PERSON, Employee.status, Employee.left_on, Placement.id.label("placement_id"),
        Placement.agency_id, Placement.started_on,
    ).join(Placement, and_(Placement.employee_id == Employee.id, queries.IS_LATEST))  # fmt: skip
    return {row.nip: _standing(row) for row in db.session.execute(query)}


def _standing(row: Any) -> Standing:
    person = Person(
        nip=row.nip,
        name=row.name,
        kind=row.kind,
        agency_id=row.agency_id,
        post=row.post,
        title_before=row.title_before,
        title_after=row.title_after,
        rank=row.rank,
        email=row.email,
        phone=row.phone,
    )
    return Standing(
        person=person,
        since=row.left_on or row.started_on,
        is_active=row.status is EmployeeStatus.ACTIVE,
        employee_id=row.employee_id,
        account_id=row.account_id,
        placement_id=row.placement_id,
    )

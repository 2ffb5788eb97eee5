"""What a staged roster would change, as the books stand now."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select

from elearn.agencies import absences, complaints, difference, doubts, pauses, placing, queries, roster, timeline
from elearn.agencies.bulk import without_sweeps
from elearn.agencies.complaints import Complaint, Group, Question
from elearn.agencies.difference import Begin, Difference, End, Going, Standing
from elearn.agencies.directory import Directory, Place
from elearn.agencies.models import Agency, Employee, Placement, RosterImport, UnitAlias
from elearn.agencies.pauses import Books, Finding
from elearn.agencies.placing import Placed, Stray
from elearn.agencies.roster import RosterLine
from elearn.agencies.rules import AbsenceKind, EmployeeStatus, Person
from elearn.core.db import db


@dataclass(frozen=True, slots=True)
class Review:
    """A staged roster looked at: its difference, the unknown names in it, what is guessed, what it was read with."""

    found: Difference
    strays: tuple[Stray, ...]
    guessed: frozenset[str]
    known: dict[str, Standing]
    places: dict[UUID, Place]

    @property
    def faults(self) -> list[Group]:
        """The complaints that are no questions, told once each."""
        return complaints.grouped(each for each in self.found.complaints if each.doubt is None)

    @property
    def questions(self) -> list[Question]:
        """What may be a mistake."""
        return complaints.questions(self.found.complaints)


@without_sweeps()
def review_of(staged: RosterImport) -> Review:
    """Look at a staged roster as the books stand now; complaints in the order of the file.

    Three statements, and two more when it tells who serves.
    """
    places = {place.id: place for place in list_places(staged.as_of)}
    known = known_people()
    lines = [roster.line_of(row) for row in staged.rows]
    here = [line for line in lines if not pauses.is_gone(line, staged.as_of)]
    placed = placing.place(here, Directory(places.values(), aliases()), known)
    spoken_for = {places[person.agency_id].opd_id for person in placed.people.values()} - {None}
    found = difference.between(
        known,
        placed.people,
        as_of=staged.as_of,
        seen=frozenset(staged.seen),
        covered=frozenset(place.id for place in places.values() if place.opd_id in spoken_for),
        is_complete=staged.is_complete,
    )
    findings = _of_service(lines, placed, known, staged.as_of)
    found = _completed(found, findings)
    every = [
        *(complaints.complaint_of(each) for each in staged.complaints),
        *placed.complaints,
        *found.complaints,
        *doubts.raised_by(found, placed.people, known, staged.as_of),
        *doubts.vanished(found, known, places),
        *doubts.renamed(placed.strays, known, places),
        *(each for each in findings if isinstance(each, Complaint)),
        *doubts.of_service(found, len(lines)),
    ]
    found = replace(found, complaints=tuple(sorted(every, key=_place)))
    return Review(found, placed.strays, placed.guessed, known, places)


def _of_service(lines: Sequence[RosterLine], placed: Placed, known: dict[str, Standing], as_of: dt.date
                ) -> list[Finding]:  # fmt: skip
    """What a roster tells of who goes, is away or is back; nothing when it has no word of it."""
    telling = [line for line in lines if line.state]
    if not telling:
        return []
    away = [line.nip for line in telling if isinstance(line.state, AbsenceKind) and line.nip in known]
    first_days = timeline.first_days([known[nip].employee_id for nip in away])
    books = Books(known, absences.pauses(), first_days)
    return pauses.goings(telling, known, as_of) + pauses.absences(lines, placed.people, books, as_of)


def _completed(found: Difference, findings: Sequence[Finding]) -> Difference:
    """The difference with who goes, is away or is back; who is only that has not remained unchanged."""
    goings = tuple(each for each in findings if isinstance(each, Going))
    begun = tuple(each for each in findings if isinstance(each, Begin))
    ended = tuple(each for each in findings if isinstance(each, End))
    listed = {each.nip for each in found.joins}
    listed |= {each.after.nip for each in (*found.returns, *found.moves, *found.changes)}
    paused = {each.person.nip for each in begun} | {each.person.nip for each in ended}
    return replace(found, goings=goings, begun=begun, ended=ended, unchanged=found.unchanged - len(paused - listed))


def difference_of(staged: RosterImport) -> Difference:
    """What a staged roster changes as the books stand now."""
    return review_of(staged).found


def _place(complaint: Complaint) -> tuple[str, int]:
    return complaint.sheet, complaint.line or 0


def list_places(day: dt.date) -> list[Place]:
    """The agencies open on a day, as far as their names matter."""
    query = select(Agency.id, Agency.name, Agency.short_name, Agency.kind, Agency.opd_id).where(
        or_(Agency.closed_on.is_(None), Agency.closed_on > day)
    )
    return [Place(*row) for row in db.session.execute(query)]


def aliases() -> dict[str, UUID | None]:
    """The names remembered for agencies, by key; None for one that is none of ours."""
    rows = db.session.execute(select(UnitAlias.name_key, UnitAlias.agency_id))
    return {row.name_key: row.agency_id for row in rows}


def known_people() -> dict[str, Standing]:
    """Everybody in our books by NIP, with the present placement or the last one; one statement."""
    query = select(
        *queries.PERSON, Employee.status, Employee.left_on, Employee.left_reason, Placement.id.label("placement_id"),
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
        post_group=row.post_group,
    )
    return Standing(
        person=person,
        since=row.left_on or row.started_on,
        is_active=row.status is EmployeeStatus.ACTIVE,
        employee_id=row.employee_id,
        account_id=row.account_id,
        placement_id=row.placement_id,
        left_reason=row.left_reason,
    )

"""Writes of the times in which somebody belongs here but does not serve, and the reads that go with them."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, or_, select, update

from elearn.agencies import books, queries, rules
from elearn.agencies.difference import Pause
from elearn.agencies.models import Absence, Employee
from elearn.agencies.rules import AbsenceKind, EmployeeStatus, ImpossibleDay
from elearn.core import clock
from elearn.core.bahasa import tanggal
from elearn.core.db import db, new_id
from elearn.core.errors import Conflict, NotFound
from elearn.core.permissions import Actor, Permission
from elearn.core.speech import say
from elearn.ledger import actions as ledger


class Overlaps(Conflict):
    """Somebody is absent for one reason at a time."""

    sentence = say(
        "Pada masa itu sudah tercatat masa tidak bertugas yang lain. Akhiri atau batalkan yang itu dahulu."
    )


def list_absences(employee_id: UUID) -> Sequence[Absence]:
    """The absences of an employee, the latest first."""
    query = select(Absence).where(Absence.employee_id == employee_id)
    return db.session.scalars(query.order_by(Absence.started_on.desc())).all()


def get_absence(actor: Actor, *, employee_id: UUID, absence_id: UUID) -> Absence:
    """An absence of an employee whom the actor may move."""
    employee = _reachable(actor, employee_id)
    found = db.session.get(Absence, absence_id)
    if found is None or found.employee_id != employee.id:
        raise NotFound
    return found


def record(
    actor: Actor,
    *,
    employee_id: UUID,
    kind: AbsenceKind,
    started_on: dt.date,
    ended_on: dt.date | None,
    reason: str,
) -> Absence:
    """Note that somebody does not serve in [started_on, ended_on); HasLeft, ImpossibleDay, Overlaps."""
    employee = _reachable(actor, employee_id)
    if employee.status is EmployeeStatus.LEFT:
        raise rules.HasLeft
    _refuse_days(employee, started_on, ended_on)
    absence = Absence(
        employee_id=employee_id,
        kind=kind,
        started_on=started_on,
        ended_on=ended_on,
        reason=reason,
        recorded_by=actor.account_id,
        recorded_at=clock.now(),
    )
    db.session.add(absence)
    db.session.flush()
    told = say("%(kind)s seorang pegawai dicatat, berlaku sejak %(day)s.", kind=kind.words, day=started_on)
    _tell(actor, "agencies:absence_recorded", absence, started_on, told)
    return absence


def end(actor: Actor, *, employee_id: UUID, absence_id: UUID, on: dt.date) -> None:
    """Let an absence end, `on` being the first day of duty again; ImpossibleDay.

    On its first day it has not been at all, and is taken out.
    """
    absence = get_absence(actor, employee_id=employee_id, absence_id=absence_id)
    if on < absence.started_on:
        raise ImpossibleDay(say("Tidak boleh sebelum %(day)s.", day=absence.started_on), field="on")
    if absence.ended_on is not None and on >= absence.ended_on:
        raise ImpossibleDay(say("Masa ini sudah berakhir pada %(day)s.", day=absence.ended_on), field="on")
    kind = absence.kind.words
    if on == absence.started_on:
        db.session.delete(absence)
        told = say("%(kind)s seorang pegawai dibatalkan, berlaku sejak %(day)s.", kind=kind, day=on)
        _tell(actor, "agencies:absence_removed", absence, on, told)
        return
    absence.ended_on = on
    told = say("%(kind)s seorang pegawai berakhir, berlaku sejak %(day)s.", kind=kind, day=on)
    _tell(actor, "agencies:absence_ended", absence, on, told)


def pauses() -> dict[UUID, list[Pause]]:
    """Every absence in the books by employee, the earliest first; one statement."""
    found: dict[UUID, list[Pause]] = {}
    days = (Absence.started_on, Absence.ended_on, Absence.roster_as_of)
    query = select(Absence.employee_id, Absence.id, Absence.kind, *days).order_by(Absence.started_on)
    for employee_id, id_, kind, started_on, ended_on, roster_as_of in db.session.execute(query):
        pause = Pause(id_, kind, started_on, ended_on, is_by_hand=roster_as_of is None)
        found.setdefault(employee_id, []).append(pause)
    return found


def begin_many(actor: Actor, begun: Collection[tuple[UUID, AbsenceKind, dt.date]], as_of: dt.date) -> list[UUID]:
    """Let absences of employees begin that the roster of a day tells of."""
    told = {
        "reason": f"Menurut daftar pegawai per {tanggal(as_of)}",
        "roster_as_of": as_of,
        "recorded_by": actor.account_id,
        "recorded_at": clock.now(),
    }
    ids = [new_id() for _ in begun]
    rows = [
        {"id": id_, "employee_id": employee_id, "kind": kind, "started_on": on, **told}
        for id_, (employee_id, kind, on) in zip(ids, begun, strict=True)
    ]
    if rows:
        db.session.execute(insert(Absence), rows)
    return ids


def end_many(ends: Mapping[UUID, dt.date]) -> list[dict[str, Any]]:
    """Let absences end, each on its first day of duty again; the rows as they were before."""
    if not ends:
        return []
    query = select(*Absence.__table__.columns).where(Absence.id.in_(ends))
    before = [dict(row._mapping) for row in db.session.execute(query)]
    db.session.execute(update(Absence), [{"id": id_, "ended_on": on} for id_, on in ends.items()])
    return before


def close_for(employee_id: UUID, on: dt.date) -> None:
    """Let the absence of somebody who leaves reach no further than the service."""
    close_many([employee_id], on)


def close_many(employee_ids: Collection[UUID], on: dt.date) -> list[dict[str, Any]]:
    """Let the absences of people who leave reach no further than the service; the rows as they were before."""
    reaches = or_(Absence.ended_on.is_(None), Absence.ended_on > on)
    query = select(*Absence.__table__.columns).where(Absence.employee_id.in_(employee_ids), reaches)
    before = [dict(row._mapping) for row in db.session.execute(query)]
    gone = [each["id"] for each in before if each["started_on"] >= on]
    cut = [{"id": each["id"], "ended_on": on} for each in before if each["started_on"] < on]
    if gone:
        db.session.execute(delete(Absence).where(Absence.id.in_(gone)))
    if cut:
        db.session.execute(update(Absence), cut)
    return before


def _reachable(actor: Actor, employee_id: UUID) -> Employee:
    visible = queries.visible_to(actor, Permission.AGENCY_PEOPLE_TRANSFER)
    return queries.get_employee(employee_id, visible=visible)


def _refuse_days(employee: Employee, started_on: dt.date, ended_on: dt.date | None) -> None:
    """Raise ImpossibleDay or Overlaps unless these days are in order, within the service, and free."""
    joined = min(stay.started_on for stay in employee.placements)
    if started_on < joined:
        raise ImpossibleDay(say("Tidak boleh sebelum penempatan pertama, %(day)s.", day=joined), field="started_on")
    if ended_on is not None and ended_on <= started_on:
        raise ImpossibleDay(say("Harus setelah hari pertama tidak bertugas."), field="ended_on")
    for other in list_absences(employee.id):
        is_before = other.ended_on is not None and other.ended_on <= started_on
        is_after = ended_on is not None and ended_on <= other.started_on
        if not (is_before or is_after):
            raise Overlaps


def _tell(actor: Actor, event: str, absence: Absence, on: dt.date, sentence: str) -> None:
    """Record what was written, and note it as a correction when the day is over; the reason stays out of both."""
    db.session.flush()
    facts = {"employee_id": str(absence.employee_id), "kind": absence.kind.value, "on": str(on)}
    ledger.record(actor, event, facts)
    books.correct(actor, effective_on=on, sentence=sentence)

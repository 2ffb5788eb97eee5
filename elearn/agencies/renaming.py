"""Writes of one person's name and titles: changed since a day, or mended where they were written wrongly."""

import datetime as dt
from uuid import UUID

from elearn.accounts import actions as accounts
from elearn.agencies import books, queries, rules, timeline
from elearn.agencies.models import Employee, EmployeeName
from elearn.agencies.naming import Named
from elearn.agencies.rules import EmployeeStatus
from elearn.agencies.timeline import NAMES, Shift
from elearn.core import clock
from elearn.core.db import db
from elearn.core.permissions import Actor, Permission
from elearn.core.speech import say
from elearn.ledger import actions as ledger


def rename(actor: Actor, *, employee_id: UUID, named: Named, on: dt.date) -> None:
    """Call somebody otherwise since a day; reports of the days before keep the name they had.

    HasLeft, NothingChanges, ImpossibleDay. On the day of the latest name, that one is corrected instead.
    """
    employee = _serving(actor, employee_id)
    before = _refuse_idle(employee, named)
    _refuse_day(employee, on)
    NAMES.note([Shift(employee_id, before, named)], on)
    _call(employee, named)
    ledger.record(actor, "agencies:person_renamed", {"employee_id": str(employee_id), "on": str(on)})
    agency = queries.latest_placement(employee).agency.name
    sentence = say("Nama atau gelar seorang pegawai %(agency)s berubah sejak %(day)s.", agency=agency, day=on)
    books.correct(actor, effective_on=on, sentence=sentence)


def mend(actor: Actor, *, employee_id: UUID, named: Named) -> None:
    """Write rightly what was a mistake, wherever it stood in the same words; HasLeft, NothingChanges.

    Of name and titles only the part that differs is mended, so that a title gained later stays one gained later.
    """
    employee = _serving(actor, employee_id)
    before = _refuse_idle(employee, named)
    since = _mend_history(employee_id, before, named) or timeline.first_days([employee_id])[employee_id]
    _call(employee, named)
    ledger.record(actor, "agencies:person_name_mended", {"employee_id": str(employee_id), "since": str(since)})
    agency = queries.latest_placement(employee).agency.name
    sentence = say("Penulisan nama atau gelar seorang pegawai %(agency)s diperbaiki.", agency=agency)
    books.correct(actor, effective_on=since, sentence=sentence)


def history(employee_id: UUID) -> list[tuple[dt.date, str]]:
    """What somebody has been called since when, the latest first; empty for who was always called so."""
    rows = NAMES.history(employee_id)
    return [(row.since, rules.full_name(row.name, row.title_before, row.title_after)) for row in reversed(rows)]


def _mend_history(employee_id: UUID, before: Named, named: Named) -> dt.date | None:
    """Mend the rows in which a wrong part stands, and tell the day of the first; None for no history."""
    rows = NAMES.history(employee_id)
    mended = [row for row in rows if _mended(row, before, named) != _named(row)]
    NAMES.restore([{"id": row.id, **_mended(row, before, named)._asdict()} for row in mended])
    return mended[0].since if mended else None


def _mended(row: EmployeeName, before: Named, named: Named) -> Named:
    """A row's name with each part that was wrong in the same words replaced."""
    parts = zip(_named(row), before, named, strict=True)
    return Named._make(right if stood == wrong else stood for stood, wrong, right in parts)


def _named(row: Employee | EmployeeName) -> Named:
    return Named(row.name, row.title_before, row.title_after)


def _serving(actor: Actor, employee_id: UUID) -> Employee:
    visible = queries.visible_to(actor, Permission.AGENCY_PEOPLE_TRANSFER)
    employee = queries.get_employee(employee_id, visible=visible)
    if employee.status is EmployeeStatus.LEFT:
        raise rules.HasLeft
    return employee


def _refuse_idle(employee: Employee, named: Named) -> Named:
    """The present name; NothingChanges."""
    before = _named(employee)
    if before == named:
        raise rules.NothingChanges(say("Nama dan gelar ini sama dengan yang sekarang."), field="name")
    return before


def _refuse_day(employee: Employee, on: dt.date) -> None:
    """Raise ImpossibleDay for one that is to come, or before the present name or the service began."""
    if on > clock.today():
        raise rules.ImpossibleDay(say("Tidak boleh setelah hari ini."), field="on")
    known = NAMES.history(employee.id)
    if known and on < known[-1].since:
        sentence = say("Tidak boleh sebelum nama yang sekarang berlaku, %(day)s.", day=known[-1].since)
        raise rules.ImpossibleDay(sentence, field="on")
    joined = timeline.first_days([employee.id])[employee.id]
    if on < joined:
        raise rules.ImpossibleDay(say("Tidak boleh sebelum penempatan pertama, %(day)s.", day=joined), field="on")


def _call(employee: Employee, named: Named) -> None:
    """Write the present name of a person and of the account."""
    employee.name, employee.title_before, employee.title_after = named
    db.session.flush()
    accounts.update_contacts({employee.account_id: {"name": employee.full_name}})

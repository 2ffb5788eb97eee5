"""Undoing the last roster: what it replaced is written back, as long as nothing came after."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, delete, insert, null, select, update

from elearn.accounts import actions as accounts
from elearn.accounts import queries as account_queries
from elearn.agencies import books, obstacles, roster_queries, timeline
from elearn.agencies.bulk import without_sweeps
from elearn.agencies.models import Absence, Employee, EmployeeGrade, EmployeeName, Placement, RosterImport
from elearn.agencies.reversal import Row
from elearn.agencies.rules import AbsenceKind, EmployeeKind, EmployeeStatus, LeaveReason, PostGroup
from elearn.core import clock
from elearn.core.db import Model, db
from elearn.core.errors import Conflict
from elearn.core.permissions import Actor, Role
from elearn.core.speech import say
from elearn.ledger import actions as ledger

_CHUNK = 1000
_OWN = frozenset({"placement", "role_grant", "activation_code", "roster_import"})
_READERS: dict[str, Callable[[Any], Any]] = {
    "id": UUID,
    "agency_id": UUID,
    "account_id": UUID,
    "placement_id": UUID,
    "kind": EmployeeKind,
    "status": EmployeeStatus,
    "left_reason": LeaveReason,
    "post_group": PostGroup,
    "left_on": dt.date.fromisoformat,
    "activated_at": dt.datetime.fromisoformat,
    "deactivated_at": dt.datetime.fromisoformat,
}
_OF_ABSENCE: dict[str, Callable[[Any], Any]] = {
    "id": UUID,
    "employee_id": UUID,
    "recorded_by": UUID,
    "kind": AbsenceKind,
    "started_on": dt.date.fromisoformat,
    "ended_on": dt.date.fromisoformat,
    "recorded_at": dt.datetime.fromisoformat,
    "roster_as_of": dt.date.fromisoformat,
}


class NotUndoable(Conflict):
    """Only the roster that was applied last can be undone, and only once."""

    sentence = say("Hanya daftar pegawai yang terakhir diterapkan yang dapat dibatalkan, dan hanya satu kali.")


class ChangedSince(Conflict):
    """Somebody whom the roster changed has been changed again, or a place to go back to is no more."""


@without_sweeps()
def refuse_undoing(staged: RosterImport) -> None:
    """Raise NotUndoable, or ChangedSince with what has happened since to agencies or people."""
    last = roster_queries.last_applied_import()
    if last is None or last.id != staged.id or staged.undone_at is not None or staged.reversal is None:
        raise NotUndoable
    if reason := obstacles.reason(staged, staged.reversal):
        raise ChangedSince(
            say(
                "Penerapan ini tidak dapat dibatalkan karena sesudahnya %(reason)s. "
                "Perbaiki datanya dengan mutasi atau dengan daftar pegawai baru.",
                reason=reason,
            )
        )


@without_sweeps()
def undo(actor: Actor, *, import_id: UUID) -> RosterImport:
    """Bring the books back to what they were before the last roster; PartialReach, NotUndoable, ChangedSince.

    Who joined and has done nothing since is taken out; who has done something is marked as left.
    """
    roster_queries.refuse_partial_reach(actor)
    staged = roster_queries.get_import(import_id, for_update=True)
    refuse_undoing(staged)
    rows = staged.reversal or {}
    _put_back(actor, rows)
    kept = _take_out(actor, [_read(each) for each in rows["joins"]], staged.as_of)
    since = dt.date.fromisoformat(rows.get("since") or staged.as_of.isoformat())
    staged.undone_by, staged.undone_at, staged.reversal = actor.account_id, clock.now(), null()
    db.session.flush()
    facts = {"import_id": str(staged.id), "sha256": staged.sha256, "as_of": str(staged.as_of), "marked_left": kept}
    ledger.record(actor, "agencies:roster_undone", facts)
    days = {"day": staged.as_of, "today": clock.today()}
    sentence = say("Penerapan daftar pegawai per %(day)s dibatalkan pada %(today)s.", **days)
    books.correct(actor, effective_on=since, sentence=sentence)
    return staged


def _put_back(actor: Actor, rows: Mapping[str, Any]) -> None:
    """Placements, facts and accounts of those who were known before."""
    _delete(Placement, [UUID(each) for each in rows["begun"]])
    _update(Placement, map(_read, rows["mended"]))
    _update(Placement, ({"id": UUID(each), "ended_on": None} for each in rows["ended"]))
    _update(Employee, map(_read, rows["employees"]))
    _delete(EmployeeGrade, [UUID(each) for each in rows.get("graded", ())])
    timeline.GRADES.restore([_read(each) for each in rows.get("grades", ())])
    _delete(EmployeeName, [UUID(each) for each in rows.get("named", ())])
    timeline.NAMES.restore([_read(each) for each in rows.get("names", ())])
    _delete(Absence, [UUID(each) for each in rows.get("away", ())])
    _put_back_absences([_read(each, _OF_ABSENCE) for each in rows.get("absences", ())])
    accounts.restore_many(actor, [_read(each) for each in rows["accounts"]])


def _put_back_absences(rows: Sequence[Row]) -> None:
    """Absences that ended, as they were."""
    _delete(Absence, [each["id"] for each in rows])
    if rows:
        db.session.execute(insert(Absence).execution_options(render_nulls=True), rows)


def _take_out(actor: Actor, joins: Sequence[Row], as_of: dt.date) -> int:
    """Take out who joined, but mark as left whoever has done something since, and return how many these are."""
    busy = busy_people(joins)
    idle = [each for each in joins if each["id"] not in busy]
    _delete(Placement, [each["placement_id"] for each in idle])
    _delete(Employee, [each["id"] for each in idle])
    for each in idle:
        if each["is_account_kept"] and not each["was_asn"]:
            _withdraw_asn(actor, each["account_id"])
    accounts.discard_many(actor, account_ids=[each["account_id"] for each in idle if not each["is_account_kept"]])
    day = max(clock.today(), as_of + dt.timedelta(days=1))
    leaving = [(each["id"], each["account_id"], each["placement_id"]) for each in joins if each["id"] in busy]
    books.dismiss(actor, leaving, day, LeaveReason.OTHER)
    return len(leaving)


def busy_people(joins: Sequence[Row]) -> set[UUID]:
    """Those who joined and are known to any other table, have signed in, or hold a role beside that of ASN."""
    employee_of = {each["account_id"]: each["id"] for each in joins}
    employees = set(employee_of.values())
    fresh = [each["account_id"] for each in joins if not each["is_account_kept"]]
    busy = set()
    for target, known in (("employee.id", employees), ("account.id", set(fresh))):
        for column in _columns_to(target):
            traces = known.intersection(db.session.scalars(select(column).distinct()))
            busy |= {employee_of.get(each, each) for each in traces}
    for some in _chunks(fresh):
        grants = account_queries.list_open_grants(some)
        busy |= {employee_of[grant.account_id] for grant in grants if grant.role is not Role.ASN}
        active = [account for account in account_queries.list_accounts(some) if account.activated_at]
        busy |= {employee_of[account.id] for account in active}
    return busy


def _columns_to(target: str) -> Iterator[Column[Any]]:
    """Every column anywhere that refers to a person or an account, but for what joining itself writes."""
    for table in db.metadata.sorted_tables:
        for column in table.columns if table.name not in _OWN else ():
            is_own = table.name == "employee"
            if not is_own and any(key.target_fullname == target for key in column.foreign_keys):
                yield column


def _withdraw_asn(actor: Actor, account_id: UUID) -> None:
    grant = account_queries.find_open_grant(account_id, Role.ASN, None)
    if grant:
        accounts.revoke(actor, account_id=account_id, grant_id=grant.id)


def _read(row: Mapping[str, Any], readers: Mapping[str, Callable[[Any], Any]] = _READERS) -> Row:
    """A stored row with its values as the tables have them."""
    return {
        name: readers[name](value) if value is not None and name in readers else value for name, value in row.items()
    }


def _update(model: type[Model], rows: Iterable[Row]) -> None:
    if listed := list(rows):
        db.session.execute(update(model), listed)


def _delete(model: type[Model], ids: Sequence[UUID]) -> None:
    for some in _chunks(ids):
        which: ColumnElement[bool] = model.__table__.c.id.in_(some)
        db.session.execute(delete(model).where(which), execution_options={"synchronize_session": False})


def _chunks(ids: Collection[UUID]) -> Iterator[list[UUID]]:
    listed = list(ids)
    return (listed[start : start + _CHUNK] for start in range(0, len(listed), _CHUNK))

"""People as a list: searched, filtered, cut into pages by the database, and as a table for a file."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import aliased

from elearn.accounts.models import Account
from elearn.agencies import queries, rules
from elearn.agencies.models import Absence, Agency, Employee, Placement
from elearn.agencies.rules import AbsenceKind, EmployeeKind, EmployeeStatus, PostGroup, Visible
from elearn.core.db import db
from elearn.core.speech import say
from elearn.core.tables import Column, Table

PRESENT, ABSENT, LEFT = "bertugas", "tidak-bertugas", "keluar"
NO_GROUP = "belum-dicatat"
COLUMNS = (
    Column("name", say("Nama")),
    Column("nip", say("NIP"), "nip"),
    Column("kind", say("Jenis pegawai")),
    Column("rank", say("Golongan")),
    Column("post", say("Jabatan")),
    Column("post_group", say("Kelompok jabatan")),
    Column("unit", say("Unit kerja")),
    Column("opd", say("OPD")),
    Column("since", say("Sejak"), "date"),
    Column("state", say("Status")),
    Column("account", say("Akun")),
)
OPD = aliased(Agency)
PERSON = (
    Employee.id,
    Employee.nip,
    Employee.name,
    Employee.title_before,
    Employee.title_after,
    Employee.kind,
    Employee.rank,
    Employee.left_on,
    Employee.left_reason,
    Placement.post,
    Placement.post_group,
    Placement.started_on,
    Agency.name.label("agency_name"),
    OPD.name.label("opd_name"),
    Account.activated_at,
    Account.is_active,
    Absence.kind.label("absence"),
)
"""What is read of each person."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom to list: text in the name or the first digits of a NIP, and one value of each filter; None for any.

    `state` is PRESENT, ABSENT, LEFT or a kind of absence; without it, whoever has not left. `post_group` may be
    NO_GROUP.
    """

    search: str = ""
    agency: Agency | None = None
    kind: EmployeeKind | None = None
    post_group: PostGroup | str | None = None
    is_activated: bool | None = None
    state: AbsenceKind | str | None = None


def people(wanted: Wanted, *, visible: Visible, day: dt.date) -> Select[*tuple[Any, ...]]:
    """The people in sight as plain columns, by name; absent means absent on the day."""
    return (
        select(*PERSON)
        .join(Placement, and_(Placement.employee_id == Employee.id, queries.IS_LATEST))
        .join(Agency, Agency.id == Placement.agency_id)
        .outerjoin(OPD, OPD.id == Agency.opd_id)
        .join(Account, Account.id == Employee.account_id)
        .outerjoin(Absence, queries.absent_on(day))
        .where(queries.within(Placement.agency_id, visible), *_conditions(wanted))
        .order_by(Employee.name, Employee.id)
    )


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found = [_in_state(wanted.state)]
    if wanted.search:
        found.append(queries.matches(wanted.search))
    if wanted.agency is not None:
        found.append(queries.below(wanted.agency))
    if wanted.kind is not None:
        found.append(Employee.kind == wanted.kind)
    if wanted.post_group is not None:
        group = wanted.post_group
        found.append(Placement.post_group.is_(None) if group == NO_GROUP else Placement.post_group == group)
    if wanted.is_activated is not None:
        found.append(Account.activated_at.is_not(None) == wanted.is_activated)
    return found


def _in_state(state: AbsenceKind | str | None) -> ColumnElement[bool]:
    if state == LEFT:
        return Employee.status == EmployeeStatus.LEFT
    active = Employee.status == EmployeeStatus.ACTIVE
    if isinstance(state, AbsenceKind):
        return and_(active, Absence.kind == state)
    told = {PRESENT: Absence.id.is_(None), ABSENT: Absence.id.is_not(None)}
    return and_(active, told[state]) if state in told else active


def state_words(row: Any) -> str:
    """Whether somebody serves, in words: serving, absent and why, gone and why."""
    if row.left_on:
        return say("Keluar: %(reason)s", reason=row.left_reason.words) if row.left_reason else say("Sudah keluar")
    return row.absence.words if row.absence else say("Bertugas")


def account_words(row: Any) -> str:
    """What state somebody's account is in, in words."""
    if not row.is_active:
        return say("Ditutup")
    return say("Aktif") if row.activated_at else say("Belum aktif")


def name_of(row: Any) -> str:
    """The name with its titles, as in a letter."""
    return rules.full_name(row.name, row.title_before, row.title_after)


def table(query: Select[*tuple[Any, ...]], notes: Sequence[tuple[str, str]]) -> Table:
    """Everybody of the list as a table for a file."""
    return Table(say("Daftar pegawai"), COLUMNS, [_line(row) for row in db.session.execute(query)], notes)


def _line(row: Any) -> dict[str, Any]:
    return {
        "name": name_of(row),
        "nip": row.nip,
        "kind": row.kind.words,
        "rank": row.rank,
        "post": row.post,
        "post_group": row.post_group.words if row.post_group else None,
        "unit": row.agency_name,
        "opd": row.opd_name,
        "since": row.started_on,
        "state": state_words(row),
        "account": account_words(row),
    }

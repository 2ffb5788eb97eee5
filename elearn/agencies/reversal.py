"""What undoing a roster would write: gathered while it is applied, kept as JSON with the import."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any
from uuid import UUID

from sqlalchemy import select

from elearn.accounts import queries as accounts
from elearn.accounts.models import Account
from elearn.agencies import review
from elearn.agencies.difference import Begin, Change, Difference, Standing
from elearn.agencies.models import Absence
from elearn.agencies.rules import EmployeeStatus, Person
from elearn.agencies.timeline import Written
from elearn.core.db import db
from elearn.core.permissions import Role

Row = dict[str, Any]
Reversal = dict[str, Any]
_ASK = 5000
_PLACED = frozenset({"nip", "agency_id", "post", "post_group"})
_KEPT = tuple(each.name for each in fields(Person) if each.name not in _PLACED)


@dataclass
class Gathering:
    """What is known before a roster is applied, and what it adds as it goes."""

    rows: Reversal
    holders: Mapping[UUID, bool]
    standings: list[Standing] = field(default_factory=list)
    touched: set[UUID] = field(default_factory=set)
    newcomers: dict[str, UUID] = field(default_factory=dict)

    def joined(self, standings: Sequence[Standing]) -> None:
        """Note people who were entered: their account is new, or was there and perhaps was an ASN's already."""
        for each in standings:
            was_there = each.account_id in self.holders
            kept = {"is_account_kept": was_there, "was_asn": self.holders.get(each.account_id, False)}
            ids = {"id": each.employee_id, "account_id": each.account_id, "placement_id": each.placement_id}
            self.rows["joins"].append(_plain({**ids, **kept}))
            self.touched.add(each.employee_id)
            self.newcomers[each.person.nip] = each.employee_id

    def placed(self, placements: Mapping[UUID, UUID]) -> None:
        """Note placements that were begun."""
        self.rows["begun"].extend(str(placement_id) for placement_id in placements.values())

    def graded(self, written: Written) -> None:
        """Note rows of kinds and ranks that were added, and how the corrected ones were."""
        self.rows["graded"].extend(str(row_id) for row_id in written.added)
        self.rows["grades"].extend(_plain(row) for row in written.before)

    def named(self, written: Written) -> None:
        """Note rows of names and titles that were added, and how the corrected ones were."""
        self.rows["named"].extend(str(row_id) for row_id in written.added)
        self.rows["names"].extend(_plain(row) for row in written.before)

    def absent(self, absences: Sequence[Row]) -> None:
        """Note how absences were that ended."""
        self.rows["absences"].extend(_plain(row) for row in absences)

    def began(self, absence_ids: Sequence[UUID]) -> None:
        """Note absences that were begun."""
        self.rows["away"].extend(str(each) for each in absence_ids)

    def employee_of(self, begin: Begin) -> UUID:
        """Whose absence begins, be she known before or entered just now."""
        return begin.standing.employee_id if begin.standing else self.newcomers[begin.person.nip]

    def complete(self) -> Reversal:
        """Everything, with the marks by which later changes will show."""
        self.rows["marks"] = marks(self.touched)
        self.rows["pauses"] = pauses([*self.rows["away"], *(each["id"] for each in self.rows["absences"])])
        return self.rows


def before(found: Difference, as_of: dt.date) -> Gathering:
    """Begin with how everybody stands whom a roster changes or dismisses, and who has an account already."""
    changed = [*found.returns, *found.moves, *found.changes]
    standing = [*(change.standing for change in changed), *found.leaves, *(each.standing for each in found.goings)]
    rows = {
        "joins": [],
        "begun": [],
        "graded": [],
        "grades": [],
        "named": [],
        "names": [],
        "absences": [],
        "away": [],
        "since": found.first_day(as_of).isoformat(),
        "employees": [_plain(_employee(each)) for each in standing],
        "mended": [_plain(_post(each.standing)) for each in changed if _is_mended(each, as_of)],
        "ended": [str(each) for each in _ended(found, changed, as_of)],
        "accounts": [_plain(row) for row in _accounts([each.account_id for each in standing])],
    }
    taken = list(accounts.ids_by_username([person.nip for person in found.joins]).values())
    are_asn = {grant.account_id for grant in accounts.list_open_grants(taken) if grant.role is Role.ASN}
    holders = {account_id: account_id in are_asn for account_id in taken}
    paused = {each.employee_id for each in found.ended}
    paused |= {each.standing.employee_id for each in found.begun if each.standing}
    return Gathering(rows, holders, standing, {each.employee_id for each in standing} | paused)


def marks(employee_ids: Iterable[UUID]) -> dict[str, str]:
    """A mark of how each of these people stands now; another mark later means that something has changed."""
    wanted = set(employee_ids)
    known = review.known_people().values()
    return {str(each.employee_id): mark(each) for each in known if each.employee_id in wanted}


def pauses(absence_ids: Sequence[str]) -> dict[str, list[str | None]]:
    """Whose these absences are, and their days, as they stand now."""
    found: dict[str, list[str | None]] = {}
    columns = (Absence.id, Absence.employee_id, Absence.started_on, Absence.ended_on)
    for start in range(0, len(absence_ids), _ASK):
        some = [UUID(each) for each in absence_ids[start : start + _ASK]]
        for id_, *facts in db.session.execute(select(*columns).where(Absence.id.in_(some))):
            found[str(id_)] = [_word(fact) for fact in facts]
    return found


def mark(standing: Standing) -> str:
    """A short fingerprint of everything the books tell of one person's present state."""
    return hashlib.sha256(repr(standing).encode()).hexdigest()[:16]


def _is_mended(change: Change, as_of: dt.date) -> bool:
    """Whether a placement is corrected instead of ended, because it began on that very day."""
    return change.standing.is_active and change.needs_placement and change.standing.since == as_of


def _ended(found: Difference, changed: Sequence[Change], as_of: dt.date) -> Iterable[UUID | None]:
    """The open placements that come to an end."""
    for each in changed:
        if each.standing.is_active and each.needs_placement and each.standing.since != as_of:
            yield each.standing.placement_id
    for gone in (*found.leaves, *(each.standing for each in found.goings)):
        yield gone.placement_id


def _employee(standing: Standing) -> Row:
    facts = {name: getattr(standing.person, name) for name in _KEPT}
    status = EmployeeStatus.ACTIVE if standing.is_active else EmployeeStatus.LEFT
    left_on = None if standing.is_active else standing.since
    return {
        "id": standing.employee_id,
        "status": status,
        "left_on": left_on,
        "left_reason": standing.left_reason,
        **facts,
    }


def _post(standing: Standing) -> Row:
    person = standing.person
    return {
        "id": standing.placement_id,
        "agency_id": person.agency_id,
        "post": person.post,
        "post_group": person.post_group,
    }


def _accounts(account_ids: Sequence[UUID]) -> Iterable[Row]:
    columns = (
        Account.id,
        Account.name,
        Account.email,
        Account.phone,
        Account.is_active,
        Account.activated_at,
        Account.deactivated_at,
    )
    for start in range(0, len(account_ids), _ASK):
        query = select(*columns).where(Account.id.in_(account_ids[start : start + _ASK]))
        yield from (dict(row._mapping) for row in db.session.execute(query))


def _plain(row: Row) -> Row:
    """A row as JSON can keep it."""
    return {name: _word(value) for name, value in row.items()}


def _word(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, dt.date) else value

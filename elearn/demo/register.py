"""The rows of the civil service: agencies, accounts, employees, placements, roles, and who did what to them."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random
from uuid import UUID

from elearn.accounts.models import Account, RoleGrant
from elearn.agencies.models import Agency, Employee, Placement
from elearn.agencies.rules import AgencyKind, EmployeeStatus
from elearn.core.permissions import Role
from elearn.demo.chronicle import Chronicle
from elearn.demo.ground import Ground
from elearn.demo.identity import stable_id
from elearn.demo.people import Person
from elearn.demo.regency import SEED
from elearn.demo.roles import GUESTS, OFFICER_OPD

TREE_ORDERED_ON = date(2017, 1, 2)
"""The day on which the offices were ordered anew by PP 18/2016."""
_UNACTIVATED = 0.35
"""How many of those who have not started have not even activated their account."""


def enter_agencies(chronicle: Chronicle, ground: Ground) -> None:
    """Note the tree."""
    paths: dict[str | None, str] = {None: "/"}
    for office in ground.regency.offices:
        agency_id = ground.agency_ids[office.code]
        paths[office.code] = f"{paths[office.parent_code]}{agency_id}/"
        chronicle.add(
            Agency,
            id=agency_id,
            code=office.code,
            name=office.name,
            short_name=office.short_name[:60],
            kind=AgencyKind(office.level),
            parent_id=ground.agency_ids[office.parent_code] if office.parent_code else None,
            opd_id=None if office.level == "instansi" else ground.agency_ids[office.opd_code],
            path=paths[office.code],
            address=office.address,
            head_title=office.head_title,
            opened_on=TREE_ORDERED_ON,
        )
        facts = {"agency_id": str(agency_id), "kind": office.level}
        chronicle.tell("agencies:agency_opened", ground.at(ground.opened_on), facts)


def enter_people(chronicle: Chronicle, ground: Ground, *, password_hash: str, started: dict[str, datetime]) -> None:
    """Note accounts, employees and placements; `started` says by NIP when somebody first signed in to learn."""
    hired: dict[datetime, int] = {}
    for person in ground.regency.everybody:
        at = ground.entered_at(person)
        hired[at] = hired.get(at, 0) + 1
        _add_account(chronicle, ground, person, password_hash, _activated_at(ground, person, started.get(person.nip)))
        _add_employee(chronicle, ground, person)
        _add_stays(chronicle, ground, person)
        if person.left_on:
            _tell_leaving(chronicle, ground, person, person.left_on)
    for at, count in hired.items():
        chronicle.tell("accounts:created_many", at, {"count": count})
        chronicle.tell("agencies:people_hired", at, {"count": count})


def grant_roles(chronicle: Chronicle, ground: Ground, *, password_hash: str) -> None:
    """Note the accounts of guests, and the roles beside that of an ASN."""
    holders, opened_at = ground.holders, ground.at(ground.opened_on, 8)
    for guest in GUESTS:
        account_id = stable_id("account", guest.username, opened_at)
        chronicle.add(
            Account,
            id=account_id,
            username=guest.username,
            name=guest.name,
            email=None,
            phone=None,
            password_hash=password_hash,
            password_changed_at=opened_at,
            is_active=True,
            activated_at=opened_at,
            deactivated_at=None,
            created_at=opened_at,
        )
        chronicle.tell("accounts:created", opened_at, {"account_id": str(account_id)})
        _grant(chronicle, account_id, guest.role, opened_at)
    _grant(chronicle, ground.account_ids[holders.sekda.nip], Role.SEKDA, opened_at)
    _grant(chronicle, ground.account_ids[holders.hr.nip], Role.HR, opened_at)
    for opd_code, person in holders.officers.items():
        at = opened_at + timedelta(minutes=0 if opd_code == OFFICER_OPD else 5)
        _grant(chronicle, ground.account_ids[person.nip], Role.OPD_OFFICER, at, ground.agency_ids[opd_code])


def _grant(chronicle: Chronicle, account_id: UUID, role: Role, at: datetime, agency_id: UUID | None = None) -> None:
    grant_id = stable_id("grant", f"{account_id}/{role}", at)
    chronicle.add(RoleGrant, id=grant_id, account_id=account_id, role=role, agency_id=agency_id, granted_at=at)
    if role is not Role.ASN:
        facts = {
            "account_id": str(account_id),
            "role": role.value,
            "agency_id": str(agency_id) if agency_id else None,
        }
        chronicle.tell("accounts:role_granted", at, facts)


def _add_account(
    chronicle: Chronicle, ground: Ground, person: Person, password_hash: str, activated_at: datetime | None
) -> None:
    account_id, created_at = ground.account_ids[person.nip], ground.entered_at(person)
    chronicle.add(
        Account,
        id=account_id,
        username=person.nip,
        name=person.full_name,
        email=person.email or None,
        phone=person.phone or None,
        password_hash=password_hash if activated_at else None,
        password_changed_at=activated_at,
        is_active=person.left_on is None,
        activated_at=activated_at,
        deactivated_at=ground.at(person.left_on) if person.left_on else None,
        created_at=created_at,
    )
    _grant(chronicle, account_id, Role.ASN, created_at)
    if activated_at:
        chronicle.tell("accounts:activated", activated_at, {"account_id": str(account_id)}, by=account_id)


def _activated_at(ground: Ground, person: Person, started_at: datetime | None) -> datetime | None:
    """When the account was activated: just before starting, or some day, or not yet."""
    random, entered_at = Random(f"activation/{SEED}/{person.nip}"), ground.entered_at(person)
    if started_at is not None:
        return max(entered_at, started_at - timedelta(seconds=random.randrange(40, 400)))
    if person.nip not in ground.holders.nips and random.random() < _UNACTIVATED:
        return None
    last = ground.at(person.left_on or ground.today) - timedelta(hours=8)
    return entered_at + max(timedelta(0), (last - entered_at) * random.random())


def _add_employee(chronicle: Chronicle, ground: Ground, person: Person) -> None:
    chronicle.add(
        Employee,
        id=ground.employee_ids[person.nip],
        account_id=ground.account_ids[person.nip],
        nip=person.nip,
        name=person.name,
        title_before=person.title_before or None,
        title_after=person.title_after or None,
        kind=person.kind,
        rank=person.rank,
        email=person.email or None,
        phone=person.phone or None,
        birth_on=person.birth_on,
        status=EmployeeStatus.LEFT if person.left_on else EmployeeStatus.ACTIVE,
        left_on=person.left_on,
    )


def _add_stays(chronicle: Chronicle, ground: Ground, person: Person) -> None:
    for stay in person.stays:
        chronicle.add(
            Placement,
            id=stable_id("placement", f"{person.nip}/{stay.started_on}", ground.at(stay.started_on)),
            employee_id=ground.employee_ids[person.nip],
            agency_id=ground.agency_ids[stay.office_code],
            post=stay.post,
            post_group=stay.post_group,
            started_on=stay.started_on,
            ended_on=stay.ended_on,
        )
    for earlier, later in pairwise(person.stays):
        facts = {
            "employee_id": str(ground.employee_ids[person.nip]),
            "from": str(ground.agency_ids[earlier.office_code]),
            "to": str(ground.agency_ids[later.office_code]),
            "on": str(later.started_on),
        }
        chronicle.tell("agencies:person_transferred", ground.at(later.started_on, 9), facts, by=_hr(ground))


def _tell_leaving(chronicle: Chronicle, ground: Ground, person: Person, on: date) -> None:
    at, account_id = ground.at(on), str(ground.account_ids[person.nip])
    facts = {"employee_id": str(ground.employee_ids[person.nip]), "on": str(on), "reason": person.leave_reason}
    chronicle.tell("agencies:person_left", at, facts, by=_hr(ground))
    chronicle.tell("accounts:deactivated", at, {"count": 1, "account_ids": [account_id]}, by=_hr(ground))


def _hr(ground: Ground) -> UUID:
    return ground.account_ids[ground.holders.hr.nip]

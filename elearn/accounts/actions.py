"""Writes of accounts: made, opened and closed, their contacts, language and roles."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert, update

from elearn.accounts import activation, queries, rules, sessions
from elearn.accounts.models import Account, ActivationCode, RoleGrant, SignInSession
from elearn.core import clock, throttle
from elearn.core.db import Model, db, new_id
from elearn.core.permissions import Actor, Grant, Role
from elearn.core.voice import LANGUAGES
from elearn.ledger import actions as ledger


def choose_language(actor: Actor, code: str) -> None:
    """Read the pages in this language wherever one signs in from now on; UnknownLanguage."""
    if code not in LANGUAGES:
        raise rules.UnknownLanguage
    db.session.execute(update(Account).where(Account.id == sessions.id_of(actor)).values(language=code))


def create(
    actor: Actor,
    *,
    username: str,
    name: str,
    email: str | None = None,
    phone: str | None = None,
    roles: Iterable[Grant] = (),
) -> Account:
    """Make an account without a password, with its first roles; UnfitUsername, UsernameTaken."""
    username = rules.username_of(username)
    rules.refuse_unfit(username)
    if queries.find_by_username(username):
        raise rules.UsernameTaken(field="username")
    account = Account(
        id=new_id(), username=username, name=name, email=email, phone=phone, is_active=True, created_at=clock.now()
    )
    db.session.add(account)
    db.session.flush()
    ledger.record(actor, "accounts:created", {"account_id": str(account.id)})
    for each in roles:
        grant(actor, account_id=account.id, role=each.role, agency_id=each.agency_id)
    return account


def create_many(actor: Actor, accounts: Sequence[rules.NewAccount]) -> list[UUID]:
    """Make the accounts of many ASN at once and return their ids in the order given.

    Who has an account already, say as an officer who was there before the roster, keeps it and becomes ASN too.
    """
    now = clock.now()
    taken = queries.ids_by_username([account.username for account in accounts])
    fresh = [
        {"id": new_id(), "is_active": True, "created_at": now, **asdict(account)}
        for account in accounts
        if account.username not in taken
    ]
    ids = taken | {row["username"]: row["id"] for row in fresh}
    are_asn = {grant.account_id for grant in queries.list_open_grants(list(taken.values())) if grant.role is Role.ASN}
    grants = [
        {"id": new_id(), "account_id": account_id, "role": Role.ASN, "granted_at": now}
        for account_id in ids.values()
        if account_id not in are_asn
    ]
    for model, rows in ((Account, fresh), (RoleGrant, grants)):
        if rows:
            db.session.execute(insert(model).execution_options(render_nulls=True), rows)
    ledger.record(actor, "accounts:created_many", {"count": len(fresh), "made_asn": len(grants)})
    return [ids[account.username] for account in accounts]


def update_contacts(contacts: Mapping[UUID, Mapping[str, str | None]]) -> None:
    """Take over name, e-mail and phone of many people by account id."""
    if contacts:
        db.session.execute(update(Account), [{"id": id_, **facts} for id_, facts in contacts.items()])


def grant(actor: Actor, *, account_id: UUID, role: Role, agency_id: UUID | None = None) -> None:
    """Give a role, in one agency or (None) everywhere; RoleNeedsAgency, RoleKnowsNoAgency.

    Nothing happens if it is held already. A code in somebody's hands does not open more than it was given for.
    """
    rules.refuse_unfit_scope(role, agency_id)
    if queries.find_open_grant(account_id, role, agency_id):
        return
    account = queries.get_account(account_id)
    if role is not Role.ASN:
        activation.end_codes([account.id])
    row = RoleGrant(account_id=account.id, role=role, agency_id=agency_id, granted_at=clock.now())
    db.session.add(row)
    db.session.flush()
    ledger.record(actor, "accounts:role_granted", _facts_of(row))


def revoke(actor: Actor, *, account_id: UUID, grant_id: UUID) -> None:
    """Take a role away from now on; LastAdmin."""
    row = queries.get_open_grant(grant_id, account_id=account_id)
    _refuse_last_admin(row.role)
    row.revoked_at = clock.now()
    db.session.flush()
    ledger.record(actor, "accounts:role_revoked", _facts_of(row))


def deactivate(actor: Actor, *, account_id: UUID) -> None:
    """Close an account and end its sessions; LastAdmin."""
    deactivate_many(actor, account_ids=[account_id])


def deactivate_many(actor: Actor, *, account_ids: Sequence[UUID]) -> None:
    """Close the accounts of people who left, and end their sessions and codes; LastAdmin."""
    now = clock.now()
    if account_ids:
        _refuse_last_admins(account_ids)
        closing = [{"id": each, "is_active": False, "deactivated_at": now} for each in account_ids]
        db.session.execute(update(Account), closing)
        sessions.end(SignInSession.account_id.in_(account_ids))
        activation.end_codes(account_ids)
        ledger.record(actor, "accounts:deactivated", _whom(account_ids))


def reactivate_many(actor: Actor, *, account_ids: Sequence[UUID]) -> None:
    """Open the accounts of people who came back; each needs a new code and a new password."""
    if account_ids:
        fresh = {"is_active": True, "deactivated_at": None, "activated_at": None, "password_hash": None}
        db.session.execute(update(Account), [{"id": each, **fresh} for each in account_ids])
        ledger.record(actor, "accounts:reactivated", _whom(account_ids))


def restore_many(actor: Actor, states: Sequence[Mapping[str, Any]]) -> None:
    """Give many accounts, each by its id, the contacts and the openness they had; passwords stay as they are."""
    if states:
        db.session.execute(update(Account), list(states))
        ledger.record(actor, "accounts:restored", {"count": len(states)})


def discard_many(actor: Actor, *, account_ids: Sequence[UUID]) -> None:
    """Take back accounts that were made by mistake and never used, with their roles and codes."""
    for start in range(0, len(account_ids), 1000):
        some = account_ids[start : start + 1000]
        for model in (ActivationCode, SignInSession, RoleGrant):
            _delete(model, model.account_id.in_(some))
        _delete(Account, Account.id.in_(some))
    if account_ids:
        ledger.record(actor, "accounts:discarded", {"count": len(account_ids)})


def sweep(*, before: timedelta) -> None:
    """Forget sessions and codes that ended so long ago, with their addresses and devices."""
    limit = clock.now() - before
    db.session.execute(delete(SignInSession).where(SignInSession.expires_at < limit))
    db.session.execute(delete(ActivationCode).where(ActivationCode.expires_at < limit))
    throttle.sweep(limit)


def _delete(model: type[Model], which: ColumnElement[bool]) -> None:
    db.session.execute(delete(model).where(which), execution_options={"synchronize_session": False})


def _refuse_last_admin(role: Role) -> None:
    if role is Role.ADMIN and queries.count_holders(Role.ADMIN) <= 1:
        raise rules.LastAdmin


def _refuse_last_admins(account_ids: Collection[UUID]) -> None:
    """Raise LastAdmin when closing these accounts would leave nobody to grant roles."""
    is_admin = any(grant.role is Role.ADMIN for grant in queries.list_open_grants(account_ids))
    if is_admin and queries.count_holders(Role.ADMIN, without=account_ids) == 0:
        raise rules.LastAdmin


def _facts_of(row: RoleGrant) -> dict[str, str | None]:
    return {
        "account_id": str(row.account_id),
        "role": row.role.value,
        "agency_id": str(row.agency_id) if row.agency_id else None,
    }


def _whom(account_ids: Sequence[UUID]) -> dict[str, object]:
    return {"count": len(account_ids), "account_ids": [str(each) for each in account_ids]}

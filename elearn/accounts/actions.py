"""Writes of accounts: signing in and out, passwords, activation by code, roles."""

import hashlib
import hmac
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import ColumnElement, delete, func, insert, literal, update

from elearn.accounts import passwords, queries, rules
from elearn.accounts.models import Account, ActivationCode, RoleGrant, SignInSession
from elearn.core import clock, codes, throttle, transaction
from elearn.core.db import Model, UtcInstant, db, new_id
from elearn.core.permissions import Actor, Grant, Role
from elearn.core.voice import LANGUAGES
from elearn.ledger import actions as ledger
from elearn.notices import actions as notices
from elearn.notices import rules as mail


def sign_in(*, username: str, password: str, address: str, agent: str, lifetime: timedelta) -> str:
    """Open a session and return its token, shown to nobody but the browser; WrongCredentials, TooMany.

    To be called before anything else is written: a failure is counted and committed.
    """
    username = rules.username_of(username)
    keys = _guessing("sign-in", username, address)
    with transaction.reading():
        _refuse_guesser(keys)
        account = queries.find_by_username(username)
        stored = account.password_hash if account else None
        is_right = passwords.verify(stored, password)
        account_id = account.id if account and account.is_active and is_right else None
    if account_id is None:
        _count_guess(keys)
        odd = rules.miscounted(username)
        raise rules.WrongCredentials(odd, field="username" if odd else None)
    throttle.forget(keys[0])
    if stored and passwords.is_outdated(stored):
        _set(account_id, password_hash=passwords.hash(password))
    return open_session(account_id=account_id, address=address, agent=agent, lifetime=lifetime)


def open_session(*, account_id: UUID, address: str, agent: str, lifetime: timedelta) -> str:
    """Open a session for somebody who has proven who she is and return its token of 256 random bits."""
    token, now = secrets.token_urlsafe(32), clock.now()
    db.session.add(
        SignInSession(
            token_hash=queries.token_hash(token),
            account_id=account_id,
            created_at=now,
            expires_at=now + lifetime,
            address=address[:45],
            agent=agent[:300],
        )
    )
    db.session.flush()
    return token


def choose_language(actor: Actor, code: str) -> None:
    """Read the pages in this language wherever one signs in from now on; UnknownLanguage."""
    if code not in LANGUAGES:
        raise rules.UnknownLanguage
    _set(_id_of(actor), language=code)


def sign_out(*, token: str) -> None:
    """End the session with this token."""
    _end_sessions(SignInSession.token_hash == queries.token_hash(token))


def activate(*, username: str, code: str, password: str, address: str) -> UUID:
    """Set a password by a one-time code and return the account's id; WrongCode, WeakPassword, TooMany.

    To be called before anything else is written: a wrong code is counted and committed. Whoever was signed in
    to the account is signed out.
    """
    username = rules.username_of(username)
    keys = _guessing("activate", username, address)
    with transaction.reading():
        _refuse_guesser(keys)
        account = queries.find_by_username(username)
        match = _find_code(account, code)
        if account and match:
            rules.refuse_weak(password, username=username, name=account.name)
            proven = (account.id, match.id, passwords.hash(password))
    if match is None:
        _count_guess(keys)
        odd = rules.miscounted(username)
        raise rules.WrongCode(odd, field="username" if odd else "code")
    throttle.forget(keys[0])
    return _use_code(*proven)


def _use_code(account_id: UUID, code_id: UUID, password_hash: str) -> UUID:
    """Spend the code and set the password; WrongCode for who comes second with the same code.

    Whoever comes back for a new password had opened the account long ago.
    """
    now = clock.now()
    unused = (ActivationCode.id == code_id) & ActivationCode.used_at.is_(None)
    spent = db.session.execute(update(ActivationCode).where(unused).values(used_at=now).returning(ActivationCode.id))
    if spent.first() is None:
        raise rules.WrongCode(field="code")
    opened_at = func.coalesce(Account.activated_at, literal(now, UtcInstant))
    _set(account_id, password_hash=password_hash, password_changed_at=now, activated_at=opened_at)
    _end_sessions(SignInSession.account_id == account_id)
    ledger.record(queries.get_actor(account_id), "accounts:activated", {"account_id": str(account_id)})
    return account_id


def issue_activation_code(actor: Actor, *, account_id: UUID) -> str:
    """Replace the account's codes by a new one and return it, the only time it can be read; BeyondReach."""
    roles = [grant.role for grant in queries.list_open_grants([account_id])]
    if not rules.may_issue_code(actor, roles):
        raise rules.BeyondReach
    issued = _issue_codes(actor, [account_id])
    account = queries.get_account(account_id)
    entry = ledger.record(
        actor,
        "accounts:code_issued",
        {"account_id": str(account_id), "was_active": account.activated_at is not None},
    )
    if account.activated_at and account.email:
        _warn_owner(account, actor, key=f"{entry.event}:{entry.id}")
    return issued[account_id]


def issue_activation_codes(actor: Actor, *, account_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Codes for many, as for one; accounts whose roles put them out of the actor's reach are left out."""
    roles: dict[UUID, list[Role]] = {}
    for grant in queries.list_open_grants(account_ids):
        roles.setdefault(grant.account_id, []).append(grant.role)
    reachable = [each for each in account_ids if rules.may_issue_code(actor, roles.get(each, []))]
    issued = _issue_codes(actor, reachable)
    ledger.record(actor, "accounts:codes_issued", {"count": len(issued)})
    return issued


def change_password(actor: Actor, *, token: str, current: str, new: str) -> None:
    """Replace one's own password and end all one's other sessions; WrongPassword, WeakPassword, TooMany."""
    confirm_password(actor, password=current)
    rules.refuse_weak(new, username=actor.username, name=actor.name)
    with transaction.reading():
        new_hash = passwords.hash(new)
    _set(_id_of(actor), password_hash=new_hash, password_changed_at=clock.now())
    others = SignInSession.token_hash != queries.token_hash(token)
    _end_sessions((SignInSession.account_id == actor.account_id) & others)
    ledger.record(actor, "accounts:password_changed", {"account_id": str(actor.account_id)})


def confirm_password(actor: Actor, *, password: str) -> None:
    """Make sure that the person at the keyboard is the one signed in; WrongPassword at `password`, TooMany.

    To be called before anything else is written: a wrong password is counted and committed.
    """
    key = f"confirm:{actor.account_id}"
    with transaction.reading():
        throttle.check(key, limit=rules.GUESSES_PER_ACCOUNT, per=rules.GUESSING_WINDOW)
        is_right = passwords.verify(queries.get_account(_id_of(actor)).password_hash, password)
    if not is_right:
        throttle.spend(key, per=rules.GUESSING_WINDOW)
        transaction.keep()
        raise rules.WrongPassword(field="password")


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
        _end_codes([account.id])
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
        _end_sessions(SignInSession.account_id.in_(account_ids))
        _end_codes(account_ids)
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


def _find_code(account: Account | None, typed: str) -> ActivationCode | None:
    """The valid code of the account that was typed, if it was."""
    code = codes.normalise(typed)
    if account is None or not account.is_active or code is None:
        return None
    stored = _code_hash(code)
    return next((c for c in queries.list_valid_codes(account.id) if hmac.compare_digest(c.code_hash, stored)), None)


def _issue_codes(actor: Actor, account_ids: Sequence[UUID]) -> dict[UUID, str]:
    """A new code for each account, which ends those before it."""
    now = clock.now()
    _end_codes(account_ids)
    issued = {account_id: codes.new_code(rules.CODE_GROUPS) for account_id in account_ids}
    rows = [
        {
            "id": new_id(),
            "account_id": account_id,
            "code_hash": _code_hash(code),
            "issued_by": actor.account_id,
            "issued_at": now,
            "expires_at": now + rules.CODE_LIFETIME,
        }
        for account_id, code in issued.items()
    ]
    if rows:
        db.session.execute(insert(ActivationCode), rows)
    return issued


def _warn_owner(account: Account, actor: Actor, *, key: str) -> None:
    """Tell the owner of an account in use that somebody can now replace the password, so that none does unseen."""
    template = current_app.jinja_env.get_template("accounts/mail/code_issued.txt")
    address = current_app.config["PUBLIC_URL"]
    text = template.render(account=account, issuer=actor.name, at=clock.now(), address=address)
    subject, body = mail.from_template(text)
    notices.post(key=key, recipient=account.email or "", subject=subject, body=body)


def _end_codes(account_ids: Sequence[UUID]) -> None:
    """Let the codes that were given out for these accounts expire now."""
    now = clock.now()
    is_open = ActivationCode.account_id.in_(account_ids) & (ActivationCode.expires_at > now)
    ending = update(ActivationCode).where(is_open).values(expires_at=now)
    db.session.execute(ending, execution_options={"synchronize_session": False})


def _code_hash(code: str) -> str:
    """A keyed hash: 40 random bits are enough against guessing here, not against a stolen table alone."""
    return hmac.new(str(current_app.secret_key).encode(), code.encode(), hashlib.sha256).hexdigest()


def _end_sessions(which: ColumnElement[bool]) -> None:
    ending = update(SignInSession).where(which, SignInSession.ended_at.is_(None)).values(ended_at=clock.now())
    db.session.execute(ending, execution_options={"synchronize_session": False})


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


def _id_of(actor: Actor) -> UUID:
    if actor.account_id is None:
        raise ValueError("the installation itself has no account")
    return actor.account_id


def _set(account_id: UUID, **values: object) -> None:
    db.session.execute(update(Account).where(Account.id == account_id).values(**values))


def _guessing(what: str, username: str, address: str) -> tuple[str, str]:
    """The keys by which guesses are counted: strictly for the account, loosely for the address."""
    return f"{what}:{username}", f"{what}-from:{address}"


def _refuse_guesser(keys: tuple[str, str]) -> None:
    for key, limit in zip(keys, (rules.GUESSES_PER_ACCOUNT, rules.GUESSES_PER_ADDRESS), strict=True):
        throttle.check(key, limit=limit, per=rules.GUESSING_WINDOW)


def _count_guess(keys: tuple[str, str]) -> None:
    for key in keys:
        throttle.spend(key, per=rules.GUESSING_WINDOW)
    transaction.keep()

"""One-time codes: issued by an officer, spent on a first or a new password."""

import datetime as dt
import hashlib
import hmac
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from flask import current_app
from sqlalchemy import func, insert, literal, update

from elearn.accounts import guesses, passwords, queries, rules, sessions
from elearn.accounts.models import Account, ActivationCode, SignInSession
from elearn.core import clock, codes, transaction
from elearn.core.db import UtcInstant, db, new_id
from elearn.core.permissions import Actor, Role
from elearn.ledger import actions as ledger
from elearn.notices import actions as notices
from elearn.notices import rules as mail


class Issued(NamedTuple):
    """A code that was given out, and from when until when it can be used."""

    code: str
    issued_at: dt.datetime
    expires_at: dt.datetime


def issue_code(actor: Actor, *, account_id: UUID) -> str:
    """Replace the account's codes by a new one and return it, the only time it can be read; BeyondReach."""
    roles = [grant.role for grant in queries.list_open_grants([account_id])]
    if not rules.may_issue_code(actor, roles):
        raise rules.BeyondReach
    issued = _new_codes(actor, [account_id])
    account = queries.get_account(account_id)
    entry = ledger.record(
        actor,
        "accounts:code_issued",
        {"account_id": str(account_id), "was_active": account.activated_at is not None},
    )
    if account.activated_at and account.email:
        _warn_owner(account, actor, key=f"{entry.event}:{entry.id}")
    return issued[account_id]


def issue_codes(actor: Actor, *, account_ids: Sequence[UUID], batch: str | None = None) -> dict[UUID, str]:
    """Codes for many, as for one; accounts whose roles put them out of the actor's reach are left out.

    In the same `batch` an account gets the same code, so that what was asked twice is answered twice alike.
    """
    roles: dict[UUID, list[Role]] = {}
    for grant in queries.list_open_grants(account_ids):
        roles.setdefault(grant.account_id, []).append(grant.role)
    reachable = [each for each in account_ids if rules.may_issue_code(actor, roles.get(each, []))]
    issued = _new_codes(actor, reachable, batch)
    ledger.record(actor, "accounts:codes_issued", {"count": len(issued)})
    return issued


def issued_in(batch: str, account_ids: Sequence[UUID]) -> dict[UUID, Issued]:
    """The codes that a batch has given to some of these accounts, made anew, since only their hashes are kept."""
    made = {account_id: _code_of(batch, account_id) for account_id in account_ids}
    hashes = {_code_hash(code): account_id for account_id, code in made.items()}
    rows = queries.list_codes(account_ids)
    return {
        row.account_id: Issued(made[row.account_id], row.issued_at, row.expires_at)
        for row in rows
        if hashes.get(row.code_hash) == row.account_id
    }


def activate(*, username: str, code: str, password: str, address: str) -> UUID:
    """Set a password by a one-time code and return the account's id; WrongCode, WeakPassword, TooMany.

    To be called before anything else is written: a wrong code is counted and committed. Whoever was signed in
    to the account is signed out.
    """
    username = rules.username_of(username)
    keys = guesses.keys_of("activate", username, address)
    with transaction.reading():
        guesses.refuse(keys)
        account = queries.find_by_username(username)
        match = _find_code(account, code)
        if account and match:
            rules.refuse_weak(password, username=username, name=account.name)
            proven = (account.id, match.id, passwords.hash(password))
    if match is None:
        guesses.count(keys)
        odd = rules.miscounted(username)
        raise rules.WrongCode(odd, field="username" if odd else "code")
    guesses.forget(keys)
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
    facts = {"password_hash": password_hash, "password_changed_at": now, "activated_at": opened_at}
    db.session.execute(update(Account).where(Account.id == account_id).values(facts))
    sessions.end(SignInSession.account_id == account_id)
    ledger.record(queries.get_actor(account_id), "accounts:activated", {"account_id": str(account_id)})
    return account_id


def _find_code(account: Account | None, typed: str) -> ActivationCode | None:
    """The valid code of the account that was typed, if it was."""
    code = codes.normalise(typed)
    if account is None or not account.is_active or code is None:
        return None
    stored = _code_hash(code)
    return next((c for c in queries.list_valid_codes(account.id) if hmac.compare_digest(c.code_hash, stored)), None)


def _new_codes(actor: Actor, account_ids: Sequence[UUID], batch: str | None = None) -> dict[UUID, str]:
    """A new code for each account, which ends those before it."""
    now = clock.now()
    end_codes(account_ids)
    issued = {
        account_id: _code_of(batch, account_id) if batch else codes.new_code(rules.CODE_GROUPS)
        for account_id in account_ids
    }
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


def end_codes(account_ids: Sequence[UUID]) -> None:
    """Let the codes that were given out for these accounts expire now."""
    now = clock.now()
    is_open = ActivationCode.account_id.in_(account_ids) & (ActivationCode.expires_at > now)
    ending = update(ActivationCode).where(is_open).values(expires_at=now)
    db.session.execute(ending, execution_options={"synchronize_session": False})


def _code_of(batch: str, account_id: UUID) -> str:
    """The code of an account in a batch, which nobody can tell without the secret of this installation."""
    seed = hmac.new(str(current_app.secret_key).encode(), f"batch {batch} {account_id}".encode(), hashlib.sha256)
    return codes.code_from(seed.digest(), rules.CODE_GROUPS)


def _code_hash(code: str) -> str:
    """A keyed hash: 40 random bits are enough against guessing here, not against a stolen table alone."""
    return hmac.new(str(current_app.secret_key).encode(), code.encode(), hashlib.sha256).hexdigest()


def _warn_owner(account: Account, actor: Actor, *, key: str) -> None:
    """Tell the owner of an account in use that somebody can now replace the password, so that none does unseen."""
    template = current_app.jinja_env.get_template("accounts/mail/code_issued.txt")
    address = current_app.config["PUBLIC_URL"]
    text = template.render(account=account, issuer=actor.name, at=clock.now(), address=address)
    subject, body = mail.from_template(text)
    notices.post(key=key, recipient=account.email or "", subject=subject, body=body)

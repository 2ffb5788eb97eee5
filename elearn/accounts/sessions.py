"""Signing in and out, and the password that one does it with."""

import secrets
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, update

from elearn.accounts import guesses, passwords, queries, rules
from elearn.accounts.models import Account, SignInSession
from elearn.core import clock, throttle, transaction
from elearn.core.db import db
from elearn.core.permissions import Actor
from elearn.ledger import actions as ledger


def sign_in(*, username: str, password: str, address: str, agent: str, lifetime: timedelta) -> str:
    """Open a session and return its token, shown to nobody but the browser; WrongCredentials, TooMany.

    To be called before anything else is written: a failure is counted and committed.
    """
    username = rules.username_of(username)
    keys = guesses.keys_of("sign-in", username, address)
    with transaction.reading():
        guesses.refuse(keys)
        account = queries.find_by_username(username)
        stored = account.password_hash if account else None
        is_right = passwords.verify(stored, password)
        account_id = account.id if account and account.is_active and is_right else None
    if account_id is None:
        guesses.count(keys)
        odd = rules.miscounted(username)
        raise rules.WrongCredentials(odd, field="username" if odd else None)
    guesses.forget(keys)
    if stored and passwords.is_outdated(stored):
        _set_password(account_id, passwords.hash(password))
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


def sign_out(*, token: str) -> None:
    """End the session with this token."""
    end(SignInSession.token_hash == queries.token_hash(token))


def change_password(actor: Actor, *, token: str, current: str, new: str) -> None:
    """Replace one's own password and end all one's other sessions; WrongPassword, WeakPassword, TooMany."""
    confirm_password(actor, password=current)
    rules.refuse_weak(new, username=actor.username, name=actor.name)
    with transaction.reading():
        new_hash = passwords.hash(new)
    _set_password(id_of(actor), new_hash, password_changed_at=clock.now())
    others = SignInSession.token_hash != queries.token_hash(token)
    end((SignInSession.account_id == actor.account_id) & others)
    ledger.record(actor, "accounts:password_changed", {"account_id": str(actor.account_id)})


def confirm_password(actor: Actor, *, password: str) -> None:
    """Make sure that the person at the keyboard is the one signed in; WrongPassword at `password`, TooMany.

    To be called before anything else is written: a wrong password is counted and committed.
    """
    key = f"confirm:{actor.account_id}"
    with transaction.reading():
        throttle.check(key, limit=rules.GUESSES_PER_ACCOUNT, per=rules.GUESSING_WINDOW)
        is_right = passwords.verify(queries.get_account(id_of(actor)).password_hash, password)
    if not is_right:
        throttle.spend(key, per=rules.GUESSING_WINDOW)
        transaction.keep()
        raise rules.WrongPassword(field="password")


def end(which: ColumnElement[bool]) -> None:
    """End the open sessions that a condition names."""
    ending = update(SignInSession).where(which, SignInSession.ended_at.is_(None)).values(ended_at=clock.now())
    db.session.execute(ending, execution_options={"synchronize_session": False})


def id_of(actor: Actor) -> UUID:
    """The account of somebody who is signed in; nothing that is done without one may ask."""
    if actor.account_id is None:
        raise ValueError("the installation itself has no account")
    return actor.account_id


def _set_password(account_id: UUID, password_hash: str, **facts: object) -> None:
    changing = update(Account).where(Account.id == account_id).values(password_hash=password_hash, **facts)
    db.session.execute(changing)

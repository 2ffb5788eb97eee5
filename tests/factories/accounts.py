"""Accounts for tests, made by the room's own actions, and browsers signed in as them."""

from datetime import timedelta
from itertools import count
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from elearn.accounts import actions, activation, queries, sessions
from elearn.accounts.models import Account
from elearn.core.permissions import SYSTEM, Actor, Grant, Role
from elearn.core.transaction import transaction

PASSWORD = "langit biru di atas Serawai"
_numbers = count(1)


def an_account(role: Role | None = Role.ADMIN, *, agency_id: Any = None, **facts: Any) -> Account:
    """An account that can be activated, with one role."""
    number = next(_numbers)
    facts = {"username": f"orang{number}", "name": f"Orang {number}", **facts}
    with transaction():
        return actions.create(SYSTEM, **facts, roles=[Grant(role, agency_id)] if role else [])


def an_actor(role: Role, **facts: Any) -> Actor:
    """A fresh person of a role, ready to act."""
    return queries.get_actor(an_account(role, **facts).id)


def an_active_account(role: Role | None = Role.ADMIN, *, password: str = PASSWORD, **facts: Any) -> Account:
    """An account with a password."""
    account = an_account(role, **facts)
    with transaction():
        code = activation.issue_code(SYSTEM, account_id=account.id)
    with transaction():
        activation.activate(username=account.username, code=code, password=password, address="127.0.0.1")
    return account


def session_of(account: Account) -> str:
    """The token of a fresh session of an account."""
    with transaction():
        return sessions.open_session(
            account_id=account.id, address="127.0.0.1", agent="tests", lifetime=timedelta(hours=12)
        )


def signed_in_client(app: Flask, who: Any = Role.ASN, **scope: Any) -> FlaskClient:
    """A browser signed in as an account, as an employee's account, or as a fresh person of a role."""
    if isinstance(who, Role):
        from tests.factories.agencies import an_employee

        account_id = an_employee(**scope).account_id if who is Role.ASN else an_account(who, **scope).id
    else:
        account_id = getattr(who, "account_id", who.id)
    client = app.test_client()
    with transaction():
        token = sessions.open_session(
            account_id=account_id, address="127.0.0.1", agent="tests", lifetime=timedelta(hours=12)
        )
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return client

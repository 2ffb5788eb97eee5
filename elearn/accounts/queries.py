"""Reads of accounts, their roles, sessions and codes."""

import hashlib
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, and_, bindparam, exists, func, or_, select

from elearn.accounts import rules
from elearn.accounts.models import Account, ActivationCode, RoleGrant, SignInSession
from elearn.core import clock
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.permissions import Actor, Role

OPEN_GRANT = and_(RoleGrant.account_id == Account.id, RoleGrant.revoked_at.is_(None))
ACCOUNT, GRANT, SESSION = Account.__table__.c, RoleGrant.__table__.c, SignInSession.__table__.c

# What every page asks first, built once: bare columns, values bound when they are asked.
_ACTORS = (
    select(ACCOUNT.id, ACCOUNT.username, ACCOUNT.name, GRANT.role, GRANT.agency_id, ACCOUNT.language)
    .outerjoin(RoleGrant.__table__, and_(GRANT.account_id == ACCOUNT.id, GRANT.revoked_at.is_(None)))
    .where(ACCOUNT.is_active)
)
_BY_ID = _ACTORS.where(ACCOUNT.id == bindparam("account_id", type_=Uuid))
_BY_TOKEN = _ACTORS.join(SignInSession.__table__, SESSION.account_id == ACCOUNT.id).where(
    SESSION.token_hash == bindparam("token_hash"),
    SESSION.ended_at.is_(None),
    SESSION.expires_at > bindparam("now", type_=SESSION.expires_at.type),
)


def token_hash(token: str) -> str:
    """What is stored of a session's token: its SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def actor_of(token: str) -> Actor | None:
    """Who holds the session with this token now, with all roles, in one statement; None if nobody does."""
    return _find_actor(_BY_TOKEN, token_hash=token_hash(token), now=clock.now())


def holder_of(token: str) -> UUID | None:
    """Whose session this token opened, even if it is over; None if it never was one."""
    return db.session.scalar(select(SESSION.account_id).where(SESSION.token_hash == token_hash(token)))


def get_actor(account_id: UUID) -> Actor:
    """An account as an actor with all its roles; NotFound when there is none or it is closed."""
    actor = _find_actor(_BY_ID, account_id=account_id)
    if actor is None:
        raise NotFound
    return actor


def _find_actor(query: Select[*tuple[Any, ...]], **values: Any) -> Actor | None:
    """The actor whose roles the query lists, one a row."""
    rows = db.session.execute(query, values).all()
    if not rows:
        return None
    who, grants = rows[0], rules.grants_of((r.role, r.agency_id) for r in rows)
    return Actor(who.id, who.username, who.name, grants, who.language or "")


def find_by_username(username: str) -> Account | None:
    """The account with this username, however it was typed."""
    return db.session.scalar(select(Account).where(Account.username == rules.username_of(username)))


def ids_by_username(usernames: Sequence[str]) -> dict[str, UUID]:
    """Which of these usernames are taken, and by which account; asked a thousand at a time."""
    found: dict[str, UUID] = {}
    for start in range(0, len(usernames), 1000):
        query = select(Account.username, Account.id).where(Account.username.in_(usernames[start : start + 1000]))
        found.update((row.username, row.id) for row in db.session.execute(query))
    return found


def get_account(account_id: UUID | None) -> Account:
    """The account with this id."""
    account = db.session.get(Account, account_id) if account_id else None
    if account is None:
        raise NotFound
    return account


def list_accounts(account_ids: Collection[UUID]) -> Sequence[Account]:
    """The accounts with these ids."""
    return db.session.scalars(select(Account).where(Account.id.in_(account_ids))).all()


def list_open_grants(account_ids: Collection[UUID]) -> Sequence[RoleGrant]:
    """The roles these accounts hold now, oldest first."""
    query = select(RoleGrant).where(RoleGrant.account_id.in_(account_ids), RoleGrant.revoked_at.is_(None))
    return db.session.scalars(query.order_by(RoleGrant.granted_at, RoleGrant.id)).all()


def get_open_grant(grant_id: UUID, *, account_id: UUID) -> RoleGrant:
    """A role that the account holds now."""
    grant = db.session.get(RoleGrant, grant_id)
    if grant is None or grant.account_id != account_id or grant.revoked_at is not None:
        raise NotFound
    return grant


def find_open_grant(account_id: UUID, role: Role, agency_id: UUID | None) -> RoleGrant | None:
    """The grant by which the account holds this role in this agency now."""
    query = select(RoleGrant).where(
        RoleGrant.account_id == account_id,
        RoleGrant.role == role,
        RoleGrant.agency_id.is_(None) if agency_id is None else RoleGrant.agency_id == agency_id,
        RoleGrant.revoked_at.is_(None),
    )
    return db.session.scalar(query)


def count_holders(role: Role, *, without: Collection[UUID] = ()) -> int:
    """How many open accounts hold a role now, some left aside."""
    query = select(func.count(func.distinct(Account.id))).join(RoleGrant, OPEN_GRANT)
    query = query.where(RoleGrant.role == role, Account.is_active, Account.id.not_in(without))
    return db.session.scalar(query) or 0


def list_valid_codes(account_id: UUID) -> Sequence[ActivationCode]:
    """The account's codes that are neither used nor expired."""
    query = select(ActivationCode).where(
        ActivationCode.account_id == account_id,
        ActivationCode.used_at.is_(None),
        ActivationCode.expires_at > clock.now(),
    )
    return db.session.scalars(query).all()


def list_codes(account_ids: Collection[UUID]) -> Sequence[ActivationCode]:
    """Every code that was given out for some accounts, be it good or not."""
    return db.session.scalars(select(ActivationCode).where(ActivationCode.account_id.in_(account_ids))).all()


def list_open_sessions(account_id: UUID | None) -> Sequence[SignInSession]:
    """Where the account is signed in now, latest first."""
    query = select(SignInSession).where(
        SignInSession.account_id == account_id,
        SignInSession.ended_at.is_(None),
        SignInSession.expires_at > clock.now(),
    )
    return db.session.scalars(query.order_by(SignInSession.created_at.desc())).all()


def users(search: str = "") -> Select[Any]:
    """Accounts for paging, by part of name or by username; without a search those with more than the ASN role."""
    query = select(Account).order_by(Account.name, Account.id)
    if search:
        return query.where(
            or_(Account.name.icontains(search, autoescape=True), Account.username == rules.username_of(search))
        )
    return query.where(exists().where(OPEN_GRANT, RoleGrant.role != Role.ASN))

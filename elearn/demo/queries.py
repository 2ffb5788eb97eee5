"""Whether the demo may be loaded, and who can be used to look around in it."""

from sqlalchemy import inspect, select

from elearn.accounts.models import Account, RoleGrant
from elearn.agencies.models import Employee
from elearn.core.db import db
from elearn.core.installation import Installation
from elearn.core.permissions import Role
from elearn.demo.rules import PASSWORD, DemoAccount


def is_prepared() -> bool:
    """Whether the database has its tables."""
    return inspect(db.engine).has_table(Installation.__tablename__)


def is_empty() -> bool:
    """Whether nobody is known yet: no account and no employee."""
    return not any(db.session.scalar(select(model.id).limit(1)) for model in (Account, Employee))


def list_accounts() -> list[DemoAccount]:
    """One working account for each role: the first that was given it."""
    return [account for role in Role if (account := _first_with(role))]


def _first_with(role: Role) -> DemoAccount | None:
    query = (
        select(Account.username, Account.name)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(RoleGrant.role == role, RoleGrant.revoked_at.is_(None), Account.is_active)
        .order_by(RoleGrant.granted_at, RoleGrant.id)
        .limit(1)
    )
    found = db.session.execute(query).first()
    return DemoAccount(role, found.username, PASSWORD, found.name) if found else None

"""Tables of accounts, what they may do, their sessions and their one-time codes."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from elearn.core.db import Id, Instant, Model, OptionalInstant, word
from elearn.core.permissions import Role


class Account(Model):
    """Someone who can sign in; an ASN's username is the NIP. `language` is the one chosen for the pages, if any."""

    __tablename__ = "account"

    id: Mapped[Id]
    username: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(20))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    password_changed_at: Mapped[OptionalInstant]
    is_active: Mapped[bool] = mapped_column(default=True)
    activated_at: Mapped[OptionalInstant]
    deactivated_at: Mapped[OptionalInstant]
    created_at: Mapped[Instant]
    language: Mapped[str | None] = mapped_column(String(5))

    grants: Mapped[list["RoleGrant"]] = relationship(back_populates="account", order_by="RoleGrant.granted_at")


class RoleGrant(Model):
    """A role held by an account, in one agency with everything below it, or (null) in the whole regency."""

    __tablename__ = "role_grant"
    __table_args__ = (
        Index(
            "uq_role_grant_open_in_agency",
            "account_id",
            "role",
            "agency_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL AND agency_id IS NOT NULL"),
            postgresql_where=text("revoked_at IS NULL AND agency_id IS NOT NULL"),
        ),
        Index(
            "uq_role_grant_open_everywhere",
            "account_id",
            "role",
            unique=True,
            sqlite_where=text("revoked_at IS NULL AND agency_id IS NULL"),
            postgresql_where=text("revoked_at IS NULL AND agency_id IS NULL"),
        ),
    )

    id: Mapped[Id]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[Role] = mapped_column(word(Role, "role"))
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("agency.id"), index=True)
    granted_at: Mapped[Instant]
    revoked_at: Mapped[OptionalInstant]

    account: Mapped[Account] = relationship(back_populates="grants")


class SignInSession(Model):
    """One stay of one person in one browser; the cookie holds the token, this row only its SHA-256."""

    __tablename__ = "sign_in_session"

    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    ended_at: Mapped[OptionalInstant]
    address: Mapped[str | None] = mapped_column(String(45))
    agent: Mapped[str | None] = mapped_column(String(300))


class ActivationCode(Model):
    """A one-time code with which an account sets its first password, or a new one after losing it."""

    __tablename__ = "activation_code"

    id: Mapped[Id]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    issued_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    issued_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    used_at: Mapped[OptionalInstant]

"""Reads of uploaded rosters, and of the names remembered from them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, null, select
from sqlalchemy.orm import aliased, defer

from elearn.accounts.models import Account
from elearn.agencies import queries, rules
from elearn.agencies.models import Agency, RosterImport, UnitAlias
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.permissions import Actor, Permission


def refuse_partial_reach(actor: Actor) -> None:
    """Raise PartialReach for whoever answers only for some OPD: a roster may speak of any."""
    if not queries.visible_to(actor, Permission.AGENCY_ROSTER_IMPORT).all:
        raise rules.PartialReach


def imports() -> Select[*tuple[Any, ...]]:
    """Uploaded rosters with the names of who uploaded and who undid them, for paging, the latest first."""
    uploader, undoer = aliased(Account), aliased(Account)
    return (
        select(RosterImport, uploader.name.label("uploader"), undoer.name.label("undoer"))
        .outerjoin(uploader, uploader.id == RosterImport.uploaded_by)
        .outerjoin(undoer, undoer.id == RosterImport.undone_by)
        .options(defer(RosterImport.rows), defer(RosterImport.complaints), defer(RosterImport.seen))
        .order_by(RosterImport.uploaded_at.desc(), RosterImport.id.desc())
    )


def last_applied_import() -> RosterImport | None:
    """The roster that was applied last, undone or not."""
    query = select(RosterImport).where(RosterImport.applied_at.is_not(None))
    return db.session.scalar(query.order_by(RosterImport.applied_at.desc(), RosterImport.id.desc()).limit(1))


def list_asked_imports() -> Sequence[RosterImport]:
    """The rosters that somebody has asked to apply and that neither came in nor failed."""
    waiting = (
        RosterImport.applied_at.is_(None) & RosterImport.failure.is_(None) & RosterImport.reversal.is_not(null())
    )
    return db.session.scalars(select(RosterImport).where(waiting)).all()


def unit_aliases() -> Select[*tuple[Any, ...]]:
    """The names remembered, with the agency's name (None: none of ours) and who said so, for paging, by name."""
    return (
        select(UnitAlias, Agency.name.label("agency_name"), Account.name.label("maker"))
        .outerjoin(Agency, Agency.id == UnitAlias.agency_id)
        .outerjoin(Account, Account.id == UnitAlias.made_by)
        .order_by(UnitAlias.name_key)
    )


def get_alias(alias_id: UUID) -> UnitAlias:
    """A remembered name."""
    found = db.session.get(UnitAlias, alias_id)
    if found is None:
        raise NotFound
    return found


def get_import(import_id: UUID, *, for_update: bool = False) -> RosterImport:
    """An uploaded roster; read anew and locked until the transaction ends if it is to be applied."""
    staged = db.session.get(RosterImport, import_id, with_for_update=for_update or None, populate_existing=for_update)
    if staged is None:
        raise NotFound
    return staged

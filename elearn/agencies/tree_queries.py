"""Reads of the tree over time: names, successions, what stands below an agency, and who serves there."""

import datetime as dt
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import aliased

from elearn.accounts.models import Account, RoleGrant
from elearn.agencies import queries
from elearn.agencies.handover import Stay
from elearn.agencies.models import Agency, AgencyName, Employee, Placement, Succession
from elearn.agencies.rules import Visible
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.permissions import Actor, Permission


def refuse_partial_reach(actor: Actor) -> None:
    """NotFound for whoever answers only for a part of the regency: the tree is edited as a whole."""
    if not queries.visible_to(actor, Permission.AGENCY_TREE_EDIT).all:
        raise NotFound


def list_subtree(agency: Agency) -> Sequence[Agency]:
    """The agency and everything that was ever below it, each after what it stands below."""
    query = select(Agency).where(queries.below(agency))
    return db.session.scalars(query.order_by(func.length(Agency.path), Agency.name)).all()


def list_closed(parent: Agency | None, *, visible: Visible) -> Sequence[Agency]:
    """What stood right below an agency and is closed, the latest first."""
    query = select(Agency).where(Agency.closed_on.is_not(None), queries.within(Agency.id, visible))
    query = query.where(Agency.parent_id == parent.id if parent else Agency.parent_id.is_(None))
    return db.session.scalars(query.order_by(Agency.closed_on.desc(), Agency.name)).all()


def codes() -> set[str]:
    """Every code that was ever given."""
    return set(db.session.scalars(select(Agency.code)))


def list_names(agency_id: UUID) -> Sequence[AgencyName]:
    """What an agency has been called, the first name first; empty if its name never changed."""
    query = select(AgencyName).where(AgencyName.agency_id == agency_id)
    return db.session.scalars(query.order_by(AgencyName.since)).all()


def list_former(agency_ids: Collection[UUID]) -> dict[UUID, list[tuple[Agency, dt.date]]]:
    """The agencies from which each of these took over, and when."""
    query = select(Succession.successor_id, Agency, Succession.on).join(Agency, Agency.id == Succession.former_id)
    return _by_first(db.session.execute(query.where(Succession.successor_id.in_(agency_ids)).order_by(Agency.name)))


def list_successors(agency_ids: Collection[UUID]) -> dict[UUID, list[tuple[Agency, dt.date]]]:
    """The agencies that took over from each of these, and when."""
    query = select(Succession.former_id, Agency, Succession.on).join(Agency, Agency.id == Succession.successor_id)
    return _by_first(db.session.execute(query.where(Succession.former_id.in_(agency_ids)).order_by(Agency.name)))


def _by_first(rows: object) -> dict[UUID, list[tuple[Agency, dt.date]]]:
    found: dict[UUID, list[tuple[Agency, dt.date]]] = {}
    for id_, agency, on in rows:  # type: ignore[attr-defined]
        found.setdefault(id_, []).append((agency, on))
    return found


def earlier_names() -> dict[UUID, list[str]]:
    """By agency, the names that it bore before the present one."""
    query = select(AgencyName.agency_id, AgencyName.name).join(Agency, Agency.id == AgencyName.agency_id)
    found: dict[UUID, list[str]] = {}
    for id_, name in db.session.execute(query.where(AgencyName.name != Agency.name).order_by(AgencyName.since)):
        found.setdefault(id_, []).append(name)
    return found


def list_stays(agency_ids: Collection[UUID], *, since: dt.date) -> list[Stay]:
    """The stays at these agencies that reach into a day or beyond."""
    columns = (
        Placement.id,
        Placement.employee_id,
        Placement.agency_id,
        Placement.started_on,
        Placement.ended_on,
        Placement.post,
        Placement.post_group,
    )
    reaches = or_(Placement.ended_on.is_(None), Placement.ended_on > since)
    query = select(*columns).where(Placement.agency_id.in_(agency_ids), reaches)
    return [Stay(*row) for row in db.session.execute(query)]


def count_stays(agency: Agency, *, since: dt.date) -> int:
    """How many people serve at an agency or below it on a day or later."""
    reaches = or_(Placement.ended_on.is_(None), Placement.ended_on > since)
    query = select(func.count(Placement.employee_id.distinct())).join(Agency, Agency.id == Placement.agency_id)
    return db.session.scalar(query.where(queries.below(agency), reaches)) or 0


def list_serving(agency: Agency, on: dt.date, *, limit: int) -> Sequence[Row[UUID, str, str | None]]:
    """Who serves right at an agency on a day, with the post, by name."""
    query = select(Employee.id, Employee.name, Placement.post).join(Placement, Placement.employee_id == Employee.id)
    query = query.where(Placement.agency_id == agency.id, queries.covers(on))
    return db.session.execute(query.order_by(Employee.name, Employee.id).limit(limit)).all()


def list_officers(agency_ids: Collection[UUID]) -> Sequence[str]:
    """The names of those who hold a role in one of these agencies or below it, which no reorganisation moves."""
    place, top = aliased(Agency), aliased(Agency)
    query = (
        select(Account.name)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .join(place, place.id == RoleGrant.agency_id)
        .join(top, place.path.startswith(top.path))
        .where(RoleGrant.revoked_at.is_(None), top.id.in_(agency_ids))
    )
    return db.session.scalars(query.distinct().order_by(Account.name)).all()

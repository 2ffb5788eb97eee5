"""The roster of a day joined in the database to how far people had come toward demands by its end.

For lists that the database narrows and pages by the stage people reached; reports read that with `progress`. The
milestones of `learning`, `pact` and `certificates` mean the same; a test compares them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, case, false, func

from elearn.accounts.models import Account
from elearn.agencies import graded
from elearn.agencies.models import Agency, Employee, Placement
from elearn.agencies.rules import Visible
from elearn.core import clock
from elearn.directives.duties import Demand
from elearn.directives.rules import Stage
from elearn.reports import deeds, sight
from elearn.reports.deeds import Deed
from elearn.reports.sight import Sight


@dataclass(frozen=True, slots=True)
class Journey:
    """How far people are toward a demand, as columns: the stage, and when a result was signed that just lapsed."""

    demand: Demand
    stage: ColumnElement[int]
    lapsed_at: Any


@dataclass(frozen=True)
class Roster:
    """A statement over everybody who serves on a day within sight, and the journeys it is joined to."""

    statement: Select[*tuple[Any, ...]]
    journeys: list[Journey]


def roster(day: date, demands: Iterable[Demand], *, visible: Visible, agency_id: UUID | None = None) -> Roster:
    """Everybody who serves on a day within sight (and an agency's subtree) with journeys; its columns are yours."""
    statement = sight.people(day, graded.on(day), Sight(visible))
    statement = statement.join(Agency, Agency.id == Placement.agency_id).join(
        Account, Account.id == Employee.account_id
    )
    if agency_id is not None:
        statement = statement.where(Agency.path.contains(f"/{agency_id}/"))
    journeys = []
    for demand in demands:
        statement, journey = _joined(statement, demand, clock.end_of(day))
        journeys.append(journey)
    return Roster(statement, journeys)


def _joined(
    statement: Select[*tuple[Any, ...]], demand: Demand, until: datetime
) -> tuple[Select[*tuple[Any, ...]], Journey]:
    """The statement with the journey of one demand."""
    done = deeds.of_module(demand.module_slug, until)
    furthest_first = {stage: _last(_since(done[stage], demand.since)) for stage in sorted(done, reverse=True)}
    lapsed = _last(_lapsing(done[Stage.SIGNED], demand))
    for each in (*furthest_first.values(), lapsed):
        statement = statement.outerjoin(each, each.c.owner == Account.id)
    reached = ((each.c.at.is_not(None), stage.value) for stage, each in furthest_first.items())
    return statement, Journey(demand, case(*reached, else_=Stage.NOT_STARTED.value), lapsed.c.at)


def _last(deed: Deed) -> Subquery:
    """The last such deed of each person."""
    owner, at, _ = deed.selected_columns
    return deed.with_only_columns(owner, func.max(at).label("at")).group_by(owner).subquery()


def _since(deed: Deed, day: date | None) -> Deed:
    return deed.where(deed.selected_columns.since >= clock.start_of(day)) if day else deed


def _lapsing(signed: Deed, demand: Demand) -> Deed:
    """The signatures that have lapsed so lately that they may be renewed in peace."""
    if demand.renew_from is None or demand.since is None:
        return signed.where(false())
    return _since(signed, demand.renew_from).where(signed.selected_columns.since < clock.start_of(demand.since))

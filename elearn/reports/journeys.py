"""The roster of a day joined to how far people had come toward demands by its end: the statement behind reports.

SQL only. The milestones of `learning`, `pact` and `certificates` mean the same; a test compares them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, true

from elearn.accounts.models import Account
from elearn.agencies import queries as agencies
from elearn.agencies.models import Agency, Employee, Placement
from elearn.agencies.rules import Visible
from elearn.certificates.models import Certificate
from elearn.core import clock
from elearn.directives.duties import Demand
from elearn.directives.queries import covers
from elearn.directives.rules import Stage
from elearn.learning.models import Enrolment
from elearn.pact.models import Pact
from elearn.quiz.models import Attempt


@dataclass(frozen=True, slots=True)
class Journey:
    """The moments of one demand as columns of a statement; null for what was not reached."""

    demand: Demand
    started_at: Any
    passed_at: Any
    signed_at: Any
    certified_at: Any
    lapsed_at: Any

    @property
    def stage(self) -> ColumnElement[int]:
        """The furthest point reached, as `directives.rules.stage` has it."""
        furthest_first = (
            (self.certified_at, Stage.CERTIFIED),
            (self.signed_at, Stage.SIGNED),
            (self.passed_at, Stage.PASSED),
            (self.started_at, Stage.LEARNING),
        )
        return case(*((at.is_not(None), stage.value) for at, stage in furthest_first), else_=Stage.NOT_STARTED.value)

    @property
    def is_renewing(self) -> ColumnElement[bool]:
        """Whether an earlier result has only just lapsed."""
        return self.lapsed_at.is_not(None)


@dataclass(frozen=True)
class Roster:
    """A statement over everybody who serves on a day within sight, and the journeys it is joined to."""

    statement: Select[*tuple[Any, ...]]
    journeys: list[Journey]
    is_stranger: ColumnElement[bool]


def roster(day: date, demands: Iterable[Demand], *, visible: Visible, agency_id: UUID | None = None) -> Roster:
    """Everybody who serves on a day within sight (and an agency's subtree) with journeys; its columns are yours."""
    until = clock.end_of(day)
    inside = true() if agency_id is None else Agency.path.contains(f"/{agency_id}/")
    statement: Select[*tuple[Any, ...]] = (
        select()
        .select_from(Placement)
        .join(Employee, Employee.id == Placement.employee_id)
        .join(Agency, Agency.id == Placement.agency_id)
        .join(Account, Account.id == Employee.account_id)
        .where(covers(day), agencies.is_present(day), agencies.within(Placement.agency_id, visible), inside)
    )
    journeys = []
    for demand in demands:
        statement, journey = _joined(statement, demand, until)
        journeys.append(journey)
    return Roster(statement, journeys, or_(Account.activated_at.is_(None), Account.activated_at > until))


def _joined(
    statement: Select[*tuple[Any, ...]], demand: Demand, until: datetime
) -> tuple[Select[*tuple[Any, ...]], Journey]:
    """The statement with the journey of one demand."""
    since = clock.start_of(demand.since) if demand.since else None
    stands = or_(Certificate.revoked_at.is_(None), Certificate.revoked_at > until)
    begun = _last(Enrolment.learner_id, Enrolment.started_at, Enrolment.module_slug == demand.module_slug)
    passed = _last(
        Attempt.learner_id, Attempt.submitted_at, Attempt.module_slug == demand.module_slug, Attempt.passed.is_(True)
    )
    signed = _last(Pact.account_id, Pact.signed_at, Pact.module_slug == demand.module_slug)
    certified = _last(Certificate.account_id, Certificate.issued_at, stands).join(
        Pact,
        and_(
            Pact.id == Certificate.pact_id,
            Pact.module_slug == demand.module_slug,
            *_within(Pact.signed_at, since, until),
        ),
    )
    found = (
        begun.where(*_within(Enrolment.started_at, since, until)).subquery(),
        passed.where(*_within(Attempt.submitted_at, since, until)).subquery(),
        signed.where(*_within(Pact.signed_at, since, until)).subquery(),
        certified.where(Certificate.issued_at <= until).subquery(),
        signed.where(*_lapsing(demand, since)).subquery(),
    )
    for each in found:
        statement = statement.outerjoin(each, each.c.owner == Account.id)
    began, did_pass, did_sign, certificate, lapsed = (each.c.at for each in found)
    return statement, Journey(demand, began, did_pass, did_sign, certificate, lapsed)


def _last(owner: Any, at: Any, *conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """The last such moment of each person."""
    return select(owner.label("owner"), func.max(at).label("at")).where(*conditions).group_by(owner)


def _within(at: Any, since: datetime | None, until: datetime) -> tuple[ColumnElement[bool], ...]:
    """The conditions that a moment lies within what counts."""
    return (at <= until,) if since is None else (at <= until, at >= since)


def _lapsing(demand: Demand, since: datetime | None) -> tuple[ColumnElement[bool], ...]:
    """The conditions that a signature has lapsed so lately that it may be renewed in peace."""
    if demand.renew_from is None or since is None:
        return (false(),)
    return (Pact.signed_at >= clock.start_of(demand.renew_from), Pact.signed_at < since)

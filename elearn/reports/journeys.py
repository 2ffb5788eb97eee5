"""The roster of a day joined to how far people had come toward demands by its end: the statements behind reports.

SQL only: `roster` with the moments of each, `standings` with the furthest point alone, which is all that counting
needs. The milestones of `learning`, `pact` and `certificates` mean the same; a test compares them.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Subquery,
    and_,
    case,
    false,
    func,
    literal_column,
    or_,
    select,
    true,
    union_all,
)

from elearn.accounts.models import Account
from elearn.agencies import graded
from elearn.agencies import queries as agencies
from elearn.agencies.graded import Grade
from elearn.agencies.models import Agency, Employee, Placement
from elearn.agencies.rules import Visible
from elearn.certificates.models import Certificate
from elearn.core import clock
from elearn.directives.duties import Demand
from elearn.directives.queries import covers
from elearn.directives.rules import Stage
from elearn.learning.models import Enrolment
from elearn.pact.models import Pact
from elearn.pact.queries import STANDS
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
    def moments(self) -> tuple[Any, ...]:
        """All of them, in order."""
        return self.started_at, self.passed_at, self.signed_at, self.certified_at, self.lapsed_at

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
    grade: Grade


@dataclass(frozen=True, slots=True)
class Standings:
    """A statement over everybody who serves on a day: for each demand a stage and whether a result just lapsed."""

    statement: Select[*tuple[Any, ...]]
    reached: list[tuple[Any, Any]]
    is_stranger: Any
    grade: Grade


def roster(
    day: date,
    demands: Iterable[Demand],
    *,
    visible: Visible,
    agency_id: UUID | None = None,
    only: Collection[UUID] | None = None,
) -> Roster:
    """Everybody who serves on a day within sight (and an agency's subtree) with journeys; its columns are yours.

    `only` names the employees who are looked for.
    """
    until, grade = clock.end_of(day), graded.on(day)
    inside = true() if agency_id is None else Agency.path.contains(f"/{agency_id}/")
    sought = true() if only is None else Employee.id.in_(only)
    statement: Select[*tuple[Any, ...]] = (
        select()
        .select_from(Placement)
        .join(Employee, Employee.id == Placement.employee_id)
        .join(Agency, Agency.id == Placement.agency_id)
        .join(Account, Account.id == Employee.account_id)
        .where(covers(day), agencies.is_present(day), agencies.within(Placement.agency_id, visible), inside, sought)
    )
    statement, journeys = grade.joined(statement), []
    for demand in demands:
        statement, journey = _joined(statement, demand, until, only)
        journeys.append(journey)
    return Roster(statement, journeys, grade)


def _joined(
    statement: Select[*tuple[Any, ...]], demand: Demand, until: datetime, only: Collection[UUID] | None
) -> tuple[Select[*tuple[Any, ...]], Journey]:
    """The statement with the journey of one demand."""
    since = clock.start_of(demand.since) if demand.since else None
    stands = or_(Certificate.revoked_at.is_(None), Certificate.revoked_at > until)
    begun = _last(Enrolment.learner_id, Enrolment.started_at, Enrolment.module_slug == demand.module_slug)
    passed = _last(
        Attempt.learner_id, Attempt.submitted_at, Attempt.module_slug == demand.module_slug, Attempt.passed.is_(True)
    )
    signed = _last(Pact.account_id, Pact.signed_at, Pact.module_slug == demand.module_slug, STANDS)
    certified = _last(Certificate.account_id, Certificate.issued_at, stands).join(
        Pact,
        and_(
            Pact.id == Certificate.pact_id,
            Pact.module_slug == demand.module_slug,
            *_within(Pact.signed_at, since, until),
        ),
    )
    drafts = (
        begun.where(*_within(Enrolment.started_at, since, until)),
        passed.where(*_within(Attempt.submitted_at, since, until)),
        signed.where(*_within(Pact.signed_at, since, until)),
        certified.where(Certificate.issued_at <= until),
        signed.where(*_lapsing(demand, since)),
    )
    found = [_of(each, only).subquery() for each in drafts]
    for each in found:
        statement = statement.outerjoin(each, each.c.owner == Account.id)
    began, did_pass, did_sign, certificate, lapsed = (each.c.at for each in found)
    return statement, Journey(demand, began, did_pass, did_sign, certificate, lapsed)


def _last(owner: Any, at: Any, *conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """The last such moment of each person."""
    return select(owner.label("owner"), func.max(at).label("at")).where(*conditions).group_by(owner)


def _of(moments: Select[Any], only: Collection[UUID] | None) -> Select[Any]:
    """The moments of these employees alone, if any are named."""
    if only is None:
        return moments
    return moments.where(moments.selected_columns.owner.in_(select(Employee.account_id).where(Employee.id.in_(only))))


def _within(at: Any, since: datetime | None, until: datetime) -> tuple[ColumnElement[bool], ...]:
    """The conditions that a moment lies within what counts."""
    return (at <= until,) if since is None else (at <= until, at >= since)


def _lapsing(demand: Demand, since: datetime | None) -> tuple[ColumnElement[bool], ...]:
    """The conditions that a signature has lapsed so lately that it may be renewed in peace."""
    if demand.renew_from is None or since is None:
        return (false(),)
    return (Pact.signed_at >= clock.start_of(demand.renew_from), Pact.signed_at < since)


def standings(day: date, demands: Iterable[Demand], *, inside: ColumnElement[bool]) -> Standings:
    """Everybody who serves on a day at the agencies that a condition on placements names; its columns are yours.

    What people did is brought together once, each at the furthest point, and then joined.
    """
    until, grade = clock.end_of(day), graded.on(day)
    statement: Select[*tuple[Any, ...]] = (
        select()
        .select_from(Placement)
        .join(Employee, Employee.id == Placement.employee_id)
        .where(covers(day), agencies.is_present(day), inside)
    )
    statement = grade.joined(statement)
    reached, is_stranger = [], None
    for demand in demands:
        far = _furthest(demand, until, with_strangers=is_stranger is None)
        statement = statement.outerjoin(far, far.c.owner == Employee.account_id)
        reached.append((func.coalesce(far.c.stage, 0), func.coalesce(far.c.renewing, 0)))
        is_stranger = func.coalesce(far.c.stranger, 0) if is_stranger is None else is_stranger
    return Standings(statement, reached, is_stranger, grade)


def _furthest(demand: Demand, until: datetime, *, with_strangers: bool) -> Subquery:
    """The furthest point of each person who reached any, and if asked whose account nobody had opened."""
    since = clock.start_of(demand.since) if demand.since else None
    slug = demand.module_slug
    parts = [
        _deed(Enrolment.learner_id, Enrolment.started_at, Stage.LEARNING, since, until).where(
            Enrolment.module_slug == slug
        ),
        _deed(Attempt.learner_id, Attempt.submitted_at, Stage.PASSED, since, until).where(
            Attempt.module_slug == slug, Attempt.passed.is_(True)
        ),
        _deed(Pact.account_id, Pact.signed_at, Stage.SIGNED, since, until).where(Pact.module_slug == slug, STANDS),
        _certified(slug, since, until),
    ]
    if demand.renew_from:
        parts.append(
            _fact(Pact.account_id, renewing=1).where(Pact.module_slug == slug, STANDS, *_lapsing(demand, since))
        )
    if with_strangers:
        unopened = or_(Account.activated_at.is_(None), Account.activated_at > until)
        parts.append(_fact(Account.id, stranger=1).where(unopened))
    each = union_all(*parts).subquery()
    columns = (func.max(each.c[name]).label(name) for name in ("stage", "renewing", "stranger"))
    return select(each.c.owner, *columns).group_by(each.c.owner).subquery()


def _certified(slug: str, since: datetime | None, until: datetime) -> Select[Any]:
    """Whose certificate stands; it follows its pact, which is looked at only when old ones do not count."""
    stands = or_(Certificate.revoked_at.is_(None), Certificate.revoked_at > until)
    found = _deed(Certificate.account_id, Certificate.issued_at, Stage.CERTIFIED, None, until)
    found = found.where(Certificate.module_slug == slug, stands)
    if since is None:
        return found
    return found.join(Pact, Pact.id == Certificate.pact_id).where(Pact.signed_at >= since)


def _deed(owner: Any, at: Any, stage: Stage, since: datetime | None, until: datetime) -> Select[Any]:
    return _fact(owner, stage=stage.value).where(*_within(at, since, until))


def _fact(owner: Any, *, stage: int = 0, renewing: int = 0, stranger: int = 0) -> Select[Any]:
    """One thing known of each person; plain numbers, which a database need not be told apart."""
    told = {"stage": stage, "renewing": renewing, "stranger": stranger}
    return select(owner.label("owner"), *(literal_column(str(n), Integer).label(name) for name, n in told.items()))

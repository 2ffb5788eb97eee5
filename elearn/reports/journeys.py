"""The roster of a day joined to what people had reached in modules by its end: the statement reports are read by.

SQL only. The milestones of `learning`, `pact` and `certificates` mean the same; a test compares them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true
from sqlalchemy.orm import aliased

from elearn.accounts.models import Account
from elearn.agencies import queries as agencies
from elearn.agencies.models import Agency, Employee, Placement
from elearn.agencies.rules import Visible
from elearn.certificates.models import Certificate
from elearn.core import clock
from elearn.directives.queries import covers
from elearn.directives.rules import Stage
from elearn.learning.models import Enrolment
from elearn.pact.models import Pact
from elearn.quiz.models import Attempt


@dataclass(frozen=True, slots=True)
class Journey:
    """The moments of one module as columns of a statement; null for what was not reached."""

    slug: str
    started_at: Any
    passed_at: Any
    signed_at: Any
    certified_at: Any

    @property
    def stage(self) -> ColumnElement[int]:
        """The furthest point reached, as `directives.rules.stage` has it, as a column named by the module."""
        furthest_first = (
            (self.certified_at, Stage.CERTIFIED),
            (self.signed_at, Stage.SIGNED),
            (self.passed_at, Stage.PASSED),
            (self.started_at, Stage.LEARNING),
        )
        reached = case(
            *((at.is_not(None), stage.value) for at, stage in furthest_first), else_=Stage.NOT_STARTED.value
        )
        return reached.label(self.slug)


@dataclass(frozen=True)
class Roster:
    """A statement over everybody placed on a day within sight, and the journeys it is joined to."""

    statement: Select[*tuple[Any, ...]]
    journeys: list[Journey]
    is_stranger: ColumnElement[bool]


def roster(day: date, slugs: Iterable[str], *, visible: Visible, agency_id: UUID | None = None) -> Roster:
    """Everybody placed on a day within sight (and an agency's subtree) with the journeys; its columns are yours."""
    until = clock.end_of(day)
    inside = true() if agency_id is None else Agency.path.contains(f"/{agency_id}/")
    statement: Select[*tuple[Any, ...]] = (
        select()
        .select_from(Placement)
        .join(Employee, Employee.id == Placement.employee_id)
        .join(Agency, Agency.id == Placement.agency_id)
        .join(Account, Account.id == Employee.account_id)
        .where(covers(day), agencies.within(Placement.agency_id, visible), inside)
    )
    journeys = []
    for slug in slugs:
        statement, journey = _joined(statement, slug, until)
        journeys.append(journey)
    return Roster(statement, journeys, or_(Account.activated_at.is_(None), Account.activated_at > until))


def _joined(
    statement: Select[*tuple[Any, ...]], slug: str, until: datetime
) -> tuple[Select[*tuple[Any, ...]], Journey]:
    """The statement with one module's journey."""
    begun, signed, certified, passed = aliased(Enrolment), aliased(Pact), aliased(Certificate), _passed(slug, until)
    stands = or_(certified.revoked_at.is_(None), certified.revoked_at > until)
    joined = (
        statement.outerjoin(begun, _by(until, begun.learner_id, begun.module_slug == slug, begun.started_at))
        .outerjoin(passed, passed.c.learner_id == Account.id)
        .outerjoin(signed, _by(until, signed.account_id, signed.module_slug == slug, signed.signed_at))
        .outerjoin(certified, and_(certified.pact_id == signed.id, certified.issued_at <= until, stands))
    )
    return joined, Journey(slug, begun.started_at, passed.c.passed_at, signed.signed_at, certified.issued_at)


def _by(until: datetime, owner: Any, is_of_module: ColumnElement[bool], at: Any) -> ColumnElement[bool]:
    """The condition that a row is the person's, of the module, and not after the instant."""
    return and_(owner == Account.id, is_of_module, at <= until)


def _passed(slug: str, until: datetime) -> Any:
    """When each learner passed the quiz of a module."""
    return (
        select(Attempt.learner_id, func.min(Attempt.submitted_at).label("passed_at"))
        .where(Attempt.module_slug == slug, Attempt.passed.is_(True), Attempt.submitted_at <= until)
        .group_by(Attempt.learner_id)
        .subquery()
    )

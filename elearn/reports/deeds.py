"""What people did toward a demand by the end of a day, as statements: whose it was and when.

Of everybody they are read module by module, of somebody person by person; which of the two an index is for, a
database without statistics guesses wrongly, and would walk through all of a module for each person. So the module
is then compared in a way no index can follow.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select

from elearn.accounts.models import Account
from elearn.agencies.models import Employee
from elearn.certificates import queries as certificates
from elearn.certificates.models import Certificate
from elearn.core import clock
from elearn.directives.duties import Demand
from elearn.directives.rules import Stage
from elearn.learning.models import Enrolment
from elearn.pact.models import Pact
from elearn.pact.queries import STANDS
from elearn.quiz.models import Attempt

Deed = Select[Any]
"""A statement with two columns: the account that is `owner`, and the moment `at`."""


@dataclass(frozen=True, slots=True)
class Deeds:
    """Who began, passed, signed and got a certificate that stands, and whose result has only just lapsed."""

    begun: Deed
    passed: Deed
    signed: Deed
    certified: Deed
    lapsed: Deed

    @property
    def each(self) -> tuple[Deed, ...]:
        """All of them, in order."""
        return self.begun, self.passed, self.signed, self.certified, self.lapsed

    @property
    def by_stage(self) -> tuple[tuple[Stage, Deed], ...]:
        """What brings somebody to which stage, the furthest first."""
        return (
            (Stage.CERTIFIED, self.certified),
            (Stage.SIGNED, self.signed),
            (Stage.PASSED, self.passed),
            (Stage.LEARNING, self.begun),
        )


def toward(demand: Demand, until: datetime, *, by_person: bool = False) -> Deeds:
    """What was done toward a demand by a moment, to be read of everybody or `by_person`."""
    since = clock.start_of(demand.since) if demand.since else None

    def of_module(column: Any) -> ColumnElement[bool]:
        return (func.coalesce(column, "") if by_person else column) == demand.module_slug

    signed = _deed(Pact.account_id, Pact.signed_at, of_module(Pact.module_slug), STANDS)
    return Deeds(
        _deed(Enrolment.learner_id, Enrolment.started_at, of_module(Enrolment.module_slug)).where(
            *_within(Enrolment.started_at, since, until)
        ),
        _deed(Attempt.learner_id, Attempt.submitted_at, of_module(Attempt.module_slug)).where(
            Attempt.passed.is_(True), *_within(Attempt.submitted_at, since, until)
        ),
        signed.where(*_within(Pact.signed_at, since, until)),
        _certified(of_module(Certificate.module_slug), since, until),
        signed.where(*_lapsing(demand, since)),
    )


def unopened(until: datetime) -> Deed:
    """Whose account nobody had opened by a moment."""
    return _deed(Account.id, Account.activated_at, or_(Account.activated_at.is_(None), Account.activated_at > until))


def last(deeds: Deed) -> Deed:
    """The last such deed of each person."""
    owner, at = deeds.selected_columns
    return deeds.with_only_columns(owner, func.max(at).label("at")).group_by(owner)


def own(deeds: Deed) -> Deed:
    """Those of the employee of the statement around this one."""
    return deeds.where(deeds.selected_columns.owner == Employee.account_id).correlate(Employee)


def own_last(deeds: Deed) -> Any:
    """When that employee did it last."""
    return own(deeds).with_only_columns(func.max(deeds.selected_columns.at)).scalar_subquery()


def _certified(is_of_module: ColumnElement[bool], since: datetime | None, until: datetime) -> Deed:
    """Whose certificate stands; it follows its pact, which is looked at only when old ones do not count."""
    stood = certificates.stood(until)
    found = _deed(Certificate.account_id, Certificate.issued_at, is_of_module, Certificate.issued_at <= until, stood)
    if since is None:
        return found
    return found.join(Pact, Pact.id == Certificate.pact_id).where(Pact.signed_at >= since)


def _deed(owner: Any, at: Any, *conditions: ColumnElement[bool]) -> Deed:
    return select(owner.label("owner"), at.label("at")).where(*conditions)


def _within(at: Any, since: datetime | None, until: datetime) -> tuple[ColumnElement[bool], ...]:
    """The conditions that a moment lies within what counts."""
    return (at <= until,) if since is None else (at <= until, at >= since)


def _lapsing(demand: Demand, since: datetime | None) -> tuple[ColumnElement[bool], ...]:
    """The conditions that a signature has lapsed so lately that it may be renewed in peace."""
    if demand.renew_from is None or since is None:
        return (false(),)
    return (Pact.signed_at >= clock.start_of(demand.renew_from), Pact.signed_at < since)

"""What people did for a module by the end of a day, as statements: whose it was, and when.

Of everybody they are read module by module, of some person by person; which of the two an index is for, a database
without statistics guesses wrongly, and would walk through all of a module for each person. So the module is then
compared in a way no index can follow.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, true

from elearn.accounts.models import Account
from elearn.certificates import queries as certificates
from elearn.certificates.models import Certificate
from elearn.directives.rules import Stage
from elearn.learning.models import Enrolment
from elearn.pact.models import Pact
from elearn.quiz.models import Attempt

Deed = Select[Any]
"""A statement with three columns: the account that is `owner`, the moment `at`, and that `since` which it counts."""


def of_module(slug: str, until: datetime, *, among: Select[Any] | None = None) -> dict[Stage, Deed]:
    """What had brought people to which stage of a module by a moment, a certificate since its pact was signed.

    `among` are the accounts that are looked up, None for everybody's.
    """

    def deed(owner: Any, of: Any, at: Any, *, since: Any = None) -> Deed:
        found = select(owner.label("owner"), at.label("at"), (at if since is None else since).label("since"))
        return found.where(*_by(owner, of, slug, among), at <= until)

    signed = deed(Pact.account_id, Pact.module_slug, Pact.signed_at)
    certified = deed(Certificate.account_id, Certificate.module_slug, Certificate.issued_at, since=Pact.signed_at)
    return {
        Stage.LEARNING: deed(Enrolment.learner_id, Enrolment.module_slug, Enrolment.started_at),
        Stage.PASSED: deed(Attempt.learner_id, Attempt.module_slug, Attempt.submitted_at).where(_COUNTS),
        Stage.SIGNED: signed.join(Attempt, Attempt.id == Pact.attempt_id).where(_COUNTS),
        Stage.CERTIFIED: certified.join(Pact, Pact.id == Certificate.pact_id).where(
            # That it was signed before is plain; said, it lets an index answer without the row.
            certificates.stood(until),
            Pact.signed_at <= until,
        ),
    }


_COUNTS = Attempt.passed == true()
"""That a quiz counts as passed, and with it its pact; said so that an index is asked, which IS is not."""


def _by(owner: Any, of: Any, slug: str, among: Select[Any] | None) -> tuple[ColumnElement[bool], ...]:
    return (of == slug,) if among is None else (owner.in_(among), func.coalesce(of, "") == slug)


def unopened(until: datetime, *, among: Select[Any] | None = None) -> Deed:
    """Whose account nobody had opened by a moment."""
    is_closed = or_(Account.activated_at.is_(None), Account.activated_at > until)
    cells: list[Any] = [Account.id, Account.activated_at, Account.activated_at]
    names = ("owner", "at", "since")
    found = select(*(cell.label(name) for cell, name in zip(cells, names, strict=True))).where(is_closed)
    return found if among is None else found.where(Account.id.in_(among))

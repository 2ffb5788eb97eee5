"""What waits for a person, read from the rooms below in a bounded number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select

from elearn.certificates.models import Certificate
from elearn.content import queries as content
from elearn.content.modules import Module
from elearn.core import clock
from elearn.core.db import db
from elearn.directives import binding
from elearn.directives.duties import Obligation
from elearn.directives.models import Directive
from elearn.home import rules
from elearn.home.rules import Step, Urgency
from elearn.learning import queries as learning
from elearn.learning.rules import Progress
from elearn.pact.models import Pact
from elearn.pact.queries import STANDS
from elearn.quiz import queries as quiz
from elearn.quiz.models import Attempt

SIGNED = (
    select(Pact.module_slug, Pact.attempt_id, Pact.signed_at, Certificate.id, Certificate.revoked_at)
    .outerjoin(Certificate, Certificate.pact_id == Pact.id)
    .where(Pact.account_id == bindparam("account_id", type_=Uuid), STANDS)
    .order_by(Pact.signed_at)
)
"""A person's pacts and their certificates, the latest last; built once."""


@dataclass(frozen=True, slots=True)
class Certified:
    """A certificate, and since when it is revoked."""

    id: UUID
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Signed:
    """A pact: on the strength of which attempt it was signed, on which day, and its certificate."""

    attempt_id: UUID
    on: date
    certificate: Certified | None


@dataclass(frozen=True, slots=True)
class Task:
    """One module a person must finish, the directives that ask for it, and how far she is."""

    module: Module
    directives: Sequence[Directive]
    deadline_on: date
    progress: Progress
    running: Attempt | None
    certificate: Certified | None
    step: Step
    urgency: Urgency

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do for her."""
        return self.step in (Step.WAIT, Step.DONE)


def list_tasks(account_id: UUID, day: date) -> list[Task]:
    """What directives ask of a person on a day: the undone first, the most urgent of them on top."""
    directives, owed = binding.list_obligations(account_id, day)
    if not owed:
        return []
    modules = {module.slug: module for module in list_modules()}
    signed = _signed(account_id)
    tasks = [
        _task(account_id, modules[slug], list(owes), _asking(directives, slug), signed.get(slug), day)
        for slug, owes in groupby(owed, key=lambda duty: duty.module_slug)
    ]
    return sorted(tasks, key=lambda task: (task.is_done, task.deadline_on))


def _asking(directives: Sequence[Directive], slug: str) -> list[Directive]:
    return [directive for directive in directives if slug in directive.modules]


def list_modules() -> list[Module]:
    """The published modules, as newcomers meet them."""
    return [module for _, module in content.list_current_modules()]


def _task(
    account_id: UUID,
    module: Module,
    owes: Sequence[Obligation],
    asking: Sequence[Directive],
    signed: Signed | None,
    day: date,
) -> Task:
    """One module as a task; of several obligations the one not met that is due first."""
    progress, signed_on = learning.progress_of(account_id, module.slug), signed.on if signed else None
    unmet = [duty for duty in owes if not rules.is_met(duty.demand, signed_on)]
    deadline_on = min(rules.due_on(duty, signed_on, day) for duty in unmet or owes)
    certificate = signed.certificate if signed and not unmet else None
    step = rules.next_step(
        is_quiz_open=progress.is_quiz_open,
        has_passed=progress.has_passed,
        has_signed=not unmet,
        is_certified=certificate is not None,
        must_repeat=bool(unmet)
        and signed is not None
        and learning.has_ended_with(account_id, module.slug, signed.attempt_id),
    )
    return Task(
        module=module,
        directives=asking,
        deadline_on=deadline_on,
        progress=progress,
        running=quiz.find_open(account_id, module.slug) if step is Step.QUIZ else None,
        certificate=certificate,
        step=step,
        urgency=rules.urgency(deadline_on, day, has_signed=not unmet),
    )


def _signed(account_id: UUID) -> dict[str, Signed]:
    """The last pact of each module whose quiz still counts as passed; one statement."""
    rows = db.session.execute(SIGNED, {"account_id": account_id})
    return {
        slug: Signed(attempt_id, clock.local(signed_at).date(), Certified(held_id, revoked_at) if held_id else None)
        for slug, attempt_id, signed_at, held_id, revoked_at in rows
    }

"""What waits for a person, read from the rooms below in a bounded number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from elearn.certificates import queries as certificates
from elearn.certificates.models import Certificate
from elearn.content import queries as content
from elearn.content.modules import Module
from elearn.core import clock
from elearn.directives import binding
from elearn.directives.duties import Obligation
from elearn.directives.models import Directive
from elearn.home import rules
from elearn.home.rules import Step, Urgency
from elearn.learning import queries as learning
from elearn.learning.rules import Progress
from elearn.pact import queries as pact
from elearn.pact.models import Pact
from elearn.quiz import queries as quiz
from elearn.quiz.models import Attempt


@dataclass(frozen=True, slots=True)
class Task:
    """One module a person must finish, the directives that ask for it, and how far she is."""

    module: Module
    directives: Sequence[Directive]
    deadline_on: date
    progress: Progress
    running: Attempt | None
    certificate: Certificate | None
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
    done = Done.of(account_id)
    tasks = [
        _task(account_id, modules[slug], list(owes), _asking(directives, slug), done, day)
        for slug, owes in groupby(owed, key=lambda duty: duty.module_slug)
    ]
    return sorted(tasks, key=lambda task: (task.is_done, task.deadline_on))


def _asking(directives: Sequence[Directive], slug: str) -> list[Directive]:
    return [directive for directive in directives if slug in directive.modules]


def list_modules() -> list[Module]:
    """The published modules, as newcomers meet them."""
    return [module for _, module in content.list_current_modules()]


def _task(
    account_id: UUID, module: Module, owes: Sequence[Obligation], asking: Sequence[Directive], done: "Done", day: date
) -> Task:
    """One module as a task; of several obligations the one not met that is due first."""
    progress, signed = learning.progress_of(account_id, module.slug), done.pacts.get(module.slug)
    unmet = [duty for duty in owes if not rules.is_met(duty.demand, done.signed_on(module.slug))]
    deadline_on = min(rules.due_on(duty, done.signed_on(module.slug), day) for duty in unmet or owes)
    certificate = done.certificates.get(signed.id) if signed is not None and not unmet else None
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


@dataclass(frozen=True, slots=True)
class Done:
    """What a person has done so far: the last pact of each module, and certificates by their pact."""

    pacts: dict[str, Pact]
    certificates: dict[UUID, Certificate]

    @classmethod
    def of(cls, account_id: UUID) -> "Done":
        """Read by two statements."""
        latest_last = reversed(pact.list_standing(account_id))
        held = {each.pact_id: each for each in certificates.list_of(account_id)}
        return cls({each.module_slug: each for each in latest_last}, held)

    def signed_on(self, slug: str) -> date | None:
        """The day of the last pact of a module."""
        signed = self.pacts.get(slug)
        return clock.local(signed.signed_at).date() if signed else None

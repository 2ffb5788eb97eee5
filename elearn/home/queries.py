"""What waits for a person, read from the rooms below in a bounded number of statements."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from elearn.certificates import queries as certificates
from elearn.certificates.models import Certificate
from elearn.content import queries as content
from elearn.content.rules import Module
from elearn.directives import queries as directives
from elearn.directives.models import Directive
from elearn.home import rules
from elearn.home.rules import Step, Urgency
from elearn.learning import queries as learning
from elearn.learning.rules import Progress
from elearn.pact import queries as pact
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
    by_module: dict[str, list[Directive]] = defaultdict(list)
    for directive in directives.list_binding(account_id, day):
        by_module[directive.module_slug].append(directive)
    if not by_module:
        return []
    modules = {module.slug: module for module in list_modules()}
    signed = {each.module_slug for each in pact.list_of(account_id)}
    certified = {each.module_slug: each for each in certificates.list_of(account_id)}
    tasks = [
        _task(account_id, modules[slug], asking, day, has_signed=slug in signed, certificate=certified.get(slug))
        for slug, asking in by_module.items()
    ]
    return sorted(tasks, key=lambda task: (task.is_done, task.deadline_on))


def list_modules() -> list[Module]:
    """The published modules, as newcomers meet them."""
    return [module for _, module in content.list_current_modules()]


def _task(
    account_id: UUID,
    module: Module,
    asking: Sequence[Directive],
    day: date,
    *,
    has_signed: bool,
    certificate: Certificate | None,
) -> Task:
    """One module as a task; `asking` is ordered by deadline."""
    progress = learning.progress_of(account_id, module.slug)
    step = rules.next_step(
        is_quiz_open=progress.is_quiz_open,
        has_passed=progress.has_passed,
        has_signed=has_signed,
        is_certified=certificate is not None,
    )
    return Task(
        module=module,
        directives=asking,
        deadline_on=asking[0].deadline_on,
        progress=progress,
        running=quiz.find_open(account_id, module.slug) if step is Step.QUIZ else None,
        certificate=certificate,
        step=step,
        urgency=rules.urgency(asking[0].deadline_on, day, has_signed=has_signed),
    )

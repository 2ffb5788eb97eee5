"""What is allowed to one person beyond the rules of a quiz: more attempts, more minutes, a closed attempt once more.

A closed attempt is not opened behind anybody's back: its new minutes begin when the learner herself goes on with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from elearn.accounts.models import Account
from elearn.agencies import queries as agencies
from elearn.agencies.models import Agency, Employee, Placement
from elearn.assessment import messages, people, rules
from elearn.assessment.people import Learner
from elearn.assessment.rules import Cause
from elearn.content import queries as content
from elearn.core import clock
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.permissions import Actor, Permission
from elearn.ledger import actions as ledger
from elearn.notices import actions as notices
from elearn.quiz import amending
from elearn.quiz import queries as quiz
from elearn.quiz.models import Attempt, Concession

ALLOW = Permission.ASSESSMENT_PEOPLE_ALLOW
A_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Case:
    """One person and one of the quizzes: her attempts, and what was allowed to her there."""

    slug: str
    title: str
    attempts: Sequence[Attempt]
    concessions: Sequence[Concession]

    def may_reopen(self, attempt: Attempt) -> bool:
        """Whether this attempt may be opened again."""
        return hindrance(attempt, self.attempts, self.concessions) is None

    def waits(self, attempt: Attempt) -> bool:
        """Whether this attempt may be gone on with, and has not been yet."""
        return any(is_waiting(each, attempt) for each in self.concessions)


def grant(
    actor: Actor, *, employee_id: UUID, slug: str, cause: Cause, reason: str, extra_attempts: int, extra_minutes: int
) -> Concession:
    """Allow one person more attempts, or more minutes in every attempt she begins from now on.

    NothingAllowed for nothing, AlreadyAllowed where the same actor gave the very same a moment ago.
    """
    learner = people.get(actor, ALLOW, employee_id)
    content.current_module(slug)
    if extra_attempts + extra_minutes < 1:
        raise rules.NothingAllowed(field="extra_attempts")
    concession = Concession(
        learner_id=learner.account_id,
        module_slug=slug,
        cause=cause.value,
        reason=reason,
        extra_attempts=extra_attempts,
        extra_minutes=extra_minutes,
        granted_by=actor.account_id,
        granted_at=clock.now(),
    )
    _refuse_twice(concession)
    _keep(actor, "assessment:allowed", concession)
    _tell(learner, concession, "allowed")
    return concession


def allow_reopening(actor: Actor, *, attempt_id: UUID, cause: Cause, reason: str, minutes: int) -> Concession:
    """Let a learner go on with a closed attempt that did not pass, for so many minutes from when she does."""
    attempt = amending.lock(get_attempt(actor, attempt_id).id)  # so that a button pressed twice allows it once
    refusal = hindrance(attempt, quiz.list_attempts(attempt.learner_id, attempt.module_slug), _of_attempt(attempt))
    if refusal is not None:
        raise refusal
    concession = Concession(
        learner_id=attempt.learner_id,
        module_slug=attempt.module_slug,
        attempt_id=attempt.id,
        cause=cause.value,
        reason=reason,
        extra_minutes=minutes,
        granted_by=actor.account_id,
        granted_at=clock.now(),
    )
    _keep(actor, "assessment:reopening_allowed", concession)
    _tell(people.get_of_account(actor, ALLOW, attempt.learner_id), concession, "reopened", number=attempt.number)
    return concession


def go_on(actor: Actor, *, attempt_id: UUID) -> Attempt:
    """Open one's own attempt again as was allowed; the time begins now. One that is open already stays as it is."""
    attempt = amending.lock(quiz.get_attempt(attempt_id, learner_id=actor.account_id).id)
    if attempt.submitted_at is None:
        return attempt
    waiting = next((each for each in _of_attempt(attempt) if is_waiting(each, attempt)), None)
    if waiting is None:
        raise rules.NotReopenable
    others = quiz.list_attempts(attempt.learner_id, attempt.module_slug)
    refusal = hindrance(attempt, others, ())
    if refusal is not None:
        raise refusal
    try:
        with db.session.begin_nested():
            return amending.reopen(actor, attempt_id=attempt.id, minutes=waiting.extra_minutes)
    except IntegrityError:  # she began another one at the same moment
        raise rules.OtherOpen from None


def withdraw(actor: Actor, *, concession_id: UUID) -> Concession:
    """Take back what was allowed and not used; attempts begun by it go on. AlreadyWithdrawn, AlreadyUsed."""
    concession = _reachable(actor, concession_id)
    if concession.withdrawn_at is not None:
        raise rules.AlreadyWithdrawn
    if concession.attempt_id is not None:
        attempt = amending.lock(concession.attempt_id)  # so that nobody goes on with it at the same time
        if concession.outage_id is not None or not is_waiting(concession, attempt):
            raise rules.AlreadyUsed
    concession.withdrawn_by, concession.withdrawn_at = actor.account_id, clock.now()
    db.session.flush()
    ledger.record(actor, "assessment:allowance_withdrawn", {"concession": str(concession.id)})
    _tell(people.get_of_account(actor, ALLOW, concession.learner_id), concession, "withdrawn")
    return concession


def hindrance(
    attempt: Attempt, others: Sequence[Attempt], concessions: Sequence[Concession]
) -> rules.NotReopenable | rules.OtherOpen | rules.AlreadyReopened | None:
    """Why an attempt cannot be opened again; None when it can. Only the present round of learning counts."""
    round_since = quiz.round_of(attempt)
    of_round = quiz.begun_since(others, round_since)
    if attempt.submitted_at is None or attempt.passed or any(each.passed for each in of_round):
        return rules.NotReopenable()
    if any(each.submitted_at is None for each in others):
        return rules.OtherOpen()
    return rules.AlreadyReopened() if any(is_waiting(each, attempt) for each in concessions) else None


def is_waiting(concession: Concession, attempt: Attempt) -> bool:
    """Whether this allows to go on with a closed attempt and was not used: it was given after that was closed."""
    is_reopening = concession.attempt_id == attempt.id and concession.outage_id is None
    is_after = attempt.submitted_at is not None and concession.granted_at >= attempt.submitted_at
    return is_reopening and is_after and concession.withdrawn_at is None


def find_waiting(learner_id: UUID | None, slug: str) -> tuple[Attempt, Concession] | None:
    """The closed attempt that a learner may go on with, and by what; None when there is none."""
    query = (
        select(Attempt, Concession)
        .join(Concession, Concession.attempt_id == Attempt.id)
        .where(Attempt.learner_id == learner_id, Attempt.module_slug == slug, Concession.withdrawn_at.is_(None))
        .order_by(Concession.granted_at.desc())
    )
    found = [(attempt, concession) for attempt, concession in db.session.execute(query)]
    return next((pair for pair in found if is_waiting(pair[1], pair[0])), None)


def cases_of(learner: Learner) -> list[Case]:
    """The quizzes that are published, with the person's attempts and what was allowed to her, by title."""
    mine = list(db.session.scalars(_of(learner.account_id)))
    return [
        Case(
            module.slug,
            module.title,
            quiz.list_attempts(learner.account_id, module.slug),
            [each for each in mine if each.module_slug == module.slug],
        )
        for _, module in content.list_current_modules()
    ]


def granted(actor: Actor, search: str) -> Select[*tuple[Any, ...]]:
    """What was allowed to people in reach, with the person, where she serves and who allowed it; the latest first."""
    granter = aliased(Account)
    visible = agencies.visible_to(actor, ALLOW)
    query = (
        select(Concession, Employee, Agency.name.label("agency"), granter.name.label("granter"))
        .join(Employee, Employee.account_id == Concession.learner_id)
        .join(Placement, Placement.employee_id == Employee.id)
        .join(Agency, Agency.id == Placement.agency_id)
        .outerjoin(granter, granter.id == Concession.granted_by)
        .where(agencies.IS_LATEST, agencies.within(Placement.agency_id, visible))
        .order_by(Concession.granted_at.desc(), Concession.id.desc())
    )
    return query.where(agencies.matches(search)) if search else query


def get_attempt(actor: Actor, attempt_id: UUID) -> Attempt:
    """An attempt of somebody in reach; NotFound for any other."""
    attempt = db.session.get(Attempt, attempt_id)
    if attempt is None:
        raise NotFound
    people.get_of_account(actor, ALLOW, attempt.learner_id)
    return attempt


def _refuse_twice(concession: Concession) -> None:
    """Refuse what was given a moment ago; the account is locked, so that two at once see one another."""
    learner_id = concession.learner_id
    db.session.execute(select(Account.id).where(Account.id == learner_id).with_for_update())
    names = ("module_slug", "cause", "reason", "extra_attempts", "extra_minutes", "granted_by")
    same = _of(learner_id).filter_by(withdrawn_at=None, **{name: getattr(concession, name) for name in names})
    if db.session.scalars(same.where(Concession.granted_at > concession.granted_at - A_MOMENT)).first() is not None:
        raise rules.AlreadyAllowed


def _reachable(actor: Actor, concession_id: UUID) -> Concession:
    query = select(Concession).where(Concession.id == concession_id).with_for_update()
    found = db.session.scalar(query, execution_options={"populate_existing": True})
    if found is None:
        raise NotFound
    people.get_of_account(actor, ALLOW, found.learner_id)
    return found


def _of(learner_id: UUID) -> Select[Concession]:
    return select(Concession).filter_by(learner_id=learner_id).order_by(Concession.granted_at.desc())


def _of_attempt(attempt: Attempt) -> list[Concession]:
    return list(db.session.scalars(select(Concession).filter_by(attempt_id=attempt.id)))


def _keep(actor: Actor, event: str, concession: Concession) -> None:
    """Write it and its record; the reason, which may speak of somebody's health, stays out of the record."""
    db.session.add(concession)
    db.session.flush()
    facts = {
        "concession": str(concession.id),
        "learner": str(concession.learner_id),
        "module": concession.module_slug,
        "attempt": str(concession.attempt_id) if concession.attempt_id else None,
        "extra_attempts": concession.extra_attempts,
        "extra_minutes": concession.extra_minutes,
    }
    ledger.record(actor, event, facts)


def _tell(learner: Learner, concession: Concession, template: str, **facts: Any) -> None:
    if not learner.email:
        return
    _, module = content.current_module(concession.module_slug)
    key = f"{template}:{concession.id}"
    told = messages.message(
        template, key=key, recipient=learner.email, name=learner.name, module=module, given=concession, **facts
    )
    notices.post_many([told])

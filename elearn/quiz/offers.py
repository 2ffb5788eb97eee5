"""What a learner is offered when she comes to a quiz: the rules in force for her, with what she was allowed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from elearn.content.questions import QuizPolicy
from elearn.core.db import db
from elearn.quiz import papers, rules, terms
from elearn.quiz.models import Attempt, Concession


@dataclass(frozen=True, slots=True)
class Offer:
    """The policy in force for a learner, and the terms that differ from the module's, which an attempt keeps."""

    policy: QuizPolicy
    terms: dict[str, Any]


def offer(learner_id: UUID | None, slug: str, policy: QuizPolicy, *, since: datetime | None = None) -> Offer:
    """What the quiz of a module offers a learner now.

    Attempts allowed beyond the rules count in the round in which they were allowed, minutes in every one.
    """
    told = rules.terms_in(terms.of(learner_id, slug))
    ruled = rules.policy_of(policy, told)
    attempts, minutes = allowed(learner_id, slug, since=since)
    if minutes:
        told["minutes"] = ruled.minutes + minutes
    if attempts:
        told["attempts"] = ruled.attempts + attempts
    return Offer(rules.policy_of(policy, told), told)


def allowed(learner_id: UUID | None, slug: str, *, since: datetime | None = None) -> tuple[int, int]:
    """The attempts and minutes a learner was allowed in a quiz beyond its rules; not minutes in one attempt alone.

    An attempt may have been allowed for one that an outage ended.
    """
    standing = select(Concession).filter_by(learner_id=learner_id, module_slug=slug, withdrawn_at=None)
    rows = db.session.scalars(standing).all()
    counted = [each for each in rows if since is None or each.granted_at >= since]
    lasting = [each for each in rows if each.attempt_id is None]
    return sum(each.extra_attempts for each in counted), sum(each.extra_minutes for each in lasting)


def seen_by(attempts: Sequence[Attempt]) -> list[str]:
    """The questions a learner met in these attempts, each as often as she met it."""
    return [item.question_id for attempt in attempts for item in papers.read(attempt.paper)]

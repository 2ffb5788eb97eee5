"""Learners on their way: who has done every part, who has passed."""

from typing import Any

from elearn.core.permissions import Actor, Grant, Role
from elearn.core.transaction import transaction
from elearn.learning import actions, queries
from elearn.quiz.models import Attempt
from tests.factories.accounts import an_account
from tests.factories.content import SLUG
from tests.factories.quiz import a_submitted_attempt
from tests.factories.scenarios import an_ended_play


def as_learner(account: Any) -> Actor:
    """The actor of an account or of an employee, as one who studies."""
    account_id = getattr(account, "account_id", account.id)
    return Actor(account_id, getattr(account, "username", ""), account.name, (Grant(Role.ASN),))


def a_learner() -> Actor:
    """A person with an account who may study."""
    return as_learner(an_account(Role.ASN))


def all_parts_done(actor: Actor, slug: str = SLUG) -> None:
    """Read every lesson and play every story of a published module."""
    module = queries.module_for(actor.account_id, slug)
    for lesson in module.lessons:
        with transaction():
            actions.tick(actor, slug=slug, lesson_id=lesson.id)
    for scenario in module.scenarios:
        an_ended_play(actor, queries.publication_for(actor.account_id, slug), scenario.id)


def a_passed_module(actor: Actor, slug: str = SLUG) -> Attempt:
    """Do every part of a published module and pass its quiz."""
    all_parts_done(actor, slug)
    return a_submitted_attempt(actor, queries.publication_for(actor.account_id, slug))

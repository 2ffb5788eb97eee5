"""Attempts with right and wrong answers, by the room's own actions."""

from typing import Any

from elearn.content import items
from elearn.content import queries as content
from elearn.core.permissions import Actor
from elearn.core.transaction import transaction
from elearn.quiz import actions, papers
from elearn.quiz.models import Attempt


def an_attempt(actor: Actor, publication_id: Any) -> Attempt:
    """An open attempt without answers."""
    with transaction():
        return actions.start(actor, publication_id=publication_id)


def answer(actor: Actor, attempt: Attempt, *, right: int | None = None) -> None:
    """Answer every question, the first `right` of them (all when None) rightly and the others wrongly."""
    bank = content.get_module(attempt.publication_id).question_by_id
    for position, item in enumerate(papers.read(attempt.paper), start=1):
        question = bank[item.question_id]
        is_right = right is None or position <= right
        choice = items.right_answer(question) if is_right else items.slips(question)[0]
        with transaction():
            actions.save_answer(actor, attempt_id=attempt.id, position=position, choice=sorted(choice))


def a_submitted_attempt(actor: Actor, publication_id: Any, *, right: int | None = None) -> Attempt:
    """A submitted attempt with so many right answers, all when None."""
    attempt = an_attempt(actor, publication_id)
    answer(actor, attempt, right=right)
    with transaction():
        return actions.submit(actor, attempt_id=attempt.id)

"""People before a quiz of four questions, with answers of their choice, and rulings on one of them."""

from typing import Any

from elearn.accounts import queries as accounts
from elearn.agencies.models import Employee
from elearn.assessment import rulings
from elearn.content import items
from elearn.content import queries as content
from elearn.content.models import Publication
from elearn.core import jobs
from elearn.core.db import db
from elearn.core.permissions import SYSTEM, Actor
from elearn.core.transaction import transaction
from elearn.quiz import actions as quiz
from elearn.quiz import papers
from elearn.quiz.grading import RulingKind
from elearn.quiz.models import Attempt, Ruling
from tests.factories.agencies import an_employee
from tests.factories.content import SLUG, a_policy, a_question, published_module

QUESTIONS = tuple(f"dasar-{number}" for number in range(1, 5))
WRONG = "dasar-1"
"""The question whose key is wrong: everybody's paper has it."""


def a_quiz(**policy: Any) -> Publication:
    """A module whose papers all have the same four questions; three must be right."""
    from elearn.content.questions import Draw

    facts = {"blueprint": (Draw("dasar", 4),), **policy}
    return published_module(
        questions=tuple(a_question(each, topic="dasar") for each in QUESTIONS), quiz=a_policy(**facts)
    )


def actor_of(employee: Employee) -> Actor:
    """An employee as an actor."""
    return accounts.get_actor(employee.account_id)


def a_sitting(
    employee: Employee, publication: Publication, *, wrong: tuple[str, ...] = (), chosen: str = "b", **facts: Any
) -> Attempt:
    """A submitted attempt with all questions right but those named, to which `chosen` was answered."""
    actor = actor_of(employee)
    attempt = an_open_sitting(employee, publication, wrong=wrong, chosen=chosen)
    with transaction():
        return quiz.submit(actor, attempt_id=attempt.id)


def an_open_sitting(
    employee: Employee, publication: Publication, *, wrong: tuple[str, ...] = (), chosen: str = "b"
) -> Attempt:
    """An attempt with answers that is not submitted."""
    actor, bank = actor_of(employee), content.get_module(publication.id).question_by_id
    with transaction():
        attempt = quiz.start(actor, publication_id=publication.id)
    for position, item in enumerate(papers.read(attempt.paper), start=1):
        right = sorted(items.right_answer(bank[item.question_id]))
        choice = [chosen] if item.question_id in wrong else right
        with transaction():
            quiz.save_answer(actor, attempt_id=attempt.id, position=position, choice=choice)
    return attempt


def a_ruling(
    kind: RulingKind = RulingKind.KEY,
    answer: tuple[str, ...] = ("b",),
    *,
    question: str = WRONG,
    actor: Actor = SYSTEM,
) -> Ruling:
    """A proposal about the question in its current words."""
    version = rulings.versions(SLUG, question)[0]
    with transaction():
        return rulings.propose(
            actor,
            slug=SLUG,
            question_id=question,
            question_hash=version.hash,
            kind=kind,
            answer=answer,
            reason="Kuncinya keliru menurut Pasal 5.",
        )


def an_applied_ruling(
    kind: RulingKind = RulingKind.KEY,
    answer: tuple[str, ...] = ("b",),
    *,
    question: str = WRONG,
    actor: Actor = SYSTEM,
) -> Ruling:
    """A ruling that was applied to every attempt."""
    ruling = a_ruling(kind, answer, question=question, actor=actor)
    with transaction():
        rulings.ask(actor, ruling_id=ruling.id)
    jobs.run_waiting()
    db.session.rollback()
    db.session.expire_all()
    return rulings.get_ruling(ruling.id)


def a_learner(**facts: Any) -> Employee:
    """An employee who can be written to."""
    return an_employee(email=facts.pop("email", "peserta@example.test"), **facts)

"""What an attempt is worth by its stored answers, its terms, and the rulings in force on its questions."""

from uuid import UUID

from sqlalchemy import select

from elearn.content import queries as content
from elearn.content.modules import Module
from elearn.content.questions import QuizPolicy, wording
from elearn.core.db import db
from elearn.quiz import grading, papers, queries, rules
from elearn.quiz.models import Attempt, Ruling


def judge(attempt: Attempt, rulings: grading.Rulings | None = None) -> tuple[grading.Grade, bool]:
    """The grade of an attempt and whether it passes; by the rulings in force unless others are given."""
    module, paper = content.get_module(attempt.publication_id), papers.read(attempt.paper)
    answers = {position: saved.choice for position, saved in queries.list_saved(attempt.id).items()}
    policy, bank = policy_of(attempt), module.question_by_id
    decided = rulings_on(module) if rulings is None else rulings
    result = grading.grade(paper, answers, bank, policy, decided)
    return result, grading.is_pass(paper, result, bank, policy)


def policy_of(attempt: Attempt) -> QuizPolicy:
    """The policy in force of an attempt."""
    return rules.policy_of(content.get_module(attempt.publication_id).quiz, attempt.terms)


def rulings_on(module: Module, *, but: UUID | None = None) -> dict[str, grading.Ruling]:
    """The rulings in force on the questions of a version, by question; of several on one the last decides.

    A ruling is in force as soon as it is asked for, so that whatever is graded from then on follows it, while what
    was graded before is graded again. It is about the words it was made for: a question that asks otherwise since is
    judged as it is. `but` leaves one out.
    """
    asked = select(Ruling).filter_by(module_slug=module.slug).where(Ruling.asked_at.is_not(None))
    found = db.session.scalars(asked.order_by(Ruling.asked_at, Ruling.id)).all()
    return {each.question_id: read(each) for each in found if each.id != but and _is_about(each, module)}


def idle_on(module: Module) -> frozenset[str]:
    """The questions that say nothing of who answers them since a ruling: dropped, or right for everybody."""
    return frozenset(each for each, ruling in rulings_on(module).items() if ruling.kind is not grading.RulingKind.KEY)


def read(ruling: Ruling) -> grading.Ruling:
    """A stored ruling as the rules know it."""
    return grading.Ruling(grading.RulingKind(ruling.kind), frozenset(ruling.answer or ()))


def _is_about(ruling: Ruling, module: Module) -> bool:
    question = module.question_by_id.get(ruling.question_id)
    return question is not None and wording(question) == ruling.question_hash

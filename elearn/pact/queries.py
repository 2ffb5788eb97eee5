"""Reads of pacts, and of everything that decides whether one may be signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select

from elearn.agencies import queries as agencies
from elearn.agencies.models import Employee, Placement
from elearn.content import queries as content
from elearn.content.models import Publication
from elearn.content.modules import Module
from elearn.content.pacts import PactText
from elearn.core import clock
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.speech import say
from elearn.pact.models import Pact
from elearn.pact.rules import Passed, QuizNotPassed, Signer, Text
from elearn.quiz import queries as quiz
from elearn.quiz.grading import plain_points
from elearn.quiz.models import Attempt

STANDS = exists().where(Attempt.id == Pact.attempt_id, Attempt.passed.is_(True))
"""The condition that the quiz behind a pact still counts as passed; one failed later leaves it as evidence."""


@dataclass(frozen=True, slots=True)
class Case:
    """One person before one pact: the text, who she is, and whether the quiz stands in the way."""

    module: Module
    publication: Publication
    words: PactText
    signer: Signer
    passed: Passed | None

    @property
    def text(self) -> Text:
        """The version of the text as it enters the statement."""
        clauses = tuple(clause.id for clause in self.words.clauses)
        publication = self.publication
        return Text(self.words.slug, self.words.title, publication.number, publication.fingerprint, clauses)


def find_pact(account_id: UUID | None, slug: str) -> Pact | None:
    """The pact this person has signed for a module, the last one of several, or None."""
    query = select(Pact).filter_by(account_id=account_id, module_slug=slug)
    return db.session.scalar(query.order_by(Pact.signed_at.desc()).limit(1))


def find_by_attempt(attempt_id: UUID) -> Pact | None:
    """The pact signed on passing in this attempt, or None."""
    return db.session.scalar(select(Pact).filter_by(attempt_id=attempt_id))


def find_settled(account_id: UUID | None, slug: str) -> Pact | None:
    """The last pact of a module, unless its result no longer stands or another round was passed since.

    An attempt that was open already when the pact was signed belongs to the same round, and asks for no other.
    """
    attempt = quiz.passed_attempt(account_id, slug)
    pact = next((each for each in list_standing(account_id) if each.module_slug == slug), None)
    if attempt is None or pact is None:
        return None
    return pact if pact.attempt_id == attempt.id or attempt.started_at < pact.signed_at else None


def get_pact(account_id: UUID | None, slug: str) -> Pact:
    """The pact this person has signed for a module; NotFound if she has not."""
    pact = find_pact(account_id, slug)
    if pact is None:
        raise NotFound
    return pact


def get_by_id(pact_id: UUID) -> Pact:
    """A pact by its id; NotFound for an unknown one."""
    pact = db.session.get(Pact, pact_id)
    if pact is None:
        raise NotFound
    return pact


def list_of(account_id: UUID | None) -> Sequence[Pact]:
    """All pacts of one person, the latest first."""
    query = select(Pact).filter_by(account_id=account_id).order_by(Pact.signed_at.desc())
    return db.session.scalars(query).all()


def list_standing(account_id: UUID | None) -> Sequence[Pact]:
    """The pacts of one person whose quiz still counts as passed, the latest first."""
    query = select(Pact).filter_by(account_id=account_id).where(STANDS).order_by(Pact.signed_at.desc())
    return db.session.scalars(query).all()


def get_case(account_id: UUID | None, slug: str) -> Case:
    """Where a person stands before the pact of a module; NotFound for an unknown module or no civil servant."""
    _, module = content.current_module(slug)
    publication, words = content.current_pact(module.pact)
    return Case(module, publication, words, _signer(account_id), _passed(account_id, slug))


def get_passed_case(account_id: UUID | None, slug: str) -> tuple[Case, Passed]:
    """As `get_case`, for who has passed the quiz; QuizNotPassed otherwise."""
    case = get_case(account_id, slug)
    if case.passed is None:
        raise QuizNotPassed
    return case, case.passed


def get_words(publication_id: UUID) -> PactText:
    """The words of the version that was signed."""
    return content.get_pact(publication_id)


def milestones(slug: str, until: datetime) -> dict[UUID, datetime]:
    """When each account signed the pact of a module, of those that had by an instant."""
    query = select(Pact.account_id, Pact.signed_at).where(Pact.module_slug == slug, Pact.signed_at <= until, STANDS)
    return dict(db.session.execute(query).all())


def signer_of(employee: Employee, placement: Placement) -> Signer:
    """An employee at her present post as the statement names her."""
    agency = placement.agency
    return Signer(
        employee_id=str(employee.id),
        name=employee.full_name,
        nip=employee.nip,
        post=placement.post or "",
        agency_id=str(agency.id),
        agency_code=agency.code,
        agency=agency.name,
    )


def _signer(account_id: UUID | None) -> Signer:
    employee = agencies.find_employee_of(account_id)
    placement = agencies.placement_on(employee.id, clock.today()) if employee else None
    if employee is None or placement is None:
        raise NotFound(say("Akun ini tidak terhubung dengan data pegawai yang ditempatkan pada suatu OPD."))
    return signer_of(employee, placement)


def _passed(account_id: UUID | None, slug: str) -> Passed | None:
    attempt = quiz.passed_attempt(account_id, slug)
    if attempt is None:
        return None
    title = content.get_module(attempt.publication_id).title
    return Passed(str(attempt.id), slug, title, plain_points(attempt.score), plain_points(attempt.total))

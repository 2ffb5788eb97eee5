"""Reads of certificates: one's own, those within reach, and what a stranger may know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from elearn.agencies import queries as agencies
from elearn.agencies.models import Employee
from elearn.agencies.rules import Visible
from elearn.certificates import rules
from elearn.certificates.models import Certificate
from elearn.certificates.rules import Verdict
from elearn.core import codes
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.permissions import Actor, Permission
from elearn.documents import queries as documents
from elearn.documents.models import Document
from elearn.pact.models import Pact
from elearn.quiz.models import Attempt

_PASSED = (
    select(Attempt.id)
    .join(Pact, Pact.attempt_id == Attempt.id)
    .where(Pact.id == Certificate.pact_id, Attempt.passed.is_(True))
    .correlate(Certificate)
    .exists()
)
"""The condition that the quiz behind a certificate counts as passed; `pact.queries.STANDS`, looked up from here."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a stranger is told: the verdict, and the certificate it is about if there is one."""

    verdict: Verdict
    certificate: Certificate | None = None
    sha256: str | None = None

    @property
    def is_issued(self) -> bool:
        """Whether what was asked about is what was issued, in force or not."""
        return self.verdict in (Verdict.VALID, Verdict.REVOKED)


def find_by_pact(pact_id: UUID) -> Certificate | None:
    """The certificate of a pact, or None before its issue."""
    return db.session.scalar(select(Certificate).where(Certificate.pact_id == pact_id))


def get_certificate(certificate_id: UUID, *, actor: Actor) -> Certificate:
    """A certificate of one's own or within one's reach (`reached`); NotFound for any other."""
    return _one(Certificate.id == certificate_id, actor)


def get_revocable(certificate_id: UUID, *, actor: Actor) -> Certificate:
    """A certificate within the reach in which the actor may revoke, locked until the end; NotFound for any other."""
    visible = agencies.visible_to(actor, Permission.CERTIFICATE_ANY_REVOKE)
    query = select(Certificate).where(Certificate.id == certificate_id, reached(visible))
    certificate = db.session.scalar(query.with_for_update(), execution_options={"populate_existing": True})
    if certificate is None:
        raise NotFound
    return certificate


def get_by_code(code: str, *, actor: Actor) -> Certificate:
    """As `get_certificate`, by the code in print."""
    return _one(Certificate.code == codes.normalise(code), actor)


def list_of(account_id: UUID | None) -> Sequence[Certificate]:
    """One's own certificates, the latest first."""
    query = select(Certificate).where(Certificate.account_id == account_id).order_by(Certificate.issued_at.desc())
    return db.session.scalars(query).all()


def list_awaited(account_id: UUID | None) -> Sequence[Pact]:
    """One's signed pacts whose certificate is not there yet."""
    query = (
        select(Pact)
        .outerjoin(Certificate, Certificate.pact_id == Pact.id)
        .where(Pact.account_id == account_id, Certificate.id.is_(None))
    )
    return db.session.scalars(query).all()


def matching(text: str, *, visible: Visible) -> Select[Certificate]:
    """The select of certificates within reach whose number, code, name or NIP holds a text; newest first."""
    query = select(Certificate).where(reached(visible))
    if text:
        query = query.join(Employee, Employee.id == Certificate.employee_id).where(_holding(text))
    return query.order_by(Certificate.issued_at.desc(), Certificate.id.desc())


def reached(visible: Visible, *, day: date | None = None) -> ColumnElement[bool]:
    """The condition that a certificate is within reach: issued in an agency in sight, or held by who serves there.

    So whoever moves, also in a merger or a split, brings her certificates along; a `day` asks who served there then.
    """
    issued_there = agencies.within(Certificate.agency_id, visible)
    return or_(issued_there, agencies.holds(Certificate.employee_id, visible, day=day))


def stood(until: datetime) -> ColumnElement[bool]:
    """The condition that a certificate counted at an instant, by what is known today.

    One revoked since counts until then, unless its quiz was failed by a decision: that holds from the day on which
    the quiz was closed, for the pact as for the certificate.
    """
    return or_(Certificate.revoked_at.is_(None), and_(Certificate.revoked_at > until, _PASSED))


def milestones(slug: str, until: datetime) -> dict[UUID, datetime]:
    """When each account was certified for a module, of the certificates that stood at an instant."""
    query = select(Certificate.account_id, Certificate.issued_at).where(
        Certificate.module_slug == slug, Certificate.issued_at <= until, stood(until)
    )
    return dict(db.session.execute(query).all())


def list_unfinished(*, after: UUID | None, limit: int) -> Sequence[UUID]:
    """The ids of pacts that still wait for their certificate or its PDF, in order, after a given one."""
    query = (
        select(Pact.id)
        .outerjoin(Certificate, Certificate.pact_id == Pact.id)
        .where(or_(Certificate.id.is_(None), Certificate.document_id.is_(None)))
        .order_by(Pact.id)
        .limit(limit)
    )
    return db.session.scalars(query if after is None else query.where(Pact.id > after)).all()


def last_sequence(year: int) -> int:
    """The last number given in a year; 0 before the first."""
    return db.session.scalar(select(func.max(Certificate.sequence)).where(Certificate.year == year)) or 0


def answer_code(code: str) -> Answer:
    """What a stranger is told about a code."""
    certificate = _find_by_code(codes.normalise(code))
    return _answer(certificate, is_same=True)


def answer_file(pdf: bytes, code: str = "") -> Answer:
    """What a stranger is told about a file, which may have been changed since the issue; FileTooLarge.

    A file that is none of ours but bears the code of a certificate, or was sent with it, is a different one.
    """
    rules.refuse_large(pdf)
    document = documents.find_by_sha256(sha256(pdf).hexdigest())
    if document is not None and (certificate := _find_by_document(document.id)):
        return _answer(certificate, is_same=True)
    claimed = map(_find_by_code, (codes.normalise(code), *rules.codes_in(pdf)))
    return _answer(next(filter(None, claimed), None), is_same=False)


def _answer(certificate: Certificate | None, *, is_same: bool) -> Answer:
    is_revoked = certificate is not None and certificate.revoked_at is not None
    verdict = rules.standing(is_known=certificate is not None, is_revoked=is_revoked, is_same=is_same)
    return Answer(verdict, certificate, _sha256_of(certificate))


def _sha256_of(certificate: Certificate | None) -> str | None:
    if certificate is None or certificate.document_id is None:
        return None
    return db.session.scalar(select(Document.sha256).where(Document.id == certificate.document_id))


def _find_by_code(code: str | None) -> Certificate | None:
    return db.session.scalar(select(Certificate).where(Certificate.code == code)) if code else None


def _find_by_document(document_id: UUID) -> Certificate | None:
    return db.session.scalar(select(Certificate).where(Certificate.document_id == document_id))


def _one(which: ColumnElement[bool], actor: Actor) -> Certificate:
    own = Certificate.account_id == actor.account_id if actor.has(Permission.CERTIFICATE_OWN_READ) else false()
    visible = agencies.visible_to(actor, Permission.CERTIFICATE_ANY_READ)
    certificate = db.session.scalar(select(Certificate).where(which, or_(own, reached(visible))))
    if certificate is None:
        raise NotFound
    return certificate


def _holding(text: str) -> ColumnElement[bool]:
    return or_(
        Employee.name.icontains(text, autoescape=True),
        Employee.nip == text.replace(" ", ""),
        Certificate.number.icontains(text, autoescape=True),
        Certificate.code == codes.normalise(text),
    )

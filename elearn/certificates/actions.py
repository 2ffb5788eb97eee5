"""Issuing, sealing, revoking and reinstating certificates.

Each step may run twice or die halfway; one certificate results.
"""

from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from elearn.certificates import page, queries, rules
from elearn.certificates.models import Certificate
from elearn.core import clock, codes, installation
from elearn.core.db import db, new_id
from elearn.core.errors import Conflict
from elearn.core.permissions import Actor
from elearn.documents import actions as documents
from elearn.ledger import actions as ledger
from elearn.pact import queries as pacts
from elearn.pact import rules as pact_rules
from elearn.pact.models import Pact

TRIES = 5


def issue(actor: Actor, *, pact_id: UUID) -> Certificate:
    """Number a pact's certificate and fix its facts; the one there already if it was issued before.

    Two that reach for the same number at once are told apart by the database, and the later one tries again.
    """
    pact = pacts.get_by_id(pact_id)
    for _ in range(TRIES):
        if (certificate := queries.find_by_pact(pact_id)) is not None:
            return certificate
        with suppress(IntegrityError), db.session.begin_nested():
            certificate = Certificate(**_row(pact))
            db.session.add(certificate)
            db.session.flush()
            ledger.record(actor, "certificates:issued", _ledger_facts(certificate), at=certificate.issued_at)
            return certificate
    raise Conflict


def draw(certificate: Certificate) -> bytes:
    """The sealed PDF of a certificate from its facts; touches no table, so that nobody waits for it."""
    reason = f"Sertifikat {certificate.facts['code']} diterbitkan; segel elektronik, tidak tersertifikasi"
    return documents.make_pdf(page.html(certificate.facts), reason=reason)


def attach(actor: Actor, *, certificate_id: UUID, pdf: bytes) -> None:
    """Keep the PDF of a certificate that has none yet; the first one stays for good."""
    query = select(Certificate).where(Certificate.id == certificate_id).with_for_update()
    certificate = db.session.scalars(query, execution_options={"populate_existing": True}).one()
    if certificate.document_id is not None:
        return
    document = documents.store("certificate", pdf)
    certificate.document_id = document.id
    db.session.flush()
    facts = {"certificate_id": str(certificate.id), "code": certificate.code, "sha256": document.sha256}
    ledger.record(actor, "certificates:sealed", facts)


def revoke(actor: Actor, *, certificate_id: UUID, reason: str, at: datetime | None = None) -> Certificate:
    """Revoke a certificate within reach for a reason that stays inside the house; AlreadyRevoked.

    `at` is the instant of the decision that revokes it, where there is one, so that both are found together.
    """
    certificate = queries.get_revocable(certificate_id, actor=actor)
    if certificate.revoked_at is not None:
        raise rules.AlreadyRevoked
    certificate.revoked_at = at or clock.now()
    certificate.revoked_by = actor.account_id
    certificate.revoke_reason = reason
    db.session.flush()
    facts = {"certificate_id": str(certificate.id), "code": certificate.code, "reason": reason}
    ledger.record(actor, "certificates:revoked", facts)
    return certificate


def reinstate(actor: Actor, *, certificate_id: UUID, reason: str) -> Certificate:
    """Let a revoked certificate stand again, its facts and its paper as they were; one that stands is left alone.

    A pact has one certificate, so no second one is issued. That and why it was revoked stays in the record.
    """
    query = select(Certificate).where(Certificate.id == certificate_id).with_for_update()
    certificate = db.session.scalars(query, execution_options={"populate_existing": True}).one()
    if certificate.revoked_at is None:
        return certificate
    certificate.revoked_at = certificate.revoked_by = certificate.revoke_reason = None
    db.session.flush()
    facts = {"certificate_id": str(certificate.id), "code": certificate.code, "reason": reason}
    ledger.record(actor, "certificates:reinstated", facts)
    return certificate


def _row(pact: Pact) -> dict[str, Any]:
    """The columns of the next certificate of this year."""
    now, today = clock.now(), clock.today()
    sequence, regency, code = queries.last_sequence(today.year) + 1, installation.regency_name(), codes.new_code()
    number = rules.number(sequence, today.year, module_slug=pact.module_slug, regency=regency)
    statement = pact_rules.read(pact.statement)
    facts = rules.facts(
        statement,
        number=number,
        code=code,
        statement_sha256=pact.statement_sha256,
        signed_on=clock.local(pact.signed_at).date(),
        issued_at=now,
        issued_on=today,
        regency=regency,
        is_demo=installation.is_demo(),
        address=rules.address(current_app.config["PUBLIC_URL"], code),
    )
    return {
        "id": new_id(),
        "pact_id": pact.id,
        "account_id": pact.account_id,
        "employee_id": pact.employee_id,
        "agency_id": UUID(statement["signer"]["agency_id"]),
        "module_slug": pact.module_slug,
        "number": number,
        "year": today.year,
        "sequence": sequence,
        "code": code,
        "facts": facts,
        "issued_at": now,
    }


def _ledger_facts(certificate: Certificate) -> dict[str, Any]:
    return {
        "certificate_id": str(certificate.id),
        "pact_id": str(certificate.pact_id),
        "number": certificate.number,
        "code": certificate.code,
    }

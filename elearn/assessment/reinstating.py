"""Certificates that a decision revoked, of results that a later ruling lets pass again: the same ones stand anew.

A pact has one certificate, and what it says was never wrong: she had passed and signed. So no second one is issued
under another number; who holds the paper has it confirmed again. One revoked for any other reason stays revoked.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from elearn.assessment.models import Regrade
from elearn.assessment.rules import Decision
from elearn.certificates import actions as certificates
from elearn.certificates.models import Certificate
from elearn.core.db import db
from elearn.core.permissions import SYSTEM
from elearn.pact.models import Pact

REASON = "Hasil kuis yang diputuskan tidak lulus kini lulus menurut putusan yang lebih baru atas sebuah soal."


def reinstate(attempt_ids: Collection[UUID]) -> set[UUID]:
    """Let the certificates of these attempts stand again, and say of which there was one.

    Only those that a decision to fail the very attempt revoked; both have the same instant.
    """
    query = (
        select(Certificate.id, Pact.attempt_id)
        .join(Pact, Pact.id == Certificate.pact_id)
        .join(Regrade, Regrade.attempt_id == Pact.attempt_id)
        .where(Pact.attempt_id.in_(attempt_ids))
        .where(Regrade.decision == Decision.FAILS.value, Regrade.decided_at == Certificate.revoked_at)
    )
    found = db.session.execute(query).all()
    for certificate_id, _ in found:
        certificates.reinstate(SYSTEM, certificate_id=certificate_id, reason=REASON)
    return {attempt_id for _, attempt_id in found}

"""Making certificates: one right after its pact was signed, and every minute whatever a crash left unfinished."""

from uuid import UUID

from elearn.certificates import actions, queries
from elearn.core import jobs
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import reading, transaction

BATCH = 20


@jobs.task("certificates.issue")
def issue(pact_id: str) -> None:
    """Number the certificate of a pact, then seal its PDF; each step only if it has not been done.

    The PDF is made between two transactions, so that nobody waits for the pen.
    """
    with transaction():
        certificate = actions.issue(SYSTEM, pact_id=UUID(pact_id))
        certificate_id, is_sealed = certificate.id, certificate.document_id is not None
    if is_sealed:
        return
    with reading():
        pdf = actions.draw(certificate)
    with transaction():
        actions.attach(SYSTEM, certificate_id=certificate_id, pdf=pdf)


@jobs.every("certificates.sweep", minutes=1)
def sweep(after: str = "") -> None:
    """Ask again for certificates that are missing, a few at a time, so that urgent ones come between."""
    waiting = queries.list_unfinished(after=UUID(after) if after else None, limit=BATCH)
    for pact_id in waiting:
        jobs.enqueue("certificates.issue", str(pact_id))
    if len(waiting) == BATCH:
        jobs.enqueue("certificates.sweep", str(waiting[-1]))

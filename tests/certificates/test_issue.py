"""Issuing: seconds after the signing, exactly one, whatever dies between the steps."""

import re
import subprocess
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from elearn.certificates import actions, queries
from elearn.certificates import jobs as work
from elearn.certificates.models import Certificate
from elearn.core import codes, jobs
from elearn.core.db import db
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction
from elearn.documents import queries as documents
from elearn.documents.models import Document
from elearn.ledger import queries as ledger
from elearn.ledger.models import LedgerEntry
from tests.factories.certificates import a_certificate
from tests.factories.pact import SLUG, a_pact, who_passed

pytestmark = pytest.mark.usefixtures("app")


class CrashError(Exception):
    """The process died here."""


def crash(*_: Any, **__: Any) -> None:
    """Die."""
    raise CrashError


def counts() -> dict[str, int]:
    """How many there are of all that a certificate leaves behind."""
    db.session.rollback()
    events = dict(
        db.session.execute(
            select(LedgerEntry.event, func.count())
            .where(LedgerEntry.stream == "certificates")
            .group_by(LedgerEntry.event)
        ).all()
    )
    return {
        "certificates": db.session.scalar(select(func.count()).select_from(Certificate)) or 0,
        "documents": db.session.scalar(select(func.count()).select_from(Document)) or 0,
        **events,
    }


ONE = {"certificates": 1, "documents": 1, "certificates:issued": 1, "certificates:sealed": 1}


def test_a_signed_pact_becomes_a_sealed_certificate() -> None:
    """Number, sound code, facts of the statement, and a PDF under its own hash."""
    certificate = a_certificate(name="Siti Aminah", title_after="S.Pd.")
    assert codes.normalise(certificate.code) == certificate.code
    assert f"0001/NASN/DAERAH/{certificate.year}" == certificate.number or certificate.number.startswith("0001/NASN/")
    assert "Siti Aminah, S.Pd." == certificate.facts["name"]
    assert certificate.document_id is not None
    assert documents.get_bytes(certificate.document_id).startswith(b"%PDF-")
    assert ONE == counts()
    assert ledger.first_break() is None


def test_poppler_calls_the_stored_file_validly_signed(tmp_path: Path) -> None:
    """One page, light, signed as a whole."""
    certificate = a_certificate()
    assert certificate.document_id is not None
    file = tmp_path / "sertifikat.pdf"
    file.write_bytes(documents.get_bytes(certificate.document_id))
    said = {
        tool: subprocess.run([tool, str(file)], capture_output=True, text=True, check=False).stdout
        for tool in ("pdfsig", "pdfinfo")
    }
    assert "Signature is Valid" in said["pdfsig"]
    assert "Total document signed" in said["pdfsig"]
    assert re.search(r"^Pages:\s+1$", said["pdfinfo"], re.M)
    assert 60_000 > file.stat().st_size


def test_numbers_follow_each_other_within_a_year() -> None:
    """One sequence for the year, without a gap."""
    first, second = a_certificate(), a_certificate()
    assert (1, 2) == (first.sequence, second.sequence)
    assert first.code != second.code


@pytest.mark.parametrize(
    "place",
    [
        (actions, "_row"),
        (actions.ledger, "record"),
        (actions, "draw"),
        (actions.documents, "store"),
    ],
    ids=lambda place: place[1],
)
def test_a_crash_anywhere_still_ends_in_one_certificate(
    place: tuple[Any, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The job dies at this step; the sweeper finishes what was begun, once."""
    pact = a_pact()
    jobs.queue().flush()
    with monkeypatch.context() as broken:
        broken.setattr(*place, crash)
        with pytest.raises(CrashError):
            work.issue(str(pact.id))
    db.session.rollback()
    work.sweep()
    jobs.run_waiting()
    assert ONE == counts()
    assert ledger.first_break() is None


def test_a_crash_right_after_the_pdf_was_made_is_healed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The drawn file is lost, the next one is kept, the facts stay."""
    pact = a_pact()
    jobs.queue().flush()
    with monkeypatch.context() as broken:
        broken.setattr(actions, "attach", crash)
        with pytest.raises(CrashError):
            work.issue(str(pact.id))
    before = queries.find_by_pact(pact.id)
    assert before is not None
    facts, number = before.facts, before.number
    work.sweep()
    jobs.run_waiting()
    after = queries.find_by_pact(pact.id)
    assert after is not None
    assert (facts, number) == (after.facts, after.number)
    assert ONE == counts()


def test_a_lost_job_is_found_by_the_sweeper() -> None:
    """If the queue forgets everything, a minute later the certificate is there."""
    a_pact()
    jobs.queue().flush()
    work.sweep()
    jobs.run_waiting()
    assert ONE == counts()


def test_running_the_job_again_changes_nothing() -> None:
    """The stored file is frozen at the issue."""
    certificate = a_certificate()
    document_id = certificate.document_id
    work.issue(str(certificate.pact_id))
    work.sweep()
    assert 0 == jobs.queue().pending_count()
    again = queries.find_by_pact(certificate.pact_id)
    assert again is not None
    assert document_id == again.document_id
    assert ONE == counts()


def test_many_workers_at_once_make_one_certificate_each(app: Flask) -> None:
    """Two workers for one pact, two pacts for one number: the database tells them apart."""
    pacts = [a_pact().id for _ in range(2)]
    jobs.queue().flush()
    db.session.rollback()
    start, failures = Barrier(4), []

    def run(pact_id: str) -> None:
        with app.app_context():
            start.wait()
            try:
                work.issue(pact_id)
            except Exception as error:
                failures.append(error)
            db.session.remove()

    workers = [Thread(target=run, args=(str(pact_id),)) for pact_id in pacts * 2]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert not failures
    assert dict.fromkeys(ONE, 2) == counts()
    assert {1, 2} == set(db.session.scalars(select(Certificate.sequence)))
    assert ledger.first_break() is None


def test_the_sweeper_takes_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long list is asked for in small portions, so that an urgent one comes between."""
    monkeypatch.setattr(work, "BATCH", 1)
    pacts = [a_pact(), a_pact()]
    jobs.queue().flush()
    work.sweep()
    assert 2 == jobs.queue().pending_count()
    jobs.run_waiting()
    assert len(pacts) == counts()["documents"]


def test_a_broken_one_does_not_hold_up_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sweeper walks on past a certificate that cannot be made."""
    monkeypatch.setattr(work, "BATCH", 1)
    broken, whole = a_pact(), a_pact()
    jobs.queue().flush()
    draw = actions.draw

    def draw_some(certificate: Certificate) -> bytes:
        return crash() if certificate.pact_id == broken.id else draw(certificate)  # type: ignore[return-value]

    monkeypatch.setattr(actions, "draw", draw_some)
    broken_id, whole_id = broken.id, whole.id
    work.sweep()
    jobs.run_waiting()
    db.session.rollback()
    done, undone = queries.find_by_pact(whole_id), queries.find_by_pact(broken_id)
    assert done is not None
    assert done.document_id is not None
    assert undone is None or undone.document_id is None


def test_milestones_count_what_stood_at_an_instant() -> None:
    """A certificate revoked later still counted then, and no longer counts now."""
    certificate = a_certificate()
    issued_at, account_id = certificate.issued_at, certificate.account_id
    assert {account_id: issued_at} == queries.milestones(SLUG, issued_at)
    with transaction():
        row = db.session.get_one(Certificate, certificate.id)
        row.revoked_at, row.revoke_reason = issued_at.replace(year=issued_at.year + 1), "dicabut kemudian"
    assert {account_id: issued_at} == queries.milestones(SLUG, issued_at)
    assert {} == queries.milestones(SLUG, issued_at.replace(year=issued_at.year + 2))


def test_facts_are_those_of_the_day_of_signing() -> None:
    """A later change of name does not reach a certificate that is still to be made."""
    employee = who_passed(name="Nama Lama")
    pact = a_pact(employee)
    with transaction():
        employee.name = "Nama Baru"
        db.session.add(employee)
    with transaction():
        certificate = actions.issue(SYSTEM, pact_id=pact.id)
    assert "Nama Lama" == certificate.facts["name"]

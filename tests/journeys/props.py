"""Things put, inside this process, where a page of the gallery needs them."""

from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select

from elearn.accounts import queries as accounts
from elearn.agencies.models import Employee
from elearn.authoring import intake
from elearn.certificates.models import Certificate
from elearn.content import queries as content
from elearn.content.formats import files
from elearn.content.questions import QuestionKind
from elearn.core.db import db
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction
from elearn.directives.models import Directive
from elearn.notices import actions as notices
from elearn.notices.models import Notice
from elearn.notices.rules import Failure
from tests.journeys.cast import SLUG
from tests.journeys.pages import Demo

REFUSED = "550 5.1.1 Alamat tidak dikenal di peladen surat tujuan"


@dataclass(frozen=True)
class Samples:
    """The addresses of one thing of each kind."""

    verification: str
    certificate: str
    letter: str
    person: str


def samples() -> Samples:
    """Of what the demo has."""
    certificate = db.session.scalars(select(Certificate).where(Certificate.revoked_at.is_(None))).first()
    letter = db.session.scalars(select(Directive.id).where(Directive.issued_at.is_not(None))).first()
    person = db.session.scalars(select(Employee.id).where(Employee.status == "active")).first()
    assert certificate
    return Samples(
        verification=f"/verifikasi/{certificate.code}",
        certificate=f"/sertifikat/{certificate.id}",
        letter=f"/edaran/{letter}",
        person=f"/pegawai/{person}",
    )


def drafts(app: Flask, author: Demo) -> tuple[str, dict[QuestionKind, str]]:
    """The address of a file of questions that was read, and of the first draft of each kind."""
    with app.app_context():
        account = accounts.find_by_username(author.username)
        actor = accounts.get_actor(account.id) if account else SYSTEM
        _, module = content.current_module(SLUG)
        bank = files.bank_of([(SLUG, each) for each in module.questions], {SLUG: module.picture_by_id})
        with transaction():
            written = files.write(bank, files.XLSX).content
            brought = intake.take(actor, filename="soal-dari-lembar-kerja.xlsx", content_=written)
        found = _by_kind(brought.id)
        address = f"/materi/soal/{brought.id}"
        db.session.remove()
    return address, found


def _by_kind(import_id: object) -> dict[QuestionKind, str]:
    from elearn.authoring import drafts as intake_drafts

    found: dict[QuestionKind, str] = {}
    for each in intake_drafts.list_drafts(import_id):  # type: ignore[arg-type]
        found.setdefault(each.question.kind, f"/materi/soal/butir/{each.row.id}")
    return found


def given_up(app: Flask) -> None:
    """Three messages that the mail server will not take."""
    with app.app_context():
        with transaction():  # one of them all, or the post office has sent them meanwhile
            for number in range(1, 4):
                key, recipient = f"galeri:{number}", f"pegawai{number}@example.test"
                notices.post(key=key, recipient=recipient, subject="Pengingat: netralitas ASN", body="Isi pesan.")
            for each in db.session.scalars(select(Notice.id).where(Notice.key.startswith("galeri:"))).all():
                notices.mark_failed(each, attempts=1, failure=Failure(REFUSED, is_final=True))
        db.session.remove()

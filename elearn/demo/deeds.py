"""The rows of pacts and certificates, stated and numbered by the rules of their rooms."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

from elearn.certificates import rules as certificates
from elearn.certificates.models import Certificate
from elearn.core import codes
from elearn.demo import study
from elearn.demo.chronicle import Chronicle
from elearn.demo.ground import Course, Ground
from elearn.demo.identity import stable_id, stable_number
from elearn.demo.journeys import Deed, Journey
from elearn.demo.offices import REGENCY
from elearn.demo.people import Person
from elearn.pact import rules as pacts
from elearn.pact.models import Pact
from elearn.pact.rules import Passed, Signer, Text
from elearn.quiz import grading

Row = dict[str, Any]
_CODE_SIGNS = 12

_AGENTS = (
    "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android 13; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0",
)
_NETWORKS = ("192.0.2", "198.51.100", "203.0.113")
"""Addresses that belong to nobody (RFC 5737)."""


def enter(chronicle: Chronicle, ground: Ground, journeys: Iterable[Journey], *, public_url: str) -> None:
    """Note the pacts and certificates of those who are done.

    The rows of pacts lack their `ledger_hash`, which is known once the record is written.
    """
    done = [(journey, journey.deed) for journey in journeys if journey.deed]
    numbered: Counter[int] = Counter()
    for journey, deed in sorted(done, key=lambda pair: pair[1].certified_at):
        pact = _pact(ground, journey, deed)
        chronicle.add(Pact, **pact)
        _tell_signing(chronicle, ground.courses[journey.slug], pact)
        year = deed.certified_at.astimezone(ground.zone).year
        numbered[year] += 1
        issued = _certificate(ground, deed, pact, sequence=numbered[year], year=year, public_url=public_url)
        chronicle.add(Certificate, **issued)
        _tell_issue(chronicle, issued)


def _pact(ground: Ground, journey: Journey, deed: Deed) -> Row:
    """The row of a pact, stated as the pact room states it."""
    person, sitting, course = journey.lot.person, journey.sittings[-1], ground.courses[journey.slug]
    account_id, random = ground.account_ids[person.nip], Random(f"device/{person.nip}")
    passed = Passed(
        str(study.attempt_id(account_id, sitting)),
        course.module.slug,
        course.module.title,
        grading.plain_points(sitting.grade.score),
        grading.plain_points(sitting.grade.total),
    )
    signer = _signer(ground, person, deed.signed_at.astimezone(ground.zone).date())
    content = pacts.statement(signer=signer, text=_text(course), passed=passed, signed_at=deed.signed_at)
    return {
        "id": stable_id("pact", person.nip, deed.signed_at),
        "employee_id": ground.employee_ids[person.nip],
        "account_id": account_id,
        "module_slug": course.module.slug,
        "publication_id": course.pact_publication.id,
        "attempt_id": UUID(passed.attempt_id),
        "statement": content.decode(),
        "statement_sha256": pacts.digest(content),
        "signed_at": deed.signed_at,
        "address": f"{random.choice(_NETWORKS)}.{random.randrange(1, 255)}",
        "agent": random.choice(_AGENTS),
    }


def _signer(ground: Ground, person: Person, day: date) -> Signer:
    """The person at the post held on that day."""
    stay = person.stay_on(day) or person.stays[-1]
    office = ground.office_by_code[stay.office_code]
    return Signer(
        employee_id=str(ground.employee_ids[person.nip]),
        name=person.full_name,
        nip=person.nip,
        post=stay.post,
        agency_id=str(ground.agency_ids[office.code]),
        agency_code=office.code,
        agency=office.name,
    )


def _text(course: Course) -> Text:
    pact, publication = course.pact, course.pact_publication
    clauses = tuple(clause.id for clause in pact.clauses)
    return Text(pact.slug, pact.title, publication.number, publication.fingerprint, clauses)


def _tell_signing(chronicle: Chronicle, course: Course, pact: Row) -> None:
    facts = {
        "pact_id": str(pact["id"]),
        "account_id": str(pact["account_id"]),
        "statement_sha256": pact["statement_sha256"],
        "text": course.pact_publication.fingerprint,
        "text_number": course.pact_publication.number,
        "attempt_id": str(pact["attempt_id"]),
    }
    chronicle.tell("pact:signed", pact["signed_at"], facts, by=pact["account_id"])


def _certificate(ground: Ground, deed: Deed, pact: Row, *, sequence: int, year: int, public_url: str) -> Row:
    """The row of a certificate; its PDF is made later, in the background."""
    statement = pacts.read(pact["statement"])
    number = certificates.number(sequence, year, module_slug=pact["module_slug"], regency=REGENCY)
    code = _code(number)
    return {
        "id": stable_id("certificate", pact["id"], deed.certified_at),
        "pact_id": pact["id"],
        "account_id": pact["account_id"],
        "employee_id": pact["employee_id"],
        "agency_id": UUID(statement["signer"]["agency_id"]),
        "module_slug": pact["module_slug"],
        "number": number,
        "year": year,
        "sequence": sequence,
        "code": code,
        "facts": certificates.facts(
            statement,
            number=number,
            code=code,
            statement_sha256=pact["statement_sha256"],
            signed_on=deed.signed_at.astimezone(ground.zone).date(),
            issued_at=deed.certified_at,
            issued_on=deed.certified_at.astimezone(ground.zone).date(),
            regency=REGENCY,
            is_demo=True,
            address=certificates.address(public_url, code),
        ),
        "issued_at": deed.certified_at,
    }


def _code(number: str) -> str:
    """The code of a demo certificate: of the usual form, but the same at each load."""
    bits = stable_number("code", number, bits=5 * _CODE_SIGNS)
    return codes.with_check("".join(codes.ALPHABET[bits >> 5 * place & 31] for place in range(_CODE_SIGNS)))


def _tell_issue(chronicle: Chronicle, issued: Row) -> None:
    facts = {
        "certificate_id": str(issued["id"]),
        "pact_id": str(issued["pact_id"]),
        "number": issued["number"],
        "code": issued["code"],
    }
    chronicle.tell("certificates:issued", issued["issued_at"], facts)

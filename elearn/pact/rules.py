"""What exactly is signed, when it may be signed, and the refusals of the signing.

The signed statement is JSON in the canonical form of RFC 8785, so that anyone who holds it can hash it again
and compare. It names the text by its fingerprint, so a later version of the text changes nothing.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import rfc8785

from elearn.core.errors import Conflict, RuleBroken
from elearn.core.speech import say

TYPE = "elearn-pact/v1"
PROOF_OF_IDENTITY = "password"


class QuizNotPassed(RuleBroken):
    """The pact is signed by those who have passed the quiz of its module."""

    sentence = say("Pakta integritas ditandatangani setelah kuis lulus.")


class ConsentMissing(RuleBroken):
    """Every clause is agreed to by itself."""

    sentence = say("Centang setiap butir yang Anda setujui. Pakta ditandatangani bila semua butir disetujui.")


class TextChanged(Conflict):
    """The text shown to the signer is no longer the current one."""

    sentence = say("Naskah pakta baru saja diperbarui. Baca lagi naskah di bawah ini, lalu tanda tangani.")


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, as the roster says on that day."""

    employee_id: str
    name: str
    nip: str
    post: str
    agency_id: str
    agency_code: str
    agency: str


@dataclass(frozen=True, slots=True)
class Text:
    """Which text is signed: the published version and the ids of its clauses in order."""

    slug: str
    title: str
    number: int
    fingerprint: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passed:
    """The passed attempt that opens the way to the pact."""

    attempt_id: str
    module: str
    module_title: str
    score: int | float
    total: int | float


def statement(*, signer: Signer, text: Text, passed: Passed, signed_at: datetime) -> bytes:
    """The bytes that are signed (RFC 8785); `signed_at` in UTC with microseconds."""
    return rfc8785.dumps(
        {
            "signer": asdict(signer),
            "text": {**asdict(text), "clauses": list(text.clauses)},
            "quiz": asdict(passed),
            "identity": PROOF_OF_IDENTITY,
            "signed_at": signed_at.isoformat(timespec="microseconds"),
            "type": TYPE,
        }
    )


def read(text: str) -> dict[str, Any]:
    """A stored statement as plain facts."""
    facts: dict[str, Any] = json.loads(text)
    return facts


def digest(content: bytes) -> str:
    """The SHA-256 of a statement in hexadecimal."""
    return sha256(content).hexdigest()


def is_intact(text: str, sha256_hex: str) -> bool:
    """Whether a stored statement still has the hash it was signed with."""
    return digest(text.encode()) == sha256_hex


def refuse_incomplete(clauses: Sequence[str], consents: Collection[str]) -> None:
    """Raise ConsentMissing unless every clause is agreed to."""
    if any(clause not in consents for clause in clauses):
        raise ConsentMissing


def refuse_changed(fingerprint: str, shown: str) -> None:
    """Raise TextChanged unless the text that was shown is the one about to be signed."""
    if fingerprint != shown:
        raise TextChanged


def ledger_facts(*, pact_id: str, account_id: str, content: bytes, text: Text, passed: Passed) -> dict[str, Any]:
    """What the record keeps of a signing: ids and hashes, never the NIP that is inside the statement."""
    return {
        "pact_id": pact_id,
        "account_id": account_id,
        "statement_sha256": digest(content),
        "text": text.fingerprint,
        "text_number": text.number,
        "attempt_id": passed.attempt_id,
    }

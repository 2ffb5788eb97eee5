"""What a certificate says, how it is numbered, and what may be answered about it.

The facts are plain strings and numbers, fixed at the issue: the same facts are printed, sealed and later verified.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from elearn.core import codes
from elearn.core.errors import RuleBroken
from elearn.core.speech import say

REGENCY_KINDS = frozenset({"pemerintah", "kabupaten", "kota", "provinsi", "daerah"})
LONGEST_FILE = 10 * 1024 * 1024
"""Bytes of an uploaded file that are compared: a certificate is small, a report of all people larger."""

FILES_PER_ADDRESS = 60
FILES_WINDOW = timedelta(minutes=10)
"""Files that are looked at for one address, behind which a whole office may sit."""

MOST_CODES = 5
"""Codes of an uploaded PDF that are looked up; ours bears one."""

_CODE = re.compile(rb"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]\b")


class AlreadyRevoked(RuleBroken):
    """A certificate is revoked once."""

    sentence = say("Sertifikat ini sudah dicabut.")


class FileTooLarge(RuleBroken):
    """What is given out is a small file."""

    sentence = say("Berkas terlalu besar. Pilih berkas paling besar 10 MB, sebagaimana Anda menerimanya.")


class NothingToVerify(RuleBroken):
    """Verification needs a code or a file."""

    sentence = say("Tulis kode sertifikat, atau pilih berkas yang hendak diperiksa.")


class Verdict(StrEnum):
    """What a stranger is told about a certificate."""

    VALID = "Sah"
    REVOKED = "Dicabut"
    UNKNOWN = "Tidak dikenal"
    DIFFERENT = "Isi berkas berbeda"


def number(sequence: int, year: int, *, module_slug: str, regency: str) -> str:
    """The number in print: `0001/NASN/BUKIT-SERAWAI/2026`."""
    return f"{sequence:04d}/{mark_of(module_slug)}/{place_of(regency)}/{year}"


def mark_of(module_slug: str) -> str:
    """A module's mark in a number: initials, but words of up to three letters whole; `netralitas-asn` is NASN."""
    words = module_slug.split("-")
    return "".join(word if len(word) <= 3 else word[0] for word in words).upper()


def place_of(regency: str) -> str:
    """A regency's mark in a number: its name without its kind; `Kabupaten Bukit Serawai` is BUKIT-SERAWAI."""
    words = regency.split()
    named = [word for word in words if word.lower() not in REGENCY_KINDS]
    return "-".join(named or words).upper()


def government_of(regency: str) -> str:
    """The issuer in print: `Pemerintah Kabupaten Bukit Serawai`."""
    return regency if regency.lower().startswith("pemerintah") else f"Pemerintah {regency}"


def facts(
    statement: Mapping[str, Any],
    *,
    number: str,
    code: str,
    statement_sha256: str,
    signed_on: date,
    issued_at: datetime,
    issued_on: date,
    regency: str,
    is_demo: bool,
    address: str,
) -> dict[str, Any]:
    """Everything a certificate says, from the statement of its pact; dates as ISO 8601, `address` verifies it."""
    signer, quiz = statement["signer"], statement["quiz"]
    return {
        "number": number,
        "code": code,
        "name": signer["name"],
        "nip": signer["nip"],
        "post": signer["post"],
        "agency": signer["agency"],
        "module": quiz["module_title"],
        "module_slug": quiz["module"],
        "score": _exact(quiz["score"]),
        "total": _exact(quiz["total"]),
        "pact": statement["text"]["title"],
        "statement_sha256": statement_sha256,
        "signed_on": signed_on.isoformat(),
        "issued_at": issued_at.isoformat(timespec="microseconds"),
        "issued_on": issued_on.isoformat(),
        "government": government_of(regency),
        "is_demo": is_demo,
        "address": address,
    }


def _exact(points: float) -> int | str:
    """Points as certificates keep them: 17, or "17.5", which is stored and hashed alike everywhere."""
    return points if isinstance(points, int) else str(points)


def address(public_url: str, code: str) -> str:
    """Where a certificate is verified, as the QR code says it."""
    return f"{public_url}/verifikasi/{code}"


def share_url(facts: Mapping[str, Any]) -> str:
    """The address that opens WhatsApp with a sentence and the place to verify a certificate."""
    sentence = f"Sertifikat {facts['module']} atas nama {facts['name']}. Keasliannya: {facts['address']}"
    return f"https://wa.me/?text={quote(sentence)}"


def filename(number: str) -> str:
    """The name of the downloaded file: `sertifikat-0001-NASN-BUKIT-SERAWAI-2026.pdf`."""
    return f"sertifikat-{number.replace('/', '-')}.pdf"


def name_size(name: str) -> str:
    """The style of a name on paper, so that any name stays on its one page."""
    if len(name) <= 34:
        return ""
    return "long" if len(name) <= 52 else "longer"


def standing(*, is_known: bool, is_revoked: bool, is_same: bool = True) -> Verdict:
    """The answer about a certificate; `is_same` says whether a given file has the very bytes that were issued."""
    if not is_known:
        return Verdict.UNKNOWN
    if not is_same:
        return Verdict.DIFFERENT
    return Verdict.REVOKED if is_revoked else Verdict.VALID


def tidy(code: str) -> str:
    """What somebody typed as a code, as it stands in an address: the printed form if it is sound."""
    return codes.normalise(code) or code.replace("/", "-")


def codes_in(pdf: bytes) -> list[str]:
    """The first few sound certificate codes that can be read in a PDF, each once, in order.

    The reason of the signature holds the code; a dash there may be written as `\\055` (ISO 32000-1, 7.3.4.2).
    """
    found: dict[str, None] = {}
    for match in _CODE.finditer(pdf.replace(rb"\055", b"-")):
        if len(found) < MOST_CODES and (code := codes.normalise(match.group().decode())):
            found[code] = None
    return list(found)


def refuse_large(content: bytes) -> None:
    """Raise FileTooLarge for more bytes than any file of ours has."""
    if len(content) > LONGEST_FILE:
        raise FileTooLarge(field="file")

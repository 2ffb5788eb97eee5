"""What our seal in a PDF proves, read from the bytes alone: a stranger's file is never parsed as a PDF.

Imports asn1crypto, `cryptography` and `documents.keys` only. A seal is looked for where ISO 32000-1 (12.8.1) has
it: a `/ByteRange` of two parts with the signature in the gap between them. Only the seal of this installation counts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice

from asn1crypto import cms
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from elearn.documents.keys import KeyPair

MOST = 5
"""Signatures of a file that are looked at; ours have one."""
LONGEST = 50_000
"""Bytes of the gap that can hold a signature of ours, many times over."""

_RANGE = re.compile(rb"/ByteRange\s{0,9}\[\s{0,9}(\d{1,9})\s{1,9}(\d{1,9})\s{1,9}(\d{1,9})\s{1,9}(\d{1,9})\s{0,99}\]")
_CONTACT = re.compile(rb"/ContactInfo\s{0,9}\(([^()]{1,4000})\)")
_OCTAL = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True, slots=True)
class Finding:
    """`is_ours`: some part of the file was sealed here and is unchanged; `is_whole`: that part is all of it."""

    is_ours: bool = False
    is_whole: bool = False


def is_pdf(content: bytes) -> bool:
    """Whether a file is a PDF, as readers recognise one: by a mark near its beginning."""
    return b"%PDF-" in content[:1024]


def examine(pdf: bytes, seal: KeyPair | None) -> Finding:
    """What the seal of this installation proves of a file."""
    if seal is None:
        return Finding()
    ends = [end for start, gap_end, end in _ranges(pdf) if _is_sealed(pdf, start, gap_end, end, seal)]
    return Finding(bool(ends), len(pdf) in ends)


def contacts(pdf: bytes) -> list[str]:
    """Where the signatures in a file say that they can be checked, the last one first; said, not proven."""
    said = islice(reversed(_CONTACT.findall(pdf)), MOST)
    return [_OCTAL.sub(lambda found: chr(int(found[1], 8)), each.decode("latin-1")) for each in said]


def _ranges(pdf: bytes) -> Iterator[tuple[int, int, int]]:
    """Where the first part of each signed range ends, where the second begins, and where it ends."""
    for found in islice(_RANGE.finditer(pdf), MOST):
        first, start, gap_end, length = map(int, found.groups())
        if first == 0 and start < gap_end <= start + LONGEST and gap_end + length <= len(pdf):
            yield start, gap_end, gap_end + length


def _is_sealed(pdf: bytes, start: int, gap_end: int, end: int, seal: KeyPair) -> bool:
    """Whether the gap holds our signature of all that stands around it (RFC 5652, 5.4)."""
    gap = pdf[start:gap_end]
    if not (gap.startswith(b"<") and gap.endswith(b">")):
        return False
    digest = sha256(pdf[:start])
    digest.update(pdf[gap_end:end])
    try:
        [signer] = cms.ContentInfo.load(bytes.fromhex(gap[1:-1].decode("ascii")))["content"]["signer_infos"]
        said = {each["type"].native: each["values"][0].native for each in signer["signed_attrs"]}
        signed = signer["signed_attrs"].untag().dump()
        key = seal.certificate.public_key()
        if not isinstance(key, ec.EllipticCurvePublicKey) or said.get("message_digest") != digest.digest():
            return False
        key.verify(signer["signature"].native, signed, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return False
    return True

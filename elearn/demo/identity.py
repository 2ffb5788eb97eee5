"""Identifiers of demo facts: shaped like any other UUIDv7, yet the same at each load."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

_VERSION_7 = 0x7 << 76
_VARIANT = 0x2 << 62
_RANDOM_A = 0xFFF << 64
_RANDOM_B = (1 << 62) - 1


def stable_id(kind: str, key: object, at: datetime) -> UUID:
    """The UUIDv7 (RFC 9562) of the fact `key` of that kind: its time from `at`, its random part from the names."""
    digest = int.from_bytes(sha256(f"bukit-serawai/{kind}/{key}".encode()).digest()[:16])
    milliseconds = int(at.timestamp() * 1000)
    return UUID(int=(milliseconds << 80) | _VERSION_7 | (digest & _RANDOM_A) | _VARIANT | (digest & _RANDOM_B))


def stable_number(kind: str, key: object, *, bits: int = 63) -> int:
    """A number below 2**bits that belongs to the fact `key` of that kind, to seed its own random choices."""
    return int.from_bytes(sha256(f"bukit-serawai/{kind}/{key}".encode()).digest()) >> (256 - bits)

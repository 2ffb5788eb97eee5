"""Passwords as argon2id hashes (RFC 9106), 12 MiB and three passes: an equal of OWASP's first choice, but faster.

Slow on purpose (about 30 ms): call within `transaction.reading()`, so that nobody waits for the write lock.
"""

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from elearn.accounts.rules import LONGEST_PASSWORD

_hasher = PasswordHasher(memory_cost=12 * 1024, time_cost=3, parallelism=1)


def hash(password: str) -> str:  # noqa: A001 - read as passwords.hash
    """The salted hash of a password; ValueError for one over 128 characters, which never reaches argon2."""
    if len(password) > LONGEST_PASSWORD:
        raise ValueError("the password is too long to be hashed")
    return _hasher.hash(_normal(password))


def verify(stored: str | None, password: str) -> bool:
    """Whether the password is the one hashed; takes as long when nothing is stored."""
    if len(password) > LONGEST_PASSWORD:
        return False
    try:
        return _hasher.verify(stored or _nobodys(), _normal(password)) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def _normal(password: str) -> str:
    """The same password from any keyboard (NIST SP 800-63B-4, section 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


@cache
def _nobodys() -> str:
    """A hash that only serves to take time."""
    return _hasher.hash("nobody")

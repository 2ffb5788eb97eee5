"""Codes that cannot be guessed, can be read aloud, and know when they were mistyped.

Crockford's base 32 (no I, L, O, U) with one check sign from the same alphabet.
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, ".": None, "–": None})


def new_code(groups: int = 3) -> str:
    """A fresh code of `groups` groups of four signs (20 bits each) and a check sign: `7K3M-9QXD-2F5T-H`."""
    return with_check("".join(secrets.choice(ALPHABET) for _ in range(4 * groups)))


def code_from(seed: bytes, groups: int = 3) -> str:
    """The code that a secret seed of at least four bytes for each group leads to, always the same."""
    return with_check("".join(ALPHABET[byte % 32] for byte in seed[: 4 * groups]))


def with_check(body: str) -> str:
    """The printed form of a code's body: groups of four, then its check sign."""
    groups = [body[i : i + 4] for i in range(0, len(body), 4)]
    return "-".join([*groups, check_sign(body)])


def check_sign(body: str) -> str:
    """The sign that catches any single wrong sign and nearly every swap of two neighbours.

    A Luhn sum over 32 signs (Luhn mod N, ISO/IEC 7812-1 annex B generalised).
    """
    total = 0
    for place, sign in enumerate(reversed(body)):
        value = ALPHABET.index(sign) * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]


def normalise(text: str) -> str | None:
    """The printed form of what somebody typed, or None when the check sign does not fit.

    Forgives lower case, missing or extra separators, and O for 0, I or L for 1.
    """
    signs = text.strip().upper().translate(_FORGIVEN)
    if len(signs) < 5 or any(sign not in ALPHABET for sign in signs):
        return None
    body, check = signs[:-1], signs[-1]
    return with_check(body) if check_sign(body) == check else None

"""Whatever is published as an immutable version: its one byte form, and the name made of these bytes; pure."""

from hashlib import sha256
from typing import TypeAlias

import rfc8785

from elearn.content.law import Register
from elearn.content.modules import Module
from elearn.content.pacts import PactText
from elearn.content.rules import plain

Content: TypeAlias = Module | PactText | Register
"""Whatever is published as an immutable version."""


def canonical(content: Content) -> bytes:
    """The one byte form of a published content (RFC 8785), the form that is stored and hashed."""
    return rfc8785.dumps(plain(content))  # type: ignore[arg-type]


def fingerprint(content: Content) -> str:
    """The SHA-256 of the canonical bytes, in hex: the name of this version."""
    return sha256(canonical(content)).hexdigest()

"""What the bytes of an entry are, how entries are chained, and where a chain is broken.

An entry's record is JSON in the canonical form of RFC 8785. Its leaf is the SHA-256 of a label, 32 random
bytes of salt and the record, so that a leaf tells nothing to who does not hold the salt; its hash is the
SHA-256 of the previous hash and the leaf, so that no earlier entry can change unseen.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rfc8785

from elearn.core.speech import say

LABEL = b"elearn-ledger/v1"
START = "0" * 64
SALT_BYTES = 32


@dataclass(frozen=True, slots=True)
class Link:
    """One entry as its chain sees it; hashes and salt in hexadecimal."""

    stream: str
    sequence: int
    event: str
    payload: str
    salt: str
    previous_hash: str
    leaf: str
    hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a stream no longer fits together."""

    stream: str
    sequence: int
    reason: str


def canonical(*, stream: str, sequence: int, event: str, actor: str, at: datetime, facts: Mapping[str, Any]) -> str:
    """The record of one entry as canonical JSON text (RFC 8785); `at` in UTC with microseconds."""
    record: dict[str, Any] = {
        "actor": actor,
        "at": at.isoformat(timespec="microseconds"),
        "event": event,
        "facts": dict(facts),
        "sequence": sequence,
        "stream": stream,
    }
    return rfc8785.dumps(record).decode()


def leaf(salt: bytes, payload: str) -> str:
    """The salted hash of one record, in hexadecimal."""
    return hashlib.sha256(LABEL + salt + payload.encode()).hexdigest()


def chained(previous_hash: str, leaf_hash: str) -> str:
    """The hash of an entry from the hash before it and its own leaf, in hexadecimal."""
    return hashlib.sha256(bytes.fromhex(previous_hash) + bytes.fromhex(leaf_hash)).hexdigest()


def forge(*, stream: str, sequence: int, event: str, payload: str, salt: bytes, previous_hash: str) -> Link:
    """The link that follows `previous_hash`."""
    leaf_hash = leaf(salt, payload)
    return Link(
        stream, sequence, event, payload, salt.hex(), previous_hash, leaf_hash, chained(previous_hash, leaf_hash)
    )


def fault(link: Link) -> str | None:
    """What is wrong inside one link, or None."""
    if link.leaf != leaf(bytes.fromhex(link.salt), link.payload):
        return say("isi catatan tidak cocok dengan sidiknya")
    if link.hash != chained(link.previous_hash, link.leaf):
        return say("sidik rantai tidak cocok")
    if not _names_itself(link):
        return say("nomor, aliran, atau jenis peristiwa tidak cocok dengan isi catatan")
    return None


def _names_itself(link: Link) -> bool:
    marks = (f'"event":"{link.event}"', f'"sequence":{link.sequence},', f'"stream":"{link.stream}"')
    return all(mark in link.payload for mark in marks)


def first_break(links: Iterable[Link], *, length: int, head: str) -> Break | None:
    """The first place where a stream, in order of sequence, is not whole; None for a whole one.

    `length` and `head` are what the stream's own head says, so that a cut-off end is found as well.
    """
    previous, number, stream = START, 0, ""
    for number, link in enumerate(links, start=1):
        stream = link.stream
        if link.sequence != number:
            return Break(stream, number, say("catatan hilang"))
        if link.previous_hash != previous:
            return Break(stream, number, say("tidak bersambung dengan catatan sebelumnya"))
        if (reason := fault(link)) is not None:
            return Break(stream, number, reason)
        previous = link.hash
    if (number, previous) != (length, head):
        return Break(stream, number + 1, say("ujung rantai tidak cocok: catatan terakhir hilang atau bertambah"))
    return None

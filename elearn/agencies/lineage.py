"""What became of an agency: its names over time, those before and after it, and the codes of its successors; pure."""

import datetime as dt
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from elearn.core.errors import RuleBroken
from elearn.core.speech import say

LONGEST_CODE = 40
RESERVED = frozenset({"baru"})
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_GENERATION = re.compile(r"\.\d+$")


class UnfitCode(RuleBroken):
    """A code stands in addresses and on lists, so it is short and plain."""

    sentence = say(
        "Kode terdiri atas paling banyak 40 huruf, angka, titik, atau garis, misalnya DINKES atau PKM-MANNA."
    )


class ChangedSince(RuleBroken):
    """The books of an agency do not allow this on that day, since something later stands in them."""


@dataclass(frozen=True, slots=True)
class NewAgency:
    """How an agency that is to be opened is described."""

    code: str
    name: str
    short_name: str | None = None
    address: str | None = None
    head_title: str | None = None
    time_zone: str | None = None


class Named(NamedTuple):
    """What an agency has been called since a day."""

    agency_id: UUID
    name: str
    since: dt.date


def names_on(history: Iterable[Named], day: dt.date) -> dict[UUID, str]:
    """What the renamed agencies were called on a day; before the first name on record, by that."""
    found: dict[UUID, str] = {}
    for each in sorted(history, key=lambda named: named.since):
        if each.since <= day or each.agency_id not in found:
            found[each.agency_id] = each.name
    return found


def refuse_unfit_code(code: str, *, field: str | None = "code") -> None:
    """Raise UnfitCode unless the code can stand in an address."""
    if not _CODE.fullmatch(code) or len(code) > LONGEST_CODE or code.lower() in RESERVED:
        raise UnfitCode(field=field)


def next_code(code: str, taken: Collection[str]) -> str:
    """The code of a successor that goes on under the same name: PKM-MANNA, then PKM-MANNA.2, then PKM-MANNA.3."""
    stem = _GENERATION.sub("", code)[: LONGEST_CODE - 4]
    number = 2
    while f"{stem}.{number}" in taken:
        number += 1
    return f"{stem}.{number}"

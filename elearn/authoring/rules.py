"""Refusals of the authors' workshop, and what a change of the law means to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from elearn.content.rules import Citation, Register
from elearn.core.errors import Conflict, NotFound, RuleBroken


class NoSuchLaw(NotFound):
    """The register knows no such instrument or place in it."""

    sentence = "Dasar hukum ini tidak tercantum dalam register."


class ChangeSettled(Conflict):
    """A change of the law is settled once."""

    sentence = "Perubahan ini sudah dinyatakan selesai."


class ForeignPlace(RuleBroken):
    """A change concerns a place in the instrument it is marked on."""

    sentence = "Pilih pasal dari peraturan ini."


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the law that is not settled yet: which places it touches, since when, and what changed."""

    id: UUID
    instrument_id: str
    cites: frozenset[str]
    changed_on: date
    note: str


def places_of(register: Register, instrument_id: str, citation_id: str = "") -> frozenset[str]:
    """The citations that a change touches: the one named, or all of the instrument; empty when there is none."""
    return frozenset(
        each.id for each in register.citations if each.instrument_id == instrument_id and citation_id in ("", each.id)
    )


def touching(changes: Iterable[Change], citations: Iterable[Citation]) -> list[Change]:
    """The changes that touch one of these citations, in the order given."""
    cites = {each.id for each in citations}
    return [change for change in changes if not change.cites.isdisjoint(cites)]

"""Agencies found by the names HR writes, whatever the case and punctuation; pure."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from elearn.agencies.rules import AgencyKind
from elearn.core.errors import RuleBroken


class UnknownAgency(RuleBroken):
    """No agency of this name, or more than one."""


@dataclass(frozen=True, slots=True)
class Place:
    """An agency as far as its name matters."""

    id: UUID
    name: str
    short_name: str | None
    kind: AgencyKind
    opd_id: UUID | None


class Directory:
    """Every open agency by name; built once, asked for each line of a roster."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._units: dict[str, dict[UUID, UUID | None]] = defaultdict(dict)
        self._opd: dict[str, dict[UUID, UUID | None]] = defaultdict(dict)
        for place in places:
            names = {plain(name) for name in (place.name, place.short_name) if name}
            for name in names:
                shelf = self._units if place.kind is AgencyKind.UNIT else self._opd
                shelf[name][place.id] = place.opd_id

    def find(self, opd: str | None, unit: str | None) -> UUID:
        """The unit of that name in that OPD, the OPD itself when no unit is named; raises UnknownAgency."""
        if not opd:
            return self._only(self._named(unit or ""), f"Unit kerja “{unit}”")
        opd_id = self._only(self._opd.get(plain(opd), {}), f"OPD “{opd}”")
        if not unit or opd_id in self._opd.get(plain(unit), {}):
            return opd_id
        inside = {id_: owner for id_, owner in self._units.get(plain(unit), {}).items() if owner == opd_id}
        return self._only(inside, f"Unit kerja “{unit}” di {opd}")

    def _named(self, name: str) -> dict[UUID, UUID | None]:
        return self._opd.get(plain(name)) or self._units.get(plain(name)) or {}

    @staticmethod
    def _only(found: Collection[UUID], what: str) -> UUID:
        if len(found) != 1:
            raise UnknownAgency(f"{what} {'ada lebih dari satu' if found else 'tidak dikenal'}.")
        return next(iter(found))


def plain(name: str) -> str:
    """A name reduced to its words: lower case, without punctuation, `&` read as `dan`."""
    return " ".join(re.findall(r"\w+", name.casefold().replace("&", " dan ")))

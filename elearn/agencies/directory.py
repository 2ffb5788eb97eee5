"""Agencies found by the names HR writes, whatever the case and punctuation; pure."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NoReturn
from uuid import UUID

from elearn.agencies.rules import AgencyKind
from elearn.core.errors import RuleBroken
from elearn.core.speech import say

LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name that leads to no agency: under which key it can be remembered, and the OPD it was looked for in."""

    key: str
    words: str
    opd_id: UUID | None = None


class UnknownAgency(RuleBroken):
    """No agency of this name, or more than one."""

    def __init__(self, sentence: str, name: UnknownName) -> None:
        super().__init__(sentence)
        self.name = name


class NotOurs(UnknownAgency):
    """Somebody said that this name is none of ours."""


@dataclass(frozen=True, slots=True)
class Place:
    """An agency as far as its name matters."""

    id: UUID
    name: str
    short_name: str | None
    kind: AgencyKind
    opd_id: UUID | None


class Directory:
    """Every open agency by name, and by the names remembered for it; built once, asked for each line of a roster.

    An alias without an agency is a name that is none of ours.
    """

    def __init__(self, places: Iterable[Place], aliases: Mapping[str, UUID | None] | None = None) -> None:
        self._units: dict[str, dict[UUID, UUID | None]] = defaultdict(dict)
        self._opd: dict[str, dict[UUID, UUID | None]] = defaultdict(dict)
        self._kinds: dict[UUID, AgencyKind] = {}
        for place in places:
            self._kinds[place.id] = place.kind
            names = {plain(name) for name in (place.name, place.short_name) if name}
            for name in names:
                shelf = self._units if place.kind is AgencyKind.UNIT else self._opd
                shelf[name][place.id] = place.opd_id
        self._aliases = {key: id_ for key, id_ in (aliases or {}).items() if id_ is None or id_ in self._kinds}

    def find(self, opd: str | None, unit: str | None) -> UUID:
        """The unit of that name in that OPD, the OPD itself when no unit is named; UnknownAgency, NotOurs."""
        if not opd:
            name = UnknownName(key_of(None, unit), say("Unit kerja “%(unit)s”", unit=unit))
            return self._only(self._named(unit or ""), name)
        opd_id = self._only(
            self._opd.get(plain(opd), {}), UnknownName(key_of(opd, None), say("OPD “%(opd)s”", opd=opd))
        )
        is_itself = not unit or plain(unit) == plain(opd) or opd_id in self._opd.get(plain(unit), {})
        if is_itself or self._kinds[opd_id] is AgencyKind.UNIT:
            return opd_id
        inside = {id_: owner for id_, owner in self._units.get(plain(unit or ""), {}).items() if owner == opd_id}
        words = say("Unit kerja “%(unit)s” di %(opd)s", unit=unit, opd=opd)
        return self._only(inside, UnknownName(key_of(opd, unit), words, opd_id))

    def _named(self, name: str) -> dict[UUID, UUID | None]:
        return self._opd.get(plain(name)) or self._units.get(plain(name)) or {}

    def _only(self, found: Collection[UUID], name: UnknownName) -> UUID:
        """The one found, or the one that was said to be meant by this name."""
        if len(found) == 1:
            return next(iter(found))
        if name.key in self._aliases:
            return self._aliases[name.key] or _refuse(name)
        if found:
            raise UnknownAgency(say("%(name)s ada lebih dari satu.", name=name.words), name)
        raise UnknownAgency(say("%(name)s tidak dikenal.", name=name.words), name)


def _refuse(name: UnknownName) -> NoReturn:
    raise NotOurs(say("%(name)s bukan bagian kami; baris ini dilewati.", name=name.words), name)


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """A name reduced to its words: lower case, without punctuation, `&` read as `dan`."""
    return " ".join(re.findall(r"\w+", name.casefold().replace("&", " dan ")))


def key_of(opd: str | None, unit: str | None) -> str:
    """Under which key a name is remembered: an OPD's, a unit's, or a unit's within an OPD; at most 200 letters."""
    key = " / ".join(plain(name) for name in (opd, unit) if name)
    return key if len(key) <= LONGEST_KEY else f"{key[:160]} {hashlib.sha256(key.encode()).hexdigest()[:32]}"

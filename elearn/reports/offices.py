"""The agencies as they were on a day: under the name they bore then, open or closed since."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import String, select, type_coerce

from elearn.agencies.models import Agency, AgencyName
from elearn.agencies.rules import AgencyKind, Visible
from elearn.core.db import db
from elearn.core.speech import say
from elearn.directives import binding
from elearn.directives.binding import Lineages

NO_OPD = say("Langsung di bawah pemerintah daerah")


class Office(NamedTuple):
    """An agency as on one day; `opd_id` is the OPD it belongs to, its own for an OPD, None for the instansi."""

    id: UUID
    code: str
    name: str
    kind: AgencyKind
    opd_id: UUID | None
    is_open: bool


_NAMED = (
    select(
        *(type_coerce(each, String).label(each.key) for each in (Agency.id, Agency.opd_id)),
        *(Agency.path, Agency.code, Agency.name, Agency.kind, Agency.opened_on, Agency.closed_on),
        *(AgencyName.name.label("was"), AgencyName.since),
    )
    .outerjoin(AgencyName)
    .order_by(AgencyName.since)
)
"""Each agency once for each name that it bore, in their order."""


@dataclass(frozen=True)
class Offices:
    """All agencies as on one day, by id."""

    by_id: Mapping[UUID, Office] = field(default_factory=dict)
    lineages: Lineages = field(default_factory=dict)

    @cached_property
    def by_text(self) -> dict[Any, Office]:
        """All agencies by their ids as text, however the database in use writes it."""
        return {raw: office for each, office in self.by_id.items() for raw in (each.hex, str(each))}

    def below(self, agency_id: UUID) -> frozenset[UUID]:
        """An agency and all that stands somewhere below it."""
        return frozenset(each for each in self.by_id if agency_id in self.line(each))

    def line(self, agency_id: UUID) -> tuple[UUID, ...]:
        """The agencies from the root down to one, without those that one of them took over from."""
        line = self.lineages[agency_id]
        return line[: line.index(agency_id) + 1]

    def name(self, agency_id: UUID | None) -> str:
        """What an agency was called; who serves under no OPD serves right below the regency."""
        return self.by_id[agency_id].name if agency_id else NO_OPD

    def code(self, agency_id: UUID | None) -> str:
        """The code of an agency, empty for none."""
        return self.by_id[agency_id].code if agency_id else ""

    def opd_name(self, agency_id: UUID) -> str:
        """What the OPD of an agency was called."""
        return self.name(self.by_id[agency_id].opd_id)

    def opds(self, visible: Visible) -> list[Office]:
        """The OPD in sight that were open, by name."""
        seen = (each for each in self.by_id.values() if each.kind is AgencyKind.OPD and each.is_open)
        return sorted((each for each in seen if visible.includes(each.id)), key=lambda each: each.name)


def on(day: date) -> Offices:
    """The agencies as they were on a day; two statements."""
    found: dict[UUID, Office] = {}
    paths: dict[UUID, str] = {}
    rows: Sequence[Any] = db.session.connection().execute(_NAMED).all()
    for raw_id, raw_opd, path, code, name, kind, opened_on, closed_on, was, since in rows:
        agency_id = _id(raw_id)
        paths[agency_id] = path
        if agency_id not in found or since <= day:  # before the first name on record it bore that
            is_open = opened_on <= day and (closed_on is None or closed_on > day)
            found[agency_id] = Office(agency_id, code, was or name, kind, _id(raw_opd) if raw_opd else None, is_open)
    return Offices(found, binding.lineages_of(paths.items(), day))


@lru_cache(maxsize=4096)
def _id(raw: Any) -> UUID:
    """The id that a database answers with, text or already an id; read once in a process: each report needs all."""
    return raw if isinstance(raw, UUID) else UUID(raw)


def named(offices: Offices, ids: Iterable[UUID | None]) -> list[str]:
    """The names of these agencies, in order."""
    return sorted(offices.name(each) for each in ids)

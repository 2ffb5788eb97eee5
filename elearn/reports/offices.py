"""The agencies as they were on a day: under the name they bore then, open or closed since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select

from elearn.agencies.models import Agency, AgencyName
from elearn.agencies.rules import AgencyKind, Visible
from elearn.core.db import db

NO_OPD = "Langsung di bawah pemerintah daerah"


@dataclass(frozen=True, slots=True)
class Office:
    """An agency as on one day; `opd_id` is the OPD it belongs to, its own for an OPD, None for the instansi."""

    id: UUID
    code: str
    name: str
    kind: AgencyKind
    opd_id: UUID | None
    is_open: bool


@dataclass(frozen=True)
class Offices:
    """All agencies as on one day, by id."""

    by_id: Mapping[UUID, Office] = field(default_factory=dict)

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
    columns = (Agency.id, Agency.code, Agency.name, Agency.kind, Agency.opd_id, Agency.opened_on, Agency.closed_on)
    rows = db.session.execute(select(*columns)).all()
    named = _names(day)
    return Offices(
        {
            row.id: Office(
                row.id,
                row.code,
                named.get(row.id, row.name),
                row.kind,
                row.opd_id,
                row.opened_on <= day and (row.closed_on is None or row.closed_on > day),
            )
            for row in rows
        }
    )


def _names(day: date) -> dict[UUID, str]:
    """What the agencies that were ever renamed were called on a day; before the first name on record, by that."""
    query = select(AgencyName.agency_id, AgencyName.name, AgencyName.since).order_by(AgencyName.since)
    found: dict[UUID, str] = {}
    for agency_id, name, since in db.session.execute(query):
        if since <= day or agency_id not in found:
            found[agency_id] = name
    return found


def named(offices: Offices, ids: Iterable[UUID | None]) -> list[str]:
    """The names of these agencies, in order."""
    return sorted(offices.name(each) for each in ids)

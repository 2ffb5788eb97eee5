"""Who signs a report: the head of the OPD it is about, or of the office that answers for all of them."""

from dataclasses import dataclass
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from elearn.agencies import graded, named
from elearn.agencies import queries as agencies
from elearn.agencies import rules as service
from elearn.agencies.models import Employee, Placement
from elearn.agencies.rules import MANAGERIAL, PostGroup
from elearn.core.db import db
from elearn.reports.asking import Asked

PANGKAT = {
    "I": ("Juru Muda", "Juru Muda Tingkat I", "Juru", "Juru Tingkat I"),
    "II": ("Pengatur Muda", "Pengatur Muda Tingkat I", "Pengatur", "Pengatur Tingkat I"),
    "III": ("Penata Muda", "Penata Muda Tingkat I", "Penata", "Penata Tingkat I"),
    "IV": ("Pembina", "Pembina Tingkat I", "Pembina Utama Muda", "Pembina Utama Madya", "Pembina Utama"),
}
"""The names of the ranks of a PNS from a to e."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs, as it stands under a report; without a name where nobody heads the office."""

    title: str
    name: str = ""
    rank: str = ""
    nip: str = ""


def of(asked: Asked) -> Signatory | None:
    """Who signs a report; None when the installation has no such office."""
    office = agencies.find_agency(current_app.config["SETTINGS"].report_office)
    agency = asked.agency or office
    if agency is None:
        return None
    opd_id = agency.opd_id or (office.id if office else agency.id)
    return _head(opd_id, asked) or Signatory(agency.head_title or "Kepala")


def _head(opd_id: UUID, asked: Asked) -> Signatory | None:
    """The highest of those who lead an office on the day of the report."""
    grade, name = graded.on(asked.day), named.on(asked.day)
    query = (
        select(Placement.post_group, Placement.post, grade.rank.label("rank"), Employee.nip, *name.columns)
        .select_from(Placement)
        .join(Employee, Employee.id == Placement.employee_id)
        .where(agencies.covers(asked.day), agencies.is_present(asked.day), Placement.agency_id == opd_id)
        .where(Placement.post_group.in_(MANAGERIAL))
        .order_by(name.name)
    )
    rows = db.session.execute(name.joined(grade.joined(query))).all()
    row = min(rows, key=lambda each: list(PostGroup).index(each.post_group), default=None)
    if row is None:
        return None
    whole = service.full_name(row.name, row.title_before, row.title_after)
    return Signatory(row.post or "Kepala", whole, pangkat(row.rank), row.nip)


def pangkat(rank: str | None) -> str:
    """The name of a rank with its golongan, "Pembina (IV/a)"; of a PPPK the golongan alone."""
    group, _, letter = (rank or "").partition("/")
    names, place = PANGKAT.get(group, ()), "abcde".find(letter) if letter else -1
    if 0 <= place < len(names):
        return f"{names[place]} ({rank})"
    return f"Golongan {rank}" if rank else ""

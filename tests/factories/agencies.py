"""A small regency for tests, made by the room's own actions: agencies, employees with fictional NIPs, rosters."""

import csv
import datetime as dt
import io
from itertools import count
from typing import Any

import xlsxwriter

from elearn.agencies import actions, queries
from elearn.agencies.models import Agency, Employee
from elearn.agencies.nip import Nip, Sex
from elearn.agencies.rules import AgencyKind, EmployeeKind, Person
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction

OPENED_ON = dt.date(2017, 1, 1)
STARTED_ON = dt.date(2020, 1, 2)
_numbers = count(0)


def an_instansi() -> Agency:
    """The root of the tree; made at the first call."""
    try:
        return queries.root()
    except NotFound:
        return an_agency("PEMDA", "Pemerintah Kabupaten Bukit Serawai", AgencyKind.INSTANSI, None)


def an_opd(code: str | None = None, name: str | None = None, **facts: Any) -> Agency:
    """An OPD below the root."""
    number = next(_numbers)
    return an_agency(code or f"OPD-{number}", name or f"Dinas Nomor {number}", AgencyKind.OPD, an_instansi(), **facts)


def a_unit(parent: Agency, name: str | None = None, **facts: Any) -> Agency:
    """A unit below an OPD or another unit."""
    number = next(_numbers)
    return an_agency(f"UNIT-{number}", name or f"Unit Nomor {number}", AgencyKind.UNIT, parent, **facts)


def an_agency(code: str, name: str, kind: AgencyKind, parent: Agency | None, **facts: Any) -> Agency:
    """Any agency."""
    with transaction():
        return actions.create_agency(
            SYSTEM,
            code=code,
            name=name,
            kind=kind,
            parent_id=parent.id if parent else None,
            opened_on=facts.pop("opened_on", OPENED_ON),
            **facts,
        )


def a_nip(number: int | None = None, *, is_pppk: bool = False) -> str:
    """A fictional NIP (serial 900 and up), another one for each number up to 36,499."""
    number = next(_numbers) if number is None else number
    days, serial = divmod(number, 100)
    birth_on = dt.date(1985, 1, 1) + dt.timedelta(days=days)
    return Nip(birth_on, 2023 if is_pppk else 2010, 21 if is_pppk else 3, Sex(number % 2 + 1), 900 + serial).text


def a_person(agency: Agency, **facts: Any) -> Person:
    """What HR knows of somebody at an agency."""
    facts = {"kind": EmployeeKind.PNS, "post": "Analis Kebijakan", "rank": "III/c", **facts}
    is_pppk = facts["kind"] in (EmployeeKind.PPPK, EmployeeKind.PPPK_PARUH_WAKTU)
    facts.setdefault("nip", a_nip(is_pppk=is_pppk))
    facts.setdefault("name", f"Pegawai {facts['nip'][-6:]}")
    return Person(agency_id=agency.id, **facts)


def an_employee(agency: Agency | None = None, *, started_on: dt.date = STARTED_ON, **facts: Any) -> Employee:
    """An employee with an account, placed at an agency (a fresh OPD if none is named)."""
    person = a_person(agency or an_opd(), **facts)
    with transaction():
        employee = actions.hire(SYSTEM, person=person, started_on=started_on)
    db.session.refresh(employee)
    return employee


def a_csv(rows: list[list[Any]], *, separator: str = ";", encoding: str = "utf-8") -> bytes:
    """A CSV file of these rows."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def an_xlsx(rows: list[list[Any]]) -> bytes:
    """An Excel file whose cells have the types of these values."""
    return a_workbook({"Sheet1": rows})


def a_workbook(sheets: dict[str, list[list[Any]]]) -> bytes:
    """An Excel file with these sheets."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return content.getvalue()


HEADINGS = [
    "NIP BARU", "NAMA", "GELAR DEPAN", "GELAR BELAKANG", "JENIS PEGAWAI", "GOL AKHIR NAMA",
    "JABATAN NAMA", "UNOR NAMA", "SATUAN KERJA NAMA", "EMAIL", "NOMOR HP",
]  # fmt: skip


def a_roster(people: list[Person], names: dict[Any, tuple[str, str]]) -> bytes:
    """A SIASN-style CSV of these people; `names` gives unit and OPD by agency id."""
    return a_csv([HEADINGS, *(_line(person, *names[person.agency_id]) for person in people)])


def _line(p: Person, unit: str, opd: str) -> list[Any]:
    facts = [p.nip, p.name, p.title_before, p.title_after, p.kind.words, p.rank, p.post]
    return [*facts, unit, opd, p.email, p.phone]

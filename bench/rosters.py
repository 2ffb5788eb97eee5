"""What a roster of twenty thousand costs: to look at, to apply, and to undo; beside what merely reading it costs."""

import csv
import io
import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

import xlsxwriter
from python_calamine import CalamineWorkbook

from elearn.agencies.rules import Person

PEOPLE = 20_000
OPD = 40
UNITS = 600
FIRST, SECOND = date(2026, 9, 1), date(2026, 10, 1)
HEADINGS = ("NIP", "NAMA", "GELAR BELAKANG", "JENIS PEGAWAI", "GOLONGAN", "JABATAN", "UNIT KERJA", "OPD", "EMAIL")
POSTS = ("Guru Ahli Pertama", "Perawat Mahir", "Kepala Seksi Umum", "Analis Kebijakan")
T = TypeVar("T")
Units = dict[UUID, tuple[str, str]]


def measure() -> dict[str, Any]:
    """Seconds of CPU for rosters of 20,000 lines; to be called inside an application without people."""
    from elearn.agencies import imports, review, undoing
    from elearn.core.permissions import SYSTEM

    units = _plant()
    everybody = [_person(number, units) for number in range(PEOPLE)]
    first = _stage(_csv(_line(person, units) for person in everybody), FIRST)
    _, applied = _timed(lambda: _in_transaction(lambda: imports.apply(SYSTEM, import_id=first.id)))
    month = [_after_a_month(number, person, units) for number, person in enumerate(everybody)][200:]
    book = _xlsx(_line(person, units) for person in month)
    _, floor = _timed(lambda: _merely_keep(book))
    second, staged = _timed(lambda: _stage(book, SECOND))
    _, reviewed = _timed(lambda: review.review_of(second))
    sure = {"import_id": second.id, "confirmed": imports.ALL_DOUBTS}
    _, changed = _timed(lambda: _in_transaction(lambda: imports.apply(SYSTEM, **sure)))
    _, undone = _timed(lambda: _in_transaction(lambda: undoing.undo(SYSTEM, import_id=second.id)))
    return {
        "roster_floor_cpu_s": round(floor, 2),
        "roster_preview_cpu_s": round(staged + reviewed, 2),
        "roster_first_apply_cpu_s": round(applied, 2),
        "roster_month_apply_cpu_s": round(changed, 2),
        "roster_undo_cpu_s": round(undone, 2),
        "roster_preview_to_floor": round((staged + reviewed) / floor, 1),
    }


def _merely_keep(book: bytes) -> None:
    """The floor: read every cell of the workbook and insert the rows into a bare table."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    with closing(sqlite3.connect(":memory:")) as bare:
        bare.execute("CREATE TABLE line (a, b, c, d, e, f, g, h, i)")
        bare.executemany("INSERT INTO line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _plant() -> Units:
    """The units by id, with their names and those of their OPD."""
    from elearn.agencies import actions
    from elearn.agencies.rules import AgencyKind
    from elearn.core.permissions import SYSTEM

    def open_one(code: str, name: str, kind: AgencyKind, parent: Any) -> Any:
        facts = {"code": code, "name": name, "kind": kind, "opened_on": date(2017, 1, 2)}
        return actions.create_agency(SYSTEM, parent_id=parent and parent.id, **facts)

    def open_all() -> Units:
        root = open_one("PEMDA", "Pemerintah Kabupaten", AgencyKind.INSTANSI, None)
        opd = [open_one(f"OPD-{n}", f"Dinas Urusan {n}", AgencyKind.OPD, root) for n in range(OPD)]
        units = [open_one(f"UNIT-{n}", f"Unit {n}", AgencyKind.UNIT, opd[n % OPD]) for n in range(UNITS)]
        return {unit.id: (unit.name, opd[number % OPD].name) for number, unit in enumerate(units)}

    return _in_transaction(open_all)


def _person(number: int, units: Units) -> Person:
    from elearn.agencies.nip import Nip, Sex
    from elearn.agencies.rules import EmployeeKind

    days, serial = divmod(number, 100)
    nip = Nip(date(1985, 1, 1) + timedelta(days=days), 2010, 3, Sex(number % 2 + 1), 900 + serial).text
    return Person(
        nip,
        f"Pegawai Nomor{number} Contoh",
        EmployeeKind.PNS,
        list(units)[number % UNITS],
        post=POSTS[number % len(POSTS)],
        title_after="S.Pd.",
        rank="III/c",
        email=f"pegawai{number}@contoh.example",
    )


def _after_a_month(number: int, person: Person, units: Units) -> Person:
    """Every twentieth moves, every second is promoted: far more than a real month brings."""
    if number % 20 == 0:
        return replace(person, agency_id=list(units)[(number * 7) % UNITS])
    return replace(person, rank="III/d") if number % 2 == 0 else person


def _line(person: Person, units: Units) -> list[str]:
    facts = [person.nip, person.name, person.title_after, person.kind.words, person.rank, person.post]
    return [*(fact or "" for fact in facts), *units[person.agency_id], person.email or ""]


def _csv(lines: Iterable[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([HEADINGS, *lines])
    return text.getvalue().encode()


def _xlsx(lines: Iterable[list[str]]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEADINGS, *lines]):
            sheet.write_row(number, 0, row)
    return content.getvalue()


def _stage(content: bytes, as_of: date) -> Any:
    from elearn.agencies import imports
    from elearn.core.permissions import SYSTEM

    return _in_transaction(lambda: imports.stage(SYSTEM, filename="daftar", content=content, as_of=as_of))


def _in_transaction(work: Callable[[], T]) -> T:
    from elearn.core.transaction import transaction

    with transaction():
        return work()


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    began = time.process_time()
    return work(), time.process_time() - began

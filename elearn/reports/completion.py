"""The completion report as one Table: of the regency by OPD, or of one OPD by person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from elearn.agencies.models import Agency
from elearn.agencies.rules import PersonOn
from elearn.core import bahasa, clock
from elearn.core.tables import Column, Table
from elearn.directives.models import Directive
from elearn.directives.rules import NOTHING, Stage, Standing
from elearn.reports import rules
from elearn.reports.queries import Line, Picture
from elearn.reports.rules import Figures

STAGE_NAMES = {
    Stage.NOT_STARTED: "Belum mulai",
    Stage.LEARNING: "Belajar",
    Stage.PASSED: "Lulus kuis",
    Stage.SIGNED: "Menandatangani",
    Stage.CERTIFIED: "Bersertifikat",
}

BY_OPD = (
    Column("opd", "OPD"),
    Column("bound", "Terikat", "count"),
    Column("not_started", "Belum mulai", "count"),
    Column("learning", "Belajar", "count"),
    Column("passed", "Lulus", "count"),
    Column("signed", "Menandatangani", "count"),
    Column("certified", "Bersertifikat", "count"),
    Column("late", "Terlambat", "count"),
    Column("percent", "Persen", "percent"),
)
BY_PERSON = (
    Column("name", "Nama"),
    Column("nip", "NIP", "nip"),
    Column("kind", "Jenis"),
    Column("rank", "Golongan"),
    Column("post", "Jabatan"),
    Column("agency", "Unit kerja"),
    Column("stage", "Tahap"),
    Column("deadline_on", "Tenggat", "date"),
    Column("late", "Terlambat"),
    Column("passed_on", "Lulus", "date"),
    Column("signed_on", "Menandatangani", "date"),
    Column("certified_on", "Bersertifikat", "date"),
)
IN_SHORT = ("name", "nip", "agency", "stage", "certified_on")
"""The columns of a list of people that fit a screen and a printed page."""

MEANING = (
    "Setiap pegawai terikat dihitung sekali pada tahap terjauh yang dicapainya. Terlambat: tenggat lewat dan pakta "
    "belum ditandatangani. Persen: menandatangani atau bersertifikat, dari yang terikat."
)


LATE, LATE_WORD = "terlambat", "ya"
FILTERS = {
    "": "Semua",
    LATE: "Terlambat",
    "belum-mulai": STAGE_NAMES[Stage.NOT_STARTED],
    "belajar": STAGE_NAMES[Stage.LEARNING],
    "lulus": STAGE_NAMES[Stage.PASSED],
    "menandatangani": STAGE_NAMES[Stage.SIGNED],
    "bersertifikat": STAGE_NAMES[Stage.CERTIFIED],
}
"""What a list of people can be narrowed to, as it stands in the address and on the page."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Who made a report, and when."""

    name: str
    at: datetime


def by_opd(picture: Picture, names: dict[UUID, Agency], *, scope: str, maker: Maker) -> Table:
    """The report of all OPD one may see, by name, with their total."""
    tally = picture.tally
    rows = [{"opd": names[opd].name, "_code": names[opd].code, **_cells(tally[opd])} for opd in tally if opd]
    if None in tally:
        rows.append({"opd": "Langsung di bawah pemerintah daerah", "_code": "", **_cells(tally[None])})
    return Table(
        title="Ketuntasan per perangkat daerah",
        columns=BY_OPD,
        rows=sorted(rows, key=lambda row: row["opd"]),
        notes=notes(picture.day, picture.directives, scope=scope, maker=maker),
        total={"opd": "Jumlah", **_cells(rules.total(tally.values()))},
    )


def by_person(lines: Iterable[Line], day: date, asking: Sequence[Directive], *, scope: str, maker: Maker) -> Table:
    """The report of one OPD, person by person, in the order given."""
    return Table(
        title="Ketuntasan per pegawai",
        columns=BY_PERSON,
        rows=[_row(line) for line in lines],
        notes=notes(day, asking, scope=scope, maker=maker),
    )


def narrowed(lines: Iterable[Line], *, only: str = "", words: str = "") -> list[Line]:
    """The lines that pass one of FILTERS and hold these words in name or NIP."""
    return [line for line in lines if _matches(line.person, words) and _passes(line.standing, only)]


def in_short(table: Table) -> Table:
    """A list of people with the columns that fit a screen or a page; who is late is said beside the stage."""
    rows = [{**row, "stage": f"{row['stage']}, terlambat"} if row["late"] == LATE_WORD else row for row in table.rows]
    return replace(table, columns=[column for column in table.columns if column.key in IN_SHORT], rows=rows)


def notes(day: date, directives: Iterable[Directive], *, scope: str, maker: Maker) -> tuple[tuple[str, str], ...]:
    """What a report shows, as of when, who made it and when."""
    numbers = [f"{each.number} ({each.subject})" for each in directives]
    return (
        ("Per tanggal", bahasa.tanggal(day)),
        ("Perangkat daerah", scope),
        ("Edaran", "; ".join(numbers) or "belum ada"),
        ("Arti angka", MEANING),
        ("Dibuat oleh", maker.name),
        ("Dibuat pada", bahasa.waktu(maker.at)),
    )


def _cells(figures: Figures) -> dict[str, Any]:
    return {column.key: getattr(figures, column.key) for column in BY_OPD[1:]}


def _passes(standing: Standing, only: str) -> bool:
    """Whether a standing is what a list is narrowed to; an unknown word narrows nothing."""
    if only == LATE:
        return standing.is_late
    return only not in FILTERS or not only or FILTERS[only] == STAGE_NAMES[standing.stage]


def _matches(person: PersonOn, words: str) -> bool:
    """Whether each word stands in the name or begins the NIP."""
    name = person.name.casefold()
    return all(word in name or person.nip.startswith(word) for word in words.casefold().split())


def _row(line: Line) -> dict[str, Any]:
    """One person's row; a date is that of the last module finished, the deadline the first one due."""
    person, duties, stands = line.person, line.obligations, line.standing
    reached = [line.completions.get(duty.demand, NOTHING) for duty in duties]
    return {
        "_id": person.employee_id,
        "name": person.name,
        "nip": person.nip,
        "kind": person.kind.words,
        "rank": person.rank,
        "post": person.post,
        "agency": person.agency_name,
        "stage": STAGE_NAMES[stands.stage],
        "deadline_on": min(duty.deadline_on for duty in duties),
        "late": LATE_WORD if stands.is_late else "tidak",
        "passed_on": _last(each.passed_at for each in reached),
        "signed_on": _last(each.signed_at for each in reached),
        "certified_on": _last(each.certified_at for each in reached),
    }


def _last(instants: Iterable[datetime | None]) -> date | None:
    """The day of the last of these, None as long as one is missing."""
    each = tuple(instants)
    known = [instant for instant in each if instant is not None]
    return clock.local(max(known)).date() if known and len(known) == len(each) else None

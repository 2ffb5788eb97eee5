"""The completion report as one Table: of the regency by OPD, of an agency by unit, or person by person."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo
from functools import cache
from typing import Any
from uuid import UUID

from elearn.core import clock
from elearn.core.speech import say, term
from elearn.core.tables import Column, Table
from elearn.directives.rules import Standing
from elearn.reports import rules
from elearn.reports.asking import LATE, STAGE_NAMES, STAGES, Asked
from elearn.reports.groups import Who
from elearn.reports.offices import NO_OPD, Offices
from elearn.reports.queries import Listed, Picture
from elearn.reports.roll import Line
from elearn.reports.rules import Figures

FIGURES = (
    Column("bound", say("Terikat"), "count"),
    Column("not_started", say("Belum mulai"), "count"),
    Column("learning", say("Belajar"), "count"),
    Column("passed", say("Lulus"), "count"),
    Column("signed", say("Menandatangani"), "count"),
    Column("certified", say("Bersertifikat"), "count"),
    Column("late", say("Terlambat"), "count"),
    Column("percent", say("Persen"), "percent"),
)
DONE = Column("done", say("Selesai"), "count")
NAMES = (Column("name", say("Nama")), Column("nip", say("NIP"), "nip"))
UNIT, STAGE = Column("agency", say("Unit kerja")), Column("stage", say("Tahap"))
BY_PERSON = (
    *NAMES,
    Column("kind", say("Jenis")),
    Column("rank", say("Golongan")),
    Column("post", say("Jabatan")),
    UNIT,
    STAGE,
    Column("deadline_on", say("Tenggat"), "date"),
    Column("late", say("Terlambat")),
    Column("passed_on", say("Lulus"), "date"),
    Column("signed_on", say("Menandatangani"), "date"),
    Column("certified_on", say("Bersertifikat"), "date"),
)
IN_SHORT = ("name", "nip", "agency", "stage", "certified_on")
"""The columns of a list of people that fit a screen and a printed page."""

MEANING = say(
    "Setiap pegawai terikat dihitung sekali pada tahap terjauh yang dicapainya; bila beberapa modul diminta, pada "
    "modul yang paling tertinggal. Terlambat: tenggat lewat dan pakta belum ditandatangani. Persen: menandatangani "
    "atau bersertifikat, dari yang terikat."
)
LATE_WORD, IN_TIME_WORD = say("ya"), say("tidak")


def by_opd(asked: Asked) -> Table:
    """The report of all OPD one may see, by name, with their total."""
    offices = asked.offices
    rows = [(offices.name(opd), figures, offices.code(opd)) for opd, figures in asked.picture.tally.items()]
    return figures_table(
        say("Ketuntasan per perangkat daerah"), term("one", "OPD"), sorted(rows, key=_by_name), asked, asked.picture
    )


def by_unit(asked: Asked, above: UUID, picture: Picture) -> Table:
    """The report of one agency: each unit right below it with all of its own, and who serves at the agency itself."""
    below = cache(lambda agency_id: rules.child_on(asked.offices.line(agency_id), above))
    found = picture.by(lambda group: below(group.agency_id))
    rows = [(asked.offices.name(unit), figures, asked.offices.code(unit)) for unit, figures in found.items()]
    return figures_table(say("Ketuntasan per unit"), say("Unit"), sorted(rows, key=_by_name), asked, picture)


def figures_table(
    title: str, heading: str, rows: Iterable[tuple[str, Figures, str]], asked: Asked, picture: Picture
) -> Table:
    """Rows of figures, each with its name and the code of the agency it leads to, and the figures of everybody."""
    return Table(
        title=title,
        columns=(Column("name", heading), *FIGURES),
        rows=[{"name": name, "_code": code, **cells(figures)} for name, figures, code in rows],
        notes=asked.notes(MEANING),
        total={"name": say("Jumlah"), **cells(picture.total)},
    )


def by_person(lines: Iterable[Line], asked: Asked) -> Table:
    """The report of one agency, person by person, in the order given."""
    offices, zone = asked.offices, clock.zone()
    return Table(
        title=say("Ketuntasan per pegawai"),
        columns=BY_PERSON,
        rows=[_row(line, offices, zone) for line in lines],
        notes=asked.notes(MEANING),
    )


def narrowed(people: Iterable[Listed], *, only: str = "", words: str = "") -> list[Listed]:
    """Of people by name those who pass one of STAGES and have these words in name or NIP."""
    found = [each for each in people if _passes(each.standing, only)] if only else list(people)
    return [each for each in found if matches(each.who, words)] if words else found


def in_short(table: Table) -> Table:
    """A list of people with the columns that fit a screen or a page; who is late is said beside the stage."""
    rows = [
        {**row, "stage": say("%(stage)s, terlambat", stage=row["stage"])} if row["late"] == LATE_WORD else row
        for row in table.rows
    ]
    return replace(table, columns=[column for column in table.columns if column.key in IN_SHORT], rows=rows)


def cells(figures: Figures) -> dict[str, Any]:
    """The cells of a row of figures."""
    return {column.key: getattr(figures, column.key) for column in FIGURES}


def _by_name(row: tuple[str, Figures, str]) -> tuple[bool, str]:
    return row[0] == NO_OPD, row[0]


def _passes(standing: Standing, only: str) -> bool:
    """Whether a standing is what a list is narrowed to; an unknown word narrows nothing."""
    if only == LATE:
        return standing.is_late
    return only not in STAGES or not only or STAGES[only] == STAGE_NAMES[standing.stage]


def matches(person: Who, words: str) -> bool:
    """Whether each word stands in the name or begins the NIP."""
    name = person.name.casefold()
    return all(word in name or person.nip.startswith(word) for word in words.casefold().split())


def _row(line: Line, offices: Offices, zone: tzinfo) -> dict[str, Any]:
    """One person's row; a date is that of the last module finished, the deadline the first one due."""
    person, stands = line.person, line.standing
    _started, passed, signed, certified = zip(*line.completions, strict=True)
    return {
        "name": person.name,
        "nip": person.nip,
        "kind": person.kind.words,
        "rank": person.rank,
        "post": person.post,
        "agency": offices.name(person.agency_id),
        "stage": STAGE_NAMES[stands.stage],
        "deadline_on": min([duty.deadline_on for duty in line.obligations]),
        "late": LATE_WORD if stands.is_late else IN_TIME_WORD,
        "passed_on": _last(passed, zone),
        "signed_on": _last(signed, zone),
        "certified_on": _last(certified, zone),
    }


def _last(instants: Sequence[datetime | None], zone: tzinfo) -> date | None:
    """The day of the last of these at the regency, None as long as one is missing."""
    known = [instant for instant in instants if instant is not None]
    return max(known).astimezone(zone).date() if len(known) == len(instants) else None

"""Completion cut in other ways: by unit, kind, rank, post, directive and module; who is late; the OPD in order."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from elearn.agencies.rules import EmployeeKind, PostGroup
from elearn.core.tables import Column, Table
from elearn.reports import completion, rules
from elearn.reports.asking import UNRECORDED_WORDS, Asked, post_group_words
from elearn.reports.completion import FIGURES, MEANING
from elearn.reports.offices import Offices
from elearn.reports.queries import RANK_GROUPS, Line
from elearn.reports.rules import LEAST, Figures

NOW = "Jenis dan golongan menurut data kepegawaian sekarang."
SEVERAL = "Seorang pegawai dapat dihitung di beberapa baris, karena itu tidak ada jumlah."
HIDDEN = f"Kelompok di bawah {LEAST} pegawai tidak ditampilkan."

PLACES = (
    Column("place", "Urutan", "count"),
    Column("name", "OPD"),
    Column("bound", "Terikat", "count"),
    Column("done", "Selesai", "count"),
    Column("late", "Terlambat", "count"),
    Column("percent", "Persen", "percent"),
)
LATE_LIST = (
    Column("name", "Nama"),
    Column("nip", "NIP", "nip"),
    Column("opd", "OPD"),
    Column("agency", "Unit kerja"),
    Column("stage", "Tahap"),
    Column("days", "Hari terlambat", "count"),
)


def by_unit(asked: Asked) -> Table:
    """Every unit where people serve, by OPD and name, with those who serve right there."""
    offices = asked.offices
    found = asked.picture.by(lambda group: group.agency_id)
    named = sorted(((offices.opd_name(unit), offices.name(unit)), unit) for unit in found)
    rows = [
        {"opd": opd, "name": name, "_code": offices.code(unit), **completion.cells(found[unit])}
        for (opd, name), unit in named
    ]
    return Table(
        title="Ketuntasan per unit kerja",
        columns=(Column("opd", "OPD"), Column("name", "Unit"), *FIGURES),
        rows=rows,
        notes=asked.notes(MEANING),
        total={"opd": "Jumlah", **completion.cells(asked.picture.total)},
    )


def by_kind(asked: Asked) -> Table:
    """By kind of employee."""
    found = asked.picture.by(lambda group: group.kind)
    rows = _in_order(found, {kind.value: kind.words for kind in EmployeeKind})
    return _table("Ketuntasan per jenis pegawai", "Jenis pegawai", rows, asked, f"{MEANING} {NOW}")


def by_rank(asked: Asked) -> Table:
    """By group of ranks, all PPPK together."""
    found = asked.ranked_picture.by(lambda group: group.rank)
    names = {rank: rank if rank == "PPPK" else f"Golongan {rank}" for rank in RANK_GROUPS}
    rows = _in_order(found, {**names, None: UNRECORDED_WORDS})
    return _table("Ketuntasan per golongan", "Golongan", rows, asked, f"{MEANING} {NOW}")


def by_post(asked: Asked) -> Table:
    """By group of posts."""
    found = asked.picture.by(lambda group: group.post_group)
    names = {group: post_group_words(group) for group in (*PostGroup, None)}
    return _table("Ketuntasan per kelompok jabatan", "Kelompok jabatan", _in_order(found, names), asked, MEANING)


def by_directive(asked: Asked) -> Table:
    """By directive in force, the most urgent first."""
    rows = [
        {
            "name": each.number,
            "subject": each.subject,
            "deadline_on": each.deadline_on,
            "_directive": each.id,
            **completion.cells(asked.picture.course_of(each)),
        }
        for each in asked.directives
    ]
    columns = (Column("name", "Nomor"), Column("subject", "Hal"), Column("deadline_on", "Tenggat", "date"), *FIGURES)
    notes = asked.notes(f"{MEANING} {SEVERAL}")
    return Table(title="Ketuntasan per edaran", columns=columns, rows=rows, notes=notes)


def by_module(asked: Asked) -> Table:
    """By module that somebody must finish, under its present title."""
    titles = asked.module_titles
    found = {titles.get(slug, slug): figures for slug, figures in asked.picture.by_module().items()}
    rows = [{"name": title, **completion.cells(found[title])} for title in sorted(found)]
    notes = asked.notes(f"{MEANING} {SEVERAL}")
    return Table(title="Ketuntasan per modul", columns=(Column("name", "Modul"), *FIGURES), rows=rows, notes=notes)


def ranking(asked: Asked) -> Table:
    """The OPD in order of their share, the larger first of equals; small ones only for the whole regency."""
    shown = {
        opd: figures
        for opd, figures in asked.picture.tally.items()
        if opd and (asked.is_whole or figures.bound >= LEAST)
    }
    ordered = sorted(shown, key=lambda opd: (-(shown[opd].percent or 0), -shown[opd].bound, asked.offices.name(opd)))
    rows = [_placed(place, asked.offices, opd, shown[opd]) for place, opd in enumerate(ordered, start=1)]
    meaning = MEANING if asked.is_whole else f"{MEANING} {HIDDEN}"
    return Table("Peringkat perangkat daerah", PLACES, rows, asked.notes(meaning))


def late_lines(asked: Asked) -> list[Line]:
    """Who is late, the longest first, then by name."""
    late = (line for line in asked.lines() if line.standing.is_late)
    found = completion.narrowed(late, words=asked.words)
    return sorted(found, key=lambda line: (-line.days_late, line.person.name, line.person.nip))


def late(asked: Asked, lines: Iterable[Line]) -> Table:
    """A list of who is late, and by how many days."""
    meaning = "Hari terlambat dihitung dari tenggat terlama yang lewat, sampai pakta ditandatangani."
    rows = [_late_row(line, asked.offices) for line in lines]
    return Table("Pegawai yang terlambat", LATE_LIST, rows, asked.notes(meaning))


def _placed(place: int, offices: Offices, opd: Any, figures: Figures) -> dict[str, Any]:
    told = {column.key: getattr(figures, column.key) for column in PLACES[2:]}
    return {"place": place, "name": offices.name(opd), "_code": offices.code(opd), **told}


def _late_row(line: Line, offices: Offices) -> dict[str, Any]:
    person = line.person
    return {
        "_employee": person.employee_id,
        "name": person.name,
        "nip": person.nip,
        "opd": offices.name(person.opd_id),
        "agency": offices.name(person.agency_id),
        "stage": completion.STAGE_NAMES[line.standing.stage],
        "days": line.days_late,
    }


def _in_order(found: Mapping[Any, Figures], names: Mapping[Any, str]) -> list[tuple[str, Figures]]:
    """The rows that have people, in the order of the names."""
    return [(name, found[key]) for key, name in names.items() if key in found]


def _table(title: str, heading: str, rows: Sequence[tuple[str, Figures]], asked: Asked, meaning: str) -> Table:
    told = [{"name": name, **completion.cells(figures)} for name, figures in rows]
    total = {"name": "Jumlah", **completion.cells(rules.total(figures for _, figures in rows))}
    return Table(title, (Column("name", heading), *FIGURES), told, asked.notes(meaning), total)

"""Completion cut in other ways: by unit, kind, rank, post, directive and module; who is late; the OPD in order."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from elearn.agencies.rules import EmployeeKind, PostGroup
from elearn.core.speech import Sentence, say, term
from elearn.core.tables import Column, Table
from elearn.reports import asking, completion, rules
from elearn.reports.asking import UNRECORDED_WORDS, Asked, post_group_words
from elearn.reports.completion import DONE, FIGURES, MEANING, NAMES, STAGE, UNIT
from elearn.reports.groups import RANK_GROUPS
from elearn.reports.offices import Offices
from elearn.reports.queries import Listed
from elearn.reports.rules import LEAST, Figures

SEVERAL = say("Seorang pegawai dapat dihitung di beberapa baris, karena itu tidak ada jumlah.")
HIDDEN = say("Kelompok di bawah %(least)s pegawai tidak ditampilkan.", least=LEAST)

BOUND, *_, LATE, PERCENT = FIGURES
PLACES = (Column("place", say("Urutan"), "count"), Column("name", term("one", "OPD")), BOUND, DONE, LATE, PERCENT)
LATE_LIST = (*NAMES, Column("opd", term("one", "OPD")), UNIT, STAGE, Column("days", say("Hari terlambat"), "count"))


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
        title=say("Ketuntasan per unit kerja"),
        columns=(Column("name", say("Unit")), Column("opd", term("one", "OPD")), *FIGURES),
        rows=rows,
        notes=asked.notes(MEANING),
        total={"name": say("Jumlah"), **completion.cells(asked.picture.total)},
    )


def by_kind(asked: Asked) -> Table:
    """By kind of employee."""
    found = asked.picture_by("kind").by(lambda group: group.kind)
    rows = _in_order(found, {kind.value: kind.words for kind in EmployeeKind})
    return _table(say("Ketuntasan per jenis pegawai"), say("Jenis pegawai"), rows, asked, MEANING)


def by_rank(asked: Asked) -> Table:
    """By group of ranks, all PPPK together."""
    found = asked.picture_by("rank").by(lambda group: group.rank)
    names = {rank: rank if rank == "PPPK" else say("Golongan %(rank)s", rank=rank) for rank in RANK_GROUPS}
    rows = _in_order(found, {**names, None: UNRECORDED_WORDS})
    return _table(say("Ketuntasan per golongan"), say("Golongan"), rows, asked, MEANING)


def by_post(asked: Asked) -> Table:
    """By group of posts."""
    found = asked.picture_by("post_group").by(lambda group: group.post_group)
    names = {group: post_group_words(group) for group in (*PostGroup, None)}
    return _table(
        say("Ketuntasan per kelompok jabatan"), say("Kelompok jabatan"), _in_order(found, names), asked, MEANING
    )


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
    columns = (
        Column("name", say("Nomor")),
        Column("subject", say("Hal"), lang="id"),
        Column("deadline_on", say("Tenggat"), "date"),
        *FIGURES,
    )
    notes = asked.notes(_both(MEANING, SEVERAL))
    return Table(title=say("Ketuntasan per edaran"), columns=columns, rows=rows, notes=notes)


def by_module(asked: Asked) -> Table:
    """By module that somebody must finish, under its title of that day."""
    titles = asked.module_titles
    found = {titles.get(slug, slug): figures for slug, figures in asked.picture.by_module().items()}
    rows = [{"name": title, **completion.cells(found[title])} for title in sorted(found)]
    notes = asked.notes(_both(MEANING, SEVERAL))
    return Table(
        title=say("Ketuntasan per modul"),
        columns=(Column("name", say("Modul"), lang="id"), *FIGURES),
        rows=rows,
        notes=notes,
    )


def ranking(asked: Asked) -> Table:
    """The OPD in order of their share, the larger first of equals; small ones only for the whole regency.

    Who sees one of several OPD reads no place: there is none among itself.
    """
    shown = {
        opd: figures
        for opd, figures in asked.picture.tally.items()
        if opd and (asked.is_whole or figures.bound >= LEAST)
    }
    ordered = sorted(shown, key=lambda opd: (-(shown[opd].percent or 0), -shown[opd].bound, asked.offices.name(opd)))
    has_places = asked.is_whole or len(ordered) > 1
    rows = [
        _placed(place if has_places else None, asked.offices, opd, shown[opd])
        for place, opd in enumerate(ordered, start=1)
    ]
    meaning = MEANING if asked.is_whole else _both(MEANING, HIDDEN)
    return Table(say("Peringkat perangkat daerah"), PLACES, rows, asked.notes(meaning))


def late_people(asked: Asked) -> list[Listed]:
    """Who is late, the longest first, then by name."""
    found = completion.narrowed(asked.by_name.people, only=asking.LATE, words=asked.words)
    return sorted(found, key=lambda each: -each.days_late)


def late(asked: Asked, people: Iterable[Listed]) -> Table:
    """A list of who is late, and by how many days."""
    meaning = say("Hari terlambat dihitung dari tenggat terlama yang lewat, sampai pakta ditandatangani.")
    rows = [_late_row(each, asked.offices) for each in people]
    return Table(say("Pegawai yang terlambat"), LATE_LIST, rows, asked.notes(meaning))


def _both(meaning: Sentence, more: Sentence) -> Sentence:
    return say("%(meaning)s %(more)s", meaning=meaning, more=more)


def _placed(place: int | None, offices: Offices, opd: Any, figures: Figures) -> dict[str, Any]:
    told = {column.key: getattr(figures, column.key) for column in PLACES[2:]}
    return {"place": place, "name": offices.name(opd), "_code": offices.code(opd), **told}


def _late_row(late: Listed, offices: Offices) -> dict[str, Any]:
    return {
        "_employee": late.who.employee_id,
        "name": late.who.name,
        "nip": late.who.nip,
        "opd": offices.name(late.group.opd_id),
        "agency": offices.name(late.group.agency_id),
        "stage": completion.STAGE_NAMES[late.standing.stage],
        "days": late.days_late,
    }


def _in_order(found: Mapping[Any, Figures], names: Mapping[Any, str]) -> list[tuple[str, Figures]]:
    """The rows that have people, in the order of the names."""
    return [(name, found[key]) for key, name in names.items() if key in found]


def _table(title: str, heading: str, rows: Sequence[tuple[str, Figures]], asked: Asked, meaning: str) -> Table:
    told = [{"name": name, **completion.cells(figures)} for name, figures in rows]
    total = {"name": say("Jumlah"), **completion.cells(rules.total(figures for _, figures in rows))}
    return Table(title, (Column("name", heading), *FIGURES), told, asked.notes(meaning), total)

"""Every report there is: its address, its card, what it can be narrowed by, its table and its picture."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import Any, Literal

from sqlalchemy import Select

from elearn.core.db import db
from elearn.core.permissions import Permission
from elearn.core.speech import Sentence, say, term
from elearn.core.tables import Column, Table
from elearn.reports import cuts, registers, risks, trend
from elearn.reports.asking import Asked

PEOPLE = frozenset({"arahan", "opd", "jenis", "jabatan"})
PAPERS = frozenset({"opd", "modul", "cari"})
IN_PART = 12
"""As many signs of a fingerprint fit a screen."""
SUBJECT = 90
"""As many signs of a directive's subject fit beside a bar."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a table: bars or a line through (label, share).

    A bar is (label, share, words, address), and perhaps what its label stands for.
    """

    kind: Literal["bars", "line"]
    caption: str
    rows: Sequence[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Report:
    """One report. What lists people gives `rows`, of which a page shows a part; `brief` is what fits a screen."""

    slug: str
    title: str
    says: str
    table: Callable[..., Table]
    rows: Callable[[Asked], Any] | None = None
    known: frozenset[str] = PEOPLE
    access: tuple[Permission, ...] = (Permission.REPORT_ANY_READ,)
    chart: Callable[[Table], Chart | None] = lambda _table: None
    brief: Callable[[Table], Table] = lambda table: table

    @property
    def scope(self) -> Permission:
        """The permission whose agencies bound what is seen."""
        is_narrow = Permission.CERTIFICATE_ANY_READ in self.access
        return Permission.CERTIFICATE_ANY_READ if is_narrow else Permission.REPORT_ANY_READ

    def whole(self, asked: Asked) -> Table:
        """The table with everybody in it."""
        if self.rows is None:
            return self.table(asked)
        found = self.rows(asked)
        return self.table(asked, db.session.execute(found).all() if isinstance(found, Select) else found)


def bars(table: Table) -> Chart | None:
    """The share of each row as a bar."""
    rows = [(row["name"], row["percent"], _in_words(row), None) for row in table.rows if row["percent"] is not None]
    return Chart("bars", say("%(title)s, bagian yang selesai", title=table.title), rows) if rows else None


def bars_of_directives(table: Table) -> Chart | None:
    """The share of each directive as a bar, with its subject, as few know them by number."""
    chart = bars(table)
    subjects = {row["name"]: shorten(row["subject"], SUBJECT, placeholder="…") for row in table.rows}
    return chart and replace(chart, rows=[(*row, subjects[row[0]]) for row in chart.rows])


def named_by_subject(table: Table) -> Table:
    """The directives with number and subject in one column."""
    rows = [{**row, "name": f"{row['name']}, {row['subject']}"} for row in table.rows]
    first, _, *others = table.columns
    return replace(table, columns=(Column(first.key, term("one", "Edaran"), lang="id"), *others), rows=rows)


def lowest_first(table: Table) -> Chart | None:
    """The share of each row as a bar, the lowest first."""
    chart = bars(table)
    return chart and replace(chart, rows=sorted(chart.rows, key=lambda row: (row[1], row[0])))


def line(table: Table) -> Chart | None:
    """The share from day to day as a line."""
    rows = [(row["day"], row["percent"] or 0.0) for row in table.rows]
    return Chart("line", say("Bagian yang selesai"), rows) if any(row["bound"] for row in table.rows) else None


def topics(table: Table) -> Chart | None:
    """The share of wrong answers of each topic as a bar, the highest first."""
    total: Mapping[str, Any] = table.total or {}
    shares = [(c.title, total.get(c.key)) for c in table.columns if c.kind == "percent"]
    known = sorted(((name, share) for name, share in shares if share is not None), key=lambda pair: -pair[1])
    rows = [(name, share, _share(share), None) for name, share in known]
    return Chart("bars", say("Bagian jawaban pertama yang keliru per topik"), rows) if rows else None


def short_prints(table: Table) -> Table:
    """The pacts with the beginning of each fingerprint."""
    rows = [{**row, "fingerprint": f"{row['fingerprint'][:IN_PART]}…"} for row in table.rows]
    return replace(table, rows=rows)


def _in_words(row: Mapping[str, Any]) -> Sentence:
    share = _share(row["percent"])
    return say("%(share)s · %(late)s terlambat", share=share, late=row["late"]) if row["late"] else share


def _share(share: float) -> Sentence:
    """A share of one as a percentage, like `bahasa.persen`, to be written when it is shown."""
    return say("%(number)s %%", number=round(share * 100))


REPORTS = (
    Report("unit", say("Per unit kerja"), say("Setiap unit dengan pegawai yang bertugas di sana."), cuts.by_unit),
    Report(
        "jenis", say("Per jenis pegawai"), say("PNS, CPNS, PPPK, dan PPPK Paruh Waktu."), cuts.by_kind, chart=bars
    ),
    Report("golongan", say("Per golongan"), say("Golongan I sampai IV, dan PPPK."), cuts.by_rank, chart=bars),
    Report(
        "jabatan",
        say("Per kelompok jabatan"),
        say("Dari pimpinan tinggi sampai pelaksana."),
        cuts.by_post,
        chart=bars,
    ),
    Report(
        "edaran",
        say("Per edaran"),
        say("Bagaimana tiap edaran diikuti."),
        cuts.by_directive,
        chart=bars_of_directives,
        brief=named_by_subject,
    ),
    Report(
        "modul", say("Per modul"), say("Setiap modul bagi yang wajib menyelesaikannya."), cuts.by_module, chart=bars
    ),
    Report(
        "terlambat",
        say("Pegawai yang terlambat"),
        say("Siapa yang melewati tenggat, dan berapa hari."),
        cuts.late,
        rows=cuts.late_people,
        known=PEOPLE | {"cari"},
    ),
    Report(
        "perkembangan",
        say("Perkembangan"),
        say("Bagian yang selesai dari hari ke hari."),
        trend.table,
        known=PEOPLE | {"sejak"},
        chart=line,
    ),
    Report(
        "peringkat",
        say("Peringkat perangkat daerah"),
        say("Urutan OPD menurut bagian yang selesai, beserta jumlahnya."),
        cuts.ranking,
        known=frozenset({"arahan", "jenis", "jabatan"}),
        chart=bars,
    ),
    Report(
        "kerawanan",
        say("Peta kerawanan"),
        say("Topik yang sering dijawab keliru, per OPD."),
        risks.table,
        known=frozenset({"opd", "jenis", "jabatan", "modul"}),
        chart=topics,
    ),
    Report(
        "sertifikat",
        say("Register sertifikat"),
        say("Nomor, kode, pemegang, dan keadaan tiap sertifikat."),
        registers.certificates,
        rows=registers.list_certificates,
        known=PAPERS,
        access=(Permission.CERTIFICATE_ANY_READ,),
    ),
    Report(
        "pakta",
        say("Pakta menurut versi teks"),
        say("Siapa menandatangani naskah yang mana, dan kapan."),
        registers.pacts,
        rows=registers.list_pacts,
        known=PAPERS,
        brief=short_prints,
    ),
    Report(
        "petugas",
        say("Kegiatan petugas"),
        say("Kode aktivasi, impor, mutasi, dan pekerjaan lain, per bulan."),
        registers.work,
        rows=registers.list_work,
        known=frozenset(),
        access=(Permission.LEDGER_ANY_READ, Permission.AGENCY_ROSTER_IMPORT),
    ),
)
"""The reports beside the one on completion by OPD, which has pages of its own."""
BY_SLUG = {report.slug: report for report in REPORTS}

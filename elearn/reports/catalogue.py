"""Every report there is: its address, its card, what it can be narrowed by, its table and its picture."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import Select

from elearn.core.bahasa import persen
from elearn.core.db import db
from elearn.core.permissions import Permission
from elearn.core.tables import Table
from elearn.reports import cuts, registers, risks, trend
from elearn.reports.asking import Asked

PEOPLE = frozenset({"arahan", "opd", "jenis", "jabatan"})
PAPERS = frozenset({"opd", "modul", "cari"})
IN_PART = 12
"""As many signs of a fingerprint fit a screen."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a table: bars as (label, share, words, address), or a line through (label, share)."""

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
    return Chart("bars", f"{table.title}, bagian yang selesai", rows) if rows else None


def lowest_first(table: Table) -> Chart | None:
    """The share of each row as a bar, the lowest first."""
    chart = bars(table)
    return chart and replace(chart, rows=sorted(chart.rows, key=lambda row: (row[1], row[0])))


def line(table: Table) -> Chart | None:
    """The share from day to day as a line."""
    rows = [(row["day"], row["percent"] or 0.0) for row in table.rows]
    return Chart("line", "Bagian yang selesai", rows) if any(row["bound"] for row in table.rows) else None


def topics(table: Table) -> Chart | None:
    """The share of wrong answers of each topic as a bar, the highest first."""
    total: Mapping[str, Any] = table.total or {}
    shares = [(c.title, total.get(c.key)) for c in table.columns if c.kind == "percent"]
    known = sorted(((name, share) for name, share in shares if share is not None), key=lambda pair: -pair[1])
    rows = [(name, share, persen(share), None) for name, share in known]
    return Chart("bars", "Bagian jawaban pertama yang keliru per topik", rows) if rows else None


def short_prints(table: Table) -> Table:
    """The pacts with the beginning of each fingerprint."""
    rows = [{**row, "fingerprint": f"{row['fingerprint'][:IN_PART]}…"} for row in table.rows]
    return replace(table, rows=rows)


def _in_words(row: Mapping[str, Any]) -> str:
    late = f" · {row['late']} terlambat" if row["late"] else ""
    return f"{persen(row['percent'])}{late}"


REPORTS = (
    Report("unit", "Per unit kerja", "Setiap unit dengan pegawai yang bertugas di sana.", cuts.by_unit),
    Report("jenis", "Per jenis pegawai", "PNS, CPNS, PPPK, dan PPPK Paruh Waktu.", cuts.by_kind, chart=bars),
    Report("golongan", "Per golongan", "Golongan I sampai IV, dan PPPK.", cuts.by_rank, chart=bars),
    Report("jabatan", "Per kelompok jabatan", "Dari pimpinan tinggi sampai pelaksana.", cuts.by_post, chart=bars),
    Report("edaran", "Per edaran", "Bagaimana tiap edaran diikuti.", cuts.by_directive, chart=bars),
    Report("modul", "Per modul", "Setiap modul bagi yang wajib menyelesaikannya.", cuts.by_module, chart=bars),
    Report(
        "terlambat",
        "Pegawai yang terlambat",
        "Siapa yang melewati tenggat, dan berapa hari.",
        cuts.late,
        rows=cuts.late_people,
        known=PEOPLE | {"cari"},
    ),
    Report(
        "perkembangan",
        "Perkembangan",
        "Bagian yang selesai dari hari ke hari.",
        trend.table,
        known=PEOPLE | {"sejak"},
        chart=line,
    ),
    Report(
        "peringkat",
        "Peringkat perangkat daerah",
        "Urutan OPD menurut bagian yang selesai, beserta jumlahnya.",
        cuts.ranking,
        known=frozenset({"arahan", "jenis", "jabatan"}),
        chart=bars,
    ),
    Report(
        "kerawanan",
        "Peta kerawanan",
        "Topik yang sering dijawab keliru, per OPD.",
        risks.table,
        known=frozenset({"opd", "jenis", "jabatan", "modul"}),
        chart=topics,
    ),
    Report(
        "sertifikat",
        "Register sertifikat",
        "Nomor, kode, pemegang, dan keadaan tiap sertifikat.",
        registers.certificates,
        rows=registers.list_certificates,
        known=PAPERS,
        access=(Permission.CERTIFICATE_ANY_READ,),
    ),
    Report(
        "pakta",
        "Pakta menurut versi teks",
        "Siapa menandatangani naskah yang mana, dan kapan.",
        registers.pacts,
        rows=registers.list_pacts,
        known=PAPERS,
        brief=short_prints,
    ),
    Report(
        "petugas",
        "Kegiatan petugas",
        "Kode aktivasi, impor, mutasi, dan pekerjaan lain, per bulan.",
        registers.work,
        rows=registers.list_work,
        known=frozenset(),
        access=(Permission.LEDGER_ANY_READ, Permission.AGENCY_ROSTER_IMPORT),
    ),
)
"""The reports beside the one on completion by OPD, which has pages of its own."""
BY_SLUG = {report.slug: report for report in REPORTS}

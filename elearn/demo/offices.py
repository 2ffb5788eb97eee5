"""The offices of Kabupaten Bukit Serawai: 40 perangkat daerah and the units below them, as PP 18/2016 orders them.

What stands in no rule (names, numbers of schools, numbers of people) is listed in `data/*.csv`.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

REGENCY = "Kabupaten Bukit Serawai"
SEAT = "Kota Serawai"
"""The capital; letters are dated there."""
ROOT_CODE = "bukit-serawai"

STEADY_OPD = ("inspektorat", "bkpsdm", "kesbangpol")
"""Perangkat daerah whose people did not change in the past year; the first circular was addressed to them."""

Level = Literal["instansi", "opd", "unit"]

_DATA = Path(__file__).with_name("data")
_PEOPLE = {"sd": 10, "smp": 19, "tk": 5, "puskesmas": 37, "kecamatan": 16, "kelurahan": 6}
"""How many people work at such a place when the regency has its 4,000."""
_STREETS = (
    "Jalan Melati",
    "Jalan Veteran",
    "Jalan Raya Serawai",
    "Jalan Pendidikan",
    "Jalan Cendana",
    "Jalan Lintas",
)


@dataclass(frozen=True)
class Office:
    """One node of the tree, with what is needed to staff it."""

    code: str
    name: str
    short_name: str
    level: Level
    parent_code: str | None
    head_title: str
    address: str
    staffing: str
    """The kind of place it is, a key of `staffing.PLACES`; empty for the root, where nobody works."""
    people: int
    """How many work here itself, units below not counted, when the regency has its 4,000."""
    field: str = "umum"
    """The field of knowledge of its own staff, a key of `posts.FIELDS`."""
    divisions: tuple[str, ...] = ()
    """Divisions (bidang) that have a head of their own but are no node of the tree."""

    @property
    def opd_code(self) -> str:
        """The code of the perangkat daerah it belongs to; its own for one, the root's for the root."""
        return self.code.split(".")[0]


@cache
def offices() -> tuple[Office, ...]:
    """The whole tree, every office after its parent."""
    return (_root(), *_headquarters(), *_districts())


def _root() -> Office:
    return Office(
        code=ROOT_CODE,
        name=f"Pemerintah {REGENCY}",
        short_name="Pemkab Bukit Serawai",
        level="instansi",
        parent_code=None,
        head_title="Bupati",
        address=f"Jalan Merdeka Nomor 1, {SEAT}",
        staffing="",
        people=0,
    )


def _headquarters() -> Iterator[Office]:
    """The 29 perangkat daerah with a task of their own, each followed by its units."""
    for number, row in enumerate(_rows("opd"), start=2):
        opd = Office(
            code=row["code"],
            name=row["name"],
            short_name=row["short_name"],
            level="opd",
            parent_code=ROOT_CODE,
            head_title=row["head_title"],
            address=f"Jalan Merdeka Nomor {number}, {SEAT}",
            staffing=row["staffing"],
            people=int(row["people"]),
            field=row["field"],
            divisions=_names(row["divisions"]),
        )
        yield opd
        yield from _units(opd, _places_below(opd.code))


def _districts() -> Iterator[Office]:
    """The 11 kecamatan, each followed by its kelurahan."""
    for row in _rows("districts"):
        district = Office(
            code=f"kec-{row['name'].lower().replace(' ', '-')}",
            name=f"Kecamatan {row['name']}",
            short_name=f"Kec. {row['name']}",
            level="opd",
            parent_code=ROOT_CODE,
            head_title="Camat",
            address=f"Jalan Raya {row['name']} Nomor 1, {row['name']}",
            staffing="kecamatan",
            people=_PEOPLE["kecamatan"],
            field="pemerintahan",
        )
        yield district
        yield from _units(
            district, (_place(f"Kelurahan {ward}", "Lurah", "kelurahan") for ward in _names(row["wards"]))
        )


def _units(opd: Office, places: Iterator[dict[str, str]]) -> Iterator[Office]:
    for number, place in enumerate(places, start=1):
        yield Office(
            code=f"{opd.code}.{number:03}",
            name=place["name"],
            short_name=place["name"],
            level="unit",
            parent_code=opd.code,
            head_title=place["head_title"],
            address=f"{_STREETS[number % len(_STREETS)]} Nomor {number * 7 % 90 + 1}",
            staffing=place["staffing"],
            people=int(place["people"]),
            field=opd.field,
        )


def _places_below(opd_code: str) -> Iterator[dict[str, str]]:
    yield from (row for row in _rows("units") if row["opd"] == opd_code)
    for district in _rows("districts"):
        if opd_code == "disdikbud":
            yield from _schools(district)
        if opd_code == "dinkes":
            yield from (
                _place(f"Puskesmas {name}", "Kepala Puskesmas", "puskesmas") for name in _names(district["clinics"])
            )


def _schools(district: dict[str, str]) -> Iterator[dict[str, str]]:
    yield _place(f"TK Negeri Pembina {district['name']}", "Kepala Sekolah", "tk")
    for number in range(1, int(district["primary_schools"]) + 1):
        yield _place(f"SD Negeri {number:02} {district['name']}", "Kepala Sekolah", "sd")
    for number in range(1, int(district["secondary_schools"]) + 1):
        yield _place(f"SMP Negeri {number} {district['name']}", "Kepala Sekolah", "smp")


def _place(name: str, head_title: str, staffing: str) -> dict[str, str]:
    return {"name": name, "head_title": head_title, "staffing": staffing, "people": str(_PEOPLE[staffing])}


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in text.split(", ") if name)


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    with (_DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter=";"))

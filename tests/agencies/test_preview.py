"""What a roster changes, as lines to look through."""

import datetime as dt
from dataclasses import replace

import pytest

from elearn.agencies import difference, preview
from elearn.agencies.difference import Standing
from elearn.agencies.preview import Entry, Filter, Kind
from elearn.agencies.rules import EmployeeKind, Person, PostGroup
from elearn.core.db import new_id
from tests.factories.agencies import a_nip

DAY = dt.date(2026, 11, 1)
HERE, THERE = new_id(), new_id()
NAMES = {HERE: "SDN 1 Manna", THERE: "SDN 2 Manna"}
SITI = Person(a_nip(1), "Siti Aminah", EmployeeKind.PNS, HERE, post="Guru")
BUDI, ANI, RUDI, WATI = (
    replace(SITI, nip=a_nip(n), name=name) for n, name in enumerate(["Budi", "Ani", "Rudi", "Wati"], 2)
)


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    """One of each kind: Siti joins, Budi moves, Ani gets another post, Rudi returns, Wati is missing."""
    since = dt.date(2026, 1, 5)
    known = {
        person.nip: Standing(person, since, person is not RUDI, new_id(), new_id(), new_id())
        for person in (BUDI, ANI, RUDI, WATI)
    }
    new = [
        replace(SITI, post_group=PostGroup.FUNCTIONAL),
        replace(BUDI, agency_id=THERE),
        replace(ANI, post="Kepala Sekolah", rank="III/c"),
        RUDI,
    ]
    roster = {("", line): person for line, person in enumerate(new, start=2)}
    found = difference.between(
        known, roster, as_of=DAY, seen={p.nip for p in new}, covered={HERE, THERE}, is_complete=True
    )
    return preview.entries(found)


def test_everybody_has_a_kind_and_a_reason(entries: list[Entry]) -> None:
    """In words that name the books and the file."""
    told = {entry.kind: " ".join(preview.reasons(entry, NAMES, {SITI.nip}, DAY)) for entry in entries}
    assert {
        Kind.JOIN: "NIP ini belum ada dalam data kami. Tercatat di SDN 1 Manna sebagai Guru mulai 1 November 2026. "
        "Kelompok jabatan: Fungsional (perkiraan dari nama jabatan).",
        Kind.RETURN: "Tercatat keluar sejak 5 Januari 2026, kini tercantum lagi di SDN 1 Manna.",
        Kind.MOVE: "Bertugas di SDN 1 Manna menurut data kami, di SDN 2 Manna menurut berkas.",
        Kind.CHANGE: "Jabatan: Guru menjadi Kepala Sekolah. Golongan: kosong menjadi III/c.",
        Kind.LEAVE: "Bertugas di SDN 1 Manna menurut data kami, tetapi tidak tercantum dalam berkas.",
    } == told


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Filter(), "Siti Aminah,Rudi,Budi,Ani,Wati"),
        (Filter(kind=Kind.LEAVE), "Wati"),
        (Filter(agency_ids=frozenset({THERE})), "Budi"),
        (Filter(data="rank"), "Ani"),
        (Filter(text="sit min"), "Siti Aminah"),
        (Filter(text=BUDI.nip), "Budi"),
        (Filter(kind=Kind.JOIN, text="budi"), ""),
    ],
)
def test_a_filter_narrows_the_list(entries: list[Entry], wanted: Filter, names: str) -> None:
    """By kind, by OPD (whence or whither), by what changes, by name or NIP."""
    assert names == ",".join(entry.person.name for entry in preview.matching(entries, wanted))

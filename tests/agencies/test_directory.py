"""Agencies found by the names HR writes."""

import pytest

from elearn.agencies.directory import Directory, Place, UnknownAgency, key_of
from elearn.agencies.rules import AgencyKind
from elearn.core.db import new_id

ROOT, DINAS, BADAN, SCHOOL, OTHER_SCHOOL, CLINIC = (new_id() for _ in range(6))
PLACES = [
    Place(ROOT, "Pemerintah Kabupaten", None, AgencyKind.INSTANSI, None),
    Place(DINAS, "Dinas Pendidikan dan Kebudayaan", "Dikbud", AgencyKind.OPD, DINAS),
    Place(BADAN, "Badan Keuangan Daerah", "BKD", AgencyKind.OPD, BADAN),
    Place(SCHOOL, "SDN 1 Manna", None, AgencyKind.UNIT, DINAS),
    Place(OTHER_SCHOOL, "Sekretariat", None, AgencyKind.UNIT, DINAS),
    Place(CLINIC, "Sekretariat", None, AgencyKind.UNIT, BADAN),
]
DIRECTORY = Directory(PLACES)


@pytest.mark.parametrize(
    ("opd", "unit", "found"),
    [
        ("Dinas Pendidikan dan Kebudayaan", "SDN 1 Manna", SCHOOL),
        ("DINAS PENDIDIKAN & KEBUDAYAAN", "SD.N. 1  MANNA", None),
        ("DINAS PENDIDIKAN & KEBUDAYAAN", "SDN-1 (MANNA)", SCHOOL),
        ("Dikbud", None, DINAS),
        ("Dikbud", "Dinas Pendidikan dan Kebudayaan", DINAS),
        ("BKD", "Sekretariat", CLINIC),
        ("BKD", "SDN 1 Manna", None),
        (None, "SDN 1 Manna", SCHOOL),
        (None, "BKD", BADAN),
        (None, "Sekretariat", None),
        ("Dinas Kehutanan", "Sekretariat", None),
    ],
)
def test_an_agency_is_found_by_its_names(opd: str | None, unit: str | None, found: object) -> None:
    """Case and punctuation do not matter; a unit is looked for in its own OPD; doubt is no match."""
    if found is None:
        with pytest.raises(UnknownAgency):
            DIRECTORY.find(opd, unit)
    else:
        assert found == DIRECTORY.find(opd, unit)


def test_the_refusal_names_what_is_not_known() -> None:
    """HR can see what to mend."""
    with pytest.raises(UnknownAgency, match="Unit kerja “UPTD Baru” di BKD tidak dikenal"):
        DIRECTORY.find("BKD", "UPTD Baru")
    with pytest.raises(UnknownAgency, match="ada lebih dari satu"):
        DIRECTORY.find(None, "Sekretariat")


def test_a_remembered_name_leads_to_its_agency() -> None:
    """A name of an OPD, of a unit, of a unit within an OPD; a real agency of that name comes first."""
    aliases = {
        key_of("Dinas Pendidikan Lama", None): DINAS,
        key_of("Dikbud", "SD Baru"): SCHOOL,
        key_of(None, "SD Lain"): OTHER_SCHOOL,
        key_of("Sekolah Manna", None): SCHOOL,
        key_of("BKD", None): DINAS,
        key_of("Tiada", None): new_id(),
    }
    directory = Directory(PLACES, aliases)
    for opd, unit, found in (
        ("DINAS PENDIDIKAN LAMA", None, DINAS),
        ("Dinas Pendidikan Lama", "Dinas Pendidikan Lama", DINAS),
        ("Dinas Pendidikan Lama", "SDN 1 Manna", SCHOOL),
        ("Dikbud", "SD-Baru", SCHOOL),
        (None, "sd lain", OTHER_SCHOOL),
        ("Sekolah Manna", "apa saja", SCHOOL),
        ("BKD", None, BADAN),
    ):
        assert found == directory.find(opd, unit)
    with pytest.raises(UnknownAgency):
        directory.find("Tiada", None)


def test_a_long_name_has_a_short_key() -> None:
    """Two names that differ only far behind have different keys that fit their column."""
    keys = {key_of("Dinas " + "a" * 190, "Unit " + "b" * 190 + end) for end in "xy"}
    assert 2 == len(keys)
    assert max(map(len, keys)) <= 200

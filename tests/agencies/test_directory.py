"""Agencies found by the names HR writes."""

import pytest

from elearn.agencies.directory import Directory, Place, UnknownAgency
from elearn.agencies.rules import AgencyKind
from elearn.core.db import new_id

ROOT, DINAS, BADAN, SCHOOL, OTHER_SCHOOL, CLINIC = (new_id() for _ in range(6))
DIRECTORY = Directory(
    [
        Place(ROOT, "Pemerintah Kabupaten", None, AgencyKind.INSTANSI, None),
        Place(DINAS, "Dinas Pendidikan dan Kebudayaan", "Dikbud", AgencyKind.OPD, DINAS),
        Place(BADAN, "Badan Keuangan Daerah", "BKD", AgencyKind.OPD, BADAN),
        Place(SCHOOL, "SDN 1 Manna", None, AgencyKind.UNIT, DINAS),
        Place(OTHER_SCHOOL, "Sekretariat", None, AgencyKind.UNIT, DINAS),
        Place(CLINIC, "Sekretariat", None, AgencyKind.UNIT, BADAN),
    ]
)


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

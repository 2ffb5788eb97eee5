"""What the civil service decides: kinds, full names, days of a placement, and what a new roster changes."""

from enum import StrEnum


class AgencyKind(StrEnum):
    """The three floors of the tree; each stands only below the one before it, units also below units."""

    INSTANSI = "instansi"
    OPD = "opd"
    UNIT = "unit"


class EmployeeKind(StrEnum):
    """Kinds of ASN (UU 20/2023 article 5, with the candidate PNS and the part-time PPPK)."""

    PNS = "PNS"
    CPNS = "CPNS"
    PPPK = "PPPK"
    PPPK_PARUH_WAKTU = "PPPK_PARUH_WAKTU"


PPPK_KINDS = frozenset({EmployeeKind.PPPK, EmployeeKind.PPPK_PARUH_WAKTU})


class EmployeeStatus(StrEnum):
    """Whether a person serves in this regency now."""

    ACTIVE = "active"
    LEFT = "left"


def full_name(name: str, title_before: str | None, title_after: str | None) -> str:
    """The name as in a letter: titles before it, the name, then a comma and the titles after it."""
    front = f"{title_before} {name}" if title_before else name
    return f"{front}, {title_after}" if title_after else front

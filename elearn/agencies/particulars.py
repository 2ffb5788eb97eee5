"""How HR writes a kind, a rank, an address or a phone number, and the one way we write it; pure."""

import re

from elearn.agencies import service
from elearn.agencies.nip import Nip
from elearn.agencies.rules import EmployeeKind

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_RANK_OF_PNS = re.compile(r"\b(IV|I{1,3})\s*[/.\-]?\s*([A-E])\b", re.IGNORECASE)
_RANKS_OF_PPPK = frozenset(
    ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"]
)
_SILENT = frozenset({"", "asn"})
_KINDS = (
    (EmployeeKind.PPPK_PARUH_WAKTU, re.compile(r"paruh\W*waktu")),
    (EmployeeKind.PPPK, re.compile(r"\b(pppk|p3k)\b|perjanjian kerja")),
    (EmployeeKind.CPNS, re.compile(r"\bcpns\b|calon|^c$")),
    (EmployeeKind.PNS, re.compile(r"\bpns\b|pegawai negeri sipil|^p$")),
)


def is_kind_told(text: str) -> bool:
    """Whether a cell names a kind at all, rather than only that the person is active, away or gone."""
    return _named(text) is not None


def kind_of(text: str, sound: Nip) -> EmployeeKind | None:
    """The kind a cell names; told by the number when the cell says only whether the person serves."""
    is_silent = text.casefold() in _SILENT or service.told(text)
    by_number = EmployeeKind.PPPK if sound.is_pppk else EmployeeKind.PNS
    return _named(text) or (by_number if is_silent else None)


def _named(text: str) -> EmployeeKind | None:
    word = text.casefold().replace("_", " ")
    return next((kind for kind, pattern in _KINDS if pattern.search(word)), None)


def rank_of(text: str) -> str | None:
    """A rank as it is written: `III/c` for a PNS, `IX` for a PPPK; None for anything else."""
    if text.upper() in _RANKS_OF_PPPK:
        return text.upper()
    found = _RANK_OF_PNS.search(text)
    if not found:
        return None
    roman, letter = found[1].upper(), found[2].lower()
    return None if letter == "e" and roman != "IV" else f"{roman}/{letter}"


def email_of(text: str) -> str | None:
    """The address, or None when it has not the shape of one."""
    return text if len(text) <= 254 and _EMAIL.fullmatch(text) else None


def phone_of(text: str) -> str | None:
    """An Indonesian number as `+62…` (ITU-T E.164), or None when it cannot be one."""
    digits = re.sub(r"[\s().\-]", "", text).removeprefix("+")
    national = digits.removeprefix("62").removeprefix("0")
    return f"+62{national}" if national.isascii() and national.isdigit() and 8 <= len(national) <= 12 else None

"""How HR writes a kind, a rank, an address or a phone number, and the one way we write it; pure."""

import datetime as dt
import re

from elearn.agencies.nip import Nip
from elearn.agencies.rules import EmployeeKind

_DAY = re.compile(r"(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}))(?: 0?0[:.]00([:.]00)?)?")
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_RANK_OF_PNS = re.compile(r"\b(IV|I{1,3})\s*[/.\-]?\s*([A-E])\b", re.IGNORECASE)
_RANKS_OF_PPPK = frozenset(
    ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"]
)
_ONLY_ACTIVE = frozenset({"", "aktif", "pegawai aktif", "asn"})
_AWAY = frozenset(
    {"cltn", "cuti di luar tanggungan negara", "tugas belajar", "diperbantukan", "diberhentikan sementara",
     "pemberhentian sementara"}
)  # fmt: skip
_KINDS = (
    (EmployeeKind.PPPK_PARUH_WAKTU, re.compile(r"paruh\W*waktu")),
    (EmployeeKind.PPPK, re.compile(r"\b(pppk|p3k)\b|perjanjian kerja")),
    (EmployeeKind.CPNS, re.compile(r"\bcpns\b|calon|^c$")),
    (EmployeeKind.PNS, re.compile(r"\bpns\b|pegawai negeri sipil|^p$")),
)


def is_kind_told(text: str) -> bool:
    """Whether a cell names a kind at all, rather than only that the person is active, or away."""
    return text.casefold().replace("_", " ") not in _ONLY_ACTIVE | _AWAY


def is_away(text: str) -> bool:
    """Whether a cell says that the person does not serve for a while."""
    return text.casefold().replace("_", " ") in _AWAY


def kind_of(text: str, sound: Nip) -> EmployeeKind | None:
    """The kind a cell names; told by the number when the cell says only that the person is active, or away."""
    word = text.casefold().replace("_", " ")
    if word in _ONLY_ACTIVE | _AWAY:
        return EmployeeKind.PPPK if sound.is_pppk else EmployeeKind.PNS
    for kind, pattern in _KINDS:
        if pattern.search(word):
            return kind
    return None


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


def day_of(text: str) -> dt.date | None:
    """A day as 1985-01-31, 31-01-1985, 31/01/1985 or Excel's number of it; None for anything else."""
    if text.isascii() and text.isdigit() and len(text) == 5:
        return _EXCEL_EPOCH + dt.timedelta(days=int(text))
    found = _DAY.fullmatch(text)
    if not found:
        return None
    numbers = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
    try:
        return dt.date(*(int(number) for number in numbers))
    except ValueError:
        return None

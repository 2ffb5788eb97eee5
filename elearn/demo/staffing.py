"""Who works at which kind of place: its leaders first, then its staff."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from elearn.demo import posts
from elearn.demo.offices import Office
from elearn.demo.posts import FIELDS, RANKS, Profession


@dataclass(frozen=True)
class Seat:
    """A post to be filled at an office."""

    office: Office
    profession: Profession
    is_leader: bool = False


Mix = tuple[tuple[Profession, float], ...]
"""Professions with the number of people of each in a hundred."""

_CLERK, _OFFICER, _ANALYST = posts.ADMINISTRATION[2], posts.ADMINISTRATION[1], posts.ADMINISTRATION[0]


def seats(office: Office, count: int, random: Random) -> Iterator[Seat]:
    """`count` seats of an office, its head first; the same for the same random state."""
    leaders = list(_leaders(office))[:count]
    yield from (Seat(office, leader, is_leader=True) for leader in leaders)
    professions, weights = zip(*_mix(office), strict=True)
    yield from (Seat(office, trade) for trade in random.choices(professions, weights, k=count - len(leaders)))


def head_post(office: Office) -> str:
    """The name of the post of an office's head: Kepala Dinas Sosial, Camat Batu Balai, Direktur RSUD …"""
    if office.head_title in ("Camat", "Lurah"):
        return f"{office.head_title} {office.name.partition(' ')[2]}"
    if office.head_title in ("Direktur", "Kepala Pelaksana"):
        return f"{office.head_title} {office.short_name}"
    return f"Kepala {office.name}" if office.head_title.startswith("Kepala") else office.head_title


def _leaders(office: Office) -> Iterator[Profession]:
    """The leading posts of an office in the order in which they are filled."""
    first, last = _HEAD_RANKS.get(office.staffing, ("IV/b", "IV/c"))
    if office.staffing in _SCHOOLS:
        yield _leader(office, head_post(office), "III/d", "IV/b", degrees=posts.TEACHERS["sd"].degrees)
    elif office.staffing == "rsud":
        yield _leader(office, head_post(office), "IV/b", "IV/c", degrees=("M.M.", "M.K.M."), before="dr.")
    else:
        yield _leader(office, head_post(office), first, last)
    for title, low, high in _DEPUTIES.get(office.staffing, ()):
        yield _leader(office, title.format(office=office.name), low, high)
    for division in office.divisions:
        yield _leader(office, f"Kepala Bidang {division}", "III/d", "IV/a")


def _leader(
    office: Office, title: str, first: str, last: str, *, degrees: tuple[str, ...] = (), before: str = ""
) -> Profession:
    field = FIELDS[office.field]
    with_master = tuple(f"{own}, {master}" for own in field.bachelors for master in field.masters)
    usual = with_master if RANKS.index(first) >= RANKS.index("IV/a") else field.bachelors + with_master[:2]
    return Profession(
        title=title,
        track="struktural",
        schooling="S1",
        degrees=degrees or usual,
        before=before,
        women=0.35 if office.staffing not in _SCHOOLS else 0.6,
        candidates=0,
        contracts=0,
        part_timers=0,
        ranks=(first, last),
    )


def _mix(office: Office) -> Mix:
    """The staff below the leaders."""
    if office.staffing in _MIXES:
        return _MIXES[office.staffing]
    experts = FIELDS[office.field].experts
    return (
        *((trade, 34 / len(experts)) for trade in experts),
        (_ANALYST, 27),
        (_OFFICER, 12),
        (_CLERK, 20),
        (posts.CARETAKER, 7),
    )


_SCHOOLS = frozenset({"tk", "sd", "smp"})

_HEAD_RANKS = {
    "setda": ("IV/d", "IV/d"),
    "bagian": ("IV/a", "IV/b"),
    "kecamatan": ("III/d", "IV/a"),
    "kelurahan": ("III/c", "III/d"),
    "uptd": ("III/c", "III/d"),
    "labkes": ("III/c", "III/d"),
    "puskesmas": ("III/d", "IV/a"),
}

_GENERAL_AFFAIRS = ("Kepala Subbagian Umum dan Kepegawaian", "III/c", "III/d")
_UNIT_OFFICE = (("Kepala Subbagian Tata Usaha", "III/b", "III/d"),)
_DEPUTIES: dict[str, tuple[tuple[str, str, str], ...]] = {
    # kind of place: title, first and last rank
    "setda": (
        ("Asisten Pemerintahan dan Kesejahteraan Rakyat", "IV/c", "IV/c"),
        ("Asisten Perekonomian dan Pembangunan", "IV/c", "IV/c"),
        ("Asisten Administrasi Umum", "IV/b", "IV/c"),
        ("Staf Ahli Bidang Pemerintahan, Hukum dan Politik", "IV/b", "IV/c"),
        ("Staf Ahli Bidang Ekonomi, Keuangan dan Pembangunan", "IV/b", "IV/c"),
        ("Staf Ahli Bidang Kemasyarakatan dan Sumber Daya Manusia", "IV/b", "IV/c"),
    ),
    "kantor": (
        _GENERAL_AFFAIRS,
        ("Sekretaris {office}", "IV/a", "IV/b"),
        ("Kepala Subbagian Perencanaan dan Keuangan", "III/c", "III/d"),
    ),
    "satpol": (_GENERAL_AFFAIRS, ("Sekretaris Satuan", "IV/a", "IV/a")),
    "inspektorat": (
        _GENERAL_AFFAIRS,
        ("Sekretaris Inspektorat", "IV/a", "IV/b"),
        *((f"Inspektur Pembantu {number}", "IV/a", "IV/b") for number in ("I", "II", "III", "IV")),
    ),
    "rsud": (_GENERAL_AFFAIRS, ("Kepala Bagian Tata Usaha", "IV/a", "IV/a")),
    "kecamatan": (
        _GENERAL_AFFAIRS,
        ("Sekretaris Camat", "III/d", "III/d"),
        ("Kepala Seksi Pemerintahan", "III/c", "III/d"),
        ("Kepala Seksi Ketenteraman dan Ketertiban Umum", "III/b", "III/d"),
        ("Kepala Seksi Pemberdayaan Masyarakat", "III/b", "III/d"),
    ),
    "kelurahan": (
        ("Sekretaris Lurah", "III/b", "III/c"),
        ("Kepala Seksi Pemerintahan dan Pelayanan Umum", "III/a", "III/c"),
    ),
    "uptd": _UNIT_OFFICE,
    "labkes": _UNIT_OFFICE,
    "puskesmas": _UNIT_OFFICE,
}

_MIXES: dict[str, Mix] = {
    "tk": ((posts.TEACHERS["tk"], 80), (_CLERK, 20)),
    "sd": ((posts.TEACHERS["sd"], 90), (_CLERK, 5), (posts.CARETAKER, 5)),
    "smp": ((posts.TEACHERS["smp"], 82), (_OFFICER, 5), (_CLERK, 8), (posts.CARETAKER, 5)),
    "puskesmas": (
        (posts.DOCTOR, 5),
        (posts.DENTIST, 2),
        (posts.PHARMACIST, 3),
        (posts.NURSE, 22),
        (posts.NERS, 8),
        (posts.MIDWIFE, 24),
        (posts.SENIOR_MIDWIFE, 6),
        *((trade, 3) for trade in posts.HEALTH_ASSISTANTS),
        (posts.HEALTH_PROMOTER, 3),
        (_CLERK, 6),
        (posts.CARETAKER, 3),
    ),
    "rsud": (
        (posts.DOCTOR, 6),
        (posts.SPECIALIST, 5),
        (posts.DENTIST, 1),
        (posts.PHARMACIST, 4),
        (posts.NURSE, 26),
        (posts.NERS, 18),
        (posts.MIDWIFE, 9),
        (posts.SENIOR_MIDWIFE, 3),
        *((trade, 2) for trade in posts.HEALTH_ASSISTANTS + posts.HOSPITAL_ASSISTANTS),
        (_CLERK, 6),
        (posts.CARETAKER, 4),
    ),
    "labkes": (*((trade, 12) for trade in posts.HEALTH_ASSISTANTS[:2]), (posts.PHARMACIST, 6), (_CLERK, 8)),
    "satpol": ((posts.CONSTABLE, 54), (posts.FIREFIGHTER, 28), (_ANALYST, 8), (_CLERK, 10)),
}

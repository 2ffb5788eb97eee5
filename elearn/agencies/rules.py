"""What the civil service decides: kinds, names, days of a placement, the shape of the tree."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar
from uuid import UUID

from elearn.core.errors import Conflict, RuleBroken
from elearn.core.speech import say


class AgencyKind(StrEnum):
    """The three floors of the tree; each stands only below the one before it, units also below units."""

    INSTANSI = "instansi"
    OPD = "opd"
    UNIT = "unit"


PART_TIME = say("PPPK Paruh Waktu")


class EmployeeKind(StrEnum):
    """Kinds of ASN (UU 20/2023 article 5, with the candidate PNS and the part-time PPPK)."""

    PNS = "PNS"
    CPNS = "CPNS"
    PPPK = "PPPK"
    PPPK_PARUH_WAKTU = "PPPK_PARUH_WAKTU"

    @property
    def words(self) -> str:
        """The kind as it is written in letters."""
        return PART_TIME if self is EmployeeKind.PPPK_PARUH_WAKTU else self.value


PPPK_KINDS = frozenset({EmployeeKind.PPPK, EmployeeKind.PPPK_PARUH_WAKTU})


class EmployeeStatus(StrEnum):
    """Whether a person serves in this regency now."""

    ACTIVE = "active"
    LEFT = "left"


class PostGroup(StrEnum):
    """What kind of post somebody holds (UU 20/2023 articles 13, 14 and 18): managerial by rank, or not."""

    TOP = "jpt"
    ADMINISTRATOR = "administrator"
    SUPERVISOR = "pengawas"
    FUNCTIONAL = "fungsional"
    GENERAL = "pelaksana"

    @property
    def words(self) -> str:
        """The group as it is written in letters."""
        return _GROUPS[self]


_GROUPS = {
    PostGroup.TOP: say("Jabatan Pimpinan Tinggi"),
    PostGroup.ADMINISTRATOR: say("Administrator"),
    PostGroup.SUPERVISOR: say("Pengawas"),
    PostGroup.FUNCTIONAL: say("Fungsional"),
    PostGroup.GENERAL: say("Pelaksana"),
}
MANAGERIAL = frozenset({PostGroup.TOP, PostGroup.ADMINISTRATOR, PostGroup.SUPERVISOR})


class AbsenceKind(StrEnum):
    """Why somebody who belongs here does not serve for a while."""

    UNPAID_LEAVE = "cltn"
    STUDY = "tugas-belajar"
    PRE_RETIREMENT = "masa-persiapan-pensiun"
    SECONDED = "diperbantukan"
    SUSPENDED = "diberhentikan-sementara"

    @property
    def words(self) -> str:
        """The reason as it is written in letters."""
        return _ABSENCES[self]


_ABSENCES = {
    AbsenceKind.UNPAID_LEAVE: say("Cuti di luar tanggungan negara"),
    AbsenceKind.STUDY: say("Tugas belajar"),
    AbsenceKind.PRE_RETIREMENT: say("Masa persiapan pensiun"),
    AbsenceKind.SECONDED: say("Diperbantukan"),
    AbsenceKind.SUSPENDED: say("Diberhentikan sementara"),
}


class LeaveReason(StrEnum):
    """Why somebody's service here ended."""

    RETIRED = "pensiun"
    MOVED = "pindah"
    DIED = "meninggal"
    DISMISSED = "diberhentikan"
    RESIGNED = "mengundurkan-diri"
    CONTRACT_ENDED = "kontrak-berakhir"
    OTHER = "lain"

    @property
    def words(self) -> str:
        """The reason as it is written in letters."""
        return _REASONS[self]


_REASONS = {
    LeaveReason.RETIRED: say("Pensiun"),
    LeaveReason.MOVED: say("Pindah ke instansi lain"),
    LeaveReason.DIED: say("Meninggal dunia"),
    LeaveReason.DISMISSED: say("Diberhentikan"),
    LeaveReason.RESIGNED: say("Mengundurkan diri"),
    LeaveReason.CONTRACT_ENDED: say("Perjanjian kerja berakhir"),
    LeaveReason.OTHER: say("Sebab lain"),
}


class MisplacedAgency(RuleBroken):
    """The tree has one root; OPD stand below it, units below an OPD or another unit."""

    sentence = say("Instansi berada di puncak, OPD langsung di bawahnya, dan unit di bawah OPD atau unit lain.")


class AgencyClosed(RuleBroken):
    """Nothing new happens at an agency that is no more."""

    sentence = say("OPD atau unit ini sudah ditutup.")


class CodeTaken(Conflict):
    """Another agency has this code."""

    sentence = say("Kode ini sudah dipakai OPD atau unit lain.")


class NipTaken(Conflict):
    """Somebody with this NIP is known already."""

    sentence = say("Pegawai dengan NIP ini sudah terdaftar.")


class ImpossibleDay(RuleBroken):
    """The day does not fit the placement it is to end or to begin."""


class HasLeft(RuleBroken):
    """The person serves here no longer."""

    sentence = say("Pegawai ini sudah tercatat keluar.")


class KindMismatch(RuleBroken):
    """A NIP belongs to PNS and CPNS, an NI PPPK to PPPK."""

    sentence = say("Jenis pegawai tidak cocok dengan susunan angka NIP.")


class NothingChanges(RuleBroken):
    """The new placement is the old one."""

    sentence = say("Unit dan jabatan ini sama dengan yang sekarang.")


class PartialReach(RuleBroken):
    """A roster may speak of any OPD, so it is for those who answer for all of them."""

    sentence = say("Impor daftar pegawai hanya untuk BKPSDM yang berperan di seluruh pemerintah daerah.")


class ManyWouldLeave(RuleBroken):
    """A roster from which so many are missing is more often incomplete than true."""

    sentence = say(
        "Lebih dari seperlima pegawai OPD dalam berkas ini tidak tercantum. "
        "Periksa kelengkapan berkas; bila memang demikian, centang pernyataannya."
    )


@dataclass(frozen=True, slots=True)
class Visible:
    """The agencies whose people an actor may see: all, or just these."""

    all: bool
    agency_ids: frozenset[UUID] = frozenset()

    def includes(self, agency_id: UUID) -> bool:
        """Whether people of this agency may be seen."""
        return self.all or agency_id in self.agency_ids


EVERYTHING = Visible(all=True)


@dataclass(frozen=True, slots=True)
class PersonOn:
    """An employee as placed on one day, as plain facts.

    `joined_on` is the first day of the present stay in the OPD, `serving_since` of the present service here.
    """

    employee_id: UUID
    account_id: UUID
    nip: str
    name: str
    kind: EmployeeKind
    rank: str | None
    post: str | None
    agency_id: UUID
    agency_name: str
    opd_id: UUID | None
    email: str | None
    phone: str | None
    joined_on: dt.date
    serving_since: dt.date
    post_group: PostGroup | None = None
    is_absent: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """What HR knows of an employee; None where a roster is silent."""

    nip: str
    name: str
    kind: EmployeeKind
    agency_id: UUID
    post: str | None = None
    title_before: str | None = None
    title_after: str | None = None
    rank: str | None = None
    email: str | None = None
    phone: str | None = None
    post_group: PostGroup | None = None

    @property
    def full_name(self) -> str:
        """The name with its titles, as in a letter."""
        return full_name(self.name, self.title_before, self.title_after)


@dataclass(frozen=True, slots=True)
class Hire:
    """Somebody to be entered with a first placement; a demo may give the account a password already."""

    person: Person
    started_on: dt.date
    password_hash: str | None = None
    activated_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody's next placement; the open one that gives way and its first day are None for who returns."""

    employee_id: UUID
    agency_id: UUID
    post: str | None
    placement_id: UUID | None = None
    since: dt.date | None = None
    post_group: PostGroup | None = None


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands on the printed slip with somebody's activation code."""

    name: str
    nip: str
    agency_name: str
    code: str


LONGEST_NAME = 200
"""How many signs a name may have with its titles, as it stands with an account and in the record."""


def is_too_long(name: str, title_before: str | None, title_after: str | None) -> bool:
    """Whether a name with its titles does not fit where they stand as one."""
    return len(full_name(name, title_before, title_after)) > LONGEST_NAME


def full_name(name: str, title_before: str | None, title_after: str | None) -> str:
    """The name as in a letter: titles before it, the name, then a comma and the titles after it."""
    front = f"{title_before} {name}" if title_before else name
    return f"{front}, {title_after}" if title_after else front


class Stay(Protocol):
    """Anything with the days [started_on, ended_on), open while `ended_on` is None."""

    started_on: dt.date
    ended_on: dt.date | None


S = TypeVar("S", bound=Stay)


def placement_on(placements: Iterable[S], day: dt.date) -> S | None:
    """The placement that covers a day, if there is one."""
    return next((p for p in placements if p.started_on <= day and (p.ended_on is None or day < p.ended_on)), None)


def refuse_move(*, since: dt.date, on: dt.date, today: dt.date) -> None:
    """Raise ImpossibleDay unless a placement may give way to another on that day, its first one included."""
    if on < since:
        raise ImpossibleDay(say("Tidak boleh sebelum awal penempatan sekarang, %(day)s.", day=since), field="on")
    if on > today:
        raise ImpossibleDay(say("Tidak boleh setelah hari ini."), field="on")


def refuse_leave(*, since: dt.date, on: dt.date, today: dt.date) -> None:
    """Raise ImpossibleDay unless a placement may end for good on that day."""
    if on <= since:
        raise ImpossibleDay(say("Harus setelah awal penempatan sekarang, %(day)s.", day=since), field="on")
    if on > today:
        raise ImpossibleDay(say("Tidak boleh setelah hari ini."), field="on")


def refuse_misplaced(kind: AgencyKind, parent: AgencyKind | None) -> None:
    """Raise MisplacedAgency unless an agency of this kind may stand below such a parent."""
    allowed = {
        AgencyKind.INSTANSI: (None,),
        AgencyKind.OPD: (AgencyKind.INSTANSI,),
        AgencyKind.UNIT: (AgencyKind.OPD, AgencyKind.UNIT),
    }
    if parent not in allowed[kind]:
        raise MisplacedAgency(field="parent")


def kind_below(parent: AgencyKind | None) -> AgencyKind:
    """What stands below an agency of this kind; the instansi below nothing."""
    if parent is None:
        return AgencyKind.INSTANSI
    return AgencyKind.OPD if parent is AgencyKind.INSTANSI else AgencyKind.UNIT


def ids_in(path: str) -> list[UUID]:
    """The agencies on a path of the tree, from the root down."""
    return [UUID(part) for part in path.strip("/").split("/")]


def totals_up(rows: Iterable[tuple[str, int, int]]) -> dict[UUID, tuple[int, int]]:
    """Two figures per path, added up at every agency from the leaf to the root."""
    totals: dict[UUID, tuple[int, int]] = {}
    for path, first, second in rows:
        for agency_id in ids_in(path):
            before = totals.get(agency_id, (0, 0))
            totals[agency_id] = before[0] + first, before[1] + second
    return totals


def refuse_mismatch(kind: EmployeeKind, *, is_pppk: bool) -> None:
    """Raise KindMismatch unless the kind fits the number."""
    if is_pppk != (kind in PPPK_KINDS):
        raise KindMismatch(field="kind")

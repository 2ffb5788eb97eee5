"""What may be allowed to whom, how much of an outage an attempt is owed, and what another grade does to a result."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from elearn.core.errors import Conflict, NotFound, RuleBroken

MINUTE = timedelta(minutes=1)
SMALLEST_GROUP = 5
"""Of fewer people no count is shown to who may not see the people themselves."""

Points = Decimal | int


class Cause(StrEnum):
    """Why somebody is allowed more than the rules of a quiz; values are stored."""

    DISABILITY = "disabilitas"
    OUTAGE = "gangguan"
    OTHER = "lain"

    @property
    def words(self) -> str:
        """The cause as people read it."""
        return {"disabilitas": "Disabilitas", "gangguan": "Gangguan jaringan atau peladen", "lain": "Sebab lain"}[
            self
        ]


class ReportKind(StrEnum):
    """What a learner finds wrong with a question; values are stored."""

    WRONG = "keliru"
    UNCLEAR = "tidak-jelas"
    MISSPELT = "salah-ketik"
    OTHER = "lain"

    @property
    def words(self) -> str:
        """The kind as people read it."""
        return {
            "keliru": "Isi atau kuncinya keliru",
            "tidak-jelas": "Tidak jelas atau dapat diartikan lain",
            "salah-ketik": "Salah ketik",
            "lain": "Lainnya",
        }[self]


class Outcome(StrEnum):
    """What became of a report; values are stored."""

    OPEN = "terbuka"
    MENDED = "diperbaiki"
    EXPLAINED = "dijelaskan"

    @property
    def words(self) -> str:
        """The outcome as people read it."""
        return {"terbuka": "Belum dijawab", "diperbaiki": "Soal diperbaiki", "dijelaskan": "Soal tetap, dijelaskan"}[
            self
        ]


class Decision(StrEnum):
    """What a person decided where a pass might become a fail; values are stored."""

    STAYS = "tetap-lulus"
    FAILS = "tidak-lulus"

    @property
    def words(self) -> str:
        """The decision as people read it."""
        return {"tetap-lulus": "Tetap lulus", "tidak-lulus": "Tidak lulus"}[self]


class Effect(StrEnum):
    """What a ruling does to one result; values are shown."""

    NOW_PASSED = "belum lulus menjadi lulus"
    MIGHT_FAIL = "lulus menjadi belum lulus"
    POINTS = "hanya nilainya berubah"
    NONE = "tidak berubah"


class NothingAllowed(RuleBroken):
    """A concession gives something."""

    sentence = "Isi tambahan kesempatan, tambahan waktu, atau keduanya."


class AlreadyAllowed(Conflict):
    """The same is not given twice by pressing a button twice."""

    sentence = "Keringanan yang sama baru saja Anda berikan kepada orang ini. Lihat daftar keringanannya."


class AlreadyWithdrawn(Conflict):
    """A concession is withdrawn once."""

    sentence = "Keringanan ini sudah dicabut."


class AlreadyUsed(RuleBroken):
    """What was given and used cannot be taken back."""

    sentence = "Percobaan ini sudah dibuka kembali oleh peserta, sehingga keringanannya tidak dapat dicabut."


class NotReopenable(RuleBroken):
    """Only a closed attempt that did not pass is opened again, and only where nothing else is open or passed."""

    sentence = "Hanya percobaan yang sudah ditutup dan belum lulus yang dapat dibuka kembali."


class OtherOpen(RuleBroken):
    """One attempt is open at a time."""

    sentence = "Masih ada percobaan lain yang terbuka pada kuis ini. Selesaikan yang itu dahulu."


class AlreadyReopened(Conflict):
    """A permission to open an attempt again is given once."""

    sentence = "Percobaan ini sudah boleh dibuka kembali dan menunggu pesertanya."


class InTheFuture(RuleBroken):
    """An outage is recorded when it is over."""

    sentence = "Gangguan dicatat setelah selesai; waktu selesainya tidak boleh setelah saat ini."


class WrongOrder(RuleBroken):
    """An outage ends after it began."""

    sentence = "Waktu selesai harus setelah waktu mulai."


class OverlapsOutage(Conflict):
    """The same minutes are given back once."""

    sentence = "Sebagian dari waktu ini sudah tercatat sebagai gangguan. Lihat daftar gangguan."


class AlreadyReported(Conflict):
    """A question of an attempt is reported once."""

    sentence = "Anda sudah melaporkan soal ini. Jawaban penyusun akan muncul di halaman ini."


class NothingToAnswer(NotFound):
    """There is no open report about this question."""

    sentence = "Tidak ada laporan yang belum dijawab tentang soal ini."


class NoKey(RuleBroken):
    """Another key must be a whole answer, and another one."""

    sentence = "Pilih kunci yang benar secara lengkap."


class AlreadyAsked(Conflict):
    """A ruling is applied once."""

    sentence = "Putusan ini sudah diterapkan atau sedang diterapkan."


class AlreadyDecided(Conflict):
    """A result is decided upon once."""

    sentence = "Hasil ini sudah diputuskan."


@dataclass(frozen=True, slots=True)
class Result:
    """What an attempt showed: points earned and possible, whether that passed, and the hundredths by position."""

    score: Points
    total: Points
    passed: bool
    marks: tuple[int | None, ...] = ()

    @property
    def share(self) -> tuple[Points, Points]:
        """The points out of the points."""
        return self.score, self.total


def effect(before: Result, after: Result) -> Effect:
    """What becomes of a result that is graded anew."""
    if before.passed != after.passed:
        return Effect.NOW_PASSED if after.passed else Effect.MIGHT_FAIL
    return Effect.NONE if before.share == after.share and before.marks == after.marks else Effect.POINTS


def owed_minutes(*, from_at: datetime, until_at: datetime, started_at: datetime, ended_at: datetime) -> int:
    """The minutes, begun ones counted whole, in which an attempt was open during an outage; 0 for none."""
    overlap = min(until_at, ended_at) - max(from_at, started_at)
    return max(0, -(-overlap // MINUTE))


def shown_counts(counts: Mapping[Effect, int]) -> dict[Effect, int | None]:
    """How many results change in which way, None where they are some but too few to be shown."""
    return {name: None if 0 < count < SMALLEST_GROUP else count for name, count in counts.items()}

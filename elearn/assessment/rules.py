"""What may be allowed to whom, how much of an outage an attempt is owed, and what another grade does to a result."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from elearn.core.errors import Conflict, NotFound, RuleBroken
from elearn.core.speech import say, term

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
        return CAUSE_WORDS[self]


class ReportKind(StrEnum):
    """What a learner finds wrong with a question; values are stored."""

    WRONG = "keliru"
    UNCLEAR = "tidak-jelas"
    MISSPELT = "salah-ketik"
    OTHER = "lain"

    @property
    def words(self) -> str:
        """The kind as people read it."""
        return KIND_WORDS[self]


class Outcome(StrEnum):
    """What became of a report; values are stored."""

    OPEN = "terbuka"
    MENDED = "diperbaiki"
    EXPLAINED = "dijelaskan"

    @property
    def words(self) -> str:
        """The outcome as people read it."""
        return OUTCOME_WORDS[self]


class Decision(StrEnum):
    """What a person decided where a pass might become a fail; values are stored."""

    STAYS = "tetap-lulus"
    FAILS = "tidak-lulus"

    @property
    def words(self) -> str:
        """The decision as people read it."""
        return DECISION_WORDS[self]


class Effect(StrEnum):
    """What a ruling does to one result."""

    NOW_PASSED = "now-passed"
    MIGHT_FAIL = "might-fail"
    POINTS = "points"
    NONE = "none"

    @property
    def words(self) -> str:
        """The effect as people read it."""
        return EFFECT_WORDS[self]


CAUSE_WORDS = {
    Cause.DISABILITY: say("Disabilitas"),
    Cause.OUTAGE: say("Gangguan jaringan atau peladen"),
    Cause.OTHER: term("cause", "Sebab lain"),
}
KIND_WORDS = {
    ReportKind.WRONG: say("Isi atau kuncinya keliru"),
    ReportKind.UNCLEAR: say("Tidak jelas atau dapat diartikan lain"),
    ReportKind.MISSPELT: say("Salah ketik"),
    ReportKind.OTHER: say("Lainnya"),
}
OUTCOME_WORDS = {
    Outcome.OPEN: say("Belum dijawab"),
    Outcome.MENDED: say("Soal diperbaiki"),
    Outcome.EXPLAINED: say("Soal tetap, dijelaskan"),
}
DECISION_WORDS = {Decision.STAYS: say("Tetap lulus"), Decision.FAILS: say("Tidak lulus")}
EFFECT_WORDS = {
    Effect.NOW_PASSED: say("Belum lulus menjadi lulus"),
    Effect.MIGHT_FAIL: say("Lulus menjadi belum lulus"),
    Effect.POINTS: say("Hanya nilainya berubah"),
    Effect.NONE: say("Tidak berubah"),
}


class NothingAllowed(RuleBroken):
    """A concession gives something."""

    sentence = say("Isi tambahan kesempatan, tambahan waktu, atau keduanya.")


class AlreadyAllowed(Conflict):
    """The same is not given twice by pressing a button twice."""

    sentence = say("Keringanan yang sama baru saja Anda berikan kepada orang ini. Lihat daftar keringanannya.")


class AlreadyWithdrawn(Conflict):
    """A concession is withdrawn once."""

    sentence = say("Keringanan ini sudah dicabut.")


class AlreadyUsed(RuleBroken):
    """What was given and used cannot be taken back."""

    sentence = say("Percobaan ini sudah dibuka kembali oleh peserta, sehingga keringanannya tidak dapat dicabut.")


class NotReopenable(RuleBroken):
    """Only a closed attempt that did not pass is opened again, and only where nothing else is open or passed."""

    sentence = say("Hanya percobaan yang sudah ditutup dan belum lulus yang dapat dibuka kembali.")


class OtherOpen(RuleBroken):
    """One attempt is open at a time."""

    sentence = say("Masih ada percobaan lain yang terbuka pada kuis ini. Selesaikan yang itu dahulu.")


class AlreadyReopened(Conflict):
    """A permission to open an attempt again is given once."""

    sentence = say("Percobaan ini sudah boleh dibuka kembali dan menunggu pesertanya.")


class InTheFuture(RuleBroken):
    """An outage is recorded when it is over."""

    sentence = say("Gangguan dicatat setelah selesai; waktu selesainya tidak boleh setelah saat ini.")


class WrongOrder(RuleBroken):
    """An outage ends after it began."""

    sentence = say("Waktu selesai harus setelah waktu mulai.")


class OverlapsOutage(Conflict):
    """The same minutes are given back once."""

    sentence = say("Sebagian dari waktu ini sudah tercatat sebagai gangguan. Lihat daftar gangguan.")


class AlreadyReported(Conflict):
    """A question of an attempt is reported once."""

    sentence = say("Anda sudah melaporkan soal ini. Jawaban penyusun akan muncul di halaman ini.")


class NothingToAnswer(NotFound):
    """There is no open report about this question."""

    sentence = say("Tidak ada laporan yang belum dijawab tentang soal ini.")


class NoKey(RuleBroken):
    """Another key must be a whole answer, and another one."""

    sentence = say("Pilih kunci yang benar secara lengkap.")


class AlreadyAsked(Conflict):
    """A ruling is applied once."""

    sentence = say("Putusan ini sudah diterapkan atau sedang diterapkan.")


class AlreadyDecided(Conflict):
    """A result is decided upon once."""

    sentence = say("Hasil ini sudah diputuskan.")


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

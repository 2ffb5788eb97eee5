"""What the figures of a question or a quiz mean, in plain words for who never studied statistics; pure.

The bounds are those of Moodle's guide to its report (https://docs.moodle.org/en/Quiz_statistics_report): below 35 % a
question is hard and below 20 % very hard, from 95 % too easy to tell anything; discrimination from 50 is very good,
from 30 adequate, from 20 weak, below that very weak, and a negative one makes the question doubtful. By mere chance
it strays by about 100 / √n of n answers, so that it is called weak or negative only where it is so by more than
twice that.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from elearn.core.speech import say
from elearn.quiz.statistics import Item, Quiz

ENOUGH = 20
"""The fewest answers from which a question is judged."""
VERY_HARD, HARD, TOO_EASY = 20, 35, 95
GOOD, WEAK = 30, 20
NEAR_GUESS = 5
"""How many percent above blind guessing a result still is no better than guessing."""
RELIABLE, DOUBTFUL = 70, 40


class Weight(StrEnum):
    """How much a verdict asks of who reads it, the most first; values are the kinds of a status on the page."""

    MEND = "late"
    LOOK = "soon"
    WELL = "ok"
    UNKNOWN = "off"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A sentence on a question, and how much it asks."""

    weight: Weight
    words: str
    advice: str = ""
    brief: str = ""

    @property
    def sentence(self) -> str:
        """What it is, and what to do."""
        return say("%(words)s %(advice)s", words=self.words, advice=self.advice) if self.advice else self.words

    @property
    def alone(self) -> str:
        """What it is, where no advice follows."""
        return self.brief or self.words


UNKNOWN = Verdict(Weight.UNKNOWN, say("Jawabannya belum cukup untuk dinilai."))
CONTRARY = Verdict(
    Weight.MEND,
    say("Peserta yang kuat justru lebih sering keliru di soal ini."),
    say("Kuncinya mungkin salah; periksa kuncinya."),
)
TOO_HARD = Verdict(
    Weight.MEND,
    say("Soal ini terlalu sukar dan tidak membedakan;"),
    say("periksa kuncinya."),
    say("Soal ini terlalu sukar dan tidak membedakan"),
)
GUESSED = Verdict(
    Weight.MEND,
    say("Hasil soal ini tidak lebih baik daripada menebak."),
    say("Periksa kunci dan kalimatnya; ajarkan lagi topiknya."),
)
EASY = Verdict(
    Weight.LOOK,
    say("Hampir semua orang menjawab benar."),
    say("Soal ini tidak membedakan siapa yang paham; pertahankan hanya bila aturannya wajib diketahui."),
)
BLURRED = Verdict(
    Weight.LOOK,
    say("Soal ini kurang membedakan yang paham dari yang belum."),
    say("Periksa apakah ada pilihan yang mudah ditebak atau kalimat yang menyesatkan."),
)
DEMANDING = Verdict(
    Weight.LOOK,
    say("Soal ini sukar, tetapi membedakan dengan baik."),
    say("Topiknya layak diajarkan lagi; soalnya tidak perlu diubah."),
)
WORKS = Verdict(Weight.WELL, say("Soal ini bekerja dengan baik."))


def of_question(item: Item, guess: float | None) -> Verdict:
    """The verdict on a question; `guess` is its random guess score, 0 to 1."""
    if item.attempts < ENOUGH or item.facility is None:
        return UNKNOWN
    apart, chance = item.discrimination or 0.0, 2 * 100 / sqrt(item.attempts)
    if apart < -chance and item.facility < TOO_EASY:
        return CONTRARY
    if item.facility >= TOO_EASY:
        return EASY
    if item.facility < VERY_HARD and apart < WEAK:
        return TOO_HARD
    if guess is not None and item.facility <= 100 * guess + NEAR_GUESS and apart < GOOD:
        return GUESSED
    if apart + chance < WEAK:
        return BLURRED
    return DEMANDING if item.facility < HARD else WORKS


def of_quiz(quiz: Quiz) -> list[Verdict]:
    """What the figures of a whole quiz say, the most important first."""
    if quiz.attempts < ENOUGH or quiz.mean is None:
        return [UNKNOWN]
    return [each for each in (_level(100 * quiz.mean / quiz.maximum), _trust(quiz.consistency)) if each]


def _level(percent: float) -> Verdict:
    if percent < HARD:
        return Verdict(
            Weight.MEND,
            say("Kuis ini terlalu sukar bagi pesertanya."),
            say("Ajarkan lagi materinya, atau periksa soalnya."),
        )
    if percent < 60:
        return Verdict(
            Weight.LOOK,
            say("Banyak peserta belum menguasai materinya."),
            say("Lihat topik yang paling sering keliru."),
        )
    if percent >= TOO_EASY:
        return Verdict(
            Weight.LOOK, say("Hampir semua jawaban benar."), say("Kuis ini hampir tidak membedakan siapa pun.")
        )
    return Verdict(Weight.WELL, say("Tingkat kesukarannya sesuai."))


def _trust(consistency: float | None) -> Verdict | None:
    if consistency is None:
        return None
    if consistency >= RELIABLE:
        return Verdict(Weight.WELL, say("Soal-soalnya mengukur hal yang sama, sehingga hasilnya dapat dipercaya."))
    if consistency >= DOUBTFUL:
        return Verdict(
            Weight.LOOK,
            say("Sebagian selisih antarpeserta terjadi karena kebetulan."),
            say("Perbaiki soal yang kurang membedakan."),
        )
    return Verdict(
        Weight.LOOK,
        say("Selisih antarpeserta sebagian besar terjadi karena kebetulan."),
        say("Jangan membandingkan orang dari nilainya; pakailah untuk melihat topik yang perlu diajarkan lagi."),
    )

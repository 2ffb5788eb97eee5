"""The figures of a quiz and of its questions in words, and as the cells of tables."""

from collections.abc import Mapping
from typing import Any

from elearn.assessment.figures import Figures
from elearn.assessment.rows import Row
from elearn.content.modules import Module
from elearn.core import bahasa
from elearn.core.speech import say, term
from elearn.core.tables import Column

QUESTIONS = (
    Column("name", term("one", "Soal")),
    Column("topic", say("Topik")),
    Column("attempts", say("Dijawab"), "count"),
    Column("facility", say("Kemudahan"), "percent"),
    Column("deviation", say("Simpangan baku"), "percent"),
    Column("guess", say("Tebakan acak"), "percent"),
    Column("intended", say("Bobot niat"), "percent"),
    Column("effective", say("Bobot nyata"), "percent"),
    Column("discrimination", say("Daya beda"), "percent"),
    Column("efficiency", say("Efisiensi beda"), "percent"),
    Column("seconds", say("Waktu (detik)"), "count"),
    Column("verdict", term("verdict", "Penilaian")),
)
BRIEF = frozenset({"short", "attempts", "facility", "effective", "discrimination", "efficiency", "seconds", "words"})
SCREEN = tuple(
    column
    for column in (Column("short", term("one", "Soal")), *QUESTIONS, Column("words", term("verdict", "Penilaian")))
    if column.key in BRIEF
)
"""The columns that fit a screen."""
OFFICES = (
    Column("name", term("one", "OPD")),
    Column("people", say("Orang"), "count"),
    Column("mean", say("Rata-rata"), "percent"),
    Column("passed", say("Lulus"), "percent"),
)
MEANING = say(
    "Kemudahan: rata-rata nilai soal. Daya beda: hubungan nilai soal ini dengan nilai soal lain di lembar yang sama, "
    "dari -%(whole)s %% sampai %(whole)s %%. Efisiensi beda: bagian dari daya beda terbaik yang mungkin. Bobot niat "
    "dan bobot nyata: bagian soal ini dalam nilai, menurut rencana dan kenyataan. Simpangan baku: sebaran nilainya. "
    "Tebakan acak: nilai rata-rata orang yang menebak. Waktu: median detik sampai jawaban tersimpan, dari semua "
    "percobaan dalam masa itu. Definisi menurut laporan statistik kuis Moodle.",
    whole=100,
)


def in_words(found: Figures) -> list[tuple[str, str]]:
    """The figures of a quiz, each by its name; points as shares of all points."""
    quiz, most = found.quiz, found.quiz.maximum

    def share(points: float | None) -> str:
        return bahasa.persen(points / most, 1) if points is not None and most else "–"

    def number(value: float | None) -> str:
        return bahasa.angka(round(value, 2)) if value is not None else "–"

    told: list[tuple[str, str]] = [
        (say("Percobaan"), bahasa.angka(found.attempts)),
        (say("Orang"), bahasa.angka(found.people)),
        (say("Lulus"), bahasa.persen(found.pass_share, 1)),
        (say("Rata-rata"), share(quiz.mean)),
        (say("Median"), share(quiz.median)),
        (say("Simpangan baku"), share(quiz.deviation)),
        (say("Kemencengan (skewness)"), number(quiz.skewness)),
        (say("Keruncingan (kurtosis)"), number(quiz.kurtosis)),
        (say("Konsistensi internal (alfa Cronbach)"), _percent(quiz.consistency)),
        (say("Rasio galat"), _percent(quiz.error_ratio)),
        (say("Galat baku"), share(quiz.standard_error)),
    ]
    if found.averages:
        told += [
            (say("Rata-rata percobaan pertama"), share(found.averages.first)),
            (say("Rata-rata semua percobaan"), share(found.averages.all)),
            (say("Rata-rata percobaan terakhir"), share(found.averages.last)),
            (say("Rata-rata percobaan terbaik"), share(found.averages.highest)),
        ]
    if found.minutes is not None:
        told.append((say("Lama pengerjaan (median)"), bahasa.durasi(found.minutes * 60)))
    return told


def question_in_words(row: Row) -> list[tuple[str, str]]:
    """The figures of one question, each by its name."""
    item = row.item
    if item is None:
        return []
    return [
        (say("Percobaan dengan soal ini"), bahasa.angka(item.attempts)),
        (say("Kemudahan"), _percent(item.facility)),
        (say("Tebakan acak"), bahasa.persen(row.guess, 1)),
        (say("Simpangan baku"), bahasa.persen(item.deviation, 1)),
        (say("Daya beda"), _percent(item.discrimination)),
        (say("Efisiensi beda"), _percent(item.efficiency)),
        (say("Bobot niat"), _percent(item.intended_weight)),
        (
            say("Bobot nyata"),
            say("tidak ada; kovariansnya negatif") if item.is_contrary else _percent(item.effective_weight),
        ),
        (say("Waktu (median)"), bahasa.durasi(row.seconds) if row.seconds is not None else "–"),
    ]


def cells(row: Row, module: Module) -> Mapping[str, Any]:
    """A question with its figures as a row of `QUESTIONS` and of `SCREEN`."""
    item, topic = row.item, module.topic_by_id.get(row.question.topic)
    known = {"name": row.name, "topic": topic.title if topic else row.question.topic, "verdict": row.verdict.sentence}
    known |= {"id": row.question.id, "short": row.short, "words": row.verdict.alone}
    if item is None:
        return known
    return {
        **known,
        "attempts": item.attempts,
        "facility": _share(item.facility),
        "deviation": item.deviation,
        "guess": row.guess,
        "intended": _share(item.intended_weight),
        "effective": _share(item.effective_weight),
        "discrimination": _share(item.discrimination),
        "efficiency": _share(item.efficiency),
        "seconds": round(row.seconds) if row.seconds is not None else None,
    }


def _percent(value: float | None) -> str:
    return bahasa.persen(value / 100, 1) if value is not None else "–"


def _share(percent: float | None) -> float | None:
    return percent / 100 if percent is not None else None

"""The figures of a module's quiz as tables: its questions, its OPD, and what they mean in words."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from html import unescape
from statistics import fmean
from typing import Any
from uuid import UUID

from elearn.agencies import queries as agencies
from elearn.assessment import figures, sittings, verdicts
from elearn.assessment.figures import Figures, Sitting
from elearn.assessment.scope import SMALLEST_GROUP, Asked
from elearn.assessment.verdicts import Verdict
from elearn.content import queries as content
from elearn.content.modules import Module
from elearn.content.questions import Question
from elearn.core import bahasa, clock
from elearn.core.speech import say, term
from elearn.core.tables import Column, Table
from elearn.quiz import guessing
from elearn.quiz.statistics import Item

TAG = re.compile(r"<[^>]+>")
SHOWN, FIRST_WORDS = 90, 40
"""As many signs of a question name it in a file, and on a screen."""
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
"""The columns that fit a screen."""
SCREEN = (Column("short", term("one", "Soal")), *QUESTIONS[:-1], Column("words", term("verdict", "Penilaian")))
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


@dataclass(frozen=True, slots=True)
class Row:
    """One question with its figures and its verdict; `item` is None where fewer than five people met it."""

    question: Question
    item: Item | None
    guess: float | None
    verdict: Verdict
    seconds: float | None = None

    @property
    def name(self) -> str:
        """The question in one short line."""
        stem = self.question.stem
        text = " ".join(unescape(TAG.sub(" ", stem.html or stem.markdown)).split())
        return _cut(text, SHOWN)

    @property
    def short(self) -> str:
        """Its id with its first words."""
        return f"{self.question.id}: {_cut(self.name, FIRST_WORDS)}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


class Order(StrEnum):
    """What the questions of a page are sorted by; values stand in the address."""

    VERDICT = "penilaian"
    FACILITY = "kemudahan"
    DISCRIMINATION = "daya-beda"
    SECONDS = "waktu"
    NAME = "soal"

    @property
    def words(self) -> str:
        """As the page says it."""
        return ORDER_WORDS[self]


ORDER_WORDS = {
    Order.VERDICT: say("Yang perlu diperiksa dahulu"),
    Order.FACILITY: say("Yang paling sukar dahulu"),
    Order.DISCRIMINATION: say("Yang paling kurang membedakan dahulu"),
    Order.SECONDS: say("Yang paling lama dijawab dahulu"),
    Order.NAME: say("Menurut nama soal"),
}


def _first(value: float | None) -> tuple[bool, float]:
    """The lowest first, what is not known last."""
    return value is None, value or 0.0


ORDERS: Mapping[Order, Callable[[Row], Any]] = {
    Order.VERDICT: lambda row: (list(verdicts.Weight).index(row.verdict.weight), row.question.id),
    Order.FACILITY: lambda row: (_first(row.item.facility if row.item else None), row.question.id),
    Order.DISCRIMINATION: lambda row: (_first(row.item.discrimination if row.item else None), row.question.id),
    Order.SECONDS: lambda row: (_first(None if row.seconds is None else -row.seconds), row.question.id),
    Order.NAME: lambda row: row.question.id,
}


@dataclass(frozen=True)
class Analysis:
    """Everything the pages tell of a quiz."""

    asked: Asked
    sittings: Sequence[Sitting]

    @cached_property
    def counting(self) -> list[Sitting]:
        """The attempts that count."""
        return figures.chosen(self.sittings, self.asked.which)

    @cached_property
    def figures(self) -> Figures:
        """The figures of the quiz."""
        return figures.analyse(self.sittings, self.asked.which)

    @property
    def is_small(self) -> bool:
        """Whether the group is too small to be shown."""
        return self.figures.people < SMALLEST_GROUP

    @property
    def verdicts(self) -> list[Verdict]:
        """What the figures of the quiz mean."""
        return verdicts.of_quiz(self.figures.quiz)

    @cached_property
    def module(self) -> Module:
        """The newest version that was sat, the current one if none was."""
        newest = max((sitting.publication_id for sitting in self.counting), default=None)
        return content.get_module(newest) if newest else self.asked.module

    @cached_property
    def rows(self) -> list[Row]:
        """Every question that was drawn and is known to the newest version, those that ask most first."""
        if self.is_small:
            return []
        found = [self.row(each) for each in self.module.questions if each.id in self.figures.questions]
        return sorted(found, key=ORDERS[Order.VERDICT])

    @cached_property
    def timed_rows(self) -> list[Row]:
        """The same with how long people took over each."""
        seconds = {} if self.is_small else sittings.seconds_by_question(self.asked)
        return [replace(row, seconds=seconds.get(row.question.id) if row.item else None) for row in self.rows]

    def row(self, question: Question) -> Row:
        """A question with its figures."""
        item = self.figures.questions.get(question.id)
        guess = guessing.score(question, is_partial=self.module.quiz.partial_credit)
        if item is None or item.attempts < SMALLEST_GROUP:
            return Row(question, None, guess, verdicts.UNKNOWN)
        return Row(question, item, guess, verdicts.of_question(item, guess))

    @property
    def to_mend(self) -> list[Row]:
        """The questions whose figures say that something is wrong."""
        return [row for row in self.rows if row.verdict.weight is verdicts.Weight.MEND]

    def brief(self, order: Order, part: slice) -> Table:
        """As many of the questions as a page shows, in some order, with what fits a screen."""
        rows = [_cells(row, self.module) for row in sorted(self.timed_rows, key=ORDERS[order])[part]]
        return Table(say("Soal"), [column for column in SCREEN if column.key in BRIEF], rows)

    def table(self) -> Table:
        """The questions as a table, whole."""
        return Table(
            title=say("Statistik soal: %(title)s", title=self.asked.module.title),
            columns=QUESTIONS,
            rows=[_cells(row, self.module) for row in self.timed_rows],
            notes=(*self.asked.filters.items(), *self._told(), (say("Arti angka"), MEANING), *_made(self.asked)),
        )

    def _told(self) -> list[tuple[str, str]]:
        """The figures of the quiz, as notes of a file."""
        return [] if self.is_small else [(name, words) for name, words in in_words(self.figures)]

    def offices(self) -> Table:
        """The quiz by OPD, the lowest mean first; small groups are not told."""
        names = {agency.id: agency for agency in agencies.list_opd()}
        groups: dict[UUID | None, list[Sitting]] = defaultdict(list)
        served = sittings.opd_of_learners(self.asked)
        for sitting in self.counting:
            if sitting.learner_id in served:
                groups[served[sitting.learner_id]].append(sitting)
        rows = [
            {"name": names[opd].name, "_code": names[opd].code, "people": people, **_results(own)}
            for opd, own in groups.items()
            if opd in names and (people := len({each.learner_id for each in own})) >= SMALLEST_GROUP
        ]
        return Table(say("Kuis per OPD"), OFFICES, sorted(rows, key=lambda row: (row["mean"], row["name"])))


def _results(own: Sequence[Sitting]) -> dict[str, float]:
    """The mean of some results, and the share of them that passed."""
    return {"mean": fmean(each.share for each in own), "passed": fmean(each.passed for each in own)}


def of(asked: Asked) -> Analysis:
    """The figures that were asked for."""
    return Analysis(asked, sittings.list_sittings(asked))


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


def _percent(value: float | None) -> str:
    return bahasa.persen(value / 100, 1) if value is not None else "–"


def _cells(row: Row, module: Module) -> Mapping[str, Any]:
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


def _share(percent: float | None) -> float | None:
    return percent / 100 if percent is not None else None


def _made(asked: Asked) -> tuple[tuple[str, str], ...]:
    return (say("Dibuat oleh"), asked.reader.name), (say("Dibuat pada"), bahasa.waktu(clock.now()))


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

"""The figures of a module's quiz as they were asked for: its questions and its OPD."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import fmean
from uuid import UUID

from elearn.agencies import queries as agencies
from elearn.assessment import figures, sittings, verdicts, wording
from elearn.assessment.figures import Figures, Sitting
from elearn.assessment.rows import ORDERS, Order, Row
from elearn.assessment.scope import SMALLEST_GROUP, Asked
from elearn.assessment.verdicts import Verdict
from elearn.content import queries as content
from elearn.content.modules import Module
from elearn.content.questions import Question
from elearn.core import bahasa, clock
from elearn.core.speech import say
from elearn.core.tables import Table
from elearn.quiz import guessing


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
        rows = [wording.cells(row, self.module) for row in sorted(self.timed_rows, key=ORDERS[order])[part]]
        return Table(say("Soal"), wording.SCREEN, rows)

    def table(self) -> Table:
        """The questions as a table, whole."""
        return Table(
            title=say("Statistik soal: %(title)s", title=self.asked.module.title),
            columns=wording.QUESTIONS,
            rows=[wording.cells(row, self.module) for row in self.timed_rows],
            notes=(
                *self.asked.filters.items(),
                *self._told(),
                (say("Arti angka"), wording.MEANING),
                *_made(self.asked),
            ),
        )

    def _told(self) -> list[tuple[str, str]]:
        """The figures of the quiz, as notes of a file."""
        return [] if self.is_small else wording.in_words(self.figures)

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
        return Table(say("Kuis per OPD"), wording.OFFICES, sorted(rows, key=lambda row: (row["mean"], row["name"])))


def _results(own: Sequence[Sitting]) -> dict[str, float]:
    """The mean of some results, and the share of them that passed."""
    return {"mean": fmean(each.share for each in own), "passed": fmean(each.passed for each in own)}


def _made(asked: Asked) -> tuple[tuple[str, str], ...]:
    return (say("Dibuat oleh"), asked.reader.name), (say("Dibuat pada"), bahasa.waktu(clock.now()))


def of(asked: Asked) -> Analysis:
    """The figures that were asked for."""
    return Analysis(asked, sittings.list_sittings(asked))

"""The figures of a quiz as it was sat: which attempts count, the quiz as a whole, each question; pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from statistics import median
from uuid import UUID

from elearn.core.speech import say
from elearn.quiz import statistics
from elearn.quiz.grading import FULL
from elearn.quiz.statistics import Averages, Item, Quiz

BINS = 10


class Which(StrEnum):
    """Which attempts of each person count; values stand in the address.

    Moodle advises the first ones: who sits again has learned from the paper itself.
    """

    FIRST = "pertama"
    ALL = "semua"
    LAST = "terakhir"
    BEST = "terbaik"

    @property
    def words(self) -> str:
        """As the pages say it."""
        return WHICH_WORDS[self]


class Third(StrEnum):
    """The strong, the middle and the weak, by the points of their whole papers."""

    STRONG = "kuat"
    MIDDLE = "sedang"
    WEAK = "lemah"

    @property
    def words(self) -> str:
        """As a column is headed."""
        return THIRD_WORDS[self]


WHICH_WORDS = {
    Which.FIRST: say("Percobaan pertama tiap orang"),
    Which.ALL: say("Semua percobaan"),
    Which.LAST: say("Percobaan terakhir tiap orang"),
    Which.BEST: say("Percobaan terbaik tiap orang"),
}
THIRD_WORDS = {Third.STRONG: say("Kuat"), Third.MIDDLE: say("Sedang"), Third.WEAK: say("Lemah")}


@dataclass(frozen=True, slots=True)
class Sitting:
    """One graded attempt: the questions of its paper and the hundredths earned at each, None for a dropped one."""

    attempt_id: UUID
    learner_id: UUID
    publication_id: UUID
    questions: tuple[str, ...]
    marks: tuple[int | None, ...]
    passed: bool
    started_at: datetime
    submitted_at: datetime

    @property
    def seconds(self) -> float:
        """How long it took."""
        return (self.submitted_at - self.started_at).total_seconds()

    @property
    def counted(self) -> tuple[int, ...]:
        """The marks that count."""
        return tuple(mark for mark in self.marks if mark is not None)

    @property
    def share(self) -> float:
        """The points earned as a share of those that could be, 0 to 1."""
        counted = self.counted
        return sum(counted) / (FULL * len(counted)) if counted else 0.0


@dataclass(frozen=True)
class Figures:
    """What the attempts of a group tell; `left_out` had another number of questions and count for these alone."""

    people: int
    attempts: int
    passed: int
    quiz: Quiz
    averages: Averages | None
    questions: Mapping[str, Item]
    histogram: tuple[int, ...]
    minutes: float | None
    left_out: int

    @property
    def pass_share(self) -> float | None:
        """The share of attempts that passed, 0 to 1."""
        return self.passed / self.attempts if self.attempts else None

    @property
    def mean_share(self) -> float | None:
        """The mean result as a share of all points, 0 to 1."""
        return self.quiz.mean / self.quiz.maximum if self.quiz.mean is not None and self.quiz.maximum else None


def chosen(sittings: Iterable[Sitting], which: Which) -> list[Sitting]:
    """Those that count, of sittings in which each person's stand together, the earliest first."""
    if which is Which.ALL:
        return list(sittings)
    found = []
    for _, own in groupby(sittings, key=lambda sitting: sitting.learner_id):
        mine = list(own)
        best = max(mine, key=lambda sitting: sitting.share)
        found.append({Which.FIRST: mine[0], Which.LAST: mine[-1], Which.BEST: best}[which])
    return found


def analyse(sittings: Sequence[Sitting], which: Which = Which.ALL) -> Figures:
    """The figures of the sittings that count; each person's stand together, the earliest first."""
    counting = chosen(sittings, which)
    papers = [sitting.counted for sitting in counting]
    size = _usual_size(papers)
    regular = [paper for paper in papers if len(paper) == size]
    totals = [sum(paper) for paper in regular]
    slots = [statistics.sums(slot, totals) for slot in zip(*regular, strict=True)]
    return Figures(
        people=len({sitting.learner_id for sitting in counting}),
        attempts=len(counting),
        passed=sum(sitting.passed for sitting in counting),
        quiz=statistics.quiz(totals, size * FULL, slots, FULL),
        averages=_averages(sittings, size),
        questions=_questions(counting, papers, size),
        histogram=_histogram(counting),
        minutes=median(sitting.seconds for sitting in counting) / 60 if counting else None,
        left_out=len(papers) - len(regular),
    )


def _usual_size(papers: Iterable[Sequence[int]]) -> int:
    """How many questions most papers have, the greater number of equally many."""
    sizes = Counter(map(len, papers))
    return max(sizes, key=lambda size: (sizes[size], size), default=0)


def _averages(sittings: Iterable[Sitting], size: int) -> Averages | None:
    """The averages of first, all, last and best attempts, whichever of them count for the rest."""
    own: dict[str, list[int]] = defaultdict(list)
    for sitting in sittings:
        if len(counted := sitting.counted) == size:
            own[str(sitting.learner_id)].append(sum(counted))
    return statistics.averages(own, FULL)


def _questions(sittings: Sequence[Sitting], papers: Sequence[Sequence[int]], size: int) -> dict[str, Item]:
    """The figures of each question among those whose paper had it, by its id."""
    marks: dict[str, list[int]] = defaultdict(list)
    totals: dict[str, list[int]] = defaultdict(list)
    for sitting, paper in zip(sittings, papers, strict=True):
        total = sum(paper)
        for question, mark in zip(sitting.questions, sitting.marks, strict=True):
            if mark is not None:
                marks[question].append(mark)
                totals[question].append(total)
    found = [statistics.sums(marks[each], totals[each]) for each in marks]
    items = statistics.items(found, [FULL] * len(found), size * FULL, len(sittings), FULL)
    return dict(zip(marks, items, strict=True))


def _histogram(sittings: Iterable[Sitting]) -> tuple[int, ...]:
    """How many results lie in each tenth of the points; the full result is in the last."""
    counts = Counter(min(int(sitting.share * BINS + 1e-9), BINS - 1) for sitting in sittings)
    return tuple(counts[place] for place in range(BINS))


def thirds(sittings: Sequence[Sitting]) -> dict[UUID, Third]:
    """The third of each attempt by the points of its whole paper; equal results are always in the same third."""
    if not sittings:
        return {}
    shares = sorted(sitting.share for sitting in sittings)
    step = -(-len(shares) // 3)
    low, high = shares[step - 1], shares[-step]
    return {sitting.attempt_id: _third(sitting.share, low, high) for sitting in sittings}


def _third(share: float, low: float, high: float) -> Third:
    if share >= high and share > low:
        return Third.STRONG
    return Third.WEAK if share <= low and share < high else Third.MIDDLE

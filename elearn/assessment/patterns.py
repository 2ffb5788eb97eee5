"""What is unusual enough in how a quiz was taken that somebody may ask about it; pure, and never a verdict.

Each rule states its bound and has an ordinary explanation beside it. Nothing here changes a result.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from itertools import combinations
from uuid import UUID

from elearn.core.speech import say, tally

SWIFT = 4.0
"""Seconds a question: who passes faster on average can hardly have read them."""
TWIN_SHARED, TWIN_WRONG = 5, 2
"""Two papers are compared from so many questions in common; alike are those with so many equal wrong answers."""
CROWD, SPELL = 4, timedelta(hours=1)
"""So many accounts on one device within this time."""


class Kind(Enum):
    """What was noticed; values are the words of an address."""

    SWIFT = "cepat"
    TWINS = "kembar"
    CROWD = "ramai"

    @property
    def title(self) -> str:
        """Its heading."""
        return TITLES[self]

    @property
    def bound(self) -> str:
        """When it is noticed."""
        return BOUNDS[self]

    @property
    def innocence(self) -> str:
        """How it comes about without anybody doing wrong, and what to ask."""
        return INNOCENCE[self]


TITLES = {
    Kind.SWIFT: say("Lulus sangat cepat"),
    Kind.TWINS: say("Jawaban sama dari satu perangkat"),
    Kind.CROWD: say("Banyak akun pada satu perangkat"),
}
BOUNDS = {
    Kind.SWIFT: say("Lulus dengan rata-rata kurang dari %(seconds)s detik per soal.", seconds=f"{SWIFT:.0f}"),
    Kind.TWINS: say(
        "Dua orang memakai perangkat yang terlihat sama (jaringan dan perambannya sama), dan dari sedikitnya "
        "%(shared)s soal yang sama semua jawabannya sama, termasuk sedikitnya %(wrong)s jawaban keliru.",
        shared=TWIN_SHARED,
        wrong=TWIN_WRONG,
    ),
    Kind.CROWD: say(
        "Sedikitnya %(count)s orang mulai dalam satu jam pada perangkat yang terlihat sama (jaringan dan perambannya "
        "sama), setiap orang sesudah yang sebelumnya selesai.",
        count=CROWD,
    ),
}
INNOCENCE = {
    Kind.SWIFT: say(
        "Orang yang baru saja mempelajari materinya, yang mengulang kuis, atau yang memang menguasai aturannya dapat "
        "menjawab cepat. Bertanyalah apakah pelajarannya sudah dibaca."
    ),
    Kind.TWINS: say(
        "Di kantor dengan komputer yang seragam, perangkat yang berbeda pun terlihat sama; di unit yang berbagi satu "
        "komputer orang sering berdiskusi; dan kekeliruan yang umum memang dibuat banyak orang. Bertanyalah "
        "bagaimana kuis dikerjakan di sana."
    ),
    Kind.CROWD: say(
        "Ruang komputer, puskesmas, atau sekolah yang menyediakan satu perangkat untuk semua pegawainya terlihat "
        "persis seperti ini. Bertanyalah apakah setiap orang masuk sendiri dengan kata sandinya."
    ),
}


@dataclass(frozen=True)
class Trace:
    """How one attempt was taken: its device, its answers by question as last given, in the order of answering."""

    attempt_id: UUID
    learner_id: UUID
    started_at: datetime
    submitted_at: datetime
    questions: int
    passed: bool
    device: str = ""
    answers: Mapping[str, frozenset[str]] | None = None
    wrong: frozenset[str] = frozenset()

    @property
    def seconds_each(self) -> float:
        """Seconds a question, on average."""
        return (self.submitted_at - self.started_at).total_seconds() / max(1, self.questions)


@dataclass(frozen=True, slots=True)
class Sign:
    """Something to ask about: what, whose attempts, and the facts as a neutral sentence."""

    kind: Kind
    traces: tuple[Trace, ...]
    sentence: str


def signs(traces: Sequence[Trace]) -> list[Sign]:
    """Everything unusual among the attempts at one quiz, kind by kind."""
    return [*_swift(traces), *_twins(traces), *_crowds(traces)]


def _swift(traces: Iterable[Trace]) -> Iterator[Sign]:
    found = [each for each in traces if each.passed and each.seconds_each < SWIFT]
    for trace in sorted(found, key=lambda each: each.seconds_each):
        seconds = (trace.submitted_at - trace.started_at).total_seconds()
        told = tally("Lulus %(num)s soal dalam %(seconds)s detik.", trace.questions, seconds=f"{seconds:.0f}")
        yield Sign(Kind.SWIFT, (trace,), told)


def _twins(traces: Iterable[Trace]) -> Iterator[Sign]:
    for group in _by_device(traces).values():
        for one, other in combinations(group, 2):
            if one.learner_id != other.learner_id and (shared := _alike(one, other)):
                is_same = _order(one, shared) == _order(other, shared)
                yield Sign(Kind.TWINS, (one, other), _alike_words(len(shared), len(one.wrong & shared), is_same))


def _alike_words(count: int, wrong: int, is_same_order: bool) -> str:
    if is_same_order:
        return tally(
            "%(num)s soal yang sama dijawab sama, dalam urutan yang sama, %(wrong)s di antaranya keliru.",
            count,
            wrong=wrong,
        )
    return tally("%(num)s soal yang sama dijawab sama, %(wrong)s di antaranya keliru.", count, wrong=wrong)


def _alike(one: Trace, other: Trace) -> frozenset[str]:
    """The questions both were asked, when all of their answers agree and some of these are wrong; else none."""
    mine, theirs = one.answers or {}, other.answers or {}
    shared = frozenset(mine) & frozenset(theirs)
    if len(shared) < TWIN_SHARED or len(one.wrong & shared) < TWIN_WRONG:
        return frozenset()
    return shared if all(mine[each] == theirs[each] for each in shared) else frozenset()


def _order(trace: Trace, shared: frozenset[str]) -> list[str]:
    return [each for each in trace.answers or {} if each in shared]


def _crowds(traces: Iterable[Trace]) -> Iterator[Sign]:
    for group in _by_device(traces).values():
        ordered = sorted(group, key=lambda each: each.submitted_at)
        longest = max((_chain(ordered[place:]) for place in range(len(ordered))), key=len, default=())
        if len(longest) >= CROWD:
            told = tally("%(num)s orang bergantian pada satu perangkat dalam satu jam.", len(longest))
            yield Sign(Kind.CROWD, longest, told)


def _chain(ordered: Sequence[Trace]) -> tuple[Trace, ...]:
    """The most people who sat one after another on a device, beginning with the first attempt, within an hour.

    Many machines of one office look like one, but there people sit side by side.
    """
    chain = [ordered[0]]
    for each in ordered[1:]:
        is_after = each.started_at >= chain[-1].submitted_at and each.started_at - chain[0].started_at <= SPELL
        if is_after and all(each.learner_id != other.learner_id for other in chain):
            chain.append(each)
    return tuple(chain)


def _by_device(traces: Iterable[Trace]) -> dict[str, list[Trace]]:
    groups: dict[str, list[Trace]] = defaultdict(list)
    for trace in traces:
        if trace.device:
            groups[trace.device].append(trace)
    return groups

"""The figures of a completion report: every bound person counted once, at the furthest point reached.

belum mulai   nothing done yet
belajar       the module begun, the quiz not passed
lulus         the quiz passed, the pact not signed
menandatangani  the pact signed, the certificate not yet made
bersertifikat the certificate issued
terikat       the sum of these five
terlambat     of these, the deadline has passed and the pact is not signed
persen        signed or certified, out of bound
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from elearn.core.errors import RuleBroken
from elearn.directives import rules as directives
from elearn.directives.rules import NOTHING, Completion, Obligation, Stage, Standing

Completions = Mapping[str, Mapping[UUID, Completion]]
"""What people reached by a day: module slug, then account."""

HALF = 0.5


class UnreadableDay(RuleBroken):
    """A report's day is written year-month-day."""

    sentence = "Tanggal laporan ditulis tahun-bulan-hari, misalnya 2026-11-22."


class DayToCome(RuleBroken):
    """Nobody knows tomorrow's figures."""

    sentence = "Tanggal laporan tidak boleh sesudah hari ini."


@dataclass(frozen=True, slots=True)
class Bound:
    """A person bound on a day: the OPD he serves in (None: directly under the regency) and what he must finish."""

    account_id: UUID
    opd_id: UUID | None
    obligations: tuple[Obligation, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The counts of one row of the report."""

    not_started: int = 0
    learning: int = 0
    passed: int = 0
    signed: int = 0
    certified: int = 0
    late: int = 0

    @property
    def bound(self) -> int:
        """How many people are bound: each stands at exactly one point."""
        return self.not_started + self.learning + self.passed + self.signed + self.certified

    @property
    def done(self) -> int:
        """How many have done what was asked of them."""
        return self.signed + self.certified

    @property
    def percent(self) -> float | None:
        """The share of the bound who are done, 0 to 1; None when nobody is bound."""
        return self.done / self.bound if self.bound else None

    @property
    def is_behind(self) -> bool:
        """Whether less than half are done."""
        return self.percent is not None and self.percent < HALF


def as_of(text: str | None, today: date) -> date:
    """The day a report is asked for, today if none; raises UnreadableDay and DayToCome."""
    if not text:
        return today
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UnreadableDay from None
    if day > today:
        raise DayToCome
    return day


def standing(person: Bound, completions: Completions, as_of: date) -> Standing:
    """How a bound person stands on a day over all that he must finish."""
    return directives.together(
        directives.standing(
            duty.deadline_on, completions.get(duty.module_slug, {}).get(person.account_id, NOTHING), as_of
        )
        for duty in person.obligations
    )


def tally(people: Iterable[Bound], completions: Completions, as_of: date) -> dict[UUID | None, Figures]:
    """The figures of each OPD on a day, by the OPD's id; each person counts once, where he serves that day."""
    counts: Counter[tuple[UUID | None, Stage]] = Counter()
    late: Counter[UUID | None] = Counter()
    for person in people:
        stands = standing(person, completions, as_of)
        counts[person.opd_id, stands.stage] += 1
        late[person.opd_id] += stands.is_late
    return {opd: _figures(opd, counts, late[opd]) for opd in late}


def total(rows: Iterable[Figures]) -> Figures:
    """The figures of several rows together."""
    each = tuple(rows)
    return Figures(**{name: sum(getattr(row, name) for row in each) for name in Figures.__slots__})


def _figures(opd: UUID | None, counts: Counter[tuple[UUID | None, Stage]], late: int) -> Figures:
    return Figures(
        not_started=counts[opd, Stage.NOT_STARTED],
        learning=counts[opd, Stage.LEARNING],
        passed=counts[opd, Stage.PASSED],
        signed=counts[opd, Stage.SIGNED],
        certified=counts[opd, Stage.CERTIFIED],
        late=late,
    )

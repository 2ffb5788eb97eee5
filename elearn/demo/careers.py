"""A civil servant's years: when born, when appointed, of which rank, and the NIP that follows from them."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from elearn.agencies import nip
from elearn.agencies.rules import PPPK_KINDS, EmployeeKind
from elearn.demo.names import Sex
from elearn.demo.posts import CONTRACT_RANK, ENTRY_RANK, RANKS, Profession, Schooling

FICTIONAL_SERIALS = range(900, 1000)
"""Real serials begin at 001 and do not get this far."""
PENSION_AGE = 58
_MONTHS_PER_RANK = 48
_AGE_AT_ENTRY: dict[Schooling, tuple[int, int]] = {
    "SMP": (20, 30),
    "SMA": (19, 27),
    "D3": (21, 27),
    "S1": (22, 29),
    "S2": (25, 31),
}
_YOUNGEST = 19
_INTAKES = (3, 7, 13, 14, 16, 17)
"""How many months ago CPNS were taken on."""


@dataclass(frozen=True)
class Career:
    """The dates and the rank of one civil servant."""

    kind: EmployeeKind
    rank: str
    appointed_on: date
    birth_on: date


def months_before(day: date, months: int) -> date:
    """The first day of the month that lies so many months before a day's own month."""
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def career(random: Random, profession: Profession, kind: EmployeeKind, anchor: date) -> Career:
    """A plausible career on the day `anchor` in a profession, for that kind of employment."""
    if kind == EmployeeKind.PNS:
        return _permanent(random, profession, anchor)
    if kind == EmployeeKind.CPNS:
        appointed_on = months_before(anchor, random.choice(_INTAKES))
        return Career(
            kind, ENTRY_RANK[profession.schooling], appointed_on, _birth(random, profession, appointed_on, 6)
        )
    months = random.randrange(13, 20) if kind == EmployeeKind.PPPK_PARUH_WAKTU else random.randrange(14, 66)
    appointed_on = months_before(anchor, months)
    return Career(
        kind, CONTRACT_RANK[profession.schooling], appointed_on, _birth(random, profession, appointed_on, 22)
    )


def pensioner(random: Random, profession: Profession, left_on: date) -> Career:
    """The career of somebody who is pensioned on the first day of a month, having turned 58 in the month before."""
    career = _permanent(random, profession, left_on)
    birth_on = months_before(left_on, 12 * PENSION_AGE + 1) + timedelta(days=random.randrange(28))
    oldest, youngest = birth_on.year + 32, birth_on.year + 20
    appointed_on = career.appointed_on.replace(year=min(max(career.appointed_on.year, youngest), oldest))
    return Career(EmployeeKind.PNS, career.rank, appointed_on, birth_on)


def _permanent(random: Random, profession: Profession, anchor: date) -> Career:
    """Rank first, then the years it took, then the age at which such a career begins."""
    first, last = profession.rank_range()
    rank = random.randint(first, last)
    steps = max(rank - RANKS.index(ENTRY_RANK[profession.schooling]), 0)
    waited = random.randrange(0, 130) if rank == last and profession.track != "struktural" else 0
    months = max(24, steps * _MONTHS_PER_RANK + random.randrange(0, 2 * _MONTHS_PER_RANK) + waited)
    appointed_on = months_before(anchor, min(months, 12 * 34))
    return Career(EmployeeKind.PNS, RANKS[rank], appointed_on, _birth(random, profession, appointed_on, 0, anchor))


def _birth(
    random: Random, profession: Profession, appointed_on: date, later: int, anchor: date | None = None
) -> date:
    """A birthday that makes the person of an age at which the profession is entered, or up to `later` years older.

    With `anchor`, nobody is so old that the pension would have come before that day.
    """
    youngest, oldest = _AGE_AT_ENTRY[profession.schooling]
    served = anchor.year - appointed_on.year if anchor else 0
    oldest = min(oldest + later, PENSION_AGE - 2 - served if anchor else 50)
    age = random.randint(min(youngest, oldest), oldest)
    day = appointed_on.replace(year=appointed_on.year - max(age, _YOUNGEST), month=1)
    return day + timedelta(days=random.randrange(365))


def fictional_nip(random: Random, career: Career, sex: Sex, taken: set[str]) -> str:
    """An unused NIP (PNS) or NI PPPK (contract) of that career, with a serial no real one has; adds it to `taken`."""
    is_contract = career.kind in PPPK_KINDS
    code = nip.FIRST_CONTRACT if is_contract else career.appointed_on.month
    while True:
        number = nip.Nip(
            birth_on=career.birth_on,
            year=career.appointed_on.year,
            code=code,
            sex=nip.Sex.MALE if sex == "L" else nip.Sex.FEMALE,
            serial=random.choice(FICTIONAL_SERIALS),
        ).text
        if number not in taken:
            taken.add(number)
            return number

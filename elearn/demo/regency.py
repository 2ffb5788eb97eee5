"""The people of Kabupaten Bukit Serawai: who serves where, who moved, who came and who left in the past year.

The same day of loading gives the same people; within one month even the same NIPs, because ages and
appointments are reckoned from the first day of the month.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from elearn.agencies.rules import EmployeeKind
from elearn.demo import careers, movements, staffing
from elearn.demo.names import Name, Sex, person_name
from elearn.demo.offices import STEADY_OPD, Office, offices
from elearn.demo.people import Person, Stay
from elearn.demo.staffing import Seat
from elearn.demo.titles import titles

SEED = 20261121
PEOPLE = 4000
SHARES = {EmployeeKind.PPPK_PARUH_WAKTU: 0.09, EmployeeKind.PPPK: 0.30, EmployeeKind.CPNS: 0.03}
"""Kinds of employment in the order in which seats are given to them; the rest are PNS."""
MAIL_DOMAIN = "bukitserawaikab.example"

_MOVES, _ARRIVALS, _LEAVERS = 150, 20, 40
"""Transfers, PNS from other regencies, and leavers in the past year, when the regency has its 4,000."""
_PENSION, _ELSEWHERE, _DEATH = "Pensiun", "Mutasi ke luar kabupaten", "Meninggal dunia"
_REASONS = (_PENSION,) * 8 + (_ELSEWHERE, _DEATH)


@dataclass(frozen=True)
class Regency:
    """Everything the generator knows: the tree, who serves today, and who left in the past year."""

    offices: tuple[Office, ...]
    people: tuple[Person, ...]
    leavers: tuple[Person, ...]

    @property
    def everybody(self) -> tuple[Person, ...]:
        """Who serves today and who left."""
        return self.people + self.leavers


def build(today: date, people: int = PEOPLE) -> Regency:
    """The regency on a day with exactly so many active people (at least one for each perangkat daerah)."""
    random, anchor = Random(SEED), careers.months_before(today, 0)
    maker = _Maker(random, anchor)
    seats = [seat for office, count in _headcounts(people) for seat in staffing.seats(office, count, random)]
    serving = [maker.person(seat, kind) for seat, kind in zip(seats, _kinds(random, seats), strict=True)]
    serving = movements.move(random, anchor, serving, _MOVES * people // PEOPLE)
    serving = movements.bring_in(random, anchor, serving, _ARRIVALS * people // PEOPLE)
    leavers = [maker.leaver(seat) for seat in random.sample(_common(seats), _LEAVERS * people // PEOPLE)]
    reachable = tuple(_contacts(random, [*serving, *leavers]))
    return Regency(offices(), reachable[: len(serving)], reachable[len(serving) :])


def _headcounts(people: int) -> Iterator[tuple[Office, int]]:
    """How many work at each office: a head in each perangkat daerah, the rest in proportion, by largest remainder."""
    staffed = [office for office in offices() if office.people]
    heads = {office.code: int(office.level == "opd") for office in staffed}
    free = max(0, people - sum(heads.values()))
    total = sum(office.people - heads[office.code] for office in staffed)
    quotas = {office.code: (office.people - heads[office.code]) * free / total for office in staffed}
    counts = {code: int(quota) for code, quota in quotas.items()}
    by_remainder = sorted(counts, key=lambda code: counts[code] - quotas[code])
    for code in by_remainder[: free - sum(counts.values())]:
        counts[code] += 1
    return ((office, heads[office.code] + counts[office.code]) for office in staffed)


def _kinds(random: Random, seats: Sequence[Seat]) -> list[EmployeeKind]:
    """The kind of employment at each seat: exact shares, drawn as readily as each profession gives such seats."""
    kinds = [EmployeeKind.PNS] * len(seats)
    for kind, share in SHARES.items():
        keys = {
            number: random.random() ** (1 / readiness)
            for number, seat in enumerate(seats)
            if kinds[number] == EmployeeKind.PNS and (readiness := _readiness(seat, kind)) > 0
        }
        for number in sorted(keys, key=keys.__getitem__, reverse=True)[: round(share * len(seats))]:
            kinds[number] = kind
    return kinds


def _readiness(seat: Seat, kind: EmployeeKind) -> float:
    trade = seat.profession
    if kind == EmployeeKind.CPNS:
        return 0 if seat.office.code in STEADY_OPD else trade.candidates
    return trade.contracts if kind == EmployeeKind.PPPK else trade.part_timers


class _Maker:
    """Makes people one after the other, so that no NIP and few names come twice."""

    def __init__(self, random: Random, anchor: date) -> None:
        self._random, self._anchor = random, anchor
        self._nips: set[str] = set()
        self._names: set[str] = set()

    def person(self, seat: Seat, kind: EmployeeKind) -> Person:
        """Somebody for that seat, with one stay that is still open."""
        career = careers.career(self._random, seat.profession, kind, self._anchor)
        started_on = career.appointed_on
        if kind == EmployeeKind.PNS:
            latest = careers.months_before(self._anchor, self._random.randrange(13, 96))
            started_on = max(started_on, latest)
        return self._make(seat, career, Stay(seat.office.code, "", started_on))

    def leaver(self, seat: Seat) -> Person:
        """Somebody of that profession who left that office in the past year."""
        reason = self._random.choice(_REASONS)
        left_on = careers.months_before(self._anchor, self._random.randrange(1, 11))
        if reason == _PENSION:
            career = careers.pensioner(self._random, seat.profession, left_on)
        else:
            career = careers.career(self._random, seat.profession, EmployeeKind.PNS, left_on)
            left_on += timedelta(days=self._random.randrange(28))
        started_on = max(career.appointed_on, careers.months_before(left_on, self._random.randrange(30, 96)))
        person = self._make(seat, career, Stay(seat.office.code, "", started_on, left_on))
        return replace(person, left_on=left_on, leave_reason=reason)

    def _make(self, seat: Seat, career: careers.Career, stay: Stay) -> Person:
        sex: Sex = "P" if self._random.random() < seat.profession.women else "L"
        name = self._name(sex)
        age = self._anchor.year - career.birth_on.year
        before, after = titles(self._random, seat.profession, name, age)
        return Person(
            nip=careers.fictional_nip(self._random, career, sex, self._nips),
            name=name.text,
            title_before=before,
            title_after=after,
            sex=sex,
            kind=career.kind,
            rank=career.rank,
            birth_on=career.birth_on,
            email="",
            phone="",
            stays=(replace(stay, post=seat.profession.post(career.kind, career.rank)),),
            is_leader=seat.is_leader,
        )

    def _name(self, sex: Sex) -> Name:
        """A name; drawn again, but not for ever, while somebody has it already."""
        for _ in range(4):
            name = person_name(self._random, sex)
            if name.text not in self._names:
                break
        self._names.add(name.text)
        return name


def _common(seats: Sequence[Seat]) -> list[Seat]:
    """The seats that are neither a leader's nor in a steady perangkat daerah."""
    return [seat for seat in seats if not seat.is_leader and seat.office.code not in STEADY_OPD]


def _contacts(random: Random, people: Sequence[Person]) -> Iterator[Person]:
    """The same people with an e-mail address and a phone number, where they gave one."""
    numbers = random.sample(range(10_000), len(people))
    taken: dict[str, int] = {}
    for person, number in zip(people, numbers, strict=True):
        mailbox = _mailbox(person.name)
        taken[mailbox] = taken.get(mailbox, 0) + 1
        suffix = str(taken[mailbox]) if taken[mailbox] > 1 else ""
        yield replace(
            person,
            email=f"{mailbox}{suffix}@{MAIL_DOMAIN}" if random.random() > 0.12 else "",
            phone=f"+628120000{number:04}" if random.random() > 0.15 else "",
        )


def _mailbox(name: str) -> str:
    """The first and the last word of a name as a mailbox: `nurul.ayuni`."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    words = [re.sub(r"[^a-z]", "", word) for word in plain.split()]
    return ".".join(dict.fromkeys([words[0], words[-1]]))

"""What a roster says of who serves, compared with the books: who goes, who is away from now on, who is back; pure."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from elearn.agencies.complaints import Complaint, Doubt
from elearn.agencies.difference import Begin, End, Going, Pause, Spot, Standing, too_early
from elearn.agencies.roster import RosterLine
from elearn.agencies.rules import AbsenceKind, LeaveReason, Person
from elearn.agencies.service import OnDuty
from elearn.core.speech import Sentence, say

LATELY = dt.timedelta(days=92)
"""How long after an absence a roster that still tells of it is more likely late than right."""
A_DAY = dt.timedelta(days=1)
Finding = Going | Begin | End | Complaint


@dataclass(frozen=True, slots=True)
class Books:
    """What the books know of who serves: everybody by NIP, absences and first days of service by employee."""

    known: Mapping[str, Standing]
    pauses: Mapping[UUID, Sequence[Pause]]
    first_days: Mapping[UUID, dt.date]


@dataclass(frozen=True, slots=True)
class _Case:
    """One line with what the books know of the person; `first_on` is the first day on which she can be absent."""

    line: RosterLine
    person: Person
    standing: Standing | None
    pauses: Sequence[Pause]
    first_on: dt.date
    as_of: dt.date

    @property
    def current(self) -> Pause | None:
        """The absence that goes on."""
        return next((each for each in self.pauses if each.covers(self.as_of)), None)

    def complaint(self, sentence: str, doubt: Doubt | None = None) -> Complaint:
        """Something to be told of the line, which is applied otherwise."""
        return _complaint(self.line, sentence, doubt=doubt)


def is_gone(line: RosterLine, as_of: dt.date) -> bool:
    """Whether a line needs no place here: it says that somebody has gone, or goes later, from nowhere it names."""
    is_over = line.state_on is None or line.state_on <= as_of
    return isinstance(line.state, LeaveReason) and (is_over or not (line.opd or line.unit))


def goings(lines: Iterable[RosterLine], known: Mapping[str, Standing], as_of: dt.date) -> list[Finding]:
    """Who goes because the roster says so, and what is to be told of that."""
    return [
        finding
        for line in lines
        if isinstance(line.state, LeaveReason)
        for finding in _going(line, line.state, known.get(line.nip), as_of)
    ]


def _going(line: RosterLine, reason: LeaveReason, standing: Standing | None, as_of: dt.date) -> Iterator[Finding]:
    if line.state_on and line.state_on > as_of:
        yield _complaint(line, _not_yet(line.state_on, reason.words))
    elif standing is None:
        told = say(
            "Menurut berkas: %(state)s. NIP ini belum ada dalam data kami dan tidak dicatat.", state=reason.words
        )
        yield _complaint(line, told, is_skipped=True)
    elif standing.is_active and as_of <= standing.since:
        yield _complaint(line, too_early(standing.since), is_skipped=True)
    elif standing.is_active:
        is_within = line.state_on is not None and line.state_on > standing.since
        yield Going(standing, reason, line.state_on if is_within and line.state_on else as_of)


def absences(
    lines: Sequence[RosterLine], people: Mapping[Spot, Person], books: Books, as_of: dt.date
) -> list[Finding]:
    """Whose absence begins or ends among those who serve, and what is to be told or asked of that."""
    is_told = any(line.state for line in lines)
    return [
        finding
        for line in (lines if is_told else ())
        if line.spot in people and (line.state or line.nip in books.known)
        for finding in _compared(_case(line, people[line.spot], books, as_of))
    ]


def _case(line: RosterLine, person: Person, books: Books, as_of: dt.date) -> _Case:
    standing = books.known.get(line.nip)
    if standing is None:
        return _Case(line, person, None, (), as_of, as_of)
    id_ = standing.employee_id
    first_on = books.first_days.get(id_, as_of) if standing.is_active else as_of
    return _Case(line, person, standing, books.pauses.get(id_, ()), first_on, as_of)


def _compared(case: _Case) -> Iterator[Finding]:
    state, current = case.line.state, case.current
    if isinstance(state, AbsenceKind):
        if case.line.state_on and case.line.state_on > case.as_of:
            yield case.complaint(_not_yet(case.line.state_on, state.words))
        elif current is None or current.kind is not state:
            yield from _begun(case, state, current)
    elif current and case.standing and state is OnDuty.ACTIVE:
        yield from _ended(case, case.standing.employee_id, current)
    elif current and not current.is_by_hand and state is None:
        told = say("%(known)s tercatat, tetapi berkas tidak menyebut keadaannya; tetap tercatat tidak bertugas.",
                   known=current.kind.words)  # fmt: skip
        yield case.complaint(told)


def _begun(case: _Case, kind: AbsenceKind, current: Pause | None) -> Iterator[Finding]:
    later = next((each for each in case.pauses if each.started_on > case.as_of), None)
    is_fixed = current and (current.is_by_hand or current.started_on >= case.as_of)
    if standing_in_the_way := later or (current if is_fixed else None):
        yield case.complaint(_known_otherwise(kind, standing_in_the_way))
        return
    past = [each for each in case.pauses if each is not current and each.ended_on]
    days = [case.line.state_on or case.as_of, case.first_on, *(each.ended_on for each in past if each.ended_on)]
    on = max([*days, *([current.started_on + A_DAY] if current else [])])
    last = max((each.ended_on for each in past if each.kind is kind and each.ended_on), default=None)
    is_late = last is not None and _is_late(case, last)
    if is_late:
        facts = {"name": case.person.full_name, "state": kind.words, "day": last}
        told = say("%(name)s: %(state)s berakhir pada %(day)s menurut data kami, tetapi masih disebut dalam berkas.",
                   **facts)  # fmt: skip
        yield case.complaint(told, Doubt.ENDED)
    yield Begin(case.standing, case.person, kind, on, current, Doubt.ENDED if is_late else None)


def _is_late(case: _Case, ended_on: dt.date) -> bool:
    """Whether a roster probably tells of an absence that is over, rather than of a new one."""
    return case.line.state_on < ended_on if case.line.state_on else case.as_of - ended_on <= LATELY


def _ended(case: _Case, employee_id: UUID, current: Pause) -> Iterator[Finding]:
    if case.as_of <= current.started_on:
        yield case.complaint(too_early(current.started_on))
        return
    if current.is_by_hand:
        facts = {"name": case.person.full_name, "known": current.kind.words, "day": current.started_on}
        told = say("%(name)s: %(known)s tercatat sejak %(day)s, tetapi aktif menurut berkas.", **facts)
        yield case.complaint(told, Doubt.BY_HAND)
    told_on = case.line.state_on
    on = told_on if told_on and current.started_on < told_on <= case.as_of else case.as_of
    yield End(employee_id, case.person, current, on, Doubt.BY_HAND if current.is_by_hand else None)


def _known_otherwise(kind: AbsenceKind, known: Pause) -> Sentence:
    return say(
        "Menurut berkas: %(state)s. Menurut data kami: %(known)s mulai %(day)s; tidak diubah. Bila berkas benar, "
        "catat pada halaman pegawai ini.",
        state=kind.words,
        known=known.kind.words,
        day=known.started_on,
    )


def _not_yet(day: dt.date, state: str) -> Sentence:
    return say("Menurut berkas: %(state)s mulai %(day)s, setelah tanggal data; belum dicatat.", state=state, day=day)


def _complaint(line: RosterLine, sentence: str, *, doubt: Doubt | None = None, is_skipped: bool = False) -> Complaint:
    return Complaint(line.line, sentence, is_skipped, line.sheet, doubt)

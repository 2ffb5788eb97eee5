"""What a roster says of who serves, compared with the books."""

import datetime as dt
from dataclasses import replace

import pytest

from elearn.agencies import pauses
from elearn.agencies.complaints import Complaint, Doubt
from elearn.agencies.difference import Begin, End, Going, Pause, Standing
from elearn.agencies.pauses import Books, Finding
from elearn.agencies.roster import RosterLine
from elearn.agencies.rules import AbsenceKind, EmployeeKind, LeaveReason, Person
from elearn.agencies.service import OnDuty, State
from elearn.core.db import new_id
from tests.factories.agencies import a_nip

DAY = dt.date(2026, 11, 1)
BEFORE = dt.date(2025, 3, 1)
JUNE, OCTOBER = dt.date(2026, 6, 1), dt.date(2026, 10, 1)
CLTN, STUDY = AbsenceKind.UNPAID_LEAVE, AbsenceKind.STUDY
SITI = Person(a_nip(1), "Siti", EmployeeKind.PNS, new_id())
STANDING = Standing(SITI, BEFORE, True, new_id(), new_id(), new_id())


def line(state: State | None, on: dt.date | None = None, **facts: object) -> RosterLine:
    """Siti's line in a roster."""
    told = {"nip": SITI.nip, "name": "Siti", "kind": SITI.kind, "opd": "Dinas Kesehatan", **facts}
    return RosterLine(line=2, state=state, state_on=on, **told)


def a_pause(started_on: dt.date, ended_on: dt.date | None = None, *, kind: AbsenceKind = CLTN, by_hand: bool = False
            ) -> Pause:  # fmt: skip
    """An absence of Siti's."""
    return Pause(new_id(), kind, started_on, ended_on, by_hand)


def absences(told: RosterLine, *known: Pause, standing: Standing | None = STANDING) -> list[Finding]:
    """What is found of Siti's line, beside somebody who is active."""
    other = replace(told, line=3, nip=a_nip(2), state=OnDuty.ACTIVE)
    people = {told.spot: SITI, other.spot: replace(SITI, nip=other.nip)}
    by_nip = {SITI.nip: standing} if standing else {}
    books = Books(by_nip, {STANDING.employee_id: known}, {STANDING.employee_id: BEFORE})
    return pauses.absences([told, other], people, books, DAY)


def goings(told: RosterLine, standing: Standing | None = STANDING) -> list[Finding]:
    """What is found of Siti's going."""
    return pauses.goings([told], {SITI.nip: standing} if standing else {}, DAY)


@pytest.mark.parametrize(("told", "on"), [(None, DAY), (OCTOBER, OCTOBER), (DAY, DAY), (dt.date(2024, 1, 1), DAY)])
def test_who_has_gone_leaves_on_the_day_told(told: dt.date | None, on: dt.date) -> None:
    """Or on that of the data, where none is told or it lies before the present placement."""
    assert [Going(STANDING, LeaveReason.RETIRED, on)] == goings(line(LeaveReason.RETIRED, told))


def test_who_goes_later_serves_on_and_that_is_told() -> None:
    """Her line is read like any other, unless it names no place."""
    later = line(LeaveReason.RETIRED, dt.date(2027, 1, 1))
    (complaint,) = goings(later)
    assert ("belum dicatat" in complaint.sentence, complaint.is_skipped) == (True, False)
    assert [False, True, True] == [
        pauses.is_gone(each, DAY) for each in (later, replace(later, opd=None), line(LeaveReason.RETIRED))
    ]


def test_who_has_gone_before_or_was_never_here_does_not_go_again() -> None:
    """The one is as she was, the other is told and does not join."""
    assert [] == goings(line(LeaveReason.DIED), replace(STANDING, is_active=False))
    (complaint,) = goings(line(LeaveReason.DIED), None)
    assert ("tidak dicatat" in complaint.sentence, complaint.is_skipped) == (True, True)


def test_newer_books_are_left_alone() -> None:
    """A placement that began on the day of the data, or an absence that did."""
    (complaint,) = goings(line(LeaveReason.DIED), replace(STANDING, since=DAY))
    assert "lebih baru" in complaint.sentence
    (complaint,) = absences(line(OnDuty.ACTIVE), a_pause(DAY))
    assert "lebih baru" in complaint.sentence


@pytest.mark.parametrize(("told", "on"), [(None, DAY), (JUNE, JUNE), (dt.date(2020, 1, 1), BEFORE)])
def test_an_absence_begins_on_the_day_told(told: dt.date | None, on: dt.date) -> None:
    """But not before the service."""
    assert [Begin(STANDING, SITI, CLTN, on)] == absences(line(CLTN, told))


def test_a_newcomer_may_be_away_from_the_first_day() -> None:
    """Which is the day of the data, whatever the file says of earlier."""
    assert [Begin(None, SITI, STUDY, DAY)] == absences(line(STUDY, JUNE), standing=None)


def test_an_absence_that_is_known_stays_as_it_is() -> None:
    """Be it from a roster or by hand."""
    for by_hand in (False, True):
        assert [] == absences(line(CLTN, JUNE), a_pause(OCTOBER, by_hand=by_hand))


def test_who_is_active_again_is_back() -> None:
    """On the day told, if it lies within the absence; also before the end that was planned."""
    for known in (a_pause(JUNE), a_pause(JUNE, dt.date(2027, 1, 1))):
        end = End(STANDING.employee_id, SITI, known, DAY)
        assert [end] == absences(line(OnDuty.ACTIVE), known)
        assert [replace(end, on=OCTOBER)] == absences(line(OnDuty.ACTIVE, OCTOBER), known)
        assert [end] == absences(line(OnDuty.ACTIVE, BEFORE), known)


def test_an_absence_noted_by_hand_ends_only_if_asked_for() -> None:
    """The file may be late."""
    known = a_pause(JUNE, by_hand=True)
    complaint, end = absences(line(OnDuty.ACTIVE), known)
    assert isinstance(complaint, Complaint)
    assert (Doubt.BY_HAND, Doubt.BY_HAND) == (complaint.doubt, end.doubt)


def test_silence_ends_nothing_and_is_told() -> None:
    """Where the file tells of others whether they serve; of what was noted by hand it need not speak."""
    (complaint,) = absences(line(None), a_pause(JUNE))
    assert "tetap tercatat tidak bertugas" in complaint.sentence
    assert [] == absences(line(None), a_pause(JUNE, by_hand=True))
    assert [] == pauses.absences(
        [line(None)], {("", 2): SITI}, Books({SITI.nip: STANDING}, {STANDING.employee_id: [a_pause(JUNE)]}, {}), DAY
    )


def test_one_absence_gives_way_to_another() -> None:
    """That of a roster; one noted by hand, or one to come, is left alone and told."""
    known = a_pause(JUNE)
    assert [Begin(STANDING, SITI, STUDY, OCTOBER, known)] == absences(line(STUDY, OCTOBER), known)
    for other in (a_pause(JUNE, by_hand=True), a_pause(dt.date(2026, 12, 1))):
        (complaint,) = absences(line(STUDY, OCTOBER), other)
        assert "tidak diubah" in complaint.sentence


def test_an_absence_that_is_over_begins_again_only_if_asked_for() -> None:
    """When it ended lately, or the file says it began before that end; later it is a new one."""
    lately = a_pause(JUNE, OCTOBER)
    complaint, begin = absences(line(CLTN), lately)
    assert (Doubt.ENDED, Doubt.ENDED, DAY) == (complaint.doubt, begin.doubt, begin.on)
    assert Doubt.ENDED is absences(line(CLTN, JUNE), lately)[-1].doubt
    assert [Begin(STANDING, SITI, CLTN, DAY)] == absences(line(CLTN, DAY), lately)
    assert [Begin(STANDING, SITI, CLTN, DAY)] == absences(line(CLTN), a_pause(BEFORE, JUNE))

"""Handovers keep everybody at exactly one place on each day, and leave nobody at an agency that is no more."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from elearn.agencies.handover import Handover, Stay, hand_over

START = dt.date(2026, 1, 1)
AGENCIES = [UUID(int=number) for number in range(1, 5)]
NEW = [UUID(int=number) for number in range(11, 14)]
DAYS = range(-1, 32)


def day(number: int) -> dt.date:
    """The day so many days after the first."""
    return START + dt.timedelta(days=number)


@st.composite
def histories(draw: st.DrawFn) -> list[Stay]:
    """The stays of some people, one after the other, the last of them open or ended."""
    stays = []
    for person in range(draw(st.integers(1, 5))):
        cuts = sorted(draw(st.sets(st.integers(0, 30), min_size=1, max_size=5)))
        ends: list[int | None] = [*cuts[1:], None]
        if len(cuts) > 1 and draw(st.booleans()):
            cuts, ends = cuts[:-1], ends[:-1]
        for started, ended in zip(cuts, ends, strict=True):
            stays.append(
                Stay(
                    UUID(int=1000 + len(stays)),
                    UUID(int=100 + person),
                    draw(st.sampled_from(AGENCIES)),
                    day(started),
                    None if ended is None else day(ended),
                )
            )
    return stays


def written(stays: list[Stay], moved: Handover, on: dt.date) -> list[Stay]:
    """The stays after a handover has been written."""
    ends = {stay.placement_id for stay, _ in moved.going_on}
    corrected = {stay.placement_id: agency_id for stay, agency_id in moved.corrected}
    kept = [
        replace(stay, ended_on=on)
        if stay.placement_id in ends
        else replace(stay, agency_id=corrected.get(stay.placement_id, stay.agency_id))
        for stay in stays
    ]
    return kept + [replace(stay, agency_id=agency_id, started_on=on) for stay, agency_id in moved.going_on]


def places(stays: list[Stay], when: dt.date) -> list[tuple[UUID, UUID]]:
    """Who is where on a day, found slowly."""
    there = [s for s in stays if s.started_on <= when and (s.ended_on is None or when < s.ended_on)]
    return sorted((stay.employee_id, stay.agency_id) for stay in there)


@given(
    histories(),
    st.integers(0, 31),
    st.dictionaries(st.sampled_from(AGENCIES), st.sampled_from([*NEW, AGENCIES[0]]), min_size=1),
    st.dictionaries(
        st.tuples(st.sampled_from(AGENCIES), st.sampled_from([UUID(int=100 + n) for n in range(5)])),
        st.sampled_from(NEW),
    ),
)
def test_nobody_is_lost_and_everybody_is_placed_once(
    stays: list[Stay], on_number: int, heirs: dict, chosen: dict
) -> None:
    """Merger or split, today's or entered later: each day is as it was, but for the former from the day on."""
    on = day(on_number)
    heirs = {former: new for former, new in heirs.items() if former != new}
    after = written(stays, hand_over(stays, heirs, on, chosen), on)
    for when in map(day, DAYS):
        expected = places(stays, when)
        if when >= on:
            expected = sorted(
                (who, chosen.get((where, who), heirs[where]) if where in heirs else where) for who, where in expected
            )
        assert expected == places(after, when)
        assert len({who for who, _ in expected}) == len(expected)
    for stay in after:
        assert stay.ended_on is None or stay.started_on < stay.ended_on
    for one, other in pairwise(sorted(after, key=lambda stay: (stay.employee_id, stay.started_on))):
        assert (one.employee_id, one.started_on) != (other.employee_id, other.started_on)


def test_somebody_with_two_stays_is_handed_over_with_both() -> None:
    """What goes on is one, what begins later the other; the person is one."""
    who, former = UUID(int=100), AGENCIES[0]
    stays = [
        Stay(UUID(int=1), who, former, day(0), day(5)),
        Stay(UUID(int=2), who, former, day(5), None),
    ]
    moved = hand_over(stays, {former: NEW[0]}, day(3))
    assert {who} == moved.employee_ids
    assert [[NEW[0]], [NEW[0]]] == [[new for _, new in each] for each in (moved.going_on, moved.corrected)]

"""Whose stays change when agencies hand over to others on a day; pure.

Nobody may stay at an agency that is no more. A stay that began before the day ends there and goes on at the
successor, to its own end if it has one; a stay that began later, which only a reorganisation entered afterwards
meets, is corrected to the successor.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from elearn.agencies.rules import PostGroup


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody's days [started_on, ended_on) at an agency, open while `ended_on` is None."""

    placement_id: UUID
    employee_id: UUID
    agency_id: UUID
    started_on: dt.date
    ended_on: dt.date | None = None
    post: str | None = None
    post_group: PostGroup | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """The stays that end on the day, each with where it goes on, and those that are corrected, likewise."""

    going_on: tuple[tuple[Stay, UUID], ...]
    corrected: tuple[tuple[Stay, UUID], ...]

    @property
    def employee_ids(self) -> frozenset[UUID]:
        """Everybody concerned."""
        return frozenset(stay.employee_id for stay, _ in (*self.going_on, *self.corrected))


def hand_over(
    stays: Iterable[Stay],
    successors: Mapping[UUID, UUID],
    on: dt.date,
    chosen: Mapping[tuple[UUID, UUID], UUID] | None = None,
) -> Handover:
    """Bring every stay that reaches into the day or beyond to the successor of its agency, or to the one chosen.

    `chosen` holds, by agency and employee, where somebody goes who does not go with the others.
    """
    chosen = chosen or {}
    going_on: list[tuple[Stay, UUID]] = []
    corrected: list[tuple[Stay, UUID]] = []
    for stay in stays:
        if stay.agency_id in successors and (stay.ended_on is None or stay.ended_on > on):
            target = chosen.get((stay.agency_id, stay.employee_id), successors[stay.agency_id])
            (going_on if stay.started_on < on else corrected).append((stay, target))
    return Handover(tuple(going_on), tuple(corrected))

"""Whoever moves a phase is told what becomes of the reminders at its beginning."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask

from elearn.calendar.consequences import Change
from elearn.calendar.rules import PhaseKind, Span
from elearn.reminders import following
from tests.factories.agencies import an_employee
from tests.factories.calendar import morning_of
from tests.factories.directives import an_issued_directive

MONDAY = date(2026, 11, 16)
CAMPAIGN = PhaseKind.CAMPAIGN


@pytest.fixture(autouse=True)
def _today(app: Flask) -> Iterator[None]:
    """A Monday."""
    with morning_of(MONDAY):
        yield


def told(before: int | None, after: int | None, kind: PhaseKind = CAMPAIGN) -> list[str]:
    """The lines when a phase of three weeks that began so many days from today is to begin at others."""

    def phases(days: int | None) -> dict[PhaseKind, Span]:
        if days is None:
            return {}
        first = MONDAY + timedelta(days=days)
        return {kind: Span(kind, first, first + timedelta(days=20))}

    change = Change(UUID(int=1), "Pemilihan Contoh", phases(before), phases(after), MONDAY)
    return [str(each.sentence) for each in following.tell(change)]


def test_nobody_is_reminded_of_nothing(app: Flask) -> None:
    """Without a directive in force no phase reminds anybody."""
    assert [] == told(7, 14)


def test_a_reminder_moves_with_its_phase(app: Flask) -> None:
    """To the first working day of the phase; two that meet on one are the same."""
    an_employee()
    an_issued_directive()
    moved = "Pengingat pada awal kampanye dikirim 30 November 2026, bukan lagi 23 November 2026."
    assert [moved] == told(7, 13)
    assert [] == told(5, 6)
    assert [] == told(7, 14, PhaseKind.AFTER)


def test_a_reminder_stays_away_or_comes_in_addition(app: Flask) -> None:
    """When its phase is withdrawn; when one that has begun is put off, or begins now."""
    an_employee()
    an_issued_directive()
    assert ["Pengingat pada awal kampanye, 23 November 2026, tidak dikirim."] == told(7, None)
    assert ["Pengingat pada awal kampanye dikirim 23 November 2026."] == told(-3, 7)
    assert ["Pengingat pada awal kampanye dikirim 16 November 2026."] == told(None, -3)
    assert [] == told(-3, None)
    assert [] == told(None, -15)

"""Days taken from a phase of an election, and where the calendar has gone on from them."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from elearn.calendar.rules import PhaseKind, Span
from elearn.directives import anchors
from elearn.directives.anchors import DEADLINE, VALIDITY, Anchor, Edge, Known

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 20)
EVE = FIRST - timedelta(days=1)
ELECTION, NAME = UUID(int=1), "Pemilihan Contoh"
CAMPAIGN = Known(ELECTION, NAME, Span(PhaseKind.CAMPAIGN, FIRST, LAST))
SILENCE = Known(ELECTION, NAME, Span(PhaseKind.SILENCE, LAST + timedelta(days=1), LAST + timedelta(days=3)))


def moved(known: Known, days: int, **changes: object) -> Known:
    """The phase so many days later."""
    span, by = known.span, timedelta(days=days)
    facts = {"election_id": known.election_id, "election": known.election, **changes}
    return Known(**facts, span=Span(span.kind, span.started_on + by, span.ended_on + by))


def test_a_deadline_lies_on_the_eve_and_a_validity_at_the_end() -> None:
    """Any other day is nobody's; the end of one phase is the eve of the next."""
    days = {DEADLINE: EVE, VALIDITY: LAST, "PPPK": LAST, "PNS": FIRST, "CPNS": None}
    found = anchors.found(days, [CAMPAIGN, SILENCE])
    told = [(each.what, each.day, each.kind, each.edge) for each in found]
    assert [
        (DEADLINE, EVE, PhaseKind.CAMPAIGN, Edge.EVE),
        (VALIDITY, LAST, PhaseKind.CAMPAIGN, Edge.END),
        ("PPPK", LAST, PhaseKind.SILENCE, Edge.EVE),
    ] == told
    assert found == anchors.read(anchors.kept(found))


@pytest.mark.parametrize(
    ("phases", "now"),
    [
        ([], [None]),
        ([SILENCE], [None]),
        ([CAMPAIGN, SILENCE], []),
        ([moved(CAMPAIGN, 5)], [EVE + timedelta(days=5)]),
        ([moved(CAMPAIGN, 5, election_id=UUID(int=2))], [EVE + timedelta(days=5)]),
        ([moved(CAMPAIGN, 5, election="Nama lain")], [EVE + timedelta(days=5)]),
        ([moved(CAMPAIGN, 5, election_id=UUID(int=2), election="Pemilihan lain")], [None]),
    ],
)
def test_a_shift_is_where_the_phase_is_not_any_more(phases: list[Known], now: list[date | None]) -> None:
    """Known by its election, under whatever name, or by the name of one that was entered anew."""
    anchor = Anchor(DEADLINE, EVE, ELECTION, NAME, PhaseKind.CAMPAIGN, Edge.EVE)
    assert now == [shift.now for shift in anchors.shifts([anchor], phases)]


def test_a_shift_says_what_stands_and_what_the_calendar_says() -> None:
    """Of each day of a directive, and of a phase that is gone."""
    validity, pppk = anchors.found({VALIDITY: LAST, "PPPK": EVE}, [CAMPAIGN])
    [shift] = anchors.shifts([validity], [moved(CAMPAIGN, 5)])
    assert shift.sentence == (
        "Menurut kalender, akhir kampanye (Pemilihan Contoh) kini 25 Desember 2026, "
        "tetapi masa berlaku hasil tetap 20 Desember 2026."
    )
    [gone] = anchors.shifts([pppk], [])
    assert gone.sentence == (
        "Menurut kalender, sehari sebelum kampanye (Pemilihan Contoh) tidak ada lagi, "
        "tetapi tenggat PPPK tetap 30 November 2026."
    )

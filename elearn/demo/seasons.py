"""The rows of one invented election, whose phases lie around the day the demo is loaded."""

from datetime import date, datetime, timedelta
from uuid import UUID

from elearn.calendar.models import Election, Phase
from elearn.calendar.rules import PhaseKind, Span
from elearn.demo.chronicle import Chronicle
from elearn.demo.ground import Ground
from elearn.demo.identity import stable_id

NAME = "Pemilihan Bupati dan Wakil Bupati Bukit Serawai (rekaan)"
_WEDNESDAY = 2
_DAYS_TO_POLLING = 24
_DAYS = {
    PhaseKind.BEFORE: (-150, -67),
    PhaseKind.DETERMINATION: (-66, -64),
    PhaseKind.CAMPAIGN: (-63, -4),
    PhaseKind.SILENCE: (-3, -1),
    PhaseKind.POLLING: (0, 0),
    PhaseKind.AFTER: (1, 60),
}
"""The first and last day of each phase, counted from polling day."""


def enter(chronicle: Chronicle, ground: Ground) -> None:
    """Note the election as it was entered on the first day of use, and its phases."""
    polling_on, entered_at, election_id = polling_day(ground.today), _entered_at(ground), id_of(ground)
    chronicle.add(Election, id=election_id, name=NAME, polling_on=polling_on, entered_at=entered_at)
    for span in spans(ground.today):
        phase_id = stable_id("phase", span.kind.value, entered_at)
        days = {"started_on": span.started_on, "ended_on": span.ended_on}
        chronicle.add(Phase, id=phase_id, election_id=election_id, kind=span.kind, **days)
    chronicle.tell(
        "calendar:election_entered",
        entered_at,
        {
            "election": str(election_id),
            "name": NAME,
            "polling_on": polling_on.isoformat(),
            "phases": [
                [span.kind.value, span.started_on.isoformat(), span.ended_on.isoformat()]
                for span in spans(ground.today)
            ],
        },
    )


def id_of(ground: Ground) -> UUID:
    """The id of the election."""
    return stable_id("election", NAME, _entered_at(ground))


def spans(today: date) -> list[Span]:
    """Its phases."""
    polling_on = polling_day(today)
    return [
        Span(kind, polling_on + timedelta(first), polling_on + timedelta(last))
        for kind, (first, last) in _DAYS.items()
    ]


def _entered_at(ground: Ground) -> datetime:
    return ground.at(ground.opened_on, 8, 30)


def polling_day(today: date) -> date:
    """A Wednesday some weeks ahead, so that the campaign is under way today."""
    soonest = today + timedelta(days=_DAYS_TO_POLLING)
    return soonest + timedelta(days=(_WEDNESDAY - soonest.weekday()) % 7)

"""How directives rely on the phases of elections: which days, and what became of them in the calendar."""

from collections.abc import Iterable

from sqlalchemy import select

from elearn.calendar import queries as calendar
from elearn.calendar.consequences import Change
from elearn.calendar.rules import Span
from elearn.core.db import db
from elearn.directives import anchors, rules
from elearn.directives.anchors import Anchor, Known, Shift
from elearn.directives.models import Directive
from elearn.directives.rules import Status
from elearn.directives.wording import Wording


def list_known() -> list[Known]:
    """All phases of the calendar, the latest election first."""
    return [
        Known(election.id, election.name, Span(phase.kind, phase.started_on, phase.ended_on))
        for election in calendar.list_elections()
        for phase in election.phases
    ]


def anchors_of(wording: Wording) -> list[Anchor]:
    """Which days of a wording are those of a phase, as the calendar stands."""
    days = {anchors.DEADLINE: wording.deadline_on, anchors.VALIDITY: wording.terms.valid_until, **wording.deadlines}
    return anchors.found(days, list_known())


def list_shifts(directive: Directive) -> list[Shift]:
    """Where the calendar has gone on from the days of a directive that still counts."""
    return anchors.shifts(anchors.read(directive.anchors), list_known()) if _is_anchored(directive) else []


def list_shifted(directives: Iterable[Directive]) -> list[Directive]:
    """Those of these directives from whose days the calendar has gone on."""
    anchored = [each for each in directives if _is_anchored(each)]
    known = list_known() if anchored else []
    return [each for each in anchored if anchors.shifts(anchors.read(each.anchors), known)]


def list_left_behind(change: Change) -> list[tuple[Directive, Shift]]:
    """The drafts and directives in force whose days would no longer be those of the phase they were taken from."""
    living = select(Directive).where(Directive.status.in_((*rules.UNISSUED, Status.ISSUED)))
    found = db.session.scalars(living.order_by(Directive.issued_on, Directive.number))
    return [(each, shift) for each in found for shift in _made_by(change, anchors.read(each.anchors))]


def _is_anchored(directive: Directive) -> bool:
    return bool(directive.anchors) and directive.ended_on is None


def _made_by(change: Change, own: Iterable[Anchor]) -> list[Shift]:
    """The shifts that a change makes or moves on."""
    before, after = (
        [Known(change.election_id, change.election, span) for span in phases.values()]
        for phases in (change.before, change.after)
    )
    return anchors.shifts([each for each in own if each.place(before) != each.place(after)], after)

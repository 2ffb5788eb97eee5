"""What whoever moves a phase of an election is told of the reminders at its beginning."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from elearn.calendar import queries as calendar
from elearn.calendar.consequences import Change, Consequence
from elearn.calendar.rules import OfficeDays, next_working_day
from elearn.core.speech import say
from elearn.directives import queries as directives
from elearn.reminders import rules


def tell(change: Change) -> Sequence[Consequence]:
    """One line for each reminder that moves, comes in addition, or stays away; none without a directive in force."""
    if not directives.list_issued(change.today):
        return []
    days = [each.started_on for phases in (change.before, change.after) for each in phases.values()]
    office = calendar.office_days(min(change.today, *days), max(change.today, *days))
    return list(_lines(change, office))


def _lines(change: Change, office: OfficeDays) -> Iterator[Consequence]:
    for kind in rules.STRICTER:
        old, new = change.first_days(kind)
        if old == new:
            continue
        was = next_working_day(old, office) if old and old >= change.today else None
        is_near = new is not None and new >= change.today - timedelta(days=rules.LOOK_BACK)
        is_still = new is not None and change.after[kind].ended_on >= change.today
        comes = next_working_day(max(new, change.today), office) if new and is_near and is_still else None
        facts = {"phase": kind.words, "was": was, "comes": comes}
        if was and comes and was != comes:
            yield Consequence(say("Pengingat pada awal %(phase)s dikirim %(comes)s, bukan lagi %(was)s.", **facts))
        elif was and not comes:
            yield Consequence(say("Pengingat pada awal %(phase)s, %(was)s, tidak dikirim.", **facts))
        elif comes and not was:
            yield Consequence(say("Pengingat pada awal %(phase)s dikirim %(comes)s.", **facts))

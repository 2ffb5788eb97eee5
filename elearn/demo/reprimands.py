"""What came of the circulars whose deadline is past: OPD warned, the Sekda told, letters drafted, a few issued."""

from collections.abc import Sequence
from datetime import date
from itertools import zip_longest
from typing import Any

from sqlalchemy import insert

from elearn.calendar import queries as calendar
from elearn.calendar.rules import OfficeDays, add_working_days
from elearn.core import jobs
from elearn.core.db import db
from elearn.core.permissions import SYSTEM
from elearn.demo.circulars import CIRCULARS, LATER, Circular
from elearn.demo.ground import Ground
from elearn.demo.identity import stable_id
from elearn.directives import queries as directives
from elearn.directives.models import Directive
from elearn.ledger import actions as ledger
from elearn.ledger.actions import Event
from elearn.reminders import actions, queries, rules
from elearn.reminders.models import Reprimand
from elearn.reminders.rules import Escalation, Rank

_CONSIDERED = 3
"""So many working days after a deadline the Sekda decided which drafts to issue."""


def enter(ground: Ground) -> None:
    """Note what the rounds did on their days, with the figures the reports give for them; issued letters are made."""
    events: list[Event] = []
    for circular in (*CIRCULARS, *LATER):
        directive = directives.find_by_number(circular.number(ground.today))
        if directive is not None and circular.deadline_on(ground.today) < ground.today:
            events += _followed_up(ground, circular, directive)
    ledger.record_many("reminders", sorted(events, key=lambda event: event[2]))


def _followed_up(ground: Ground, circular: Circular, directive: Directive) -> list[Event]:
    """The two escalations of a circular, the letters drafted by the second, and those the Sekda issued."""
    days = calendar.office_days(directive.deadline_on, ground.today)
    warned_on, told_on = (rules.escalation_day(step, directive.deadline_on, days) for step in Escalation)
    warned, behind = _behind(directive, warned_on), _behind(directive, told_on)
    sekda = len(queries.list_sekda())
    asked = zip_longest(behind, circular.reprimands[: len(behind)])
    letters = [_letter(ground, directive, rank, told_on, days, register) for rank, register in asked]
    if letters:
        db.session.execute(insert(Reprimand), [row for row, _ in letters])
    return [
        _escalated(ground, directive, Escalation.OPDS, warned_on, _told(warned, warned_on)),
        *(event for _, told in letters for event in told),
        _escalated(ground, directive, Escalation.SEKDA, told_on, sekda),
    ]


def _behind(directive: Directive, day: date) -> list[Rank]:
    """The OPD that were behind on a day, the last one first."""
    return [rank for rank in queries.ranks(directive, day) if rank.is_behind(actions.wanted_percent())]


def _told(behind: Sequence[Rank], day: date) -> int:
    """How many people answered for them and could be written to."""
    return sum(map(len, queries.keepers([rank.agency_id for rank in behind], day).values()))


def _escalated(ground: Ground, directive: Directive, step: Escalation, day: date, messages: int) -> Event:
    facts = {"directive": str(directive.id), "step": step.value, "on": day.isoformat(), "messages": messages}
    return queries.ESCALATED, SYSTEM.username, ground.at(day), facts


def _letter(
    ground: Ground, directive: Directive, rank: Rank, drafted_on: date, days: OfficeDays, register: int | None
) -> tuple[dict[str, Any], list[Event]]:
    """One letter and what the record tells of it: drafted, and issued later if it has a number in the register."""
    drafted_at = ground.at(drafted_on)
    id_ = stable_id("reprimand", f"{directive.number}/{rank.agency_id}", drafted_at)
    row: dict[str, Any] = {
        "id": id_,
        "directive_id": directive.id,
        "agency_id": rank.agency_id,
        "facts": actions.figures(rank, drafted_on),
        "drafted_at": drafted_at,
        "number": None,
        "issued_by": None,
        "issued_at": None,
    }
    ids = {"id": str(id_), "directive_id": str(directive.id), "agency_id": str(rank.agency_id)}
    drafted: Event = ("reminders:reprimand_drafted", SYSTEM.username, drafted_at, ids)
    if register is None:
        return row, [drafted]
    return _issued(ground, directive, row, add_working_days(drafted_on, _CONSIDERED, days), register, drafted)


def _issued(
    ground: Ground, directive: Directive, row: dict[str, Any], day: date, register: int, drafted: Event
) -> tuple[dict[str, Any], list[Event]]:
    """A drafted letter issued on a day by the Sekda, with the figures of that day; its paper follows the loading."""
    sekda_id, at = ground.account_ids[ground.holders.sekda.nip], ground.at(day, 10, 40)
    figures = actions.present_figures(directive, row["agency_id"], day)
    number = f"800.1.6/{register}/SETDA/{day.year}"
    jobs.after_commit("reminders.make_reprimand", str(row["id"]), urgent=True)
    told = {
        "reprimand": str(row["id"]),
        "directive": str(directive.id),
        "agency": str(row["agency_id"]),
        "number": number,
        **figures,
    }
    issued: Event = ("reminders:reprimand_issued", str(sekda_id), at, told)
    return row | {"facts": figures, "number": number, "issued_by": sekda_id, "issued_at": at}, [drafted, issued]

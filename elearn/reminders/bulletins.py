"""Figures sent on their own: weekly to who answers for an OPD, daily to the Sekda before a deadline; with the PDF."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from elearn.agencies import queries as agencies
from elearn.agencies.models import Agency
from elearn.agencies.rules import EVERYTHING
from elearn.calendar import queries as calendar
from elearn.calendar.rules import is_working_day, next_working_day
from elearn.core.permissions import SYSTEM
from elearn.directives import queries as directives
from elearn.notices import actions as notices
from elearn.notices.rules import File
from elearn.reminders import messages, queries
from elearn.reminders.messages import Recipient
from elearn.reports import delivery
from elearn.reports import queries as reports

LAST_WEEK = timedelta(days=7)
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One paper, and to whom it goes; `opd` is None for the whole regency."""

    opd: Agency | None
    deadline_on: date
    whom: tuple[Recipient, ...]


def list_due(today: date) -> list[Bulletin]:
    """What is to be sent today and was not posted yet."""
    issued = directives.list_issued(today)
    days = calendar.office_days(today - LAST_WEEK, today + LAST_WEEK)
    if not issued or not is_working_day(today, days):
        return []
    soonest = min((each.deadline_on for each in issued if each.deadline_on >= today), default=issued[-1].deadline_on)
    due: list[Bulletin] = []
    first = next_working_day(today - timedelta(days=today.weekday()), days)
    if today >= first:
        due += _of_opds(today, first, soonest)
    if today <= soonest <= today + LAST_WEEK:
        told = queries.posted(messages.bulletin_keys(None, today))
        whom = (each for each in queries.list_sekda() if messages.bulletin_key(None, today, each) not in told)
        due.append(Bulletin(None, soonest, tuple(whom)))
    return [each for each in due if each.whom]


def _of_opds(today: date, first: date, deadline_on: date) -> Iterator[Bulletin]:
    """One for each OPD that had bound people on the first working day of the week, to its head and its officers.

    Later in the week it is made up for an OPD of which nobody was told.
    """
    tally = reports.picture(first, directives.list_issued(first), visible=EVERYTHING).tally
    keepers = queries.keepers([each for each in tally if each], today)
    told = queries.posted("bulletin:")
    for opd in agencies.list_opd():
        keys = {who: messages.bulletin_key(opd.id, today, who) for who in keepers.get(opd.id, ())}
        if today == first or not any(key.startswith(messages.bulletin_keys(opd.id, today)) for key in told):
            yield Bulletin(opd, deadline_on, tuple(who for who, key in keys.items() if key not in told))


def printed(bulletin: Bulletin) -> tuple[File, dict[str, int]]:
    """The sealed paper, and its figures; reads only."""
    found = delivery.summary(bulletin.opd, SYSTEM)
    total = found.asked.picture.total
    figures = {"done": total.done, "bound": total.bound, "late": total.late}
    return File(f"{found.name}.pdf", PDF, found.paper().sealed()), figures


def post(bulletin: Bulletin, file: File, figures: dict[str, int], *, today: date, not_before: datetime) -> None:
    """Post it to each, once."""
    for who in bulletin.whom:
        message = messages.bulletin(who, bulletin.opd, bulletin.deadline_on, figures, today)
        notices.post_with(message, file, not_before=not_before)

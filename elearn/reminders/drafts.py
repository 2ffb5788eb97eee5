"""How the OPD with a drafted letter of reprimand stand today, beside the figures of the day it was drafted."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from elearn.agencies.models import Agency
from elearn.agencies.rules import EVERYTHING
from elearn.directives.models import Directive
from elearn.reminders.models import Reprimand
from elearn.reminders.rules import Rank
from elearn.reports import queries as reports
from elearn.reports.rules import Figures


def standing_today(letters: Iterable[tuple[Reprimand, Directive, Agency]], today: date) -> dict[UUID, Rank]:
    """By letter not yet issued, how far its OPD is now; the people are read once for all directives."""
    drafts = [each for each in letters if each[0].issued_at is None]
    if not drafts:
        return {}
    asking = {directive.id: directive for _, directive, _ in drafts}
    everybody = reports.picture(today, list(asking.values()), visible=EVERYTHING)
    tallies = {id_: replace(everybody, directives=[directive]).tally for id_, directive in asking.items()}
    return {letter.id: _rank(opd, tallies[directive.id].get(opd.id, Figures())) for letter, directive, opd in drafts}


def _rank(opd: Agency, figures: Figures) -> Rank:
    return Rank(opd.id, opd.name, figures.done, figures.bound)

"""A letter of reprimand (surat teguran) as it is printed, made of plain facts."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import current_app

from elearn.agencies import queries as agencies
from elearn.agencies.rules import EVERYTHING
from elearn.core import clock
from elearn.directives import letter
from elearn.directives import queries as directives
from elearn.reminders import actions, queries
from elearn.reminders.models import Reprimand


def html_of(reprimand_id: UUID) -> str | None:
    """The letter as HTML to be printed; None when its paper is made already."""
    reprimand = queries.get_reprimand(reprimand_id, visible=EVERYTHING)
    return None if reprimand.document_id else html(reprimand)


def html(reprimand: Reprimand) -> str:
    """The letter as HTML to be printed; a draft says that it is one, and carries the figures of today."""
    page = current_app.jinja_env.get_template("reminders/print/reprimand.html")
    return page.render(facts(reprimand))


def facts(reprimand: Reprimand) -> dict[str, Any]:
    """All that the letter says, as plain values."""
    directive = directives.get_directive(reprimand.directive_id)
    opd, today = agencies.get_agency_by_id(reprimand.agency_id), clock.today()
    said = reprimand.facts if reprimand.issued_at else actions.present_figures(directive, opd.id, today)
    return {
        "letterhead": letter.letterhead("Sekretariat Daerah"),
        "number": reprimand.number,
        "issued_at": reprimand.issued_at,
        "place": directive.place,
        "head_title": opd.head_title or "Kepala",
        "agency": opd.name,
        "directive_number": directive.number,
        "directive_on": directive.issued_on,
        "subject": directive.subject,
        "deadline_on": directive.deadline_on,
        "signatory": directives.signatory_of(directive),
        **said,
        "as_of": date.fromisoformat(said["as_of"]),
    }

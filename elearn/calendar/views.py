"""The calendar on screen: for everybody to read, for authors and HR to keep."""

from itertools import groupby
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from elearn.calendar import actions, consequences, queries, rules
from elearn.calendar.consequences import Change, Consequence
from elearn.calendar.forms import OPEN, ElectionForm, HolidayForm
from elearn.calendar.models import Election
from elearn.calendar.rules import PhaseKind, Span
from elearn.core import clock
from elearn.core.errors import Forbidden
from elearn.core.permissions import Actor, Permission, requires
from elearn.core.speech import say
from elearn.core.web import actor, notify, refusals_to, render, show_form

blueprint = Blueprint("calendar", __name__)

TOLD = "diketahui"
"""What a form sends of the consequences it showed."""
FIRST_YEAR, LAST_YEAR = 2020, 2100


@blueprint.get("/kalender")
@requires(Permission.ACCOUNT_OWN_MANAGE)
def index() -> Response:
    """Holidays by month, and elections with their phases."""
    today = clock.today()
    year = min(max(request.args.get("tahun", today.year, type=int), FIRST_YEAR), LAST_YEAR)
    months = [(month, list(days)) for month, days in groupby(queries.list_year(year), key=lambda e: e.day.month)]
    years = sorted({today.year - 1, today.year, today.year + 1, year, *queries.list_years()})
    facts: dict[str, Any] = {
        "elections": queries.list_elections(),
        "present": queries.find_phase(today),
        "may_write": _may_write(),
    }
    return render("calendar/index.html", year=year, years=years, months=months, today=today, **facts)


@blueprint.route("/kalender/libur/baru", methods=["GET", "POST"])
@requires(Permission.CALENDAR_ANY_WRITE)
def enter_holiday() -> Response | Answer:
    """Note a day of the regency's own."""
    writer, form = _writer(), HolidayForm()
    if form.validate_on_submit():
        with refusals_to(form):
            holiday = actions.enter_holiday(
                writer, day=form.day.data, name=form.name.data, is_working=form.kind.data == OPEN
            )
            notify(say("Hari tercatat dalam kalender."))
            return redirect(url_for("calendar.index", tahun=holiday.day.year))
    return show_form("calendar/holiday.html", form)


@blueprint.post("/kalender/libur/<uuid:holiday_id>/hapus")
@requires(Permission.CALENDAR_ANY_WRITE)
def remove_holiday(holiday_id: UUID) -> Answer:
    """Take a day of the regency's own out of the calendar."""
    writer, year = _writer(), queries.get_holiday(holiday_id).day.year
    actions.remove_holiday(writer, holiday_id=holiday_id)
    notify(say("Hari dihapus dari kalender."))
    return redirect(url_for("calendar.index", tahun=year))


@blueprint.route("/kalender/pemilihan/baru", methods=["GET", "POST"])
@requires(Permission.CALENDAR_ANY_WRITE)
def enter_election() -> Response | Answer:
    """Note an election with its phases."""
    writer, form = _writer(), ElectionForm()
    if form.validate_on_submit():
        with refusals_to(form):
            actions.enter_election(writer, **_typed(form))
            notify(say("Pemilihan tercatat dalam kalender."))
            return redirect(url_for("calendar.index"))
    return _election_page(form, None, [])


@blueprint.route("/kalender/pemilihan/<uuid:election_id>/ubah", methods=["GET", "POST"])
@requires(Permission.CALENDAR_ANY_WRITE)
def change_election(election_id: UUID) -> Response | Answer:
    """Change an election and its phases; who is not told yet what follows is told first."""
    writer, election = _writer(), queries.get_election(election_id)
    form = ElectionForm(data=_filled(election))
    if form.validate_on_submit():
        with refusals_to(form):
            rules.refuse_disorder(form.phases(), form.polling_on.data)
            found = consequences.of(_change(election, form.phases()))
            if not _was_told(found):
                return _election_page(form, election, found)
            actions.change_election(writer, election_id=election_id, **_typed(form))
            notify(say("Perubahan tersimpan."))
            return redirect(url_for("calendar.index"))
    return _election_page(form, election, [])


@blueprint.post("/kalender/pemilihan/<uuid:election_id>/hapus")
@requires(Permission.CALENDAR_ANY_WRITE)
def remove_election(election_id: UUID) -> Response | Answer:
    """Take an election out of the calendar; who is not told yet what follows is told first."""
    writer, election = _writer(), queries.get_election(election_id)
    found = consequences.of(_change(election, []))
    if not _was_told(found):
        return render("calendar/remove_election.html", election=election, found=found, mark=consequences.mark(found))
    actions.remove_election(writer, election_id=election_id)
    notify(say("Pemilihan dihapus dari kalender."))
    return redirect(url_for("calendar.index"))


def _may_write() -> bool:
    """Whether the reader answers for the whole regency's calendar."""
    return None in actor().scopes(Permission.CALENDAR_ANY_WRITE)


def _writer() -> Actor:
    """Who keeps the calendar; Forbidden for whose role ends at one agency, since its days are everybody's."""
    if not _may_write():
        raise Forbidden
    return actor()


def _change(election: Election, phases: list[Span]) -> Change:
    """What is to become of the phases of an election."""
    before = [Span(each.kind, each.started_on, each.ended_on) for each in election.phases]
    was, becomes = consequences.by_kind(before), consequences.by_kind(phases)
    return Change(election.id, election.name, was, becomes, clock.today())


def _was_told(found: list[Consequence]) -> bool:
    """Whether nothing follows, or just what the sender of this form was told follows."""
    return not found or request.form.get(TOLD) == consequences.mark(found)


def _election_page(form: ElectionForm, election: Election | None, found: list[Consequence]) -> Response:
    """The form, with what follows if there is something to be told."""
    facts = {"election": election, "kinds": list(PhaseKind), "found": found}
    return show_form("calendar/election.html", form, **facts, mark=consequences.mark(found))


def _typed(form: ElectionForm) -> dict[str, Any]:
    return {"name": form.name.data, "polling_on": form.polling_on.data, "phases": form.phases()}


def _filled(election: Election) -> dict[str, Any]:
    """An election as its form shows it."""
    days: dict[str, Any] = {"name": election.name, "polling_on": election.polling_on}
    for phase in election.phases:
        name = phase.kind.name.lower()
        days |= {f"from_{name}": phase.started_on, f"until_{name}": phase.ended_on}
    return days

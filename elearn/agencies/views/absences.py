"""Times in which somebody belongs here but does not serve: recorded, and brought to an end."""

from typing import Any
from uuid import UUID

from flask import redirect, url_for

from elearn.agencies import absences, queries
from elearn.agencies.forms import AbsenceForm, EndAbsenceForm
from elearn.agencies.rules import AbsenceKind
from elearn.agencies.views.blueprint import blueprint
from elearn.core.permissions import Permission, requires
from elearn.core.speech import say
from elearn.core.web import actor, notify, refusals_to, show_form


@blueprint.route("/pegawai/<uuid:employee_id>/tidak-bertugas", methods=["GET", "POST"])
@requires(Permission.AGENCY_PEOPLE_TRANSFER)
def record_absence(employee_id: UUID) -> Any:
    """Note that somebody does not serve for a while."""
    visible = queries.visible_to(actor(), Permission.AGENCY_PEOPLE_TRANSFER)
    found = queries.get_employee(employee_id, visible=visible)
    form = AbsenceForm()
    if form.validate_on_submit():
        with refusals_to(form):
            absences.record(
                actor(),
                employee_id=employee_id,
                kind=AbsenceKind(form.kind.data),
                started_on=form.started_on.data,
                ended_on=form.ended_on.data,
                reason=form.reason.data,
            )
            notify(say("Masa tidak bertugas tercatat."))
            return redirect(url_for("agencies.employee", employee_id=employee_id))
    return show_form("agencies/absence.html", form, employee=found)


@blueprint.route("/pegawai/<uuid:employee_id>/tidak-bertugas/<uuid:absence_id>/akhiri", methods=["GET", "POST"])
@requires(Permission.AGENCY_PEOPLE_TRANSFER)
def end_absence(employee_id: UUID, absence_id: UUID) -> Any:
    """Let an absence end on a day; on its first day it is taken out."""
    absence = absences.get_absence(actor(), employee_id=employee_id, absence_id=absence_id)
    visible = queries.visible_to(actor(), Permission.AGENCY_PEOPLE_TRANSFER)
    found = queries.get_employee(employee_id, visible=visible)
    form = EndAbsenceForm()
    if form.validate_on_submit():
        with refusals_to(form):
            absences.end(actor(), employee_id=employee_id, absence_id=absence_id, on=form.on.data)
            notify(say("Masa tidak bertugas diakhiri."))
            return redirect(url_for("agencies.employee", employee_id=employee_id))
    return show_form("agencies/end_absence.html", form, employee=found, absence=absence)

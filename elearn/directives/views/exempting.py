"""Exempting somebody from an issued directive, ending that, and telling it on the employee's page."""

from uuid import UUID

from flask import Response, redirect, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from elearn.agencies import queries as agencies
from elearn.agencies.models import Employee
from elearn.core import clock
from elearn.core.permissions import Permission, requires
from elearn.core.speech import say
from elearn.core.web import actor, fragment, notify, refusals_to, show_form
from elearn.directives import exemptions, rules
from elearn.directives.life_forms import EndExemptionForm, ExemptForm
from elearn.directives.models import Directive
from elearn.directives.views.blueprint import blueprint, readable


@blueprint.route("/edaran/<uuid:directive_id>/pengecualian", methods=["GET", "POST"])
@requires(Permission.DIRECTIVE_ANY_EXEMPT)
def exempt(directive_id: UUID) -> Response | Answer:
    """Exempt somebody for a reason from a day on: who was chosen from the list of those bound, or typed by NIP."""
    directive, chosen = _in_force(directive_id), _chosen()
    form = ExemptForm(data={"from_on": clock.today()})
    if chosen:
        form.fix(chosen.nip)
    if form.validate_on_submit():
        with refusals_to(form):
            exemption = exemptions.exempt(
                actor(),
                directive_id=directive_id,
                nip=form.whom(),
                reason=str(form.reason.data),
                from_on=form.from_on.data,
            )
            exempted = exemptions.get_employee(actor(), exemption.employee_id)
            notify(say("Pengecualian %(name)s dicatat.", name=exempted.full_name))
            return redirect(url_for("directives.show", directive_id=directive_id))
    place = agencies.latest_placement(chosen).agency.name if chosen else None
    return show_form("directives/exempt.html", form, directive=directive, chosen=chosen, agency_name=place)


def _chosen() -> Employee | None:
    """Whom the address names, if anybody; NotFound for who is not in reach."""
    employee_id = request.args.get("pegawai", type=UUID)
    return exemptions.get_employee(actor(), employee_id) if employee_id else None


@blueprint.route("/edaran/<uuid:directive_id>/pengecualian/<uuid:exemption_id>/akhiri", methods=["GET", "POST"])
@requires(Permission.DIRECTIVE_ANY_EXEMPT)
def end_exemption(directive_id: UUID, exemption_id: UUID) -> Response | Answer:
    """Let somebody be bound again from a day on."""
    exemption = exemptions.get_exemption(actor(), directive_id=directive_id, exemption_id=exemption_id)
    form = EndExemptionForm(data={"until_on": clock.today()})
    if form.validate_on_submit():
        with refusals_to(form):
            exemptions.end(actor(), directive_id=directive_id, exemption_id=exemption_id, until_on=form.until_on.data)
            notify(say("Pengecualian diakhiri."))
            return redirect(url_for("directives.show", directive_id=directive_id))
    return show_form(
        "directives/end_exemption.html",
        form,
        directive=readable(directive_id),
        exemption=exemption,
        employee=exemptions.get_employee(actor(), exemption.employee_id),
    )


@blueprint.app_template_global()
def exemptions_of(employee_id: UUID) -> Markup:
    """From which directives an employee is or was exempt, as a part of the employee's page."""
    found = exemptions.list_of_employee(employee_id)
    return fragment("directives/_exemptions_of.html", found=found)


def _in_force(directive_id: UUID) -> Directive:
    directive = readable(directive_id)
    if directive.status is not rules.Status.ISSUED:
        raise rules.NotInForce
    return directive

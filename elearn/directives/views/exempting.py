"""Exempting somebody from an issued directive, ending that, and telling it on the employee's page."""

from uuid import UUID

from flask import Response, redirect, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

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
    """Exempt somebody for a reason from a day on."""
    directive = _in_force(directive_id)
    form = ExemptForm(data={"nip": request.args.get("nip", ""), "from_on": clock.today()})
    if form.validate_on_submit():
        with refusals_to(form):
            exemptions.exempt(
                actor(),
                directive_id=directive_id,
                nip=str(form.nip.data),
                reason=str(form.reason.data),
                from_on=form.from_on.data,
            )
            notify(say("Pengecualian dicatat."))
            return redirect(url_for("directives.show", directive_id=directive_id))
    return show_form("directives/exempt.html", form, directive=directive)


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
        employee=exemptions.get_employee(actor(), exemption),
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

"""The tree of agencies, and activation codes for a whole agency."""

from typing import Any

from elearn.accounts.rules import CODE_LIFETIME
from elearn.agencies import actions, queries
from elearn.agencies.views.blueprint import blueprint
from elearn.core import clock
from elearn.core.fields import Form
from elearn.core.permissions import Permission, requires
from elearn.core.web import actor, render, show_form


@blueprint.get("/opd")
@requires(Permission.AGENCY_PEOPLE_READ)
def tree() -> Any:
    """The OPD in sight, each with how many serve there and how many accounts are active."""
    visible = queries.visible_to(actor(), Permission.AGENCY_PEOPLE_READ)
    return render(
        "agencies/tree.html",
        agencies=queries.list_tops(visible=visible),
        counts=queries.count_people(visible=visible),
    )


@blueprint.get("/opd/<code>")
@requires(Permission.AGENCY_PEOPLE_READ)
def agency(code: str) -> Any:
    """One agency: its facts, the agencies below it, what can be done here."""
    visible = queries.visible_to(actor(), Permission.AGENCY_PEOPLE_READ)
    found = queries.get_agency(code, visible=visible)
    return render(
        "agencies/agency.html",
        agency=found,
        parents=[each for each in queries.list_above(found) if visible.includes(each.id)],
        children=queries.list_children(found, visible=visible),
        counts=queries.count_people(visible=visible),
    )


@blueprint.route("/opd/<code>/kode-aktivasi", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_PEOPLE_ACTIVATE)
def issue_codes(code: str) -> Any:
    """Ask first; then a sheet of slips to print, which can be seen only once."""
    visible = queries.visible_to(actor(), Permission.ACCOUNT_PEOPLE_ACTIVATE)
    found = queries.get_agency(code, visible=visible)
    form = Form()
    if form.validate_on_submit():
        slips = actions.issue_codes(actor(), agency=found)
        return render("agencies/slips.html", agency=found, slips=slips, expires_at=clock.now() + CODE_LIFETIME)
    return show_form("agencies/issue_codes.html", form, agency=found, waiting=len(queries.list_waiting(found)))

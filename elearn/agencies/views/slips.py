"""Activation codes for a whole agency, printed some at a time; nothing readable of them is kept."""

from base64 import b64encode
from typing import Any

from elearn.agencies import queries, slips
from elearn.agencies.forms import EVERYBODY, WITHOUT_CODE, SlipsForm
from elearn.agencies.models import Agency
from elearn.agencies.views.blueprint import blueprint
from elearn.core import clock
from elearn.core.db import new_id
from elearn.core.permissions import Permission, requires
from elearn.core.speech import say
from elearn.core.transaction import transaction
from elearn.core.web import actor, refusals_to, render, show_form

WHOM: dict[str, str] = {
    WITHOUT_CODE: say("Yang belum memegang kode"),
    EVERYBODY: say("Semua yang akunnya belum aktif; kode yang sudah dibagikan tidak berlaku lagi"),
}


@blueprint.route("/opd/<code>/kode-aktivasi", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_PEOPLE_ACTIVATE)
def issue_codes(code: str) -> Any:
    """Ask first; then slips to print, some at a time, which can be seen only once."""
    visible = queries.visible_to(actor(), Permission.ACCOUNT_PEOPLE_ACTIVATE)
    found = queries.get_agency(code, visible=visible)
    form = SlipsForm(choices=WHOM, whom=WITHOUT_CODE, batch=str(new_id()))
    if form.validate_on_submit():
        with refusals_to(form):
            return _print(found, form)
        form.batch.data = str(new_id())
    return show_form(
        "agencies/issue_codes.html",
        form,
        agency=found,
        without_code=len(slips.waiting(actor(), found)),
        waiting=len(slips.waiting(actor(), found, is_without_code=False)),
        at_once=slips.AT_ONCE,
    )


def _print(agency: Agency, form: SlipsForm) -> Any:
    """Issue codes, and only when they are committed draw the slips, for nobody may write meanwhile."""
    since = form.moment(clock.now())
    with transaction():
        printed = slips.issue(actor(), agency=agency, since=since, batch=form.token or str(new_id()))
        since = min(since, printed.issued_at) if since else None
        left = len(slips.waiting(actor(), agency, since=since))
    paper = slips.paper(printed, agency=agency) if printed.slips else b""
    return render(
        "agencies/slips.html",
        agency=agency,
        printed=printed,
        left=left,
        whom=form.whom.data,
        since=since.isoformat() if since else "",
        batch=new_id(),
        paper=b64encode(paper).decode(),
        words=slips.printed(printed.slips[0].nip, printed.expires_at) if printed.slips else "",
    )

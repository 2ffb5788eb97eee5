"""Activation codes for a whole agency, printed some at a time; nothing readable of them is kept."""

from base64 import b64encode
from typing import Any

from elearn.accounts.rules import CODE_LIFETIME
from elearn.agencies import queries, slips
from elearn.agencies.forms import EVERYBODY, WITHOUT_CODE, SlipsForm
from elearn.agencies.models import Agency
from elearn.agencies.views.blueprint import blueprint
from elearn.core import clock
from elearn.core.permissions import Permission, requires
from elearn.core.speech import say
from elearn.core.transaction import transaction
from elearn.core.web import actor, render, show_form

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
    form = SlipsForm(choices=WHOM, whom=WITHOUT_CODE)
    if form.validate_on_submit():
        return _print(found, form)
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
    since, now = form.moment(clock.now()), clock.now()
    with transaction():
        printed = slips.issue(actor(), agency=agency, since=since)
        left = len(slips.waiting(actor(), agency, since=since))
    paper = slips.paper(printed, agency=agency, expires_at=now + CODE_LIFETIME) if printed else b""
    return render(
        "agencies/slips.html",
        agency=agency,
        slips=printed,
        left=left,
        whom=form.whom.data,
        since=since.isoformat() if since else "",
        paper=b64encode(paper).decode(),
        expires_at=now + CODE_LIFETIME,
        printed=slips.printed(printed[0].nip, now + CODE_LIFETIME) if printed else "",
    )

"""The window of the record: what happened, and whether the record is whole."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from elearn.core.permissions import Permission, requires
from elearn.core.web import actor, page_number, paginate, render
from elearn.ledger import actions, queries, words

blueprint = Blueprint("ledger", __name__)


@blueprint.get("/jejak-audit")
@requires(Permission.LEDGER_ANY_READ)
def log() -> Response:
    """The record, newest first, with the result of the last check."""
    event = request.args.get("peristiwa") or None
    return render(
        "ledger/log.html",
        page=paginate(queries.entries(event), page_number()),
        events=queries.list_events(),
        event=event,
        check=queries.find_last_check(),
        words=words,
    )


@blueprint.post("/jejak-audit/periksa")
@requires(Permission.LEDGER_ANY_READ)
def verify() -> Answer:
    """Check the whole record now."""
    actions.verify(actor())
    return redirect(url_for("ledger.log"))

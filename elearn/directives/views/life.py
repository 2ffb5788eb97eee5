"""From draft to end: reviewing, issuing, closing."""

from uuid import UUID

from flask import Response, redirect, url_for
from werkzeug.wrappers import Response as Answer

from elearn.core.permissions import Permission, requires
from elearn.core.speech import say
from elearn.core.web import actor, notify, refusals_to, show_form
from elearn.directives import actions, rules
from elearn.directives.life_forms import CloseForm, DeedForm
from elearn.directives.views.blueprint import blueprint, page_of, readable


@blueprint.post("/edaran/<uuid:directive_id>/periksa")
@requires(Permission.DIRECTIVE_ANY_REVIEW)
def review(directive_id: UUID) -> Response | Answer:
    """Say that somebody else's draft is right."""
    form = DeedForm()
    if form.validate_on_submit():
        with refusals_to(form):
            actions.review(actor(), directive_id=directive_id)
            notify(say("Draf ditandai sudah diperiksa."))
            return redirect(url_for("directives.show", directive_id=directive_id))
    return show_form("directives/show.html", form, **page_of(readable(directive_id)))


@blueprint.post("/edaran/<uuid:directive_id>/terbitkan")
@requires(Permission.DIRECTIVE_ANY_ISSUE)
def issue(directive_id: UUID) -> Response | Answer:
    """Issue a draft: from now on it binds."""
    form = DeedForm()
    if form.validate_on_submit():
        with refusals_to(form):
            actions.issue(actor(), directive_id=directive_id)
            notify(say("Edaran terbit. Pemberitahuan dikirim kepada pegawai yang terikat."))
            return redirect(url_for("directives.show", directive_id=directive_id))
    return show_form("directives/show.html", form, **page_of(readable(directive_id)))


@blueprint.route("/edaran/<uuid:directive_id>/tutup", methods=["GET", "POST"])
@requires(Permission.DIRECTIVE_ANY_ISSUE)
def close(directive_id: UUID) -> Response | Answer:
    """End a directive with a note."""
    directive, form = readable(directive_id), CloseForm()
    if directive.status is not rules.Status.ISSUED:
        raise rules.NotInForce
    if form.validate_on_submit():
        with refusals_to(form):
            actions.close(actor(), directive_id=directive_id, note=str(form.note.data))
            notify(say("Edaran ditutup. Pemberitahuan dikirim kepada pegawai yang terikat."))
            return redirect(url_for("directives.show", directive_id=directive_id))
    return show_form("directives/close.html", form, directive=directive)

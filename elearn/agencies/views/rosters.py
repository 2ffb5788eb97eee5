"""The roster import: upload, look at what it would change, apply."""

from typing import Any
from uuid import UUID

from flask import redirect, url_for

from elearn.agencies import actions, headings, queries, review
from elearn.agencies.difference import grouped
from elearn.agencies.forms import ApplyForm, RosterForm
from elearn.agencies.views.blueprint import blueprint
from elearn.core import clock
from elearn.core.errors import NotFound
from elearn.core.permissions import Permission, requires
from elearn.core.web import actor, notify, refusals_to, render, show_form

SHOWN = 25


@blueprint.route("/pegawai/impor", methods=["GET", "POST"])
@requires(Permission.AGENCY_ROSTER_IMPORT)
def upload_roster() -> Any:
    """Upload a roster for review; nothing changes yet."""
    form = RosterForm(as_of=clock.today())
    if form.validate_on_submit():
        with refusals_to(form):
            upload = form.file.data
            staged = actions.stage_import(
                actor(), filename=upload.filename, content=upload.read(), as_of=form.as_of.data
            )
            return redirect(url_for("agencies.review_import", import_id=staged.id))
    return show_form("agencies/upload_roster.html", form, spellings=headings.SPELLINGS, names=headings.NAMES)


@blueprint.route("/pegawai/impor/<uuid:import_id>", methods=["GET", "POST"])
@requires(Permission.AGENCY_ROSTER_IMPORT)
def review_import(import_id: UUID) -> Any:
    """What a roster would change; a POST applies it, once."""
    if not queries.visible_to(actor(), Permission.AGENCY_ROSTER_IMPORT).all:
        raise NotFound
    staged = queries.get_import(import_id)
    if staged.applied_at is not None:
        return render("agencies/applied_roster.html", staged=staged)
    form = ApplyForm()
    if form.validate_on_submit():
        with refusals_to(form):
            actions.apply_import(actor(), import_id=import_id, is_confirmed=form.is_confirmed.data)
            notify("Daftar pegawai sudah diterapkan.")
            return redirect(url_for("agencies.review_import", import_id=import_id))
    found = review.difference_of(staged)
    return show_form(
        "agencies/review_roster.html",
        form,
        staged=staged,
        found=found,
        complaints=grouped(found.complaints),
        agencies={agency.id: agency.name for agency in queries.list_agencies()},
        names=headings.NAMES,
        most=SHOWN,
    )

"""Unknown names of units in a roster, explained once and remembered; and the list of what is remembered."""

from typing import Any
from uuid import UUID

from flask import redirect, url_for

from elearn.agencies import doubts, imports, queries, review, roster_queries
from elearn.agencies.placing import Stray
from elearn.agencies.review import Review
from elearn.agencies.roster_forms import NOT_OURS, answers, field_of, names_form
from elearn.agencies.rules import EVERYTHING
from elearn.agencies.views.blueprint import blueprint
from elearn.agencies.views.rosters import cut
from elearn.core.errors import NotFound
from elearn.core.permissions import Permission, requires
from elearn.core.speech import say, tally
from elearn.core.web import Page, actor, notify, page_number, paginate, refusals_to, render, show_form

AT_ONCE = 10


@blueprint.route("/pegawai/impor/<uuid:import_id>/nama-unit", methods=["GET", "POST"])
@requires(Permission.AGENCY_ROSTER_IMPORT)
def unit_names(import_id: UUID) -> Any:
    """Ask which agency each unknown name of a staged roster means, some at a time."""
    _refuse_partial_reach()
    staged = roster_queries.get_import(import_id)
    looked = review.review_of(staged)
    page = cut(sorted(looked.strays, key=lambda each: -len(each.lines)), AT_ONCE)
    form = names_form(_asked(page.items, looked))
    if form.validate_on_submit():
        with refusals_to(form):
            chosen = answers(form, [each.name.key for each in page.items])
            meant = {key: None if value == NOT_OURS else UUID(value) for key, value in chosen.items()}
            count = imports.explain_names(actor(), import_id=import_id, meant=meant)
            notify(tally("%(num)s nama unit dipetakan.", count))
            return redirect(_next(import_id, page, count))
    rows = [(each, form[field_of(each.name.key)]) for each in page.items]
    return show_form("agencies/roster_units.html", form, staged=staged, rows=rows, page=page)


def _next(import_id: UUID, page: Page[Stray], count: int) -> str:
    """Where to go on: the names that are still open, or the review when none is or nothing was chosen."""
    if 0 < count < page.total:
        return url_for("agencies.unit_names", import_id=import_id, hal=page.number)
    return url_for("agencies.review_import", import_id=import_id)


def _asked(strays: list[Stray], looked: Review) -> list[tuple[str, str, dict[str, str], str]]:
    """Each unknown name with the agencies it may mean, those of its OPD where that is known, and the likeliest."""
    choices = queries.list_choices(visible=EVERYTHING)
    asked = []
    for stray in strays:
        opd_id = stray.name.opd_id
        inside = {
            id_: name
            for id_, name in choices.items()
            if opd_id is None or (UUID(id_) in looked.places and looked.places[UUID(id_)].opd_id == opd_id)
        }
        likely = doubts.suggestion(stray, looked.known, looked.places)
        asked.append((stray.name.key, stray.name.words, inside, str(likely) if str(likely) in inside else ""))
    return asked


@blueprint.get("/pegawai/impor/padanan")
@requires(Permission.AGENCY_ROSTER_IMPORT)
def unit_aliases() -> Any:
    """The names remembered for agencies."""
    _refuse_partial_reach()
    page = paginate(roster_queries.unit_aliases(), page_number(), scalars=False)
    return render("agencies/unit_aliases.html", page=page)


@blueprint.post("/pegawai/impor/padanan/<uuid:alias_id>/hapus")
@requires(Permission.AGENCY_ROSTER_IMPORT)
def forget_unit_alias(alias_id: UUID) -> Any:
    """Remember a name no longer."""
    _refuse_partial_reach()
    imports.forget_name(actor(), alias_id=alias_id)
    notify(say("Padanan nama unit dihapus."))
    return redirect(url_for("agencies.unit_aliases"))


def _refuse_partial_reach() -> None:
    if not queries.visible_to(actor(), Permission.AGENCY_ROSTER_IMPORT).all:
        raise NotFound

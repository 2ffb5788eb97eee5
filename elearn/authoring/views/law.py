"""The register of law for everybody, its changes as authors mark them, and what rests on a place in it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Response, g, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from elearn.authoring import changes, law, recertifying, rules
from elearn.authoring.forms import ChangeForm
from elearn.authoring.rules import Change
from elearn.authoring.views.blueprint import blueprint
from elearn.content import coverage, queries
from elearn.content.law import Citation, Instrument, LegalForm
from elearn.content.modules import Module
from elearn.core.permissions import Permission, public, requires
from elearn.core.speech import say, term
from elearn.core.web import actor, find_actor, notify, refusals_to, render, show_form

FORMS = {
    LegalForm.LAW: say("Undang-undang"),
    LegalForm.REGULATION: term("many", "Peraturan"),
    LegalForm.DECISION: term("law", "Keputusan"),
    LegalForm.RULING: say("Putusan pengadilan"),
    LegalForm.CIRCULAR: say("Surat edaran dan surat"),
    LegalForm.STATEMENT: say("Penjelasan, data, dan praktik"),
}


@blueprint.get("/dasar-hukum")
@public
def register() -> Response:
    """Every instrument the curriculum rests on, by its form."""
    found = queries.find_register()
    instruments = found.instruments if found else ()
    groups = {FORMS[form]: [each for each in instruments if each.form is form] for form in LegalForm}
    return render("authoring/register.html", groups=groups, uses=law.count_uses(), changed=_changed_instruments())


@blueprint.get("/dasar-hukum/<instrument_id>")
@public
def instrument(instrument_id: str) -> Response:
    """One instrument: each of its places, what it says, how well that is proven, and what rests on it."""
    return _instrument_page(instrument_id, _change_form(instrument_id))


@blueprint.post("/dasar-hukum/<instrument_id>/perubahan")
@requires(Permission.CONTENT_ANY_WRITE)
def mark_change(instrument_id: str) -> Response | Answer:
    """Mark the instrument, or one place in it, as changed."""
    form = _change_form(instrument_id)
    if form.validate_on_submit():
        with refusals_to(form):
            changes.mark(
                actor(),
                instrument_id=instrument_id,
                citation_id=form.citation_id.data or "",
                changed_on=form.changed_on.data,
                note=str(form.note.data),
            )
            notify(say("Perubahan ditandai. Setiap materi yang bertumpu padanya menampilkannya."))
            return redirect(url_for("authoring.impact", instrument_id=instrument_id))
    return _instrument_page(instrument_id, form)


@blueprint.post("/dasar-hukum/perubahan/<uuid:change_id>/selesai")
@requires(Permission.CONTENT_ANY_WRITE)
def settle_change(change_id: UUID) -> Answer:
    """Say that the curriculum has followed a change."""
    change = changes.settle(actor(), change_id=change_id)
    notify(say("Perubahan dinyatakan selesai."))
    return redirect(url_for("authoring.instrument", instrument_id=change.instrument_id))


@blueprint.get("/dasar-hukum/<instrument_id>/dampak")
@requires(Permission.CONTENT_ANY_READ, Permission.DIRECTIVE_ANY_WRITE)
def impact(instrument_id: str) -> Response:
    """What rests on an instrument, or on one place in it, and how many were certified on that."""
    cites = law.get_places(instrument_id, request.args.get("pasal", ""))
    found = law.get_register()
    return render(
        "authoring/impact.html",
        instrument=found.instrument_by_id[instrument_id],
        citations=[each for each in found.citations if each.id in cites],
        impact=law.impact(cites),
        changes=[each for each in open_changes() if each.instrument_id == instrument_id],
        titles={module.slug: module.title for _, module in queries.list_current_modules()},
    )


@blueprint.get("/materi/cakupan")
@requires(Permission.CONTENT_ANY_READ)
def rules_covered() -> Response:
    """Every rule that must be known, against the lessons, stories and questions that teach and ask it."""
    found, modules = queries.find_register(), [module for _, module in queries.list_current_modules()]
    rows = coverage.matrix(found.rules if found else (), modules)
    return render("authoring/coverage.html", rows=rows, gaps=len(coverage.gaps(rows)))


@blueprint.app_template_global()
def law_changes_of(citation: Citation) -> list[Change]:
    """The open changes that touch a citation, for the list of law on any page."""
    return rules.touching(open_changes(), [citation])


@blueprint.app_template_global()
def law_changes_in(module: Module) -> list[Change]:
    """The open changes that touch a version of a module."""
    return rules.touching(open_changes(), module.citations)


@blueprint.app_template_global()
def recertification_draft(slug: str, instrument: Instrument, told: Sequence[Change]) -> str:
    """The address of a new directive, filled in to teach a module again after a change of the law."""
    subject, body = recertifying.letter(instrument, told)
    return url_for("directives.draft", hal=subject[:200], isi=body, modul=slug, akui="tidak")


def open_changes() -> list[Change]:
    """The changes that are not settled, read once in a request."""
    if "law_changes" not in g:
        g.law_changes = law.list_changes()
    return list(g.law_changes)


def _changed_instruments() -> set[str]:
    return {change.instrument_id for change in open_changes()}


def _change_form(instrument_id: str) -> ChangeForm:
    form = ChangeForm()
    places = [each for each in law.get_register().citations if each.instrument_id == instrument_id]
    form.offer_places((each.id, each.label) for each in places)
    return form


def _instrument_page(instrument_id: str, form: ChangeForm) -> Response:
    found, reader = law.get_register(), find_actor()
    if instrument_id not in found.instrument_by_id:
        raise rules.NoSuchLaw
    facts: dict[str, Any] = {
        "instrument": found.instrument_by_id[instrument_id],
        "instruments": found.instrument_by_id,
        "places": law.list_places(instrument_id),
        "changes": [each for each in open_changes() if each.instrument_id == instrument_id],
        "may_read_all": reader is not None and reader.has(Permission.CONTENT_ANY_READ),
        "may_write": reader is not None and reader.has(Permission.CONTENT_ANY_WRITE),
        "actor_can_direct": reader is not None and reader.has(Permission.DIRECTIVE_ANY_WRITE),
    }
    return show_form("authoring/instrument.html", form, **facts)

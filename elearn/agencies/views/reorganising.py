"""Mergers and splits: what would change is shown first, with how many people go where; then it is done."""

from typing import Any
from uuid import UUID

from flask import redirect, request, url_for

from elearn.agencies import queries, reorganisation, tree_queries
from elearn.agencies.lineage import NewAgency
from elearn.agencies.models import Agency
from elearn.agencies.rules import EVERYTHING
from elearn.agencies.tree_forms import NEW, MergeForm, SuccessorsForm, assigned, assignment_form
from elearn.agencies.views.blueprint import blueprint
from elearn.core.fields import Form
from elearn.core.permissions import Permission, requires
from elearn.core.speech import tally
from elearn.core.web import actor, notify, refusals_to, show_form

DO = "lakukan"
MOST_PEOPLE = 400


@blueprint.route("/opd/<code>/gabung", methods=["GET", "POST"])
@requires(Permission.AGENCY_TREE_EDIT)
def merge_agencies(code: str) -> Any:
    """Merge agencies that stand below one: look first, then do."""
    parent = _editable(code)
    children = {str(each.id): each.name for each in queries.list_children(parent, visible=EVERYTHING)}
    form, concern = MergeForm(agencies=children), None
    if form.validate_on_submit():
        with refusals_to(form):
            formers = reorganisation.find_open_children(parent, map(UUID, form.formers.data))
            target = _target(parent, form)
            reorganisation.refuse_unfit_merger(formers, target)
            concern = reorganisation.concern(formers, form.on.data)
            if request.form.get("langkah") == DO:
                successor = reorganisation.merge(actor(), formers, target, on=form.on.data)
                notify(tally("%(num)s pegawai pindah ke %(name)s.", concern.total, name=successor.name))
                return redirect(url_for("agencies.agency", code=successor.code))
    return show_form("agencies/merge_agencies.html", form, parent=parent, concern=concern)


def _target(parent: Agency, form: MergeForm) -> Agency | NewAgency:
    if form.into.data == NEW:
        return form.described()
    return reorganisation.find_open_children(parent, [UUID(form.into.data)])[0]


@blueprint.get("/opd/<code>/pecah")
@requires(Permission.AGENCY_TREE_EDIT)
def split_agency(code: str) -> Any:
    """Ask into what an agency is to be split, and when."""
    form = SuccessorsForm()
    return show_form("agencies/split_agency.html", form, agency=_editable(code))


@blueprint.route("/opd/<code>/pecah/pembagian", methods=["GET", "POST"])
@requires(Permission.AGENCY_TREE_EDIT)
def assign_split(code: str) -> Any:
    """Ask who and which unit goes to which of the new agencies, count them, and split."""
    found = _editable(code)
    asked = SuccessorsForm(request.args)
    concern = _sound(found, asked)
    if concern is None:
        return show_form("agencies/split_agency.html", asked, agency=found)
    on, into = asked.on.data, asked.described()
    units = queries.list_children(found, visible=EVERYTHING)
    people = tree_queries.list_serving(found, on, limit=MOST_PEOPLE)
    form, unit_fields, person_fields = assignment_form(
        [each.id for each in units], [each.id for each in people], into
    )
    if form.validate_on_submit() and request.form.get("langkah") == DO:
        with refusals_to(form):
            chosen = {"units": assigned(form, unit_fields), "people": assigned(form, person_fields)}
            reorganisation.split(actor(), found, into, on=on, **chosen)
            notify(
                tally("%(name)s dipecah; %(num)s pegawai pindah ke unit yang baru.", concern.total, name=found.name)
            )
            return redirect(url_for("agencies.agency", code=code))
    return show_form(
        "agencies/assign_split.html",
        form,
        agency=found,
        asked=asked,
        concern=concern,
        shares=_shares(found, asked, form, unit_fields, person_fields),
        units=[(each.name, form[unit_fields[each.id]]) for each in units],
        people=[(each.name, each.post, form[person_fields[each.id]]) for each in people],
        most=MOST_PEOPLE,
    )


def _sound(agency: Agency, asked: SuccessorsForm) -> reorganisation.Concern | None:
    """Whom the split that was asked for concerns; None, with complaints in the form, if it cannot be."""
    if asked.validate():
        with refusals_to(asked):
            reorganisation.refuse_unfit_split(agency, asked.described(), fields=asked.code_fields())
            return reorganisation.concern([agency], asked.on.data)
    return None


def _shares(
    agency: Agency, asked: SuccessorsForm, form: Form, units: dict[UUID, str], people: dict[UUID, str]
) -> list[tuple[str, int]]:
    """How many people each of the new agencies would receive as the form stands."""
    chosen = assigned(form, units), assigned(form, people)
    counts = reorganisation.shares(agency, len(asked.described()), *chosen, on=asked.on.data)
    return [(each.name, count) for each, count in zip(asked.described(), counts, strict=True)]


def _editable(code: str) -> Agency:
    tree_queries.refuse_partial_reach(actor())
    return queries.get_agency(code, visible=EVERYTHING)

"""The tree of agencies: seen by whoever answers for a part of it, edited by HR of the whole regency."""

from typing import Any

from flask import redirect, url_for

from elearn.agencies import queries, rules, tree_edits, tree_queries
from elearn.agencies.models import Agency
from elearn.agencies.rules import EVERYTHING
from elearn.agencies.tree_forms import AgencyForm, CloseForm, NewAgencyForm, RenameForm
from elearn.agencies.views.blueprint import blueprint
from elearn.core.permissions import Permission, requires
from elearn.core.speech import say
from elearn.core.web import actor, notify, refusals_to, render, show_form


@blueprint.get("/opd")
@requires(Permission.AGENCY_PEOPLE_READ)
def tree() -> Any:
    """The OPD in sight, each with how many serve there and how many accounts are active, and what it was before."""
    visible = queries.visible_to(actor(), Permission.AGENCY_PEOPLE_READ)
    tops = queries.list_tops(visible=visible)
    may_edit = _may_edit()
    closed = tree_queries.list_closed(queries.root(), visible=visible) if tops and visible.all else []
    return render(
        "agencies/tree.html",
        agencies=tops,
        counts=queries.count_people(visible=visible),
        root=queries.root() if may_edit and tops else None,
        may_edit=may_edit,
        **_history([*tops, *closed]),
        closed=closed,
    )


@blueprint.get("/opd/<code>")
@requires(Permission.AGENCY_PEOPLE_READ)
def agency(code: str) -> Any:
    """One agency: its facts and its history, the agencies below it, what can be done here."""
    visible = queries.visible_to(actor(), Permission.AGENCY_PEOPLE_READ)
    found = queries.get_agency(code, visible=visible)
    children = queries.list_children(found, visible=visible)
    closed = tree_queries.list_closed(found, visible=visible)
    return render(
        "agencies/agency.html",
        agency=found,
        parents=[each for each in queries.list_above(found) if visible.includes(each.id)],
        children=children,
        closed=closed,
        counts=queries.count_people(visible=visible),
        names=tree_queries.list_names(found.id),
        may_edit=_may_edit() and found.closed_on is None,
        kind_below=rules.kind_below(found.kind),
        **_history([found, *children, *closed]),
    )


def _may_edit() -> bool:
    return queries.visible_to(actor(), Permission.AGENCY_TREE_EDIT).all


def _history(agencies: list[Agency]) -> dict[str, Any]:
    """What these were called before, from whom they took over, and who took over from them."""
    ids = [each.id for each in agencies]
    return {
        "earlier": tree_queries.earlier_names(),
        "former": tree_queries.list_former(ids),
        "successors": tree_queries.list_successors(ids),
    }


@blueprint.route("/opd/baru", methods=["GET", "POST"])
@requires(Permission.AGENCY_TREE_EDIT)
def create_opd() -> Any:
    """Open an OPD."""
    tree_queries.refuse_partial_reach(actor())
    return _create(queries.root())


@blueprint.route("/opd/<code>/unit-baru", methods=["GET", "POST"])
@requires(Permission.AGENCY_TREE_EDIT)
def create_unit(code: str) -> Any:
    """Open a unit below an agency."""
    return _create(_editable(code))


def _create(parent: Agency) -> Any:
    form = NewAgencyForm()
    if form.validate_on_submit():
        with refusals_to(form):
            opened = tree_edits.open_below(actor(), parent, form.described(), on=form.on.data)
            notify(say("%(agency)s dibentuk.", agency=opened.name))
            return redirect(url_for("agencies.agency", code=opened.code))
    return show_form("agencies/create_agency.html", form, parent=parent, kind=rules.kind_below(parent.kind))


@blueprint.route("/opd/<code>/ubah", methods=["GET", "POST"])
@requires(Permission.AGENCY_TREE_EDIT)
def describe_agency(code: str) -> Any:
    """Change code, short name, address and the head's title."""
    found = _editable(code)
    form = AgencyForm(obj=found)
    if form.validate_on_submit():
        with refusals_to(form):
            tree_edits.describe(
                actor(),
                found,
                code=form.code.data,
                short_name=form.short_name.data or None,
                address=form.address.data or None,
                head_title=form.head_title.data or None,
            )
            notify(say("Perubahan tersimpan."))
            return redirect(url_for("agencies.agency", code=found.code))
    return show_form("agencies/describe_agency.html", form, agency=found, address_code=code)


@blueprint.route("/opd/<code>/ganti-nama", methods=["GET", "POST"])
@requires(Permission.AGENCY_TREE_EDIT)
def rename_agency(code: str) -> Any:
    """Give an agency another name since a day; the earlier one stays in the reports of earlier days."""
    found = _editable(code)
    form = RenameForm(name=found.name, short_name=found.short_name)
    if form.validate_on_submit():
        with refusals_to(form):
            tree_edits.rename(
                actor(),
                found,
                name=form.name.data,
                short_name=form.short_name.data or None,
                since=form.since.data,
            )
            notify(say("Nama baru tercatat."))
            return redirect(url_for("agencies.agency", code=code))
    return show_form("agencies/rename_agency.html", form, agency=found)


@blueprint.route("/opd/<code>/tutup", methods=["GET", "POST"])
@requires(Permission.AGENCY_TREE_EDIT)
def close_agency(code: str) -> Any:
    """Close an agency where nobody serves any more."""
    found = _editable(code)
    form = CloseForm()
    if form.validate_on_submit():
        with refusals_to(form):
            tree_edits.close(actor(), found, on=form.on.data)
            notify(say("%(agency)s ditutup.", agency=found.name))
            return redirect(url_for("agencies.agency", code=code))
    people = queries.count_people(visible=EVERYTHING).get(found.id, (0, 0))[0]
    return show_form("agencies/close_agency.html", form, agency=found, people=people)


def _editable(code: str) -> Agency:
    """The agency with this code, for who may edit the whole tree."""
    tree_queries.refuse_partial_reach(actor())
    return queries.get_agency(code, visible=EVERYTHING)

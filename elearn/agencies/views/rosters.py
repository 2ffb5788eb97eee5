"""The roster import: upload, look at what it would change, apply it in the background, undo it."""

from typing import Any, TypeVar
from uuid import UUID

from flask import redirect, request, url_for

from config import ROOT
from elearn.agencies import headings, imports, preview, queries, review, roster_queries, undoing
from elearn.agencies.models import RosterImport
from elearn.agencies.preview import Filter, Kind
from elearn.agencies.review import Review
from elearn.agencies.roster_forms import DATA, ApplyForm, DifferenceFilter, RosterForm, UndoForm
from elearn.agencies.views.blueprint import blueprint
from elearn.core import clock, jobs
from elearn.core.errors import NotFound
from elearn.core.permissions import Permission, requires
from elearn.core.speech import say
from elearn.core.web import (
    Page,
    actor,
    attachment,
    notify,
    page_number,
    paginate,
    refusals_to,
    render,
    show_form,
)

PER_PAGE = 50
SHOWN = 10
SAMPLE = ROOT / "docs" / "samples" / "daftar-pegawai.csv"
T = TypeVar("T")


@blueprint.route("/pegawai/impor", methods=["GET", "POST"])
@requires(Permission.AGENCY_ROSTER_IMPORT)
def upload_roster() -> Any:
    """Upload a roster for review; nothing changes yet."""
    form = RosterForm(as_of=clock.today())
    if form.validate_on_submit():
        with refusals_to(form):
            upload = form.file.data
            staged = imports.stage(actor(), filename=upload.filename, content=upload.read(), as_of=form.as_of.data)
            return redirect(url_for("agencies.review_import", import_id=staged.id))
    return show_form("agencies/upload_roster.html", form, spellings=headings.SPELLINGS, names=headings.NAMES)


@blueprint.get("/pegawai/impor/contoh")
@requires(Permission.AGENCY_ROSTER_IMPORT)
def roster_sample() -> Any:
    """A roster of fictional people with every column."""
    return attachment(SAMPLE.read_bytes(), "daftar-pegawai-contoh.csv", "text/csv")


@blueprint.get("/pegawai/impor/riwayat")
@requires(Permission.AGENCY_ROSTER_IMPORT)
def roster_history() -> Any:
    """The rosters uploaded so far: who, when, what they changed, what was undone."""
    _refuse_partial_reach()
    last = roster_queries.last_applied_import()
    page = paginate(roster_queries.imports(), page_number(), per_page=20, scalars=False)
    return render("agencies/roster_history.html", page=page, last_id=last.id if last else None)


@blueprint.route("/pegawai/impor/<uuid:import_id>", methods=["GET", "POST"])
@requires(Permission.AGENCY_ROSTER_IMPORT)
def review_import(import_id: UUID) -> Any:
    """What a roster would change; a POST has it applied, once."""
    staged = _staged(import_id)
    if staged.applied_at is not None:
        return render("agencies/applied_roster.html", staged=staged, may_undo=staged.reversal is not None)
    if staged.is_asked:
        done = jobs.told(f"roster:{import_id}")
        return render("agencies/applying_roster.html", staged=staged, done=done, total=len(staged.rows))
    looked = review.review_of(staged)
    form = ApplyForm(
        boxes={each.doubt.value: each.box for each in looked.questions if each.box},
        options={each.doubt.value: each.option for each in looked.questions if each.option},
    )
    if form.validate_on_submit():
        with refusals_to(form):
            imports.ask(actor(), import_id=import_id, confirmed=form.chosen)
            return redirect(url_for("agencies.review_import", import_id=import_id))
    return _show_review(form, staged, looked)


def _show_review(form: ApplyForm, staged: RosterImport, looked: Review) -> Any:
    opd = queries.list_opd()
    wanted = DifferenceFilter(request.args, opd={each.code: each.name for each in opd})
    wanted.validate()
    chosen = next((each.id for each in opd if each.code == wanted.opd.data), None)
    page = cut(preview.matching(preview.entries(looked.found), _filter(wanted, looked, chosen)), PER_PAGE)
    names = {agency.id: agency.name for agency in queries.list_agencies()}
    return show_form(
        "agencies/review_roster.html",
        form,
        staged=staged,
        looked=looked,
        filter=wanted,
        page=page,
        agencies=names,
        reasons=lambda entry: preview.reasons(entry, names, looked.guessed, staged.as_of),
        most=SHOWN,
    )


def _filter(form: DifferenceFilter, looked: Review, opd_id: UUID | None) -> Filter:
    within = frozenset(place.id for place in looked.places.values() if place.opd_id == opd_id)
    return Filter(
        kind=next((kind for kind in Kind if kind.value == form.jenis.data), None),
        agency_ids=within if opd_id else None,
        data=form.kolom.data if form.kolom.data in DATA else "",
        text=form.cari.data or "",
    )


def cut(items: list[T], per_page: int) -> Page[T]:
    """The page asked for of a list that is in memory."""
    pages = max(1, -(-len(items) // per_page))
    number = min(page_number(), pages)
    return Page(items[(number - 1) * per_page : number * per_page], number, pages, len(items))


@blueprint.get("/pegawai/impor/<uuid:import_id>/berkas")
@requires(Permission.AGENCY_ROSTER_IMPORT)
def roster_file(import_id: UUID) -> Any:
    """The file as it was uploaded."""
    staged = _staged(import_id)
    if staged.content is None:
        raise NotFound
    return attachment(staged.content, staged.filename, "application/octet-stream")


@blueprint.route("/pegawai/impor/<uuid:import_id>/batalkan", methods=["GET", "POST"])
@requires(Permission.AGENCY_ROSTER_IMPORT)
def undo_import(import_id: UUID) -> Any:
    """Ask first, or say what stands in the way; then bring the books back to what they were."""
    staged = _staged(import_id)
    form = UndoForm()
    if form.validate_on_submit():
        with refusals_to(form):
            undoing.undo(actor(), import_id=import_id)
            notify(say("Penerapan daftar pegawai dibatalkan."))
            return redirect(url_for("agencies.review_import", import_id=import_id))
    if request.method == "GET":
        undoing.refuse_undoing(staged)
    return show_form("agencies/undo_roster.html", form, staged=staged)


def _staged(import_id: UUID) -> RosterImport:
    _refuse_partial_reach()
    return roster_queries.get_import(import_id)


def _refuse_partial_reach() -> None:
    """Whoever answers only for a part of the regency finds no roster here."""
    if not queries.visible_to(actor(), Permission.AGENCY_ROSTER_IMPORT).all:
        raise NotFound

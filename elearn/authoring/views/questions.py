"""Questions of others: a file looked through, its questions completed as drafts, put into a pack; and the way out."""

from contextlib import closing
from typing import Any
from uuid import UUID

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from elearn.authoring import drafts, editing, intake, waiting
from elearn.authoring.drafts import Draft
from elearn.authoring.editing import EditForm
from elearn.authoring.forms import BulkForm, DeedForm, QuestionsForm
from elearn.authoring.layout import KEEP, Layout, is_only_shown
from elearn.authoring.views.blueprint import blueprint
from elearn.content import queries as content
from elearn.content import rendering
from elearn.content.formats import files, opening
from elearn.content.formats.neutral import Bank
from elearn.content.modules import Module
from elearn.core.errors import NotFound
from elearn.core.permissions import Permission, requires
from elearn.core.speech import say, tally
from elearn.core.web import actor, attachment, notify, page_number, refusals_to, render, show_form


@blueprint.route("/materi/soal", methods=["GET", "POST"])
@requires(Permission.CONTENT_ANY_WRITE)
def question_imports() -> Response | Answer:
    """Bring a file of questions, and the files brought so far."""
    form = QuestionsForm()
    form.offer_formats(files.TITLES)
    if form.validate_on_submit():
        with refusals_to(form), closing(form.file.data) as file:
            content_ = file.read(opening.MOST_BYTES + 1)
            brought = waiting.bring(actor(), filename=file.filename, content_=content_, form=form.format.data or "")
            return redirect(url_for("authoring.question_import", import_id=brought.id))
    page, counts = drafts.list_imports(page_number())
    modules = [module for _, module in content.list_current_modules()]
    facts = {"page": page, "counts": counts, "modules": modules, "titles": files.TITLES}
    return show_form("authoring/question_imports.html", form, most=opening.MOST_BYTES, **facts)


@blueprint.get("/materi/soal/templat.xlsx")
@requires(Permission.CONTENT_ANY_READ)
def question_template() -> Response:
    """The spreadsheet to be filled in."""
    written = files.write(files.bank_of([]), files.XLSX)
    return attachment(written.content, "templat-soal.xlsx", written.media_type)


@blueprint.route("/materi/soal/<uuid:import_id>", methods=["GET", "POST"])
@requires(Permission.CONTENT_ANY_WRITE)
def question_import(import_id: UUID) -> Response | Answer:
    """Every question of a file as understood, with its losses; topic, difficulty and law for several at once."""
    brought = drafts.get_import(import_id)
    if brought.is_waiting:
        done, total = waiting.progress(import_id)
        return render("authoring/reading_questions.html", brought=brought, done=done, total=total)
    form, still, page = BulkForm(), drafts.open_of(import_id), drafts.page_of_drafts(import_id, page_number())
    form.offer_places(drafts.topics())
    form.offer_drafts(still.ids)
    if form.validate_on_submit():
        with refusals_to(form):
            count = intake.place(
                actor(),
                import_id=import_id,
                draft_ids=form.chosen,
                where=form.where.data or "",
                difficulty=form.level,
                cites=form.cited,
            )
            notify(tally("%(num)s draf diperbarui.", count) if count else say("Belum ada draf yang dicentang."))
            return redirect(_address(import_id, page.number))
    facts = {"brought": brought, "open": still, "page": page, "titles": files.TITLES}
    return show_form(
        "authoring/question_import.html", form, topics=dict(drafts.topics()), html=rendering.html_of, **facts
    )


@blueprint.post("/materi/soal/<uuid:import_id>/naskah")
@requires(Permission.CONTENT_ANY_WRITE)
def pack_questions(import_id: UUID) -> Response | Answer:
    """Put the completed drafts into a pack of their module."""
    form = DeedForm()
    with refusals_to(form):
        made = intake.pack(actor(), import_id=import_id)
        notify(say("Naskah dibuat dari versi yang berlaku dan draf yang lengkap. Belum ada yang diterbitkan."))
        return redirect(url_for("authoring.pack", pack_id=made.id))
    notify(form.form_errors[0])
    return redirect(url_for("authoring.question_import", import_id=import_id))


@blueprint.route("/materi/soal/butir/<uuid:draft_id>", methods=["GET", "POST"])
@requires(Permission.CONTENT_ANY_WRITE)
def question_draft(draft_id: UUID) -> Response | Answer:
    """One draft: where it belongs, what it rests on, and its texts."""
    draft = drafts.get_draft(draft_id)
    form, layout = _edited(draft)
    if not is_only_shown(request.form.get("deed", "")) and form.validate_on_submit() and _save(form, layout, draft):
        notify(say("Draf disimpan."))
        return redirect(_page_with(draft))
    return show_form("authoring/question_draft.html", form, draft=draft, layout=layout, back=_page_with(draft))


@blueprint.post("/materi/soal/butir/<uuid:draft_id>/buang")
@requires(Permission.CONTENT_ANY_WRITE)
def discard_draft(draft_id: UUID) -> Answer:
    """Put a draft aside for good."""
    draft = intake.discard(actor(), draft_id=draft_id)
    notify(say("Draf dibuang."))
    return redirect(_page_with(draft))


def _page_with(draft: Draft) -> str:
    """The address of the page of its file where a draft stands."""
    return _address(draft.row.import_id, drafts.page_with(draft.row))


def _address(import_id: UUID, number: int) -> str:
    return url_for("authoring.question_import", import_id=import_id, hal=number if number > 1 else None)


@blueprint.get("/materi/<slug>/soal")
@requires(Permission.CONTENT_ANY_READ)
def export_questions(slug: str) -> Response:
    """The formats a module's questions can be had in, and what each does not say."""
    _, module = content.current_module(slug)
    bank = _bank_of(module)
    reports = [(name, title, _summed(files.write(bank, name).losses)) for name, title in files.TITLES.items()]
    return render("authoring/export_questions.html", module=module, reports=reports)


@blueprint.get("/materi/<slug>/soal/<form>")
@requires(Permission.CONTENT_ANY_READ)
def download_questions(slug: str, form: str) -> Response:
    """A module's questions in one format."""
    if form not in files.NAMES:
        raise NotFound
    _, module = content.current_module(slug)
    written = files.write(_bank_of(module), form)
    return attachment(written.content, f"soal-{slug}{written.ending}", written.media_type.partition(";")[0])


def _bank_of(module: Module) -> Bank:
    """The questions of a module with their pictures."""
    return files.bank_of([(module.slug, each) for each in module.questions], {module.slug: module.picture_by_id})


def _summed(losses: tuple[Any, ...]) -> list[tuple[str, list[str]]]:
    """The reasons with the questions they are about."""
    found: dict[str, list[str]] = {}
    for loss in losses:
        found.setdefault(loss.reason, []).append(loss.title)
    return list(found.items())


def _edited(draft: Draft) -> tuple[EditForm, Layout]:
    """The form of a draft with the rows that were asked for, filled with what was sent, else with what it says."""
    layout, sent = Layout.of(draft.question), request.form if request.method == "POST" else None
    if sent is not None:
        layout = Layout.sent(sent, layout).after(sent.get("deed", ""))
    placed = {
        "where": draft.place,
        "difficulty": str(draft.row.difficulty),
        "cites": ", ".join(draft.row.cites),
    }
    form = editing.form_of(layout, {**editing.told_by(draft.question), **placed}, sent)
    form.offer_places(drafts.topics())
    return form, layout


def _save(form: EditForm, layout: Layout, draft: Draft) -> bool:
    """Save a draft; with the button that keeps it unfinished, although something is still to come."""
    if editing.has_slips(form, layout):
        return False
    question = editing.question_in(form, layout, draft.question)
    is_kept = request.form.get("deed") == KEEP
    faults = drafts.faults_of(question, form.cited or draft.row.cites)
    faults = [each for each in faults if not is_kept or editing.is_slip(each, question)]
    editing.tell_faults(form, question, faults)
    if faults:
        return False
    with refusals_to(form):
        intake.rewrite(
            actor(),
            draft_id=draft.row.id,
            where=form.where.data or "",
            difficulty=form.level,
            cites=form.cited,
            question=question,
        )
        return True
    return False

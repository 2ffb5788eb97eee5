"""Packs of content: uploaded, looked through, approved, published, and had back as files."""

from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import groupby
from typing import Any
from uuid import UUID

from flask import Response, redirect, url_for
from werkzeug.wrappers import Response as Answer

from elearn.authoring import actions, difference, packs, queries
from elearn.authoring.difference import Item, State
from elearn.authoring.forms import PackForm, ReviewForm
from elearn.authoring.models import Pack
from elearn.authoring.packs import Draft
from elearn.authoring.rules import PackState
from elearn.authoring.views.blueprint import blueprint
from elearn.content import archive, writing
from elearn.content import queries as content
from elearn.content.models import Publication
from elearn.content.modules import Module
from elearn.content.versions import Content
from elearn.core.permissions import Permission, requires
from elearn.core.speech import say
from elearn.core.web import actor, attachment, notify, page_number, refusals_to, render, show_form

ZIP = "application/zip"
LOOKS = {
    PackState.FAULTY: "late",
    PackState.WAITING: "soon",
    PackState.READY: "open",
    PackState.PUBLISHED: "ok",
    PackState.DISCARDED: "off",
}


PAGES: dict[str, tuple[str, str]] = {
    difference.LESSON: ("authoring.preview_lesson", "lesson_id"),
    difference.STORY: ("authoring.preview_scenario", "scenario_id"),
    difference.QUESTION: ("authoring.preview_question", "question"),
}
"""Where the things of a module are previewed, by their sort."""


@blueprint.route("/materi/unggah", methods=["GET", "POST"])
@requires(Permission.CONTENT_ANY_WRITE)
def upload() -> Response | Answer:
    """Upload a pack for review; nothing is published yet."""
    form = PackForm()
    if form.validate_on_submit():
        with refusals_to(form), closing(form.file.data) as file:
            pack = actions.upload(actor(), filename=file.filename, packed=file.read(archive.MOST_PACKED + 1))
            return redirect(url_for("authoring.pack", pack_id=pack.id))
    modules, pacts = content.list_current_modules(), content.list_current_pacts()
    return show_form("authoring/upload.html", form, modules=modules, pacts=pacts, most=archive.MOST_PACKED)


@blueprint.get("/materi/naskah", endpoint="packs")
@requires(Permission.CONTENT_ANY_WRITE, Permission.CONTENT_ANY_PUBLISH)
def list_packs() -> Response:
    """All packs with where they stand, the newest first."""
    page = queries.list_packs(page_number())
    rows = [(pack, queries.state_of(pack)) for pack in page.items]
    return render("authoring/packs.html", page=page, rows=rows, looks=LOOKS, names=queries.names_of(page.items))


@blueprint.get("/materi/naskah/<uuid:pack_id>")
@requires(Permission.CONTENT_ANY_WRITE, Permission.CONTENT_ANY_PUBLISH)
def pack(pack_id: UUID) -> Response:
    """What a pack would change, and what is wrong with it."""
    return _review_page(pack_id, ReviewForm())


@blueprint.post("/materi/naskah/<uuid:pack_id>/setujui")
@requires(Permission.CONTENT_ANY_PUBLISH)
def approve(pack_id: UUID) -> Response | Answer:
    """Approve a pack as the second person."""
    form = ReviewForm()
    if form.validate_on_submit():
        with refusals_to(form):
            actions.approve(actor(), pack_id=pack_id, reviewed=form.reviewed.data)
            notify(say("Pak disetujui. Siapa pun yang berwenang kini dapat menerbitkannya."))
            return redirect(url_for("authoring.pack", pack_id=pack_id))
    return _review_page(pack_id, form)


@blueprint.post("/materi/naskah/<uuid:pack_id>/terbitkan")
@requires(Permission.CONTENT_ANY_PUBLISH)
def publish(pack_id: UUID) -> Response | Answer:
    """Make what was reviewed current."""
    form = ReviewForm()
    if form.validate_on_submit():
        with refusals_to(form):
            changed = actions.publish(actor(), pack_id=pack_id, reviewed=form.reviewed.data)
            notify(_published(changed))
            return redirect(url_for("authoring.pack", pack_id=pack_id))
    return _review_page(pack_id, form)


@blueprint.post("/materi/naskah/<uuid:pack_id>/buang")
@requires(Permission.CONTENT_ANY_WRITE)
def discard(pack_id: UUID) -> Response | Answer:
    """Put a pack aside for good."""
    form = ReviewForm()
    with refusals_to(form):
        actions.discard(actor(), pack_id=pack_id)
        notify(say("Pak dibuang. Tidak ada yang diterbitkan."))
        return redirect(url_for("authoring.packs"))
    return _review_page(pack_id, form)


@blueprint.get("/materi/naskah/<uuid:pack_id>/pak.zip")
@requires(Permission.CONTENT_ANY_WRITE, Permission.CONTENT_ANY_PUBLISH)
def original(pack_id: UUID) -> Response:
    """The file as it was uploaded."""
    found = queries.get_pack(pack_id)
    return attachment(queries.get_archive(pack_id), f"pak-{found.sha256[:12]}.zip", ZIP)


@blueprint.get("/materi/pak.zip")
@requires(Permission.CONTENT_ANY_READ)
def download_all() -> Response:
    """Everything that is published, with the law it rests on, as files."""
    modules = [module for _, module in content.list_current_modules()]
    pacts = [pact for _, pact in content.list_current_pacts()]
    files = writing.pack_files(modules, pacts, content.find_register())
    return attachment(archive.packed(files), "materi.zip", ZIP)


@blueprint.get("/materi/<slug>/pak.zip")
@requires(Permission.CONTENT_ANY_READ)
def download(slug: str) -> Response:
    """A published module with its pact, as files to edit and to upload again."""
    _, module = content.current_module(slug)
    _, pact = content.current_pact(module.pact)
    return attachment(archive.packed(writing.pack_files([module], [pact])), f"{slug}.zip", ZIP)


def _published(changed: Sequence[Publication]) -> str:
    return say(
        "Terbit: %(contents)s. Pekerjaan yang sedang berjalan memakai versinya sendiri.",
        contents=", ".join(f"{each.slug} versi {each.number}" for each in changed),
    )


def _review_page(pack_id: UUID, form: ReviewForm) -> Response:
    """The page of a pack; once it is published or discarded only what became of it is told."""
    found = queries.get_pack(pack_id)
    state = queries.state_of(found)
    facts = {"pack": found, "state": state, "look": LOOKS[state], "names": queries.names_of([found])}
    if state in (PackState.PUBLISHED, PackState.DISCARDED):
        return show_form("authoring/closed_pack.html", form, **facts)
    return show_form("authoring/pack.html", form, **facts, **_review(found, packs.get_draft(pack_id), form))


def _review(found: Pack, draft: Draft, form: ReviewForm) -> dict[str, Any]:
    """What whoever decides about a pack must see; the form carries the name of this very comparison."""
    form.reviewed.data = draft.token
    unchanged = [each.title for each in draft.contents if each not in draft.changed]
    is_approved = found.approved_at is not None and found.fingerprints == draft.base
    return {
        "draft": draft,
        "complaints": [(path, list(of_file)) for path, of_file in groupby(draft.complaints, lambda each: each.path)],
        "compared": packs.compare(draft),
        "unchanged": unchanged,
        "underway": queries.underway(),
        "modules": draft.modules,
        "link_to": _links(found.id, draft),
        "rule_of": _rule_of,
        "is_own": found.uploaded_by == actor().account_id,
        "may_publish": actor().has(Permission.CONTENT_ANY_PUBLISH),
        "must_approve": queries.needs_approval() and not is_approved,
    }


def _rule_of(each: Content) -> Callable[[Item], str] | None:
    """For a content of the pack: where its questions are ruled upon for those who have answered them already."""
    if not isinstance(each, Module):
        return None
    return lambda item: url_for("assessment.rule", slug=each.slug, question=item.id)


def _links(pack_id: UUID, draft: Draft) -> Callable[[Content], Callable[[Item], str]]:
    """For a content of the pack: where a thing in it is previewed; empty where it is not."""

    def link_to(each: Content) -> Callable[[Item], str]:
        def link(item: Item) -> str:
            if item.state is State.REMOVED or item.sort not in PAGES or each.slug not in draft.modules:
                return ""
            endpoint, name = PAGES[item.sort]
            values: dict[str, Any] = {"pack_id": pack_id, "slug": each.slug, name: item.id}
            return url_for(endpoint, **values)

        return link

    return link_to

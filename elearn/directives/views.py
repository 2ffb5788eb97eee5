"""The directives on screen: reading them, writing them, issuing them."""

from typing import Any, TypeVar
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from elearn.agencies import queries as agencies
from elearn.agencies.rules import EmployeeKind
from elearn.content import queries as content
from elearn.core import clock
from elearn.core.bahasa import angka
from elearn.core.errors import Unavailable
from elearn.core.pdf import render_pdf
from elearn.core.permissions import Permission, requires
from elearn.core.web import actor, attachment, notify, refusals_to, render, show_form
from elearn.directives import actions, letter, queries, rules
from elearn.directives.forms import ALL, SOME, DeedForm, DirectiveForm, ReachForm
from elearn.directives.models import Directive
from elearn.documents import queries as documents

blueprint = Blueprint("directives", __name__)
Reach = TypeVar("Reach", bound=ReachForm)

PDF = "application/pdf"
SIGNED = ("place", "signatory_title", "signatory_name", "signatory_rank", "signatory_nip")
TYPED = ("number", "subject", "body", "local_instruction", "module_slug", "deadline_on", *SIGNED)

ASKED = {"hal": "subject", "isi": "body", "modul": "module_slug"}
"""What an address may fill into a new directive."""


@blueprint.get("/edaran")
@requires(Permission.DIRECTIVE_OWN_READ, Permission.DIRECTIVE_ANY_READ)
def index() -> Response:
    """The directives this person may read, and the drafts of who writes them."""
    reader, today = actor(), clock.today()
    drafts = queries.list_drafts() if reader.has(Permission.DIRECTIVE_ANY_WRITE) else []
    issued = queries.list_readable(reader, today)
    return render("directives/index.html", issued=issued, drafts=drafts, today=today)


@blueprint.get("/edaran/<uuid:directive_id>")
@requires(Permission.DIRECTIVE_OWN_READ, Permission.DIRECTIVE_ANY_READ)
def show(directive_id: UUID) -> Response:
    """One directive as a page."""
    directive = _readable(directive_id)
    return render("directives/show.html", **_page(directive))


@blueprint.get("/edaran/<uuid:directive_id>/surat.pdf", endpoint="letter")
@requires(Permission.DIRECTIVE_OWN_READ, Permission.DIRECTIVE_ANY_READ)
def letter_pdf(directive_id: UUID) -> Response:
    """The signed letter, always the same bytes."""
    directive = _readable(directive_id)
    if directive.document_id is None:
        raise Unavailable("Surat ini sedang disiapkan. Coba lagi beberapa saat lagi.")
    return attachment(documents.get_bytes(directive.document_id), _filename(directive), PDF)


@blueprint.route("/edaran/baru", methods=["GET", "POST"])
@requires(Permission.DIRECTIVE_ANY_WRITE)
def draft() -> Response | Answer:
    """Write a new directive."""
    form = _whole(DirectiveForm(data=_prefilled()))
    if form.validate_on_submit():
        with refusals_to(form):
            directive = actions.draft(actor(), wording=form.wording())
            return redirect(url_for("directives.show", directive_id=directive.id))
    return show_form("directives/edit.html", form, directive=None)


@blueprint.route("/edaran/<uuid:directive_id>/ubah", methods=["GET", "POST"])
@requires(Permission.DIRECTIVE_ANY_WRITE)
def revise(directive_id: UUID) -> Response | Answer:
    """Change a draft."""
    directive = queries.get_draft(directive_id)
    form = _whole(DirectiveForm(data=_filled(directive)))
    if form.validate_on_submit():
        with refusals_to(form):
            actions.revise(actor(), directive_id=directive_id, wording=form.wording())
            notify("Draf tersimpan.")
            return redirect(url_for("directives.show", directive_id=directive_id))
    return show_form("directives/edit.html", form, directive=directive)


@blueprint.get("/edaran/hitung")
@requires(Permission.DIRECTIVE_ANY_WRITE)
def count() -> dict[str, str]:
    """How many people a choice of targets binds today, for the form to say while it is filled in."""
    form = _reach(ReachForm(request.args, meta={"csrf": False}))
    if not form.validate():
        return {"text": "Pilih sasaran dan jenis pegawai untuk melihat jumlahnya."}
    return {"text": f"Mengikat {angka(queries.count_bound_today(form.target()))} pegawai per hari ini."}


@blueprint.get("/edaran/<uuid:directive_id>/pratinjau.pdf")
@requires(Permission.DIRECTIVE_ANY_WRITE)
def preview(directive_id: UUID) -> Response:
    """The letter as it would be printed now, marked as a draft until it is issued."""
    directive = queries.get_directive(directive_id)
    return attachment(render_pdf(letter.html(directive)), "pratinjau.pdf", PDF, inline=True)


@blueprint.post("/edaran/<uuid:directive_id>/terbitkan")
@requires(Permission.DIRECTIVE_ANY_ISSUE)
def issue(directive_id: UUID) -> Response | Answer:
    """Issue a draft: from now on it binds."""
    form = DeedForm()
    if form.validate_on_submit():
        with refusals_to(form):
            actions.issue(actor(), directive_id=directive_id)
            notify("Edaran terbit. Pemberitahuan dikirim kepada pegawai yang terikat.")
            return redirect(url_for("directives.show", directive_id=directive_id))
    return show_form("directives/show.html", form, **_page(_readable(directive_id)))


@blueprint.post("/edaran/<uuid:directive_id>/hapus")
@requires(Permission.DIRECTIVE_ANY_WRITE)
def discard(directive_id: UUID) -> Answer:
    """Throw a draft away."""
    actions.discard(actor(), directive_id=directive_id)
    notify("Draf dihapus.")
    return redirect(url_for("directives.index"))


@blueprint.app_template_global()
def local_instructions(slug: str) -> Markup:
    """The local instructions (arahan daerah) that bind the signed-in person in a module, as a part of its pages."""
    binding = queries.list_binding(actor().account_id, clock.today())
    told = [each for each in binding if each.module_slug == slug and each.local_instruction]
    return Markup(render_template("directives/_instructions.html", directives=told, body_html=letter.body_html))  # noqa: S704


def _readable(directive_id: UUID) -> Directive:
    return queries.get_readable(directive_id, reader=actor(), day=clock.today())


def _page(directive: Directive) -> dict[str, Any]:
    """What the page of a directive shows."""
    is_office = actor().has(Permission.DIRECTIVE_ANY_READ)
    _, module = content.current_module(directive.module_slug)
    return {
        "directive": directive,
        "body": letter.body_html(directive.body),
        "local_instruction": letter.body_html(directive.local_instruction),
        "module": module,
        "target_names": letter.target_names(directive),
        "kind_names": letter.kind_names(directive),
        "bound": queries.count_bound_today(queries.target_of(directive, clock.today())) if is_office else None,
        "today": clock.today(),
    }


def _filename(directive: Directive) -> str:
    return f"edaran-{directive.number.replace('/', '-').replace(' ', '-')}.pdf"


def _reach(form: Reach) -> Reach:
    """The form with every agency and kind of employee to choose from."""
    form.offer_reach(
        root_id=agencies.root().id,
        agencies=[(str(opd.id), opd.name) for opd in agencies.list_opd()],
        kinds=[(kind.value, kind.words) for kind in EmployeeKind],
    )
    return form


def _whole(form: DirectiveForm) -> DirectiveForm:
    """The form with everything to choose from: targets, modules, and the law the modules rest on."""
    modules = [module for _, module in content.list_current_modules()]
    citations = {each.id: each for module in modules for each in module.citations}
    form.offer_content(
        modules=[(module.slug, module.title) for module in modules],
        citations=rules.may_be_basis(citations.values(), clock.today()),
    )
    return _reach(form)


def _prefilled() -> dict[str, Any]:
    """A new directive's first offer: everybody, the last one's legal basis and signatory, and what is asked."""
    last = queries.find_latest()
    signed = {name: getattr(last, name) for name in SIGNED} if last else {"signatory_title": "Sekretaris Daerah"}
    cites = [cite["id"] for cite in last.legal_basis] if last else []
    asked = {name: request.args[key] for key, name in ASKED.items() if key in request.args}
    return {"reach": ALL, "kinds": [kind.value for kind in EmployeeKind], "cites": cites, **signed, **asked}


def _filled(directive: Directive) -> dict[str, Any]:
    """A draft as its form shows it."""
    root_id = agencies.root().id
    chosen = [str(target.agency_id) for target in directive.targets if target.agency_id != root_id]
    return {
        **{name: getattr(directive, name) for name in TYPED},
        "cites": [cite["id"] for cite in directive.legal_basis],
        "reach": SOME if chosen else ALL,
        "agencies": chosen,
        "kinds": directive.target_kinds,
    }

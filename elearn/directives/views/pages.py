"""Reading directives: the list, one page, the letter, and what is told inside the modules."""

from typing import Any
from uuid import UUID

from flask import Response
from markupsafe import Markup

from elearn.core import clock
from elearn.core.errors import Unavailable
from elearn.core.permissions import Permission, requires
from elearn.core.speech import say
from elearn.core.web import actor, attachment, fragment, render
from elearn.directives import binding, letter, phases, queries, readers
from elearn.directives.models import Directive
from elearn.directives.views.blueprint import PDF, blueprint, page_of, readable
from elearn.documents import queries as documents


@blueprint.get("/edaran")
@requires(Permission.DIRECTIVE_OWN_READ, Permission.DIRECTIVE_ANY_READ)
def index() -> Response:
    """The directives this person may read, the drafts of who writes or reviews them, and for offices the ended."""
    reader, today = actor(), clock.today()
    drafts = queries.list_drafts() if readers.may_see_drafts(reader) else []
    ended = queries.list_ended() if reader.has(Permission.DIRECTIVE_ANY_READ) else []
    issued = readers.list_readable(reader, today)
    listed: dict[str, Any] = {"issued": issued, "drafts": drafts, "ended": ended}
    shifted = phases.list_shifted([*issued, *drafts]) if reader.has(Permission.DIRECTIVE_ANY_READ) else []
    return render("directives/index.html", **listed, shifted=shifted, today=today)


@blueprint.get("/edaran/<uuid:directive_id>")
@requires(Permission.DIRECTIVE_OWN_READ, Permission.DIRECTIVE_ANY_READ)
def show(directive_id: UUID) -> Response:
    """One directive as a page."""
    return render("directives/show.html", **page_of(readable(directive_id)))


@blueprint.get("/edaran/<uuid:directive_id>/surat.pdf", endpoint="letter")
@requires(Permission.DIRECTIVE_OWN_READ, Permission.DIRECTIVE_ANY_READ)
def letter_pdf(directive_id: UUID) -> Response:
    """The signed letter, always the same bytes."""
    directive = readable(directive_id)
    if directive.document_id is None:
        raise Unavailable(say("Surat ini sedang disiapkan. Coba lagi beberapa saat lagi."))
    return attachment(documents.get_bytes(directive.document_id), _filename(directive), PDF)


@blueprint.app_template_global()
def local_instructions(slug: str) -> Markup:
    """The local instructions (arahan daerah) that bind the signed-in person in a module, as a part of its pages."""
    bound_by = binding.list_directives(actor().account_id, clock.today())
    told = [each for each in bound_by if slug in each.modules and each.local_instruction]
    return fragment("directives/_instructions.html", directives=told, body_html=letter.body_html)


def _filename(directive: Directive) -> str:
    return f"edaran-{directive.number.replace('/', '-').replace(' ', '-')}.pdf"

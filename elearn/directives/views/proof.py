"""What anybody may know of a letter whose QR code she scanned, or whose file she was sent."""

from hashlib import sha256
from uuid import UUID

from flask import Response

from elearn.core.permissions import public
from elearn.core.web import render
from elearn.directives import queries
from elearn.directives.models import Directive
from elearn.directives.views.blueprint import blueprint
from elearn.documents import queries as documents


@blueprint.get("/verifikasi/surat/<uuid:directive_id>")
@public
def verify(directive_id: UUID) -> Response:
    """That the letter exists, its number, subject and date, whether it is in force, and its file's SHA-256."""
    return _told(queries.find_issued(directive_id))


def tell(content: bytes) -> Response | None:
    """The same of the letter that a file is, byte for byte; None for any other file."""
    directive = queries.find_by_letter(sha256(content).hexdigest())
    return _told(directive, is_file=True) if directive else None


def _told(directive: Directive | None, *, is_file: bool = False) -> Response:
    document = documents.get_document(directive.document_id) if directive and directive.document_id else None
    return render(
        "directives/proof.html",
        status=200 if directive else 404,
        directive=directive,
        revoker=queries.find_revoker(directive) if directive else None,
        document=document,
        seal=documents.find_seal(),
        is_file=is_file,
    )

"""Making a document: render it, seal it, keep it. Rendering and sealing take time and touch no table.

The libraries that seal are loaded at the first seal: most web workers never make a document.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from flask import current_app

from elearn.core import clock, installation
from elearn.core.db import db
from elearn.core.pdf import render_pdf
from elearn.documents import keys
from elearn.documents.models import Document

if TYPE_CHECKING:
    from elearn.documents import pades

PDF = "application/pdf"
_KEPT = "seal"


def make_pdf(html: str, *, reason: str) -> bytes:
    """A sealed PDF of a page; needs no transaction, so do it before taking the right to write."""
    from elearn.documents import pades

    return pades.sign(render_pdf(html), seal(), reason=reason)


def store(kind: str, pdf: bytes) -> Document:
    """Keep a sealed PDF for good under the SHA-256 of its bytes."""
    document = Document(
        kind=kind,
        sha256=sha256(pdf).hexdigest(),
        media_type=PDF,
        size=len(pdf),
        bytes=pdf,
        signed_by=seal().pair.serial,
        created_at=clock.now(),
    )
    db.session.add(document)
    db.session.flush()
    return document


def seal() -> pades.Seal:
    """The seal of this installation: made on the very first call, read once per process, then kept."""
    from elearn.documents import pades

    kept: pades.Seal | None = current_app.extensions.get(_KEPT)
    if kept is None:
        pair = keys.ensure(
            current_app.config["SETTINGS"].instance_dir,
            name=installation.regency_name(),
            demo=installation.is_demo(),
            now=clock.now(),
        )
        kept = current_app.extensions[_KEPT] = pades.Seal(pair)
    return kept

"""The page of a certificate as HTML, from its facts alone; imports core.bahasa, the templates and `qr`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import current_app

from elearn.certificates import rules
from elearn.core import bahasa, qr

TEMPLATE = "certificates/print/certificate.html"


def html(facts: Mapping[str, Any]) -> str:
    """The page to be printed; the same facts give the same page, whoever asks and whenever."""
    size, strokes = qr.path(facts["address"])
    return current_app.jinja_env.get_template(TEMPLATE).render(
        {
            **facts,
            "nip": bahasa.nip_terbaca(facts["nip"]),
            "name_size": rules.name_size(facts["name"]),
            "signed_on": bahasa.tanggal(date.fromisoformat(facts["signed_on"])),
            "issued_on": bahasa.tanggal(date.fromisoformat(facts["issued_on"])),
            "statement_print": grouped(facts["statement_sha256"][:24]),
            "qr_size": size,
            "qr_path": strokes,
        }
    )


def grouped(digest: str) -> str:
    """A hexadecimal digest in groups of eight, as people compare it."""
    return " ".join(digest[i : i + 8] for i in range(0, len(digest), 8))

"""Directives for tests, made by the room's own actions."""

from datetime import timedelta
from itertools import count
from typing import Any

from elearn.agencies.models import Agency
from elearn.agencies.rules import EmployeeKind
from elearn.core import clock
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction
from elearn.directives import actions
from elearn.directives.duties import Target
from elearn.directives.models import Directive
from elearn.directives.wording import Signatory, Wording
from tests.factories.agencies import an_instansi
from tests.factories.pact import LAW, SLUG, published_texts

KINDS = frozenset(kind.value for kind in EmployeeKind)
SIGNATORY = Signatory("Drs. H. Rusdi Hamzah, M.Si.", "Sekretaris Daerah", "Pembina Utama Madya", "196803121990031004")
_numbers = count(1)


def a_wording(*agencies: Agency, kinds: frozenset[str] = KINDS, **changes: Any) -> Wording:
    """All that a writer fills in, addressed to these agencies (the whole regency if none is named)."""
    facts = {
        "target": Target(frozenset(agency.id for agency in agencies or (an_instansi(),)), kinds),
        "number": f"800/{next(_numbers)}/SETDA/2026",
        "subject": "Penyelesaian modul netralitas ASN",
        "body": "Setiap pegawai **menyelesaikan** modul ini.\n\n1. Belajar.\n2. Menandatangani.",
        "module_slug": SLUG,
        "cites": (LAW.id,),
        "deadline_on": clock.today() + timedelta(days=14),
        "place": "Serawai",
        "signatory": SIGNATORY,
        **changes,
    }
    return Wording(**facts)


def a_draft(*agencies: Agency, **changes: Any) -> Directive:
    """A directive being written; the module it asks for is published."""
    published_texts()
    wording = a_wording(*agencies, **changes)
    with transaction():
        return actions.draft(SYSTEM, wording=wording)


def an_issued_directive(*agencies: Agency, **changes: Any) -> Directive:
    """A directive that people were told; it binds at least one."""
    draft = a_draft(*agencies, **changes)
    with transaction():
        return actions.issue(SYSTEM, directive_id=draft.id)

"""The window of the record: what is shown, and what it is narrowed to."""

from typing import Any

from elearn.core.permissions import SYSTEM, Role
from elearn.core.transaction import transaction
from elearn.ledger import actions

PAGE = "/jejak-audit"


def test_the_filter_is_folded_behind_what_it_is_set_to(sign_in: Any) -> None:
    """A phone shows the record first; an event that never happened leaves the filter open."""
    auditor = sign_in(Role.AUDITOR)
    with transaction():
        actions.record(SYSTEM, "content:published", {"slug": "netralitas-asn"})
    page = auditor.get(PAGE).text
    assert '<details class="fold">' in page
    assert '<span class="muted">Semua peristiwa</span></summary>' in page
    told = auditor.get(f"{PAGE}?peristiwa=content:published").text
    assert '<span class="muted">Materi diterbitkan</span></summary>' in told
    assert '<details class="fold" open>' in auditor.get(f"{PAGE}?peristiwa=lain").text

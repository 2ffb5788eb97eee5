"""A report on paper: on letterhead, in parts when it is long, with who signs it and where it can be checked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from flask import current_app

from elearn.core import installation
from elearn.core.pdf import render_pdf
from elearn.core.permissions import ROLE_NAMES, ROLE_PERMISSIONS, Permission
from elearn.core.tables import Table, fingerprint, lines_of, print_of
from elearn.directives import letter
from elearn.documents import actions as documents
from elearn.reports import proofs, signing
from elearn.reports.asking import Asked
from elearn.reports.proofs import Statement

PART = 200
"""As many rows are printed at a time."""
REASON = "Laporan dibuat"
FINGERPRINT, CHECKED_AT = "SHA-256 data", "Alamat pemeriksaan"
SHOWING = {Permission.REPORT_ANY_READ, Permission.CERTIFICATE_ANY_READ}
SEAL = "Atas baris judul, data, dan jumlah sebagaimana dalam berkas CSV (UTF-8 tanpa BOM, sebelum baris kosong)."


@dataclass(frozen=True)
class Paper:
    """What is printed: a table with its notes, its picture, and all of what stands around it as plain facts."""

    table: Table
    facts: dict[str, Any]
    address: str | None = None
    """Where the file is checked, which its seal carries."""

    @property
    def parts(self) -> list[str]:
        """The paper as HTML, a page of it for each so many rows."""
        rows = self.table.rows
        cuts = range(0, max(1, len(rows)), PART)
        last = len(cuts) - 1
        return [
            self._html(
                replace(self.table, rows=rows[first : first + PART], total=self.table.total if n == last else None),
                n + 1,
                len(cuts),
            )
            for n, first in enumerate(cuts)
        ]

    @property
    def title(self) -> str:
        """What the paper is called."""
        return f"Laporan {self.table.title[:1].lower()}{self.table.title[1:]}"

    def html(self) -> str:
        """The paper as one page of HTML."""
        return self._html(self.table, 1, 1)

    def sealed(self) -> bytes:
        """The paper printed at once, and sealed."""
        return self.seal(render_pdf(self.html()))

    def seal(self, pdf: bytes) -> bytes:
        """What was printed of it, with the seal of this installation."""
        from elearn.documents import pades  # most web workers never seal

        return pades.sign(pdf, documents.seal(), reason=REASON, contact=self.address)

    def _html(self, table: Table, part: int, parts: int) -> str:
        page = current_app.jinja_env.get_template("reports/print/table.html")
        return page.render(self.facts, table=table, title=self.title, part=part, parts=parts)


def sealed_table(table: Table) -> Table:
    """The table with the fingerprint of its data among the notes."""
    return _sealed(table, fingerprint(table))


def filed(table: Table, asked: Asked) -> Table:
    """The table as its files have it: sealed, and with the address at which each of them can be checked."""
    sealed, _, address = _stamped(table, asked)
    return replace(sealed, notes=(*sealed.notes, (CHECKED_AT, address)))


def paper(table: Table, asked: Asked, *, brief: Table | None = None, chart: Any = None) -> Paper:
    """A table as paper; the printed one may be brief, sealed is the whole."""
    sealed, statement, address = _stamped(table, asked)
    unit = asked.agency
    facts = {
        "letterhead": letter.letterhead(asked.offices.name(unit.id), unit.address) if unit else letter.letterhead(),
        "chart": chart,
        "signatory": signing.of(asked),
        "made_on": asked.at,
        "proof": proofs.proof(statement),
        "notes": sealed.notes,
    }
    return Paper(replace(brief or sealed, notes=sealed.notes), facts, address)


def _stamped(table: Table, asked: Asked) -> tuple[Table, Statement, str]:
    """The sealed table, what anybody may know of it (no person in it or behind it), and where its file is checked."""
    lines = lines_of(table)
    digest = print_of(lines)
    sealed = replace(_sealed(table, digest), lines=lines)
    told = Statement(table.title, asked.scope, asked.day, asked.at, len(table.rows), digest)
    marked = replace(told, marks=proofs.marks(sealed, lines, office(asked)))
    return sealed, told, proofs.address(marked)


def _sealed(table: Table, digest: str) -> Table:
    return replace(table, notes=(*distinct(table.notes), (FINGERPRINT, digest), ("Cara menghitung", SEAL)))


def office(asked: Asked) -> str:
    """By which office a report is made: the roles that show it to its reader, without a name; else the government."""
    grants = [grant for grant in asked.reader.grants if SHOWING & ROLE_PERMISSIONS[grant.role]]
    names = (
        ROLE_NAMES[each.role] + (f", {asked.offices.name(each.agency_id)}" if each.agency_id else "")
        for each in grants
    )
    return "; ".join(dict.fromkeys(names)) or installation.regency_name()


def distinct(notes: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The notes, those of one name told apart by a number, as two corrections of one day."""
    found: list[tuple[str, str]] = []
    met: Counter[str] = Counter()
    for name, text in notes:
        met[name] += 1
        found.append((f"{name} ({met[name]})" if met[name] > 1 else name, text))
    return found

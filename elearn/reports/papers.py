"""A report on paper: on letterhead, in parts when it is long, with who signs it and where it can be checked."""

from dataclasses import dataclass, replace
from typing import Any

from flask import current_app

from elearn.core.pdf import render_pdf
from elearn.core.tables import Table, fingerprint
from elearn.directives import letter
from elearn.documents import actions as documents
from elearn.reports import proofs, signing
from elearn.reports.asking import Asked
from elearn.reports.proofs import Statement

PART = 200
"""As many rows are printed at a time."""
REASON = "Laporan dibuat"
SEAL = "Atas baris judul, data, dan jumlah sebagaimana dalam berkas CSV (UTF-8 tanpa BOM, sebelum baris kosong)."


@dataclass(frozen=True)
class Paper:
    """What is printed: a table with its notes, its picture, and all of what stands around it as plain facts."""

    table: Table
    facts: dict[str, Any]

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
        return seal(render_pdf(self.html()))

    def _html(self, table: Table, part: int, parts: int) -> str:
        page = current_app.jinja_env.get_template("reports/print/table.html")
        return page.render(self.facts, table=table, title=self.title, part=part, parts=parts)


def sealed_table(table: Table) -> Table:
    """The table with the fingerprint of its data among the notes."""
    return replace(table, notes=(*table.notes, ("SHA-256 data", fingerprint(table)), ("Cara menghitung", SEAL)))


def paper(table: Table, asked: Asked, *, brief: Table | None = None, chart: Any = None) -> Paper:
    """A table as paper; the printed one may be brief, sealed is the whole."""
    sealed = sealed_table(table)
    unit = asked.agency
    facts = {
        "letterhead": letter.letterhead(asked.offices.name(unit.id), unit.address) if unit else letter.letterhead(),
        "chart": chart,
        "signatory": signing.of(asked),
        "made_on": asked.at,
        "proof": proofs.proof(_statement(table, asked)),
        "notes": sealed.notes,
    }
    return Paper(replace(brief or sealed, notes=sealed.notes), facts)


def _statement(table: Table, asked: Asked) -> Statement:
    """What anybody may know of the paper: no person, in it or behind it."""
    return Statement(table.title, asked.scope, asked.day, asked.at, len(table.rows), fingerprint(table))


def seal(pdf: bytes) -> bytes:
    """A PDF with the seal of this installation."""
    from elearn.documents import pades  # most web workers never seal

    return pades.sign(pdf, documents.seal(), reason=REASON)

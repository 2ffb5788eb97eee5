"""What a report says of itself, signed, so that anybody can check a paper by its QR code and a file by uploading it.

Nothing is kept for that: an address carries the facts with a signature by the secret of this installation. It
names no person, neither in the report nor its maker. The address in a file carries also what its cells are compared
with.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from elearn.core import clock, qr
from elearn.core.tables import Kind, Table, harmless, print_of

PATH = "/verifikasi/laporan/"
SIGNS = 32
"""As many signs of the data's SHA-256 as an address carries: enough to compare, few enough for a small QR code."""
SIGN_OF: dict[Kind, str] = {
    "text": "t",
    "code": "k",
    "nip": "n",
    "count": "c",
    "percent": "p",
    "date": "d",
    "instant": "i",
}
"""How an address writes the kind of a column."""
KIND_OF = {sign: kind for kind, sign in SIGN_OF.items()}


@dataclass(frozen=True, slots=True)
class Marks:
    """By what a file is compared with what was made: the kinds of its columns, its rows in any order, its notes.

    `columns` is the print of the keys and kinds of the columns, `any_order` that of the lines in their alphabetical
    order. Who made it is told by office.
    """

    office: str
    kinds: tuple[Kind, ...]
    has_total: bool
    columns: str
    any_order: str
    notes: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What anybody may know of a report; on paper without `marks`."""

    title: str
    scope: str
    as_of: date
    made_at: datetime
    rows: int
    fingerprint: str
    marks: Marks | None = None


def marks(table: Table, lines: Sequence[Sequence[str]], office: str) -> Marks:
    """The marks of a table with its lines and the notes that its files will have."""
    return Marks(
        office,
        tuple(column.kind for column in table.columns),
        table.total is not None,
        print_of_columns((column.key, column.kind) for column in table.columns),
        print_in_any_order(lines),
        print_of_notes(table.notes),
    )


def print_of_columns(columns: Iterable[tuple[str, str]]) -> str:
    """What tells one set of columns from another for a program that reads them by key."""
    return print_of([[key, kind] for key, kind in columns])[:SIGNS]


def print_in_any_order(lines: Sequence[Sequence[str]]) -> str:
    """The print of titles and lines that stays the same when the lines are sorted anew."""
    return print_of([*lines[:1], *sorted(list(line) for line in lines[1:])])[:SIGNS]


def print_of_notes(notes: Iterable[tuple[str, str]]) -> str:
    """The print of notes in their order, however their white space was kept."""
    return print_of([[harmless(" ".join(part.split())) for part in note] for note in notes])[:SIGNS]


def proof(statement: Statement) -> dict[str, Any]:
    """Where a report is checked, as an address and as a QR code."""
    where = address(replace(statement, marks=None))
    size, strokes = qr.path(where)
    return {"address": where, "size": size, "path": strokes}


def address(statement: Statement) -> str:
    """Where a report is checked; with its marks it fits a file but no QR code."""
    made = int(statement.made_at.timestamp())
    told = [statement.title, statement.scope, statement.as_of.isoformat(), made, statement.rows]
    more = _written(statement.marks) if statement.marks else []
    token = _signer().dumps([*told, statement.fingerprint[:SIGNS], *more])
    return f"{current_app.config['PUBLIC_URL']}{PATH}{token}"


def read_address(text: str) -> Statement | None:
    """What an address says that stands somewhere in a text; None when nobody here signed it."""
    _, is_there, token = text.partition(PATH)
    return read(token.strip()) if is_there else None


def read(token: str) -> Statement | None:
    """What an address says; None when nobody here signed it."""
    try:
        title, scope, as_of, made, rows, fingerprint, *more = _signer().loads(token)
    except (BadData, ValueError):
        return None
    made_at = datetime.fromtimestamp(made, clock.zone())
    found = Statement(title, scope, date.fromisoformat(as_of), made_at, rows, fingerprint)
    return replace(found, marks=_marks(*more)) if more else found


def _written(marks: Marks) -> list[Any]:
    kinds = "".join(SIGN_OF[kind] for kind in marks.kinds)
    return [marks.office, kinds, int(marks.has_total), marks.columns, marks.any_order, marks.notes]


def _marks(office: str, kinds: str, has_total: int, columns: str, any_order: str, notes: str) -> Marks:
    return Marks(office, tuple(KIND_OF[sign] for sign in kinds), bool(has_total), columns, any_order, notes)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="reports.proofs")

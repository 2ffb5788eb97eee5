"""What a printed report says of itself, signed, so that anybody can check it by the address in its QR code.

Nothing is kept for that: the address carries the facts with a signature by the secret of this installation. It
names no person, neither in the report nor its maker.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from elearn.core import clock, qr

PATH = "/verifikasi/laporan/"
SIGNS = 32
"""As many signs of the data's SHA-256 as an address carries: enough to compare, few enough for a small QR code."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What anybody may know of a report on paper."""

    title: str
    scope: str
    as_of: date
    made_at: datetime
    rows: int
    fingerprint: str


def proof(statement: Statement) -> dict[str, Any]:
    """Where a report is checked, as an address and as a QR code."""
    made = int(statement.made_at.timestamp())
    told = [statement.title, statement.scope, statement.as_of.isoformat(), made, statement.rows]
    token = _signer().dumps([*told, statement.fingerprint[:SIGNS]])
    address = f"{current_app.config['PUBLIC_URL']}{PATH}{token}"
    size, strokes = qr.path(address)
    return {"address": address, "size": size, "path": strokes}


def read(token: str) -> Statement | None:
    """What an address says; None when nobody here signed it."""
    try:
        title, scope, as_of, made, rows, fingerprint = _signer().loads(token)
    except (BadData, ValueError):
        return None
    made_at = datetime.fromtimestamp(made, clock.zone())
    return Statement(title, scope, date.fromisoformat(as_of), made_at, rows, fingerprint)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="reports.proofs")

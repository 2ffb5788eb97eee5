"""Activation slips: who still waits for a code, codes for some of them at a time, and the paper to cut up.

A code can be read only at the moment it is made, since the database keeps its hash alone. So no slip is ever
stored: codes are issued and printed within one request, at most AT_ONCE of them, and the paper goes out with
the answer. Whoever holds a valid code is not asked about again, and so the next request prints the next slips.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import current_app

from elearn.accounts import activation
from elearn.accounts import queries as account_queries
from elearn.accounts.rules import may_issue_code
from elearn.agencies import queries
from elearn.agencies.models import Agency, Employee
from elearn.agencies.rules import Slip
from elearn.core import installation, pdf, qr
from elearn.core.permissions import Actor, Role
from elearn.core.web import public_url
from elearn.ledger import actions as ledger

PER_PAGE = 8
AT_ONCE = 12 * PER_PAGE
TEMPLATE = "agencies/print/slips.html"
LONG_NAME, LONG_UNIT = 32, 44


def waiting(
    actor: Actor, agency: Agency, *, since: dt.datetime | None = None, is_without_code: bool = True
) -> list[tuple[Employee, str]]:
    """Who in an agency or below it waits for a code that the actor may give, with the unit, by unit and name.

    Left out is who holds a valid code, or with `since` only who got one from that moment on; with
    `is_without_code=False` nobody.
    """
    found = queries.list_waiting(agency, since=since, is_without_code=is_without_code)
    roles: dict[UUID, list[Role]] = {}
    for grant in account_queries.list_open_grants([employee.account_id for employee, _ in found]):
        roles.setdefault(grant.account_id, []).append(grant.role)
    return [(employee, unit) for employee, unit in found if may_issue_code(actor, roles.get(employee.account_id, []))]


def issue(actor: Actor, *, agency: Agency, since: dt.datetime | None = None) -> list[Slip]:
    """New codes for the first of those who wait, AT_ONCE at most, readable only now."""
    some = waiting(actor, agency, since=since)[:AT_ONCE]
    codes = activation.issue_codes(actor, account_ids=[employee.account_id for employee, _ in some])
    ledger.record(actor, "agencies:codes_issued", {"agency_id": str(agency.id), "count": len(codes)})
    return [Slip(each.full_name, each.nip, unit, codes[each.account_id]) for each, unit in some]


def paper(slips: Sequence[Slip], *, agency: Agency, expires_at: dt.datetime) -> bytes:
    """The slips as a PDF, eight to a page of A4, in the order given."""
    pages = [slips[start : start + PER_PAGE] for start in range(0, len(slips), PER_PAGE)]
    facts = {"agency": agency, "expires_at": expires_at, "address": public_url("accounts.activate")}
    drawn = [[(slip, *qr.path(address_of(slip)), _size(slip)) for slip in page] for page in pages]
    return pdf.render_pdf(current_app.jinja_env.get_template(TEMPLATE).render(**facts, pages=drawn))


def printed(username: str, expires_at: dt.datetime) -> str:
    """What a slip on screen says of its code, in Indonesian whatever the language of the page."""
    return _filled("slip", username=username, expires_at=expires_at)


def handed(*, name: str, username: str, code: str, expires_at: dt.datetime) -> dict[str, str]:
    """What a page that hands over one code shows, and what an officer may send of it from a device of her own."""
    message = _filled("code", name=name, username=username, code=code, expires_at=expires_at)
    subject = "Kode aktivasi pembelajaran netralitas ASN"
    who = {"name": name, "username": username, "code": code}
    return {**who, "printed": printed(username, expires_at), "subject": subject, "message": message}


def _filled(template: str, **facts: Any) -> str:
    page = current_app.jinja_env.get_template(f"agencies/mail/{template}.txt")
    return page.render(regency_name=installation.regency_name(), **facts).strip()


def address_of(slip: Slip) -> str:
    """Where the slip's QR leads: the number is filled in there; the code is not, for addresses end up in logs."""
    return public_url("accounts.activate", nip=slip.nip)


def _size(slip: Slip) -> str:
    """Smaller letters for a name or a unit that would not fit otherwise."""
    return "small" if len(slip.name) > LONG_NAME or len(slip.agency_name) > LONG_UNIT else ""

"""Activation slips: who still waits for a code, codes for some of them at a time, and the paper to cut up.

A code can be read only at the moment it is made, since the database keeps its hash alone. So no slip is ever
stored: codes are issued and printed within one request, at most AT_ONCE of them, and the paper goes out with
the answer. Whoever holds a valid code is not asked about again, and so the next request prints the next slips.

Each form has a `batch` of its own, from which its codes follow. The same form sent twice, by a second press of the
button, gets the same slips; long after, it is refused instead of ending the codes of the paper that is out.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import current_app

from elearn.accounts import activation
from elearn.accounts import queries as account_queries
from elearn.accounts.activation import Issued
from elearn.accounts.rules import CODE_LIFETIME, may_issue_code
from elearn.agencies import queries
from elearn.agencies.models import Agency, Employee
from elearn.agencies.rules import Slip
from elearn.core import clock, installation, pdf, qr
from elearn.core.errors import Conflict
from elearn.core.permissions import Actor, Role
from elearn.core.speech import say
from elearn.core.web import public_url
from elearn.ledger import actions as ledger

PER_PAGE = 8
AT_ONCE = 12 * PER_PAGE
TEMPLATE = "agencies/print/slips.html"
LONG_NAME, LONG_UNIT = 32, 44
AGAIN = dt.timedelta(minutes=15)
"""How long a form that is sent again gets the same slips."""


class FormSpent(Conflict):
    """Slips were printed from this form before, and are no longer shown."""

    sentence = say(
        "Slip dari halaman ini sudah dicetak, dan kodenya tetap berlaku. Bila slipnya hilang, pilih “Semua” lalu "
        "terbitkan lagi; kode yang lama kemudian tidak berlaku."
    )


@dataclass(frozen=True, slots=True)
class Printed:
    """Slips to be printed, and how many earlier codes they end; `is_repeated` when they were printed before."""

    slips: list[Slip]
    issued_at: dt.datetime
    expires_at: dt.datetime
    replaced: int = 0
    is_repeated: bool = False


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


def issue(actor: Actor, *, agency: Agency, batch: str, since: dt.datetime | None = None) -> Printed:
    """New codes for the first of those who wait, AT_ONCE at most, readable only now; or once more those of the batch.

    With `since` also for who holds a code from before that moment. FormSpent.
    """
    queries.hold(agency)
    everybody = waiting(actor, agency, is_without_code=False)
    earlier = activation.issued_in(batch, [employee.account_id for employee, _ in everybody])
    if earlier:
        return _once_more(everybody, earlier)
    some = waiting(actor, agency, since=since)[:AT_ONCE]
    ids = [employee.account_id for employee, _ in some]
    replaced = len(set(ids).difference(each.account_id for each, _ in waiting(actor, agency))) if since else 0
    codes = activation.issue_codes(actor, account_ids=ids, batch=batch)
    ledger.record(actor, "agencies:codes_issued", {"agency_id": str(agency.id), "count": len(codes)})
    now = clock.now()
    made = {account_id: Issued(code, now, now + CODE_LIFETIME) for account_id, code in codes.items()}
    return Printed(_slips(some, made), now, now + CODE_LIFETIME, replaced)


def _once_more(people: Sequence[tuple[Employee, str]], earlier: Mapping[UUID, Issued]) -> Printed:
    """The slips that a batch has printed, if that was just now, as far as their codes still hold."""
    now = clock.now()
    valid = {account_id: each for account_id, each in earlier.items() if each.expires_at > now}
    if not valid or now - (issued_at := min(each.issued_at for each in valid.values())) > AGAIN:
        raise FormSpent
    some = [(employee, unit) for employee, unit in people if employee.account_id in valid]
    until = min(each.expires_at for each in valid.values())
    return Printed(_slips(some, valid), issued_at, until, is_repeated=True)


def _slips(people: Sequence[tuple[Employee, str]], codes: Mapping[UUID, Issued]) -> list[Slip]:
    return [Slip(each.full_name, each.nip, unit, codes[each.account_id].code) for each, unit in people]


def paper(printed: Printed, *, agency: Agency) -> bytes:
    """The slips as a PDF, eight to a page of A4, in the order given."""
    slips = printed.slips
    pages = [slips[start : start + PER_PAGE] for start in range(0, len(slips), PER_PAGE)]
    facts = {"agency": agency, "address": public_url("accounts.activate")}
    facts |= {"issued_at": printed.issued_at, "expires_at": printed.expires_at}
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

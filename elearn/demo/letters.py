"""The rows of the circulars, addressed, founded in law and issued in the Sekda's name."""

from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from elearn.agencies.rules import EmployeeKind
from elearn.demo import seasons
from elearn.demo.chronicle import Chronicle
from elearn.demo.circulars import CIRCULARS, DRAFT, LATER, Circular
from elearn.demo.ground import Ground
from elearn.demo.identity import stable_id
from elearn.demo.offices import SEAT
from elearn.directives import anchors, letter
from elearn.directives.anchors import Known
from elearn.directives.models import Directive, DirectiveTarget
from elearn.directives.rules import Status

_FOUNDED_IN = ("uu-20-2023-9-2", "uu-20-2023-24", "pp-94-2021-5-n", "skb-2022")
"""Citations of the module on which the circulars rest, as far as it has them."""
_RANK_NAME = "Pembina Utama Madya"
_COPIES = ["Bupati Bukit Serawai (sebagai laporan)", "Inspektur Daerah", "Ketua Bawaslu Kabupaten Bukit Serawai"]


def enter(chronicle: Chronicle, ground: Ground) -> None:
    """Note the circulars as issued on their days, whom they bound then, and the draft that waits."""
    for circular in (*CIRCULARS, *LATER):
        if ground.has_all(circular.modules):
            _issue(chronicle, ground, circular)
    if ground.has_all(DRAFT.modules):
        _draft(chronicle, ground)


def _issue(chronicle: Chronicle, ground: Ground, circular: Circular) -> None:
    issued_on, sekda_id = circular.issued_on(ground.today), ground.account_ids[ground.holders.sekda.nip]
    issued_at = ground.at(issued_on, 9, 20)
    directive = {
        **_wording(ground, circular, issued_at),
        "status": Status.ISSUED,
        "drafted_at": ground.at(issued_on, 8, 5),
        "reviewed_by": None,
        "reviewed_at": None,
        "issued_at": issued_at,
        "issued_on": issued_on,
    }
    _add(chronicle, ground, circular, directive)
    chronicle.tell("directive:issued", issued_at, _facts(ground, circular, directive), by=sekda_id)


def _draft(chronicle: Chronicle, ground: Ground) -> None:
    """A directive to managerial posts, written and reviewed on the eve of the loading."""
    reviewer_id, eve = ground.account_ids[ground.holders.hr.nip], ground.today - timedelta(days=1)
    drafted_at, reviewed_at = ground.at(eve, 14, 10), ground.at(eve, 15, 30)
    directive = {
        **_wording(ground, DRAFT, drafted_at),
        "status": Status.REVIEWED,
        "drafted_at": drafted_at,
        "reviewed_by": reviewer_id,
        "reviewed_at": reviewed_at,
        "issued_at": None,
        "issued_on": None,
    }
    _add(chronicle, ground, DRAFT, directive)
    facts = {"directive": str(directive["id"]), "number": directive["number"]}
    chronicle.tell("directive:reviewed", reviewed_at, facts, by=reviewer_id)


def _wording(ground: Ground, circular: Circular, at: datetime) -> dict[str, Any]:
    """What every circular says, and to whom."""
    sekda, (module, *more_modules) = ground.holders.sekda, circular.modules
    return {
        "id": stable_id("directive", circular.register, at),
        "number": circular.number(ground.today),
        "subject": circular.subject,
        "body": circular.body,
        "legal_basis": _legal_basis(ground),
        "module_slug": module,
        "more_modules": more_modules,
        "target_kinds": sorted(EmployeeKind),
        "target_groups": sorted(circular.post_groups),
        "deadline_on": circular.deadline_on(ground.today),
        "valid_months": circular.valid_months,
        **_validity(ground, circular),
        "copies": _COPIES,
        "place": SEAT,
        "signatory_name": sekda.full_name,
        "signatory_title": sekda.post,
        "signatory_rank": f"{_RANK_NAME} ({sekda.rank})",
        "signatory_nip": sekda.nip,
        "drafted_by": ground.account_ids[sekda.nip],
    }


def _validity(ground: Ground, circular: Circular) -> dict[str, Any]:
    """Until the end of which phase a result counts, and that the day was taken from the calendar."""
    spans = [span for span in seasons.spans(ground.today) if span.kind is circular.valid_through]
    phases = [Known(seasons.id_of(ground), seasons.NAME, span) for span in spans]
    day = spans[0].ended_on if spans else None
    return {"valid_until": day, "anchors": anchors.kept(anchors.found({anchors.VALIDITY: day}, phases))}


def _add(chronicle: Chronicle, ground: Ground, circular: Circular, directive: dict[str, Any]) -> None:
    chronicle.add(Directive, **directive)
    for code in circular.opd_codes:
        chronicle.add(DirectiveTarget, directive_id=directive["id"], agency_id=ground.agency_ids[code])


def _legal_basis(ground: Ground) -> list[dict[str, str]]:
    """The citations as a letter gives them; the first few of the module where the wanted ones are missing."""
    known = ground.module.citation_by_id
    cites = [cite for cite in _FOUNDED_IN if cite in known] or list(known)[:3]
    return [{"id": cite, "text": letter.in_full(known[cite])} for cite in cites]


def _facts(ground: Ground, circular: Circular, directive: dict[str, Any]) -> dict[str, object]:
    """What the record keeps of the issue."""
    return {
        "directive": str(directive["id"]),
        "number": directive["number"],
        "subject": directive["subject"],
        "body_sha256": sha256(directive["body"].encode()).hexdigest(),
        "legal_basis": [cite["id"] for cite in directive["legal_basis"]],
        "module": directive["module_slug"],
        "more_modules": list(directive["more_modules"]),
        "agencies": sorted(str(ground.agency_ids[code]) for code in circular.opd_codes),
        "kinds": list(directive["target_kinds"]),
        "post_groups": list(directive["target_groups"]),
        "deadline_on": directive["deadline_on"].isoformat(),
        "valid_months": directive["valid_months"],
        "valid_until": directive["valid_until"].isoformat() if directive["valid_until"] else None,
        "issued_on": directive["issued_on"].isoformat(),
        "bound": _count_bound(ground, circular, directive["issued_on"]),
    }


def _count_bound(ground: Ground, circular: Circular, day: date) -> int:
    """How many served that day where the circular is addressed to, at such posts."""
    stays = (person.stay_on(day) for person in ground.regency.everybody)
    return sum(circular.binds(stay) for stay in stays if stay)

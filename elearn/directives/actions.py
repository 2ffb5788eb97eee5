"""Writing a directive, issuing it, and telling everybody it binds."""

import hashlib
from uuid import UUID

from elearn.content import queries as content
from elearn.core import clock, jobs
from elearn.core.db import db
from elearn.core.permissions import Actor
from elearn.directives import letter, queries, rules
from elearn.directives.models import Directive, DirectiveTarget
from elearn.directives.rules import Status, Wording
from elearn.ledger import actions as ledger
from elearn.notices import actions as notices


def draft(actor: Actor, *, wording: Wording) -> Directive:
    """Begin a directive; it binds nobody until it is issued."""
    directive = Directive(status=Status.DRAFT, drafted_by=actor.account_id, drafted_at=clock.now())
    _write(directive, wording)
    db.session.add(directive)
    db.session.flush()
    return directive


def revise(actor: Actor, *, directive_id: UUID, wording: Wording) -> Directive:
    """Change a draft; raises AlreadyIssued for what people were already told."""
    directive = queries.get_draft(directive_id)
    directive.drafted_by = actor.account_id
    _write(directive, wording)
    db.session.flush()
    return directive


def discard(_actor: Actor, *, directive_id: UUID) -> None:
    """Throw a draft away; raises AlreadyIssued."""
    db.session.delete(queries.get_draft(directive_id))
    db.session.flush()


def issue(actor: Actor, *, directive_id: UUID) -> Directive:
    """Freeze a draft, record it, and write to everybody it binds today; the letter follows the commit."""
    directive, today = queries.get_draft(directive_id), clock.today()
    if directive.deadline_on < today:
        raise rules.DeadlineOver(field="deadline_on")
    bound = queries.list_bound_today(queries.target_of(directive, today))
    if not bound:
        raise rules.NobodyBound
    directive.status, directive.issued_on, directive.issued_at = Status.ISSUED, today, clock.now()
    db.session.flush()
    ledger.record(actor, "directive:issued", _facts(directive, len(bound)))
    notices.post_many(letter.notices_to(bound, directive))
    jobs.after_commit("directives.make_letter", str(directive.id), urgent=True)
    return directive


def attach_letter(*, directive_id: UUID, document_id: UUID) -> None:
    """Tie an issued directive to its signed letter, once."""
    directive = queries.get_directive(directive_id)
    if directive.document_id is None:
        directive.document_id = document_id
        db.session.flush()


def _write(directive: Directive, wording: Wording) -> None:
    """Put a wording into a draft, after checking all that it names."""
    same_number = queries.find_by_number(wording.number)
    if same_number is not None and same_number is not directive:
        raise rules.NumberTaken(field="number")
    directive.number, directive.subject, directive.body = wording.number, wording.subject, wording.body
    directive.module_slug, directive.legal_basis = wording.module_slug, _legal_basis(wording)
    directive.local_instruction = wording.local_instruction
    directive.deadline_on, directive.place = wording.deadline_on, wording.place
    directive.target_kinds = sorted(wording.target.kinds)
    directive.signatory_name, directive.signatory_title = wording.signatory.name, wording.signatory.title
    directive.signatory_rank, directive.signatory_nip = wording.signatory.rank, wording.signatory.nip
    _address(directive, wording)


def _address(directive: Directive, wording: Wording) -> None:
    """Set the agencies a draft is addressed to."""
    wanted = wording.target.agencies
    if {agency.id for agency in queries.list_targeted(wording.target)} != wanted:
        raise rules.UnknownTarget(field="agencies")
    kept = [target for target in directive.targets if target.agency_id in wanted]
    known = {target.agency_id for target in kept}
    directive.targets = kept + [DirectiveTarget(agency_id=each) for each in sorted(wanted - known)]


def _legal_basis(wording: Wording) -> list[dict[str, str]]:
    """The chosen citations as they read today; raises UnknownModule and ForeignCitation."""
    if content.find_current("module", wording.module_slug) is None:
        raise rules.UnknownModule(field="module_slug")
    _, module = content.current_module(wording.module_slug)
    known = {citation.id: letter.in_full(citation) for citation in module.citations}
    if not known.keys() >= set(wording.cites):
        raise rules.ForeignCitation(field="cites")
    return [{"id": cite, "text": known[cite]} for cite in wording.cites]


def _facts(directive: Directive, bound: int) -> dict[str, object]:
    """What the record keeps of an issue."""
    return {
        "directive": str(directive.id),
        "number": directive.number,
        "subject": directive.subject,
        "body_sha256": hashlib.sha256(directive.body.encode()).hexdigest(),
        "local_instruction_sha256": hashlib.sha256(directive.local_instruction.encode()).hexdigest(),
        "legal_basis": [cite["id"] for cite in directive.legal_basis],
        "module": directive.module_slug,
        "agencies": sorted(str(target.agency_id) for target in directive.targets),
        "kinds": list(directive.target_kinds),
        "deadline_on": directive.deadline_on.isoformat(),
        "issued_on": str(directive.issued_on),
        "bound": bound,
    }

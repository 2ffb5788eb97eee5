"""The life of a directive: written, reviewed, issued, closed or revoked; and telling everybody it binds."""

import hashlib
from collections.abc import Iterable
from uuid import UUID

from flask import current_app

from elearn.agencies.rules import PersonOn
from elearn.core import clock, jobs
from elearn.core.db import db
from elearn.core.permissions import Actor
from elearn.directives import binding, drafting, letter, queries, rules
from elearn.directives.models import Directive
from elearn.directives.rules import Status
from elearn.directives.wording import Wording
from elearn.ledger import actions as ledger
from elearn.notices import actions as notices


def draft(actor: Actor, *, wording: Wording) -> Directive:
    """Begin a directive; it binds nobody until it is issued."""
    directive = Directive(status=Status.DRAFT, drafted_by=actor.account_id, drafted_at=clock.now())
    drafting.write(directive, wording)
    db.session.add(directive)
    db.session.flush()
    return directive


def revise(actor: Actor, *, directive_id: UUID, wording: Wording) -> Directive:
    """Change a draft, which must be reviewed anew; raises AlreadyIssued for what people were already told."""
    directive = queries.get_draft(directive_id)
    directive.drafted_by, directive.status = actor.account_id, Status.DRAFT
    directive.reviewed_by = directive.reviewed_at = None
    drafting.write(directive, wording)
    db.session.flush()
    return directive


def discard(_actor: Actor, *, directive_id: UUID) -> None:
    """Throw a draft away; raises AlreadyIssued."""
    db.session.delete(queries.get_draft(directive_id))
    db.session.flush()


def review(actor: Actor, *, directive_id: UUID) -> Directive:
    """Say that a draft is right; raises OwnDraft for who wrote it last, AlreadyReviewed, AlreadyIssued."""
    directive = queries.get_draft(directive_id)
    if directive.status is Status.REVIEWED:
        raise rules.AlreadyReviewed
    if directive.drafted_by == actor.account_id:
        raise rules.OwnDraft
    directive.status, directive.reviewed_by, directive.reviewed_at = Status.REVIEWED, actor.account_id, clock.now()
    db.session.flush()
    ledger.record(actor, "directive:reviewed", {"directive": str(directive.id), "number": directive.number})
    return directive


def issue(actor: Actor, *, directive_id: UUID) -> Directive:
    """Freeze a draft, record it, end the one it revokes, and write to everybody concerned; the letter follows.

    Raises AlreadyIssued, NotReviewed, DeadlineOver, NobodyBound, and FormerEnded when the one to revoke has ended.
    """
    directive, today = queries.get_draft(directive_id), clock.today()
    _refuse_issue(directive)
    bound = binding.list_bound_today(queries.target_of(directive, today))
    if not bound:
        raise rules.NobodyBound
    former = _former(directive)
    directive.status, directive.issued_on, directive.issued_at = Status.ISSUED, today, clock.now()
    db.session.flush()
    ledger.record(actor, "directive:issued", _facts(directive, len(bound)))
    notices.post_many(letter.notices_to(bound, directive))
    if former is not None:
        _revoke(actor, former, by=directive, told={person.account_id for person in bound})
    jobs.after_commit("directives.make_letter", str(directive.id), urgent=True)
    return directive


def close(actor: Actor, *, directive_id: UUID, note: str) -> Directive:
    """End a directive today with a note, and tell everybody it bound; raises NotInForce."""
    directive, today = queries.get_in_force(directive_id), clock.today()
    bound = binding.list_bound_today(queries.target_of(directive, today))
    _end(actor, directive, Status.CLOSED, note)
    ledger.record(actor, "directive:closed", {**_ending(directive), "note": note})
    notices.post_many(letter.notices_to(bound, directive, what="closed"))
    return directive


def attach_letter(*, directive_id: UUID, document_id: UUID) -> None:
    """Tie an issued directive to its signed letter, once."""
    directive = queries.get_directive(directive_id)
    if directive.document_id is None:
        directive.document_id = document_id
        db.session.flush()


def _former(directive: Directive) -> Directive | None:
    """The directive to be revoked, if there is to be one; raises FormerEnded when it is no longer in force."""
    if directive.revokes_id is None:
        return None
    try:
        return queries.get_in_force(directive.revokes_id)
    except rules.NotInForce:
        raise rules.FormerEnded from None


def _refuse_issue(directive: Directive) -> None:
    """Raise NotReviewed where a review is asked for, DeadlineOver for a day in the past."""
    if current_app.config["SETTINGS"].directive_review and directive.status is not Status.REVIEWED:
        raise rules.NotReviewed
    if min(queries.order_of(directive, clock.today()).every_deadline) < clock.today():
        raise rules.DeadlineOver(field="deadline_on")


def _revoke(actor: Actor, former: Directive, *, by: Directive, told: Iterable[UUID]) -> None:
    """End a directive that another one revokes, and write to those whom the other does not bind."""
    bound = binding.list_bound_today(queries.target_of(former, clock.today()))
    _end(actor, former, Status.REVOKED, f"Dicabut oleh Surat Edaran Nomor {by.number}")
    ledger.record(actor, "directive:revoked", {**_ending(former), "by": str(by.id)})
    left: list[PersonOn] = [person for person in bound if person.account_id not in set(told)]
    notices.post_many(letter.notices_to(left, former, what="revoked"))


def _end(actor: Actor, directive: Directive, status: Status, note: str) -> None:
    directive.status, directive.ended_on, directive.ended_by = status, clock.today(), actor.account_id
    directive.end_note = note
    db.session.flush()


def _ending(directive: Directive) -> dict[str, object]:
    return {
        "directive": str(directive.id),
        "number": directive.number,
        "ended_on": str(directive.ended_on),
    }


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
        "more_modules": list(directive.more_modules),
        **_target_facts(directive),
        "deadline_on": directive.deadline_on.isoformat(),
        "deadlines": dict(directive.deadlines),
        "joiner_days": directive.joiner_days,
        "valid_months": directive.valid_months,
        "valid_until": directive.valid_until.isoformat() if directive.valid_until else None,
        "credits_earlier": directive.credits_earlier,
        "quiz_terms": directive.quiz_terms,
        "revokes": str(directive.revokes_id) if directive.revokes_id else None,
        "issued_on": str(directive.issued_on),
        "bound": bound,
    }


def _target_facts(directive: Directive) -> dict[str, object]:
    """Whom it is addressed to; ids only, never a NIP."""
    target = queries.target_of(directive, clock.today())
    return {
        "agencies": sorted(map(str, target.agencies)),
        "excepted_agencies": sorted(map(str, target.excepted_agencies)),
        "kinds": list(directive.target_kinds),
        "post_groups": list(directive.target_groups),
        "people": sorted(map(str, target.people)),
        "excepted_people": sorted(map(str, target.excepted_people)),
    }

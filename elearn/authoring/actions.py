"""Writes about packs of content: uploaded, approved by a second person, published or discarded once."""

from dataclasses import asdict
from hashlib import sha256
from uuid import UUID

from elearn.authoring import packs, queries, rules
from elearn.authoring.models import Pack
from elearn.authoring.packs import Draft
from elearn.content import actions as content
from elearn.content.models import Publication
from elearn.content.rules import UnsoundContent
from elearn.core import signs, transaction
from elearn.core.clock import now
from elearn.core.db import db
from elearn.core.permissions import Actor
from elearn.ledger import actions as ledger


def upload(actor: Actor, *, filename: str, packed: bytes) -> Pack:
    """Keep a pack for review with what is wrong with it; the same file again is the same pack. UnreadablePack."""
    with transaction.reading():
        draft = packs.read(packed)
    digest = sha256(packed).hexdigest()
    known = queries.find_open(digest, actor.account_id)
    if known is not None:
        return known
    pack = Pack(
        filename=signs.without_hidden(filename)[:200],
        sha256=digest,
        size=len(packed),
        archive=packed,
        complaints=[asdict(complaint) for complaint in draft.complaints],
        fingerprints=dict(draft.base),
        uploaded_by=actor.account_id,
        uploaded_at=now(),
    )
    db.session.add(pack)
    db.session.flush()
    _record(actor, "authoring:pack_uploaded", pack)
    return pack


def approve(actor: Actor, *, pack_id: UUID, reviewed: str) -> Pack:
    """Approve a pack as the second person, for the difference that was reviewed.

    OwnApproval, UnsoundContent, NothingNew, StaleReview, PackClosed.
    """
    pack, draft = _reviewed(pack_id, reviewed)
    if pack.uploaded_by == actor.account_id:
        raise rules.OwnApproval
    pack.approved_by, pack.approved_at = actor.account_id, now()
    pack.fingerprints = dict(draft.base)
    db.session.flush()
    _record(actor, "authoring:pack_approved", pack)
    return pack


def publish(actor: Actor, *, pack_id: UUID, reviewed: str) -> list[Publication]:
    """Make what the pack says current, as it was reviewed, and return the versions this changed.

    Work under way keeps its version. UnsoundContent, NothingNew, StaleReview, ApprovalMissing, ApprovalStale,
    PackClosed.
    """
    pack, draft = _reviewed(pack_id, reviewed)
    if queries.needs_approval():
        if pack.approved_at is None:
            raise rules.ApprovalMissing
        if pack.fingerprints != draft.base:
            raise rules.ApprovalStale
    changed = content.publish(actor, source=draft.source)
    pack.published_by, pack.published_at = actor.account_id, now()
    db.session.flush()
    _record(
        actor,
        "authoring:pack_published",
        pack,
        versions=[f"{each.kind}/{each.slug}/{each.number}" for each in changed],
    )
    return changed


def discard(actor: Actor, *, pack_id: UUID) -> Pack:
    """Put a pack aside for good; PackClosed."""
    pack = _open(pack_id)
    pack.discarded_at = now()
    db.session.flush()
    _record(actor, "authoring:pack_discarded", pack)
    return pack


def _reviewed(pack_id: UUID, reviewed: str) -> tuple[Pack, Draft]:
    """The pack, and what it says now, if that is sound, new and the very difference that was reviewed.

    It is read before anything is locked, so nobody waits for that; what counts is read again under the lock.
    """
    with transaction.reading():
        draft = packs.get_draft(pack_id)
    pack = _open(pack_id)
    queries.hold_publications()
    draft = packs.get_draft(pack_id)
    if draft.complaints:
        raise UnsoundContent
    if draft.token != reviewed:
        raise rules.StaleReview
    if not draft.changed:
        raise rules.NothingNew
    return pack, draft


def _open(pack_id: UUID) -> Pack:
    pack = queries.get_pack(pack_id, for_update=True)
    if pack.published_at is not None or pack.discarded_at is not None:
        raise rules.PackClosed
    return pack


def _record(actor: Actor, event: str, pack: Pack, **facts: object) -> None:
    ledger.record(actor, event, {"pack": str(pack.id), "sha256": pack.sha256, **facts})

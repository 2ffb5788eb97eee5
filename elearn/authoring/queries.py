"""Packs of content, read, and the work that is under way on the versions they would replace."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import Exists, Select, exists, func, or_, select
from sqlalchemy.orm import aliased

from elearn.accounts import queries as accounts
from elearn.authoring.models import Pack
from elearn.authoring.rules import PackState, pack_state
from elearn.content.models import Publication
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.web import Page, paginate
from elearn.learning.models import Enrolment
from elearn.pact.models import Pact
from elearn.quiz.models import Attempt


@dataclass(frozen=True, slots=True)
class Underway:
    """How many people stand where with a module: in the quiz now, begun and not passed, passed, signed."""

    sitting: int = 0
    studying: int = 0
    passed: int = 0
    signed: int = 0


def needs_approval() -> bool:
    """Whether this installation asks a second person before content is published."""
    return bool(current_app.config["SETTINGS"].content_approval)


def get_pack(pack_id: UUID, *, for_update: bool = False) -> Pack:
    """A pack by its id; with `for_update` nobody else decides about it meanwhile."""
    query = select(Pack).where(Pack.id == pack_id)
    options = {"populate_existing": for_update}
    pack = db.session.scalar(query.with_for_update() if for_update else query, execution_options=options)
    if pack is None:
        raise NotFound
    return pack


def get_archive(pack_id: UUID) -> bytes:
    """The ZIP of a pack as it was uploaded."""
    packed = db.session.scalar(select(Pack.archive).where(Pack.id == pack_id))
    if packed is None:
        raise NotFound
    return packed


def find_open(sha256: str, uploaded_by: UUID | None) -> Pack | None:
    """The same file by the same person, neither published nor discarded."""
    query = select(Pack).filter_by(sha256=sha256, uploaded_by=uploaded_by, published_at=None, discarded_at=None)
    return db.session.scalar(query)


def list_packs(number: int) -> Page[Pack]:
    """All packs, the newest first, one page."""
    return paginate(select(Pack).order_by(Pack.uploaded_at.desc(), Pack.id), number, per_page=25)


def state_of(pack: Pack) -> PackState:
    """Where a pack stands."""
    return pack_state(
        is_published=pack.published_at is not None,
        is_discarded=pack.discarded_at is not None,
        is_sound=not pack.complaints,
        may_go=pack.approved_at is not None or not needs_approval(),
    )


def names_of(packs: Sequence[Pack]) -> dict[UUID, str]:
    """The names of everybody who did something with these packs."""
    ids = {who for pack in packs for who in (pack.uploaded_by, pack.approved_by, pack.published_by) if who}
    return {account.id: account.name for account in accounts.list_accounts(ids)}


def underway() -> dict[str, Underway]:
    """The work under way by module, of each person the present round; four statements."""
    later = aliased(Enrolment)
    in_round = or_(Enrolment.round == 1, Attempt.started_at >= Enrolment.started_at)
    has_passed = _of_enrolled(Attempt).where(Attempt.passed.is_(True), in_round)
    has_begun_anew = _of_enrolled(later).where(later.round > Enrolment.round)
    people = func.count(Attempt.learner_id.distinct())
    found = {
        "sitting": _by_slug(Attempt.module_slug, people, Attempt.submitted_at.is_(None)),
        "studying": _by_slug(Enrolment.module_slug, func.count(), ~has_passed, ~has_begun_anew),
        "passed": _by_slug(Attempt.module_slug, people, Attempt.passed.is_(True)),
        "signed": _by_slug(Pact.module_slug, func.count(Pact.account_id.distinct())),
    }
    slugs = {slug for counts in found.values() for slug in counts}
    return {slug: Underway(**{name: counts.get(slug, 0) for name, counts in found.items()}) for slug in slugs}


def _of_enrolled(table: Any) -> Exists:
    """That the table has a row of the enrolled learner in the same module."""
    return exists().where(table.learner_id == Enrolment.learner_id, table.module_slug == Enrolment.module_slug)


def hold_publications() -> None:
    """Let nobody else publish until this transaction ends: lock what is current."""
    db.session.execute(select(Publication.id).where(Publication.is_current).with_for_update())


def _by_slug(slug: Any, counted: Any, *conditions: Any) -> dict[str, int]:
    query: Select[Any] = select(slug, counted).where(*conditions).group_by(slug)
    return {row[0]: row[1] for row in db.session.execute(query)}

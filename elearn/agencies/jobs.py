"""Applying rosters: in the background as soon as somebody asks, and again each minute for what a crash cut short."""

from functools import partial
from uuid import UUID

import structlog

from elearn.accounts import queries as accounts
from elearn.agencies import imports, roster_queries
from elearn.core import jobs
from elearn.core.errors import Refusal
from elearn.core.permissions import SYSTEM
from elearn.core.speech import say
from elearn.core.transaction import transaction

log = structlog.get_logger()
BROKEN = say(
    "Terjadi kesalahan pada peladen, dan tidak ada yang diterapkan. Coba lagi; bila berulang, hubungi admin."
)


@jobs.task("agencies.apply_roster")
def apply_roster(import_id: str) -> None:
    """Apply a roster that was asked for, whole or not at all; what hinders it is kept in words."""
    id_ = UUID(import_id)
    try:
        with transaction():
            _apply(id_)
    except Refusal as refusal:
        _fail(id_, refusal.sentence)
    except Exception as error:
        log.error("roster_failed", error=type(error).__name__, import_id=import_id)
        _fail(id_, BROKEN)


def _apply(import_id: UUID) -> None:
    asked = roster_queries.get_import(import_id).reversal or {}
    if "confirmed" not in asked:
        return
    actor = accounts.get_actor(UUID(asked["asked_by"])) if asked["asked_by"] else SYSTEM
    tell = partial(jobs.tell, f"roster:{import_id}")
    imports.apply(actor, import_id=import_id, confirmed=asked["confirmed"], tell=tell)


def _fail(import_id: UUID, sentence: str) -> None:
    with transaction():
        imports.fail(import_id=import_id, sentence=sentence)


@jobs.every("agencies.sweep_rosters", minutes=1)
def sweep_rosters() -> None:
    """Ask again for rosters that were asked for and have neither come in nor failed."""
    for asked in roster_queries.list_asked_imports():
        jobs.enqueue("agencies.apply_roster", str(asked.id))

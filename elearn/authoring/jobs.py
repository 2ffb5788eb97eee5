"""Reading long files of questions in the background, and again each minute what a crash cut short."""

from functools import partial
from uuid import UUID

import structlog

from elearn.accounts import queries as accounts
from elearn.authoring import drafts, waiting
from elearn.core import jobs
from elearn.core.errors import Refusal
from elearn.core.permissions import SYSTEM
from elearn.core.speech import say
from elearn.core.transaction import transaction

log = structlog.get_logger()
BROKEN = say(
    "Terjadi kesalahan pada peladen, dan tidak ada soal yang dibaca. Coba lagi; bila berulang, hubungi admin."
)


@jobs.task("authoring.read_questions")
def read_questions(import_id: str) -> None:
    """Read a file of questions that waits, whole or not at all; what hinders it is kept in words."""
    id_ = UUID(import_id)
    try:
        with transaction():
            brought = drafts.get_import(id_)
            actor = accounts.get_actor(brought.made_by) if brought.made_by else SYSTEM
            waiting.read(actor, import_id=id_, tell=partial(jobs.tell, f"questions:{import_id}"))
    except Refusal as refusal:
        _fail(id_, refusal.sentence)
    except Exception as error:
        log.error("questions_not_read", error=type(error).__name__, import_id=import_id)
        _fail(id_, BROKEN)


def _fail(import_id: UUID, sentence: str) -> None:
    with transaction():
        waiting.fail(import_id=import_id, sentence=sentence)


@jobs.every("authoring.sweep_questions", minutes=1)
def sweep_questions() -> None:
    """Ask again for files that have neither been read nor failed."""
    for brought in waiting.list_waiting():
        jobs.enqueue("authoring.read_questions", str(brought.id))

"""Rulings on questions that were wrong: proposed by an author, looked at, and asked to be applied.

A ruling is about the words of a question in whichever versions of the module they stand. Another ruling on the same
question takes its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, tuple_

from elearn.assessment import rules
from elearn.assessment.models import Regrade
from elearn.content import items
from elearn.content import queries as content
from elearn.content.models import Publication
from elearn.content.modules import Module
from elearn.content.questions import Question, wording
from elearn.core import clock, jobs
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.permissions import Actor
from elearn.core.speech import say
from elearn.ledger import actions as ledger
from elearn.quiz.grading import RulingKind
from elearn.quiz.models import Ruling

KIND_WORDS = {
    RulingKind.KEY: say("Kuncinya lain"),
    RulingKind.DROPPED: say("Soal gugur, tidak dihitung"),
    RulingKind.ALL_RIGHT: say("Semua orang mendapat nilainya"),
}


@dataclass(frozen=True, slots=True)
class Version:
    """A question in the words it has in some published versions of its module, the first of them to the last."""

    question: Question
    module: Module
    publications: Sequence[Publication]

    @property
    def hash(self) -> str:
        """The name of these words."""
        return wording(self.question)

    @property
    def is_current(self) -> bool:
        """Whether newcomers meet the question in these words."""
        return any(each.is_current for each in self.publications)

    @property
    def numbers(self) -> list[int]:
        """The numbers of those versions."""
        return [each.number for each in self.publications]


def versions(slug: str, question_id: str) -> list[Version]:
    """The wordings that a question ever had, the newest first; NotFound when it never was."""
    found: dict[str, list[Publication]] = {}
    questions: dict[str, tuple[Question, Module]] = {}
    for publication in reversed(content.list_publications("module", slug)):
        module = content.get_module(publication.id)
        if (question := module.question_by_id.get(question_id)) is not None:
            found.setdefault(wording(question), []).append(publication)
            questions[wording(question)] = question, module
    if not found:
        raise NotFound
    return [Version(*questions[name], of_words) for name, of_words in reversed(found.items())]


def version_of(ruling: Ruling) -> Version:
    """The question in the words that a ruling is about."""
    return next(
        each for each in versions(ruling.module_slug, ruling.question_id) if each.hash == ruling.question_hash
    )


def kept_key(version: Version, others: Sequence[Version]) -> frozenset[str]:
    """The key that the question has in the current version, if it is another one and fits these words; else none."""
    current = next((each.question for each in others if each.is_current), None)
    if current is None or current.kind is not version.question.kind:
        return frozenset()
    key = items.right_answer(current)
    fits = items.misfit(version.question, sorted(key)) is None and key != items.right_answer(version.question)
    return key if fits else frozenset()


def propose(
    actor: Actor,
    *,
    slug: str,
    question_id: str,
    question_hash: str,
    kind: RulingKind,
    answer: Sequence[str],
    reason: str,
) -> Ruling:
    """Write down what is to be decided about a question; nothing changes yet. NoKey for a key that is none.

    What was proposed in the same words and nobody has asked for yet is not proposed twice: it is answered again.
    """
    version = next((each for each in versions(slug, question_id) if each.hash == question_hash), None)
    if version is None:
        raise NotFound
    ruling = Ruling(
        module_slug=slug,
        question_id=question_id,
        question_hash=question_hash,
        kind=kind.value,
        answer=_key(version.question, answer) if kind is RulingKind.KEY else None,
        reason=reason,
        decided_by=actor.account_id,
        decided_at=clock.now(),
    )
    proposed = _find_same(ruling, version)
    if proposed is not None:
        return proposed
    db.session.add(ruling)
    db.session.flush()
    ledger.record(actor, "assessment:ruling_proposed", facts_of(ruling))
    return ruling


def _find_same(ruling: Ruling, version: Version) -> Ruling | None:
    """The same proposal, if it was made; who makes it at this moment is waited for, behind the lock of the version.

    Learners who begin the quiz meanwhile do not wait: they only point at the version.
    """
    first = select(Publication.id).where(Publication.id == version.publications[0].id)
    db.session.execute(first.with_for_update(key_share=True))
    names = ("module_slug", "question_id", "question_hash", "kind", "reason")
    same = select(Ruling).filter_by(asked_at=None, **{name: getattr(ruling, name) for name in names})
    found = db.session.scalars(same.order_by(Ruling.decided_at).with_for_update())
    return next((each for each in found if each.answer == ruling.answer), None)


def _key(question: Question, answer: Sequence[str]) -> list[str]:
    """A key as it is kept; of questions with one right answer several may be accepted."""
    if question.kind in items.ONE_RIGHT:
        ids = {option.id for option in question.options}
        is_key = bool(answer) and set(answer) <= ids
    else:
        is_key = items.misfit(question, answer) is None and items.is_complete(question, answer)
    key = items.normal(question, answer) if is_key else []
    if not key or frozenset(key) == items.right_answer(question):
        raise rules.NoKey(field="kind")
    return key


def ask(actor: Actor, *, ruling_id: UUID) -> Ruling:
    """Have a ruling applied to every attempt, in the background, once; AlreadyAsked."""
    ruling = get_ruling(ruling_id, for_update=True)
    if ruling.asked_at is not None:
        raise rules.AlreadyAsked
    ruling.asked_at, ruling.decided_by = clock.now(), actor.account_id
    db.session.flush()
    ledger.record(actor, "assessment:ruling_asked", facts_of(ruling))
    jobs.after_commit("assessment.apply_ruling", str(ruling.id))
    return ruling


def discard(actor: Actor, *, ruling_id: UUID) -> Ruling:
    """Forget a proposal; AlreadyAsked for a ruling that counts."""
    ruling = get_ruling(ruling_id, for_update=True)
    if ruling.asked_at is not None:
        raise rules.AlreadyAsked
    ledger.record(actor, "assessment:ruling_discarded", facts_of(ruling))
    db.session.delete(ruling)
    return ruling


def get_ruling(ruling_id: UUID, *, for_update: bool = False) -> Ruling:
    """A ruling by its id; read anew and locked if it is to be changed."""
    found = db.session.get(Ruling, ruling_id, with_for_update=for_update or None, populate_existing=for_update)
    if found is None:
        raise NotFound
    return found


def list_rulings() -> list[tuple[Ruling, int]]:
    """All rulings with how many results they changed, proposals first, then the latest."""
    query = (
        select(Ruling, func.count(Regrade.id))
        .outerjoin(Regrade, Regrade.ruling_id == Ruling.id)
        .group_by(Ruling.id)
        .order_by(Ruling.asked_at.is_not(None), Ruling.decided_at.desc())
    )
    return [(ruling, count) for ruling, count in db.session.execute(query)]


def list_on(slug: str, question_id: str) -> Sequence[Ruling]:
    """The rulings on one question, the latest first."""
    query = select(Ruling).filter_by(module_slug=slug, question_id=question_id).order_by(Ruling.decided_at.desc())
    return db.session.scalars(query).all()


def list_unfinished() -> Sequence[Ruling]:
    """The rulings that were asked for and have not been applied to all attempts yet."""
    query = select(Ruling).where(Ruling.asked_at.is_not(None), Ruling.applied_at.is_(None))
    return db.session.scalars(query.order_by(Ruling.asked_at)).all()


def is_superseded(ruling: Ruling) -> bool:
    """Whether a later ruling on the same words was asked for, which takes its place."""
    later = select(Ruling.id).filter_by(
        module_slug=ruling.module_slug, question_id=ruling.question_id, question_hash=ruling.question_hash
    )
    is_after = tuple_(Ruling.asked_at, Ruling.id) > tuple_(ruling.asked_at, ruling.id)
    return ruling.asked_at is not None and db.session.scalar(later.where(is_after).limit(1)) is not None


def count_proposed() -> int:
    """How many rulings were proposed and neither asked for nor discarded."""
    return db.session.scalar(select(func.count(Ruling.id)).where(Ruling.asked_at.is_(None))) or 0


def facts_of(ruling: Ruling) -> dict[str, object]:
    """What the record keeps of a ruling; a key is no answer of anybody's and may stand there."""
    return {
        "ruling": str(ruling.id),
        "module": ruling.module_slug,
        "question": ruling.question_id,
        "words": ruling.question_hash,
        "kind": ruling.kind,
        "key": ruling.answer,
        "reason": ruling.reason,
    }

"""Grading attempts again by a ruling: what would change, and the change itself, once for each attempt.

No pass becomes a fail here: such an attempt keeps its result, and waits for somebody's decision (`decisions`).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, func, insert, select
from sqlalchemy.orm import aliased

from elearn.agencies import books
from elearn.assessment import messages, people, reinstating, rules, rulings
from elearn.assessment.models import Regrade
from elearn.assessment.rules import Decision, Effect, Result
from elearn.content import queries as content
from elearn.content.modules import Module
from elearn.core import clock
from elearn.core.db import db, new_id
from elearn.core.permissions import SYSTEM
from elearn.core.speech import tally
from elearn.ledger import actions as ledger
from elearn.notices import actions as notices
from elearn.notices.rules import Message
from elearn.quiz import amending, grading, judging, papers
from elearn.quiz.models import Answer, Attempt, Ruling

BATCH = 200
OVERLAP = timedelta(minutes=5)
"""How far before it was asked for a ruling looks again for attempts that were closed just then."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a ruling does to one attempt."""

    attempt: Attempt
    before: Result
    grade: grading.Grade
    after: Result

    @property
    def effect(self) -> Effect:
        """The change in kind."""
        return rules.effect(self.before, self.after)


def preview(ruling: Ruling) -> Iterator[Change]:
    """What would change if a ruling were applied now; attempts that stay as they are are left out."""
    for attempts in _batches(ruling):
        for change in _changes(ruling, attempts):
            if change.effect is not Effect.NONE:
                yield change


def count_attempts(ruling: Ruling) -> int:
    """How many closed attempts hold the question in the words of a ruling."""
    return db.session.scalar(select(func.count()).select_from(_holding(ruling).subquery())) or 0


def ids_of(ruling: Ruling, *, after: UUID | None, limit: int, since: datetime | None = None) -> Sequence[UUID]:
    """The next closed attempts that hold the question, in the order of their ids."""
    query = _holding(ruling)
    if after is not None:
        query = query.where(Attempt.id > after)
    if since is not None:
        query = query.where(Attempt.submitted_at >= since)
    return db.session.scalars(query.limit(limit)).all()


def regrade(ruling: Ruling, attempt_ids: Sequence[UUID]) -> int:
    """Grade these attempts again, and say for how many that changed something; a second time changes nothing."""
    attempts = [each for each in amending.lock_all(attempt_ids) if each.submitted_at is not None]
    if rulings.is_superseded(ruling):
        return 0
    open_ = _undecided(attempt_ids)
    changes = [
        change
        for change in _changes(ruling, attempts)
        if change.effect is not Effect.NONE or change.attempt.id in open_
    ]
    kept = _keep(ruling, changes)
    _carry_out(ruling, [change for change in kept if change.effect in (Effect.NOW_PASSED, Effect.POINTS)])
    return len(kept)


def wait_for_submissions(ruling: Ruling, *, after: UUID | None, limit: int) -> Sequence[UUID]:
    """Look at the next open attempts that hold the question, once those being submitted right now are closed.

    Such a one may have been graded just before the ruling was asked for. Locks them for a moment, in order of ids.
    """
    query = _holding(ruling, is_closed=False).limit(limit).with_for_update(read=True)
    return db.session.scalars(query if after is None else query.where(Attempt.id > after)).all()


def finish(ruling_id: UUID) -> None:
    """Say that a ruling was applied to every attempt; reports of earlier days say what it changed."""
    ruling = rulings.get_ruling(ruling_id, for_update=True)
    if ruling.applied_at is not None:
        return
    ruling.applied_at = clock.now()
    db.session.flush()
    ledger.record(SYSTEM, "assessment:ruling_applied", {**rulings.facts_of(ruling), **_counts(ruling)})
    first, people_ = db.session.execute(
        select(func.min(Attempt.submitted_at), func.count(Attempt.learner_id.distinct()))
        .join(Regrade, Regrade.attempt_id == Attempt.id)
        .where(Regrade.ruling_id == ruling_id, Regrade.before_passed.is_(False), Regrade.after_passed.is_(True))
    ).one()
    if first is not None:
        on = clock.local(first).date()
        title = content.current_module(ruling.module_slug)[1].title
        sentence = tally(
            "%(num)s pegawai dinyatakan lulus kuis %(title)s setelah sebuah soal dikoreksi, berlaku sejak %(day)s.",
            people_,
            title=title[:100],
            day=on,
        )
        books.correct(SYSTEM, effective_on=on, sentence=sentence)


def _counts(ruling: Ruling) -> dict[str, int]:
    query = select(Regrade.before_passed, Regrade.after_passed, func.count()).where(Regrade.ruling_id == ruling.id)
    found = {
        (before, after): count
        for before, after, count in db.session.execute(query.group_by(Regrade.before_passed, Regrade.after_passed))
    }
    return {
        "now_passed": found.get((False, True), 0),
        "waiting": found.get((True, False), 0),
        "points": found.get((True, True), 0) + found.get((False, False), 0),
    }


def _holding(ruling: Ruling, *, is_closed: bool = True) -> Select[UUID]:
    """The closed, or the open, attempts at versions that have the question in these words, whose paper holds it."""
    held = [each.id for each in rulings.version_of(ruling).publications]
    names_it = cast(Attempt.paper, String).contains(f'"{ruling.question_id}"', autoescape=True)
    state = Attempt.submitted_at.is_not(None) if is_closed else Attempt.submitted_at.is_(None)
    return select(Attempt.id).where(Attempt.publication_id.in_(held), state, names_it).order_by(Attempt.id)


def _batches(ruling: Ruling) -> Iterator[Sequence[Attempt]]:
    last = None
    while ids := ids_of(ruling, after=last, limit=BATCH):
        yield db.session.scalars(select(Attempt).where(Attempt.id.in_(ids)).order_by(Attempt.id)).all()
        last = ids[-1]


def _changes(ruling: Ruling, attempts: Sequence[Attempt]) -> Iterator[Change]:
    """What each attempt is worth now and by the ruling; who was decided to stay passed is asked about no more."""
    answers, decided = _answers(attempts), _stays([each.id for each in attempts])
    known: dict[UUID, tuple[grading.Rulings, grading.Rulings]] = {}
    for attempt in attempts:
        module = content.get_module(attempt.publication_id)
        if attempt.publication_id not in known:
            known[attempt.publication_id] = _rulings(ruling, module)
        without, with_ = known[attempt.publication_id]
        given = answers.get(attempt.id, {})
        grade, passed = _judged(attempt, module, given, with_)
        is_kept = attempt.id in decided and not _judged(attempt, module, given, without)[1]
        if not (is_kept and not passed):
            yield Change(attempt, _present(attempt, module, given, without), grade, _result(grade, passed))


def _rulings(ruling: Ruling, module: Module) -> tuple[grading.Rulings, grading.Rulings]:
    """The rulings on a version that are in force, without this one and with it."""
    without = judging.rulings_on(module, but=ruling.id)
    return without, without | {ruling.question_id: judging.read(ruling)}


def _judged(
    attempt: Attempt, module: Module, answers: papers.Answers, decided: grading.Rulings
) -> tuple[grading.Grade, bool]:
    paper, policy = papers.read(attempt.paper), judging.policy_of(attempt)
    grade = grading.grade(paper, answers, module.question_by_id, policy, decided)
    return grade, grading.is_pass(paper, grade, module.question_by_id, policy)


def _present(attempt: Attempt, module: Module, answers: papers.Answers, decided: grading.Rulings) -> Result:
    """The result as it stands; attempts from before marks were kept have them worked out."""
    marks = attempt.marks
    if marks is None:
        marks = list(_judged(attempt, module, answers, decided)[0].marks)
    return Result(attempt.score or 0, attempt.total or 0, bool(attempt.passed), tuple(marks))


def _result(grade: grading.Grade, passed: bool) -> Result:
    return Result(grade.score, grade.total, passed, grade.marks)


def _answers(attempts: Sequence[Attempt]) -> dict[UUID, dict[int, list[str]]]:
    """The stored answers of these attempts by position, by one statement."""
    query = select(Answer.attempt_id, Answer.position, Answer.choice)
    found: dict[UUID, dict[int, list[str]]] = {}
    for attempt_id, position, choice in db.session.execute(
        query.where(Answer.attempt_id.in_([each.id for each in attempts]))
    ):
        found.setdefault(attempt_id, {})[position] = choice
    return found


def _stays(attempt_ids: Sequence[UUID]) -> set[UUID]:
    """Those attempts that somebody decided to let pass."""
    query = select(Regrade.attempt_id).where(
        Regrade.attempt_id.in_(attempt_ids), Regrade.decision == Decision.STAYS.value
    )
    return set(db.session.scalars(query))


def _undecided(attempt_ids: Sequence[UUID]) -> set[UUID]:
    """Those attempts that wait for a decision, which another ruling may spare."""
    return set(db.session.scalars(select(Regrade.attempt_id).where(Regrade.attempt_id.in_(attempt_ids), waiting())))


def waiting() -> ColumnElement[bool]:
    """That a pass might become a fail and nobody has decided; a later ruling on the attempt takes the place of it."""
    later = aliased(Regrade)
    is_last = ~exists().where(later.attempt_id == Regrade.attempt_id, later.id > Regrade.id)
    might_fail = and_(Regrade.before_passed.is_(True), Regrade.after_passed.is_(False))
    return and_(might_fail, Regrade.decision.is_(None), is_last)


def _keep(ruling: Ruling, changes: Sequence[Change]) -> list[Change]:
    """Write both results where this is the first time for this ruling and attempt, and give those.

    The attempts are locked, so that nobody writes the same ones meanwhile.
    """
    ids = [change.attempt.id for change in changes]
    query = select(Regrade.attempt_id).where(Regrade.ruling_id == ruling.id, Regrade.attempt_id.in_(ids))
    written, now = set(db.session.scalars(query)), clock.now()
    first = [change for change in changes if change.attempt.id not in written]
    if first:
        db.session.execute(insert(Regrade), [_row(ruling, change, now) for change in first])
    return first


def _row(ruling: Ruling, change: Change, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "ruling_id": ruling.id,
        "attempt_id": change.attempt.id,
        "made_at": now,
        **_columns("before", change.before),
        **_columns("after", change.after),
    }


def _columns(when: str, result: Result) -> dict[str, Any]:
    return {
        f"{when}_score": result.score,
        f"{when}_total": result.total,
        f"{when}_passed": result.passed,
        f"{when}_marks": list(result.marks),
    }


def _carry_out(ruling: Ruling, changes: Sequence[Change]) -> None:
    """Let the attempts have their new results, record that, and tell whose they are."""
    amending.put_results((change.attempt.id, change.grade, change.after.passed) for change in changes)
    now, actor = clock.now(), ledger.name_of(SYSTEM)
    ledger.record_many("quiz", [("quiz:regraded", actor, now, _facts(ruling, change)) for change in changes])
    passed = [change.attempt.id for change in changes if change.effect is Effect.NOW_PASSED]
    notices.post_many(list(_messages(ruling, changes, reinstating.reinstate(passed))))


def _facts(ruling: Ruling, change: Change) -> dict[str, Any]:
    return {
        "ruling": str(ruling.id),
        "attempt": str(change.attempt.id),
        "before": [grading.exact_points(each) for each in change.before.share],
        "after": [grading.exact_points(each) for each in change.after.share],
        "passed": change.after.passed,
    }


def _messages(ruling: Ruling, changes: Sequence[Change], reinstated: Collection[UUID]) -> Iterator[Message]:
    learners = people.by_account({change.attempt.learner_id for change in changes})
    for change in changes:
        learner = learners.get(change.attempt.learner_id)
        if learner is not None and learner.email:
            yield messages.message(
                "regraded",
                key=f"regraded:{ruling.id}:{change.attempt.id}",
                recipient=learner.email,
                name=learner.name,
                module=content.get_module(change.attempt.publication_id),
                attempt=change.attempt,
                before=change.before,
                after=change.after,
                ruling=ruling,
                is_reinstated=change.attempt.id in reinstated,
            )

"""Where a pass might become a fail: the cases that wait for a person, and what she decides with her reason."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, func, select

from elearn.agencies import books
from elearn.agencies import queries as agencies
from elearn.assessment import messages, people, regrading, rules
from elearn.assessment.models import Regrade
from elearn.assessment.people import Learner
from elearn.assessment.rules import Cause, Decision, Effect, Result
from elearn.certificates import actions as certificates
from elearn.certificates.models import Certificate
from elearn.content import queries as content
from elearn.core import clock
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.permissions import Actor, Permission
from elearn.core.speech import say
from elearn.ledger import actions as ledger
from elearn.notices import actions as notices
from elearn.pact import queries as pacts
from elearn.quiz import amending, grading
from elearn.quiz.corrections import Correction
from elearn.quiz.models import Attempt, Concession, Ruling

DECIDE = Permission.ASSESSMENT_RESULT_DECIDE
REASONS = {
    "kunci": say("Kunci sebuah soal diganti."),
    "gugur": say("Sebuah soal dinyatakan gugur dan tidak dihitung."),
    "semua-benar": say("Sebuah soal dinyatakan benar bagi semua orang."),
}
AFTER_REGRADING = "Hasil kuis dihitung ulang setelah sebuah soal dikoreksi."


@dataclass(frozen=True, slots=True)
class Case:
    """One result that a ruling changed: the attempt, both results, whose it is, and what was decided."""

    regrade: Regrade
    attempt: Attempt
    learner: Learner | None

    @property
    def before(self) -> Result:
        """The result as it was."""
        row = self.regrade
        return Result(row.before_score, row.before_total, row.before_passed, tuple(row.before_marks))

    @property
    def after(self) -> Result:
        """The result by the ruling."""
        row = self.regrade
        return Result(row.after_score, row.after_total, row.after_passed, tuple(row.after_marks))

    @property
    def effect(self) -> Effect:
        """What the ruling does."""
        return rules.effect(self.before, self.after)

    @property
    def decision(self) -> Decision | None:
        """What somebody decided."""
        return Decision(self.regrade.decision) if self.regrade.decision else None


def decide(actor: Actor, *, regrade_id: UUID, decision: Decision, reason: str) -> Regrade:
    """Let a result stay passed, or let it be failed with all that follows; AlreadyDecided, NotFound out of reach."""
    case = get_waiting(actor, regrade_id)
    row = case.regrade
    row.decision, row.decision_reason = decision.value, reason
    row.decided_by, row.decided_at = actor.account_id, clock.now()
    db.session.flush()
    facts = {"regrade": str(row.id), "attempt": str(row.attempt_id), "decision": decision.value, "reason": reason}
    ledger.record(actor, "assessment:result_decided", facts)
    if decision is Decision.FAILS:
        _fail(actor, case, reason)
    _tell(case, decision)
    return row


def decide_many(actor: Actor, *, regrade_ids: Sequence[UUID], decision: Decision, reason: str) -> int:
    """Decide several results alike, with one reason, and say how many; those decided meanwhile are left as they are.

    NotFound when one is out of reach, and then none is decided.
    """
    done = 0
    _lock_all(regrade_ids)
    for regrade_id in sorted(set(regrade_ids)):
        with suppress(rules.AlreadyDecided):
            decide(actor, regrade_id=regrade_id, decision=decision, reason=reason)
            done += 1
    return done


def _lock_all(regrade_ids: Sequence[UUID]) -> None:
    """Keep others from deciding these; in one order and before the record is written, so that none block another."""
    query = select(Regrade.attempt_id).where(Regrade.id.in_(regrade_ids)).order_by(Regrade.id).with_for_update()
    amending.lock_all(db.session.scalars(query).all())


def _fail(actor: Actor, case: Case, reason: str) -> None:
    """Let the attempt be failed: its certificate is revoked, its pact stays as evidence, she may sit again."""
    marks = tuple(case.regrade.after_marks)
    amending.put_result(case.attempt.id, grading.Grade(marks), passed=False)
    pact = pacts.find_by_attempt(case.attempt.id)
    if pact is not None:
        certificate = certificates.issue(actor, pact_id=pact.id)
        if certificate.revoked_at is None:
            told = f"Kuis dihitung ulang dan diputuskan tidak lulus: {reason}"[:500]
            certificates.revoke(actor, certificate_id=certificate.id, reason=told, at=case.regrade.decided_at)
    _allow_another(actor, case.attempt)
    on = clock.local(case.attempt.submitted_at or clock.now()).date()
    title = content.get_module(case.attempt.publication_id).title[:100]
    sentence = say(
        "Seorang pegawai dinyatakan tidak lulus kuis %(title)s setelah sebuah soal dikoreksi, berlaku sejak %(day)s.",
        title=title,
        day=on,
    )
    books.correct(actor, effective_on=on, sentence=sentence)


def _allow_another(actor: Actor, attempt: Attempt) -> None:
    """One attempt more, as this one was lost through no fault of hers."""
    given = Concession(
        learner_id=attempt.learner_id,
        module_slug=attempt.module_slug,
        cause=Cause.OTHER.value,
        reason=AFTER_REGRADING,
        extra_attempts=1,
        granted_by=actor.account_id,
        granted_at=clock.now(),
    )
    db.session.add(given)
    db.session.flush()
    facts = {"concession": str(given.id), "attempt": str(attempt.id), "extra_attempts": 1}
    ledger.record(actor, "assessment:allowed", facts)


def _tell(case: Case, decision: Decision) -> None:
    learner = case.learner
    if learner is None or not learner.email:
        return
    notices.post_many(
        [
            messages.message(
                "decided",
                key=f"decided:{case.regrade.id}",
                recipient=learner.email,
                name=learner.name,
                module=content.get_module(case.attempt.publication_id),
                case=case,
                fails=decision is Decision.FAILS,
            )
        ]
    )


def get_case(actor: Actor, regrade_id: UUID) -> Case:
    """A result that a ruling changed, of somebody in reach; NotFound for any other."""
    row = db.session.get(Regrade, regrade_id)
    if row is None:
        raise NotFound
    attempt = db.session.get_one(Attempt, row.attempt_id)
    return Case(row, attempt, people.get_of_account(actor, DECIDE, attempt.learner_id))


def get_waiting(actor: Actor, regrade_id: UUID) -> Case:
    """A case that waits for a decision, locked; AlreadyDecided when somebody or another ruling was faster."""
    query = select(Regrade).where(Regrade.id == regrade_id).with_for_update()
    row = db.session.scalar(query, execution_options={"populate_existing": True})
    if row is None:
        raise NotFound
    case = get_case(actor, regrade_id)
    amending.lock(case.attempt.id)
    still = select(Regrade.id).where(Regrade.id == regrade_id, regrading.waiting())
    if db.session.scalar(still) is None:
        raise rules.AlreadyDecided
    return case


def list_cases(actor: Actor, permission: Permission, *, ruling: Ruling) -> list[Case]:
    """What a ruling changed for people in reach, those that wait first, then by what became of them and by name."""
    visible = agencies.visible_to(actor, permission)
    query = (
        select(Regrade, Attempt)
        .join(Attempt, Attempt.id == Regrade.attempt_id)
        .filter(Regrade.ruling_id == ruling.id)
    )
    if not visible.all:
        query = query.where(Attempt.learner_id.in_(people.in_reach(visible)))
    return _sorted(_cases(query))


def list_waiting(actor: Actor, *, ruling: Ruling | None = None) -> list[Case]:
    """The cases in reach that wait for a decision, by name; of one ruling if it is given."""
    query = select(Regrade, Attempt).join(Attempt, Attempt.id == Regrade.attempt_id).where(regrading.waiting())
    if ruling is not None:
        query = query.where(Regrade.ruling_id == ruling.id)
    visible = agencies.visible_to(actor, DECIDE)
    if not visible.all:
        query = query.where(Attempt.learner_id.in_(people.in_reach(visible)))
    return _sorted(_cases(query))


def count_waiting(actor: Actor) -> int:
    """How many cases in reach wait for a decision."""
    query = select(func.count(Regrade.id)).join(Attempt, Attempt.id == Regrade.attempt_id).where(regrading.waiting())
    visible = agencies.visible_to(actor, DECIDE)
    if not visible.all:
        query = query.where(Attempt.learner_id.in_(people.in_reach(visible)))
    return db.session.scalar(query) or 0


def waiting_ids(ruling: Ruling) -> set[UUID]:
    """The cases of a ruling that still wait."""
    return set(db.session.scalars(select(Regrade.id).where(Regrade.ruling_id == ruling.id, regrading.waiting())))


def corrections_of(attempt_id: UUID) -> list[Correction]:
    """What the result of an attempt was before rulings changed it, and before somebody failed it."""
    query = (
        select(Regrade, Ruling).join(Ruling, Ruling.id == Regrade.ruling_id).where(Regrade.attempt_id == attempt_id)
    )
    found = [(Case(row, db.session.get_one(Attempt, attempt_id), None), ruling) for row, ruling in _pairs(query)]
    return [_correction(case, ruling) for case, ruling in found if _holds(case)]


def _pairs(query: Select[*tuple[Regrade, Ruling]]) -> list[tuple[Regrade, Ruling]]:
    return [(row, ruling) for row, ruling in db.session.execute(query)]


def _holds(case: Case) -> bool:
    """Whether the attempt really has another result by it."""
    if case.effect is Effect.MIGHT_FAIL:
        return case.decision is Decision.FAILS
    return case.effect is not Effect.NONE


def _correction(case: Case, ruling: Ruling) -> Correction:
    row = case.regrade
    reason = row.decision_reason or REASONS[ruling.kind]
    return Correction(row.decided_at or row.made_at, row.before_score, row.before_total, row.before_passed, reason)


def newer_result(certificate: Certificate) -> Result | None:
    """The result of the attempt behind a certificate, if it is another one by now than the certificate says."""
    pact = pacts.get_by_id(certificate.pact_id)
    attempt = db.session.get_one(Attempt, pact.attempt_id)
    told = grading.exact_points(attempt.score), grading.exact_points(attempt.total)
    signed = tuple(_exact(certificate.facts[name]) for name in ("score", "total"))
    if told == signed and attempt.passed:
        return None
    return Result(attempt.score or 0, attempt.total or 0, bool(attempt.passed))


def _exact(points: float | str) -> int | str:
    """Points as a certificate keeps them, as the record writes them."""
    number = float(points)
    return int(number) if number.is_integer() else f"{number:g}"


def _cases(query: Select[*tuple[Regrade, Attempt]]) -> list[Case]:
    found = [(row, attempt) for row, attempt in db.session.execute(query)]
    learners = people.by_account({attempt.learner_id for _, attempt in found})
    return [Case(row, attempt, learners.get(attempt.learner_id)) for row, attempt in found]


def _sorted(cases: Sequence[Case]) -> list[Case]:
    order = {Effect.MIGHT_FAIL: 0, Effect.NOW_PASSED: 1, Effect.POINTS: 2, Effect.NONE: 3}
    return sorted(
        cases,
        key=lambda each: (
            order[each.effect],
            each.regrade.decision is not None,
            each.learner.name if each.learner else "",
        ),
    )

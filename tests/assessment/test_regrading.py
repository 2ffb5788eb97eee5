"""Rulings: what would change, what changes, once; what waits for a person; what other rulings do to that."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from elearn.agencies.models import Correction
from elearn.assessment import decisions, jobs, regrading, rules, rulings
from elearn.assessment.models import Regrade
from elearn.assessment.rules import Decision, Effect
from elearn.core.db import db
from elearn.core.permissions import SYSTEM, Role
from elearn.core.transaction import transaction
from elearn.ledger import queries as record
from elearn.ledger.models import LedgerEntry
from elearn.notices.models import Notice
from elearn.quiz import actions as quiz
from elearn.quiz import queries
from elearn.quiz.grading import RulingKind
from elearn.quiz.models import Attempt, Ruling
from tests.factories.accounts import an_actor
from tests.factories.assessment import (
    SLUG,
    WRONG,
    a_learner,
    a_quiz,
    a_ruling,
    a_sitting,
    actor_of,
    an_applied_ruling,
    an_open_sitting,
)
from tests.factories.content import a_policy, a_question, published_module

pytestmark = pytest.mark.usefixtures("app")


def anew(attempt: Attempt) -> Attempt:
    """An attempt as the books have it now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Attempt, attempt.id)


def regrades() -> int:
    """How many changes are written down."""
    return db.session.scalar(select(func.count(Regrade.id))) or 0


def test_who_answered_by_the_right_key_passes_now() -> None:
    """Two wrong by the old key, one by the new: fail becomes pass, the learner is told, the pact is next."""
    publication, learner = a_quiz(), a_learner()
    attempt = a_sitting(learner, publication, wrong=(WRONG, "dasar-2"))
    assert not attempt.passed
    an_applied_ruling()
    now = anew(attempt)
    assert (3, 4, True) == (now.score, now.total, now.passed)
    assert queries.passed_attempt(learner.account_id, SLUG).id == attempt.id
    kept = db.session.scalar(select(Regrade))
    assert (2, False, 3, True) == (kept.before_score, kept.before_passed, kept.after_score, kept.after_passed)
    mail = db.session.scalar(select(Notice))
    assert "Anda kini lulus" in mail.subject
    assert "Semula: 2 dari 4, belum lulus" in mail.body
    assert "Sekarang: 3 dari 4, lulus" in mail.body


def test_a_dry_run_tells_what_applying_does() -> None:
    """Fail to pass, pass to fail and points only, looked at first; looking changes nothing."""
    publication = a_quiz()
    up = a_sitting(a_learner(), publication, wrong=(WRONG, "dasar-2"))
    down = a_sitting(a_learner(), publication, wrong=("dasar-2",))
    a_sitting(a_learner(), publication, wrong=(WRONG,))
    same = a_sitting(a_learner(), publication, wrong=(WRONG, "dasar-2"), chosen="c")
    ruling = a_ruling()
    seen = {change.attempt.id: change.effect for change in regrading.preview(ruling)}
    assert Effect.NOW_PASSED is seen[up.id]
    assert Effect.MIGHT_FAIL is seen[down.id]
    assert 3 == len(seen)
    assert same.id not in seen
    assert 0 == regrades()
    with transaction():
        rulings.ask(SYSTEM, ruling_id=ruling.id)
    jobs.apply_ruling(str(ruling.id))
    assert 3 == regrades()


def test_no_pass_becomes_a_fail_by_itself() -> None:
    """The result stays as it was, and waits."""
    publication, learner = a_quiz(), a_learner()
    attempt = a_sitting(learner, publication, wrong=("dasar-2",))
    an_applied_ruling()
    now = anew(attempt)
    assert (3, 4, True) == (now.score, now.total, now.passed)
    judge = an_actor(Role.HR)
    assert 1 == decisions.count_waiting(judge)
    assert [attempt.id] == [case.attempt.id for case in decisions.list_waiting(judge)]
    assert 0 == db.session.scalar(select(func.count(Notice.id)))


def test_twice_is_once() -> None:
    """The job again, and a second ruling of the same kind, change nothing and tell nobody."""
    publication = a_quiz()
    attempts = [a_sitting(a_learner(), publication, wrong=wrong) for wrong in ((WRONG, "dasar-2"), ("dasar-2",))]
    ruling = an_applied_ruling()
    before = [(each.score, each.total, each.passed, each.marks) for each in map(anew, attempts)]
    mails, entries = db.session.scalar(select(func.count(Notice.id))), record.count_entries()
    jobs.apply_ruling(str(ruling.id))
    with transaction():
        assert 0 == regrading.regrade(rulings.get_ruling(ruling.id), [each.id for each in attempts])
    assert before == [(each.score, each.total, each.passed, each.marks) for each in map(anew, attempts)]
    assert mails == db.session.scalar(select(func.count(Notice.id)))
    assert entries == record.count_entries()
    assert record.first_break() is None


def test_a_job_cut_short_goes_on() -> None:
    """Killed after the first attempts and before the end, the sweep finishes it, and each is changed once."""
    publication = a_quiz()
    attempts = [a_sitting(a_learner(), publication, wrong=(WRONG, "dasar-2")) for _ in range(3)]
    ruling = a_ruling()
    with transaction():
        rulings.ask(SYSTEM, ruling_id=ruling.id)
    with transaction():
        regrading.regrade(rulings.get_ruling(ruling.id), [attempts[0].id])
    assert [ruling.id] == [each.id for each in rulings.list_unfinished()]
    jobs.sweep()
    from elearn.core import jobs as queue

    queue.run_waiting()
    assert all(anew(each).passed for each in attempts)
    assert 3 == regrades()
    assert rulings.get_ruling(ruling.id).applied_at is not None
    assert 3 == db.session.scalar(select(func.count(Notice.id)))


def test_attempts_closed_later_follow_the_ruling() -> None:
    """One that was open while the ruling was applied is graded by it, and so is one begun afterwards."""
    publication, sitting = a_quiz(), a_learner()
    attempt = an_open_sitting(sitting, publication, wrong=(WRONG, "dasar-2"))
    an_applied_ruling()
    with transaction():
        quiz.submit(actor_of(sitting), attempt_id=attempt.id)
    assert (3, True) == (anew(attempt).score, anew(attempt).passed)
    later = a_sitting(a_learner(), publication, wrong=("dasar-2",))
    assert (2, False) == (later.score, later.passed)
    assert 0 == regrades()


def test_a_ruling_is_about_the_words_in_every_version_that_has_them() -> None:
    """An older version with the same words follows, one with another key does not."""
    first, one = a_quiz(), a_learner()
    old = a_sitting(one, first, wrong=(WRONG, "dasar-2"))
    from elearn.content.questions import Draw, Option
    from elearn.content.rules import Line

    options = (Option("a", Line("Yang tepat di dasar-1")), Option("b", Line("Yang keliru"), correct=True))
    corrected = a_question(WRONG, topic="dasar", options=(*options, Option("c", Line("Yang keliru juga"))))
    others = tuple(a_question(f"dasar-{number}", topic="dasar") for number in (2, 3, 4))
    second = published_module(questions=(corrected, *others), quiz=a_policy(blueprint=(Draw("dasar", 4),)))
    new = a_sitting(a_learner(), second, wrong=(WRONG, "dasar-2"), chosen="c")
    versions = rulings.versions(SLUG, WRONG)
    assert [[2], [1]] == [each.numbers for each in versions]
    assert frozenset({"b"}) == rulings.kept_key(versions[1], versions)
    with transaction():
        ruling = rulings.propose(
            SYSTEM,
            slug=SLUG,
            question_id=WRONG,
            question_hash=versions[1].hash,
            kind=RulingKind.ALL_RIGHT,
            answer=(),
            reason="Kunci lama keliru.",
        )
    with transaction():
        rulings.ask(SYSTEM, ruling_id=ruling.id)
    jobs.apply_ruling(str(ruling.id))
    assert anew(old).passed
    assert not anew(new).passed


def test_the_last_ruling_on_a_question_counts() -> None:
    """Another key first, then points for everybody: the pass that waited waits no more."""
    publication, learner = a_quiz(), a_learner()
    attempt = a_sitting(learner, publication, wrong=("dasar-2",))
    an_applied_ruling()
    judge = an_actor(Role.HR)
    assert 1 == decisions.count_waiting(judge)
    an_applied_ruling(RulingKind.ALL_RIGHT, ())
    assert 0 == decisions.count_waiting(judge)
    assert (3, True) == (anew(attempt).score, anew(attempt).passed)
    assert 2 == regrades()


def test_a_dropped_question_is_not_counted() -> None:
    """Neither in the points nor in the points possible."""
    publication = a_quiz()
    attempt = a_sitting(a_learner(), publication, wrong=(WRONG,))
    an_applied_ruling(RulingKind.DROPPED, ())
    now = anew(attempt)
    assert (3, 3, True) == (now.score, now.total, now.passed)
    assert None in now.marks


def test_a_result_decided_to_fail() -> None:
    """The learner is told why and may sit once more, though all her attempts are used; it is decided once."""
    publication, learner = a_quiz(attempts=1, wait_minutes=0), a_learner()
    attempt = a_sitting(learner, publication, wrong=("dasar-2",))
    an_applied_ruling()
    judge = an_actor(Role.HR)
    [case] = decisions.list_waiting(judge)
    with transaction():
        decisions.decide(judge, regrade_id=case.regrade.id, decision=Decision.FAILS, reason="Nilainya kurang.")
    now = anew(attempt)
    assert (2, 4, False) == (now.score, now.total, now.passed)
    with pytest.raises(rules.AlreadyDecided), transaction():
        decisions.decide(judge, regrade_id=case.regrade.id, decision=Decision.STAYS, reason="Tetap.")
    assert "menjadi tidak lulus" in db.session.scalar(select(Notice)).subject
    with transaction():
        again = quiz.start(actor_of(learner), publication_id=publication.id, since=None)
    assert 2 == again.number


def test_a_result_decided_to_stay_is_not_asked_about_again() -> None:
    """Whatever other question is ruled upon that changes nothing for it."""
    publication, learner = a_quiz(), a_learner()
    attempt = a_sitting(learner, publication, wrong=("dasar-2",))
    an_applied_ruling()
    judge = an_actor(Role.HR)
    [case] = decisions.list_waiting(judge)
    with transaction():
        decisions.decide(judge, regrade_id=case.regrade.id, decision=Decision.STAYS, reason="Kunci lama diajarkan.")
    an_applied_ruling(RulingKind.KEY, ("c",), question="dasar-3")
    assert 0 == decisions.count_waiting(judge)
    assert (3, True) == (anew(attempt).score, anew(attempt).passed)


def test_somebody_elses_people_are_not_decided_about() -> None:
    """A case of another agency does not exist, and the list is empty."""
    from elearn.core.errors import NotFound

    publication, learner, stranger = a_quiz(), a_learner(), a_learner()
    a_sitting(learner, publication, wrong=("dasar-2",))
    an_applied_ruling()
    from elearn.agencies import queries as agencies

    judge = an_actor(Role.HR, agency_id=agencies.latest_placement(stranger).agency_id)
    assert [] == decisions.list_waiting(judge)
    assert 0 == decisions.count_waiting(judge)
    [case] = decisions.list_waiting(an_actor(Role.HR))
    with pytest.raises(NotFound), transaction():
        decisions.decide(judge, regrade_id=case.regrade.id, decision=Decision.FAILS, reason="Bukan wewenang.")


def test_reports_of_earlier_days_say_what_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A correction from the day of the first attempt that passes now."""
    from datetime import timedelta

    from elearn.core import clock

    publication, learner, today = a_quiz(), a_learner(), clock.now()
    with monkeypatch.context() as past:
        past.setattr("elearn.core.clock.now", lambda: today - timedelta(days=9))
        past.setattr("elearn.quiz.actions.now", lambda: today - timedelta(days=9))
        attempt = a_sitting(learner, publication, wrong=(WRONG, "dasar-2"))
    an_applied_ruling()
    note = db.session.scalar(select(Correction).order_by(Correction.id.desc()))
    assert note.effective_on == clock.local(attempt.submitted_at).date()
    assert "1 pegawai dinyatakan lulus" in note.sentence


def test_a_key_must_be_another_and_whole() -> None:
    """The key it has, none, and one that is not offered are refused; a ruling is asked for once."""
    a_quiz()
    for answer in ((), ("a",), ("z",)):
        with pytest.raises(rules.NoKey):
            a_ruling(RulingKind.KEY, answer)
    ruling = an_applied_ruling()
    for deed in (rulings.ask, rulings.discard):
        with pytest.raises(rules.AlreadyAsked), transaction():
            deed(SYSTEM, ruling_id=ruling.id)
    proposal = a_ruling(RulingKind.DROPPED, ())
    with transaction():
        rulings.discard(SYSTEM, ruling_id=proposal.id)
    assert 1 == db.session.scalar(select(func.count(Ruling.id)))


def test_the_same_proposal_made_again_is_the_first_one() -> None:
    """Another decision, key or reason is another proposal; so is the same after the first was asked for."""
    a_quiz()
    first = a_ruling(RulingKind.KEY, ("c", "b"))
    assert first.id == a_ruling(RulingKind.KEY, ("b", "c"), actor=an_actor(Role.AUTHOR)).id
    others = [a_ruling(RulingKind.KEY, ("b",)), a_ruling(RulingKind.DROPPED, ()), a_ruling(question="dasar-2")]
    with transaction():
        rulings.ask(SYSTEM, ruling_id=first.id)
    others.append(a_ruling(RulingKind.KEY, ("c", "b")))
    assert 5 == len({first.id, *(each.id for each in others)})
    assert 5 == len(record_of("assessment:ruling_proposed"))


def record_of(event: str) -> list[LedgerEntry]:
    """The entries of one kind."""
    return list(db.session.scalars(select(LedgerEntry).filter_by(event=event)))


KINDS = st.sampled_from(list(RulingKind))
WRONGS = st.sets(st.sampled_from(["dasar-1", "dasar-2", "dasar-3", "dasar-4"]))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(KINDS, st.sampled_from(["dasar-1", "dasar-2"]), st.sampled_from("bc")), max_size=3), WRONGS)
def test_however_often_rulings_come_a_grade_is_sound(
    deeds: list[tuple[RulingKind, str, str]], wrong: set[str]
) -> None:
    """Never above the total, the same when graded again, and never failed without a decision."""
    publication, learner = a_quiz(), a_learner()
    attempt = a_sitting(learner, publication, wrong=tuple(wrong))
    was_passed = attempt.passed
    for kind, question, key in deeds:
        ruling = an_applied_ruling(kind, (key,) if kind is RulingKind.KEY else (), question=question)
        now = anew(attempt)
        assert Decimal(0) <= now.score <= now.total
        with transaction():
            assert 0 == regrading.regrade(rulings.get_ruling(ruling.id), [attempt.id])
        assert now.passed or not was_passed
        was_passed = now.passed
    with transaction():
        db.session.execute(Ruling.__table__.update().values(applied_at=None, asked_at=None))

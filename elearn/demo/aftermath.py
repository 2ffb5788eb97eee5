"""What came of the quizzes: the history of answers, reports on questions, allowances, an outage, a wrong question.

Done on the day of loading by the rooms' own actions; what takes long is left to the background, as in real life.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import String, cast, false, func, insert, literal, select, update

from elearn.accounts import queries as accounts
from elearn.accounts.models import Account
from elearn.assessment import concessions, outages, reported, rulings
from elearn.assessment.rules import Cause, Outcome, ReportKind
from elearn.core.db import db
from elearn.core.permissions import Actor
from elearn.demo import study
from elearn.demo.ground import Ground
from elearn.demo.journeys import Journey
from elearn.demo.oddities import Twins
from elearn.demo.sittings import Sitting
from elearn.quiz import grading
from elearn.quiz.grading import RulingKind
from elearn.quiz.models import Answer, AnswerEntry, Attempt

_AUTHOR = "penyusun"
_SAID = (
    (ReportKind.UNCLEAR, "Dua pilihan menurut saya sama-sama dapat dibenarkan, tergantung tahapan pemilihannya."),
    (ReportKind.MISSPELT, "Ada kata yang tertulis dua kali di pilihan pertama."),
)
_EXPLAINED = "Terima kasih. Tahapan disebut di awal soal; kalimatnya kami perjelas di versi berikutnya."
_WHY = "Dua pilihan sama-sama dapat dibenarkan menurut aturan yang dikutip, sehingga soal tidak dihitung."
_DARK = "Listrik gedung padam dan jaringan pemerintah daerah terputus."


def enter(ground: Ground, journeys: Sequence[Journey], twins: Twins | None) -> None:
    """Do all of it, as far as the people of the demo give occasion."""
    _keep_history()
    if twins is not None:
        _share_device(ground, twins)
    hr, author = accounts.get_actor(ground.account_ids[ground.holders.hr.nip]), _author()
    tried = [each for each in journeys if each.sittings]
    _report(ground, author, tried)
    _allow(ground, hr, tried)
    _make_good(hr, tried)
    _rule(ground, author, [sitting for each in tried for sitting in each.sittings])


def _author() -> Actor:
    return accounts.get_actor(db.session.scalars(select(Account.id).filter_by(username=_AUTHOR)).one())


def _keep_history() -> None:
    """Every answer arrived once, from the device of its learner; by one statement, inside the database."""
    device = func.substr(func.replace(cast(Attempt.learner_id, String), "-", ""), 17, 16)
    key = literal("demo-").concat(cast(Answer.position, String))
    arrived = select(
        Answer.id,
        Answer.attempt_id,
        Answer.position,
        Answer.choice,
        Answer.given_at,
        Answer.saved_at,
        key,
        device,
        false(),
    ).join(Attempt, Attempt.id == Answer.attempt_id)
    columns = ["id", "attempt_id", "position", "choice", "given_at", "saved_at", "client_key", "device", "is_late"]
    table: Any = AnswerEntry.__table__
    db.session.execute(insert(table).from_select(columns, arrived))


def _share_device(ground: Ground, twins: Twins) -> None:
    """Both answered from what looks like one device."""
    ids = [_attempt_of(ground, each) for each in (twins.one, twins.other)]
    table: Any = AnswerEntry.__table__
    mine = select(table.c.device).where(table.c.attempt_id == ids[0]).limit(1).scalar_subquery()
    db.session.execute(update(table).where(table.c.attempt_id == ids[1]).values(device=mine))


def _attempt_of(ground: Ground, journey: Journey) -> UUID:
    return study.attempt_id(ground.account_ids[journey.lot.person.nip], journey.sittings[-1])


def _report(ground: Ground, author: Actor, tried: Sequence[Journey]) -> None:
    """Two learners report a question each; the author has answered one."""
    asked: list[str] = []
    for journey, (kind, sentence) in zip(tried, _SAID, strict=False):
        actor = accounts.get_actor(ground.account_ids[journey.lot.person.nip])
        questions = [item.question_id for item in journey.sittings[-1].paper]
        question = next(each for each in questions if each not in asked)
        attempt_id, position = _attempt_of(ground, journey), questions.index(question) + 1
        reported.report(actor, attempt_id=attempt_id, position=position, kind=kind, sentence=sentence)
        asked.append(question)
    if asked:
        facts = {"slug": ground.module.slug, "question_id": asked[0]}
        reported.answer(author, **facts, outcome=Outcome.EXPLAINED, sentence=_EXPLAINED)


def _allow(ground: Ground, hr: Actor, tried: Sequence[Journey]) -> None:
    """Somebody who has not passed yet gets more time."""
    struggling = next((each for each in tried if not each.sittings[-1].passed), None)
    if struggling is not None:
        concessions.grant(
            hr,
            employee_id=ground.employee_ids[struggling.lot.person.nip],
            slug=ground.module.slug,
            cause=Cause.DISABILITY,
            reason="Memakai pembaca layar; surat keterangan diperlihatkan kepada BKPSDM.",
            extra_attempts=1,
            extra_minutes=15,
        )


def _make_good(hr: Actor, tried: Sequence[Journey]) -> None:
    """The lights went out while somebody sat whose attempt the clock closed in vain."""
    last = [each.sittings[-1] for each in tried]
    closed = [each for each in last if each.closed_by == "clock" and not each.passed]
    if closed:
        from_at = max(closed, key=lambda each: each.started_at).started_at + timedelta(minutes=4)
        outages.record(hr, from_at=from_at, until_at=from_at + timedelta(minutes=12), slug=None, reason=_DARK)


def _rule(ground: Ground, author: Actor, sittings: Sequence[Sitting]) -> None:
    """A question is dropped without which somebody who passed would not have; applied in the background."""
    needed = Counter(id_ for each in sittings if _is_narrow(ground, each) for id_ in _right(each))
    if not needed:
        return
    asked = Counter(item.question_id for each in sittings for item in each.paper)
    question_id = min(needed, key=lambda id_: (asked[id_], id_))
    [version] = rulings.versions(ground.module.slug, question_id)[:1]
    facts = {"slug": ground.module.slug, "question_id": question_id, "question_hash": version.hash}
    ruling = rulings.propose(author, **facts, kind=RulingKind.DROPPED, answer=(), reason=_WHY)
    rulings.ask(author, ruling_id=ruling.id)


def _is_narrow(ground: Ground, sitting: Sitting) -> bool:
    """Whether a sitting passed only because of each of its right answers."""
    policy, marks = ground.module.quiz, list(sitting.grade.marks)
    if not sitting.passed or grading.FULL not in marks:
        return False
    marks[marks.index(grading.FULL)] = None
    return not grading.is_pass(sitting.paper, grading.Grade(tuple(marks)), ground.module.question_by_id, policy)


def _right(sitting: Sitting) -> list[str]:
    pairs = zip(sitting.paper, sitting.grade.marks, strict=True)
    return [item.question_id for item, mark in pairs if mark == grading.FULL]

"""Times in which people could not answer: what each attempt is owed, looked at first, then given back once."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from elearn.assessment import messages, people, rules
from elearn.assessment.people import Learner
from elearn.assessment.rules import Cause
from elearn.content import queries as content
from elearn.content.modules import Module
from elearn.core import clock, jobs
from elearn.core.db import db, insert, new_id
from elearn.core.errors import NotFound
from elearn.core.permissions import SYSTEM, Actor
from elearn.core.speech import say
from elearn.ledger import actions as ledger
from elearn.notices import actions as notices
from elearn.notices.rules import Message
from elearn.quiz import amending
from elearn.quiz.models import Attempt, Concession, Outage

RECENT = timedelta(days=2)


class Amends(StrEnum):
    """What an attempt is given for an outage."""

    MINUTES = "minutes"
    ATTEMPT = "attempt"

    @property
    def words(self) -> str:
        """What it is, within a sentence."""
        return AMENDS_WORDS[self]

    @property
    def heading(self) -> str:
        """What it is, in a table."""
        return AMENDS_TITLES[self]


AMENDS_WORDS = {Amends.MINUTES: say("waktu dikembalikan"), Amends.ATTEMPT: say("satu kesempatan tambahan")}
AMENDS_TITLES = {Amends.MINUTES: say("Waktu dikembalikan"), Amends.ATTEMPT: say("Satu kesempatan tambahan")}


@dataclass(frozen=True, slots=True)
class Owed:
    """An attempt that was open during an outage: the minutes it lost, and what it is given for them."""

    attempt: Attempt
    minutes: int
    amends: Amends


def look(*, from_at: datetime, until_at: datetime, slug: str | None) -> list[Owed]:
    """What each attempt would be given for an outage; WrongOrder, InTheFuture, OverlapsOutage."""
    _refuse_times(from_at, until_at, slug)
    return _owed(Outage(id=new_id(), from_at=from_at, until_at=until_at, module_slug=slug))


def record(actor: Actor, *, from_at: datetime, until_at: datetime, slug: str | None, reason: str) -> Outage:
    """Note an outage, and have what was lost given back as soon as that is committed; refusals as of `look`."""
    outage = Outage(
        id=new_id(),
        from_at=from_at,
        until_at=until_at,
        module_slug=slug,
        reason=reason,
        recorded_by=actor.account_id,
        recorded_at=clock.now(),
    )
    facts = {
        "outage": str(outage.id),
        "from": from_at.isoformat(),
        "until": until_at.isoformat(),
        "module": slug,
        "reason": reason,
    }
    ledger.record(actor, "assessment:outage_recorded", facts)  # first, as it lets one at a time look and write
    _refuse_times(from_at, until_at, slug)
    db.session.add(outage)
    db.session.flush()
    jobs.after_commit("assessment.credit_outage", str(outage.id))
    return outage


def credit(outage_id: UUID, *, limit: int) -> int:
    """Give back what the next attempts lost, each once however often this runs, and say how many they were."""
    outage = get_outage(outage_id)
    due = [each.attempt.id for each in _owed(outage, limit=limit)]
    amending.lock_all(due)
    still = _owed(outage, among=due)  # meanwhile another run gave it, or the learner handed in
    told = [_credit(outage, each) for each in still]
    notices.post_many([message for message in told if message is not None])
    return len(due)


def get_outage(outage_id: UUID) -> Outage:
    """An outage by its id."""
    outage = db.session.get(Outage, outage_id)
    if outage is None:
        raise NotFound
    return outage


def list_outages() -> Sequence[tuple[Outage, int]]:
    """All outages with how many attempts were credited, the latest first."""
    query = (
        select(Outage, func.count(Concession.id))
        .outerjoin(Concession, Concession.outage_id == Outage.id)
        .group_by(Outage.id)
        .order_by(Outage.from_at.desc())
    )
    return [(outage, count) for outage, count in db.session.execute(query)]


def list_unfinished() -> list[Outage]:
    """Outages recorded lately of which somebody still waits for what was lost."""
    query = select(Outage).where(Outage.recorded_at >= clock.now() - RECENT)
    return [outage for outage in db.session.scalars(query) if _owed(outage, limit=1)]


def count_left(outage: Outage) -> int:
    """How many attempts are still to be credited."""
    return len(_owed(outage))


def credited(outage: Outage) -> Select[Concession]:
    """What was given for an outage, for paging, those who got another attempt first."""
    query = select(Concession).filter_by(outage_id=outage.id)
    return query.order_by(Concession.extra_attempts.desc(), Concession.id)


def named(attempts: Iterable[tuple[UUID, UUID]]) -> dict[UUID, Learner]:
    """The learners by attempt, of pairs of attempt and account."""
    pairs = list(attempts)
    found = people.by_account({account_id for _, account_id in pairs})
    return {attempt_id: found[account_id] for attempt_id, account_id in pairs if account_id in found}


def _owed(outage: Outage, limit: int | None = None, among: Collection[UUID] | None = None) -> list[Owed]:
    """The attempts that lost time in an outage and were not given anything for it yet, the first one first."""
    query = select(Attempt).where(_touched(outage)).order_by(Attempt.id)
    if among is not None:
        query = query.where(Attempt.id.in_(among)).execution_options(populate_existing=True)
    now = clock.now()
    found = (_weighed(outage, attempt, now) for attempt in db.session.scalars(query))
    owed = [each for each in found if each.minutes]
    return owed if limit is None else owed[:limit]


def _weighed(outage: Outage, attempt: Attempt, now: datetime) -> Owed:
    minutes = rules.owed_minutes(
        from_at=outage.from_at,
        until_at=outage.until_at,
        started_at=attempt.started_at,
        ended_at=attempt.submitted_at or now,
    )
    return Owed(attempt, minutes, Amends.MINUTES if attempt.submitted_at is None else Amends.ATTEMPT)


def _touched(outage: Outage) -> ColumnElement[bool]:
    """That an attempt was open then, and is open still or was closed by the clock and not made good since."""
    later = aliased(Attempt)
    passed_since = exists().where(
        later.learner_id == Attempt.learner_id, later.module_slug == Attempt.module_slug, later.passed.is_(True),
        later.number > Attempt.number,
    )  # fmt: skip
    lost = and_(Attempt.submitted_at > outage.from_at, Attempt.closed_by == "clock", Attempt.passed.is_(False))
    given = exists().where(Concession.outage_id == outage.id, Concession.attempt_id == Attempt.id)
    of_module = Attempt.module_slug == outage.module_slug if outage.module_slug else Attempt.id.is_not(None)
    is_hit = or_(Attempt.submitted_at.is_(None), and_(lost, ~passed_since))
    return and_(of_module, Attempt.started_at < outage.until_at, is_hit, ~given)


def _credit(outage: Outage, owed: Owed) -> Message | None:
    """Give one attempt what it is owed, and the message about it if there is whom to tell."""
    due_at = amending.give_back(owed.attempt.id, owed.minutes) if owed.amends is Amends.MINUTES else None
    given = {
        "id": new_id(),
        "learner_id": owed.attempt.learner_id,
        "module_slug": owed.attempt.module_slug,
        "attempt_id": owed.attempt.id,
        "outage_id": outage.id,
        "cause": Cause.OUTAGE.value,
        "reason": outage.reason,
        "extra_attempts": 0 if due_at else 1,
        "extra_minutes": owed.minutes if due_at else 0,
        "granted_by": outage.recorded_by,
        "granted_at": clock.now(),
    }
    db.session.execute(insert(Concession).values(given))
    facts = {
        "outage": str(outage.id),
        "attempt": str(owed.attempt.id),
        "extra_minutes": given["extra_minutes"],
        "extra_attempts": given["extra_attempts"],
    }
    ledger.record(SYSTEM, "assessment:outage_credited", facts)
    return _message(outage, owed, due_at)


def _message(outage: Outage, owed: Owed, due_at: datetime | None) -> Message | None:
    learner = people.by_account([owed.attempt.learner_id]).get(owed.attempt.learner_id)
    if learner is None or not learner.email:
        return None
    return messages.message(
        "outage",
        key=f"outage:{outage.id}:{owed.attempt.id}",
        recipient=learner.email,
        name=learner.name,
        module=_module(owed.attempt),
        attempt=owed.attempt,
        outage=outage,
        minutes=owed.minutes,
        due_at=due_at,
    )


def _module(attempt: Attempt) -> Module:
    return content.get_module(attempt.publication_id)


def _refuse_times(from_at: datetime, until_at: datetime, slug: str | None) -> None:
    if until_at <= from_at:
        raise rules.WrongOrder(field="until")
    if until_at > clock.now():
        raise rules.InTheFuture(field="until")
    same = or_(Outage.module_slug.is_(None), Outage.module_slug == slug) if slug else Outage.id.is_not(None)
    query = select(Outage).where(Outage.from_at < until_at, Outage.until_at > from_at, same).limit(1)
    if (earlier := db.session.scalar(query)) is not None:
        told = say(
            "Gangguan %(since)s sampai %(until)s sudah tercatat; menit yang sama tidak dikembalikan dua kali.",
            since=earlier.from_at,
            until=earlier.until_at,
        )
        raise rules.OverlapsOutage(told)

"""Writes of rosters: staged for review, its unknown names explained, asked for, applied whole or not at all."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from sqlalchemy import null

from elearn.accounts import actions as accounts
from elearn.agencies import (
    absences,
    books,
    complaints,
    queries,
    reversal,
    review,
    roster,
    roster_queries,
    rules,
    timeline,
)
from elearn.agencies.bulk import without_sweeps
from elearn.agencies.complaints import Doubt
from elearn.agencies.difference import Change, Difference, Standing
from elearn.agencies.models import RosterImport, UnitAlias
from elearn.agencies.placing import Stray
from elearn.agencies.reversal import Gathering, Reversal
from elearn.agencies.review import Review
from elearn.agencies.rules import Hire, LeaveReason, Move
from elearn.core import clock, jobs, signs
from elearn.core.db import db, insert, new_id
from elearn.core.errors import Conflict, RuleBroken
from elearn.core.permissions import Actor
from elearn.core.speech import say
from elearn.ledger import actions as ledger

ALL_DOUBTS = frozenset(doubt.value for doubt in complaints.BOXES)
CHUNK = 2000
Tell = Callable[[int], None]
T = TypeVar("T")


class Unconfirmed(RuleBroken):
    """Something in the roster may be a mistake, and nobody has said that it is none."""

    sentence = say(
        "Masih ada pertanyaan yang belum dijawab. Periksa lagi, lalu centang pernyataan yang memang benar."
    )


class AlreadyAsked(Conflict):
    """The roster is being applied, so it can be changed no more."""

    sentence = say("Daftar pegawai ini sedang atau sudah diterapkan.")


@without_sweeps()
def stage(actor: Actor, *, filename: str, content: bytes, as_of: dt.date) -> RosterImport:
    """Read a roster and keep it for review.

    UnreadableFile, OversizedSheet, UnknownColumns, ImpossibleDay; PartialReach for who answers only for some OPD.
    """
    roster_queries.refuse_partial_reach(actor)
    if as_of > clock.today():
        raise rules.ImpossibleDay(say("Tidak boleh setelah hari ini."), field="as_of")
    found = roster.read(content)
    staged = RosterImport(
        id=new_id(),
        filename=signs.without_hidden(filename)[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        rows=[roster.stored(line) for line in found.lines],
        complaints=[complaints.stored(complaint) for complaint in found.complaints],
        seen=sorted(found.seen),
        is_complete=found.is_complete,
        as_of=as_of,
        uploaded_by=actor.account_id,
        uploaded_at=clock.now(),
        content=content,
        progress=0,
    )
    db.session.add(staged)
    db.session.flush()
    return staged


def explain_names(actor: Actor, *, import_id: UUID, meant: Mapping[str, UUID | None]) -> int:
    """Say by key which agency an unknown name means, or (None) that it is none of ours; both are remembered.

    Returns how many names were explained; AlreadyAsked.
    """
    roster_queries.refuse_partial_reach(actor)
    staged = roster_queries.get_import(import_id, for_update=True)
    if staged.applied_at is not None or staged.is_asked:
        raise AlreadyAsked
    strays = {stray.name.key: stray for stray in review.review_of(staged).strays if stray.name.key in meant}
    for key, stray in strays.items():
        agency_id = meant[key]
        _remember(actor, stray, queries.get_agency_by_id(agency_id).id if agency_id else None)
    if strays:
        ledger.record(actor, "agencies:unit_names_mapped", {"import_id": str(import_id), "count": len(strays)})
    return len(strays)


def _remember(actor: Actor, stray: Stray, agency_id: UUID | None) -> None:
    """Keep what a name means; what was said last counts."""
    facts = {"agency_id": agency_id, "made_by": actor.account_id, "made_at": clock.now()}
    row = {"id": new_id(), "name_key": stray.name.key, "name": stray.name.words[:200], **facts}
    adding = insert(UnitAlias).values(row)
    db.session.execute(adding.on_conflict_do_update(index_elements=["name_key"], set_=facts))


def forget_name(actor: Actor, *, alias_id: UUID) -> None:
    """Remember no longer what a name means."""
    roster_queries.refuse_partial_reach(actor)
    alias = roster_queries.get_alias(alias_id)
    db.session.delete(alias)
    db.session.flush()
    meant = str(alias.agency_id) if alias.agency_id else None
    ledger.record(actor, "agencies:unit_name_forgotten", {"agency_id": meant})


def ask(actor: Actor, *, import_id: UUID, confirmed: Collection[str] = ()) -> None:
    """Have a staged roster applied by a job; PartialReach, ManyWouldLeave, Unconfirmed. Asking again does nothing."""
    roster_queries.refuse_partial_reach(actor)
    staged = roster_queries.get_import(import_id, for_update=True)
    if staged.applied_at is not None or staged.is_asked:
        return
    _refuse_unconfirmed(review.review_of(staged), confirmed)
    by = str(actor.account_id) if actor.account_id else None
    staged.reversal = {"asked_by": by, "confirmed": sorted(confirmed)}
    staged.failure = None
    db.session.flush()
    jobs.after_commit("agencies.apply_roster", str(import_id), urgent=True)


def fail(*, import_id: UUID, sentence: str) -> None:
    """Keep why a roster could not be applied; it can be asked for again."""
    staged = roster_queries.get_import(import_id, for_update=True)
    if staged.applied_at is None:
        staged.failure, staged.reversal = sentence[:300], null()
        db.session.flush()


@without_sweeps()
def apply(
    actor: Actor, *, import_id: UUID, confirmed: Collection[str] = (), tell: Tell = lambda done: None
) -> RosterImport:
    """Bring a staged roster into the books, once; PartialReach, ManyWouldLeave, Unconfirmed.

    Applying it again changes nothing and returns the first result. `tell` hears how many people are done.
    """
    roster_queries.refuse_partial_reach(actor)
    staged = roster_queries.get_import(import_id, for_update=True)
    if staged.applied_at is not None:
        return staged
    looked = review.review_of(staged)
    _refuse_unconfirmed(looked, confirmed)
    _drop_earlier_reversal()
    chosen = looked.found.chosen(confirmed)
    staged.reversal = _write(actor, chosen, staged.as_of, tell)
    _close(actor, staged, chosen)
    return staged


def _refuse_unconfirmed(looked: Review, confirmed: Collection[str]) -> None:
    """Raise unless everything that needs it was confirmed."""
    missing = {each.doubt for each in looked.questions if each.box} - set(confirmed)
    if Doubt.MANY_LEAVE in missing and looked.found.is_drastic:
        raise rules.ManyWouldLeave(field="confirmed")
    if missing:
        raise Unconfirmed(field="confirmed")


def _drop_earlier_reversal() -> None:
    """Only the last roster can be undone."""
    last = roster_queries.last_applied_import()
    if last is not None:
        last.reversal = null()
        db.session.flush()


def _write(actor: Actor, found: Difference, as_of: dt.date, tell: Tell) -> Reversal:
    """Write a difference by bulk statements and return what would undo it."""
    changed = [*found.returns, *found.moves, *found.changes]
    before = reversal.before(found, as_of)
    done = 0
    for people in _chunks(found.joins):
        before.joined(books.enter(actor, [Hire(person, as_of) for person in people]))
        tell(done := done + len(people))
    returning = {change.standing.employee_id for change in found.returns}
    for changes in _chunks(changed):
        moves = [_move(each) for each in changes if each.needs_placement or each.standing.employee_id in returning]
        before.placed(books.place_anew(moves, as_of))
        before.graded(timeline.GRADES.note(timeline.GRADES.shifts(changes), as_of))
        before.named(timeline.NAMES.note(timeline.NAMES.shifts(changes), as_of))
        books.take_over(changes)
        tell(done := done + len(changes))
    for returns in _chunks(found.returns):
        accounts.reactivate_many(actor, account_ids=[each.standing.account_id for each in returns])
    for leaves in _chunks(found.leaves):
        books.dismiss(actor, [(s.employee_id, s.account_id, s.placement_id) for s in leaves], as_of)
        before.absent(absences.close_many([s.employee_id for s in leaves], as_of))
        tell(done := done + len(leaves))
    _write_service(actor, found, as_of, before)
    return before.complete()


def _write_service(actor: Actor, found: Difference, as_of: dt.date, before: Gathering) -> None:
    """Write who goes, is away or is back in the words of a roster."""
    goings: dict[tuple[dt.date, LeaveReason], list[Standing]] = defaultdict(list)
    for each in found.goings:
        goings[each.on, each.reason].append(each.standing)
    for (on, reason), going in goings.items():
        books.dismiss(actor, [(s.employee_id, s.account_id, s.placement_id) for s in going], on, reason)
        before.absent(absences.close_many([s.employee_id for s in going], on))
    ends = {end.pause.id: end.on for end in found.ended}
    ends |= {each.instead.id: each.on for each in found.begun if each.instead}
    before.absent(absences.end_many(ends))
    begun = [(before.employee_of(each), each.kind, each.on) for each in found.begun]
    before.began(absences.begin_many(actor, begun, as_of))


def _chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))


def _move(change: Change) -> Move:
    """The next placement of somebody who moves or returns."""
    known, after = change.standing, change.after
    giving_way, since = (known.placement_id, known.since) if known.is_active else (None, None)
    return Move(known.employee_id, after.agency_id, after.post, giving_way, since, after.post_group)


def _close(actor: Actor, staged: RosterImport, found: Difference) -> None:
    """Note that a roster has been applied, and forget its people."""
    staged.counts, staged.applied_at, staged.failure = found.counts, clock.now(), None
    staged.progress = len(staged.rows)
    staged.rows, staged.complaints, staged.seen = [], [], []
    db.session.flush()
    facts = {"import_id": str(staged.id), "sha256": staged.sha256, "as_of": str(staged.as_of)}
    ledger.record(actor, "agencies:roster_applied", facts | found.counts)
    if not found.is_idle:
        days = {"day": staged.as_of, "today": clock.today()}
        sentence = say("Daftar pegawai per %(day)s diterapkan pada %(today)s.", **days)
        books.correct(actor, effective_on=found.first_day(staged.as_of), sentence=sentence)

"""Mergers and splits on a day: the former close, successors open, and everybody who serves there goes over.

An agency never changes its place in the tree. So the units below a former agency are closed with it and go on,
under the same name, as new ones below its successor. Nobody's roles move: an officer answers for the people
of one office, and whether she is to answer for those of the next is for the admin to say.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import insert, update

from elearn.agencies import books, lineage, queries, rules, tree_edits, tree_queries
from elearn.agencies.handover import Handover, Stay, hand_over
from elearn.agencies.lineage import NewAgency
from elearn.agencies.models import Agency, Placement, Succession, UnitAlias
from elearn.core.db import db, new_id
from elearn.core.errors import NotFound, RuleBroken
from elearn.core.permissions import Actor
from elearn.core.speech import say
from elearn.ledger import actions as ledger


class TooFew(RuleBroken):
    """It takes two to merge, and two to be split into."""


@dataclass(frozen=True, slots=True)
class Concern:
    """What a reorganisation would touch: people by agency, units that go on below another, roles that stay behind."""

    people: dict[str, int]
    units: int
    officers: Sequence[str]

    @property
    def total(self) -> int:
        """How many people would go over."""
        return sum(self.people.values())


def concern(formers: Iterable[Agency], on: dt.date) -> Concern:
    """Whom closing these agencies on a day would concern; AgencyClosed, ImpossibleDay, ChangedSince."""
    formers = list(formers)
    below = [each for former in formers for each in tree_edits.standing(former, on)]
    return Concern(
        {each.name: tree_queries.count_stays(each, since=on) for each in formers},
        len(below) - len(formers),
        tree_queries.list_officers([each.id for each in formers]),
    )


def merge(actor: Actor, formers: Sequence[Agency], into: Agency | NewAgency, *, on: dt.date) -> Agency:
    """Let neighbours go over into a new agency, or into one that is there; everybody and every unit goes with them.

    TooFew, AgencyClosed, ImpossibleDay, ChangedSince, UnfitCode, CodeTaken; NotFound for who edits no whole tree.
    """
    tree_queries.refuse_partial_reach(actor)
    refuse_unfit_merger(formers, into)
    closing = {former.id: tree_edits.standing(former, on) for former in formers}
    successor = _target(actor, formers[0], into, on)
    codes = tree_queries.codes()
    heirs: dict[UUID, UUID] = {}
    for former in formers:
        heirs[former.id] = successor.id
        heirs |= _carry_units(actor, closing[former.id], {former.id: successor}, codes, on)
    moved = _go_over(closing.values(), heirs, on)
    _remember_aliases(heirs)
    facts = {"former": [str(each.id) for each in formers], "successor": str(successor.id), "on": str(on)}
    ledger.record(actor, "agencies:agencies_merged", {**facts, "people": len(moved.employee_ids)})
    names = [each.name for each in formers]
    told = say("%(former)s digabung ke %(successor)s sejak %(day)s.", former=names, successor=successor.name, day=on)
    books.correct(actor, effective_on=on, sentence=told)
    return successor


def split(
    actor: Actor,
    former: Agency,
    into: Sequence[NewAgency],
    *,
    on: dt.date,
    units: Mapping[UUID, int] | None = None,
    people: Mapping[UUID, int] | None = None,
) -> list[Agency]:
    """Let several new agencies take over from one; its units and people go to the first, or to the one chosen.

    `units` (those right below) and `people` (those right at the agency) name a successor by its place in `into`.
    TooFew, AgencyClosed, ImpossibleDay, ChangedSince, UnfitCode, CodeTaken; NotFound for who edits no whole tree.
    """
    tree_queries.refuse_partial_reach(actor)
    refuse_unfit_split(former, into)
    closing = tree_edits.standing(former, on)
    successors = [_target(actor, former, each, on) for each in into]
    first_of = {id_: successors[place] for id_, place in (units or {}).items()}
    heirs = _carry_units(actor, closing, {former.id: successors[0]}, tree_queries.codes(), on, first_of)
    chosen = {id_: successors[place].id for id_, place in (people or {}).items()}
    moved = _go_over([closing], {former.id: successors[0].id, **heirs}, on, _right_at(former, chosen))
    _succeed(former.id, [each.id for each in successors[1:]], on)
    _remember_aliases(heirs)
    facts = {"former": str(former.id), "successors": [str(each.id) for each in successors], "on": str(on)}
    ledger.record(actor, "agencies:agency_split", {**facts, "people": len(moved.employee_ids)})
    names = [each.name for each in successors]
    told = say("%(former)s dipecah menjadi %(heirs)s sejak %(day)s.", former=former.name, heirs=names, day=on)
    books.correct(actor, effective_on=on, sentence=told)
    return successors


def refuse_unfit_split(former: Agency, into: Sequence[NewAgency], *, fields: Sequence[str] = ()) -> None:
    """Raise TooFew, MisplacedAgency, UnfitCode or CodeTaken unless these may take over from that one.

    `fields` names for each of the new agencies the field in which its code was typed.
    """
    if former.parent_id is None:
        raise rules.MisplacedAgency
    if len(into) < 2:
        raise TooFew(say("Tulis paling sedikit dua unit baru."))
    met: set[str] = set()
    for each, field in zip(into, [*fields, *[None] * len(into)], strict=False):
        _refuse_code(each.code, field=field)
        if each.code in met:
            raise rules.CodeTaken(say("Kode unit baru harus berbeda satu dari yang lain."), field=field)
        met.add(each.code)


def _refuse_code(code: str, *, field: str | None) -> None:
    """Raise UnfitCode or CodeTaken, at the field in which it was typed, unless a new agency may have this code."""
    lineage.refuse_unfit_code(code, field=field)
    if queries.find_agency(code):
        raise rules.CodeTaken(say("Kode %(code)s sudah dipakai.", code=code), field=field)


def refuse_unfit_merger(formers: Sequence[Agency], into: Agency | NewAgency) -> None:
    """Raise unless neighbours merge, two at least with the one that takes them over; a new one needs a free code."""
    places = {each.parent_id for each in formers}
    joined = {each.id for each in formers}
    if isinstance(into, Agency):
        tree_edits.refuse_closed(into)
        places.add(into.parent_id)
        joined.add(into.id)
        if into in formers:
            raise RuleBroken(say("Unit tujuan tidak boleh ikut dicentang."), field="into")
    if len(joined) < 2 or not formers:
        raise TooFew(say("Pilih paling sedikit dua unit untuk digabung."), field="formers")
    if len(places) > 1 or None in places:
        raise rules.MisplacedAgency(say("Hanya unit di bawah induk yang sama dapat digabung."), field="formers")
    if isinstance(into, NewAgency):
        _refuse_code(into.code, field="code")


def _target(actor: Actor, former: Agency, into: Agency | NewAgency, on: dt.date) -> Agency:
    """The agency that takes over: the one there is, if it is old enough, or a new one beside the former."""
    if isinstance(into, NewAgency):
        parent = queries.get_agency_by_id(former.parent_id or former.id)
        return tree_edits.create(actor, parent, replace(into, time_zone=former.time_zone), on=on)
    if into.opened_on > on:
        sentence = say("%(agency)s baru dibuka pada %(day)s.", agency=into.name, day=into.opened_on)
        raise lineage.ChangedSince(sentence, field="on")
    return into


def _carry_units(
    actor: Actor,
    closing: Sequence[Agency],
    heirs: dict[UUID, Agency],
    codes: set[str],
    on: dt.date,
    first_of: Mapping[UUID, Agency] | None = None,
) -> dict[UUID, UUID]:
    """Open the successors of all units that are closed with their agency, parents first, and say which is whose."""
    opened: dict[UUID, UUID] = {}
    for unit in closing[1:]:
        parent = (first_of or {}).get(unit.id) or heirs[unit.parent_id or unit.id]
        code = lineage.next_code(unit.code, codes)
        codes.add(code)
        same = NewAgency(code, unit.name, unit.short_name, unit.address, unit.head_title, unit.time_zone)
        heirs[unit.id] = tree_edits.create(actor, parent, same, on=on)
        opened[unit.id] = heirs[unit.id].id
    return opened


def _right_at(former: Agency, chosen: Mapping[UUID, UUID]) -> dict[tuple[UUID, UUID], UUID]:
    """The choices for people, which hold only for their stays right at the agency."""
    return {(former.id, employee_id): agency_id for employee_id, agency_id in chosen.items()}


def _go_over(
    closing: Iterable[Sequence[Agency]],
    heirs: Mapping[UUID, UUID],
    on: dt.date,
    chosen: Mapping[tuple[UUID, UUID], UUID] | None = None,
) -> Handover:
    """Move everybody to the successors, note who succeeds whom, and close the former."""
    former = [each for some in closing for each in some]
    stays = tree_queries.list_stays([each.id for each in former], since=on)
    moved = hand_over(stays, heirs, on, chosen)
    _move(moved, on)
    for each in former:
        _succeed(each.id, [heirs[each.id]], on)
    tree_edits.shut(former, on)
    return moved


def _move(moved: Handover, on: dt.date) -> None:
    """Write a handover by bulk statements: ends first, since nobody may be at two places."""
    ends = [{"id": stay.placement_id, "ended_on": on} for stay, _ in moved.going_on]
    corrected = [{"id": stay.placement_id, "agency_id": agency_id} for stay, agency_id in moved.corrected]
    begins = [_begin(stay, agency_id, on) for stay, agency_id in moved.going_on]
    for rows in (ends, corrected):
        if rows:
            db.session.execute(update(Placement), rows)
    if begins:
        db.session.execute(insert(Placement), begins)


def _begin(stay: Stay, agency_id: UUID, on: dt.date) -> dict[str, object]:
    return {
        "id": new_id(),
        "employee_id": stay.employee_id,
        "agency_id": agency_id,
        "post": stay.post,
        "post_group": stay.post_group,
        "started_on": on,
        "ended_on": stay.ended_on,
    }


def _succeed(former_id: UUID, successor_ids: Iterable[UUID], on: dt.date) -> None:
    db.session.add_all(Succession(former_id=former_id, successor_id=each, on=on) for each in successor_ids)
    db.session.flush()


def _remember_aliases(heirs: Mapping[UUID, UUID]) -> None:
    """Let the names by which rosters call a unit lead to its only successor."""
    for former_id, successor_id in heirs.items():
        renamed = update(UnitAlias).where(UnitAlias.agency_id == former_id).values(agency_id=successor_id)
        db.session.execute(renamed)


def find_open_children(parent: Agency, ids: Iterable[UUID]) -> list[Agency]:
    """The open agencies right below one that have these ids; NotFound if one is none."""
    wanted = set(ids)
    found = [each for each in queries.list_children(parent, visible=rules.EVERYTHING) if each.id in wanted]
    if len(found) < len(wanted):
        raise NotFound
    return found


def shares(
    former: Agency, count: int, units: Mapping[UUID, int], people: Mapping[UUID, int], *, on: dt.date
) -> list[int]:
    """How many people each of so many successors would receive in a split; see `split` for what is chosen."""
    top_of = {each.id: _place_of(each, units) for each in tree_edits.standing(former, on)}
    met: list[set[UUID]] = [set() for _ in range(count)]
    for stay in tree_queries.list_stays(list(top_of), since=on):
        place = people.get(stay.employee_id, 0) if stay.agency_id == former.id else top_of[stay.agency_id]
        met[place].add(stay.employee_id)
    return [len(each) for each in met]


def _place_of(agency: Agency, units: Mapping[UUID, int]) -> int:
    """The successor to which an agency goes with the unit right below the former that it belongs to."""
    return next((units[id_] for id_ in rules.ids_in(agency.path) if id_ in units), 0)

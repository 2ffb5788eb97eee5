"""What stands in the way of undoing a roster, in words: agencies that are no more, people who changed again."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import exists, or_, select

from elearn.agencies import reversal, review
from elearn.agencies.difference import Standing
from elearn.agencies.models import Absence, Agency, Placement, RosterImport, Succession
from elearn.core.db import db
from elearn.core.speech import Sentence, say, tally

NAMED = 3
_ASK = 5000


def reason(staged: RosterImport, rows: Mapping[str, Any]) -> str | None:
    """Why a roster cannot be undone any more, as the second half of a sentence; None when nothing hinders."""
    if closed := _closed(rows):
        return say("unit tempat pegawai akan dikembalikan sudah tidak ada: %(units)s", units=closed)
    known = {str(each.employee_id): each for each in review.known_people().values()}
    changed = [id_ for id_, mark in rows["marks"].items() if id_ not in known or reversal.mark(known[id_]) != mark]
    found = [known[id_] for id_ in changed if id_ in known]
    people = [_told(each, staged.as_of) for each in found[:NAMED]]
    if not changed:
        absent = dict.fromkeys([*_absent_since(staged, known, rows["marks"]), *_pauses_changed(known, rows)])
        people = [say("%(name)s (masa tidak bertugas dicatat atau diubah)", name=name) for name in absent]
    others = max(len(changed), len(people)) - len(people[:NAMED])
    told = people[:NAMED] + ([tally("%(num)s pegawai lain", others)] if others else [])
    return say("data pegawai berikut sudah berubah lagi: %(people)s", people=told) if told else None


def _closed(rows: Mapping[str, Any]) -> list[Sentence]:
    """The agencies to which people would go back and that were closed, each with the day."""
    mended = {UUID(each["agency_id"]) for each in rows["mended"]}
    ended = [UUID(each) for each in rows["ended"]]
    found: dict[str, dt.date] = {}
    for start in range(0, max(1, len(ended)), _ASK):
        there = exists().where(Placement.agency_id == Agency.id, Placement.id.in_(ended[start : start + _ASK]))
        query = select(Agency.name, Agency.closed_on).where(
            Agency.closed_on.is_not(None), or_(there, Agency.id.in_(mended))
        )
        found |= {row.name: row.closed_on for row in db.session.execute(query)}
    told = [
        say("%(name)s (ditutup atau ditata ulang pada %(day)s)", name=name, day=day)
        for name, day in sorted(found.items())
    ]
    return told[:NAMED] + ([tally("%(num)s unit lain", len(told) - NAMED)] if len(told) > NAMED else [])


def _told(standing: Standing, as_of: dt.date) -> Sentence:
    """Who it is, and what has become of her since the day of a roster."""
    name = standing.person.full_name
    if not standing.is_active:
        return say("%(name)s (keluar sejak %(day)s)", name=name, day=standing.since)
    merged_on = db.session.scalar(
        select(Succession.on).where(Succession.successor_id == standing.person.agency_id, Succession.on >= as_of)
    )
    if merged_on is not None and standing.since <= merged_on:
        return say("%(name)s (unitnya ditata ulang pada %(day)s)", name=name, day=merged_on)
    if standing.since > as_of:
        return say("%(name)s (mutasi sejak %(day)s)", name=name, day=standing.since)
    return say("%(name)s (datanya diperbaiki)", name=name)


def _absent_since(staged: RosterImport, known: Mapping[str, Standing], ids: Collection[str]) -> Iterator[str]:
    """Who of these people got an absence on record after the roster was applied, by name."""
    recorded = select(Absence.employee_id).where(Absence.recorded_at > staged.applied_at).distinct()
    for employee_id in db.session.scalars(recorded):
        if str(employee_id) in ids and str(employee_id) in known:
            yield known[str(employee_id)].person.full_name


def _pauses_changed(known: Mapping[str, Standing], rows: Mapping[str, Any]) -> Iterator[str]:
    """Whose absence, begun or ended by the roster, has other days since or is no more, by name."""
    kept = rows.get("pauses", {})
    now = reversal.pauses(list(kept))
    for id_, (employee_id, *_) in kept.items():
        if now.get(id_) != kept[id_] and employee_id in known:
            yield known[employee_id].person.full_name

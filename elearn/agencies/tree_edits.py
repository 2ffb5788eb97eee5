"""Writes of single agencies: opened, described, renamed, closed; for HR of the whole regency."""

import datetime as dt
from uuid import UUID

from elearn.agencies import actions, books, lineage, queries, rules, tree_queries
from elearn.agencies.lineage import ChangedSince, NewAgency
from elearn.agencies.models import Agency, AgencyName
from elearn.core import clock
from elearn.core.db import db
from elearn.core.errors import RuleBroken
from elearn.core.permissions import Actor
from elearn.core.speech import say, tally
from elearn.ledger import actions as ledger


class StillServing(RuleBroken):
    """An agency closes when nobody serves there any more."""

    def __init__(self, count: int) -> None:
        sentence = tally(
            "Masih ada %(num)s pegawai yang bertugas di sini pada hari itu atau sesudahnya. "
            "Catat mutasi mereka dahulu, atau gabungkan unit ini dengan unit lain.",
            count,
        )
        super().__init__(sentence, field="on")


def open_below(actor: Actor, parent: Agency, new: NewAgency, *, on: dt.date) -> Agency:
    """Open an OPD below the instansi or a unit below an agency; UnfitCode, CodeTaken, AgencyClosed, ImpossibleDay."""
    tree_queries.refuse_partial_reach(actor)
    refuse_future(on)
    lineage.refuse_unfit_code(new.code)
    refuse_closed(parent)
    opened = create(actor, parent, new, on=on)
    sentence = say("%(agency)s dibentuk sejak %(day)s.", agency=new.name, day=on)
    books.correct(actor, effective_on=on, sentence=sentence)
    return opened


def create(actor: Actor, parent: Agency, new: NewAgency, *, on: dt.date) -> Agency:
    """Open what stands below an agency, with nothing asked but the shape of the tree and the code; CodeTaken."""
    return actions.create_agency(
        actor,
        code=new.code,
        name=new.name,
        short_name=new.short_name,
        address=new.address,
        head_title=new.head_title,
        time_zone=new.time_zone,
        kind=rules.kind_below(parent.kind),
        parent_id=parent.id,
        opened_on=on,
    )


def describe(
    actor: Actor, agency: Agency, *, code: str, short_name: str | None, address: str | None, head_title: str | None
) -> None:
    """Change what is no history: code, short name, address, the head's title; UnfitCode, CodeTaken."""
    tree_queries.refuse_partial_reach(actor)
    if code != agency.code:
        lineage.refuse_unfit_code(code)
        if queries.find_agency(code):
            raise rules.CodeTaken(field="code")
    agency.code, agency.short_name, agency.address, agency.head_title = code, short_name, address, head_title
    db.session.flush()
    ledger.record(actor, "agencies:agency_changed", {"agency_id": str(agency.id), "code": code})


def rename(actor: Actor, agency: Agency, *, name: str, short_name: str | None, since: dt.date) -> None:
    """Call an agency otherwise since a day; NothingChanges, AgencyClosed, ChangedSince, ImpossibleDay.

    On the day of its latest name, that is corrected instead.
    """
    tree_queries.refuse_partial_reach(actor)
    refuse_closed(agency)
    refuse_future(since, field="since")
    if name == agency.name:
        raise rules.NothingChanges(say("Nama ini sama dengan yang sekarang."), field="name")
    before = agency.name
    _write_name(agency, name, short_name, since)
    agency.name, agency.short_name = name, short_name
    db.session.flush()
    facts = {"agency_id": str(agency.id), "from": before, "to": name, "since": str(since)}
    ledger.record(actor, "agencies:agency_renamed", facts)
    sentence = say("%(before)s bernama %(name)s sejak %(day)s.", before=before, name=name, day=since)
    books.correct(actor, effective_on=since, sentence=sentence)


def _write_name(agency: Agency, name: str, short_name: str | None, since: dt.date) -> None:
    history = list(tree_queries.list_names(agency.id))
    if not history:
        history = [_named(agency.id, agency.name, agency.short_name, agency.opened_on)]
    latest = history[-1]
    if since < latest.since:
        sentence = say("Tidak boleh sebelum nama yang sekarang berlaku, %(day)s.", day=latest.since)
        raise ChangedSince(sentence, field="since")
    if since == latest.since:
        latest.name, latest.short_name = name, short_name
    else:
        _named(agency.id, name, short_name, since)


def _named(agency_id: UUID, name: str, short_name: str | None, since: dt.date) -> AgencyName:
    row = AgencyName(agency_id=agency_id, name=name, short_name=short_name, since=since)
    db.session.add(row)
    db.session.flush()
    return row


def close(actor: Actor, agency: Agency, *, on: dt.date) -> None:
    """Close an agency and what is below it, `on` being the first day without; StillServing, ChangedSince."""
    tree_queries.refuse_partial_reach(actor)
    closing = standing(agency, on)
    if count := tree_queries.count_stays(agency, since=on):
        raise StillServing(count)
    shut(closing, on)
    ledger.record(actor, "agencies:agency_closed", {"agency_id": str(agency.id), "on": str(on)})
    sentence = say("%(agency)s ditutup sejak %(day)s.", agency=agency.name, day=on)
    books.correct(actor, effective_on=on, sentence=sentence)


def standing(agency: Agency, on: dt.date) -> list[Agency]:
    """An agency with all below it that is open, each after its parent, to be closed on a day.

    AgencyClosed, ImpossibleDay, and ChangedSince when the tree here is younger than that day.
    """
    refuse_closed(agency)
    refuse_future(on)
    subtree = tree_queries.list_subtree(agency)
    for each in subtree:
        last = max(each.opened_on, each.closed_on or each.opened_on)
        if last > on or (each.opened_on == on and each.closed_on is None):
            sentence = say(
                "%(agency)s baru dibuka atau ditutup pada %(day)s; pilih hari sesudahnya.", agency=each.name, day=last
            )
            raise ChangedSince(sentence, field="on")
    return [each for each in subtree if each.closed_on is None]


def shut(agencies: list[Agency], on: dt.date) -> None:
    """Let agencies be no more from a day on."""
    for each in agencies:
        each.closed_on = on
    db.session.flush()


def refuse_closed(agency: Agency) -> None:
    """Raise AgencyClosed for an agency that is no more."""
    if agency.closed_on is not None:
        raise rules.AgencyClosed


def refuse_future(on: dt.date, *, field: str = "on") -> None:
    """Raise ImpossibleDay for a day that has not come."""
    if on > clock.today():
        raise rules.ImpossibleDay(say("Tidak boleh setelah hari ini."), field=field)

"""Writing to who owes something, and to who answers for them; feeds, contacts and letters of reprimand."""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import current_app

from elearn.agencies import queries as agencies
from elearn.agencies.models import Agency
from elearn.agencies.rules import EVERYTHING, Visible
from elearn.core import clock, jobs
from elearn.core.db import db, insert, new_id
from elearn.core.permissions import Actor
from elearn.directives import queries as directives
from elearn.directives.models import Directive
from elearn.ledger import actions as ledger
from elearn.notices import actions as notices
from elearn.notices.rules import Message
from elearn.reminders import messages, queries, rules, units, whatsapp
from elearn.reminders.models import Contact, Feed, Reprimand
from elearn.reminders.rules import Escalation, Rank

TOKEN_BYTES = 24


def escalate(actor: Actor, *, directive_id: UUID, step: Escalation, today: date, not_before: datetime) -> None:
    """Tell those who answer for the OPD and units that are behind, or the Sekda, and record that it was done."""
    directive = directives.get_directive(directive_id)
    if step is Escalation.OPDS:
        letters = _to_keepers(directive, today)
    else:
        standing = queries.ranks(directive, today)
        letters = _to_sekda(directive, standing, today)
        _draft(actor, directive, [rank for rank in standing if rank.is_behind(wanted_percent())], today)
    notices.post_many(letters, not_before=not_before)
    facts = {"directive": str(directive_id), "step": step.value, "on": str(today), "messages": len(letters)}
    ledger.record(actor, queries.ESCALATED, facts)


def _to_keepers(directive: Directive, today: date) -> list[Message]:
    """To the officers and heads of the OPD that are behind, and the officers of units that are.

    Whom it told already is not told again, nor of a unit who is told of the OPD around it.
    """
    percent, picture = wanted_percent(), queries.picture_of(directive, today)
    behind = [rank for rank in queries.ranks_in(picture) if rank.is_behind(percent)]
    asked: dict[str, Any] = {"percent": percent, "today": today}
    told: dict[UUID, set[UUID]] = defaultdict(set)
    letters = []
    whom = queries.keepers([rank.agency_id for rank in behind], today)
    for rank in behind:
        for who in whom.get(rank.agency_id, ()):
            told[who.account_id].add(rank.agency_id)
            code = picture.tree.code(rank.agency_id)
            letters.append(messages.opd_behind(who, directive, rank, code, **asked))
    for who, ranks in units.list_behind(picture, percent=percent, told=told):
        codes = [picture.tree.code(rank.agency_id) for rank in ranks]
        letters.append(messages.units_behind(who, directive, ranks, codes, **asked))
    return letters


def _to_sekda(directive: Directive, standing: Sequence[Rank], today: date) -> list[Message]:
    """How all OPD stand."""
    percent = wanted_percent()
    return [messages.ranking(who, directive, standing, percent=percent, today=today) for who in queries.list_sekda()]


def _draft(actor: Actor, directive: Directive, behind: Sequence[Rank], today: date) -> None:
    """Draft a reprimand to each OPD that is behind, unless there is one."""
    once = insert(Reprimand).on_conflict_do_nothing(index_elements=["directive_id", "agency_id"])
    for rank in behind:
        row = {"id": new_id(), "directive_id": directive.id, "agency_id": rank.agency_id}
        made = db.session.execute(
            once.values(**row, facts=figures(rank, today), drafted_at=clock.now()).returning(Reprimand.id)
        ).first()
        if made:
            ledger.record(actor, "reminders:reprimand_drafted", {key: str(value) for key, value in row.items()})


def figures(rank: Rank, today: date) -> dict[str, Any]:
    """What a letter of reprimand says of an OPD."""
    return {"as_of": today.isoformat(), "done": rank.done, "bound": rank.bound, "percent": wanted_percent()}


def present_figures(directive: Directive, agency_id: UUID, today: date) -> dict[str, Any]:
    """What a letter of reprimand to an OPD would say today; of nobody when nobody there is bound any more."""
    found = (rank for rank in queries.ranks(directive, today) if rank.agency_id == agency_id)
    return figures(next(found, Rank(agency_id, "", 0, 0)), today)


def issue_reprimand(actor: Actor, *, reprimand_id: UUID, number: str) -> Reprimand:
    """Number a letter, with the figures of today, and tell the OPD; its paper follows the commit.

    Raises NoSuchReprimand, AlreadyIssued and NumberTaken.
    """
    letter, today = queries.get_reprimand(reprimand_id, visible=EVERYTHING, for_update=True), clock.today()
    if letter.issued_at is not None:
        raise rules.AlreadyIssued
    if queries.find_by_number(number):
        raise rules.NumberTaken(field="number")
    directive = directives.get_directive(letter.directive_id)
    letter.facts = present_figures(directive, letter.agency_id, today)
    letter.number, letter.issued_by, letter.issued_at = number, actor.account_id, clock.now()
    db.session.flush()
    ledger.record(actor, "reminders:reprimand_issued", _letter_facts(letter))
    _tell_opd(letter, directive, number, agencies.get_agency_by_id(letter.agency_id), today)
    jobs.after_commit("reminders.make_reprimand", str(letter.id), urgent=True)
    return letter


def _tell_opd(letter: Reprimand, directive: Directive, number: str, opd: Agency, today: date) -> None:
    whom = queries.keepers([opd.id], today).get(opd.id, ())
    notices.post_many([messages.reprimand(who, directive, letter.id, number, opd.name) for who in whom])


def _letter_facts(letter: Reprimand) -> dict[str, object]:
    return {
        "reprimand": str(letter.id),
        "directive": str(letter.directive_id),
        "agency": str(letter.agency_id),
        "number": letter.number,
        **letter.facts,
    }


def attach_paper(*, reprimand_id: UUID, document_id: UUID) -> None:
    """Tie an issued reprimand to its signed paper, once."""
    letter = queries.get_reprimand(reprimand_id, visible=EVERYTHING)
    if letter.document_id is None:
        letter.document_id = document_id
        db.session.flush()


def open_whatsapp(actor: Actor, *, employee_id: UUID, directive_id: UUID, visible: Visible) -> str:
    """Note that somebody is written to about a directive, and give the address that opens the message.

    Raises NothingOpen for who owes nothing, or is not in sight, and NoNumber.
    """
    today = clock.today()
    directive = directives.get_issued(directive_id, today)
    debtor = queries.find_debtor(employee_id, today, directive, visible=visible)
    if debtor is None:
        raise rules.NothingOpen
    person, duties = debtor
    number = whatsapp.number_of(person.phone)
    if number is None:
        raise rules.NoNumber
    text = messages.whatsapp(person.name, directive.number, messages.to_dos(duties, queries.modules()), today)
    contact = {"account_id": person.account_id, "directive_id": directive_id, "opened_by": actor.account_id}
    db.session.add(Contact(**contact, opened_at=clock.now()))
    ledger.record(actor, "reminders:contact_opened", {"employee": str(employee_id), "directive": str(directive_id)})
    return whatsapp.address(number, text)


def make_feed(actor: Actor) -> str:
    """Make the secret of one's own calendar, told once; an earlier one opens nothing any more."""
    token, now = secrets.token_urlsafe(TOKEN_BYTES), clock.now()
    anew = {"token_hash": queries.token_hash(token), "made_at": now}
    row = insert(Feed).values(id=new_id(), account_id=actor.account_id, **anew)
    db.session.execute(row.on_conflict_do_update(index_elements=["account_id"], set_=anew))
    ledger.record(actor, "reminders:feed_made", {"account": str(actor.account_id)})
    return token


def remove_feed(actor: Actor) -> None:
    """Close one's own calendar, if there is one."""
    feed = queries.find_feed(actor.account_id)
    if feed is not None:
        db.session.delete(feed)
        db.session.flush()
        ledger.record(actor, "reminders:feed_removed", {"account": str(actor.account_id)})


def wanted_percent() -> int:
    """The share of its people, in percent, that an OPD must have done to be left in peace."""
    return int(current_app.config["SETTINGS"].escalation_percent)

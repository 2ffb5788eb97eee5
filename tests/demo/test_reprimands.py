"""The deadlines that passed in the demo's year had the consequences that the rounds of reminders give them."""

import json
from collections.abc import Sequence

from flask import Flask
from sqlalchemy import select

from elearn.agencies.rules import EVERYTHING
from elearn.core import clock
from elearn.core.db import db
from elearn.directives.models import Directive
from elearn.documents import queries as documents
from elearn.ledger.models import LedgerEntry
from elearn.reminders import actions, jobs, queries
from elearn.reminders.models import Reprimand
from elearn.reminders.rules import Escalation


def overdue() -> Sequence[Directive]:
    """The circulars whose deadline is past."""
    return db.session.scalars(select(Directive).where(Directive.deadline_on < clock.today())).all()


def issued() -> Sequence[Reprimand]:
    """The letters that the Sekda issued, the earliest first."""
    query = select(Reprimand).where(Reprimand.issued_at.is_not(None))
    return db.session.scalars(query.order_by(Reprimand.issued_at, Reprimand.number)).all()


def test_every_deadline_that_passed_was_escalated(loaded: Flask) -> None:
    """Both steps, as the record has them, so that no round makes them up; a draft for each OPD that was behind."""
    assert len(overdue()) > 1
    assert {each.id: set(Escalation) for each in overdue()} == queries.list_escalated()
    for directive in overdue():
        behind = {each.agency_id for each in queries.ranks(directive, directive.deadline_on) if each.is_behind(80)}
        letters = db.session.scalars(select(Reprimand).filter_by(directive_id=directive.id)).all()
        assert behind == {each.agency_id for each in letters}
        assert all(clock.local(each.drafted_at).date() <= directive.deadline_on for each in letters)


def test_the_sekda_finds_drafts_and_issued_letters(loaded: Flask) -> None:
    """The drafts first; the issued ones are numbered, hold that day's figures and are on record."""
    found = queries.list_reprimands(visible=EVERYTHING, with_drafts=True)
    numbers = [letter.number for letter, *_ in found]
    assert [None] * (len(found) - len(issued())) == numbers[: -len(issued())]
    assert 0 < len(issued()) < len(found)
    for letter in issued():
        day = clock.local(letter.issued_at).date()
        directive = db.session.get_one(Directive, letter.directive_id)
        assert letter.facts == actions.present_figures(directive, letter.agency_id, day)
        assert letter.number.startswith("800.1.6/")
    entries = db.session.scalars(select(LedgerEntry).filter_by(event="reminders:reprimand_issued")).all()
    assert {each.number for each in issued()} == {json.loads(each.payload)["facts"]["number"] for each in entries}


def test_an_issued_letter_gets_its_paper(loaded: Flask) -> None:
    """The job that the loading leaves behind makes the sealed PDF."""
    letter = issued()[0]
    assert letter.id in queries.list_without_letter()
    jobs.make_reprimand(str(letter.id))
    db.session.expire_all()
    assert documents.get_bytes(db.session.get_one(Reprimand, letter.id).document_id).startswith(b"%PDF")

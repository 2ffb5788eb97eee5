"""A directive is reviewed by other eyes, ends once, and makes way for another; everybody concerned is told."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from elearn.core import clock
from elearn.core.db import db
from elearn.core.permissions import SYSTEM, Actor, Role
from elearn.core.transaction import transaction
from elearn.directives import actions, binding, queries, rules
from elearn.directives.models import Directive
from elearn.directives.rules import Status
from elearn.ledger.models import LedgerEntry
from elearn.notices.models import Notice
from tests.factories.accounts import an_actor
from tests.factories.agencies import an_employee, an_opd
from tests.factories.directives import a_draft, a_wording, an_issued_directive


def facts_of(event: str) -> dict[str, Any]:
    """What the record keeps of the one event of that name."""
    entry = db.session.scalars(select(LedgerEntry).where(LedgerEntry.event == event)).one()
    facts: dict[str, Any] = json.loads(entry.payload)["facts"]
    return facts


def reviewed(draft: Directive, by: Actor) -> Directive:
    """The draft, reviewed by somebody."""
    with transaction():
        return actions.review(by, directive_id=draft.id)


def close(directive: Directive, note: str = "Seluruh pegawai sudah selesai.") -> Directive:
    """The directive, closed."""
    with transaction():
        return actions.close(SYSTEM, directive_id=directive.id, note=note)


def test_a_review_needs_other_eyes(app: Flask) -> None:
    """Whoever changed the draft last cannot review it; anybody else can, once."""
    sekda, hr = an_actor(Role.SEKDA), an_actor(Role.HR)
    draft = a_draft()
    with transaction():
        actions.revise(sekda, directive_id=draft.id, wording=a_wording(number=draft.number))
    with pytest.raises(rules.OwnDraft), transaction():
        actions.review(sekda, directive_id=draft.id)
    assert Status.REVIEWED is reviewed(draft, hr).status
    with pytest.raises(rules.AlreadyReviewed), transaction():
        actions.review(hr, directive_id=draft.id)
    assert {"directive": str(draft.id), "number": draft.number} == facts_of("directive:reviewed")


def test_a_change_takes_the_review_away(app: Flask) -> None:
    """What was read is not what is there any more."""
    draft = a_draft()
    reviewed(draft, an_actor(Role.HR))
    with transaction():
        changed = actions.revise(SYSTEM, directive_id=draft.id, wording=a_wording(number=draft.number))
    assert (Status.DRAFT, None, None) == (changed.status, changed.reviewed_by, changed.reviewed_at)


def test_a_review_can_be_asked_for_before_the_issue(app: Flask) -> None:
    """By a setting; without it a review is possible, not needed."""
    an_employee()
    draft, settings = a_draft(), app.config["SETTINGS"]
    app.config["SETTINGS"] = settings.model_copy(update={"directive_review": True})
    try:
        with pytest.raises(rules.NotReviewed), transaction():
            actions.issue(SYSTEM, directive_id=draft.id)
        reviewed(draft, an_actor(Role.HR))
        with transaction():
            assert Status.ISSUED is actions.issue(SYSTEM, directive_id=draft.id).status
    finally:
        app.config["SETTINGS"] = settings


def test_a_closed_directive_binds_nobody_from_that_day(app: Flask) -> None:
    """It stays readable for the past, is recorded with its note, and ends only once."""
    employee = an_employee()
    with time_machine.travel("2026-11-10T03:00:00Z", tick=False):
        directive = an_issued_directive(deadline_on=date(2026, 11, 27))
    with time_machine.travel("2026-11-22T03:00:00Z", tick=False):
        close(directive)
    assert [directive] == binding.list_directives(employee.account_id, date(2026, 11, 21))
    assert [] == binding.list_directives(employee.account_id, date(2026, 11, 22))
    assert "Seluruh pegawai sudah selesai." == facts_of("directive:closed")["note"]
    with pytest.raises(rules.NotInForce):
        close(directive)


@time_machine.travel("2026-11-22T03:00:00Z")
def test_the_close_is_told_with_its_note(app: Flask) -> None:
    """To everybody it bound, in words that take nothing away."""
    an_employee(name="Siti Aminah", email="siti@serawai.test")
    close(an_issued_directive(number="800/7/SETDA/2026", subject="Netralitas ASN"))
    told = db.session.scalars(select(Notice).where(Notice.key.contains(":closed:"))).one()
    assert "Edaran 800/7/SETDA/2026 ditutup" == told.subject
    assert "ditutup sejak 22 November 2026: Seluruh pegawai sudah selesai." in told.body
    assert "tetap tersimpan" in told.body


def test_a_new_directive_revokes_an_old_one_on_its_day(app: Flask) -> None:
    """The old one ends on the day of the issue, and each knows the other."""
    an_employee()
    old = an_issued_directive()
    draft = a_draft(revokes_id=old.id)
    assert Status.ISSUED is queries.get_directive(old.id).status
    with transaction():
        new = actions.issue(SYSTEM, directive_id=draft.id)
    db.session.expire_all()
    assert (Status.REVOKED, new.issued_on) == (old.status, old.ended_on)
    assert new == queries.find_revoker(old)
    assert f"Dicabut oleh Surat Edaran Nomor {new.number}" == old.end_note
    assert str(new.id) == facts_of("directive:revoked")["by"]


def test_who_is_freed_by_a_revocation_is_told_so(app: Flask) -> None:
    """Whom the new directive binds reads of it there, and is not written to twice."""
    kept, freed = an_opd(), an_opd()
    an_employee(kept, email="tetap@serawai.test")
    an_employee(freed, email="bebas@serawai.test")
    old = an_issued_directive(kept, freed)
    new = an_issued_directive(kept, revokes_id=old.id)
    mails = {
        (notice.recipient, notice.key.split(":")[2]): notice.body
        for notice in db.session.scalars(select(Notice).where(~Notice.key.contains(f"{old.id}:issued")))
    }
    assert {("tetap@serawai.test", "issued"), ("bebas@serawai.test", "revoked")} == mails.keys()
    assert f"menggantikan Surat Edaran Nomor {old.number}" in mails["tetap@serawai.test", "issued"]
    assert f"oleh Surat Edaran Nomor {new.number}" in mails["bebas@serawai.test", "revoked"]


def test_what_has_ended_cannot_be_revoked(app: Flask) -> None:
    """Neither chosen, nor, if it ended meanwhile, revoked at the issue."""
    an_employee()
    old = an_issued_directive()
    draft = a_draft(revokes_id=old.id)
    close(old)
    with pytest.raises(rules.FormerEnded), transaction():
        actions.issue(SYSTEM, directive_id=draft.id)
    with pytest.raises(rules.NotInForce) as refused:
        a_draft(revokes_id=old.id)
    assert "revokes_id" == refused.value.field


def test_no_kind_of_employee_has_a_deadline_in_the_past(app: Flask) -> None:
    """A day of its own is a deadline like any other."""
    an_employee()
    draft = a_draft(deadlines={"PPPK": clock.today() - timedelta(days=1)})
    with pytest.raises(rules.DeadlineOver), transaction():
        actions.issue(SYSTEM, directive_id=draft.id)

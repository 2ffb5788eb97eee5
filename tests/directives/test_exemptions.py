"""Somebody bound is exempted for a reason, from a day on, until that ends; past days are corrected openly."""

import json
from datetime import date
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from elearn.agencies.models import Correction, Employee
from elearn.core.db import db
from elearn.core.permissions import Role
from elearn.core.transaction import transaction
from elearn.directives import binding, exemptions, rules
from elearn.directives.models import Directive, Exemption
from elearn.ledger.models import LedgerEntry
from tests.factories.accounts import an_actor
from tests.factories.agencies import an_employee, an_opd
from tests.factories.directives import an_issued_directive

ISSUED, TODAY, LATER = date(2026, 11, 10), date(2026, 11, 22), date(2026, 11, 25)


@pytest.fixture
def employee(app: Flask) -> Employee:
    """Somebody who is bound since the issue."""
    return an_employee()


@pytest.fixture
def directive(employee: Employee) -> Directive:
    """A directive issued twelve days ago."""
    with time_machine.travel("2026-11-10T03:00:00Z", tick=False):
        return an_issued_directive(deadline_on=date(2026, 11, 27))


@pytest.fixture(autouse=True)
def _today() -> Any:
    """All this happens on 22 November 2026."""
    with time_machine.travel("2026-11-22T03:00:00Z", tick=False):
        yield


def exempt(directive: Directive, employee: Employee, from_on: date = TODAY) -> Exemption:
    """The exemption as HR records it."""
    with transaction():
        return exemptions.exempt(
            an_actor(Role.HR), directive_id=directive.id, nip=employee.nip, reason="Sakit", from_on=from_on
        )


def end(exemption: Exemption, until_on: date = LATER) -> Exemption:
    """The exemption, ended by the Sekda."""
    with transaction():
        return exemptions.end(
            an_actor(Role.SEKDA),
            directive_id=exemption.directive_id,
            exemption_id=exemption.id,
            until_on=until_on,
        )


def bound_on(employee: Employee, *days: date) -> list[bool]:
    """Whether somebody is bound on these days."""
    return [bool(binding.list_directives(employee.account_id, day)) for day in days]


def test_who_is_exempt_is_free_from_that_day(directive: Directive, employee: Employee) -> None:
    """And bound before it, and again after its end."""
    exemption = exempt(directive, employee)
    assert [True, False, False] == bound_on(employee, date(2026, 11, 21), TODAY, LATER)
    end(exemption)
    db.session.expire_all()
    assert [False, True] == bound_on(employee, TODAY, LATER)


def test_the_record_keeps_who_but_not_why(directive: Directive, employee: Employee) -> None:
    """A reason may be private; the record cannot forget."""
    exemption = end(exempt(directive, employee))
    query = select(LedgerEntry).where(LedgerEntry.event.startswith("directive:exempt")).order_by(LedgerEntry.sequence)
    first, second = (json.loads(entry.payload)["facts"] for entry in db.session.scalars(query))
    whole = {"exemption": str(exemption.id), "directive": str(directive.id), "employee": str(employee.id)}
    assert {**whole, "from_on": "2026-11-22"} == first
    assert {**whole, "until_on": "2026-11-25"} == second


def test_a_past_day_is_a_correction_of_the_books(directive: Directive, employee: Employee) -> None:
    """Reports of such days say so, without a name; from today on nothing was different before."""
    exemption = exempt(directive, employee, from_on=date(2026, 11, 12))
    end(exemption, until_on=TODAY)
    note = db.session.scalars(select(Correction).where(Correction.sentence.contains("edaran"))).one()
    assert date(2026, 11, 12) == note.effective_on
    assert f"Seorang pegawai dikecualikan dari edaran {directive.number} sejak 12 November 2026." == note.sentence


def test_one_exemption_at_a_time(directive: Directive, employee: Employee) -> None:
    """A second one begins where the first has ended, not before."""
    end(exempt(directive, employee))
    with pytest.raises(rules.AlreadyExempt):
        exempt(directive, employee, from_on=date(2026, 11, 24))
    assert LATER == exempt(directive, employee, from_on=LATER).from_on


def test_an_exemption_ends_once_and_after_it_began(directive: Directive, employee: Employee) -> None:
    """The end is the first day on which the person is bound again."""
    exemption = exempt(directive, employee)
    with pytest.raises(rules.ImpossibleDay, match="Isi tanggal itu untuk membatalkannya"):
        end(exemption, until_on=date(2026, 11, 21))
    end(exemption)
    with pytest.raises(rules.ExemptionOver):
        end(exemption)


def test_an_exemption_that_ends_on_its_first_day_has_not_been(directive: Directive, employee: Employee) -> None:
    """It is taken out, the record keeps it, and earlier days it had changed are corrected once more."""
    end(exempt(directive, employee, from_on=date(2026, 11, 12)), until_on=date(2026, 11, 12))
    db.session.expire_all()
    assert [True, True] == bound_on(employee, date(2026, 11, 12), TODAY)
    assert [] == db.session.scalars(select(Exemption)).all()
    events = db.session.scalars(select(LedgerEntry.event).where(LedgerEntry.event.contains("exempt"))).all()
    assert ["directive:exempted", "directive:exemption_withdrawn"] == sorted(events)
    told = [each.sentence for each in db.session.scalars(select(Correction).order_by(Correction.id))]
    assert any("dibatalkan sejak 12 November 2026" in sentence for sentence in told)
    assert TODAY == exempt(directive, employee).from_on


def test_only_who_is_bound_is_exempted(directive: Directive) -> None:
    """Not before the issue, not somebody of another office, not a number nobody has."""
    narrow = an_opd()
    inside, outside = an_employee(narrow), an_employee()
    with time_machine.travel("2026-11-10T03:00:00Z", tick=False):
        directive = an_issued_directive(narrow, deadline_on=date(2026, 11, 27))
    with pytest.raises(rules.NotBound):
        exempt(directive, outside)
    with pytest.raises(rules.ImpossibleDay):
        exempt(directive, inside, from_on=date(2026, 11, 9))
    with pytest.raises(rules.UnknownPerson), transaction():
        exemptions.exempt(an_actor(Role.HR), directive_id=directive.id, nip="9" * 18, reason="Sakit", from_on=TODAY)


def test_an_exemption_belongs_to_its_directive(directive: Directive, employee: Employee) -> None:
    """Under another directive's address there is none."""
    exemption, other = exempt(directive, employee), an_issued_directive()
    with pytest.raises(rules.NoSuchExemption):
        exemptions.get_exemption(an_actor(Role.HR), directive_id=other.id, exemption_id=exemption.id)

"""Exempting a bound person from an issued directive for a reason, and ending that."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import select

from elearn.accounts.models import Account
from elearn.agencies import books
from elearn.agencies import queries as agencies
from elearn.agencies.models import Agency, Employee, Placement
from elearn.agencies.rules import Visible
from elearn.core import clock
from elearn.core.db import db
from elearn.core.permissions import Actor, Permission
from elearn.core.speech import say
from elearn.directives import binding, queries, rules
from elearn.directives.models import Directive, Exemption
from elearn.ledger import actions as ledger


def exempt(actor: Actor, *, directive_id: UUID, nip: str, reason: str, from_on: dt.date) -> Exemption:
    """Free a person from a directive from a day on.

    Raises NotInForce, UnknownPerson, NotBound for who was not bound that day, ImpossibleDay before the issue,
    AlreadyExempt. A day in the past is noted as a correction of the books.
    """
    directive = queries.get_in_force(directive_id)
    employee = _find_employee(actor, nip)
    others = [each.until_on for each in directive.exemptions if each.employee_id == employee.id]
    rules.refuse_exemption(issued_on=_issued_on(directive), from_on=from_on, others=others)
    place = binding.find_place(employee.account_id, from_on)
    if place is None or not binding.binds(directive, place, from_on):
        raise rules.NotBound(field="nip")
    exemption = Exemption(
        directive_id=directive.id,
        employee_id=employee.id,
        reason=reason,
        from_on=from_on,
        approved_by=actor.account_id,
        approved_at=clock.now(),
    )
    directive.exemptions.append(exemption)
    db.session.flush()
    ledger.record(actor, "directive:exempted", {**_facts(exemption), "from_on": from_on.isoformat()})
    sentence = say(
        "Seorang pegawai dikecualikan dari edaran %(number)s sejak %(day)s.", number=directive.number, day=from_on
    )
    books.correct(actor, effective_on=from_on, sentence=sentence)
    return exemption


def end(actor: Actor, *, directive_id: UUID, exemption_id: UUID, until_on: dt.date) -> Exemption:
    """Let a person be bound again from a day on; raises NoSuchExemption, ExemptionOver, ImpossibleDay.

    On its first day it has not been at all, and is taken out.
    """
    exemption = get_exemption(actor, directive_id=directive_id, exemption_id=exemption_id, for_update=True)
    if exemption.until_on is not None:
        raise rules.ExemptionOver
    rules.refuse_end(from_on=exemption.from_on, until_on=until_on)
    facts: dict[str, Any] = {"number": queries.get_directive(directive_id).number, "day": until_on}
    if until_on == exemption.from_on:
        event = "directive:exemption_withdrawn"
        told = say("Pengecualian seorang pegawai dari edaran %(number)s dibatalkan sejak %(day)s.", **facts)
        queries.get_directive(directive_id).exemptions.remove(exemption)
        db.session.delete(exemption)
    else:
        event = "directive:exemption_ended"
        told = say("Pengecualian seorang pegawai dari edaran %(number)s diakhiri sejak %(day)s.", **facts)
        exemption.until_on = until_on
    db.session.flush()
    ledger.record(actor, event, {**_facts(exemption), "until_on": until_on.isoformat()})
    books.correct(actor, effective_on=until_on, sentence=told)
    return exemption


def get_exemption(actor: Actor, *, directive_id: UUID, exemption_id: UUID, for_update: bool = False) -> Exemption:
    """An exemption of that directive, of somebody within the actor's reach; raises NoSuchExemption."""
    query = select(Exemption).where(Exemption.id == exemption_id, Exemption.directive_id == directive_id)
    if for_update:
        query = query.with_for_update().execution_options(populate_existing=True)
    exemption = db.session.scalar(query)
    if exemption is None:
        raise rules.NoSuchExemption
    get_employee(actor, exemption.employee_id)
    return exemption


def get_employee(actor: Actor, employee_id: UUID) -> Employee:
    """Who is exempt or is to be, if within the actor's reach; NotFound."""
    return agencies.get_employee(employee_id, visible=reach(actor))


def reach(actor: Actor) -> Visible:
    """Where the actor may exempt people."""
    return agencies.visible_to(actor, Permission.DIRECTIVE_ANY_EXEMPT)


def list_of_directive(directive: Directive, *, visible: Visible) -> list[tuple[Exemption, Employee, str, str]]:
    """The exemptions from a directive with the person, the unit and who approved, of those in sight, by name."""
    query = (
        select(Exemption, Employee, Agency.name, Account.name.label("approver"))
        .join(Account, Account.id == Exemption.approved_by)
        .join(Employee, Employee.id == Exemption.employee_id)
        .join(Placement, Placement.employee_id == Employee.id)
        .join(Agency, Agency.id == Placement.agency_id)
        .where(Exemption.directive_id == directive.id, agencies.IS_LATEST)
        .where(agencies.within(Placement.agency_id, visible))
        .order_by(Employee.name, Exemption.from_on)
    )
    return [(*row,) for row in db.session.execute(query)]


def list_of_employee(employee_id: UUID) -> list[tuple[Exemption, Directive, str]]:
    """What a person is or was exempt from, and who approved, the latest first."""
    query = (
        select(Exemption, Directive, Account.name.label("approver"))
        .join(Account, Account.id == Exemption.approved_by)
        .join(Directive, Directive.id == Exemption.directive_id)
        .where(Exemption.employee_id == employee_id)
        .order_by(Exemption.from_on.desc())
    )
    return [(*row,) for row in db.session.execute(query)]


def _find_employee(actor: Actor, nip: str) -> Employee:
    """The person with this NIP within the actor's reach; raises UnknownPerson."""
    employee = agencies.find_by_nip(nip)
    if employee is None or not reach(actor).includes(agencies.latest_placement(employee).agency_id):
        raise rules.UnknownPerson(say("Tidak ada pegawai dengan NIP ini."), field="nip")
    return employee


def _issued_on(directive: Directive) -> dt.date:
    if directive.issued_on is None:
        raise rules.NotInForce
    return directive.issued_on


def _facts(exemption: Exemption) -> dict[str, object]:
    return {
        "exemption": str(exemption.id),
        "directive": str(exemption.directive_id),
        "employee": str(exemption.employee_id),
    }

"""The slow and obvious way: each person asked about by herself, each deed looked up in every row there is."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from elearn.accounts.models import Account
from elearn.agencies import queries as roster
from elearn.agencies.rules import PersonOn, Visible
from elearn.certificates.models import Certificate
from elearn.core import clock
from elearn.core.db import db
from elearn.directives import binding, duties
from elearn.directives import queries as directives
from elearn.directives.duties import Demand
from elearn.directives.rules import Reach, Stage
from elearn.learning.models import Enrolment
from elearn.pact.models import Pact
from elearn.quiz.models import Attempt
from elearn.reports import queries, rules
from elearn.reports.rules import Figures

LONG_AGO = datetime(2000, 1, 1, tzinfo=clock.zone())


def reach_of(account_id: UUID, demand: Demand, until: datetime) -> Reach:
    """How far somebody is, looked up in every row there is."""
    since = clock.start_of(demand.since) if demand.since else LONG_AGO
    renewed = clock.start_of(demand.renew_from) if demand.renew_from else since

    def own(model: Any) -> list[Any]:
        whose = "account_id" if hasattr(model, "account_id") else "learner_id"
        rows = db.session.scalars(db.select(model))
        return [row for row in rows if (getattr(row, whose), row.module_slug) == (account_id, demand.module_slug)]

    passed = {each.id: each.submitted_at for each in own(Attempt) if each.passed}
    signed = {each.id: each.signed_at for each in own(Pact)}
    counts = {each.id: each.attempt_id in passed for each in own(Pact)}
    standing = [each.signed_at for each in own(Pact) if each.attempt_id in passed]
    valid = [
        each
        for each in own(Certificate)
        if each.issued_at <= until and not (each.revoked_at and each.revoked_at <= until)
        if counts[each.pact_id]
    ]
    reached = {
        Stage.CERTIFIED: [at for each in valid if (at := signed[each.pact_id]) >= since],
        Stage.SIGNED: [at for at in standing if since <= at <= until],
        Stage.PASSED: [at for at in passed.values() if since <= at <= until],
        Stage.LEARNING: [each.started_at for each in own(Enrolment) if since <= each.started_at <= until],
    }
    furthest = max((stage for stage, found in reached.items() if found), default=Stage.NOT_STARTED)
    return Reach(furthest, any(renewed <= at < since for at in standing))


def one_by_one(day: date, visible: Visible, row: Callable[[PersonOn], Any]) -> dict[Any, Figures]:
    """The figures of each row, each person asked about by herself."""
    orders = [directives.order_of(each, day) for each in queries.list_asking(day)]
    above, until, found = binding.lineages(day), clock.end_of(day), dict[Any, Figures]()
    for person in roster.list_people_on(day, visible=visible):
        owes = () if person.is_absent else duties.obligations(orders, binding.place_of(person, above), day)
        if owes:
            reached = {duty.demand: reach_of(person.account_id, duty.demand, until) for duty in owes}
            standing = rules.standing(owes, reached, day)
            opened_at = db.session.get_one(Account, person.account_id).activated_at
            one = Figures(
                **{standing.stage.name.lower(): 1},
                late=int(standing.is_late),
                not_activated=int(opened_at is None or opened_at > until),
            )
            found[row(person)] = rules.total([found.get(row(person), Figures()), one])
    return found

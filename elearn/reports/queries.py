"""What a report is made of: the roster of a day, the directives of that day, and what people had reached by then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from sqlalchemy import or_, select

from elearn.accounts.models import Account
from elearn.agencies import queries as agencies
from elearn.agencies.rules import PersonOn, Visible
from elearn.certificates import queries as certificates
from elearn.core import clock
from elearn.core.db import db
from elearn.directives import queries as directives
from elearn.directives.models import Directive
from elearn.directives.queries import Lineages
from elearn.directives.rules import Completion
from elearn.learning import queries as learning
from elearn.pact import queries as pact
from elearn.reports import rules
from elearn.reports.rules import Bound, Completions, Figures


@dataclass(frozen=True)
class Picture:
    """Completion as it was at the end of a day: who was bound by which directives, and how far they were."""

    day: date
    directives: list[Directive]
    people: list[tuple[PersonOn, Bound]]
    lineages: Lineages
    completions: Completions
    not_activated: int

    @cached_property
    def tally(self) -> dict[UUID | None, Figures]:
        """The figures of each OPD that has bound people."""
        return rules.tally((bound for _, bound in self.people), self.completions, self.day)

    @cached_property
    def total(self) -> Figures:
        """The figures of everybody in the picture."""
        return rules.total(self.tally.values())

    @property
    def behind(self) -> int:
        """How many OPD have less than half of their people done."""
        return sum(figures.is_behind for figures in self.tally.values())

    def course_of(self, directive: Directive) -> Figures:
        """How one of the directives is followed by itself."""
        people = [person for person, _ in self.people]
        bound = [
            Bound(person.account_id, person.opd_id, duties)
            for person, duties in directives.obligations([directive], people, self.lineages)
        ]
        return rules.total(rules.tally(bound, self.completions, self.day).values())


def picture(
    day: date, *, visible: Visible, directive_id: UUID | None = None, agency_id: UUID | None = None
) -> Picture:
    """Completion at the end of a day among the people one may see; of all directives, or of one.

    Raises NotFound for a directive that was not in force on that day.
    """
    in_force = [directives.get_issued(directive_id, day)] if directive_id else directives.list_issued(day)
    roster, lineages = agencies.list_people_on(day, visible=visible, agency_id=agency_id), directives.lineages()
    people = [
        (person, Bound(person.account_id, person.opd_id, duties))
        for person, duties in directives.obligations(in_force, roster, lineages)
    ]
    until = clock.end_of(day)
    strangers = _not_activated(until)
    return Picture(
        day=day,
        directives=in_force,
        people=people,
        lineages=lineages,
        completions={slug: completions(slug, until) for slug in sorted({d.module_slug for d in in_force})},
        not_activated=sum(person.account_id in strangers for person, _ in people),
    )


def completions(slug: str, until: datetime) -> dict[UUID, Completion]:
    """What each account had reached in a module by an instant; who had done nothing is not in it."""
    begun = learning.milestones(slug, until)
    signed, certified = pact.milestones(slug, until), certificates.milestones(slug, until)
    return {
        account_id: Completion(
            started_at=begun[account_id].started_at if account_id in begun else None,
            passed_at=begun[account_id].passed_at if account_id in begun else None,
            signed_at=signed.get(account_id),
            certified_at=certified.get(account_id),
        )
        for account_id in _anyone(begun, signed, certified)
    }


def _anyone(*known: Iterable[UUID]) -> set[UUID]:
    return set().union(*known)


def _not_activated(until: datetime) -> set[UUID]:
    """The accounts that nobody had ever signed in to by an instant."""
    query = select(Account.id).where(or_(Account.activated_at.is_(None), Account.activated_at > until))
    return set(db.session.scalars(query))

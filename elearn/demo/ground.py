"""What all rows of the demo stand on: the regency, the published content, the ids, the days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property
from uuid import UUID

from elearn.content.models import Publication
from elearn.content.modules import Module
from elearn.content.pacts import PactText
from elearn.demo.circulars import MAIN
from elearn.demo.identity import stable_id
from elearn.demo.offices import Office
from elearn.demo.people import Person
from elearn.demo.regency import Regency
from elearn.demo.roles import Holders, holders

_DAYS_IN_USE = 330
_OPENING_HOUR = 7


@dataclass(frozen=True)
class Course:
    """A published module, and the published pact it ends with."""

    publication: Publication
    module: Module
    pact_publication: Publication
    pact: PactText


class Ground:
    """The facts that the builders of rows share; the same day gives the same ids. `courses` has MAIN at least."""

    def __init__(self, regency: Regency, today: date, zone: tzinfo, courses: Mapping[str, Course]) -> None:
        self.regency, self.today, self.zone, self.courses = regency, today, zone, courses

    @property
    def module(self) -> Module:
        """The module that everybody studies."""
        return self.courses[MAIN].module

    def has_all(self, slugs: Iterable[str]) -> bool:
        """Whether all these modules are published."""
        return all(slug in self.courses for slug in slugs)

    def at(self, day: date, hour: int = _OPENING_HOUR, minute: int = 0) -> datetime:
        """That hour of a day on the regency's clocks, in UTC."""
        return datetime.combine(day, time(hour, minute), self.zone).astimezone(UTC)

    @cached_property
    def opened_on(self) -> date:
        """The day on which the regency began to use the product."""
        return self.today - timedelta(days=_DAYS_IN_USE)

    @cached_property
    def holders(self) -> Holders:
        """Who holds which role."""
        return holders(self.regency)

    @cached_property
    def office_by_code(self) -> dict[str, Office]:
        """The offices by their code."""
        return {office.code: office for office in self.regency.offices}

    @cached_property
    def agency_ids(self) -> dict[str, UUID]:
        """The ids of the agencies by their code."""
        return {code: stable_id("agency", code, self.at(self.opened_on)) for code in self.office_by_code}

    @cached_property
    def account_ids(self) -> dict[str, UUID]:
        """The ids of the accounts by NIP."""
        return {p.nip: stable_id("account", p.nip, self.entered_at(p)) for p in self.regency.everybody}

    @cached_property
    def employee_ids(self) -> dict[str, UUID]:
        """The ids of the employees by NIP."""
        return {p.nip: stable_id("employee", p.nip, self.entered_at(p)) for p in self.regency.everybody}

    def entered_at(self, person: Person) -> datetime:
        """When a person was entered: on the first day of use, or on joining; the model learner before all others."""
        if person == self.holders.learner:
            return self.at(self.opened_on) - timedelta(minutes=1)
        return self.at(max(self.opened_on, person.joined_on))

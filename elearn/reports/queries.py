"""What a report is made of: the directives of a day, and how far the people they bind were by its end."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select

from elearn.agencies.models import Correction
from elearn.agencies.rules import Visible
from elearn.core import clock
from elearn.core.db import db
from elearn.directives import binding
from elearn.directives import queries as directives
from elearn.directives.duties import Obligation
from elearn.directives.models import Directive
from elearn.directives.rules import Standing
from elearn.reports import groups, offices, rules
from elearn.reports.groups import Entry, Group, Who
from elearn.reports.offices import Offices
from elearn.reports.rules import Crowd, Figures
from elearn.reports.sight import Sight

Bound = tuple[Group, tuple[Obligation, ...]]
"""A group, and what each person in it must finish."""


class Listed(NamedTuple):
    """Somebody bound in a list by name: how she stands, by how many days she is late, and among whom she counts."""

    entry: Entry
    standing: Standing
    days_late: int
    group: Group

    @property
    def who(self) -> Who:
        """Who it is."""
        return groups.who(self.entry)


@dataclass(frozen=True)
class Picture:
    """Completion as it was at the end of a day, among the people one may see."""

    day: date
    directives: Sequence[Directive]
    groups: Sequence[Group]
    tree: Offices

    @cached_property
    def tally(self) -> dict[UUID | None, Figures]:
        """The figures of each OPD that has bound people."""
        return self.by(lambda group: group.opd_id)

    @cached_property
    def total(self) -> Figures:
        """The figures of everybody in the picture."""
        return self.by(lambda _group: None).get(None, Figures())

    @property
    def behind(self) -> int:
        """How many OPD have less than half of their people done."""
        return sum(figures.is_behind for figures in self.tally.values())

    def by(self, row: Callable[[Group], Any]) -> dict[Any, Figures]:
        """The figures of each row of a report, to which `row` gives each group."""
        each = zip(self.bound, self._stands, strict=True)
        return rules.count((row(group), how, group.people, group.not_activated) for (group, _), how in each)

    def course_of(self, directive: Directive) -> Figures:
        """How one of the directives is followed by itself."""
        bound = binding.obligations([directive], self.groups, self.tree.lineages, self.day)
        return rules.total(rules.tally((_crowd(None, *each) for each in bound), self.day).values())

    def by_module(self) -> dict[str, Figures]:
        """The figures of each module among those who must finish it."""
        crowds = (
            _crowd(slug, group, tuple(duty for duty in owes if duty.module_slug == slug))
            for group, owes in self.bound
            for slug in {duty.module_slug for duty in owes}
        )
        return rules.tally(crowds, self.day)

    @cached_property
    def bound(self) -> list[Bound]:
        """The groups that are bound, with what each person in them must finish."""
        return binding.obligations(self.directives, self.groups, self.tree.lineages, self.day)

    @cached_property
    def people(self) -> list[Listed]:
        """The bound one by one, where they were asked for by name: the late first, else in the order of names."""
        late, others = list[Listed](), list[Listed]()
        for (group, owes), how in zip(self.bound, self._stands, strict=True):
            days = rules.days_late(owes, group.reached, self.day) if how.is_late else 0
            (late if how.is_late else others).extend([Listed(entry, how, days, group) for entry in group.named])
        return sorted(late, key=_place) + sorted(others, key=_place)

    @cached_property
    def _stands(self) -> list[Standing]:
        """How the people of each bound group stand."""
        return list(rules.standings(((owes, group.reached) for group, owes in self.bound), self.day))


def _place(listed: Listed) -> int:
    return listed.entry[0]


def _crowd(row: Any, group: Group, owes: tuple[Obligation, ...]) -> Crowd:
    return Crowd(row, owes, group.reached, group.people, group.not_activated)


def list_asking(day: date, directive_id: UUID | None = None) -> list[Directive]:
    """The directives a report of a day is about: all in force then, or the one named.

    Raises NoSuchDirective for one that was not in force.
    """
    return [directives.get_issued(directive_id, day)] if directive_id else directives.list_issued(day)


def picture(
    day: date,
    asking: Sequence[Directive],
    *,
    visible: Visible,
    agency_id: UUID | None = None,
    by: Collection[str] = (),
    tree: Offices | None = None,
) -> Picture:
    """Completion at the end of a day among the people one may see (of an agency, if it is named).

    `by` is what the report tells people apart by beside their agency (kind, post_group, rank, person); `tree` are
    the agencies of that day, if they were read already.
    """
    tree = tree or offices.on(day)
    orders, demands = [directives.order_of(each, day) for each in asking], directives.demands(asking, day)
    if not demands:
        return Picture(day, asking, [], tree)
    seen = Sight(visible, tree.below(agency_id) if agency_id else None)
    return Picture(day, asking, groups.read(day, orders, demands, tree=tree, seen=seen, by=by), tree)


def corrections(day: date) -> Sequence[Correction]:
    """What was changed in the books of a day after it was over, in the order it was recorded."""
    query = select(Correction).where(Correction.effective_on <= day, Correction.recorded_at > clock.end_of(day))
    return db.session.scalars(query.order_by(Correction.recorded_at, Correction.id)).all()

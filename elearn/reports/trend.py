"""The course of completion between two days, read in a handful of statements however many days there are."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import case, or_, select

from elearn.agencies import queries as agencies
from elearn.agencies.models import Absence, Agency, Employee, EmployeeGrade, Placement, Succession
from elearn.agencies.rules import EmployeeKind
from elearn.core import clock
from elearn.core.db import db
from elearn.core.speech import say
from elearn.core.tables import Column, Table
from elearn.directives import binding
from elearn.directives import queries as directives
from elearn.directives.binding import Lineages
from elearn.directives.duties import Place
from elearn.directives.models import Directive
from elearn.pact.models import Pact
from elearn.pact.queries import STANDS
from elearn.reports import course, rules
from elearn.reports.asking import Asked
from elearn.reports.completion import DONE
from elearn.reports.course import NEVER, Agenda, Days, Point, Stay
from elearn.reports.cuts import BOUND, PERCENT

MEANING = say(
    "Pada akhir tiap hari: pegawai yang saat itu terikat, dan yang pakta integritasnya saat itu berlaku. "
    "Masa lebih dari 62 hari diceritakan tiap minggu."
)
COLUMNS = (
    Column("day", say("Hari"), "date"),
    BOUND,
    DONE,
    PERCENT,
)


def table(asked: Asked) -> Table:
    """The course of completion as a table, a row for each day."""
    rows = [
        {"day": point.day, "bound": point.bound, "done": point.done, "percent": point.percent}
        for point in points(asked)
    ]
    return Table(say("Perkembangan ketuntasan"), COLUMNS, rows, asked.notes(MEANING))


def points(asked: Asked) -> list[Point]:
    """The people bound and done at the end of each day asked for; DaysInDisorder."""
    days = rules.days_between(asked.since, asked.day)
    orders = asked.directives if asked.directive_id else _in_force(days[0], days[-1])
    agendas = [_agenda(orders, day, is_one=bool(asked.directive_id)) for day in days]
    return course.course(
        days,
        agendas,
        _stays(asked, days, _named(agendas)),
        absences=_absences(days),
        signed=_signed({demand.module_slug for each in agendas for asked in each.demands for demand in asked}),
    )


def _in_force(first: date, last: date) -> Sequence[Directive]:
    """The directives that were in force on any of these days."""
    still = or_(Directive.ended_on.is_(None), Directive.ended_on > first)
    return db.session.scalars(select(Directive).where(Directive.issued_on <= last, still)).all()


def _agenda(orders: Sequence[Directive], day: date, *, is_one: bool) -> Agenda:
    """What was asked on a day; a directive asked for by name counts even when it has ended."""
    in_force = [
        each
        for each in orders
        if each.issued_on and each.issued_on <= day and (is_one or each.ended_on is None or each.ended_on > day)
    ]
    return course.agenda((directives.order_of(each, day, by_person=False) for each in in_force), day)


def _named(agendas: Sequence[Agenda]) -> frozenset[UUID]:
    """The employees whom a directive names."""
    return frozenset[UUID]().union(*(target.named for each in agendas for target in each.targets))


def _stays(asked: Asked, days: Sequence[date], named: frozenset[UUID]) -> list[Stay]:
    """The stays in sight that cover any of these days."""
    query = (
        select(
            Employee.account_id,
            Employee.id,
            Employee.kind,
            Placement.agency_id,
            Placement.post_group,
            case((Employee.id.in_(named), Employee.id)),
            Placement.started_on,
            Placement.ended_on,
        )
        .join(Employee, Employee.id == Placement.employee_id)
        .join(Agency, Agency.id == Placement.agency_id)
        .where(Placement.started_on <= days[-1], or_(Placement.ended_on.is_(None), Placement.ended_on > days[0]))
        .where(agencies.within(Placement.agency_id, asked.visible))
    )
    if asked.agency_id:
        query = query.where(Agency.path.contains(f"/{asked.agency_id}/"))
    trees, kinds, places = _trees(days), _kinds(), dict[tuple[object, ...], Place]()
    cuts, found = [since for since, _ in trees[1:]], []
    for account_id, who, kind, agency_id, group, name, started_on, ended_on in db.session.execute(query):
        was = kinds.get(who, [(started_on, kind)])
        for first, end in course.spans(started_on, ended_on or NEVER, [*cuts, *(since for since, _ in was)]):
            then, above = course.at(was, first), course.at(trees, first)
            if asked.admits(then, group):
                place = Place(above[agency_id], then, group, name)
                found.append(Stay(account_id, places.setdefault(_key(place), place), first, end))
    return found


def _key(place: Place) -> tuple[object, ...]:
    return place.lineage, place.kind, place.post_group, place.employee_id


def _trees(days: Sequence[date]) -> list[tuple[date, Lineages]]:
    """The agencies from the first of these days on, and again from each day on which one took over from another."""
    paths = [(row.id, row.path) for row in db.session.execute(select(Agency.id, Agency.path))]
    query = select(Succession.on).where(Succession.on > days[0], Succession.on <= days[-1]).distinct()
    starts = [days[0], *db.session.scalars(query.order_by(Succession.on))]
    return [(start, binding.lineages_of(paths, start)) for start in starts]


def _kinds() -> dict[UUID, list[tuple[date, EmployeeKind]]]:
    """The kinds that those had in turn who were ever of another."""
    query = select(EmployeeGrade.employee_id, EmployeeGrade.since, EmployeeGrade.kind).order_by(EmployeeGrade.since)
    found: dict[UUID, list[tuple[date, EmployeeKind]]] = {}
    for who, since, kind in db.session.execute(query):
        found.setdefault(who, []).append((since, kind))
    return found


def _absences(days: Sequence[date]) -> dict[UUID, list[Days]]:
    """When somebody did not serve within these days, by account."""
    until = or_(Absence.ended_on.is_(None), Absence.ended_on > days[0])
    query = (
        select(Employee.account_id, Absence.started_on, Absence.ended_on)
        .join(Employee, Employee.id == Absence.employee_id)
        .where(Absence.started_on <= days[-1], until)
    )
    found = defaultdict(list)
    for account_id, started_on, ended_on in db.session.execute(query):
        found[account_id].append((started_on, ended_on or NEVER))
    return found


def _signed(slugs: set[str]) -> dict[UUID, dict[str, list[date]]]:
    """The days on which the pacts of these modules were signed, in order, by account and module."""
    query = select(Pact.account_id, Pact.module_slug, Pact.signed_at).where(Pact.module_slug.in_(slugs), STANDS)
    found: dict[UUID, dict[str, list[date]]] = {}
    for account_id, slug, signed_at in db.session.execute(query.order_by(Pact.signed_at)):
        found.setdefault(account_id, {}).setdefault(slug, []).append(clock.local(signed_at).date())
    return found

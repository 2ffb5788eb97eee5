"""Who owes what, whom to write to about it, which letters and feeds there are; no statement for each person."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from elearn.accounts.models import Account, RoleGrant
from elearn.agencies import queries as agencies
from elearn.agencies import rules as civil
from elearn.agencies.models import Agency, Employee, Placement
from elearn.agencies.rules import EVERYTHING, AgencyKind, PostGroup, Visible
from elearn.content import queries as content
from elearn.core import clock
from elearn.core.db import db
from elearn.core.permissions import Role
from elearn.directives import binding
from elearn.directives import queries as directives
from elearn.directives.binding import Lineages
from elearn.directives.duties import Demand, Target
from elearn.directives.models import Directive
from elearn.directives.rules import DONE, Stage
from elearn.ledger.models import LedgerEntry
from elearn.notices.models import Notice
from elearn.pact import queries as pact
from elearn.reminders.messages import Modules, Recipient, digest_keys
from elearn.reminders.models import Contact, Feed, Reprimand
from elearn.reminders.rules import Escalation, NoSuchReprimand, OpenDuty, Rank, Reached, open_duties, ranking
from elearn.reports import journeys
from elearn.reports import queries as reports
from elearn.reports.queries import Picture

ESCALATED = "reminders:escalated"
EMAIL = func.coalesce(Account.email, Employee.email)
LAST_CONTACT = select(func.max(Contact.opened_at)).where(Contact.account_id == Employee.account_id).scalar_subquery()
_NAME = (Employee.name, Employee.title_before, Employee.title_after)
_COLUMNS = (
    Employee.id.label("employee_id"),
    Employee.account_id,
    Employee.kind,
    Employee.phone,
    EMAIL.label("email"),
    *_NAME,
    Placement.agency_id,
    Placement.post_group,
    Agency.name.label("agency_name"),
    agencies.JOINED_ON,
    agencies.SERVING_SINCE,
)


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who serves on a day, where, since when, and how far she is toward each demand."""

    employee_id: UUID
    account_id: UUID
    kind: str
    phone: str | None
    email: str | None
    name: str
    agency_id: UUID
    post_group: str | None
    agency_name: str
    joined_on: date
    serving_since: date
    reached: Mapping[Demand, Reached]
    contacted_at: datetime | None = None


Debtor = tuple[Somebody, tuple[OpenDuty, ...]]
"""Somebody, and what she has not finished, the most urgent first."""


def modules() -> Modules:
    """The published modules by their slug."""
    return {module.slug: module for _, module in content.list_current_modules()}


def list_debtors(day: date, asking: Sequence[Directive]) -> list[Debtor]:
    """Everybody in the regency who has not finished what these directives ask for; one statement for all people."""
    demands = directives.demands(asking, day)
    roster = journeys.roster(day, demands, visible=EVERYTHING)
    rows = db.session.execute(roster.statement.with_only_columns(*_COLUMNS, *_progress(roster)))
    people = [_somebody(dict(row._mapping), demands) for row in rows]
    return _debtors(asking, people, binding.lineages(day), day)


def _debtors(asking: Sequence[Directive], people: Iterable[Somebody], above: Lineages, day: date) -> list[Debtor]:
    owing = binding.obligations(asking, people, above, day)
    found = ((each, open_duties(owes, each.reached, day)) for each, owes in owing)
    return [(each, duties) for each, duties in found if duties]


def open_people(
    day: date, directive: Directive, *, visible: Visible, agency: Agency | None, search: str
) -> Select[Any]:
    """Who has not finished what a directive asks for, for paging in the database, by name."""
    demands = directives.demands([directive], day)
    roster = journeys.roster(day, demands, visible=visible, agency_id=agency.id if agency else None)
    is_open = or_(*(each.stage < DONE.value for each in roster.journeys))
    bound = _is_bound(directives.target_of(directive, day), binding.lineages(day))
    query = roster.statement.with_only_columns(*_COLUMNS, LAST_CONTACT.label("contacted_at"), *_progress(roster))
    if search:
        query = query.where(Employee.name.icontains(search, autoescape=True))
    return query.where(is_open, bound).order_by(Employee.name, Employee.id)


def find_unfinished(issued: Iterable[Directive], day: date, *, visible: Visible) -> Directive | None:
    """The first of these directives that somebody in sight has not finished; the first of all if there is none."""
    first = None
    for directive in issued:
        first = first or directive
        query = open_people(day, directive, visible=visible, agency=None, search="")
        if db.session.execute(query.limit(1)).first():
            return directive
    return first


def read_page(rows: Iterable[Any], day: date, directive: Directive) -> list[Debtor]:
    """The rows of a page of `open_people`, with what each person must finish."""
    demands = directives.demands([directive], day)
    people = [_somebody(dict(row._mapping), demands) for row in rows]
    return _debtors([directive], people, binding.lineages(day), day)


def find_debtor(employee_id: UUID, day: date, directive: Directive, *, visible: Visible) -> Debtor | None:
    """Somebody in sight who has not finished what a directive asks for."""
    query = open_people(day, directive, visible=visible, agency=None, search="").where(Employee.id == employee_id)
    return next(iter(read_page(db.session.execute(query), day, directive)), None)


def _is_bound(target: Target, above: Lineages) -> ColumnElement[bool]:
    """The condition that somebody is bound by a target where she serves, as `duties.is_bound` decides it."""
    inside = [
        agency_id
        for agency_id, line in above.items()
        if not target.agencies.isdisjoint(line) and target.excepted_agencies.isdisjoint(line)
    ]
    alike = [Employee.kind.in_(target.kinds), Placement.agency_id.in_(inside)]
    if target.post_groups:
        alike.append(Placement.post_group.in_(target.post_groups))
    return and_(Employee.id.not_in(target.excepted_people), or_(Employee.id.in_(target.people), and_(*alike)))


def _progress(roster: journeys.Roster) -> list[Any]:
    """Two columns for each demand: the stage, and when a result was signed that only just lapsed."""
    stages = [each.stage.label(f"stage{number}") for number, each in enumerate(roster.journeys)]
    return [*stages, *(each.lapsed_at.label(f"lapsed{number}") for number, each in enumerate(roster.journeys))]


def _somebody(row: dict[str, Any], demands: Sequence[Demand]) -> Somebody:
    name = civil.full_name(row.pop("name"), row.pop("title_before"), row.pop("title_after"))
    reached = {demand: _reached(row.pop(f"stage{n}"), row.pop(f"lapsed{n}")) for n, demand in enumerate(demands)}
    return Somebody(name=name, reached=reached, **row)


def _reached(stage: int, lapsed_at: datetime | None) -> Reached:
    return Reached(Stage(stage), clock.local(lapsed_at).date() if lapsed_at else None)


def last_digests(first: date) -> dict[UUID, date]:
    """By account, the last day from `first` on whose digest was posted; by the keys of the digests."""
    begin = len(digest_keys(first))
    account, day = func.substr(Notice.key, begin + 1), func.substr(Notice.key, begin - 10, 10)
    since = and_(Notice.key >= digest_keys(first), Notice.key < digest_keys(date.max))
    rows = db.session.execute(select(account, func.max(day)).where(since).group_by(account))
    return {UUID(account_id): date.fromisoformat(last) for account_id, last in rows}


def list_escalated() -> dict[UUID, set[Escalation]]:
    """Which escalations of each directive were made, as the record has them."""
    made: dict[UUID, set[Escalation]] = defaultdict(set)
    payloads = select(LedgerEntry.payload).where(LedgerEntry.event == ESCALATED)
    for payload in db.session.scalars(payloads):
        facts = json.loads(payload)["facts"]
        made[UUID(facts["directive"])].add(Escalation(facts["step"]))
    return made


def posted(prefix: str) -> set[str]:
    """The keys of the messages, posted already, that begin so."""
    return set(db.session.scalars(select(Notice.key).where(Notice.key >= prefix, Notice.key < f"{prefix}~")))


def picture_of(directive: Directive, day: date) -> Picture:
    """How far everybody is whom a directive binds."""
    return reports.picture(day, [directive], visible=EVERYTHING)


def ranks(directive: Directive, day: date) -> list[Rank]:
    """How far each OPD with bound people is toward a directive, the lowest first."""
    return ranks_in(picture_of(directive, day))


def ranks_in(picture: Picture) -> list[Rank]:
    """How far each OPD of a picture is, the lowest first."""
    tally = picture.tally
    opds = db.session.execute(select(Agency.id, Agency.name).where(Agency.id.in_([each for each in tally if each])))
    return ranking(Rank(opd_id, name, tally[opd_id].done, tally[opd_id].bound) for opd_id, name in opds)


def keepers(opd_ids: Collection[UUID], day: date) -> dict[UUID, list[Recipient]]:
    """Who answers for each OPD and can be written to: its officers, and its head."""
    found: dict[UUID, dict[UUID, Recipient]] = defaultdict(dict)
    for opd_id, *who in (*_officers(RoleGrant.agency_id.in_(opd_ids)), *_heads(opd_ids, day)):
        found[opd_id].setdefault(who[0], Recipient(*who))
    return {opd_id: list(each.values()) for opd_id, each in found.items()}


def officers_of_units() -> Iterable[Any]:
    """Who answers for a unit that is open, and can be written to: the unit, and who, name and address."""
    is_open = and_(Agency.kind == AgencyKind.UNIT, Agency.closed_on.is_(None))
    return _officers(RoleGrant.agency_id.in_(select(Agency.id).where(is_open)))


def _officers(of_whom: ColumnElement[bool]) -> Iterable[Any]:
    query = (
        select(RoleGrant.agency_id, Account.id, Account.name, EMAIL)
        .join(Account, Account.id == RoleGrant.account_id)
        .outerjoin(Employee, Employee.account_id == Account.id)
        .where(RoleGrant.role == Role.OPD_OFFICER, RoleGrant.revoked_at.is_(None), of_whom)
        .where(Account.is_active, EMAIL.is_not(None))
    )
    return db.session.execute(query.order_by(Account.name)).all()


def _heads(opd_ids: Collection[UUID], day: date) -> Iterable[Any]:
    query = (
        select(Placement.agency_id, Account.id, EMAIL, *_NAME)
        .join(Employee, Employee.id == Placement.employee_id)
        .join(Account, Account.id == Employee.account_id)
        .where(agencies.covers(day), Placement.agency_id.in_(opd_ids), Placement.post_group == PostGroup.TOP)
        .where(Account.is_active, EMAIL.is_not(None), agencies.is_present(day))
    )
    rows = db.session.execute(query.order_by(Employee.name))
    return [(at, who, civil.full_name(name, before, after), email) for at, who, email, name, before, after in rows]


def list_sekda() -> list[Recipient]:
    """Who holds the role of Sekda and can be written to."""
    query = (
        select(Account.id, Account.name, EMAIL)
        .join(RoleGrant, and_(RoleGrant.account_id == Account.id, RoleGrant.revoked_at.is_(None)))
        .outerjoin(Employee, Employee.account_id == Account.id)
        .where(RoleGrant.role == Role.SEKDA, Account.is_active, EMAIL.is_not(None))
    )
    return [Recipient(*row) for row in db.session.execute(query.distinct())]


def find_feed(account_id: UUID | None) -> Feed | None:
    """The calendar a person may be subscribed to."""
    return db.session.scalar(select(Feed).where(Feed.account_id == account_id))


def token_hash(token: str) -> str:
    """What is stored of a feed's secret: its SHA-256 in hexadecimal."""
    return sha256(token.encode()).hexdigest()


def find_subscriber(token: str) -> UUID | None:
    """Whose calendar has this secret; None for an unknown one and for a closed account."""
    query = select(Feed.account_id).join(Account, Account.id == Feed.account_id)
    return db.session.scalar(query.where(Feed.token_hash == token_hash(token), Account.is_active))


def signed_on(account_id: UUID) -> dict[str, date]:
    """The day of a person's last pact of each module."""
    latest_last = reversed(pact.list_standing(account_id))
    return {each.module_slug: clock.local(each.signed_at).date() for each in latest_last}


def list_reprimands(*, visible: Visible, with_drafts: bool) -> list[tuple[Reprimand, Directive, Agency]]:
    """The letters to the OPD in sight, drafts first if they are asked for, then the latest."""
    query = (
        select(Reprimand, Directive, Agency)
        .join(Directive, Directive.id == Reprimand.directive_id)
        .join(Agency, Agency.id == Reprimand.agency_id)
        .where(agencies.within(Reprimand.agency_id, visible))
        .order_by(Reprimand.issued_at.is_not(None), Reprimand.drafted_at.desc(), Agency.name)
    )
    if not with_drafts:
        query = query.where(Reprimand.issued_at.is_not(None))
    return [(letter, directive, opd) for letter, directive, opd in db.session.execute(query)]


def get_reprimand(reprimand_id: UUID, *, visible: Visible, for_update: bool = False) -> Reprimand:
    """A letter to an OPD in sight, read anew and locked if it is to be issued; raises NoSuchReprimand."""
    found = db.session.get(Reprimand, reprimand_id, with_for_update=for_update or None, populate_existing=for_update)
    if found is None or not visible.includes(found.agency_id):
        raise NoSuchReprimand
    return found


def find_by_number(number: str) -> Reprimand | None:
    """The letter that bears a number."""
    return db.session.scalar(select(Reprimand).where(Reprimand.number == number))


def list_without_letter() -> Sequence[UUID]:
    """The issued reprimands whose paper is not made yet."""
    query = select(Reprimand.id).where(Reprimand.issued_at.is_not(None), Reprimand.document_id.is_(None))
    return db.session.scalars(query.order_by(Reprimand.issued_at)).all()

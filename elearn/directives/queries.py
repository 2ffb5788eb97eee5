"""Reads of the directives: which there are, and what each asks of whom."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from elearn.agencies.models import Agency
from elearn.core.db import db
from elearn.directives import arrivals, duties, rules
from elearn.directives.duties import Demand, Order, Target, Terms
from elearn.directives.models import Directive, Exemption
from elearn.directives.rules import AlreadyIssued, NoSuchDirective, NotInForce, Status
from elearn.directives.wording import Signatory
from elearn.documents.models import Document


def list_issued(day: date, *conditions: ColumnElement[bool]) -> list[Directive]:
    """The directives in force on a day, issued by then and not ended, the most urgent first."""
    stands = or_(Directive.ended_on.is_(None), Directive.ended_on > day)
    query = select(Directive).where(Directive.issued_on <= day, stands, *conditions)
    return list(db.session.scalars(query.order_by(Directive.deadline_on, Directive.number)))


def list_ended() -> list[Directive]:
    """The directives that were closed or revoked, the latest first."""
    query = select(Directive).where(Directive.ended_on.is_not(None))
    return list(db.session.scalars(query.order_by(Directive.ended_on.desc(), Directive.number)))


def list_drafts() -> list[Directive]:
    """What is being written, the latest first."""
    query = select(Directive).where(Directive.status.in_(rules.UNISSUED))
    return list(db.session.scalars(query.order_by(Directive.drafted_at.desc())))


def list_without_letter() -> Sequence[UUID]:
    """The issued directives whose letter is not made yet."""
    query = select(Directive.id).where(Directive.issued_at.is_not(None), Directive.document_id.is_(None))
    return db.session.scalars(query.order_by(Directive.issued_at)).all()


def get_directive(directive_id: UUID) -> Directive:
    """A directive by its id; raises NoSuchDirective."""
    directive = db.session.get(Directive, directive_id)
    if directive is None:
        raise NoSuchDirective
    return directive


def get_issued(directive_id: UUID, day: date) -> Directive:
    """A directive issued by a day, whether it ended since or not; raises NoSuchDirective."""
    directive = get_directive(directive_id)
    if directive.issued_on is None or directive.issued_on > day:
        raise NoSuchDirective
    return directive


def find_by_letter(sha256: str) -> Directive | None:
    """The issued directive, in force or ended, whose signed letter has this SHA-256 (hexadecimal)."""
    query = select(Directive).join(Document, Document.id == Directive.document_id)
    return db.session.scalar(query.where(Document.sha256 == sha256, Directive.issued_on.is_not(None)))


def get_draft(directive_id: UUID) -> Directive:
    """A draft, locked until the transaction ends, so that nobody changes it while it is issued.

    Raises NoSuchDirective, or AlreadyIssued for what people were already told.
    """
    directive = _locked(directive_id)
    if directive.status not in rules.UNISSUED:
        raise AlreadyIssued
    return directive


def get_in_force(directive_id: UUID) -> Directive:
    """A directive in force, locked until the transaction ends; raises NoSuchDirective, NotInForce."""
    directive = _locked(directive_id)
    if directive.status is not Status.ISSUED:
        raise NotInForce
    return directive


def _locked(directive_id: UUID) -> Directive:
    query = select(Directive).where(Directive.id == directive_id).with_for_update()
    directive = db.session.scalar(query, execution_options={"populate_existing": True})
    if directive is None:
        raise NoSuchDirective
    return directive


def find_issued(directive_id: UUID) -> Directive | None:
    """A directive that was issued, in force or ended."""
    directive = db.session.get(Directive, directive_id)
    return directive if directive is not None and directive.issued_on is not None else None


def find_by_number(number: str) -> Directive | None:
    """The directive that bears a number."""
    return db.session.scalar(select(Directive).where(Directive.number == number))


def find_latest() -> Directive | None:
    """The directive written last, whose place and signatory are offered for the next one."""
    return db.session.scalar(select(Directive).order_by(Directive.drafted_at.desc()).limit(1))


def find_revoker(directive: Directive) -> Directive | None:
    """The directive by which another one was revoked."""
    query = select(Directive).where(Directive.revokes_id == directive.id, Directive.issued_on.is_not(None))
    return db.session.scalar(query)


def list_targeted(agency_ids: Iterable[UUID]) -> list[str]:
    """The names of the agencies of a target by their ids, a unit with its OPD; the root first, then by name."""
    opd = aliased(Agency)
    query = (
        select(Agency.name, opd.name)
        .outerjoin(opd, and_(opd.id == Agency.opd_id, opd.id != Agency.id))
        .where(Agency.id.in_(agency_ids))
        .order_by(Agency.parent_id.is_not(None), Agency.name, opd.name)
    )
    return [f"{name} ({of})" if of else name for name, of in db.session.execute(query)]


def target_of(directive: Directive, day: date) -> Target:
    """Whom a directive is addressed to; who is exempt on a day is excepted."""
    exempt = {each.employee_id for each in directive.exemptions if _is_on(each, day)}
    return Target(
        agencies=frozenset(each.agency_id for each in directive.targets if not each.is_excepted),
        kinds=frozenset(directive.target_kinds),
        post_groups=frozenset(directive.target_groups),
        people=frozenset(each.employee_id for each in directive.people if not each.is_excepted),
        excepted_agencies=frozenset(each.agency_id for each in directive.targets if each.is_excepted),
        excepted_people=frozenset(each.employee_id for each in directive.people if each.is_excepted) | exempt,
    )


def _is_on(exemption: Exemption, day: date) -> bool:
    return exemption.from_on <= day and (exemption.until_on is None or exemption.until_on > day)


def order_of(directive: Directive, day: date, *, by_person: bool = True) -> Order:
    """A directive as far as it binds people on a day; one that is not issued as if it were that day.

    Whom it reaches only since then is looked up, unless deadlines do not matter (`by_person`).
    """
    target = target_of(directive, day)
    return Order(
        target=_with_arrivals(target, directive, day) if by_person else target,
        modules=directive.modules,
        issued_on=directive.issued_on or day,
        deadline_on=directive.deadline_on,
        deadlines={kind: date.fromisoformat(text) for kind, text in directive.deadlines.items()},
        joiner_days=directive.joiner_days,
        terms=Terms(directive.valid_months, directive.valid_until, directive.credits_earlier),
    )


def _with_arrivals(target: Target, directive: Directive, day: date) -> Target:
    """The target with whom it reaches since a day after the issue: by a move into a unit, or a reorganisation."""
    issued_on, addressed = directive.issued_on, [each for each in directive.targets if not each.is_excepted]
    if issued_on is None or issued_on >= day or any(each.is_root for each in addressed):
        return target
    units = [each.agency_id for each in addressed if each.is_unit]
    opds = [each.agency_id for each in addressed if not each.is_unit]
    came = partial(arrivals.within, issued_on=issued_on, day=day)
    if units:
        target = replace(target, arrivals=came(units, opds))
    if opds and any(each.reorganised_on and each.reorganised_on > issued_on for each in addressed):
        reached = came([*units, *opds], ()).items()
        target = replace(target, taken_over={who: on for who, on in reached if on > issued_on})
    return target


def deadline_for(directive: Directive, kind: str) -> date:
    """The day by which a kind of employee must be done who was there at the issue."""
    own = directive.deadlines.get(kind)
    return date.fromisoformat(own) if own else directive.deadline_on


def demands(directives: Iterable[Directive], day: date) -> list[Demand]:
    """What these directives ask for on a day, each once."""
    orders = [order_of(directive, day, by_person=False) for directive in directives]
    return list(dict.fromkeys(duties.demand(order, slug, day) for order in orders for slug in order.modules))


def signatory_of(directive: Directive) -> Signatory:
    """Who signs a directive."""
    return Signatory(
        name=directive.signatory_name,
        title=directive.signatory_title,
        rank=directive.signatory_rank,
        nip=directive.signatory_nip,
    )

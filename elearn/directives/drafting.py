"""Putting a wording into a draft, after checking everything that it names."""

from collections.abc import Collection
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import func, select

from elearn.agencies.models import Agency, Employee
from elearn.content import queries as content
from elearn.core.db import db
from elearn.directives import anchors, duties, law, letter, phases, queries, rules
from elearn.directives.duties import Target
from elearn.directives.models import Directive, DirectivePerson, DirectiveTarget
from elearn.directives.rules import Status
from elearn.directives.wording import Wording

Row = TypeVar("Row", DirectiveTarget, DirectivePerson)


def write(directive: Directive, wording: Wording) -> None:
    """Let a draft say this; raises the refusals of `rules` for what is not there or contradicts itself."""
    _refuse_same_number(directive, wording.number)
    _text(directive, wording)
    _duty(directive, wording)
    _layout(directive, wording)
    _address(directive, wording.target)
    directive.revokes_id = _in_force(wording.revokes_id)
    directive.anchors = anchors.kept(phases.anchors_of(wording))


def _refuse_same_number(directive: Directive, number: str) -> None:
    same = queries.find_by_number(number)
    if same is not None and same is not directive:
        raise rules.NumberTaken(field="number")


def _text(directive: Directive, wording: Wording) -> None:
    directive.number, directive.subject, directive.body = wording.number, wording.subject, wording.body
    directive.local_instruction = wording.local_instruction
    directive.legal_basis = _legal_basis(wording)


def _duty(directive: Directive, wording: Wording) -> None:
    """What is asked, by when, and for how long it counts."""
    directive.module_slug, *more = wording.modules
    directive.more_modules = more
    directive.deadline_on, directive.joiner_days = wording.deadline_on, wording.joiner_days
    directive.deadlines = {kind: day.isoformat() for kind, day in sorted(wording.deadlines.items())}
    terms = wording.terms
    if terms.valid_until and terms.valid_until < max((wording.deadline_on, *wording.deadlines.values())):
        raise rules.ImpossibleDay("Tidak boleh mendahului tenggat.", field="valid_until")
    directive.valid_months, directive.valid_until = terms.valid_months, terms.valid_until
    directive.credits_earlier = terms.credits_earlier
    directive.quiz_terms = _quiz_terms(wording)


def _quiz_terms(wording: Wording) -> dict[str, Any]:
    """The rules of the quiz; raises UnknownTopic for a topic that no quiz of its modules asks about."""
    asked = {line.topic for slug in wording.modules for line in content.current_module(slug)[1].quiz.blueprint}
    if not asked >= {mark["topic"] for mark in wording.quiz_terms.get("must_pass", ())}:
        raise rules.UnknownTopic(field="quiz_must_pass")
    return dict(wording.quiz_terms)


def _layout(directive: Directive, wording: Wording) -> None:
    layout, signatory = wording.layout, wording.signatory
    directive.nature, directive.attachment, directive.paper = layout.nature, layout.attachment, layout.paper
    directive.addressees, directive.copies = list(layout.addressees), list(layout.copies)
    directive.place = wording.place
    directive.signatory_name, directive.signatory_title = signatory.name, signatory.title
    directive.signatory_rank, directive.signatory_nip = signatory.rank, signatory.nip


def _address(directive: Directive, target: Target) -> None:
    """Set whom a draft is addressed to, and who is left out."""
    rules.refuse_contradiction(target)
    _refuse_unknown(target)
    _refuse_nesting(target)
    directive.target_kinds, directive.target_groups = sorted(target.kinds), sorted(target.post_groups)
    known = {row.agency_id: row for row in directive.targets}
    directive.targets = [
        _marked(known.get(each) or DirectiveTarget(agency_id=each), is_excepted=each in target.excepted_agencies)
        for each in sorted(target.agencies | target.excepted_agencies)
    ]
    named = {row.employee_id: row for row in directive.people}
    directive.people = [
        _marked(named.get(each) or DirectivePerson(employee_id=each), is_excepted=each in target.excepted_people)
        for each in sorted(target.people | target.excepted_people)
    ]


def _refuse_nesting(target: Target) -> None:
    """Raise NestedTarget or ContradictoryTarget where one chosen agency lies below another."""
    query = select(Agency.id, Agency.path, Agency.name)
    found = db.session.execute(query.where(Agency.id.in_(target.agencies))).all()
    chosen = {agency_id: duties.lineage(path) for agency_id, path, _ in found}
    rules.refuse_nesting(target, chosen, {agency_id: name for agency_id, _, name in found})


def _marked(row: Row, *, is_excepted: bool) -> Row:
    row.is_excepted = is_excepted
    return row


def _refuse_unknown(target: Target) -> None:
    """Raise UnknownTarget or UnknownPerson for an id that names nothing."""
    for field, ids in (("agencies", target.agencies), ("excepted_agencies", target.excepted_agencies)):
        if _count(Agency.id, ids) != len(ids):
            raise rules.UnknownTarget(field=field)
    for field, ids in (("people", target.people), ("excepted_people", target.excepted_people)):
        if _count(Employee.id, ids) != len(ids):
            raise rules.UnknownPerson(field=field)


def _count(column: Any, ids: Collection[UUID]) -> int:
    return db.session.scalar(select(func.count()).where(column.in_(ids))) or 0


def _in_force(directive_id: UUID | None) -> UUID | None:
    """The directive to be revoked, if there is to be one; raises NotInForce."""
    if directive_id is not None and queries.get_directive(directive_id).status is not Status.ISSUED:
        raise rules.NotInForce(field="revokes_id")
    return directive_id


def _legal_basis(wording: Wording) -> list[dict[str, str]]:
    """The chosen citations as they read today; raises UnknownModule and ForeignCitation."""
    for slug in wording.modules:
        if content.find_current("module", slug) is None:
            raise rules.UnknownModule(field="module_slug" if slug == wording.module_slug else "more_modules")
    known = {each.id: letter.in_full(each) for each in law.list_citations(wording.modules)}
    if not known.keys() >= set(wording.cites):
        raise rules.ForeignCitation(field="cites")
    return [{"id": cite, "text": known[cite]} for cite in wording.cites]

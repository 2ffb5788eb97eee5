"""A draft takes in all that its writer decides, and refuses what is not there or contradicts itself."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from elearn.content import actions as content
from elearn.content.source import Source
from elearn.core import clock
from elearn.core.db import db
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction
from elearn.directives import actions, letter, queries, rules
from elearn.directives.duties import Target, Terms
from elearn.directives.models import Directive
from elearn.directives.wording import Layout, Paper
from tests.factories.agencies import a_unit, an_employee, an_opd
from tests.factories.directives import KINDS, a_draft, a_wording
from tests.factories.pact import MODULE, PACT, SLUG

SECOND = replace(MODULE, slug="netralitas-pejabat", title="Netralitas pejabat")
IN_A_MONTH = timedelta(days=30)


def publish_second() -> None:
    """Publish another module beside the first."""
    with transaction():
        content.publish(SYSTEM, source=Source(modules=(MODULE, SECOND), pacts=(PACT,), complaints=()))


def addressed(target: Target, **changes: Any) -> Directive:
    """A draft with this target."""
    draft = a_draft(**changes)
    wording = replace(a_wording(number=draft.number), target=target)
    with transaction():
        return actions.revise(SYSTEM, directive_id=draft.id, wording=wording)


def test_a_draft_keeps_its_whole_target(app: Flask) -> None:
    """Agencies, kinds, groups, people, and those left out; and can be addressed anew."""
    opd, named, left_out = an_opd(), an_employee(), an_employee()
    unit = a_unit(opd)
    target = Target(
        frozenset({opd.id}),
        frozenset({"PNS"}),
        frozenset({"jpt", "pengawas"}),
        people=frozenset({named.id}),
        excepted_agencies=frozenset({unit.id}),
        excepted_people=frozenset({left_out.id}),
    )
    draft = addressed(target)
    db.session.expire_all()
    assert target == queries.target_of(draft, clock.today())
    turned = replace(target, people=target.excepted_people, excepted_people=target.people)
    with transaction():
        actions.revise(SYSTEM, directive_id=draft.id, wording=replace(a_wording(number=draft.number), target=turned))
    db.session.expire_all()
    assert turned == queries.target_of(draft, clock.today())


@pytest.mark.parametrize("field", ["people", "excepted_people"])
def test_a_person_that_does_not_exist_is_refused(app: Flask, field: str) -> None:
    """At the field that names it."""
    target = replace(Target(frozenset({an_opd().id}), KINDS), **{field: frozenset({UUID(int=5)})})
    with pytest.raises(rules.UnknownPerson) as refused:
        addressed(target)
    assert field == refused.value.field


def test_nobody_is_both_addressed_and_left_out(app: Flask) -> None:
    """Neither an office nor a person."""
    opd, person = an_opd(), an_employee()
    both, same = frozenset({opd.id}), frozenset({person.id})
    with pytest.raises(rules.ContradictoryTarget):
        addressed(Target(both, KINDS, excepted_agencies=both))
    with pytest.raises(rules.ContradictoryTarget):
        addressed(Target(both, KINDS, people=same, excepted_people=same))


def test_one_letter_asks_for_several_modules(app: Flask) -> None:
    """Each once, the first one first; each must be published; the letter lists them all."""
    publish_second()
    slugs = (SECOND.slug, SLUG, SLUG)
    with transaction():
        wording = a_wording(more_modules=slugs)
        draft = actions.draft(SYSTEM, wording=wording)
    assert (SLUG, SECOND.slug) == draft.modules
    assert [MODULE.title, SECOND.title] == letter.module_titles(draft)
    with pytest.raises(rules.UnknownModule) as refused:
        a_draft(more_modules=("tidak-ada",))
    assert "more_modules" == refused.value.field


def test_a_draft_keeps_its_terms_and_its_layout(app: Flask) -> None:
    """Days by kind, days for newcomers, how long results count, and what stands around the text."""
    until = clock.today() + IN_A_MONTH
    layout = Layout("Segera", "1 (satu) berkas", ("Camat",), ("Bupati", "Inspektur"), Paper.F4)
    draft = a_draft(
        deadlines={"PPPK": until}, joiner_days=7, terms=Terms(12, until, credits_earlier=False), layout=layout
    )
    order = queries.order_of(draft, clock.today())
    assert ({"PPPK": until}, 7, Terms(12, until, credits_earlier=False)) == (
        order.deadlines,
        order.joiner_days,
        order.terms,
    )
    kept = (draft.nature, draft.attachment, draft.addressees, draft.copies, draft.paper)
    assert ("Segera", "1 (satu) berkas", ["Camat"], ["Bupati", "Inspektur"], "F4") == kept


def test_results_do_not_lapse_before_the_deadline(app: Flask) -> None:
    """Who finishes on the last day would have finished in vain."""
    with pytest.raises(rules.ImpossibleDay) as refused:
        a_draft(terms=Terms(valid_until=date(2020, 1, 1)))
    assert "valid_until" == refused.value.field

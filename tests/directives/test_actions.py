"""A directive is written, issued once, told to everybody it binds, and then stays as it is."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from elearn.core import clock, jobs
from elearn.core.db import db
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction
from elearn.directives import actions, queries, rules
from elearn.directives.duties import Target
from elearn.directives.rules import Status
from elearn.documents import queries as documents
from elearn.ledger.models import LedgerEntry
from elearn.notices.models import Notice
from tests.elsewhere import elsewhere
from tests.factories.agencies import a_unit, an_employee, an_opd
from tests.factories.directives import KINDS, a_draft, a_wording, an_issued_directive


def test_a_draft_keeps_what_the_law_says_in_words(app: Flask) -> None:
    """The citation is stored as it reads, so that a later version of the module changes nothing."""
    draft = a_draft()
    expected = [
        {
            "id": "uu-20-2023-24",
            "text": "Pasal 24 Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara",
        }
    ]
    assert expected == draft.legal_basis
    assert Status.DRAFT is draft.status


def test_a_draft_may_change_its_targets(app: Flask) -> None:
    """Agencies are added, kept and taken away."""
    first, second, third = an_opd(), an_opd(), an_opd()
    draft = a_draft(first, second)
    with transaction():
        actions.revise(SYSTEM, directive_id=draft.id, wording=a_wording(second, third, number=draft.number))
    db.session.expire_all()
    assert {second.id, third.id} == queries.target_of(queries.get_directive(draft.id), clock.today()).agencies


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"module_slug": "tidak-ada"}, rules.UnknownModule),
        ({"cites": ("uu-lain",)}, rules.ForeignCitation),
    ],
)
def test_a_draft_names_only_what_there_is(app: Flask, changes: dict, refusal: type[Exception]) -> None:
    """A module that is published, and citations of that module."""
    with pytest.raises(refusal):
        a_draft(**changes)


def test_a_target_that_does_not_exist_is_refused(app: Flask) -> None:
    """An id that was made up binds nobody."""
    draft = a_draft()
    wording = a_wording(number="x")
    strange = replace(wording, target=Target(frozenset({UUID(int=5)}), KINDS))
    with pytest.raises(rules.UnknownTarget), transaction():
        actions.revise(SYSTEM, directive_id=draft.id, wording=strange)


def test_two_directives_never_share_a_number(app: Flask) -> None:
    """The second writer is told so at the field."""
    a_draft(number="800/1")
    with pytest.raises(rules.NumberTaken) as refused:
        a_draft(number="800/1")
    assert "number" == refused.value.field


def test_an_issue_is_recorded_with_the_hash_of_its_body(app: Flask) -> None:
    """The record says what was issued, to whom, for when, and how many it bound."""
    opd = an_opd()
    an_employee(opd)
    an_employee(a_unit(opd))
    directive = an_issued_directive(opd)
    entry = db.session.scalars(select(LedgerEntry).where(LedgerEntry.event == "directive:issued")).one()
    facts = json.loads(entry.payload)["facts"]
    assert (str(directive.id), 2, [str(opd.id)]) == (facts["directive"], facts["bound"], facts["agencies"])
    assert 64 == len(facts["body_sha256"])


def test_everybody_bound_is_written_to_once(app: Flask) -> None:
    """Those with an e-mail address, in the target, of the kinds; the others are not."""
    opd, other = an_opd(), an_opd()
    an_employee(opd, email="ani@serawai.test", name="Ani")
    an_employee(a_unit(opd), email="budi@serawai.test")
    an_employee(opd)
    an_employee(other, email="lain@serawai.test")
    directive = an_issued_directive(opd, subject="Netralitas & pemilihan")
    notices = db.session.scalars(select(Notice).order_by(Notice.recipient)).all()
    assert ["ani@serawai.test", "budi@serawai.test"] == [notice.recipient for notice in notices]
    assert notices[0].subject.startswith(f"Edaran {directive.number}: modul Netralitas ASN, tenggat ")
    assert "Yth. Ani," in notices[0].body
    assert "tentang Netralitas & pemilihan." in notices[0].body
    assert f"http://127.0.0.1:8000/edaran/{directive.id}" in notices[0].body


def test_what_was_issued_stays_as_it_is(app: Flask) -> None:
    """It is neither changed, nor issued again, nor thrown away."""
    an_employee()
    directive = an_issued_directive()
    wording = a_wording()
    for deed in (
        lambda: actions.revise(SYSTEM, directive_id=directive.id, wording=wording),
        lambda: actions.issue(SYSTEM, directive_id=directive.id),
        lambda: actions.discard(SYSTEM, directive_id=directive.id),
    ):
        with pytest.raises(rules.AlreadyIssued), transaction():
            deed()


def test_a_directive_that_binds_nobody_is_not_issued(app: Flask) -> None:
    """Nor is anything recorded."""
    an_employee()
    draft = a_draft(an_opd())
    with pytest.raises(rules.NobodyBound), transaction():
        actions.issue(SYSTEM, directive_id=draft.id)
    assert queries.get_draft(draft.id)


def test_a_deadline_that_is_over_is_refused(app: Flask) -> None:
    """Today is the earliest deadline."""
    an_employee()
    late = a_draft(deadline_on=clock.today() - timedelta(days=1))
    with pytest.raises(rules.DeadlineOver), transaction():
        actions.issue(SYSTEM, directive_id=late.id)
    assert an_issued_directive(deadline_on=clock.today()).issued_on == clock.today()


def test_a_draft_can_be_thrown_away(app: Flask) -> None:
    """With its targets."""
    draft = a_draft()
    with transaction():
        actions.discard(SYSTEM, directive_id=draft.id)
    with pytest.raises(rules.NoSuchDirective):
        queries.get_directive(draft.id)


def test_the_signed_letter_is_made_after_the_commit_and_only_once(app: Flask) -> None:
    """The job may run again, and the sweeper finds what a lost job left."""
    an_employee()
    directive = an_issued_directive()
    jobs.queue().flush()
    jobs.perform("directives.make_missing_letters")
    db.session.expire_all()
    first = queries.get_directive(directive.id).document_id
    assert first is not None
    assert documents.get_bytes(first).startswith(b"%PDF")
    jobs.perform("directives.make_letter", str(directive.id))
    db.session.expire_all()
    assert first == queries.get_directive(directive.id).document_id


def test_what_was_issued_meanwhile_is_not_changed(app: Flask) -> None:
    """Who opened the draft before another issued it is told so, and does not issue it again."""
    an_employee()
    draft = a_draft()
    elsewhere(app, lambda: actions.issue(SYSTEM, directive_id=draft.id))
    with pytest.raises(rules.AlreadyIssued), transaction():
        actions.revise(SYSTEM, directive_id=draft.id, wording=a_wording(subject="Lain"))
    with pytest.raises(rules.AlreadyIssued), transaction():
        actions.issue(SYSTEM, directive_id=draft.id)

"""Signing: only after the quiz, only by the person, once whatever happens."""

from dataclasses import replace
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from elearn.accounts.rules import WrongPassword
from elearn.core import jobs
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.transaction import transaction
from elearn.ledger import queries as ledger
from elearn.ledger.models import LedgerEntry
from elearn.pact import actions, queries, rules
from elearn.pact.models import Pact
from tests.factories.accounts import an_account
from tests.factories.pact import (
    CLAUSES,
    PACT,
    SLUG,
    a_learner,
    a_pact,
    actor_of,
    published_texts,
    signing,
    who_passed,
)

pytestmark = pytest.mark.usefixtures("app")


def count_pacts() -> int:
    """How many pacts there are."""
    return db.session.scalar(select(func.count()).select_from(Pact)) or 0


def test_a_signed_pact_holds_what_was_signed() -> None:
    """Statement, hash and link to the ledger fit together, and the certificate is asked for."""
    employee = who_passed(name="Siti Aminah", post="Guru Ahli Pertama")
    pact = a_pact(employee)
    facts = rules.read(pact.statement)
    assert rules.is_intact(pact.statement, pact.statement_sha256)
    assert ("Siti Aminah", employee.nip, "Guru Ahli Pertama") == tuple(
        facts["signer"][k] for k in ("name", "nip", "post")
    )
    assert (CLAUSES, published_texts()) == (facts["text"]["clauses"], facts["text"]["fingerprint"])
    assert (SLUG, 1, 1) == (facts["quiz"]["module"], facts["quiz"]["score"], facts["quiz"]["total"])
    assert 1 == jobs.queue().pending_count()


def test_the_ledger_knows_the_signing_but_no_nip() -> None:
    """One entry with the statement's hash; its own hash stands in the pact."""
    employee = who_passed()
    pact = a_pact(employee)
    entry = db.session.scalars(select(LedgerEntry).where(LedgerEntry.event == "pact:signed")).one()
    assert pact.ledger_hash == entry.hash
    assert pact.statement_sha256 in entry.payload
    assert employee.nip not in entry.payload
    assert ledger.first_break() is None


def test_who_has_not_passed_does_not_sign() -> None:
    """The quiz comes first."""
    employee = a_learner()
    with pytest.raises(rules.QuizNotPassed), transaction():
        actions.sign(actor_of(employee), **signing())
    assert 0 == count_pacts()


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"password": "bukan kata sandinya"}, WrongPassword),
        ({"consents": CLAUSES[:1]}, rules.ConsentMissing),
        ({"shown": "0" * 64}, rules.TextChanged),
        ({"slug": "tidak-ada"}, NotFound),
    ],
)
def test_a_faulty_signing_leaves_nothing(change: dict[str, object], refusal: type[Exception]) -> None:
    """Wrong password, a missing consent or another text: no pact, no record, no certificate."""
    actor = actor_of(who_passed())
    with pytest.raises(refusal), transaction():
        actions.sign(actor, **signing(**change))
    assert 0 == count_pacts()
    assert "pact:signed" not in ledger.list_events()
    assert 0 == jobs.queue().pending_count()


def test_a_text_published_meanwhile_is_not_signed_unread() -> None:
    """The signer must have seen the very version that is current."""
    employee = who_passed()
    before = signing()
    published_texts(replace(PACT, closing="Naskah baru."))
    with pytest.raises(rules.TextChanged), transaction():
        actions.sign(actor_of(employee), **before)


def test_signing_again_gives_the_first_pact_back() -> None:
    """A second click changes nothing."""
    employee = who_passed()
    first = a_pact(employee)
    assert first.id == a_pact(employee).id
    assert 1 == count_pacts()


def test_two_clicks_at_once_make_one_pact(app: Flask) -> None:
    """The database tells them apart; both are given the same pact."""
    actor, start, signed = actor_of(who_passed()), Barrier(4), []
    db.session.rollback()

    def click() -> None:
        with app.app_context():
            start.wait()
            with transaction():
                signed.append(actions.sign(actor, **signing()).id)
            db.session.remove()

    clicks = [Thread(target=click) for _ in range(4)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    assert (4, 1) == (len(signed), len(set(signed)))
    assert 1 == count_pacts()
    assert 1 == db.session.scalar(select(func.count()).where(LedgerEntry.event == "pact:signed"))
    assert ledger.first_break() is None


def test_who_is_no_civil_servant_signs_nothing() -> None:
    """An account without an employee has nobody to name in a statement."""
    published_texts()
    with pytest.raises(NotFound):
        queries.get_case(an_account().id, SLUG)


def test_milestones_tell_who_had_signed_by_an_instant() -> None:
    """Reports ask for the moment of each signing."""
    pact = a_pact()
    assert {pact.account_id: pact.signed_at} == queries.milestones(SLUG, pact.signed_at)
    assert {} == queries.milestones("lain", pact.signed_at)

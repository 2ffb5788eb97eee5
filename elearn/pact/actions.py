"""Signing a pact: once for each time a person passes a module, whatever is clicked twice."""

from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from elearn.accounts import sessions
from elearn.core import clock, jobs
from elearn.core.db import db, new_id
from elearn.core.errors import NotFound
from elearn.core.permissions import Actor
from elearn.ledger import actions as ledger
from elearn.pact import queries, rules
from elearn.pact.models import Pact


def sign(
    actor: Actor,
    *,
    slug: str,
    password: str,
    shown: str,
    consents: list[str],
    address: str,
    agent: str,
) -> Pact:
    """Sign the pact of a module after proving who one is; a second signing gives the first pact back.

    `shown` is the fingerprint of the text on the signer's page. QuizNotPassed, ConsentMissing, TextChanged,
    and WrongPassword or TooMany of accounts.
    """
    sessions.confirm_password(actor, password=password)
    account_id = _account(actor)
    case, passed = queries.get_passed_case(account_id, slug)
    rules.refuse_changed(case.text.fingerprint, shown)
    rules.refuse_incomplete(case.text.clauses, consents)
    already = queries.find_by_attempt(UUID(passed.attempt_id))
    return already or _write(actor, case, passed, address=address, agent=agent)


def _write(actor: Actor, case: queries.Case, passed: rules.Passed, *, address: str, agent: str) -> Pact:
    """Add the pact, its record and the request for its certificate; who was a moment later gets the first one."""
    account_id = _account(actor)
    try:
        with db.session.begin_nested():
            pact = Pact(**_row(actor, case, passed), address=address[:45], agent=agent[:300])
            db.session.add(pact)
    except IntegrityError:
        return queries.get_pact(account_id, passed.module)
    jobs.after_commit("certificates.issue", str(pact.id))
    return pact


def _row(actor: Actor, case: queries.Case, passed: rules.Passed) -> dict[str, Any]:
    """The columns of a new pact, recorded in the ledger on the way."""
    pact_id, account_id, now = new_id(), _account(actor), clock.now()
    content = rules.statement(signer=case.signer, text=case.text, passed=passed, signed_at=now)
    facts = rules.ledger_facts(
        pact_id=str(pact_id), account_id=str(account_id), content=content, text=case.text, passed=passed
    )
    return {
        "id": pact_id,
        "employee_id": UUID(case.signer.employee_id),
        "account_id": account_id,
        "module_slug": passed.module,
        "publication_id": case.publication.id,
        "attempt_id": UUID(passed.attempt_id),
        "statement": content.decode(),
        "statement_sha256": rules.digest(content),
        "ledger_hash": ledger.record(actor, "pact:signed", facts, at=now).hash,
        "signed_at": now,
    }


def _account(actor: Actor) -> UUID:
    if actor.account_id is None:
        raise NotFound
    return actor.account_id

"""A loaded demo is what the rooms themselves would have made of such a year."""

import json
from collections.abc import Sequence
from itertools import pairwise

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from elearn.accounts.models import Account
from elearn.agencies import queries as agencies
from elearn.agencies.models import Employee
from elearn.agencies.rules import EVERYTHING
from elearn.calendar import queries as calendar
from elearn.certificates.models import Certificate
from elearn.content import queries as content
from elearn.core import clock, codes, installation
from elearn.core.db import db
from elearn.core.permissions import SYSTEM, Role
from elearn.demo import actions, rules
from elearn.directives import phases
from elearn.directives.models import Directive
from elearn.learning import queries as learning
from elearn.learning.models import Enrolment
from elearn.ledger import queries as ledger
from elearn.ledger.models import LedgerEntry
from elearn.pact import rules as pacts
from elearn.pact.models import Pact
from elearn.quiz import grading, papers
from elearn.quiz.models import Answer, Attempt
from elearn.reports import queries as reports
from elearn.reports.rules import Figures, total
from tests.demo.conftest import PEOPLE

SLUG = "netralitas-asn"


def count(model: type) -> int:
    """How many rows a table has."""
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_every_attempt_regrades_to_its_grade(loaded: Flask) -> None:
    """Drawn and graded anew from what is stored, every attempt has the grade that is stored."""
    chosen: dict[object, dict[int, list[str]]] = {}
    for answer in db.session.scalars(select(Answer)):
        chosen.setdefault(answer.attempt_id, {})[answer.position] = answer.choice
    seen: dict[object, list[str]] = {}
    for attempt in db.session.scalars(select(Attempt).order_by(Attempt.number)):
        module = content.get_module(attempt.publication_id)
        met = seen.setdefault((attempt.learner_id, attempt.module_slug), [])
        paper = papers.draw(module.questions, module.quiz.blueprint, attempt.seed, met)
        met += [item.question_id for item in paper]
        grade = grading.grade(paper, chosen.get(attempt.id, {}), module.question_by_id, module.quiz)
        assert papers.written(paper) == attempt.paper
        assert (grade.score, grade.total) == (attempt.score, attempt.total)
        assert grading.is_pass(paper, grade, module.question_by_id, module.quiz) == attempt.passed
    assert count(Attempt) > PEOPLE / 2


def test_the_record_is_whole_and_in_order(loaded: Flask) -> None:
    """The ledger verifies, each stream goes forward in time, and each pact points at its own entry."""
    assert ledger.first_break() is None
    entries = db.session.scalars(select(LedgerEntry).order_by(LedgerEntry.stream, LedgerEntry.sequence)).all()
    for earlier, later in pairwise(entries):
        assert earlier.stream != later.stream or earlier.at <= later.at
    facts = {entry.hash: json.loads(entry.payload)["facts"] for entry in entries}
    for pact in db.session.scalars(select(Pact)):
        assert facts[pact.ledger_hash]["pact_id"] == str(pact.id)
        assert facts[pact.ledger_hash]["statement_sha256"] == pact.statement_sha256
        assert pacts.is_intact(pact.statement, pact.statement_sha256)
    assert not any(len(word) == 18 and word.isdigit() for entry in entries for word in entry.payload.split('"'))


def test_the_report_shows_a_year_of_work(loaded: Flask) -> None:
    """All are bound, about half are done with the first four circulars, and some are late by two of the seven."""
    issued = issued_in_order()
    first = figures_of([each for each in issued if each.module_slug == SLUG and not each.valid_months])
    assert PEOPLE == first.bound == figures_of(issued).bound
    assert 0.45 * PEOPLE <= first.certified <= 0.55 * PEOPLE
    assert ["254", "431"] == [each.number.split("/")[1] for each in issued if figures_of([each]).late]


def test_several_modules_are_studied_and_one_again(loaded: Flask) -> None:
    """Managers have a module of their own beside the main one, others a refresher; some have renewed what lapsed."""
    issued = {each.number.split("/")[1]: each for each in issued_in_order()}
    by_module = reports.picture(clock.today(), list(issued.values()), visible=EVERYTHING).by_module()
    assert {SLUG, "netralitas-pejabat", "netralitas-medsos"} == set(by_module)
    assert all(0 < figures.certified < figures.bound for figures in by_module.values())
    assert ["netralitas-asn"] == issued["431"].more_modules
    again = db.session.scalars(select(Enrolment.module_slug).where(Enrolment.round == 2)).all()
    renewed, bound = figures_of([issued["532"]]), figures_of([issued["112"]])
    assert 0 < renewed.certified < bound.certified
    assert {SLUG} == set(again)
    assert renewed.certified <= len(again)


def issued_in_order() -> Sequence[Directive]:
    """The directives that were issued, the earliest first."""
    query = select(Directive).where(Directive.issued_at.is_not(None)).order_by(Directive.issued_at)
    return db.session.scalars(query).all()


def figures_of(asking: Sequence[Directive]) -> Figures:
    """The total line of today's report on some directives."""
    return total(reports.picture(clock.today(), asking, visible=EVERYTHING).tally.values())


def test_one_circular_relies_on_a_phase_of_the_calendar(loaded: Flask) -> None:
    """Its results count until the end of it, as the calendar has it."""
    [directive] = [each for each in issued_in_order() if each.anchors]
    [election] = calendar.list_elections()
    assert max(phase.ended_on for phase in election.phases) == directive.valid_until
    assert [] == phases.list_shifts(directive)


def test_learning_agrees_with_the_learning_room(loaded: Flask) -> None:
    """Whoever has an attempt has done every part first, and a pact stands on a passed attempt."""
    for learner_id, slug in db.session.execute(select(Enrolment.learner_id, Enrolment.module_slug)):
        progress, tried = learning.progress_of(learner_id, slug), {"learner_id": learner_id, "module_slug": slug}
        has_tried = db.session.scalar(select(Attempt.id).filter_by(**tried).limit(1)) is not None
        assert progress.is_quiz_open or not has_tried
        assert 0 < len([part for part in progress.parts if part.is_done or part.is_begun])
    for pact in db.session.scalars(select(Pact)):
        attempt = db.session.get_one(Attempt, pact.attempt_id)
        since = learning.round_since(pact.account_id, pact.module_slug)
        assert (pact.account_id, pact.module_slug, True) == (attempt.learner_id, attempt.module_slug, attempt.passed)
        is_present = since is None or attempt.started_at >= since
        assert is_present == learning.has_ended_with(pact.account_id, pact.module_slug, pact.attempt_id)


def test_certificates_wait_for_their_paper(loaded: Flask) -> None:
    """Each pact has its certificate, numbered without a gap in each year, with a sound code and no PDF yet."""
    found = db.session.scalars(select(Certificate).order_by(Certificate.year, Certificate.sequence)).all()
    assert set(db.session.scalars(select(Pact.id))) == {each.pact_id for each in found}
    for year in {each.year for each in found}:
        numbers = [each.sequence for each in found if each.year == year]
        assert list(range(1, len(numbers) + 1)) == numbers
    for each in found:
        assert each.document_id is None
        assert codes.normalise(each.code) == each.code
        assert each.facts["is_demo"]
        assert each.facts["address"].endswith(each.code)


def test_every_role_can_sign_in(loaded: Flask, client: FlaskClient) -> None:
    """There is one account for each role, and its password opens the door; the ASN has not started."""
    accounts = {account.role: account for account in actions.accounts()}
    assert list(Role) == list(accounts)
    for account in accounts.values():
        answer = client.post("/masuk", data={"username": account.username, "password": account.password})
        assert 302 == answer.status_code
        client.post("/keluar")
    learner = db.session.scalars(select(Account).filter_by(username=accounts[Role.ASN].username)).one()
    assert learning.find_enrolment(learner.id, SLUG) is None


def test_the_demo_says_so_and_loads_once(loaded: Flask) -> None:
    """The installation calls itself a demo of the regency, holds whom it should, and refuses a second load."""
    assert (True, "Kabupaten Bukit Serawai") == (installation.is_demo(), installation.regency_name())
    assert PEOPLE == len(agencies.list_people_on(clock.today(), visible=EVERYTHING))
    before = count(Employee)
    with pytest.raises(rules.AlreadyInhabited):
        actions.load(SYSTEM, today=clock.today(), people=PEOPLE)
    assert before == count(Employee)


def test_commands_refuse_in_a_sentence(app: Flask) -> None:
    """Outside a demo there are no demo accounts, and without content there is no demo; exit status 1."""
    runner = app.test_cli_runner()
    for arguments, sentence in (
        (["demo", "accounts", "--json"], rules.NotADemo.sentence),
        (["demo", "load"], rules.NothingPublished.sentence),
    ):
        result = runner.invoke(args=arguments)
        assert (1, sentence) == (result.exit_code, result.stderr.strip())


def test_commands_load_and_tell(published: Flask) -> None:
    """`demo load` fills an empty installation once, `demo accounts --json` lists a working account per role."""
    published.config["SETTINGS"] = published.config["SETTINGS"].model_copy(update={"demo_people": 60})
    runner = published.test_cli_runner()
    assert 0 == runner.invoke(args=["demo", "load"]).exit_code
    assert 0 == runner.invoke(args=["demo", "load", "--if-empty"]).exit_code
    assert 1 == runner.invoke(args=["demo", "load"]).exit_code
    listed = json.loads(runner.invoke(args=["demo", "accounts", "--json"]).stdout)
    assert [role.value for role in Role] == [account["role"] for account in listed]
    assert all({"role", "username", "password", "name"} == set(account) for account in listed)

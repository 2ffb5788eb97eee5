"""What is looked up person by person is what is brought together for everybody, whatever a demand counts."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from elearn.agencies.models import Agency
from elearn.agencies.rules import EVERYTHING, Visible
from elearn.certificates import actions as certificates
from elearn.certificates import queries as issued
from elearn.core import clock, jobs
from elearn.core.db import db
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction
from elearn.directives.duties import Terms
from elearn.directives.models import Directive
from elearn.pact.models import Pact
from elearn.quiz.models import Attempt
from elearn.reports import progress, queries, roll
from tests.factories.agencies import a_unit, an_employee, an_opd
from tests.factories.directives import an_issued_directive
from tests.factories.pact import a_learner, a_pact, published_texts, who_passed

DAY = timedelta(days=1)
TERMS = [Terms(), Terms(credits_earlier=False), Terms(valid_months=2)]
"""Any result counts; only those after the issue; those of two months, which may be renewed for another one."""


@pytest.fixture
def offices(app: Flask) -> tuple[Agency, Agency]:
    """Two offices with people at every point, who signed long ago, lately and never."""
    published_texts()
    made = an_opd("dinkes"), an_opd("disdik")
    for opd in made:
        an_employee(a_unit(opd))
        with time_machine.travel(clock.now() - 75 * DAY):
            a_pact(agency=opd)
            _certified(opd)
        with time_machine.travel(clock.now() - 40 * DAY):
            a_learner(agency=opd)
            who_passed(agency=opd)
            _revoke(_certified(opd))
            _fail(a_pact(agency=opd))
    jobs.queue().flush()
    return made


def _certified(opd: Agency) -> Pact:
    pact = a_pact(agency=opd)
    jobs.perform("certificates.issue", str(pact.id))
    return pact


def _revoke(pact: Pact) -> None:
    certificate = issued.find_by_pact(pact.id)
    assert certificate is not None
    with time_machine.travel(clock.now() + 5 * DAY), transaction():
        certificates.revoke(SYSTEM, certificate_id=certificate.id, reason="Diterbitkan keliru")


def _fail(pact: Pact) -> None:
    """Let the quiz behind a pact no longer count as passed."""
    with transaction():
        db.session.get_one(Attempt, pact.attempt_id).passed = False


def test_an_office_by_itself_counts_as_it_does_among_all(offices: tuple[Agency, Agency]) -> None:
    """Of an agency, of what an officer may see, and person by person; by each directive, on several days."""
    directives = _directives()
    seen = set()
    for day in (clock.today() - back * DAY for back in (45, 20, 0)):
        for asking in (*([each] for each in directives), directives):
            whole = queries.picture(day, asking, visible=EVERYTHING)
            for opd in offices:
                below = frozenset(each for each in whole.tree.by_id if whole.tree.by_id[each].opd_id == opd.id)
                own = Visible(all=False, agency_ids=below)
                assert whole.tally[opd.id] == queries.picture(day, asking, visible=EVERYTHING, agency_id=opd.id).total
                assert whole.tally[opd.id] == queries.picture(day, asking, visible=own).total
                assert whole.tally[opd.id] == queries.picture(day, asking, visible=own, by={"person"}).total
            seen.add(whole.total)
    assert len(seen) > len(TERMS)


def test_many_are_not_looked_up_and_count_the_same(
    offices: tuple[Agency, Agency], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large part of a regency it is read what everybody did, and what others did is left out."""
    directives, day = _directives(), clock.today()

    def told(opd: Agency) -> tuple[Any, ...]:
        found = queries.picture(day, directives, visible=EVERYTHING, agency_id=opd.id, by={"person"})
        return found.people, roll.list_lines(day, directives, visible=EVERYTHING, agency_id=opd.id)

    one_by_one = [told(opd) for opd in offices]
    assert progress.are_looked_up(6)
    monkeypatch.setattr(progress, "FEW", 0)
    assert not progress.are_looked_up(6)
    assert one_by_one == [told(opd) for opd in offices]


def test_some_people_have_the_moments_they_have_among_all(offices: tuple[Agency, Agency]) -> None:
    """The lines of a page are lines of the whole list, also when the kept statement is asked about others."""
    directives, day = _directives(), clock.today()
    every = roll.list_lines(day, directives, visible=EVERYTHING)
    assert 4 <= len({line.standing for line in every})
    for some in (every[::2], every[1::2]):
        only = [line.person.employee_id for line in some]
        assert some == roll.list_lines(day, directives, visible=EVERYTHING, only=only)
        assert [] == roll.list_lines(day, directives, visible=Visible(all=False), only=only)


def _directives() -> list[Directive]:
    """One for each of the terms, in force for fifty days."""
    with time_machine.travel(clock.now() - 50 * DAY):
        return [
            an_issued_directive(deadline_on=clock.today() + 20 * DAY, terms=each, joiner_days=30) for each in TERMS
        ]

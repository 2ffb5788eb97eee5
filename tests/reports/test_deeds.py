"""What people did toward a demand by the end of a day: the same in lists, among all and looked up for some."""

from dataclasses import dataclass
from datetime import date, time, timedelta

import pytest
from flask import Flask

from elearn.accounts import activation
from elearn.agencies.models import Employee
from elearn.agencies.rules import EVERYTHING, Visible
from elearn.content import queries as content
from elearn.core import clock
from elearn.core.db import db
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction
from elearn.directives.duties import months_before
from elearn.directives.rules import Completion, Stage
from elearn.directives.rules import stage as furthest
from elearn.learning.models import Enrolment
from elearn.reports import queries, roll
from tests.factories.accounts import PASSWORD, an_account
from tests.factories.agencies import an_employee, an_opd
from tests.factories.calendar import morning_of
from tests.factories.directives import an_issued_directive
from tests.factories.pact import SLUG
from tests.factories.populations import TIMES, Letter, Life, Round, laid_down
from tests.reports.reference import reach_of

DAY = timedelta(days=1)
NOT_STARTED, LEARNING, PASSED, SIGNED, CERTIFIED = Stage
CREDITED, ANEW = Letter(), Letter(issued=50, credits_earlier=False)


@dataclass(frozen=True)
class Told:
    """What reports say of the one person of a regency."""

    completion: Completion
    stage: Stage
    is_late: bool
    is_stranger: bool


def told_on(day: date) -> Told:
    """What is said of her on a day, which is the same wherever she is read."""
    asking = queries.list_asking(day)
    [line] = roll.list_lines(day, asking, visible=EVERYTHING)
    assert [line] == roll.list_lines(day, asking, visible=EVERYTHING, only=[line.person.employee_id])
    [completion], [duty] = line.completions, line.obligations
    own = Visible(all=False, agency_ids=frozenset({line.person.agency_id}))
    reached = reach_of(line.person.account_id, duty.demand, clock.end_of(day))
    found = set()
    for visible in (EVERYTHING, own):
        picture = queries.picture(day, asking, visible=visible)
        [group] = picture.groups
        assert {duty.demand: reached} == group.reached
        found.add(
            Told(completion, group.reached[duty.demand].stage, bool(picture.total.late), bool(group.not_activated))
        )
    [told] = found
    assert (furthest(completion), line.standing.is_late) == (told.stage, told.is_late)
    return told


def stages(*backs: int) -> list[Stage]:
    """How far she was so many days ago."""
    return [told_on(clock.today() - back * DAY).stage for back in backs]


def history(*rounds: Round, asked: Letter = CREDITED, opened: tuple[int, time] | None = None) -> None:
    """Let one person have gone through the module so, and be asked for it."""
    laid_down([Life(rounds=rounds, opened=opened)], [asked])


@pytest.mark.parametrize("at", TIMES)
def test_a_deed_is_of_its_day_from_the_first_moment_to_the_last(app: Flask, at: time) -> None:
    """Midnight and the last microsecond at the regency, which has its own time."""
    history(Round(9, (1, 1, 1), at))
    assert [NOT_STARTED, LEARNING, PASSED, SIGNED, CERTIFIED, CERTIFIED] == stages(10, 9, 8, 7, 6, 0)


@pytest.mark.parametrize("at", TIMES)
def test_a_revoked_certificate_stood_until_its_day(app: Flask, at: time) -> None:
    """What was signed stays signed."""
    history(Round(9, (1, 1, 1), at, revoked_after=2))
    assert [SIGNED, CERTIFIED, CERTIFIED, SIGNED, SIGNED] == stages(7, 6, 5, 4, 0)


def test_a_quiz_that_no_longer_counts_as_passed_takes_pact_and_certificate_along(app: Flask) -> None:
    """Of no day are they results, not even of one on which the certificate stood; what was begun is begun."""
    history(Round(9, (1, 1, 1), is_failed_later=True, revoked_after=4))
    assert [LEARNING, LEARNING, LEARNING, LEARNING, LEARNING] == stages(9, 7, 6, 2, 0)
    assert Completion(started_at=told_on(clock.today()).completion.started_at) == told_on(clock.today()).completion


def test_of_two_pacts_the_later_one_counts_from_its_day(app: Flask) -> None:
    """Before that the first; so it is with what was begun, passed and certified."""
    history(Round(40, (0, 0, 0)), Round(9, (0, 0, 0)))
    for back, then in ((39, 40), (10, 40), (9, 9), (0, 9)):
        found = told_on(clock.today() - back * DAY).completion
        assert {clock.today() - then * DAY} == {
            clock.local(at).date()
            for at in (found.started_at, found.passed_at, found.signed_at, found.certified_at)
            if at
        }


@pytest.mark.parametrize(("steps", "expected"), [(0, LEARNING), (1, PASSED), (2, SIGNED), (3, CERTIFIED)])
def test_what_was_done_before_the_issue_counts_only_if_credited(app: Flask, steps: int, expected: Stage) -> None:
    """Not even of the last moment before it."""
    history(Round(51, (0,) * steps, TIMES[2]), Round(40, (0,) * steps), asked=ANEW)
    assert [NOT_STARTED, NOT_STARTED, expected] == stages(50, 41, 40)


def test_on_the_day_of_the_issue_everything_counts(app: Flask) -> None:
    """From its first moment."""
    history(Round(50, (0, 0, 0), TIMES[0]), asked=ANEW)
    assert [CERTIFIED, CERTIFIED] == stages(50, 0)


def test_a_certificate_is_as_old_as_its_pact(app: Flask) -> None:
    """One made after the issue of a pact from before does not count."""
    history(Round(51, (0, 0, 9)), asked=ANEW)
    assert [NOT_STARTED, NOT_STARTED] == stages(42, 0)


def test_a_result_that_lapses_is_renewed_in_peace_and_then_late(app: Flask) -> None:
    """It counts for a month of the calendar; for the days of a newcomer nobody is late; then she is."""
    history(Round(90, (0, 0, 0)), Round(9, (0, 0)), asked=Letter(valid_months=1))
    signed_on, today = clock.today() - 90 * DAY, clock.today()
    last = max(day for day in (signed_on + n * DAY for n in range(40)) if months_before(day, 1) <= signed_on)
    peace = max(day for day in (last + n * DAY for n in range(40)) if months_before(day, 1) <= signed_on + 14 * DAY)
    found = [told_on(day) for day in (last, last + DAY, peace, peace + DAY, today - 10 * DAY, today - 9 * DAY)]
    assert [CERTIFIED, NOT_STARTED, NOT_STARTED, NOT_STARTED, NOT_STARTED, SIGNED] == [told.stage for told in found]
    assert [False, False, False, True, True, False] == [told.is_late for told in found]


def test_who_never_signed_has_nothing_to_renew(app: Flask) -> None:
    """Nor has who passed and did not sign."""
    history(Round(90, (0,)), asked=Letter(valid_months=1))
    assert [True, True] == [told_on(clock.today() - back * DAY).is_late for back in (80, 55)]


def test_what_is_done_toward_another_module_is_nothing_here(app: Flask) -> None:
    """Nor what another person does."""
    history()
    account_id = db.session.scalars(db.select(Employee)).one().account_id
    begun = {"publication_id": content.current_module(SLUG)[0].id, "started_at": clock.now() - DAY}
    with transaction():
        db.session.add(Enrolment(learner_id=account_id, module_slug="lain", **begun))
        db.session.add(Enrolment(learner_id=an_account().id, module_slug=SLUG, **begun))
    assert [NOT_STARTED] == stages(0)


@pytest.mark.parametrize("at", TIMES)
def test_an_account_is_unopened_until_the_day_it_was_opened(app: Flask, at: time) -> None:
    """Seen from a later day."""
    history(opened=(3, at))
    assert [True, True, False, False] == [told_on(clock.today() - back * DAY).is_stranger for back in (9, 4, 3, 0)]


def test_an_account_never_opened_is_unopened_every_day(app: Flask) -> None:
    """Whatever was laid down for her by others."""
    history(Round(9, (1, 1)))
    assert [True, True] == [told_on(clock.today() - back * DAY).is_stranger for back in (9, 0)]


def test_an_account_opened_once_stays_opened_when_the_password_is_set_anew(app: Flask) -> None:
    """Who forgot it and got another code was no stranger in the days between."""
    today, opd = clock.today(), an_opd()
    with morning_of(today - 9 * DAY):
        learner = an_employee(opd)
        an_issued_directive(opd)
        _activate(learner)
    with morning_of(today - 2 * DAY):
        _activate(learner)
    assert [False, False, False] == [told_on(today - back * DAY).is_stranger for back in (9, 3, 2)]


def _activate(learner: Employee) -> None:
    with transaction():
        code = activation.issue_code(SYSTEM, account_id=learner.account_id)
    with transaction():
        activation.activate(username=learner.nip, code=code, password=PASSWORD, address="127.0.0.1")

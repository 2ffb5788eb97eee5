"""What later circulars brought about: one thing after the other, and the main module again only where it lapsed."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from elearn.content import source
from elearn.content.models import Publication
from elearn.content.modules import Module
from elearn.demo import fates, journeys, regency, sequels
from elearn.demo.circulars import LATER, LEADERS, MAIN, PHONES, Circular
from elearn.demo.ground import Course, Ground
from elearn.demo.journeys import Journey
from elearn.directives import duties
from tests.demo.conftest import PEOPLE, TODAY

ZONE = ZoneInfo("Asia/Jakarta")


@pytest.fixture(scope="module")
def ground(files: source.Source) -> Ground:
    """A small regency where everything is published."""
    pacts = {pact.slug: pact for pact in files.pacts}
    modules = [module for module in files.modules if module.slug in (MAIN, LEADERS, PHONES)]
    courses = {each.slug: Course(Publication(), each, Publication(), pacts[each.pact]) for each in modules}
    return Ground(regency.build(TODAY, PEOPLE), TODAY, ZONE, courses)


@pytest.fixture(scope="module")
def first(ground: Ground) -> list[Journey]:
    """The journeys through the main module."""
    lots = fates.lots(ground.regency, TODAY, done=ground.holders.done)
    return [found for lot in lots if (found := journeys.journey(lot, ground.module, ZONE))]


@pytest.fixture(scope="module")
def later(ground: Ground, first: list[Journey]) -> list[Journey]:
    """What followed them."""
    return sequels.walked(ground, first)


def circular_of(journey: Journey) -> Circular:
    """The circular that a later journey obeys."""
    return next(each for each in LATER if journey.lot.key.endswith(f"/{each.register}"))


def day_of(journey: Journey) -> date:
    """The local day on which a journey began."""
    return journey.started_at.astimezone(ZONE).date()


def test_every_later_circular_is_followed_by_some_it_binds(later: list[Journey]) -> None:
    """Each has those who are done and those on the way; nobody follows one that does not bind him."""
    for circular in LATER:
        followed = [each for each in later if circular_of(each) is circular]
        assert any(each.deed for each in followed)
        assert all(circular.binds(each.lot.person.stays[-1]) for each in followed)
        assert {circular.modules[0]} == {each.slug for each in followed}
    assert any(not each.deed for each in later)


def test_one_thing_is_done_after_the_other(first: list[Journey], later: list[Journey]) -> None:
    """A later journey begins after the circular's issue and after the person was done with what came before."""
    by_nip: dict[str, list[Journey]] = {}
    for journey in (*first, *later):
        by_nip.setdefault(journey.lot.person.nip, []).append(journey)
    assert any(len(each) > 2 for each in by_nip.values())
    for before, after in (pair for each in by_nip.values() for pair in pairwise(each)):
        last_day = before.ended_at.astimezone(ZONE).date() if before.ended_at else before.lot.last_day
        assert last_day < day_of(after)
        assert circular_of(after).issued_on(TODAY) <= day_of(after) <= after.lot.last_day < TODAY


def test_only_what_lapsed_is_done_again(first: list[Journey], later: list[Journey], ground: Ground) -> None:
    """A second round follows results older than the circular allows; its attempts are numbered on."""
    before = {each.lot.person.nip: each for each in first}
    again = [each for each in later if each.round == 2]
    assert again
    for journey in again:
        earlier, months = before[journey.lot.person.nip], circular_of(journey).valid_months
        assert (MAIN, MAIN) == (earlier.slug, journey.slug)
        assert months is not None
        assert earlier.ended_at is not None
        assert earlier.ended_at.astimezone(ZONE).date() < duties.months_before(TODAY, months)
        numbers = [sitting.number for each in (earlier, journey) for sitting in each.sittings]
        assert list(range(1, len(numbers) + 1)) == numbers
        assert not journey.readings
    assert all(each.round == 1 for each in later if each not in again)


def test_a_fresh_result_needs_no_renewal(first: list[Journey], ground: Ground) -> None:
    """Who signed within the months that count is not asked again."""
    old = next(each for each in first if each.lot.person == ground.holders.hr)
    began_on = TODAY - timedelta(days=80)
    lot = replace(old.lot, first_day=began_on, last_day=began_on + timedelta(days=20))
    fresh = journeys.journey(lot, ground.module, ZONE)
    assert fresh is not None
    assert [2] == [each.round for each in sequels.walked(ground, [old])]
    assert [] == sequels.walked(ground, [fresh])


def test_without_the_other_modules_nobody_studies_them(ground: Ground, first: list[Journey], module: Module) -> None:
    """A regency whose authors withdrew them has the renewal alone."""
    alone = Ground(ground.regency, TODAY, ZONE, {MAIN: ground.courses[MAIN]})
    assert {module.slug} == {each.slug for each in sequels.walked(alone, first)}

"""The simulated year: how far people came, in time, by the rules of the quiz and along the paths of the stories."""

from collections import Counter
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from elearn.content.modules import Module
from elearn.demo import fates, journeys, regency
from elearn.demo.circulars import CIRCULARS
from elearn.demo.fates import Fate, Lot
from elearn.demo.journeys import Journey
from elearn.demo.sittings import Sitting, weaknesses
from elearn.quiz import grading, papers
from elearn.quiz import rules as quiz
from elearn.scenarios import rules as scenarios

TODAY = date(2026, 11, 21)
ZONE = ZoneInfo("Asia/Jakarta")


@pytest.fixture(scope="module")
def lots() -> list[Lot]:
    """Everybody's lot in the whole regency."""
    return fates.lots(regency.build(TODAY), TODAY)


@pytest.fixture(scope="module")
def walked(lots: list[Lot], module: Module) -> list[Journey]:
    """The journeys of every tenth person."""
    found = (journeys.journey(lot, module, ZONE) for lot in lots[::10])
    return [journey for journey in found if journey]


def sittings_of(walked: list[Journey]) -> list[tuple[Journey, Sitting]]:
    """Each attempt with its journey."""
    return [(journey, sitting) for journey in walked for sitting in journey.sittings]


def test_about_half_are_done(lots: list[Lot]) -> None:
    """48 to 52 % have signed; the others are on the way or have not started."""
    reached = Counter(lot.fate for lot in lots if lot.person.left_on is None)
    assert 0.48 <= reached[Fate.DONE] / 4000 <= 0.52
    assert 0.18 <= reached[Fate.NOT_STARTED] / 4000 <= 0.22
    assert all(reached[fate] > 100 for fate in Fate)


def test_one_circular_is_overdue(lots: list[Lot]) -> None:
    """Of the two circulars whose deadline has passed, one was followed by all and the other was not."""
    past = [circular for circular in CIRCULARS if circular.deadline_on(TODAY) < TODAY]
    serving = [lot for lot in lots if lot.person.left_on is None]
    late = [sum(c.binds(lot.person.stays[-1]) and lot.fate < Fate.DONE for lot in serving) for c in past]
    assert 4 == len(CIRCULARS)
    assert 0 == late[0]
    assert 30 < late[1] < 150


def test_a_circular_is_issued_before_it_is_due() -> None:
    """Issue and deadline fall on working days, the deadline later."""
    for circular in CIRCULARS:
        issued_on, deadline_on = circular.issued_on(TODAY), circular.deadline_on(TODAY)
        assert max(issued_on.weekday(), deadline_on.weekday()) < 5
        assert issued_on < deadline_on
        assert circular.number(TODAY).endswith(str(issued_on.year))


def test_everything_happens_in_its_days_and_in_order(walked: list[Journey]) -> None:
    """Nobody acts before being bound or after yesterday, and each act follows the one before."""
    for journey in walked:
        acts = [journey.started_at, *(reading.at for reading in journey.readings)]
        acts += [sitting.started_at for sitting in journey.sittings]
        acts += [journey.deed.signed_at, journey.deed.certified_at] if journey.deed else []
        assert acts == sorted(acts)
        assert journey.lot.first_day <= acts[0].astimezone(ZONE).date()
        assert acts[-1].astimezone(ZONE).date() <= journey.lot.last_day < TODAY


def test_fates_are_lived_out(walked: list[Journey], module: Module) -> None:
    """Who is done has passed at last and signed; who struggles has read everything and not passed."""
    for journey in walked:
        outcomes = [sitting.passed for sitting in journey.sittings]
        done = {reading.lesson_id for reading in journey.readings}
        done |= {playing.scenario_id for playing in journey.playings if playing.ending is not None}
        required = {part.id for part in module.parts if not part.optional}
        assert (journey.lot.fate > Fate.LEARNING) == (required <= done)
        assert (journey.lot.fate > Fate.QUIZ) == any(outcomes)
        assert not any(outcomes[:-1])
        assert len(outcomes) <= module.quiz.attempts
        assert (journey.lot.fate == Fate.DONE) == (journey.deed is not None)


def test_papers_and_grades_are_the_quiz_rooms_own(walked: list[Journey], module: Module) -> None:
    """Each paper is drawn by its seed, each grade follows from the answers, each pause is kept."""
    for journey, sitting in sittings_of(walked):
        seen = [item.question_id for s in journey.sittings[: sitting.number - 1] for item in s.paper]
        assert papers.draw(module.questions, module.quiz.blueprint, sitting.seed, seen) == sitting.paper
        answers = {reply.position: reply.answer for reply in sitting.replies}
        grade = grading.grade(sitting.paper, answers, module.question_by_id, module.quiz)
        assert grade == sitting.grade
        assert grading.is_pass(sitting.paper, grade, module.question_by_id, module.quiz) == sitting.passed
        earlier = [quiz.Sitting(s.submitted_at, s.passed) for s in journey.sittings[: sitting.number - 1]]
        assert quiz.may_start(earlier, module.quiz, sitting.started_at)


def test_answers_are_saved_in_time(walked: list[Journey], module: Module) -> None:
    """Every answer is saved after the start and before the time is up; the clock closes late attempts only."""
    for _, sitting in sittings_of(walked):
        saved = [reply.at for reply in sitting.replies]
        assert [sitting.started_at, *saved] == sorted([sitting.started_at, *saved])
        assert saved[-1] <= sitting.due_at
        is_late = sitting.submitted_at >= quiz.closes_at(sitting.due_at, module.quiz)
        assert ("clock" if is_late else "learner") == sitting.closed_by


def test_stories_are_played_along_their_paths(walked: list[Journey], module: Module) -> None:
    """The choices of each play lead from the first scene to where it ended."""
    for playing in (playing for journey in walked for playing in journey.playings):
        scenario = module.scenario_by_id[playing.scenario_id]
        choices = [move.choice for move in playing.moves]
        walk = scenarios.walk(scenario, playing.seed, choices)
        assert [passage.scene.id for passage in walk.passages] == [move.scene for move in playing.moves]
        assert playing.ending == (walk.scene.id if walk.scene.ending else None)


def test_offices_misunderstand_different_topics(module: Module) -> None:
    """Each perangkat daerah has weak topics of its own, so that a risk map has something to show."""
    weak = {office.code: frozenset(weaknesses(office.code, module)) for office in regency.build(TODAY, 40).offices}
    assert 5 < len(set(weak.values()))


def test_the_year_is_the_same_each_time(walked: list[Journey], lots: list[Lot], module: Module) -> None:
    """Two simulations of one person are equal."""
    again = {lot.person.nip: lot for lot in fates.lots(regency.build(TODAY), TODAY)}
    for journey in walked[::20]:
        assert journey == journeys.journey(again[journey.lot.person.nip], module, ZONE)
    assert len(lots) == len(again)
    assert all(lot.last_day - lot.first_day >= timedelta(days=7) for lot in lots if lot.fate)

"""The unusual sittings of the demo: sound ones, only taken otherwise."""

from dataclasses import replace
from datetime import UTC

from elearn.content.modules import Module
from elearn.demo import fates, journeys, oddities, regency
from elearn.demo.journeys import Journey
from elearn.quiz import grading
from tests.demo.conftest import PEOPLE, TODAY


def walked(module: Module) -> list[Journey]:
    """The journeys of a small regency."""
    lots = fates.lots(regency.build(TODAY, PEOPLE), TODAY)
    return [found for lot in lots if (found := journeys.journey(lot, module, UTC))]


def test_a_few_take_the_quiz_unusually_and_all_others_as_before(module: Module) -> None:
    """Two pass in less than a minute or so, and two answer one paper alike; each grade follows from the answers."""
    before = walked(module)
    after, twins = oddities.among(before)
    changed = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    assert twins is not None
    assert 3 == len(changed)
    for one, other in changed:
        [old], [new] = one.sittings, other.sittings
        assert old.submitted_at == new.submitted_at
        assert new.started_at <= new.replies[0].at <= new.replies[-1].at <= new.submitted_at <= new.due_at
        answers = {reply.position: reply.answer for reply in new.replies}
        assert new.grade == grading.grade(new.paper, answers, module.question_by_id, module.quiz)
    assert 2 == sum((j.sittings[0].submitted_at - j.sittings[0].started_at).total_seconds() < 60 for _, j in changed)
    assert twins.one.sittings[0].paper == twins.other.sittings[0].paper
    assert twins.one.lot.person.nip != twins.other.lot.person.nip


def test_the_clock_closes_the_last_attempt_of_somebody_at_least(module: Module) -> None:
    """Where nobody ran out of time, one who has not passed does so; what is cut short follows from its answers."""
    in_time = [each for each in walked(module) if all(sitting.closed_by == "learner" for sitting in each.sittings)]
    after = oddities.overrun(in_time, module)
    [(old, new)] = [(one, other) for one, other in zip(in_time, after, strict=True) if one != other]
    [*_, last] = new.sittings
    answers = {reply.position: reply.answer for reply in last.replies}
    assert ("clock", False) == (last.closed_by, last.passed)
    assert last.due_at <= last.submitted_at
    assert last.grade == grading.grade(last.paper, answers, module.question_by_id, module.quiz)
    assert replace(new, sittings=old.sittings) == old
    assert after == oddities.overrun(after, module)

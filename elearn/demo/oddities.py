"""Some people who took the quiz in an unusual way, so that the page of patterns has something to ask about; pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from elearn.content.modules import Module
from elearn.demo.journeys import Journey
from elearn.demo.sittings import Sitting
from elearn.quiz import grading
from elearn.quiz import rules as quiz

_HURRIED = 2
"""So many people pass faster than anybody reads."""
_SECONDS_EACH = 2.5
_SLIPS = 2
"""Equal mistakes that make two equal papers worth asking about."""


@dataclass(frozen=True, slots=True)
class Twins:
    """Two people who answered one paper alike, from one device."""

    one: Journey
    other: Journey


def among(journeys: Sequence[Journey]) -> tuple[list[Journey], Twins | None]:
    """The journeys, a few of them made unusual, and the two people who answered alike if there are such."""
    plain = [each for each in journeys if each.deed and len(each.sittings) == 1]
    changed = {id(each): _hurried(each) for each in plain[-_HURRIED:]}
    twins = _twins(plain[:-_HURRIED])
    if twins is not None:
        changed[id(twins[1])] = twins[2]
    found = [changed.get(id(each), each) for each in journeys]
    return found, Twins(twins[0], twins[2]) if twins else None


def overrun(journeys: Sequence[Journey], module: Module) -> list[Journey]:
    """The journeys, in which the clock closed the last attempt of somebody who has not passed; made so if need be."""
    failed = [each for each in journeys if each.sittings and not each.sittings[-1].passed]
    if not failed or any(each.sittings[-1].closed_by == "clock" for each in failed):
        return list(journeys)
    return [_cut_short(each, module) if each is failed[-1] else each for each in journeys]


def _cut_short(journey: Journey, module: Module) -> Journey:
    """The same with only half of the last answers given when the time was up."""
    *before, last = journey.sittings
    replies = last.replies[: len(last.replies) // 2]
    answers = {reply.position: reply.answer for reply in replies}
    closed = replace(
        last,
        replies=replies,
        submitted_at=quiz.closes_at(last.due_at, module.quiz),
        closed_by="clock",
        grade=grading.grade(last.paper, answers, module.question_by_id, module.quiz),
    )
    return replace(journey, sittings=(*before, closed))


def _hurried(journey: Journey) -> Journey:
    """The same answers, given in a minute at the end of the time they took."""
    [sitting] = journey.sittings
    duration = timedelta(seconds=_SECONDS_EACH * len(sitting.paper))
    return replace(journey, sittings=(_within(sitting, sitting, sitting.submitted_at - duration),))


def _twins(journeys: Sequence[Journey]) -> tuple[Journey, Journey, Journey] | None:
    """Somebody with some mistakes, a colleague of hers, and the colleague had he answered her paper as she did."""
    for one in journeys:
        wrong = sum(mark == 0 for mark in one.sittings[0].grade.marks)
        colleagues = (each for each in journeys if each is not one and _office(each) == _office(one))
        if wrong >= _SLIPS and (other := next(colleagues, None)):
            told = _within(one.sittings[0], other.sittings[0], other.sittings[0].started_at)
            return one, other, replace(other, sittings=(told,))
    return None


def _office(journey: Journey) -> str:
    return journey.lot.person.stays[-1].office_code


def _within(model: Sitting, place: Sitting, started_at: datetime) -> Sitting:
    """The paper and the answers of one sitting, given between an instant and the end of another."""
    speed = (place.submitted_at - started_at) / (model.submitted_at - model.started_at)
    replies = (replace(each, at=started_at + speed * (each.at - model.started_at)) for each in model.replies)
    return replace(
        model,
        number=place.number,
        started_at=started_at,
        due_at=started_at + (place.due_at - place.started_at),
        replies=tuple(replies),
        submitted_at=place.submitted_at,
        closed_by=place.closed_by,
    )

"""What people did after the main module, as later circulars asked: another module, or the same one again."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from elearn.demo import fates, journeys
from elearn.demo.circulars import LATER, Circular
from elearn.demo.ground import Ground
from elearn.demo.journeys import Journey
from elearn.directives import duties


def walked(ground: Ground, first: Sequence[Journey]) -> list[Journey]:
    """The journeys of those who had done the main module; each person takes one step at a time."""
    done = [journey for journey in first if journey.deed]
    free_on = {journey.lot.person.nip: _free_after(ground, journey) for journey in done}
    found: list[Journey] = []
    for circular in LATER:
        if ground.has_all(circular.modules):
            for journey in _followed(ground, circular, done, free_on):
                free_on[journey.lot.person.nip] = _free_after(ground, journey)
                found.append(journey)
    return found


def _followed(
    ground: Ground, circular: Circular, done: Sequence[Journey], free_on: dict[str, date]
) -> Iterator[Journey]:
    """The journeys that one circular brought about."""
    module, examples = ground.courses[circular.modules[0]].module, ground.holders.done
    for journey in done:
        person = journey.lot.person
        if circular.binds(person.stays[-1]) and not _counts_still(ground, circular, journey):
            is_done, earlier = person.nip in examples, journey.sittings if module.slug == journey.slug else ()
            lot = fates.later_lot(circular, person, ground.today, since=free_on[person.nip], is_done=is_done)
            if another := journeys.journey(lot, module, ground.zone, earlier):
                yield another


def _counts_still(ground: Ground, circular: Circular, journey: Journey) -> bool:
    """Whether what somebody did is all that a circular asks for, being young enough."""
    if circular.valid_months is None or circular.modules[0] != journey.slug or journey.ended_at is None:
        return False
    lapsed_on = duties.months_before(ground.today, circular.valid_months)
    return journey.ended_at.astimezone(ground.zone).date() >= lapsed_on


def _free_after(ground: Ground, journey: Journey) -> date:
    """The day after somebody was done, or after the last days of who is not."""
    ended_at = journey.ended_at
    ended_on = ended_at.astimezone(ground.zone).date() if ended_at else journey.lot.last_day
    return ended_on + timedelta(days=1)

"""Since when somebody serves without a break, as a column of a statement over Employee and Placement."""

from datetime import date
from typing import Any

from sqlalchemy import case, exists, func, or_, select
from sqlalchemy.orm import aliased

from elearn.agencies.models import Agency, Employee, Placement, Succession


def since(*, is_of_opd: bool, after: date | None = None) -> Any:
    """The first day of the unbroken stays that lead to the present placement, of its OPD or of all.

    To be handed over in a reorganisation breaks nothing: who was there before has not come anew.
    With `after` a day up to then is null, and whoever has stayed in one place since then costs nothing.
    """
    stay, before = aliased(Placement), aliased(Placement)
    unbroken = exists().where(before.employee_id == stay.employee_id, before.ended_on == stay.started_on)
    query = select(func.max(stay.started_on)).where(
        stay.employee_id == Employee.id, stay.started_on <= Placement.started_on
    )
    if is_of_opd:
        place, former = aliased(Agency), aliased(Agency)
        same = former.opd_id.is_not_distinct_from(place.opd_id)
        to_heir = Succession.former_id == former.id, Succession.successor_id == place.id
        handed_over = exists().where(*to_heir, Succession.on == stay.started_on).correlate(former, place, stay)
        unbroken = unbroken.where(before.agency_id == former.id, or_(same, handed_over))
        query = query.join(place, place.id == stay.agency_id)
    found = query.where(~unbroken)
    if after is None:
        return found.scalar_subquery()
    return case((Placement.started_on > after, found.where(stay.started_on > after).scalar_subquery()))

"""Officers who answer for single units below an OPD: who is to be told of which, and how far those are."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from elearn.reminders import queries
from elearn.reminders.messages import Recipient
from elearn.reminders.rules import Rank
from elearn.reports.queries import Picture

Told = Mapping[UUID, Collection[UUID]]
"""By account, the agencies of whose figures somebody is told already."""


def list_behind(picture: Picture, *, percent: int, told: Told) -> list[tuple[Recipient, list[Rank]]]:
    """Each officer with those of her units, the lowest first, where fewer than so many percent are done.

    A unit inside another agency of which she is told stands in its figures and is left out.
    """
    kept = _kept_units()
    wanted = {unit_id for units in kept.values() for unit_id in units}
    behind = {rank.agency_id: rank for rank in _ranks(picture, wanted) if rank.is_behind(percent)}
    found = (
        (who, _outermost(units & behind.keys(), told.get(who.account_id, ()), picture)) for who, units in kept.items()
    )
    return [
        (who, sorted((behind[each] for each in units), key=lambda rank: (rank.share, rank.name)))
        for who, units in found
        if units
    ]


def _kept_units() -> dict[Recipient, set[UUID]]:
    """Who can be written to, and the units of each."""
    kept: dict[Recipient, set[UUID]] = defaultdict(set)
    for unit_id, *who in queries.officers_of_units():
        kept[Recipient(*who)].add(unit_id)
    return kept


def _ranks(picture: Picture, wanted: Collection[UUID]) -> list[Rank]:
    """How far these units are, each with all below it; those where nobody is bound are left out."""
    done, bound = Counter[UUID](), Counter[UUID]()
    for agency_id, figures in picture.by(lambda group: group.agency_id).items():
        for unit_id in set(picture.tree.line(agency_id)).intersection(wanted):
            done[unit_id] += figures.done
            bound[unit_id] += figures.bound
    units = (picture.tree.by_id[unit_id] for unit_id in bound)
    return [Rank(each.id, each.name, done[each.id], bound[each.id]) for each in units]


def _outermost(units: Collection[UUID], told: Collection[UUID], picture: Picture) -> list[UUID]:
    """Those of the units that do not stand inside another of them, nor inside an agency told of already."""
    known = {*units, *told}
    return [each for each in units if known.isdisjoint(picture.tree.line(each)[:-1])]

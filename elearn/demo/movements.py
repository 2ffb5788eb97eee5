"""Who moved within the regency in the past year, and who came from another one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from elearn.agencies.rules import EmployeeKind
from elearn.demo.careers import months_before
from elearn.demo.offices import STEADY_OPD, offices
from elearn.demo.people import Person

_CIRCLES = {"sd": "sd", "smp": "smp", "tk": "tk", "puskesmas": "health", "rsud": "health", "labkes": "health"}
"""Kinds of place between which people with such a trade move; all others form one circle of offices."""


def move(random: Random, anchor: date, people: list[Person], count: int) -> list[Person]:
    """The same people, so many of whom came to their present office from another one in the past year."""
    circles: dict[str, list[str]] = {}
    for office in offices():
        if office.people and office.opd_code not in STEADY_OPD:
            circles.setdefault(_CIRCLES.get(office.staffing, "office"), []).append(office.code)
    circle_of = {code: codes for codes in circles.values() for code in codes}
    for number in _some(random, people, count):
        person = people[number]
        earlier = random.choice([code for code in circle_of[person.office_code] if code != person.office_code])
        people[number] = _moved(person, earlier, anchor - timedelta(days=random.randrange(5, 350)))
    return people


def _moved(person: Person, earlier_office: str, day: date) -> Person:
    (stay,) = person.stays
    return replace(
        person, stays=(replace(stay, office_code=earlier_office, ended_on=day), replace(stay, started_on=day))
    )


def bring_in(random: Random, anchor: date, people: list[Person], count: int) -> list[Person]:
    """The same people, so many of whom came from another regency in the past year."""
    for number in _some(random, people, count):
        (stay,) = people[number].stays
        started_on = months_before(anchor, random.randrange(1, 11))
        people[number] = replace(people[number], stays=(replace(stay, started_on=started_on),))
    return people


def _some(random: Random, people: Sequence[Person], count: int) -> list[int]:
    """Places in the list of so many PNS, if there are, who may move: no leaders, nobody who moved already."""
    movable = [
        number
        for number, person in enumerate(people)
        if person.kind == EmployeeKind.PNS
        and not person.is_leader
        and len(person.stays) == 1
        and person.opd_code not in STEADY_OPD
    ]
    return random.sample(movable, min(count, len(movable)))

"""Whom a target binds, listed by the database, is whom the rule binds, person by person."""

from typing import Any

import pytest
from flask import Flask

from elearn.agencies.models import Agency, Employee
from elearn.agencies.rules import EVERYTHING, EmployeeKind, PostGroup, Visible
from elearn.core import clock
from elearn.core.db import db
from elearn.directives import binding, roll
from elearn.directives.duties import Target
from tests.factories.agencies import a_unit, an_employee, an_instansi, an_opd
from tests.factories.directives import KINDS


class Office:
    """One OPD with a unit and another OPD, and people of several kinds and posts."""

    def __init__(self) -> None:
        self.root, self.opd, self.other = an_instansi(), an_opd(), an_opd()
        self.unit = a_unit(self.opd)
        self.head = an_employee(self.opd, post="Kepala Dinas", post_group=PostGroup.TOP, name="Kepala")
        self.clerk = an_employee(self.unit, post_group=PostGroup.GENERAL, name="Staf")
        self.teacher = an_employee(self.unit, kind=EmployeeKind.PPPK, name="Guru")
        self.stranger = an_employee(self.other, name="Orang Lain")


def named(target: Target, *, visible: Visible = EVERYTHING, search: str = "") -> list[str]:
    """The names that the database gives."""
    query = roll.bound(target, clock.today(), visible=visible, search=search)
    return [employee.name for employee, *_ in db.session.execute(query)]


def ids(*things: Agency | Employee) -> frozenset[Any]:
    """Their ids."""
    return frozenset(thing.id for thing in things)


def targets(office: Office) -> dict[str, tuple[Target, list[str]]]:
    """Targets of every kind, and whom each binds."""
    everybody = ["Guru", "Kepala", "Orang Lain", "Staf"]
    return {
        "all": (Target(ids(office.root), KINDS), everybody),
        "subtree": (Target(ids(office.opd), KINDS), ["Guru", "Kepala", "Staf"]),
        "kind": (Target(ids(office.root), frozenset({"PPPK"})), ["Guru"]),
        "group": (Target(ids(office.root), KINDS, frozenset({"jpt"})), ["Kepala"]),
        "but a unit": (
            Target(ids(office.root), KINDS, excepted_agencies=ids(office.unit)),
            ["Kepala", "Orang Lain"],
        ),
        "people": (Target(frozenset(), frozenset(), people=ids(office.clerk)), ["Staf"]),
        "and a person": (Target(ids(office.other), KINDS, people=ids(office.clerk)), ["Orang Lain", "Staf"]),
        "but a person": (Target(ids(office.other), KINDS, excepted_people=ids(office.stranger)), []),
    }


@pytest.mark.parametrize(
    "which", ["all", "subtree", "kind", "group", "but a unit", "people", "and a person", "but a person"]
)
def test_the_list_the_count_and_the_rule_agree(app: Flask, which: str) -> None:
    """For every part of a target."""
    target, expected = targets(Office())[which]
    assert expected == named(target)
    assert len(expected) == binding.count_bound_today(target)
    assert expected == [person.name for person in binding.list_bound_today(target)]


def test_the_list_is_searched_by_name_and_by_nip(app: Flask) -> None:
    """Part of a name, or how a NIP begins."""
    office = Office()
    everybody = Target(ids(office.root), KINDS)
    assert ["Kepala"] == named(everybody, search="epal")
    assert ["Guru"] == named(everybody, search=office.teacher.nip[:18])
    assert [] == named(everybody, search="100%")


def test_the_list_holds_only_who_is_in_sight(app: Flask) -> None:
    """An officer sees the people of the own office."""
    office = Office()
    sight = Visible(all=False, agency_ids=ids(office.other))
    assert ["Orang Lain"] == named(Target(ids(office.root), KINDS), visible=sight)


def test_people_are_recognised_by_nip(app: Flask) -> None:
    """In the order asked for, with name and unit; a strange number is not among them."""
    office = Office()
    found = roll.list_named([office.teacher.nip, "9" * 18, office.head.nip])
    assert [office.teacher.nip, office.head.nip] == list(found)
    assert f"{office.teacher.nip} – Guru, {office.unit.name}" == str(found[office.teacher.nip])

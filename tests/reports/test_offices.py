"""The agencies as they were on a day, by what was called what and stood below what."""

from datetime import date, timedelta

import pytest
from flask import Flask

from elearn.agencies.models import Agency, AgencyName
from elearn.agencies.rules import EVERYTHING, Visible
from elearn.core.db import db
from elearn.core.transaction import transaction
from elearn.reports import offices
from tests.factories.agencies import a_unit, an_instansi, an_opd

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


@pytest.fixture
def opd(app: Flask) -> Agency:
    """An OPD with a unit below a unit."""
    return an_opd("dinkes", "Dinas Kesehatan")


def test_who_stands_below_whom(opd: Agency) -> None:
    """The agency itself among them; a line runs from the root down."""
    unit = a_unit(opd)
    post, other = a_unit(unit), an_opd()
    found = offices.on(TODAY)
    assert {opd.id, unit.id, post.id} == found.below(opd.id)
    assert (an_instansi().id, opd.id, unit.id, post.id) == found.line(post.id)
    assert [opd.id, opd.id, other.id] == [found.by_id[each.id].opd_id for each in (opd, post, other)]
    assert found.by_id[an_instansi().id].opd_id is None


def test_who_serves_under_no_opd_is_told_so(opd: Agency) -> None:
    """By words and without a code."""
    found = offices.on(TODAY)
    assert (offices.NO_OPD, "") == (found.name(None), found.code(None))
    assert offices.NO_OPD == found.opd_name(an_instansi().id)
    assert ("Dinas Kesehatan", "dinkes") == (found.name(opd.id), found.code(opd.id))


def test_an_agency_bears_the_name_of_its_day(opd: Agency) -> None:
    """Before the first name on record it bore that one."""
    with transaction():
        for name, since in (("Kantor Kesehatan", TODAY - 9 * DAY), ("Dinas Kesehatan", TODAY)):
            db.session.add(AgencyName(agency_id=opd.id, name=name, since=since))
    told = [offices.on(TODAY - n * DAY).name(opd.id) for n in (20, 9, 1, 0)]
    assert ["Kantor Kesehatan", "Kantor Kesehatan", "Kantor Kesehatan", "Dinas Kesehatan"] == told


def test_the_opd_in_sight_are_those_that_were_open(opd: Agency) -> None:
    """By name; a closed one in the days before it closed."""
    later, _ = an_opd(name="Badan Baru", opened_on=TODAY), a_unit(opd)
    with transaction():
        db.session.get_one(Agency, opd.id).closed_on = TODAY
    assert ["Badan Baru"] == [each.name for each in offices.on(TODAY).opds(EVERYTHING)]
    assert ["Dinas Kesehatan"] == [each.name for each in offices.on(TODAY - DAY).opds(EVERYTHING)]
    assert [] == offices.on(TODAY - DAY).opds(Visible(all=False, agency_ids=frozenset({later.id})))


def test_both_ways_to_write_an_id_are_known(opd: Agency) -> None:
    """As text an id has hyphens in one database and none in the other."""
    found = offices.on(TODAY)
    assert [opd.id, opd.id] == [found.by_text[str(opd.id)].id, found.by_text[opd.id.hex].id]

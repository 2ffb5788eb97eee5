"""What people choose in the stories: first plays of groups, within sight, never of few people, never by name."""

from typing import Any

import pytest
from flask import Flask

from elearn.agencies.models import Agency, Employee
from elearn.agencies.rules import EVERYTHING, Visible
from elearn.authoring import stories
from elearn.content.models import Publication
from elearn.core import clock
from elearn.core.db import db
from elearn.core.permissions import Role
from elearn.scenarios import queries as scenarios
from tests.factories.agencies import an_employee, an_opd
from tests.factories.content import published_module
from tests.factories.learning import as_learner
from tests.factories.scenarios import a_play
from tests.factories.stories import a_story
from tests.statements import taken_by

SLUG, STORY = "netralitas-asn", "satu-jempol"
LIST, PAGE = "/laporan/cerita", "/materi/netralitas-asn/cerita/satu-jempol"
HIDDEN = "Angkanya tidak ditampilkan"


def played(agency: Agency, publication: Publication, *choices: str) -> Employee:
    """Somebody of an agency who made these choices in a first play."""
    employee = an_employee(agency)
    a_play(as_learner(employee), publication.id, choices=choices)
    return employee


@pytest.fixture
def publication(app: Flask) -> Publication:
    """A published module with the full story."""
    return published_module(scenarios=(a_story(),))


@pytest.fixture
def health(publication: Publication) -> Agency:
    """An office of six: four were safe at first, one was wrong, one has only begun."""
    opd = an_opd("dinkes", "Dinas Kesehatan")
    for _ in range(4):
        played(opd, publication, "maju", "tenang")
    played(opd, publication, "salah", "ragu")
    played(opd, publication)
    return opd


@pytest.fixture
def schools(publication: Publication) -> Agency:
    """An office of two."""
    opd = an_opd("disdik", "Dinas Pendidikan")
    for _ in range(2):
        played(opd, publication, "debat")
    return opd


def test_first_plays_are_counted_once_for_each_person(health: Agency, publication: Publication) -> None:
    """Whatever somebody tries when playing again says nothing about her first thought."""
    learner = as_learner(played(health, publication, "maju", "tenang"))
    a_play(learner, publication.id, choices=("salah", "ragu"))
    footfall = scenarios.list_footfalls(SLUG)[STORY]
    assert 7 == footfall.people
    expected = {("awal", "maju"): 5, ("awal", "salah"): 1, ("tengah", "tenang"): 5, ("tengah", "ragu"): 1}
    assert expected == footfall.choices


def test_a_new_version_begins_a_count_of_its_own(health: Agency) -> None:
    """Over all versions the first play counts; of one version, the first one in it."""
    newer = published_module(scenarios=(a_story(title="Satu jempol lagi"),))
    played(health, newer, "debat")
    assert 7 == scenarios.list_footfalls(SLUG)[STORY].people
    assert {("awal", "debat"): 1} == scenarios.list_footfalls(SLUG, publication_id=newer.id)[STORY].choices


def test_the_group_is_a_statement_of_the_database(health: Agency, schools: Agency) -> None:
    """Those of one office, those within sight, or everybody."""
    today, one = clock.today(), Visible(all=False, agency_ids=frozenset({schools.id}))
    assert stories.people_of(today, visible=EVERYTHING, agency=None) is None
    by_office = [stories.people_of(today, visible=EVERYTHING, agency=each) for each in (health, schools)]
    counts = [scenarios.list_footfalls(SLUG, accounts=each)[STORY].people for each in by_office]
    assert [6, 2] == counts
    assert (
        2 == scenarios.list_footfalls(SLUG, accounts=stories.people_of(today, visible=one, agency=None))[STORY].people
    )
    assert {} == scenarios.list_footfalls(SLUG, accounts=stories.people_of(today, visible=one, agency=health))


def test_the_page_shows_the_shares_in_the_graph_and_in_the_table(health: Agency, sign_in: Any) -> None:
    """Of five who decided in the first scene four were safe."""
    page = sign_in(Role.HR).get(PAGE).text
    expected = ("Aman · 80 %", "Melanggar · 20 %", ">80 %<", ">20 %<", "<strong>6 orang</strong>", "80 % pilihan")
    assert [] == [word for word in expected if word not in page]
    assert "Alur cerita Satu jempol" in page


def test_a_group_of_few_is_hidden(health: Agency, schools: Agency, sign_in: Any) -> None:
    """Neither the page nor the list shows figures of fewer than five people, and the page says why."""
    hr = sign_in(Role.HR)
    page = hr.get(f"{PAGE}?opd=disdik").text
    assert (True, False) == (HIDDEN in page, " %<" in page)
    assert "kurang dari 5 orang" in hr.get(f"{LIST}?opd=disdik").text
    assert HIDDEN not in hr.get(f"{PAGE}?opd=dinkes").text


def test_a_scene_that_few_came_to_is_hidden(publication: Publication, sign_in: Any) -> None:
    """Of six people only one went on: what she chose there stays hers."""
    opd = an_opd()
    for _ in range(5):
        played(opd, publication, "maju")
    played(opd, publication, "salah", "ragu")
    page = sign_in(Role.HR).get(PAGE).text
    assert ("Aman · 83 %" in page, "100 %" in page.replace('"100%"', "")) == (True, False)
    assert "Adegan yang diputuskan kurang dari 5 orang" in page


def test_nobody_is_named(health: Agency, sign_in: Any) -> None:
    """Neither by name nor by NIP."""
    for role in (Role.HR, Role.AUTHOR, Role.AUDITOR):
        browser = sign_in(role)
        for path in (PAGE, LIST):
            page = browser.get(path).text
            assert [] == [one for one in db.session.query(Employee) if one.nip in page or one.name in page]


def test_an_officer_sees_the_own_office_only(health: Agency, schools: Agency, sign_in: Any) -> None:
    """Without a filter the own people; somebody else's office does not exist."""
    officer = sign_in(Role.OPD_OFFICER, agency_id=health.id)
    assert "<strong>6 orang</strong>" in officer.get(PAGE).text
    assert HIDDEN in sign_in(Role.OPD_OFFICER, agency_id=schools.id).get(PAGE).text
    assert [200, 404] == [officer.get(f"{PAGE}?opd={code}").status_code for code in ("dinkes", "disdik")]
    assert [200, 404] == [officer.get(f"{LIST}?opd={code}").status_code for code in ("dinkes", "disdik")]
    assert "Dinas Pendidikan" not in officer.get(PAGE).text


def test_an_author_sees_the_whole_and_no_office(health: Agency, schools: Agency, sign_in: Any) -> None:
    """All people, one version if she asks for it, and no way to narrow it to an office."""
    author = sign_in(Role.AUTHOR)
    page = author.get(PAGE).text
    assert ("<strong>8 orang</strong>" in page, 'name="opd"' in page, 'name="terbitan"' in page) == (
        True,
        False,
        True,
    )
    assert 404 == author.get(f"{PAGE}?opd=dinkes").status_code
    published_module(scenarios=(a_story(title="Satu jempol lagi"),))
    assert (True, False) == tuple(HIDDEN in author.get(PAGE + query).text for query in ("?terbitan=ini", ""))


def test_one_version_of_one_office_cannot_be_asked_for(health: Agency, sign_in: Any) -> None:
    """The difference between two figures would be few people."""
    published_module(scenarios=(a_story(title="Satu jempol lagi"),))
    auditor = sign_in(Role.AUDITOR)
    assert 'name="terbitan"' not in auditor.get(f"{PAGE}?opd=dinkes").text
    assert "<strong>6 orang</strong>" in auditor.get(f"{PAGE}?opd=dinkes&terbitan=ini").text
    assert "<strong>6 orang</strong>" in sign_in(Role.HR).get(f"{PAGE}?terbitan=ini").text


@pytest.mark.parametrize("role", [Role.ASN, Role.ADMIN])
def test_others_do_not_see_the_figures(app: Flask, sign_in: Any, role: Role) -> None:
    """Neither those who play nor those who keep the machine."""
    browser = sign_in(role)
    assert {403} == {browser.get(path).status_code for path in (LIST, PAGE)}


def test_a_story_that_is_not_there_is_not_found(publication: Publication, sign_in: Any) -> None:
    """Unknown modules and unknown stories."""
    hr = sign_in(Role.HR)
    paths = ("/materi/entah/cerita/satu-jempol", "/materi/netralitas-asn/cerita/entah", f"{LIST}?opd=entah")
    assert {404} == {hr.get(path).status_code for path in paths}


def test_the_figures_are_found_from_report_and_module(health: Agency, sign_in: Any) -> None:
    """A link on the report for officers, one beside the story for authors, and both lead on."""
    assert LIST in sign_in(Role.HR).get("/laporan").text
    assert PAGE in sign_in(Role.AUTHOR).get("/materi/netralitas-asn").text
    listed = sign_in(Role.HR).get(f"{LIST}?opd=dinkes").text
    assert [] == [word for word in (f"{PAGE}?opd=dinkes", "80 % aman · 6 orang") if word not in listed]


def test_the_list_is_readable_before_anything_is_published(app: Flask, sign_in: Any) -> None:
    """An empty shelf says so."""
    assert "Belum ada cerita yang terbit." in sign_in(Role.HR).get(LIST).text


def test_the_pages_take_few_statements_however_many_people(
    health: Agency, publication: Publication, sign_in: Any
) -> None:
    """One for the figures of a module, besides who asks, what is published and which offices there are."""
    browser = sign_in(Role.HR)
    before = [taken_by(browser, path) for path in (PAGE, f"{PAGE}?opd=dinkes", LIST)]
    for _ in range(5):
        played(health, publication, "salah", "jelaskan")
    assert before == [taken_by(browser, path) for path in (PAGE, f"{PAGE}?opd=dinkes", LIST)]
    assert max(before) <= 6

"""A module on screen, walked from its first lesson to its quiz."""

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from elearn.calendar.rules import PhaseKind
from elearn.core import bahasa, clock
from elearn.core.permissions import Role
from elearn.learning import queries
from tests.factories.accounts import an_account
from tests.factories.calendar import an_election
from tests.factories.content import SLUG, published_module
from tests.factories.learning import a_passed_module, all_parts_done, as_learner
from tests.statements import taken_by


@pytest.fixture
def account(app: Flask) -> Any:
    """Somebody who studies a published module."""
    published_module()
    return an_account(Role.ASN)


@pytest.fixture
def browser(sign_in: Any, account: Any) -> FlaskClient:
    """Her browser."""
    return sign_in(account)


def test_a_module_takes_few_statements_however_far_she_is(account: Any, browser: FlaskClient) -> None:
    """Which version, what is done, her attempts; what binds her and what she was allowed; no more for each part."""
    before = taken_by(browser, f"/belajar/{SLUG}")
    all_parts_done(as_learner(account))
    assert before == taken_by(browser, f"/belajar/{SLUG}")
    assert before <= 11


def test_the_module_is_walked_part_by_part(browser: FlaskClient) -> None:
    """Ticking a lesson begins the story, the story leads back, the last lesson leads to the quiz."""
    assert "0 dari 3 bagian" in browser.get(f"/belajar/{SLUG}").text
    first = browser.post(f"/belajar/{SLUG}/lanjut").location
    assert f"/belajar/{SLUG}/pelajaran/mengapa-netral" == first
    assert "Bagian 1 dari 3" in browser.get(first).text
    story = browser.post(first).location
    assert story.startswith("/skenario/")
    browser.post(f"{story}/langkah/1", data={"choice": "salah"})
    second = browser.post(f"/belajar/{SLUG}/lanjut").location
    assert f"/belajar/{SLUG}/pelajaran/jejak-digital" == second
    assert f"/belajar/{SLUG}#kuis" == browser.post(second).location
    page = browser.get(f"/belajar/{SLUG}").text
    assert [] == [word for word in ("3 dari 3 bagian", "Mulai kuis") if word not in page]


def test_a_module_tells_the_phase_of_today(browser: FlaskClient) -> None:
    """What an act means depends on it; without an election nothing is said."""
    assert "Tahap hari ini" not in browser.get(f"/belajar/{SLUG}").text
    today = clock.today()
    an_election(PhaseKind.SILENCE, today, today)
    page = browser.get(f"/belajar/{SLUG}").text
    assert f'<a href="/kalender">masa tenang</a>, sampai {bahasa.tanggal(today)}.' in page


def test_a_lesson_lists_its_law(browser: FlaskClient) -> None:
    """Inline citations lead to an entry on the same page."""
    page = browser.get(f"/belajar/{SLUG}/pelajaran/mengapa-netral").text
    assert 'href="#rujukan-pp-94-2021-5-n"' in page
    assert 'id="rujukan-pp-94-2021-5-n"' in page
    assert "Berlaku sejak 31 Agustus 2021" in page


def test_the_quiz_is_refused_with_a_sentence_until_all_is_done(browser: FlaskClient, account: Any) -> None:
    """Then the button leads to its first question."""
    refused = browser.post(f"/belajar/{SLUG}/kuis")
    assert (422, True) == (refused.status_code, "Kuis terbuka setelah semua" in refused.text)
    all_parts_done(as_learner(account))
    assert browser.post(f"/belajar/{SLUG}/kuis").location.endswith("/soal/1")
    assert "Lanjutkan kuis" in browser.get(f"/belajar/{SLUG}").text


def test_a_passed_module_leads_to_the_pact(browser: FlaskClient, account: Any) -> None:
    """The result can be read again."""
    attempt = a_passed_module(as_learner(account))
    page = browser.get(f"/belajar/{SLUG}").text
    assert [] == [word for word in (f"/kuis/{attempt.id}/hasil", "Lanjut ke pakta") if word not in page]


def test_a_finished_story_can_be_played_again(browser: FlaskClient, account: Any) -> None:
    """From the module page, as a new play."""
    all_parts_done(as_learner(account))
    story = browser.post(f"/belajar/{SLUG}/skenario/satu-jempol").location
    assert "Sabtu sore" in browser.get(story).text


def test_a_story_is_kept_whole_and_played_later(browser: FlaskClient, account: Any) -> None:
    """Its page holds every scene and outcome and begins nothing; choices sent later begin and end the play."""
    address = f"/belajar/{SLUG}/skenario/satu-jempol"
    assert f"{address}/luring" in browser.get(f"/belajar/{SLUG}").text
    page = browser.get(f"{address}/luring")
    told = json.loads(page.text.partition("data-story>")[2].partition("</script>")[0])
    assert "Elearn-Keep" in page.headers
    assert all(f'data-scene="{scene}"' in page.text for scene in told["workings"]["scenes"])
    assert (address, []) == (told["way"]["story"], told["way"]["choices"])
    assert queries.find_enrolment(account.id, SLUG) is None
    deed = {"seed": told["way"]["seed"], "choice": "salah"}
    for _ in range(2):
        sent = browser.post(f"{address}/langkah/1", data=deed, headers={"Accept": "application/json"})
        assert (200, "Pilihan tersimpan.") == (sent.status_code, sent.json["sentence"])
    assert "Selesai" in browser.get(f"/belajar/{SLUG}").text
    refused = browser.post(f"{address}/langkah/1", data={**deed, "seed": "1"}, headers={"Accept": "application/json"})
    assert (409, True) == (refused.status_code, "Buka ceritanya" in refused.json["detail"])


def test_a_scene_names_the_page_that_stands_in_for_it(browser: FlaskClient) -> None:
    """While it has not ended, what the browser kept of it is out of date as soon as a choice is made."""
    address = f"/belajar/{SLUG}/skenario/satu-jempol"
    play = browser.post(address).location
    assert f"{address}/luring" == browser.get(play).headers["Elearn-Instead"]
    browser.post(f"{play}/langkah/1", data={"choice": "salah"})
    assert "Elearn-Instead" not in browser.get(play).headers


@pytest.mark.parametrize(
    "address",
    [
        "/belajar/x",
        "/belajar/x/pelajaran/y",
        f"/belajar/{SLUG}/pelajaran/satu-jempol",
        f"/belajar/{SLUG}/skenario/x/luring",
    ],
)
def test_what_does_not_exist_is_not_found(browser: FlaskClient, address: str) -> None:
    """Unknown modules and lessons; a story is no lesson."""
    assert 404 == browser.get(address).status_code


def test_looking_does_not_begin_the_module(browser: FlaskClient, account: Any) -> None:
    """Opening pages enrols nobody."""
    browser.get(f"/belajar/{SLUG}/pelajaran/mengapa-netral")
    assert queries.find_enrolment(account.id, SLUG) is None

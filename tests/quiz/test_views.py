"""The quiz on screen: one question a page, saved as it is answered, explained at the end."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from elearn.core.clock import now
from elearn.core.permissions import Role
from elearn.quiz import queries
from elearn.quiz.models import Attempt
from tests.factories.accounts import an_account
from tests.factories.content import published_module
from tests.factories.learning import all_parts_done, as_learner
from tests.factories.quiz import a_submitted_attempt, an_attempt

JSON = {"Accept": "application/json"}


@pytest.fixture
def account(app: Flask) -> Any:
    """Somebody who takes the quiz of a published module."""
    published_module()
    return an_account(Role.ASN)


@pytest.fixture
def attempt(account: Any) -> Attempt:
    """Her open attempt."""
    return an_attempt(as_learner(account), queries.content.find_current("module", "netralitas-asn").id)


@pytest.fixture
def browser(sign_in: Any, account: Any) -> FlaskClient:
    """Her browser."""
    return sign_in(account)


def test_a_question_offers_its_options(browser: FlaskClient, attempt: Attempt) -> None:
    """In the order of the paper, with the time left and the list of questions."""
    page = browser.get(f"/kuis/{attempt.id}/soal/1").text
    assert attempt.paper[0][1] == re.findall(r'name="choice" value="(\w)"', page)
    assert "Soal 1 dari 4" in page
    assert f'data-due="{attempt.due_at.isoformat()}"' in page


def test_an_answer_is_saved_and_shown(browser: FlaskClient, attempt: Attempt) -> None:
    """Next leads on; coming back shows the choice and when it was saved."""
    answer = browser.post(f"/kuis/{attempt.id}/soal/1", data={"choice": "b", "go": "next"})
    assert (302, f"/kuis/{attempt.id}/soal/2") == (answer.status_code, answer.location)
    page = browser.get(f"/kuis/{attempt.id}/soal/1").text
    assert re.search(r'value="b" checked', page)
    assert re.search(r"Tersimpan pukul \d\d\.\d\d\.", page)


def test_a_script_is_told_when_the_answer_was_saved(browser: FlaskClient, attempt: Attempt) -> None:
    """The sentence comes from the server, after the commit."""
    answer = browser.post(f"/kuis/{attempt.id}/soal/1", data={"choice": "a"}, headers=JSON)
    saved = queries.list_saved(attempt.id)[1]
    assert saved.saved_at.isoformat() == answer.json["saved_at"]
    assert re.fullmatch(r"Tersimpan pukul \d\d\.\d\d\.", answer.json["sentence"])


@pytest.mark.parametrize(
    ("go", "target"),
    [("next", "/soal/3"), ("previous", "/soal/1"), ("stay", "/soal/2"), ("list", ""), ("4", "/soal/4"), ("", "")],
)
def test_the_buttons_lead_where_they_say(browser: FlaskClient, attempt: Attempt, go: str, target: str) -> None:
    """A neighbour, the same page, the list, a named question; anything else leads to the list."""
    answer = browser.post(f"/kuis/{attempt.id}/soal/2", data={"choice": "a", "go": go})
    assert f"/kuis/{attempt.id}{target}" == answer.location


def test_going_on_without_an_answer_saves_nothing(browser: FlaskClient, attempt: Attempt) -> None:
    """A question may be left for later."""
    browser.post(f"/kuis/{attempt.id}/soal/1", data={"go": "next"})
    assert {} == queries.list_saved(attempt.id)


@pytest.mark.parametrize("headers", [{}, JSON])
def test_an_invented_option_gets_a_sentence(browser: FlaskClient, attempt: Attempt, headers: dict) -> None:
    """422 for people and scripts alike."""
    answer = browser.post(f"/kuis/{attempt.id}/soal/1", data={"choice": "z", "go": "next"}, headers=headers)
    assert (422, True) == (answer.status_code, "Pilih satu jawaban yang tersedia." in answer.text)


def test_a_script_that_answers_nothing_here_gets_a_sentence(browser: FlaskClient, attempt: Attempt) -> None:
    """Fields that name another position say nothing about this one, which ended in an error."""
    told = browser.post(f"/kuis/{attempt.id}/soal/1", data={"2.choice": "a"}, headers=JSON)
    assert (422, "Pilih satu jawaban yang tersedia.") == (told.status_code, told.get_json()["detail"])


@pytest.mark.parametrize("headers", [{}, JSON])
def test_a_late_answer_gets_a_sentence(browser: FlaskClient, attempt: Attempt, headers: dict) -> None:
    """It is not stored, and the page says that the others are."""
    with time_machine.travel(now() + timedelta(minutes=11), tick=True):
        answer = browser.post(f"/kuis/{attempt.id}/soal/1", data={"choice": "a", "go": "next"}, headers=headers)
    assert (422, True) == (answer.status_code, "Waktu kuis sudah habis." in answer.text)
    assert {} == queries.list_saved(attempt.id)


def test_the_list_names_what_is_unanswered(browser: FlaskClient, attempt: Attempt) -> None:
    """Before submitting, people see what is missing."""
    for position in (1, 3):
        browser.post(f"/kuis/{attempt.id}/soal/{position}", data={"choice": "a"})
    assert "Belum dijawab: soal 2 dan 4." in browser.get(f"/kuis/{attempt.id}").text


def test_time_up_leads_to_the_result(browser: FlaskClient, attempt: Attempt) -> None:
    """The question page gives way to the list, whose one button shows the result."""
    with time_machine.travel(now() + timedelta(minutes=11), tick=True):
        assert f"/kuis/{attempt.id}" == browser.get(f"/kuis/{attempt.id}/soal/1").location
        assert "Waktu kuis sudah habis." in browser.get(f"/kuis/{attempt.id}").text
        assert f"/kuis/{attempt.id}/hasil" == browser.post(f"/kuis/{attempt.id}/kumpulkan").location
        assert "ditutup karena waktu habis" in browser.get(f"/kuis/{attempt.id}/hasil").text


def test_the_result_before_submitting_is_the_list(browser: FlaskClient, attempt: Attempt) -> None:
    """No key is shown while answers can change."""
    assert f"/kuis/{attempt.id}" == browser.get(f"/kuis/{attempt.id}/hasil").location


def test_submitting_twice_shows_one_result(browser: FlaskClient, attempt: Attempt) -> None:
    """Both posts lead to the same page, and the attempt's other pages lead there too."""
    addresses = [browser.post(f"/kuis/{attempt.id}/kumpulkan").location for _ in range(2)]
    assert [f"/kuis/{attempt.id}/hasil"] * 2 == addresses
    assert addresses[0] == browser.get(f"/kuis/{attempt.id}").location


def test_a_passed_result_leads_to_the_pact(browser: FlaskClient, account: Any, attempt: Attempt) -> None:
    """Every question is explained with its law, and the next step is the pact."""
    a_submitted_attempt(as_learner(account), attempt.publication_id)
    page = browser.get(f"/kuis/{attempt.id}/hasil").text
    assert "Lulus" in page
    assert [4, 4] == [page.count("Begini penjelasannya"), page.count(">Benar<") or page.count(" Benar<")]
    assert 'href="/pakta/netralitas-asn"' in page


def test_a_failed_result_says_what_to_read_and_when_to_return(
    browser: FlaskClient, account: Any, attempt: Attempt
) -> None:
    """Weak topics link to their lessons; wrong answers stand beside the right ones."""
    a_submitted_attempt(as_learner(account), attempt.publication_id, right=0)
    page = browser.get(f"/kuis/{attempt.id}/hasil").text
    wanted = ("Belum lulus kali ini", "0 dari 4", "2 topik perlu dibaca lagi", "Percobaan berikutnya dapat dimulai")
    assert [] == [word for word in (*wanted, "Jawaban yang tepat", "/pelajaran/jejak-digital") if word not in page]


def test_after_the_wait_another_attempt_is_offered(browser: FlaskClient, account: Any, attempt: Attempt) -> None:
    """The button starts it."""
    all_parts_done(as_learner(account))
    a_submitted_attempt(as_learner(account), attempt.publication_id, right=0)
    with time_machine.travel(now() + timedelta(minutes=11), tick=True):
        assert "Coba lagi" in browser.get(f"/kuis/{attempt.id}/hasil").text
        assert "/soal/1" in browser.post("/belajar/netralitas-asn/kuis").location


def test_the_attempt_of_another_is_not_found(sign_in: Any, attempt: Attempt) -> None:
    """Every door of an attempt answers 404 to a stranger."""
    stranger = sign_in(an_account(Role.ASN))
    reads = [stranger.get(f"/kuis/{attempt.id}{rest}") for rest in ("", "/soal/1", "/hasil")]
    writes = [stranger.post(f"/kuis/{attempt.id}{rest}", data={"choice": "a"}) for rest in ("/soal/1", "/kumpulkan")]
    assert [404] * 5 == [answer.status_code for answer in (*reads, *writes)]

"""The pages of a running attempt: one question or five, what is marked, what is kept on a device."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from elearn.content.questions import Draw
from elearn.core.clock import now
from elearn.core.permissions import Role
from elearn.quiz import amending, queries
from elearn.quiz.models import Attempt
from tests.factories.accounts import an_account
from tests.factories.content import a_policy, a_question, published_module
from tests.factories.learning import as_learner
from tests.factories.quiz import an_attempt

JSON = {"Accept": "application/json"}
FIVE = a_policy(questions=7, blueprint=(Draw("dasar", 7),), per_page=5)


@pytest.fixture
def account(app: Flask) -> Any:
    """Somebody who takes a quiz of seven questions, five to a page."""
    published_module(questions=tuple(a_question(f"soal-{number}") for number in range(7)), quiz=FIVE)
    return an_account(Role.ASN)


@pytest.fixture
def attempt(account: Any) -> Attempt:
    """Her open attempt."""
    return an_attempt(as_learner(account), queries.content.find_current("module", "netralitas-asn").id)


@pytest.fixture
def browser(sign_in: Any, account: Any) -> FlaskClient:
    """Her browser."""
    return sign_in(account)


def saved(attempt: Attempt) -> dict[int, tuple[str, ...]]:
    """The answers that count."""
    return {place: each.choice for place, each in queries.list_saved(attempt.id).items()}


@pytest.mark.parametrize(("asked", "first", "last"), [(1, 1, 5), (4, 1, 5), (5, 1, 5), (6, 6, 7)])
def test_five_questions_stand_on_a_page(
    browser: FlaskClient, attempt: Attempt, asked: int, first: int, last: int
) -> None:
    """Whichever of them is asked for; each once, with ids of its own."""
    page = browser.get(f"/kuis/{attempt.id}/soal/{asked}").text
    assert [str(n) for n in range(first, last + 1)] == re.findall(r'data-position="(\d)"', page)
    assert f"Soal {first} sampai {last} dari 7" in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_page_of_five_is_answered_by_one_button(browser: FlaskClient, attempt: Attempt) -> None:
    """What is left out stays open, and the way leads to the next page."""
    data = {"1.choice": "a", "3.choice": "b", "5.choice": "c", "go": "6"}
    assert f"/kuis/{attempt.id}/soal/6" == browser.post(f"/kuis/{attempt.id}/soal/1", data=data).location
    assert {1: ("a",), 3: ("b",), 5: ("c",)} == saved(attempt)


def test_of_a_page_of_five_the_sound_answers_are_kept(browser: FlaskClient, attempt: Attempt) -> None:
    """The other one is named with its sentence."""
    answer = browser.post(f"/kuis/{attempt.id}/soal/1", data={"1.choice": "a", "2.choice": "z", "go": "6"})
    assert (422, True) == (answer.status_code, "Soal 2: Pilih satu jawaban yang tersedia." in answer.text)
    assert {1: ("a",)} == saved(attempt)


def test_the_buttons_of_a_page_send_fresh_keys(browser: FlaskClient, attempt: Attempt) -> None:
    """One for each question, and others the next time the page is opened."""
    pages = [browser.get(f"/kuis/{attempt.id}/soal/1").text for _ in range(2)]
    keys = [key for page in pages for key in re.findall(r'client_key" value="([\w-]{36})"', page)]
    assert 10 == len(keys) == len(set(keys))


def test_a_double_click_is_one_entry(browser: FlaskClient, attempt: Attempt) -> None:
    """The form carries the key."""
    for _ in range(2):
        browser.post(f"/kuis/{attempt.id}/soal/1", data={"1.choice": "a", "1.client_key": "k", "go": "6"})
    assert 1 == len(queries.history(attempt.id))


def test_a_button_marks_and_saves_and_stays(browser: FlaskClient, attempt: Attempt) -> None:
    """Without a script: the answer is not lost, the list says so, and the button now takes the mark away."""
    url = f"/kuis/{attempt.id}/soal/1"
    assert f"/kuis/{attempt.id}/soal/2" == browser.post(url, data={"2.choice": "b", "go": "mark.2"}).location
    assert {2: ("b",)} == saved(attempt)
    assert 'value="unmark.2"' in browser.get(url).text
    listed = browser.get(f"/kuis/{attempt.id}").text
    assert "Ditandai untuk diperiksa lagi: soal 2." in listed
    assert 'aria-label="2, sudah dijawab, ditandai untuk diperiksa lagi"' in listed
    browser.post(url, data={"go": "unmark.2"})
    assert frozenset() == queries.list_kept(attempt.id).marked


def test_a_script_marks_without_an_answer(browser: FlaskClient, attempt: Attempt) -> None:
    """And any number of times, as the queue of a device may."""
    for deed, wanted in (("mark", {4}), ("mark", {4}), ("unmark", set())):
        assert 200 == browser.post(f"/kuis/{attempt.id}/soal/4", data={"go": deed}, headers=JSON).status_code
        assert wanted == queries.list_kept(attempt.id).marked
    assert {} == saved(attempt)


def test_a_script_learns_how_it_stands(browser: FlaskClient, attempt: Attempt) -> None:
    """How far the answer goes, and until when there is time, minutes given back included."""
    amending.give_back(attempt.id, 15)
    queries.db.session.commit()
    told = browser.post(f"/kuis/{attempt.id}/soal/1", data={"choice": "a", "client_key": "k"}, headers=JSON).json
    due_at = queries.get_attempt(attempt.id, learner_id=attempt.learner_id).due_at
    assert ("done", due_at.isoformat()) == (told["state"], told["due_at"])
    assert 'data-due="' + due_at.isoformat() in browser.get(f"/kuis/{attempt.id}/soal/1").text


def test_an_answer_within_the_grace_is_said_to_be_late(browser: FlaskClient, attempt: Attempt) -> None:
    """To the script and on the page."""
    with time_machine.travel(attempt.due_at + timedelta(seconds=10), tick=True):
        told = browser.post(f"/kuis/{attempt.id}/soal/1", data={"choice": "a", "age": "15"}, headers=JSON).json
        assert told["sentence"].endswith("dalam masa tenggang.")
        assert told["sentence"] in browser.get(f"/kuis/{attempt.id}/soal/1").text


def test_a_device_has_a_mark_and_no_name(browser: FlaskClient, attempt: Attempt) -> None:
    """Sixteen hexadecimal digits, the same for the same device, others for another."""
    for agent in ("Ponsel/1", "Ponsel/1", "Meja/2"):
        browser.post(f"/kuis/{attempt.id}/soal/1", data={"choice": "a"}, headers={**JSON, "User-Agent": agent})
    first, again, other = (each.device for each in queries.history(attempt.id))
    assert first == again != other
    assert re.fullmatch("[0-9a-f]{16}", first)


@pytest.mark.parametrize("place", ["", "/soal/1"])
def test_pages_of_an_open_attempt_may_be_kept(browser: FlaskClient, attempt: Attempt, place: str) -> None:
    """By the device of its learner; those of a submitted one are asked for anew."""
    assert browser.get(f"/kuis/{attempt.id}{place}").headers["Elearn-Keep"]
    browser.post(f"/kuis/{attempt.id}/kumpulkan")
    assert "Elearn-Keep" not in browser.get(f"/kuis/{attempt.id}/hasil").headers


def test_the_time_is_told_calmly(browser: FlaskClient, attempt: Attempt) -> None:
    """In whole minutes, with the time of day until which it lasts."""
    with time_machine.travel(attempt.started_at + timedelta(seconds=61), tick=True):
        page = browser.get(f"/kuis/{attempt.id}/soal/1").text
    assert re.search(r"Sisa <span>9 menit</span>, sampai \d\d\.\d\d</p>", page)
    assert now() < attempt.due_at

"""The pages of a learner in English: chosen on the browser or on the account; what is kept stays Indonesian."""

import html
import json
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient

from config import ROOT
from elearn.accounts import activation
from elearn.accounts import queries as people
from elearn.content import queries as content
from elearn.core import clock, scripts
from elearn.core.db import db
from elearn.core.permissions import SYSTEM, Role
from elearn.core.transaction import transaction
from elearn.notices.models import Notice
from tests.factories.accounts import an_account, an_active_account
from tests.factories.agencies import an_employee
from tests.factories.content import published_module
from tests.factories.directives import an_issued_directive
from tests.factories.learning import as_learner
from tests.factories.pact import SLUG
from tests.factories.quiz import an_attempt

JSON = {"Accept": "application/json"}


def in_english(browser: FlaskClient) -> FlaskClient:
    """The browser of somebody who has chosen English on it."""
    browser.set_cookie("bahasa", "en")
    return browser


def test_a_stranger_signs_in_in_english(client: FlaskClient) -> None:
    """The page says its language and its sentences; a complaint does as well."""
    page = in_english(client).get("/masuk").text
    assert '<html lang="en"' in page
    assert all(each in page for each in ("Sign in", "Password", "I have forgotten my password", "Skip to content"))
    assert "Kata sandi" not in page.partition("<head>")[2]
    refused = client.post("/masuk", data={"username": "siapa", "password": "bukan sandi"})
    assert "The username and password do not match." in refused.text


def test_the_link_at_the_foot_changes_the_language_and_back(client: FlaskClient) -> None:
    """It leads back to where one was; a code that nobody speaks is not found."""
    answer = client.get("/bahasa/en?next=/masuk")
    assert (302, "/masuk") == (answer.status_code, answer.location)
    assert '<html lang="en"' in client.get("/masuk").text
    client.get("/bahasa/id")
    assert '<html lang="id"' in client.get("/masuk").text
    assert 404 == client.get("/bahasa/xx").status_code


def test_the_account_keeps_the_language_for_every_browser(app: Flask, sign_in: Any) -> None:
    """Chosen on the page of the account; another browser without a cookie follows."""
    account = an_account(Role.ASN)
    browser = sign_in(account)
    browser.post("/akun/bahasa", data={"language": "en"})
    assert "My account" in browser.get("/akun").text
    assert "en" == people.get_account(account.id).language
    browser.delete_cookie("bahasa")
    assert '<html lang="en"' in browser.get("/akun").text


def test_a_task_is_told_in_english(app: Flask, sign_in: Any) -> None:
    """What is asked, until when, and what comes next."""
    employee = an_employee()
    an_issued_directive(deadline_on=clock.today() + timedelta(days=5))
    page = in_english(sign_in(employee)).get("/").text
    expected = ("My tasks", "Required by", "in 5 days", "Take the quiz")
    assert [] == [each for each in expected if each not in page]
    assert "Tenggat" not in page


def test_a_module_and_its_lesson_are_told_in_english(app: Flask, sign_in: Any) -> None:
    """What is learned stays Indonesian and says so."""
    published_module()
    browser = in_english(sign_in(Role.ASN))
    assert "Sections" in browser.get(f"/belajar/{SLUG}").text
    lesson = browser.get(f"/belajar/{SLUG}/pelajaran/mengapa-netral").text
    assert "Mark as finished and continue" in lesson
    assert '<h1 lang="id">' in lesson


def test_a_question_and_its_result_are_told_in_english(app: Flask, sign_in: Any) -> None:
    """A script that saves an answer is told in English as well."""
    published_module()
    account = an_account(Role.ASN)
    publication, _ = content.current_module(SLUG)
    attempt, browser = an_attempt(as_learner(account), publication.id), in_english(sign_in(account))
    page = browser.get(f"/kuis/{attempt.id}/soal/1").text
    assert all(each in page for each in ("Question 1 of 4", "No answer saved yet.", "Mark for review"))
    told = browser.post(f"/kuis/{attempt.id}/soal/1", data={"choice": "b"}, headers=JSON).get_json()
    assert re.fullmatch(r"Saved at \d\d:\d\d\.", told["sentence"])
    browser.post(f"/kuis/{attempt.id}/kumpulkan")
    result = browser.get(f"/kuis/{attempt.id}/hasil").text
    assert all(each in result for each in ("Not passed this time", "Pass mark", "submitted on"))
    assert "Belum lulus" not in result


def test_certificates_are_listed_in_english(app: Flask, sign_in: Any) -> None:
    """Nothing yet, and why."""
    assert "You do not have a certificate yet" in in_english(sign_in(Role.ASN)).get("/sertifikat").text


def test_an_unknown_page_is_refused_in_english(app: Flask, sign_in: Any) -> None:
    """A page, and the problem that a script is told."""
    browser = in_english(sign_in(Role.ASN))
    assert "Page not found" in browser.get("/tidak-ada").text
    told = browser.get(f"/kuis/{UUID(int=0)}", headers=JSON).get_json()
    assert "What you are looking for is not here." == told["detail"]


def test_mail_made_by_an_english_visitor_stays_indonesian(app: Flask) -> None:
    """The request that makes it reads English; whoever gets it may not."""
    owner = an_active_account(email="pemilik@serawai.example")
    with app.test_request_context("/", headers={"Cookie": "bahasa=en"}), transaction():
        activation.issue_code(SYSTEM, account_id=owner.id)
    sent = db.session.scalars(db.select(Notice)).one()
    assert "kode aktivasi" in sent.body.lower()
    assert " pukul " in sent.body


def test_the_scripts_find_their_sentences_on_an_english_page_only(client: FlaskClient) -> None:
    """An Indonesian page carries none; every sentence of a script is on the list."""
    assert "data-words" not in client.get("/masuk").text
    page = in_english(client).get("/masuk").text
    carried = json.loads(html.unescape(re.search(r'data-words="([^"]*)"', page)[1]))  # type: ignore[index]
    assert "Link copied" == carried["Tautan tersalin"]
    assert {str(each) for each in scripts.SAID} == set(carried)
    code = "".join(path.read_text() for path in (ROOT / "elearn/static/js").glob("*.js"))
    asked = set(re.findall(r'(?:word|said)\("([^"]+)"', code))
    assert asked <= set(carried)

"""The help page answers by need, and whoever meets a hard spot or a refusal is led to it and to somebody."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from elearn.accounts import actions as accounts
from elearn.core import web
from elearn.core.offline import KEEP
from elearn.core.permissions import SYSTEM, Role
from elearn.core.transaction import transaction
from tests.factories.accounts import an_account
from tests.factories.agencies import an_employee, an_opd

STATUSES = (400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503)
LEAD = re.compile(r'href="/bantuan#([\w-]+)"')


def an_officer_of(opd: Any) -> str:
    """An officer of an OPD, by name."""
    officer = an_account(name="Hendra Wirawan", email="hendra@contoh.go.id", phone="081200000001")
    with transaction():
        accounts.grant(SYSTEM, account_id=officer.id, role=Role.OPD_OFFICER, agency_id=opd.id)
    return "Hendra Wirawan"


def test_strangers_read_it_without_anybodys_contact(client: FlaskClient) -> None:
    """Each entry of the list leads to an answer; no officer is named."""
    opd = an_opd()
    name = an_officer_of(opd)
    page = client.get("/bantuan").text
    listed = re.findall(r'<li><a href="#([\w-]+)"', page)
    assert {"aktivasi", "nip", "sandi", "sertifikat", "koneksi", "kuis", "pakta", "ponsel", "kontak"} <= set(listed)
    assert all(f'id="{anchor}"' in page for anchor in listed)
    assert name not in page


def test_an_employee_finds_the_officers_of_her_opd(app: Flask, sign_in: Any) -> None:
    """With an address and a number to touch, and not those of another OPD; her browser may keep the page."""
    opd, other = an_opd(), an_opd()
    name = an_officer_of(opd)
    answer = sign_in(an_employee(agency=opd)).get("/bantuan")
    assert name in answer.text
    assert 'href="mailto:hendra@contoh.go.id"' in answer.text
    assert 'href="tel:081200000001"' in answer.text
    assert answer.headers[KEEP]
    elsewhere = sign_in(an_employee(agency=other)).get("/bantuan").text
    assert name not in elsewhere
    assert "Belum ada pengelola kepegawaian" in elsewhere


def test_a_refusal_names_who_can_help(app: Flask, sign_in: Any) -> None:
    """A learner at a closed door reads who answers for her OPD; a stranger does not."""
    opd = an_opd()
    name = an_officer_of(opd)
    assert name in sign_in(an_employee(agency=opd)).get("/jejak-audit").text
    assert name not in app.test_client().get("/tidak-ada").text


@pytest.mark.parametrize("status", STATUSES)
def test_an_error_page_says_what_is_safe_and_what_next(app: Flask, status: int) -> None:
    """Four sentences: what it is, what happened, what is safe, what to do; and a way into the help page."""
    with app.test_request_context("/"):
        page = web.error_page(status).get_data(as_text=True)
    main = page[page.index("<main") : page.index("</main")]
    assert 3 <= len(re.findall(r"<p[^>]*>[^<]*\.</p>", main))
    assert re.search(r"aman|berubah|tidak disimpan|utuh", main)
    assert LEAD.search(main)
    assert f"Kode {status}" in main


@pytest.mark.parametrize("path", ["/masuk", "/aktivasi", "/verifikasi", "/verifikasi/7K3M-9QXD-2F5T-H", "/tidak-ada"])
def test_hard_spots_lead_to_an_answer_that_exists(client: FlaskClient, path: str) -> None:
    """No link into the help page points nowhere."""
    help_page = client.get("/bantuan").text
    anchors = LEAD.findall(client.get(path).text)
    assert anchors
    assert all(f'id="{anchor}"' in help_page for anchor in anchors)


def test_a_failed_sign_in_shows_the_help_at_once(client: FlaskClient) -> None:
    """What to do about a forgotten password or a wrong number need not be searched for."""
    assert "<details open>" not in client.get("/masuk").text
    failed = client.post("/masuk", data={"username": "198609262015", "password": "keliru sekali"})
    assert "<details open>" in failed.text


DESK = {"help_name": "Meja bantuan BKPSDM", "help_phone": "+6281200000009", "help_email": "bantuan@contoh.go.id"}


@pytest.mark.parametrize("path", ["/masuk", "/aktivasi", "/bantuan", "/tidak-ada"])
def test_who_cannot_sign_in_finds_the_desk_of_the_settings(
    app: Flask, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """Its name, and a number and an address to touch; without the settings nobody is named."""
    assert "tel:" not in app.test_client().get(path).text
    for name, value in DESK.items():
        monkeypatch.setattr(app.config["SETTINGS"], name, value)
    page = app.test_client().get(path).text
    assert "Meja bantuan BKPSDM" in page
    assert 'href="tel:+6281200000009"' in page
    assert 'href="mailto:bantuan@contoh.go.id"' in page


def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(client: FlaskClient) -> None:
    """Who signs in again is where the form was; a page elsewhere is no place of ours."""
    ours = client.post("/akun/sandi", headers={"Referer": "http://localhost/akun/sandi"})
    assert ours.location == "/masuk?next=/akun/sandi"
    assert "mungkin belum tersimpan" in client.get(ours.location).text
    theirs = client.post("/akun/sandi", headers={"Referer": "http://lain.contoh.id/akun/sandi"})
    assert theirs.location == "/masuk"

"""What was entered when a session ended: whose it is, how much of it, and only with the token of its session."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from elearn.accounts.models import SignInSession
from elearn.agencies.models import Employee
from elearn.core import clock, typed
from elearn.core.db import db
from elearn.core.transaction import transaction
from tests.factories.accounts import PASSWORD
from tests.factories.pact import CLAUSES, SLUG, published_texts, who_passed

ADDRESS = f"/pakta/{SLUG}"
TICKED = f"setuju-{CLAUSES[0]}"


@pytest.fixture
def guarded(app: Flask) -> Iterator[FlaskClient]:
    """A browser against an application whose forms need their token, as in production."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield app.test_client()
    app.config["WTF_CSRF_ENABLED"] = False


def enter(client: FlaskClient, who: Employee, place: str = "/masuk") -> str:
    """Sign in as a person does, with the token of the page; where that leads."""
    fields = {"username": who.nip, "password": PASSWORD, "csrf_token": token_of(client, place)}
    return client.post(place, data=fields).location


def token_of(client: FlaskClient, place: str) -> str:
    """The token of the form on a page."""
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', client.get(place).text)
    assert found
    return found[1]


def end_sessions() -> None:
    """Let everybody's session be over, as after twelve hours."""
    with transaction():
        db.session.execute(update(SignInSession).values(expires_at=clock.now()))


def send(client: FlaskClient, token: str, **more: str) -> str | None:
    """Send the form of the pact with one clause ticked; where that leads."""
    fields = {"csrf_token": token, "shown": published_texts(), TICKED: "y", "password": PASSWORD, **more}
    return client.post(ADDRESS, data=fields).location


def ticked(client: FlaskClient) -> list[str]:
    """The boxes that are ticked on the page of the pact."""
    return [
        name
        for name in CLAUSES
        if re.search(rf'<input[^>]*checked[^>]*name="setuju-{name}"', client.get(ADDRESS).text)
    ]


def test_what_was_ticked_comes_back_to_the_same_person(guarded: FlaskClient) -> None:
    """She signs in again, finds her tick, and nothing was signed; the password is in no cookie."""
    who = who_passed()
    enter(guarded, who)
    token = token_of(guarded, ADDRESS)
    end_sessions()
    door = send(guarded, token)
    assert door is not None
    assert door.endswith(f"next={ADDRESS}")
    assert "Centang Anda dijaga" in guarded.get(door).text
    with guarded.session_transaction() as cookie:
        assert {"shown", TICKED} == set(cookie[typed.PLACE]["fields"])
    assert ADDRESS == enter(guarded, who, door)
    assert [CLAUSES[0]] == ticked(guarded)
    assert "Belum ada yang ditandatangani" in guarded.get(ADDRESS).text
    assert 404 == guarded.get(f"{ADDRESS}/bukti").status_code


def test_nobody_else_is_given_it(guarded: FlaskClient) -> None:
    """Whoever signs in next on this device finds no tick."""
    enter(guarded, who_passed())
    token = token_of(guarded, ADDRESS)
    other = who_passed()
    end_sessions()
    send(guarded, token)
    enter(guarded, other)
    assert [] == ticked(guarded)


def test_a_form_without_its_token_leaves_nothing(guarded: FlaskClient) -> None:
    """Another site cannot tick boxes for her."""
    who = who_passed()
    enter(guarded, who)
    end_sessions()
    assert send(guarded, "palsu") is None
    enter(guarded, who)
    assert [] == ticked(guarded)


@pytest.mark.parametrize("shown", ["0" * 64, "0" * typed.LARGEST])
def test_a_tick_under_another_text_does_not_come_back(guarded: FlaskClient, shown: str) -> None:
    """What was agreed to is the text that was shown; and what is too large for a cookie is not put by."""
    who = who_passed()
    enter(guarded, who)
    token = token_of(guarded, ADDRESS)
    end_sessions()
    send(guarded, token, shown=shown)
    enter(guarded, who)
    assert [] == ticked(guarded)
    assert (len(shown) == 64) == ("sudah diperbarui sejak Anda mencentangnya" in guarded.get(ADDRESS).text)


@pytest.mark.parametrize("deed", ["sign", "leave"])
def test_signing_and_signing_out_let_go_of_it(guarded: FlaskClient, deed: str) -> None:
    """Once it is sent, or she has left, nothing of it is kept."""
    who = who_passed()
    enter(guarded, who)
    token = token_of(guarded, ADDRESS)
    end_sessions()
    send(guarded, token)
    enter(guarded, who)
    token = token_of(guarded, ADDRESS)
    if deed == "sign":
        sign(guarded, token)
    else:
        guarded.post("/keluar", data={"csrf_token": token})
    with guarded.session_transaction() as cookie:
        assert typed.PLACE not in cookie


def sign(client: FlaskClient, token: str) -> None:
    """Sign the pact with all its clauses."""
    assert f"{ADDRESS}/bukti" == send(client, token, **{f"setuju-{each}": "y" for each in CLAUSES})


def test_only_what_a_view_names_is_put_by(guarded: FlaskClient) -> None:
    """The form of a password leaves nothing behind."""
    enter(guarded, who_passed())
    token = token_of(guarded, "/akun/sandi")
    end_sessions()
    fields = {
        "csrf_token": token,
        "password": PASSWORD,
        "new_password": "sawah hijau pagi",
        "repeated": "sawah hijau pagi",
    }
    assert 302 == guarded.post("/akun/sandi", data=fields).status_code
    with guarded.session_transaction() as cookie:
        assert typed.PLACE not in cookie

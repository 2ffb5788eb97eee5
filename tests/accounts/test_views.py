"""The pages of signing in, activation and one's own account, as a browser meets them."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from elearn.accounts import actions, activation, queries, rules
from elearn.core.permissions import SYSTEM, Role
from elearn.core.transaction import transaction
from tests.factories.accounts import PASSWORD, an_account, an_active_account


def sign_in(client: FlaskClient, username: str, password: str = PASSWORD, path: str = "/masuk") -> TestResponse:
    """Send the sign-in form."""
    return client.post(path, data={"username": username, "password": password})


def test_signing_in_leads_to_the_first_page(app: Flask, client: FlaskClient) -> None:
    """The right password brings a new session and the first page; the sign-in page then leads on."""
    account = an_active_account()
    assert "Masuk" in client.get("/masuk").text
    answer = sign_in(client, account.username)
    assert (302, "/") == (answer.status_code, answer.location)
    assert (302, "/") == (client.get("/masuk").status_code, client.get("/masuk").location)
    assert 200 == client.get("/akun").status_code


def test_the_cookie_is_new_after_signing_in(app: Flask, client: FlaskClient) -> None:
    """Nothing planted in a stranger's cookie survives, and each sign-in has its own token."""
    account = an_active_account()
    with client.session_transaction() as cookie:
        cookie["planted"] = "ya"
    tokens = set()
    for _ in range(2):
        sign_in(client, account.username)
        with client.session_transaction() as cookie:
            assert "planted" not in cookie
            tokens.add(cookie["_user_id"])
    assert 2 == len(tokens)
    assert 1 == sum(queries.actor_of(token) is not None for token in tokens)


def body_of(page: TestResponse) -> str:
    """A page without its head, where each answer has its own nonce."""
    return page.text.partition("<body>")[2]


@pytest.mark.parametrize(
    ("target", "lands"),
    [
        ("/akun", "/akun"),
        ("https://jahat.example/", "/"),
        ("//jahat.example", "/"),
        ("/\\jahat.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_signing_in_stays_on_this_site(app: Flask, client: FlaskClient, target: str, lands: str) -> None:
    """`next` is followed only within the site."""
    account = an_active_account()
    page = client.get("/masuk", query_string={"next": target})
    assert 200 == page.status_code
    answer = client.post(
        "/masuk", query_string={"next": target}, data={"username": account.username, "password": PASSWORD}
    )
    assert lands == answer.location


def test_a_stranger_is_brought_back_where_she_wanted_to_go(app: Flask, client: FlaskClient) -> None:
    """The door remembers the address."""
    account = an_active_account()
    door = client.get("/akun").location
    assert "/masuk?next=/akun" == door.replace("%2F", "/")
    assert "/akun" == sign_in(client, account.username, path=door).location


def test_a_wrong_password_is_answered_in_one_sentence(app: Flask, client: FlaskClient) -> None:
    """The page says no more than that name and password do not fit, and keeps no password."""
    account = an_active_account()
    known, unknown = sign_in(client, account.username, "rahasiaku"), sign_in(client, "tiada-orang", "rahasiaku")
    for page in (known, unknown):
        assert 422 == page.status_code
        assert "Nama pengguna atau kata sandi tidak cocok." in page.text
        assert "rahasiaku" not in page.text
    assert body_of(known).replace(account.username, "") == body_of(unknown).replace("tiada-orang", "")


@pytest.mark.parametrize(("path", "more"), [("/masuk", {}), ("/aktivasi", {"code": "7K3M-9QXD-H"})])
def test_a_nip_of_too_few_digits_is_said_to_be_one(client: FlaskClient, path: str, more: dict[str, str]) -> None:
    """Whoever lost a digit reads so at the field, keeps what she typed, and finds whom to ask."""
    form = {
        "username": "1986 0926 2015",
        "password": PASSWORD,
        "new_password": PASSWORD,
        "repeated": PASSWORD,
        **more,
    }
    page = client.post(path, data=form)
    assert 422 == page.status_code
    assert "NIP terdiri atas 18 angka; yang Anda tulis 12 angka." in page.text
    assert 'value="1986 0926 2015"' in page.text
    assert "<details open>" in page.text
    full = client.post(path, data={**form, "username": "198609262015021003"}).text
    assert "terdiri atas 18 angka" not in full


def test_failures_are_counted_although_refused(app: Flask, client: FlaskClient) -> None:
    """The eleventh attempt is told to wait, even with the right password."""
    account = an_active_account()
    for _ in range(rules.GUESSES_PER_ACCOUNT):
        assert 422 == sign_in(client, account.username, "salah sekali").status_code
    answer = sign_in(client, account.username)
    assert 429 == answer.status_code
    assert "Terlalu banyak percobaan" in answer.text


def test_an_office_of_two_hundred_is_not_locked_out(app: Flask, client: FlaskClient) -> None:
    """Many failures of many people behind one address leave the right passwords working."""
    account = an_active_account()
    for number in range(40):
        sign_in(client, f"pegawai{number}", "x" * 129)
    assert 302 == sign_in(client, account.username).status_code


def test_signing_out_ends_the_session(app: Flask, client: FlaskClient) -> None:
    """The cookie is emptied, and a copy of it opens nothing any more."""
    account = an_active_account()
    sign_in(client, account.username)
    with client.session_transaction() as cookie:
        stolen = cookie["_user_id"]
    assert "/masuk" == client.post("/keluar").location
    with client.session_transaction() as cookie:
        cookie["_user_id"] = stolen
    assert 302 == client.get("/akun").status_code


def test_activation_sets_a_password_and_comes_in(app: Flask, client: FlaskClient) -> None:
    """The slip's code leads to the first page."""
    account = an_account(Role.AUTHOR)
    with transaction():
        code = activation.issue_code(SYSTEM, account_id=account.id)
    form = {"username": account.username, "code": code, "new_password": PASSWORD, "repeated": PASSWORD}
    assert 200 == client.get("/aktivasi").status_code
    assert "belum sama" in client.post("/aktivasi", data={**form, "repeated": "lain sekali"}).text
    wrong = client.post("/aktivasi", data={**form, "code": "7K3M-9QXD-H"})
    assert 422 == wrong.status_code
    assert "tidak cocok" in wrong.text
    assert 302 == client.post("/aktivasi", data=form).status_code
    assert 200 == client.get("/akun").status_code
    assert 302 == sign_in(app.test_client(), account.username).status_code


def test_changing_the_password(app: Flask, client: FlaskClient) -> None:
    """The present password is asked for, faults stand at their fields, and the profile says it is done."""
    account = an_active_account(Role.AUTHOR)
    sign_in(client, account.username)
    form = {"password": PASSWORD, "new_password": "gunung tinggi sekali", "repeated": "gunung tinggi sekali"}
    assert 200 == client.get("/akun/sandi").status_code
    assert "bukan kata sandi Anda" in client.post("/akun/sandi", data={**form, "password": "salah"}).text
    weak = {**form, "new_password": "indonesia1", "repeated": "indonesia1"}
    assert "terlalu umum" in client.post("/akun/sandi", data=weak).text
    same = {**form, "new_password": PASSWORD, "repeated": PASSWORD}
    assert "sama dengan yang sekarang" in client.post("/akun/sandi", data=same).text
    assert "/akun" == client.post("/akun/sandi", data=form).location
    assert "sudah diganti" in client.get("/akun").text
    assert 302 == sign_in(app.test_client(), account.username, "gunung tinggi sekali").status_code


def test_a_closed_account_is_out_at_once(app: Flask, client: FlaskClient) -> None:
    """An open session does not outlive its account."""
    account = an_active_account(Role.AUTHOR)
    sign_in(client, account.username)
    with transaction():
        actions.deactivate(SYSTEM, account_id=account.id)
    assert 302 == client.get("/akun").status_code


def test_somebody_without_a_role_can_still_sign_out(app: Flask, sign_in: Any) -> None:
    """Losing the last role leaves nobody stuck in a session."""
    account = an_active_account(role=None)
    browser = sign_in(account)
    assert 403 == browser.get("/akun").status_code
    assert "/masuk" == browser.post("/keluar").location
    assert "/masuk" == browser.get("/akun").location.split("?")[0]

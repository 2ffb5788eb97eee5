"""Safe by default: exact headers on every kind of answer, forms that need their token, limits, and silent logs."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from elearn.accounts import passwords
from elearn.core import security, web
from elearn.core.db import db
from elearn.core.permissions import Role
from tests.factories.accounts import PASSWORD, an_active_account

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
POLICY = (
    "default-src 'none'; script-src 'nonce-…'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'; "
    "worker-src 'self'"
)


@pytest.fixture
def broken(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """An application whose sign-in page has a bug."""

    def bug(*_args: Any, **_facts: Any) -> None:
        raise RuntimeError("rahasia 198609262015059001")

    view = app.view_functions["accounts.sign_in"]
    bug.__access__ = view.__access__  # type: ignore[attr-defined]
    monkeypatch.setitem(app.view_functions, "accounts.sign_in", bug)
    return app


@pytest.fixture
def guarded(app: Flask) -> Iterator[FlaskClient]:
    """A browser against an application whose forms need their token, as in production."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield app.test_client()
    app.config["WTF_CSRF_ENABLED"] = False


def assert_hardened(answer: Any) -> None:
    """The headers are these, exactly."""
    assert HEADERS == {name: answer.headers.get(name) for name in HEADERS}
    assert POLICY == re.sub(r"nonce-[\w-]{20,}", "nonce-…", answer.headers["Content-Security-Policy"])
    assert "Strict-Transport-Security" not in answer.headers, "not over http"


@pytest.mark.parametrize(("path", "status"), [("/masuk", 200), ("/akun", 302), ("/tidak-ada", 404)])
def test_every_answer_is_hardened(client: FlaskClient, path: str, status: int) -> None:
    """A page, a redirect and an error carry the same headers."""
    answer = client.get(path)
    assert status == answer.status_code
    assert_hardened(answer)


def test_a_bug_is_hardened_and_says_nothing_of_itself(
    broken: Flask, client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    """500 is a page that says what to do next; the log has the trace but no long number."""
    answer = client.get("/masuk")
    assert 500 == answer.status_code
    assert_hardened(answer)
    assert "rahasia" not in answer.get_data(as_text=True)
    told = capsys.readouterr().err
    assert "RuntimeError" in told
    assert "198609262015059001" not in told


def test_https_is_remembered(app: Flask) -> None:
    """Behind https the browser is told to stay there."""
    with app.test_request_context("/"):
        answer = security.harden(app.make_response(""), is_https=True)
    assert "max-age=31536000; includeSubDomains" == answer.headers["Strict-Transport-Security"]


def test_a_nonce_is_used_once(client: FlaskClient) -> None:
    """Two answers have two nonces."""
    policies = {client.get("/masuk").headers["Content-Security-Policy"] for _ in range(2)}
    assert 2 == len(policies)


def test_cookies_are_closed_to_scripts_and_other_sites(guarded: FlaskClient, app: Flask) -> None:
    """HttpOnly and SameSite always, Secure behind https."""
    cookie = guarded.get("/masuk").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert app.config["SESSION_COOKIE_SECURE"] is app.config["SETTINGS"].is_https


def test_no_unsafe_request_is_taken_without_its_token(guarded: FlaskClient, app: Flask) -> None:
    """Every POST of the house without the form's token is refused before it does anything."""
    paths = {
        re.sub(r"<uuid:\w+>", "00000000-0000-0000-0000-000000000007", re.sub(r"<int:\w+>", "1", rule.rule))
        for rule in app.url_map.iter_rules()
        if "POST" in rule.methods
    }
    assert len(paths) > 15
    for path in paths:
        answer = guarded.post(re.sub(r"<\w+>", "x", path), data={"username": "a"})
        assert 400 == answer.status_code, path
        assert "terlalu lama terbuka" in answer.get_data(as_text=True), path


def test_too_large_a_request_is_refused(client: FlaskClient, app: Flask) -> None:
    """413 with a sentence, before the file is read."""
    size = app.config["MAX_CONTENT_LENGTH"] + 1
    answer = client.post("/verifikasi", data=b"", content_length=size, headers={"Content-Length": str(size)})
    assert 413 == answer.status_code
    assert "besar" in answer.get_data(as_text=True)


def test_guessing_is_slowed_down_per_account(client: FlaskClient) -> None:
    """After ten wrong passwords even the right one has to wait; another account does not."""
    account, other = an_active_account(), an_active_account()
    for _ in range(10):
        assert 422 == client.post("/masuk", data={"username": account.username, "password": "salah"}).status_code
    answer = client.post("/masuk", data={"username": account.username, "password": PASSWORD})
    assert 429 == answer.status_code
    assert "Tunggu" in answer.get_data(as_text=True)
    assert 302 == client.post("/masuk", data={"username": other.username, "password": PASSWORD}).status_code


def test_an_office_behind_one_address_gets_in(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """After two hundred slips of others from one address the next person is still let in."""
    account = an_active_account()
    quickly = lambda stored, given: stored is not None and given == PASSWORD  # noqa: E731
    monkeypatch.setattr(passwords, "verify", quickly)
    for number in range(200):
        client.post("/masuk", data={"username": f"tidak-ada-{number}", "password": "salah"})
    assert 302 == client.post("/masuk", data={"username": account.username, "password": PASSWORD}).status_code


@pytest.mark.parametrize(
    ("target", "is_ours"),
    [
        ("/akun", True),
        ("/laporan/ketuntasan?per=2026-11-01", True),
        ("//jahat.example", False),
        ("https://jahat.example", False),
        ("/\\jahat.example", False),
        ("javascript:alert(1)", False),
        ("/\t/jahat.example", False),
        ("/akun\r\nX-Jahat: 1", False),
        ("", False),
    ],
)
def test_redirects_stay_at_home(app: Flask, target: str, is_ours: bool) -> None:
    """`next` leads only to this site."""
    with app.test_request_context("/masuk", query_string={"next": target}):
        assert (target if is_ours else "/") == web.safe_next("home.index")


@pytest.mark.parametrize("path", ["/tidak-ada", "/opd/xyz", "/masuk"])
def test_errors_speak_json_to_scripts(client: FlaskClient, path: str) -> None:
    """A script that asks for JSON gets a problem (RFC 9457), not a page."""
    answer = client.delete(path, headers={"Accept": "application/json"})
    assert answer.status_code in (400, 401, 404, 405)
    assert "application/problem+json" == answer.mimetype


def test_what_people_enter_never_reaches_a_log(
    client: FlaskClient, sign_in: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """Canaries in every field that matters, and none of them in the log."""
    canaries = {"username": "198609262015059001", "password": "KenariSandi99", "code": "KENARIKODE"}
    client.post("/masuk", data=canaries)
    client.post("/aktivasi", data=canaries)
    client.post("/verifikasi", data=canaries)
    client.get("/verifikasi/KENARIKODE?nip=198609262015059001")
    sign_in(Role.HR).get("/pegawai?cari=198609262015059001")
    told = "".join(capsys.readouterr())
    assert '"endpoint": "accounts.sign_in"' in told, "the log must say that something was asked"
    assert not [canary for canary in canaries.values() if canary in told]


@pytest.mark.parametrize("path", ["/pegawai?cari=a%00b", "/opd/%00", "/sertifikat?%00=a"])
def test_the_sign_nul_is_refused_at_the_door(sign_in: Any, path: str) -> None:
    """PostgreSQL cannot keep it, so nobody may ask for it: 400 and not a bug."""
    assert 400 == sign_in(Role.HR).get(path).status_code


def test_the_sign_nul_is_refused_in_what_is_sent(client: FlaskClient) -> None:
    """Neither a field nor the name of a file may hold it."""
    assert 400 == client.post("/masuk", data={"username": "a\0", "password": "b"}).status_code
    assert 400 == client.post("/verifikasi", data={"file": (io.BytesIO(b"a"), "a\0.pdf")}).status_code


def test_a_page_says_so_when_the_database_is_gone(app: Flask, sign_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error page asks nothing of the database, not even whose installation this is."""
    client = sign_in(Role.HR)

    def gone(*_args: Any) -> None:
        raise OperationalError("SELECT 1", {}, Exception("server closed the connection"))

    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    app.extensions.pop("installation", None)
    event.listen(db.engine, "before_cursor_execute", gone)
    try:
        for path in ("/akun", "/masuk", "/verifikasi/7K3M-9QXD-2F5T-H"):
            answer = client.get(path)
            assert 500 == answer.status_code
            assert_hardened(answer)
    finally:
        event.remove(db.engine, "before_cursor_execute", gone)


def test_an_error_of_the_database_quotes_no_value(app: Flask) -> None:
    """What a library logs of a failed statement holds no name and no NIP."""
    with pytest.raises(SQLAlchemyError) as error:
        db.session.execute(text("SELECT nothing FROM nowhere WHERE a = :nip"), {"nip": "198609262015059001"})
    assert "198609262015059001" not in str(error.value)

"""What the browser asks for by itself: the worker, the manifest, the pass of a session."""

from typing import Any

from flask.testing import FlaskClient

from elearn.core import assets
from elearn.core.permissions import Role


def test_the_worker_belongs_to_the_release(client: FlaskClient) -> None:
    """It stands at the root, so that it looks after the whole site, and may load our own scripts only."""
    answer = client.get("/sw.js")
    assert f'import "/static/{assets.release()}/js/worker.js";' == answer.text.strip()
    assert "script-src 'self';" in answer.headers["Content-Security-Policy"]
    assert ("text/javascript", "no-store") == (answer.mimetype, answer.headers["Cache-Control"])


def test_the_manifest_names_icons_that_exist(client: FlaskClient) -> None:
    """A phone can put the site on its home screen."""
    manifest = client.get("/manifest.webmanifest").json
    assert ("/", "standalone", "id") == (manifest["start_url"], manifest["display"], manifest["lang"])
    assert {200} == {client.get(icon["src"]).status_code for icon in manifest["icons"]}
    assert {"any", "maskable"} == {icon["purpose"] for icon in manifest["icons"]}


def test_the_pass_is_for_who_is_signed_in(sign_in: Any, client: FlaskClient) -> None:
    """Whose session it is and a token for her forms; nobody's session has neither, which is no fault."""
    answer = sign_in(Role.ASN).get("/perangkat/tanda", headers={"Accept": "application/json"})
    assert {"who", "token"} == set(answer.json)
    assert all(answer.json.values())
    assert {"who": "", "token": ""} == client.get("/perangkat/tanda").json


def test_the_page_without_a_network_is_nobodys(client: FlaskClient) -> None:
    """It is kept on the device for everybody, so it names nobody."""
    assert "data-who" not in client.get("/perangkat/tanpa-jaringan").text

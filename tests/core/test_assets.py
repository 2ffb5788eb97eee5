"""Our files carry their release in the address, are kept for ever, and come compressed."""

import re
import zlib

import brotli
import pytest
from flask.testing import FlaskClient

from elearn.core import assets

SHEET = "css/app.css"


def address(release: str | None = None) -> str:
    """Where the stylesheet is, in a release."""
    return f"/static/{release or assets.release()}/{SHEET}"


@pytest.mark.parametrize(
    ("encoding", "opened"),
    [("br", brotli.decompress), ("gzip", lambda body: zlib.decompress(body, 31)), ("identity", bytes)],
)
def test_a_file_comes_in_the_encoding_asked_for(client: FlaskClient, encoding: str, opened: object) -> None:
    """Brotli, gzip or plain, always the same file, and caches are told that it depends."""
    answer = client.get(address(), headers={"Accept-Encoding": encoding})
    assert assets.body(SHEET, "identity") == opened(answer.data)  # type: ignore[operator]
    assert ("text/css; charset=utf-8", True) == (answer.content_type, "Accept-Encoding" in answer.vary)


@pytest.mark.parametrize(
    ("name", "remark", "kept"),
    [
        (SHEET, b"/*", b"@media"),
        ("js/quiz.js", b"/**", b"`${home}/soal/"),
        ("js/app.js", b"/**", b"import"),
    ],
)
def test_remarks_stay_at_home(name: str, remark: bytes, kept: bytes) -> None:
    """What only an engineer reads is not sent over a weak signal; all else is."""
    sent = assets.body(name, "identity")
    assert (False, True) == (remark in sent, kept in sent)


@pytest.mark.parametrize("name", sorted(name for name in assets.names() if name.endswith(".js")))
def test_a_shortened_script_says_the_same_words(name: str) -> None:
    """Its texts between back ticks are left alone, spaces and all."""
    texts = re.compile(r"`[^`\n]*`")
    code = re.sub(r"(?m)^\s*(//|/?\*).*$|\s//\s.*$", "", (assets.FOLDER / name).read_text())
    assert texts.findall(code) == texts.findall(assets.body(name, "identity").decode())


def test_brotli_makes_the_stylesheet_small(client: FlaskClient) -> None:
    """The whole look of the site in less than 7 kB."""
    assert len(client.get(address(), headers={"Accept-Encoding": "gzip, br"}).data) < 7_000


def test_only_the_present_release_is_kept_for_ever(client: FlaskClient) -> None:
    """A page left open over an update still gets its files, but no cache keeps them under the old name."""
    present, former = client.get(address()), client.get(address("000000000000"))
    assert "immutable" in present.headers["Cache-Control"]
    assert (200, "no-store") == (former.status_code, former.headers["Cache-Control"])


@pytest.mark.parametrize("name", ["fonts/Literata-Bold.ttf", "print/paper.css", "../app.py", "tidak-ada.css"])
def test_nothing_else_is_given(client: FlaskClient, name: str) -> None:
    """What only paper needs, what is not there and what lies outside are not found."""
    assert 404 == client.get(f"/static/{assets.release()}/{name}").status_code

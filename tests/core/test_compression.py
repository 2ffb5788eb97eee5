"""Answers leave compressed when that helps, and say so."""

from typing import Any

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from elearn.core import compression


def ask(app: Flask, path: str, wish: str) -> Any:
    """The answer as it goes over the wire, which the inspecting client could not read."""
    return FlaskClient(app, app.response_class).get(path, headers={"Accept-Encoding": wish})


@pytest.mark.parametrize(("wish", "given"), [("br, gzip", "br"), ("gzip", "gzip"), ("", None), ("br;q=0", None)])
def test_a_page_leaves_as_the_browser_wishes(app: Flask, wish: str, given: str | None) -> None:
    """The best encoding both know; caches are told that it depends."""
    answer = ask(app, "/masuk", wish)
    assert (given, True) == (answer.headers.get("Content-Encoding"), "Accept-Encoding" in answer.headers["Vary"])
    assert int(answer.headers["Content-Length"]) == len(answer.data)


def test_a_page_is_whole_after_compression(app: Flask) -> None:
    """What was compressed is the page, at less than half its size."""
    answer = ask(app, "/masuk", "br")
    page = brotli.decompress(answer.data)
    assert page.endswith(b"</html>")
    assert len(answer.data) < len(page) / 2


def test_a_short_answer_stays_as_it_is(app: Flask) -> None:
    """Under a packet nothing is gained."""
    assert "Content-Encoding" not in ask(app, "/healthz", "br").headers


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/zip"])
def test_what_is_compressed_already_is_left_alone(kind: str) -> None:
    """A second compression would only cost time."""
    assert not compression.is_worth(kind)

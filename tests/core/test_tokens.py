"""The token of forms looks different each time, and is the same underneath."""

import re

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from elearn.core import tokens

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@given(st.text())
def test_the_mask_comes_off(token: str) -> None:
    """Whatever is masked is there again afterwards, and never looks the same twice."""
    assert token == tokens.unmask(tokens.mask(token))
    assert len(token) < 8 or tokens.mask(token) != tokens.mask(token)


@given(st.text(max_size=40))
def test_what_was_no_token_is_none(text: str) -> None:
    """Nothing that somebody sends breaks the door."""
    assert isinstance(tokens.unmask(text), str)


def test_each_answer_masks_anew_and_each_is_accepted(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two looks at a page share no token, and both tokens open the form; another does not."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    browser = app.test_client()
    seen = [TOKEN.search(browser.get("/masuk").get_data(as_text=True)).group(1) for _ in range(2)]  # type: ignore[union-attr]
    assert seen[0][:40] != seen[1][:40]
    for token, status in ((seen[0], 422), (seen[1], 422), (tokens.mask("lain"), 400)):
        sent = {"csrf_token": token, "username": "siapa", "password": ""}
        assert status == browser.post("/masuk", data=sent).status_code

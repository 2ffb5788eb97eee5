"""The guides: one for each role, each step with a picture that is there and light."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from config import ROOT
from elearn.core.permissions import Role
from elearn.home.guides import GUIDES, PICTURES

FOLDER = ROOT / "elearn/static/img/guide"
HEAVY = 30_000


def test_every_role_has_its_guide(client: FlaskClient) -> None:
    """All are listed on the page of help, which anybody may read."""
    assert set(Role) == {guide.role for guide in GUIDES.values()}
    page = client.get("/bantuan").text
    assert all(f'href="/bantuan/{name}"' in page for name in GUIDES)


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_shows_its_steps(client: FlaskClient, name: str) -> None:
    """In order, each under its picture's name."""
    page = client.get(f"/bantuan/{name}").text
    assert all(f"{number}. {step.title}" in page for number, step in enumerate(GUIDES[name].steps, start=1))
    assert all(f"img/guide/{step.picture}.webp" in page for step in GUIDES[name].steps)


def test_the_pictures_are_there_and_light() -> None:
    """Made by `make screenshots`; none without a step, none too heavy for a weak signal."""
    made = {path.stem: path.stat().st_size for path in FOLDER.glob("*.webp")}
    assert set(made) == PICTURES
    assert [] == [name for name, size in made.items() if size >= HEAVY]


def test_nobody_else_has_a_guide(client: Any) -> None:
    """An unknown role is not found."""
    assert 404 == client.get("/bantuan/bupati").status_code

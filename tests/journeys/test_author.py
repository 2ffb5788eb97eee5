"""The author's journey: the whole module as published, every branch and every key open."""

import pytest
from flask import Flask

from elearn.content import queries as content
from elearn.core.permissions import Role
from tests.journeys import cast
from tests.journeys.conftest import Visit
from tests.journeys.pages import Demo, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]


def test_the_module_is_previewed(visit: Visit, people: dict[Role, Demo], inside: Flask) -> None:
    """Lessons, stories, questions with their keys and law are all on one page."""
    desk = visit()
    with inside.app_context():
        publication, module = content.current_module(cast.SLUG)
        fingerprint = publication.fingerprint
    sign_in(desk, people[Role.AUTHOR])
    desk.follow("Semua materi")
    desk.sees(fingerprint)
    desk.follow(module.title, within="main")
    desk.sees(fingerprint, module.lessons[-1].title, module.scenarios[-1].title, module.questions[-1].id)
    assert len(module.questions) == desk.page.get_by_text("Kunci", exact=True).count()

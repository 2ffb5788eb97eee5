"""A small demo regency with all its traces, for tests that go through the whole house."""

import pytest
from flask import Flask

from config import ROOT
from elearn.content import actions as content
from elearn.content import source
from elearn.core import clock
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction
from elearn.demo import actions as demo

PEOPLE = 120


@pytest.fixture
def regency(app: Flask) -> Flask:
    """An installation with the real content, 120 people and a year of history; unsound content fails here."""
    with transaction():
        content.publish(SYSTEM, source=source.load(ROOT / "content", clock.today()))
    demo.load(SYSTEM, today=clock.today(), people=PEOPLE)
    return app

"""The real content, read once, and a small demo regency loaded with it."""

from datetime import date

import pytest
from flask import Flask

from config import ROOT
from elearn.content import actions as content
from elearn.content import source
from elearn.content.modules import Module
from elearn.core import clock
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction
from elearn.demo import actions

TODAY = date(2026, 11, 21)
PEOPLE = 160


@pytest.fixture(scope="session")
def files() -> source.Source:
    """What `content/` says; it is published as it is, so unsound content fails here too."""
    return source.load(ROOT / "content", TODAY)


@pytest.fixture(scope="session")
def module(files: source.Source) -> Module:
    """The module on neutrality."""
    return next(module for module in files.modules if module.slug == "netralitas-asn")


@pytest.fixture
def published(app: Flask, files: source.Source) -> Flask:
    """An empty installation with its content published."""
    with transaction():
        content.publish(SYSTEM, source=files)
    return app


@pytest.fixture
def loaded(published: Flask) -> Flask:
    """A small demo regency, loaded today."""
    actions.load(SYSTEM, today=clock.today(), people=PEOPLE)
    return published

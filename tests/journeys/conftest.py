"""The running site and a browser, shared by all journeys of a run."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, sync_playwright

from elearn.core.permissions import Role
from tests.journeys.site import Site

PEOPLE = 300
CHROMIUM = "/usr/bin/chromium"
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


@dataclass(frozen=True)
class Demo:
    """One demo account, with its password."""

    username: str
    password: str
    name: str


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A demo regency of some hundred people, served as `make run` serves it."""
    site = Site(tmp_path_factory.mktemp("site") / "instance", people=PEOPLE)
    site.start()
    yield site
    site.end()


@pytest.fixture(scope="session")
def people(site: Site) -> dict[Role, Demo]:
    """The demo account of each role."""
    from elearn.demo import actions as demo

    with site.app().app_context():
        return {Role(a.role): Demo(a.username, a.password, a.name) for a in demo.accounts()}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()

"""The running site, its people, and browsers for them."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from elearn.core.permissions import Role
from tests.journeys.pages import HEIGHT, WIDE, Demo, Visitor
from tests.journeys.site import Site

PEOPLE = 160
CHROMIUM = "/usr/bin/chromium"
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)
Visit = Callable[..., Visitor]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A demo regency of a hundred and some people, served as `make run` serves it."""
    site = Site(tmp_path_factory.mktemp("site") / "instance", people=PEOPLE)
    site.start()
    yield site
    site.end()


@pytest.fixture(scope="session")
def inside(site: Site) -> Flask:
    """The same installation inside this process, to prepare and to look things up."""
    return site.app()


@pytest.fixture(scope="session")
def people(inside: Flask) -> dict[Role, Demo]:
    """The demo account of each role."""
    from elearn.demo import actions as demo

    with inside.app_context():
        return {each.role: Demo(each.username, each.password, each.name) for each in demo.accounts()}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without a window; gone after each module, since its event loop would disturb others."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, site: Site) -> Iterator[Visit]:
    """A function that seats somebody at a browser of that width, by default a desk."""
    contexts: list[BrowserContext] = []

    def context(width: int, *, javascript: bool = True) -> BrowserContext:
        size = {"width": width, "height": HEIGHT}
        made = chromium.new_context(viewport=size, locale="id-ID", java_script_enabled=javascript)
        made.set_default_timeout(PATIENCE)
        contexts.append(made)
        return made

    def seat(width: int = WIDE, *, javascript: bool = True) -> Visitor:
        eyes = None if javascript else context(width).new_page()
        return Visitor(context(width, javascript=javascript), site.url, eyes=eyes)

    yield seat
    for each in contexts:
        each.close()

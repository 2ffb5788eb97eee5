"""What a picture is made of: an address, who sits there, and what she touches first."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.journeys.pages import Demo

Steps = Callable[[Page], None]


@dataclass(frozen=True)
class Shot:
    """One picture: its name, the address, and what to touch there first."""

    name: str
    path: str
    steps: Steps | None = None


@dataclass(frozen=True)
class Seat:
    """Somebody, or a stranger, and the pages to picture as she sees them."""

    role: str
    who: Demo | None
    shots: list[Shot]


def press(name: str) -> Steps:
    """Click the button of that name and wait for the page it leads to."""

    def touch(page: Page) -> None:
        with page.expect_navigation():
            page.get_by_role("button", name=name).first.click()

    return touch


def first(selector: str) -> Steps:
    """Follow the first such link."""

    def touch(page: Page) -> None:
        with page.expect_navigation():
            page.locator(selector).first.click()

    return touch


def fill(**told: str) -> Steps:
    """Write into fields by the names they are sent under."""

    def touch(page: Page) -> None:
        for name, text in told.items():
            page.locator(f"[name='{name}']").fill(text)

    return touch


def choose(**told: str) -> Steps:
    """Choose from lists, by the names they are sent under and the values of the choices."""

    def touch(page: Page) -> None:
        for name, value in told.items():
            page.locator(f"select[name='{name}']").select_option(value)

    return touch


def tick(selector: str, *, most: int = 1) -> Steps:
    """Tick the first of such boxes."""

    def touch(page: Page) -> None:
        for box in page.locator(selector).all()[:most]:
            box.check()

    return touch


def each(*steps: Steps) -> Steps:
    """One after the other."""

    def touch(page: Page) -> None:
        for step in steps:
            step(page)

    return touch

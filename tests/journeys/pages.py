"""Somebody at a browser: each page she comes to is inspected, and the few pages that need more than one touch."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import APIResponse, BrowserContext, ConsoleMessage, Error, Locator, Page, Response, expect

STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
SLOW = "color-contrast"
"""The slowest rule by far; it is asked once for each kind of page, and of a first page always."""
PART_OF_KIND = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d+|(?<=/pelajaran/)[\w-]+")
SERVER_FAULT = 500
NARROW, WIDE = 360, 1280
HEIGHT = 800
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
REFUSED = "Failed to load resource: the server responded with a status of"
UNPLUGGED = "net::ERR_INTERNET_DISCONNECTED"
"""What the browser itself says when a test has cut the line; it may say so a little after the line is back."""
LEAVING = ("Execution context was destroyed", "Cannot find context", "Frame was detached")
"""How the browser says that the page asked was just left for another."""
LOOK = "o => axe.run(o).then(r => r.violations.map(v => `${v.id} at ${v.nodes[0].html.slice(0, 200)}`))"
_seen: set[str] = set()
Name = str | re.Pattern[str]
Form = dict[str, list[str]]
"""The fields of a form by name, each with what it is set to."""


@dataclass(frozen=True)
class Demo:
    """Somebody with a password."""

    username: str
    password: str
    name: str


class Visitor:
    """One person at one browser; whatever its console complains about is a fault of the page."""

    def __init__(self, context: BrowserContext, home: str, *, eyes: Page | None = None) -> None:
        """`eyes` is a page with scripts on which to look at copies, for a context without them."""
        self.context, self.home, self.eyes = context, home, eyes
        for each in (context, eyes.context if eyes else context):
            each.add_init_script(Axe().axe_script)
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: str) -> None:
        """Type an address of the site and inspect the page."""
        self._arrive(self.page.goto(self.home + path))

    def follow(self, name: Name, *, exact: bool = False, within: str = "body") -> None:
        """Click the first link of that name and inspect where it leads."""
        self.click(self.page.locator(within).get_by_role("link", name=name, exact=exact).first)

    def press(self, name: Name, *, exact: bool = False) -> None:
        """Click the first button of that name and inspect where it leads."""
        self.click(self.page.get_by_role("button", name=name, exact=exact).first)

    def click(self, target: Locator) -> None:
        """Click something that leads to another page and inspect that."""
        self._go(target.click)

    def key(self, name: str) -> None:
        """Hit a key that leads to another page and inspect that."""
        self._go(lambda: self.page.keyboard.press(name))

    def fill(self, label: str, text: str) -> None:
        """Write into the field of that label."""
        self.page.get_by_label(label, exact=True).fill(text)

    def download(self, link: Locator) -> bytes:
        """Click a link that is a file and read what was saved."""
        with self.page.expect_download() as waiting:
            link.click()
        return waiting.value.path().read_bytes()

    def read(self, link: Locator) -> bytes:
        """The file behind a link that the browser itself would show."""
        return self.get(link.get_attribute("href") or "").body()

    def get(self, path: str) -> APIResponse:
        """Ask for an address with this person's session, without looking at a page."""
        return self.context.request.get(self.home + path)

    def sees(self, *texts: str) -> None:
        """Each of these texts is on the page."""
        for text in texts:
            found = self.page.locator("main").get_by_text(text).filter(visible=True)
            expect(found.first, f"{self.path} does not show {text!r}").to_be_visible()

    @property
    def path(self) -> str:
        """Where she is, without the site."""
        return urlsplit(self.page.url).path

    def inspect(self) -> None:
        """Raise AssertionError for what keeps people out, for a silent complaint, for scrolling sideways."""
        faults = [*self._barriers(), *self.complaints, *self._overflow()]
        self.complaints.clear()
        assert not faults, f"{self.path}: " + "; ".join(faults)

    def _go(self, touch: Callable[[], Any]) -> None:
        with self.page.expect_navigation() as arriving:
            touch()
        self._arrive(arriving.value)

    def _arrive(self, answer: Response | None) -> None:
        assert answer is None or answer.status < SERVER_FAULT, f"{self.path} answers {answer.status}"
        self.inspect()

    def _barriers(self) -> list[str]:
        """What axe finds."""
        return ask(self._copied(self.eyes) if self.eyes else self.page, LOOK, asked_of(self.path))

    def _copied(self, eyes: Page) -> Page:
        """The page as it stands, under the same address but where axe can run."""
        eyes.goto(f"{self.home}/healthz")
        eyes.set_content(self.page.content())
        return eyes

    def _overflow(self) -> list[str]:
        """Whether the page is wider than the window, on her screen and on a small phone."""
        before = self.page.viewport_size or {"width": WIDE, "height": HEIGHT}
        faults = []
        for width in {NARROW, before["width"]}:
            self.page.set_viewport_size({"width": width, "height": before["height"]})
            if extra := ask(self.page, TOO_WIDE):
                faults.append(f"{extra} px too wide at {width} px")
        self.page.set_viewport_size(before)
        return faults

    def _hear(self, message: ConsoleMessage) -> None:
        """Note an error of the console, unless it repeats that the page was refused (404, 422) or the line is cut."""
        is_page = message.text.startswith(REFUSED) and message.location.get("url") == self.page.url
        if message.type == "error" and not is_page and UNPLUGGED not in message.text:
            self.complaints.append(message.text)


def ask(page: Page, question: str, about: Any = None) -> Any:
    """What a page answers; asked again where it was just left for the next one."""
    while True:
        try:
            return page.evaluate(question, about)
        except Error as error:
            if not any(words in error.message for words in LEAVING):
                raise
            page.wait_for_load_state()


def asked_of(path: str) -> dict[str, Any]:
    """What axe is asked about the page at an address."""
    kind = PART_OF_KIND.sub("*", path)
    is_known = kind != "/" and kind in _seen
    _seen.add(kind)
    return {"runOnly": list(STANDARDS), "resultTypes": ["violations"], "rules": {SLOW: {"enabled": not is_known}}}


def sign_in(visitor: Visitor, who: Demo) -> None:
    """Sign in with password and arrive on the first page."""
    visitor.open("/masuk")
    visitor.fill("NIP atau nama pengguna", who.username)
    visitor.fill("Kata sandi", who.password)
    visitor.press("Masuk")
    assert "/" == visitor.path


def activate(visitor: Visitor, *, username: str, code: str, password: str) -> None:
    """Turn an activation code into a password and arrive on the first page."""
    visitor.open("/aktivasi")
    visitor.fill("NIP atau nama pengguna", username)
    visitor.fill("Kode aktivasi", code)
    visitor.fill("Kata sandi baru", password)
    visitor.fill("Ulangi kata sandi baru", password)
    visitor.press("Aktifkan dan masuk")
    assert "/" == visitor.path


def choose(visitor: Visitor, form: Form) -> None:
    """Answer the question on the screen: tick what is ticked, pick what is picked, write what is written."""
    for control, value in controls(visitor, form):
        kind = control.evaluate("node => node.inputMode || node.tagName")
        if kind == "SELECT":
            control.select_option(value)
        elif kind == "decimal":
            control.fill(value.replace(".", ","))
            control.blur()
        else:
            control.check()


def is_chosen(visitor: Visitor, form: Form) -> None:
    """Expect the question on the screen to show this answer."""
    for control, value in controls(visitor, form):
        kind = control.evaluate("node => node.inputMode || node.tagName")
        if kind in ("SELECT", "decimal"):
            expect(control).to_have_value(value if kind == "SELECT" else value.replace(".", ","))
        else:
            expect(control).to_be_checked()


def controls(visitor: Visitor, form: Form) -> Iterator[tuple[Locator, str]]:
    """The controls of a form on the screen, each with the value it is to have."""
    for name, values in form.items():
        for value in values:
            kinds = (
                f"select[name='{name}']",
                f"input[name='{name}'][inputmode]",
                f"[name='{name}'][value='{value}']",
            )
            yield visitor.page.locator(", ".join(kinds)).first, value


def sign_pact(visitor: Visitor, password: str) -> None:
    """Agree to each clause and sign with the password."""
    for box in visitor.page.get_by_label("Saya setuju").all():
        box.check()
    visitor.fill("Kata sandi Anda", password)
    visitor.press("Tanda tangani pakta")

"""Without a network: what is due can be read, what is done is kept and sent later, and nothing stays behind."""

import time
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from elearn.accounts.models import Account
from elearn.core.db import db
from elearn.learning.models import LessonRead
from tests.journeys import cast
from tests.journeys.conftest import PEOPLE, Visit
from tests.journeys.pages import NARROW, Demo, Visitor, ask, sign_in
from tests.journeys.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

MODULE = f"/belajar/{cast.SLUG}"
COMING = 20_000
KEPT = """async () => {
  const pages = (await caches.keys()).filter((name) => name.startsWith("pages"));
  const lists = await Promise.all(pages.map(async (name) => (await caches.open(name)).keys()));
  return lists.flat().length;
}"""
WAITING = """() => new Promise((resolve) => {
  const asking = indexedDB.open("elearn");
  asking.onupgradeneeded = () => { asking.transaction.abort(); resolve(0); };
  asking.onsuccess = () => {
    const all = asking.result.transaction("deeds").objectStore("deeds").getAll();
    all.onsuccess = () => { asking.result.close(); resolve(all.result.length); };
  };
})"""


@pytest.fixture
def fragile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own, which this test may kill."""
    site = Site(tmp_path_factory.mktemp("fragile") / "instance", people=PEOPLE)
    site.start()
    yield site
    if site.process is not None and site.process.poll() is None:
        site.end()


def until(page: Page, question: str) -> None:
    """Ask a page again and again until it says yes, whatever page it has become meanwhile."""
    deadline = time.monotonic() + COMING / 1000
    while not ask(page, question):
        assert time.monotonic() < deadline, question
        page.wait_for_timeout(100)


def has_worker(page: Page) -> None:
    """Wait until the service worker looks after this page."""
    until(page, "navigator.serviceWorker.controller !== null")


def lessons_read(app: Flask, who: Demo) -> set[str]:
    """The lessons that the server knows somebody has read."""
    query = select(LessonRead.lesson_id).join(Account, Account.id == LessonRead.learner_id)
    with app.app_context():
        found = set(db.session.scalars(query.where(Account.username == who.username)))
        db.session.remove()
        return found


def state_of(visitor: Visitor) -> object:
    """The line that says what is kept on the device."""
    return expect(visitor.page.locator("[data-device]"))


def seat(visit: Visit, who: Demo) -> Visitor:
    """Somebody on a phone that a service worker looks after, with her module kept."""
    phone = visit(NARROW)
    sign_in(phone, who)
    has_worker(phone.page)
    phone.open(MODULE)
    until(phone.page, f"async () => (await ({KEPT})()) > 5")
    return phone


def cut(visitor: Visitor) -> None:
    """Pull the plug."""
    visitor.context.set_offline(True)


def mend(visitor: Visitor) -> None:
    """Put the plug in again."""
    visitor.context.set_offline(False)


def tick_first_lesson(phone: Visitor) -> str:
    """Read the first lesson of the module, tick it off, and arrive at the next; the lesson's id."""
    phone.page.goto(phone.home + MODULE)
    phone.page.locator(".parts a").first.click()
    phone.page.wait_for_url("**/pelajaran/*")
    first = phone.path
    phone.page.get_by_role("button", name="Tandai selesai dan lanjut").click()
    phone.page.wait_for_url(lambda url: not url.endswith(first))
    return first.rpartition("/")[2]


@pytest.mark.slow
def test_lessons_are_read_and_ticked_while_the_server_is_gone(chromium: Browser, fragile: Site) -> None:
    """With the server killed the module, its lessons and a tick work; the tick is sent when the server is back."""
    app = fragile.app()
    who = cast.newcomer(app)
    context = chromium.new_context(viewport={"width": NARROW, "height": 800}, locale="id-ID")
    phone = seat(lambda _width: Visitor(context, fragile.url), who)
    fragile.end()

    lesson = tick_first_lesson(phone)
    state_of(phone).to_contain_text("1 kiriman tersimpan di perangkat, belum terkirim.")
    assert set() == lessons_read(app, who)
    phone.page.goto(fragile.url + MODULE)
    expect(phone.page.locator(".parts li").first).to_contain_text("Tersimpan di perangkat")
    phone.page.goto(fragile.url + "/edaran")
    phone.sees("Halaman yang Anda minta belum tersimpan di perangkat ini")
    expect(phone.page.get_by_role("heading", name="Yang tetap dapat dibaca")).to_be_visible()

    fragile.start()
    phone.page.goto(fragile.url + MODULE)
    expect(phone.page.locator(".parts li").first).to_contain_text("Selesai", timeout=COMING)
    assert {lesson} == lessons_read(app, who)
    context.close()


def test_nothing_private_is_left_at_sign_out(visit: Visit, inside: Flask) -> None:
    """Whoever leaves is asked about what is not sent; then neither pages nor deeds are on the device."""
    who = cast.newcomer(inside)
    phone = seat(visit, who)
    cut(phone)
    tick_first_lesson(phone)
    assert 1 == ask(phone.page, WAITING)
    asked: list[str] = []
    phone.page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    phone.page.get_by_role("button", name="Menu").first.click()
    phone.page.get_by_role("button", name="Keluar").click()
    until(phone.page, f"async () => (await ({KEPT})()) === 0")
    assert "1 kiriman belum terkirim dan akan hilang" in asked[0]
    mend(phone)
    assert 0 == ask(phone.page, WAITING)


def test_another_account_finds_nothing_of_the_one_before(visit: Visit, inside: Flask) -> None:
    """On a shared phone whose first user only lost her session, the next one's arrival forgets all of hers."""
    first, second = cast.newcomer(inside), cast.certified(inside)
    phone = seat(visit, first)
    cut(phone)
    tick_first_lesson(phone)
    assert 1 == ask(phone.page, WAITING)
    mend_without_session(phone)
    sign_in(phone, second)
    until(phone.page, f"async () => (await ({WAITING})()) === 0")
    assert set() == lessons_read(inside, first)
    cut(phone)
    phone.page.goto(phone.home + MODULE)
    phone.sees("Halaman yang Anda minta belum tersimpan di perangkat ini")


def mend_without_session(phone: Visitor) -> None:
    """The line is back, but meanwhile the session has ended, and the page says so without a try that must fail."""
    phone.context.clear_cookies()
    mend(phone)
    state_of(phone).to_contain_text("Sesi Anda berakhir.", timeout=COMING)


def test_who_signs_in_again_has_her_deeds_sent(visit: Visit, inside: Flask) -> None:
    """A session that ended costs nothing: the page says so, and after signing in what waited is sent."""
    who = cast.newcomer(inside)
    phone = seat(visit, who)
    cut(phone)
    lesson = tick_first_lesson(phone)
    mend_without_session(phone)
    sign_in(phone, who)
    until(phone.page, f"async () => (await ({WAITING})()) === 0")
    assert {lesson} == lessons_read(inside, who)

"""A learner's way for everyone: by keyboard alone, without scripts, at 400 % zoom, with large text."""

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.journeys import cast
from tests.journeys.conftest import Visit
from tests.journeys.pages import NARROW, TOO_WIDE, sign_in
from tests.journeys.test_asn import tab_to

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

MODULE = f"/belajar/{cast.SLUG}"
ZOOMED = 320
"""1280 px at 400 %, as WCAG 2.2 (1.4.10) counts it."""
TARGET = 44
SMALL = """least => [...document.querySelectorAll("main :is(a.button, button, input, select, summary)")]
  .filter((node) => node.checkVisibility() && !node.closest("label"))
  .filter((node) => node.getBoundingClientRect().height < least)
  .map((node) => node.outerHTML.slice(0, 80))"""
HIDDEN = """() => {
  const box = document.activeElement.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 10));
  return Boolean(top) && !document.activeElement.contains(top) && !top.contains(document.activeElement);
}"""


def small_targets(page: Page) -> list[str]:
    """Controls that are lower than 44 px."""
    return page.evaluate(SMALL, TARGET)


def test_a_story_by_keyboard(visit: Visit, inside: Flask) -> None:
    """Tab and enter lead through a scene, its consequence and on; the focus is always to be seen."""
    who, play = cast.midway(inside)
    desk = visit()
    sign_in(desk, who)
    desk.open(play)
    tab_to(desk, "button[name=choice]")
    assert not desk.page.evaluate(HIDDEN)
    desk.key("Enter")
    desk.sees("Akibat pilihan Anda", "Mengapa")
    tab_to(desk, "a:text-is('Lanjut')")
    assert not desk.page.evaluate(HIDDEN)
    desk.key("Enter")
    assert desk.path == play


def test_lessons_and_stories_at_400_percent(visit: Visit, inside: Flask) -> None:
    """Nothing is cut off or scrolls sideways at 320 px, and every control can be touched."""
    who, play = cast.midway(inside)
    phone = visit(ZOOMED)
    sign_in(phone, who)
    for path in ("/", MODULE, f"{MODULE}/pelajaran/larangan-pokok", play, f"{play}/langkah/1", "/sertifikat"):
        phone.open(path)
        assert [] == small_targets(phone.page), path


def test_text_at_200_percent_on_a_phone(visit: Visit, inside: Flask) -> None:
    """With letters twice as large, nothing a learner meets scrolls sideways; axe finds nothing on the help page."""
    who, attempt = cast.graded(inside, right=18)
    phone = visit(NARROW)
    sign_in(phone, who)
    for path in ("/", MODULE, f"{attempt}/hasil", f"/pakta/{cast.SLUG}", "/sertifikat", "/bantuan", "/tidak-ada"):
        phone.open(path)
        phone.page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert 0 == phone.page.evaluate(TOO_WIDE), path


def test_a_lesson_without_scripts(visit: Visit, inside: Flask) -> None:
    """A lesson is read and ticked off by the form alone, and the next part follows."""
    plain = visit(NARROW, javascript=False)
    sign_in(plain, cast.newcomer(inside))
    plain.follow("Mulai belajar")
    plain.press("Mulai belajar")
    first = plain.path
    plain.press("Tandai selesai dan lanjut")
    assert first != plain.path

"""A story in a browser: by keyboard with the feedback under the focus, and on a phone without JavaScript, twice."""

import pytest
from flask import Flask

from tests.journeys import cast
from tests.journeys.conftest import Visit
from tests.journeys.pages import NARROW, sign_in
from tests.journeys.test_asn import tab_to

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

READ_OUT = """() => document.activeElement.getAttribute("aria-describedby").split(" ")
    .map((id) => document.getElementById(id).textContent.replace(/\\s+/g, " ").trim()).join(" ")"""


def test_feedback_takes_the_focus_and_the_way_back_is_open(visit: Visit, inside: Flask) -> None:
    """After a choice by keyboard a screen reader says choice, verdict and changes; the scene can be read again."""
    (who, play), desk = cast.midway(inside), visit()
    sign_in(desk, who)
    desk.open(play)
    heading = desk.page.get_by_role("heading", level=1).inner_text()
    tab_to(desk, "button[name=choice]")
    desk.key("Enter")
    assert "Akibat pilihan Anda" == desk.page.evaluate("document.activeElement.textContent")
    said = desk.page.evaluate(READ_OUT)
    assert said.startswith("Anda memilih: ")
    assert any(word in said for word in ("Aman", "Berisiko", "Melanggar", "Diperdebatkan"))
    desk.follow("Baca lagi adegannya")
    desk.sees(heading, "Pilihan Anda")
    assert 0 == desk.page.locator("button[name=choice]").count()
    desk.follow("Sebelumnya")
    desk.follow("Ke tempat terakhir")
    assert play == desk.path


def test_a_story_is_played_twice_without_javascript(visit: Visit, inside: Flask) -> None:
    """To its end on a small phone, then begun anew; the ending of the first play can still be opened."""
    (who, play), phone = cast.midway(inside), visit(NARROW, javascript=False)
    sign_in(phone, who)
    phone.open(play)
    while (choices := phone.page.locator("button[name=choice]")).count():
        phone.click(choices.last)
        phone.follow("Lanjut", exact=True)
    phone.sees("Yang perlu diingat", "Jalan yang Anda tempuh")
    phone.press("Mainkan lagi")
    phone.sees("Apa yang Anda lakukan?")
    assert play != phone.path
    phone.open(play)
    phone.sees("Yang perlu diingat")

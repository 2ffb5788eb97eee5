"""Pages seen at 400 % zoom, without motion, and by Tab: nothing is cut off, moves, or hides what has the focus."""

import pytest
from flask import Flask

from elearn.core.permissions import Role
from tests.journeys import cast
from tests.journeys.conftest import Visit
from tests.journeys.pages import NARROW, Demo, Visitor, ask, sign_in
from tests.journeys.test_learner_access import HIDDEN, ZOOMED, small_targets

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

DESK = ("/", "/pegawai", "/laporan/ketuntasan", "/laporan/ketuntasan/opd/dinkes", "/opd/dinkes", "/pengingat")
MOVING = """() => {
  const lasts = (style) => Math.max(parseFloat(style.transitionDuration), parseFloat(style.animationDuration));
  return [...document.querySelectorAll("*")].filter((node) => lasts(getComputedStyle(node)) > 0.01).length;
}"""
STOPS = 30


def hidden_stops(visitor: Visitor, path: str) -> list[str]:
    """What has the focus on the first stops of Tab while something else covers it."""
    visitor.page.goto(visitor.home + path)
    found = []
    for _ in range(STOPS):
        visitor.page.keyboard.press("Tab")
        if ask(visitor.page, HIDDEN):
            found.append(ask(visitor.page, "document.activeElement.outerHTML.slice(0, 80)"))
    return found


def test_results_at_400_percent(visit: Visit, inside: Flask) -> None:
    """A question, a result, the pact and the help: all within 320 px, every control to be touched."""
    who, attempt = cast.graded(inside, right=18)
    phone = visit(ZOOMED)
    sign_in(phone, who)
    for path in (f"{attempt}/hasil", f"/pakta/{cast.SLUG}", "/bantuan", "/akun"):
        phone.open(path)
        assert [] == small_targets(phone.page), path


def test_a_desk_at_400_percent(visit: Visit, people: dict[Role, Demo]) -> None:
    """The officer's main pages lie within 320 px; wide tables become cards or scroll by themselves."""
    desk = visit(ZOOMED)
    sign_in(desk, people[Role.OPD_OFFICER])
    for path in DESK:
        desk.open(path)
        assert [] == small_targets(desk.page), path


def test_nothing_moves_for_who_asks_for_stillness(visit: Visit, inside: Flask) -> None:
    """With reduced motion no element has a transition or an animation."""
    who, attempt = cast.sitting(inside)
    phone = visit(NARROW)
    phone.page.emulate_media(reduced_motion="reduce")
    sign_in(phone, who)
    for path in ("/", f"/belajar/{cast.SLUG}", f"{attempt}/soal/1"):
        phone.page.goto(phone.home + path)
        assert 0 == ask(phone.page, MOVING), path


def test_focus_is_never_hidden(visit: Visit, people: dict[Role, Demo], inside: Flask) -> None:
    """On a zoomed phone and at a desk, each stop of Tab stands in sight."""
    who, attempt = cast.sitting(inside)
    phone, desk = visit(ZOOMED), visit()
    sign_in(phone, who)
    assert [] == hidden_stops(phone, f"{attempt}/soal/1")
    sign_in(desk, people[Role.OPD_OFFICER])
    assert [] == hidden_stops(desk, "/laporan/ketuntasan/opd/dinkes")

"""Stories without a network: read and played whole on the device, sent in order, and the same on the server."""

import random

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select

from elearn.accounts.models import Account
from elearn.content import queries as content
from elearn.content.stories import story as telling
from elearn.content.stories.scenes import Scenario
from elearn.content.stories.workings import workings
from elearn.core.db import db
from elearn.scenarios import queries as stories
from elearn.scenarios.models import Play
from tests.journeys import cast
from tests.journeys.conftest import Visit
from tests.journeys.pages import Demo, Visitor, ask
from tests.journeys.test_offline import MODULE, WAITING, cut, mend, seat, state_of, until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

HAS_KEPT = "async () => Boolean(await caches.match('%s', { ignoreVary: true }))"
PLAYED = """async ([script, given]) => {
  const { offered, walk } = await import(script);
  const told = (workings) => (state) => [state.scene, state.values, offered(workings, state).map(({ id }) => id)];
  return given.map(({ workings, way }) => walk(workings, way).map(told(workings)));
}"""


def plays(app: Flask, who: Demo) -> list[tuple[str, list[str], str | None]]:
    """The stories that somebody has begun as the server knows them: which, the choices, how it ended."""
    query = select(Play).join(Account, Account.id == Play.learner_id).where(Account.username == who.username)
    with app.app_context():
        found = [(each.scenario_id, stories.list_choices(each.id), each.ending) for each in db.session.scalars(query)]
        db.session.remove()
        return found


def play_on(phone: Visitor, pick: int) -> list[str]:
    """Play the story on the screen to its end without a line, taking the choice of that place; the choices made."""
    phone.page.locator("[data-heading]").wait_for()
    scene, made = phone.page.locator("[data-choice]:visible"), []
    while scene.count():
        chosen = scene.nth(min(pick, scene.count() - 1))
        made.append(chosen.get_attribute("data-choice") or "")
        chosen.click()
        expect(phone.page.locator("[data-saved]")).to_have_text("Tersimpan di perangkat, belum terkirim.")
        phone.page.get_by_role("button", name="Lanjut", exact=True).click()
    return made


def test_a_story_begun_goes_on_without_a_line(visit: Visit, inside: Flask) -> None:
    """The choice waits, what follows is told at once, to the end; with the line back the server knows it all."""
    who, play = cast.midway(inside)
    (story, begun, _), *_ = plays(inside, who)
    phone = seat(visit, who)
    until(phone.page, HAS_KEPT % f"{MODULE}/skenario/{story}/luring")
    phone.open(play)
    cut(phone)
    choice = phone.page.locator("button[name=choice]").last
    made = [choice.get_attribute("value") or ""]
    choice.click()
    expect(phone.page.get_by_role("heading", name="Akibat pilihan Anda")).to_be_visible()
    state_of(phone).to_contain_text("1 kiriman tersimpan di perangkat, belum terkirim.")
    phone.page.get_by_role("button", name="Lanjut", exact=True).click()
    made += play_on(phone, -1)
    expect(phone.page.get_by_role("heading", name="Yang perlu diingat")).to_be_visible()
    ending = phone.page.locator("[data-heading]").inner_text()
    phone.page.goto(phone.home + play)
    expect(phone.page.locator("[data-heading]")).to_have_text(ending)
    assert [(story, begun, None)] == plays(inside, who)
    mend(phone)
    until(phone.page, f"async () => (await ({WAITING})()) === 0")
    ((_, known, end),) = plays(inside, who)
    assert (begun + made, True) == (known, end is not None)
    phone.open(play)
    assert ending == phone.page.get_by_role("heading", level=1).inner_text()


def test_a_story_never_begun_is_played_without_a_line(visit: Visit, inside: Flask) -> None:
    """Opened from the module page with the line cut, played to its end, sent in order: the same on the server."""
    who = cast.newcomer(inside)
    phone = seat(visit, who)
    story = phone.page.locator("form[action*='/skenario/']").first
    address = story.get_attribute("action") or ""
    until(phone.page, HAS_KEPT % f"{address}/luring")
    cut(phone)
    story.get_by_role("button").click()
    made = play_on(phone, 0)
    ending = phone.page.locator("[data-heading]").inner_text()
    assert [] == plays(inside, who)
    phone.page.goto(phone.home + MODULE)
    told = phone.page.locator(".parts li", has=phone.page.locator(f"form[action='{address}']"))
    expect(told).to_contain_text("Tersimpan di perangkat")
    mend(phone)
    until(phone.page, f"async () => (await ({WAITING})()) === 0")
    ((name, known, end),) = plays(inside, who)
    assert (address.rpartition("/")[2], made, True) == (name, known, end is not None)
    phone.open(MODULE)
    expect(told).to_contain_text("Selesai")
    with inside.app_context():
        assert ending == content.current_module(cast.SLUG)[1].scenario_by_id[name].scene_by_id[end or ""].heading


def test_a_script_plays_every_story_as_the_server_does(visit: Visit, inside: Flask) -> None:
    """Random walks through every story of every module: scene, values and choices offered agree at each step."""
    desk, chance = visit(), random.Random(20261122)
    with inside.app_context():
        told = [each for _, module in content.list_current_modules() for each in module.scenarios]
        walks = [random_walk(each, seed, chance) for each in told for seed in range(4)]
    desk.open("/masuk")
    script = desk.page.locator("script[src$='/app.js']").get_attribute("src") or ""
    desk.page.goto(f"{desk.home}/sw.js")  # whose policy lets any script of our own be imported
    played = ask(desk.page, PLAYED, [script.replace("app.js", "story.js"), [way for way, _ in walks]])
    assert [states for _, states in walks] == played


def random_walk(scenario: Scenario, seed: int, chance: random.Random) -> tuple[dict[str, object], list[object]]:
    """A walk to an end: what a script is given of it, and scene, values and offered choices of each state."""
    state, choices, told = telling.begin(scenario, seed), [], []
    while True:
        scene = scenario.scene_by_id[state.scene]
        offered = telling.offered(scene, state)
        told.append([state.scene, dict(state.values), [each.id for each in offered]])
        if not offered:
            given = {"workings": workings(scenario), "way": {"drawn": dict(state.drawn), "choices": choices}}
            return given, told
        choice = chance.choice(offered)
        choices.append(choice.id)
        state = telling.take(state, choice)

"""A story on screen, from its first scene to its ending, back to read again, and once more."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from elearn.content.models import Publication
from elearn.content.modules import Picture
from elearn.core.permissions import Role
from elearn.scenarios.models import Play
from tests.factories.accounts import an_account
from tests.factories.content import published_module
from tests.factories.learning import as_learner
from tests.factories.scenarios import a_play
from tests.factories.stories import a_story


@pytest.fixture
def publication(app: Flask) -> Publication:
    """A published module with the full story, its first scene with a drawing."""
    scenario = a_story()
    first = replace(scenario.scenes[0], picture="ponsel", alt="Ponsel di atas meja.")
    drawing = Picture("ponsel", '<svg viewBox="0 0 2 1"><path d="M0 0h2"/></svg>')
    story = replace(scenario, scenes=(first, *scenario.scenes[1:]))
    return published_module(scenarios=(story,), pictures=(drawing,))


def visit(sign_in: Any, publication: Publication, *choices: str) -> tuple[FlaskClient, Play]:
    """A learner's browser, and her play of the story after these choices."""
    account = an_account(Role.ASN)
    return sign_in(account), a_play(as_learner(account), publication.id, choices=choices)


def missing(page: str, *words: str) -> list[str]:
    """Which of these words a page does not have."""
    return [word for word in words if word not in page]


def test_a_scene_shows_picture_text_gauges_and_choices(sign_in: Any, publication: Publication) -> None:
    """The drawing stands in the page under its own text alternative; the gauges are words first."""
    browser, play = visit(sign_in, publication)
    page = browser.get(f"/skenario/{play.id}").text
    assert [] == missing(
        page, "Sabtu sore", "Adegan 1 dari paling banyak 3", "Kepercayaan publik</span> <strong>60</strong>"
    )
    picture = '<div class="picture" role="img" lang="id" aria-label="Ponsel di atas meja."><svg viewBox="0 0 2 1">'
    assert picture in page
    assert "Risiko sanksi</span> <strong>10</strong> dari 100" in page
    assert ("naik" in page, "turun" in page) == (False, False)


def test_a_choice_shows_what_follows_why_and_what_it_changed(sign_in: Any, publication: Publication) -> None:
    """The heading takes the focus and is described by choice, verdict and changes, so that they are read out."""
    browser, play = visit(sign_in, publication)
    step = browser.post(f"/skenario/{play.id}/langkah/1", data={"choice": "salah"})
    assert f"/skenario/{play.id}/langkah/1" == step.location
    told = browser.get(step.location).text
    assert [] == missing(told, "Orang-orang mengangguk.", "Mengapa", "Melanggar", "Lanjut", "turun 15", "naik 25")
    assert 'tabindex="-1" data-focus aria-describedby="pilihan putusan keadaan"' in told
    after = browser.get(f"/skenario/{play.id}").text
    assert [] == missing(after, "Senin pagi", "Ponsel Anda berdering.", "turun 15", "Memilih jelaskan")


def test_a_disputed_choice_is_shown_as_such(sign_in: Any, publication: Publication) -> None:
    """Neither right nor wrong, and not counted."""
    browser, play = visit(sign_in, publication, "debat", "tenang")
    told = browser.get(f"/skenario/{play.id}/langkah/1").text
    assert [] == missing(told, "Diperdebatkan, tidak dinilai", "berbeda pendapat")
    ending = browser.get(f"/skenario/{play.id}").text
    assert [] == missing(ending, "1 dari 1 pilihan Anda aman.", "1 pilihan menyangkut hal yang diperdebatkan")


def test_a_story_without_variables_shows_no_gauges(app: Flask, sign_in: Any) -> None:
    """Earlier versions look as they did."""
    browser, play = visit(sign_in, published_module(), "maju")
    assert "dari 100" not in browser.get(f"/skenario/{play.id}").text
    assert 'aria-describedby="pilihan putusan"' in browser.get(f"/skenario/{play.id}/langkah/1").text


def test_an_ending_shows_debrief_way_and_summary(sign_in: Any, publication: Publication) -> None:
    """What to remember, how it went, how many endings there are, and a way to begin again."""
    browser, play = visit(sign_in, publication, "maju", "ragu")
    page = browser.get(f"/skenario/{play.id}").text
    assert [] == missing(
        page, "Yang perlu diingat", "Memilih ragu", "Berisiko", "Mainkan lagi", "perlu kehati-hatian"
    )
    assert [] == missing(page, "1 dari 2 pilihan Anda aman.", "Cerita ini punya 3 akhir; Anda sudah sampai di 1.")


def test_playing_again_keeps_the_ended_play(sign_in: Any, publication: Publication) -> None:
    """The part stays done, the earlier ending can be opened, and the endings reached are counted."""
    browser, play = visit(sign_in, publication, "maju", "ragu")
    again = browser.post("/belajar/netralitas-asn/skenario/satu-jempol").location
    assert again != f"/skenario/{play.id}"
    assert "Selesai" in browser.get("/belajar/netralitas-asn").text
    for sequence, choice in ((1, "salah"), (2, "ragu")):
        browser.post(f"{again}/langkah/{sequence}", data={"choice": choice})
    page = browser.get(again).text
    assert [] == missing(page, "Anda sudah sampai di 2.", f"/skenario/{play.id}", "Akhir yang merugikan")


def test_what_lies_behind_can_be_read_again_and_not_undone(sign_in: Any, publication: Publication) -> None:
    """There and back from scene to consequence; an earlier scene has no buttons, another choice changes nothing."""
    browser, play = visit(sign_in, publication, "salah", "ragu")
    home = f"/skenario/{play.id}"
    scene = browser.get(f"{home}/adegan/1").text
    assert [] == missing(scene, "Sabtu sore", "Pilihan Anda", "Memilih debat", f'href="{home}/langkah/1">Lanjut')
    assert ('name="choice"' in scene, "Sebelumnya" in scene) == (False, False)
    assert f'href="{home}/adegan/2">Lanjut' in browser.get(f"{home}/langkah/1").text
    second = browser.get(f"{home}/adegan/2").text
    assert [] == missing(second, "turun 15", f'href="{home}/langkah/1">Sebelumnya', f'href="{home}/langkah/2">Lanjut')
    assert f'href="{home}">Lanjut' in browser.get(f"{home}/langkah/2").text
    browser.post(f"{home}/langkah/1", data={"choice": "maju"})
    assert "Melanggar" in browser.get(f"{home}/langkah/1").text


def test_a_story_is_taken_up_where_it_was_left(sign_in: Any, publication: Publication) -> None:
    """Another device shows the same scene, with a way to what happened last."""
    browser, play = visit(sign_in, publication, "maju")
    page = browser.get(f"/skenario/{play.id}").text
    assert [] == missing(page, "Senin pagi", f'href="/skenario/{play.id}/langkah/1">Baca lagi yang terjadi')


@pytest.mark.parametrize("choice", ["terbang", "jelaskan", ""])
def test_what_is_not_offered_is_answered_with_a_sentence(sign_in: Any, publication: Publication, choice: str) -> None:
    """The scene stays, and says what is missing: for the unknown, the not yet offered, and nothing."""
    browser, play = visit(sign_in, publication, "maju")
    answer = browser.post(f"/skenario/{play.id}/langkah/2", data={"choice": choice})
    assert (422, True) == (answer.status_code, "Pilih salah satu tindakan yang tersedia." in answer.text)


def test_what_lies_ahead_has_no_page(sign_in: Any, publication: Publication) -> None:
    """What a choice leads to is told only to who made it."""
    browser, play = visit(sign_in, publication, "maju")
    ahead = [f"/skenario/{play.id}/{kind}/{n}" for kind in ("langkah", "adegan") for n in (0, 2)]
    assert {404} == {browser.get(path).status_code for path in ahead}


def test_the_play_of_another_is_not_found(sign_in: Any, publication: Publication) -> None:
    """Every door of a play answers 404 to a stranger."""
    _, play = visit(sign_in, publication, "maju")
    stranger = sign_in(an_account(Role.ASN))
    paths = [f"/skenario/{play.id}", f"/skenario/{play.id}/langkah/1", f"/skenario/{play.id}/adegan/1"]
    assert {404} == {stranger.get(path).status_code for path in paths}
    assert 404 == stranger.post(f"/skenario/{play.id}/langkah/2", data={"choice": "ragu"}).status_code


def test_pages_of_a_play_take_few_statements(sign_in: Any, publication: Publication, statements: list[str]) -> None:
    """Who, which play, which choices; where law is cited, whether it has changed; at the end the other plays."""
    browser, play = visit(sign_in, publication, "maju")
    home = f"/skenario/{play.id}"
    browser.get(home)
    counts = []
    for path in (home, f"{home}/langkah/1", f"{home}/adegan/1"):
        statements.clear()
        browser.get(path)
        counts.append(len(statements))
    statements.clear()
    browser.post(f"{home}/langkah/2", data={"choice": "tenang"})
    counts.append(len(statements))
    statements.clear()
    browser.get(home)
    assert [3, 4, 3, 5, 5] == [*counts, len(statements)]


def test_the_page_of_a_scene_is_small(sign_in: Any, publication: Publication) -> None:
    """At most 8 kB besides its drawing, once styles and scripts are known to the browser."""
    browser, play = visit(sign_in, publication, "salah")
    assert 8_000 > len(browser.get(f"/skenario/{play.id}").data)

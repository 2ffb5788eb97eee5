"""A story on screen, from its first scene to its ending and once again."""

from typing import Any

from flask import Flask

from elearn.core.permissions import Role
from tests.factories.accounts import an_account
from tests.factories.content import published_module
from tests.factories.learning import as_learner
from tests.factories.scenarios import a_play


def test_a_story_is_played_scene_by_scene(app: Flask, sign_in: Any) -> None:
    """A choice shows what follows and why, then leads on to the next scene and to the ending with its path."""
    publication, account = published_module(), an_account(Role.ASN)
    play, client = a_play(as_learner(account), publication.id), sign_in(account)
    first = client.get(f"/skenario/{play.id}").text
    assert "Sabtu sore" in first
    assert "Adegan 1 dari paling banyak 3" in first
    step = client.post(f"/skenario/{play.id}/langkah/1", data={"choice": "maju"})
    assert f"/skenario/{play.id}/langkah/1" == step.location
    told = client.get(step.location).text
    assert [] == [word for word in ("Orang-orang mengangguk.", "Mengapa", "Aman", "Lanjut") if word not in told]
    client.post(f"/skenario/{play.id}/langkah/2", data={"choice": "ragu"})
    ending = client.get(f"/skenario/{play.id}").text
    assert [] == [
        word for word in ("Yang perlu diingat", "Memilih ragu", "Berisiko", "Mainkan lagi") if word not in ending
    ]


def test_a_story_is_taken_up_where_it_was_left(app: Flask, sign_in: Any) -> None:
    """Another device shows the same scene."""
    publication, account = published_module(), an_account(Role.ASN)
    play = a_play(as_learner(account), publication.id, choices=("maju",))
    assert "Senin pagi" in sign_in(account).get(f"/skenario/{play.id}").text


def test_no_choice_is_answered_with_a_sentence(app: Flask, sign_in: Any) -> None:
    """The scene stays, and says what is missing."""
    publication, account = published_module(), an_account(Role.ASN)
    play = a_play(as_learner(account), publication.id)
    answer = sign_in(account).post(f"/skenario/{play.id}/langkah/1", data={"choice": "terbang"})
    assert (422, True) == (answer.status_code, "Pilih salah satu tindakan yang tersedia." in answer.text)


def test_a_step_not_taken_has_no_page(app: Flask, sign_in: Any) -> None:
    """What a choice leads to is told only to who made it."""
    publication, account = published_module(), an_account(Role.ASN)
    play, client = a_play(as_learner(account), publication.id), sign_in(account)
    assert [404, 404] == [client.get(f"/skenario/{play.id}/langkah/{n}").status_code for n in (0, 1)]


def test_the_play_of_another_is_not_found(app: Flask, sign_in: Any) -> None:
    """Every door of a play answers 404 to a stranger."""
    publication = published_module()
    play = a_play(as_learner(an_account(Role.ASN)), publication.id, choices=("maju",))
    client = sign_in(an_account(Role.ASN))
    answers = [
        client.get(f"/skenario/{play.id}"),
        client.get(f"/skenario/{play.id}/langkah/1"),
        client.post(f"/skenario/{play.id}/langkah/2", data={"choice": "ragu"}),
    ]
    assert [404, 404, 404] == [answer.status_code for answer in answers]

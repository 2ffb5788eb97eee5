"""Stories are begun once, resumed, ended and played again; a repeated step changes nothing."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.transaction import transaction
from elearn.scenarios import actions, queries, rules
from elearn.scenarios.models import Play
from tests.factories.content import published_module
from tests.factories.learning import a_learner
from tests.factories.scenarios import a_play, an_ended_play
from tests.factories.stories import a_story

STORY = "satu-jempol"


def test_starting_twice_gives_one_play(app: Flask) -> None:
    """A double click resumes the story."""
    learner, publication = a_learner(), published_module()
    assert a_play(learner, publication.id).id == a_play(learner, publication.id).id
    assert 1 == db.session.scalar(select(func.count()).select_from(Play))


def test_a_story_that_is_not_there_is_not_found(app: Flask) -> None:
    """Only stories of the published module can be played."""
    learner, publication = a_learner(), published_module()
    with pytest.raises(NotFound):
        actions.start(learner, publication_id=publication.id, scenario_id="tidak-ada")


def test_a_repeated_step_changes_nothing(app: Flask) -> None:
    """The first choice of a step stands, even against another one."""
    learner, publication = a_learner(), published_module()
    play = a_play(learner, publication.id, STORY, ("maju",))
    with transaction():
        actions.choose(learner, play_id=play.id, sequence=1, choice="maju")
        actions.choose(learner, play_id=play.id, sequence=1, choice="salah")
    assert ["maju"] == queries.list_choices(play.id)


def test_a_step_ahead_of_the_story_is_refused(app: Flask) -> None:
    """A stale tab cannot skip a scene."""
    learner, publication = a_learner(), published_module()
    play = a_play(learner, publication.id)
    with pytest.raises(rules.OutOfStep):
        actions.choose(learner, play_id=play.id, sequence=2, choice="tenang")


def test_an_ending_closes_the_play_and_allows_another(app: Flask) -> None:
    """The story counts as played, and playing again starts from the first scene."""
    learner, publication = a_learner(), published_module()
    play = a_play(learner, publication.id, STORY, ("salah",))
    ended = queries.get_play(play.id, learner_id=learner.account_id)
    assert ("buruk", True) == (ended.ending, ended.ended_at is not None)
    assert [] == queries.list_open_plays(learner.account_id, publication.id)
    assert play.id != a_play(learner, publication.id).id


def test_playing_again_draws_anew_and_keeps_what_was_ended(app: Flask) -> None:
    """Each play has a seed of its own; the ended one stays, and so does what it was worth."""
    learner, publication = a_learner(), published_module()
    ended = an_ended_play(learner, publication.id, STORY)
    again = a_play(learner, publication.id)
    assert again.seed != ended.seed
    assert [ended.id] == [play.id for play in queries.list_ended_plays(again)]


def test_the_next_play_is_known_before_it_is_begun(app: Flask) -> None:
    """So that a device may begin it without a network: it is taken up by its seed, after its end as well."""
    learner, publication = a_learner(), published_module()
    story = {"publication_id": publication.id, "scenario_id": STORY}
    seed, walk = queries.present_walk(learner.account_id, **story)
    with transaction():
        play = actions.take_up(learner, **story, seed=seed)
        for _ in range(2):  # the last step ends the story; its repetition finds the same play
            again = actions.take_up(learner, **story, seed=seed)
            actions.choose(learner, play_id=again.id, sequence=1, choice="salah")
    assert (seed, ()) == (play.seed, walk.passages)
    assert ["salah"] == queries.list_choices(play.id)
    assert seed != queries.present_walk(learner.account_id, **story)[0]


def test_a_play_that_is_neither_open_nor_next_is_not_taken_up(app: Flask) -> None:
    """What was chosen for another play is refused with a sentence."""
    learner, publication = a_learner(), published_module()
    a_play(learner, publication.id)
    with pytest.raises(rules.OtherPlay):
        actions.take_up(learner, publication_id=publication.id, scenario_id=STORY, seed=7)


def test_what_is_not_offered_now_cannot_be_chosen(app: Flask) -> None:
    """A choice whose conditions do not hold is refused like one that does not exist."""
    learner, publication = a_learner(), published_module(scenarios=(a_story(),))
    play = a_play(learner, publication.id, choices=("maju",))
    with pytest.raises(rules.UnknownChoice):
        actions.choose(learner, play_id=play.id, sequence=2, choice="jelaskan")


def test_a_route_leads_to_the_ending_that_is_stored(app: Flask) -> None:
    """The same choice ends the story worse for who was wrong before."""
    learner, publication = a_learner(), published_module(scenarios=(a_story(),))
    assert "buruk" == a_play(learner, publication.id, choices=("salah", "ragu")).ending
    assert "hati" == a_play(learner, publication.id, choices=("maju", "ragu")).ending


def test_nothing_can_be_chosen_after_the_end(app: Flask) -> None:
    """An ending has no choices."""
    learner, publication = a_learner(), published_module()
    play = a_play(learner, publication.id, STORY, ("salah",))
    with pytest.raises(rules.UnknownChoice):
        actions.choose(learner, play_id=play.id, sequence=2, choice="maju")


def test_the_play_of_another_does_not_exist(app: Flask) -> None:
    """Neither to read nor to choose in."""
    publication = published_module()
    play, stranger = a_play(a_learner(), publication.id), a_learner()
    with pytest.raises(NotFound):
        actions.choose(stranger, play_id=play.id, sequence=1, choice="maju")

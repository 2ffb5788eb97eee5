"""Plays of stories, read."""

from uuid import UUID

from sqlalchemy import select

from elearn.content import queries as content
from elearn.content.rules import Module, Scenario
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.scenarios.models import Play, Step


def get_play(play_id: UUID, *, learner_id: UUID | None) -> Play:
    """The learner's own play; another's does not exist."""
    play = db.session.scalar(select(Play).filter_by(id=play_id, learner_id=learner_id))
    if play is None:
        raise NotFound
    return play


def find_open(learner_id: UUID | None, publication_id: UUID, scenario_id: str) -> Play | None:
    """The play of a story that has not ended yet."""
    query = select(Play).filter_by(learner_id=learner_id, publication_id=publication_id, scenario_id=scenario_id)
    return db.session.scalar(query.where(Play.ended_at.is_(None)))


def list_choices(play_id: UUID) -> list[str]:
    """The ids of the choices made, in order."""
    query = select(Step.choice).where(Step.play_id == play_id).order_by(Step.sequence)
    return list(db.session.scalars(query))


def list_ended(learner_id: UUID | None, publication_id: UUID) -> set[str]:
    """The stories of a publication that the learner has played to an end."""
    query = select(Play.scenario_id).where(
        Play.learner_id == learner_id, Play.publication_id == publication_id, Play.ended_at.is_not(None)
    )
    return set(db.session.scalars(query))


def list_open(learner_id: UUID | None, publication_id: UUID) -> set[str]:
    """The stories of a publication that the learner has begun and not ended."""
    query = select(Play.scenario_id).where(
        Play.learner_id == learner_id, Play.publication_id == publication_id, Play.ended_at.is_(None)
    )
    return set(db.session.scalars(query))


def story_of(play: Play) -> tuple[Module, Scenario]:
    """The version of the module a play belongs to, and its story."""
    module = content.get_module(play.publication_id)
    return module, module.scenario_by_id[play.scenario_id]

"""Plays of stories, read."""

from collections import Counter, defaultdict
from uuid import UUID

from sqlalchemy import Select, Subquery, func, select

from elearn.content import queries as content
from elearn.content.models import Publication
from elearn.content.modules import Module
from elearn.content.stories.scenes import Scenario
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.scenarios import rules
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


def find_by_seed(learner_id: UUID | None, publication_id: UUID, scenario_id: str, seed: int) -> Play | None:
    """The learner's play of a story that was drawn from a seed, ended or not; the newest of several."""
    query = select(Play).filter_by(
        learner_id=learner_id, publication_id=publication_id, scenario_id=scenario_id, seed=seed
    )
    return db.session.scalar(query.order_by(Play.started_at.desc()).limit(1))


def next_seed(learner_id: UUID | None, publication_id: UUID, scenario_id: str) -> int:
    """The seed that the learner's next play of a story will be drawn from."""
    query = select(func.count()).select_from(Play)
    begun = query.filter_by(learner_id=learner_id, publication_id=publication_id, scenario_id=scenario_id)
    return rules.seed_of(learner_id, publication_id, scenario_id, (db.session.scalar(begun) or 0) + 1)


def present_walk(learner_id: UUID | None, publication_id: UUID, scenario_id: str) -> tuple[int, rules.Walk]:
    """The seed and the way of the open play of a story, or of the one that would be begun now."""
    scenario = content.get_module(publication_id).scenario_by_id.get(scenario_id)
    if scenario is None:
        raise NotFound
    play = find_open(learner_id, publication_id, scenario_id)
    seed = play.seed if play else next_seed(learner_id, publication_id, scenario_id)
    return seed, rules.walk(scenario, seed, list_choices(play.id) if play else [])


def list_choices(play_id: UUID) -> list[str]:
    """The ids of the choices made, in order."""
    query = select(Step.choice).where(Step.play_id == play_id).order_by(Step.sequence)
    return list(db.session.scalars(query))


def list_open_plays(learner_id: UUID | None, publication_id: UUID) -> list[UUID]:
    """The ids of the plays of a publication's stories that the learner has not ended."""
    query = select(Play.id).where(
        Play.learner_id == learner_id, Play.publication_id == publication_id, Play.ended_at.is_(None)
    )
    return list(db.session.scalars(query))


def list_ended_plays(play: Play) -> list[Play]:
    """The plays of the same story, in the same version, that the same learner has ended; the newest first."""
    query = select(Play).filter_by(
        learner_id=play.learner_id, publication_id=play.publication_id, scenario_id=play.scenario_id
    )
    return list(db.session.scalars(query.where(Play.ended_at.is_not(None)).order_by(Play.ended_at.desc())))


def story_of(play: Play) -> tuple[Module, Scenario]:
    """The version of the module a play belongs to, and its story."""
    module = content.get_module(play.publication_id)
    return module, module.scenario_by_id[play.scenario_id]


def walk_of(play: Play) -> rules.Walk:
    """The way a play has taken so far."""
    _, scenario = story_of(play)
    return rules.walk(scenario, play.seed, list_choices(play.id))


def list_footfalls(
    slug: str,
    *,
    scenario_id: str | None = None,
    publication_id: UUID | None = None,
    accounts: Select[UUID] | None = None,
) -> dict[str, rules.Footfall]:
    """What people chose when they first played the stories of a module, by story; one statement, no names.

    One story and one version of the module can be asked for; `accounts` is a statement of the ids of those who
    count. What somebody chose when playing again is left out.
    """
    first = _first_plays(slug, scenario_id, publication_id, accounts)
    begun = func.count().filter(func.coalesce(Step.sequence, 1) == 1)
    query = (
        select(first.c.scenario_id, Step.scene, Step.choice, func.count().label("people"), begun.label("begun"))
        .outerjoin(Step, Step.play_id == first.c.id)
        .where(first.c.turn == 1)
        .group_by(first.c.scenario_id, Step.scene, Step.choice)
    )
    people: Counter[str] = Counter()
    choices: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    for row in db.session.execute(query):
        people[row.scenario_id] += row.begun
        if row.scene is not None:
            choices[row.scenario_id][row.scene, row.choice] = row.people
    return {each: rules.Footfall(count, choices[each]) for each, count in people.items()}


def _first_plays(
    slug: str, scenario_id: str | None, publication_id: UUID | None, accounts: Select[UUID] | None
) -> Subquery:
    """Plays with the turn they are for their learner, from 1, among the plays of a story."""
    turn = func.row_number().over(
        partition_by=(Play.learner_id, Play.scenario_id), order_by=(Play.started_at, Play.id)
    )
    versions = select(Publication.id).where(Publication.kind == "module", Publication.slug == slug)
    query = select(Play.id, Play.scenario_id, turn.label("turn")).where(Play.publication_id.in_(versions))
    if scenario_id is not None:
        query = query.where(Play.scenario_id == scenario_id)
    if publication_id is not None:
        query = query.where(Play.publication_id == publication_id)
    if accounts is not None:
        query = query.where(Play.learner_id.in_(accounts))
    return query.subquery()

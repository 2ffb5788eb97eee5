"""Stories on screen: a scene with its choices, what a choice led to, the way behind, the ending."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from elearn.core import offline
from elearn.core.clock import now
from elearn.core.errors import NotFound
from elearn.core.permissions import Permission, requires
from elearn.core.web import actor, refusals_to, render, show_form
from elearn.scenarios import actions, queries, rules
from elearn.scenarios.forms import ChoiceForm
from elearn.scenarios.models import Play
from elearn.scenarios.rules import Passage, Walk

blueprint = Blueprint("scenarios", __name__)


@blueprint.get("/skenario/<uuid:play_id>")
@requires(Permission.LEARNING_OWN_STUDY)
def scene(play_id: UUID) -> Response:
    """Where the story stands: a scene to decide in, or its ending."""
    play, walk = _walk(play_id)
    instead = "" if walk.scene.ending else url_for("learning.story_offline", **_story(play))
    return offline.keepable(_page(play, walk, ChoiceForm()), instead=instead)


@blueprint.post("/skenario/<uuid:play_id>/langkah/<int:sequence>")
@requires(Permission.LEARNING_OWN_STUDY)
def choose(play_id: UUID, sequence: int) -> Response | Answer:
    """Decide, and see what comes of it."""
    form = ChoiceForm()
    with refusals_to(form):
        actions.choose(actor(), play_id=play_id, sequence=sequence, choice=request.form.get("choice", ""))
        return redirect(url_for("scenarios.step", play_id=play_id, sequence=sequence))
    return _page(*_walk(play_id), form)


@blueprint.get("/skenario/<uuid:play_id>/langkah/<int:sequence>")
@requires(Permission.LEARNING_OWN_STUDY)
def step(play_id: UUID, sequence: int) -> Response:
    """What a choice led to, and why it stands as it does; as often as one likes."""
    play, walk = _walk(play_id)
    passage, gauges = _passage(walk, sequence), rules.gauges(walk, sequence)
    facts = _facts(play, walk, passage.choice.cites)
    return offline.keepable(render("scenarios/step.html", passage=passage, gauges=gauges, **facts))


@blueprint.get("/skenario/<uuid:play_id>/adegan/<int:sequence>")
@requires(Permission.LEARNING_OWN_STUDY)
def passed(play_id: UUID, sequence: int) -> Response:
    """A scene that lies behind, to read again; its choice stands."""
    play, walk = _walk(play_id)
    passage = _passage(walk, sequence)
    moment = rules.moment(walk, sequence - 1)
    facts = _facts(play, walk, passage.scene.cites)
    return offline.keepable(render("scenarios/passed.html", passage=passage, moment=moment, **facts))


def _page(play: Play, walk: Walk, form: ChoiceForm) -> Response:
    """Where the story stands."""
    facts = _facts(play, walk, walk.scene.cites) | {"moment": rules.moment(walk, len(walk.passages))}
    if walk.scene.ending is None:
        return show_form("scenarios/scene.html", form, **facts)
    ended, summary = queries.list_ended_plays(play), rules.summary(walk.passages)
    return show_form("scenarios/ending.html", form, ended=ended, summary=summary, **facts)


def _walk(play_id: UUID) -> tuple[Play, Walk]:
    """The learner's own play, and the way it has taken."""
    play = queries.get_play(play_id, learner_id=actor().account_id)
    return play, queries.walk_of(play)


def _passage(walk: Walk, sequence: int) -> Passage:
    """A step that was taken; what lies ahead is not told."""
    if not 1 <= sequence <= len(walk.passages):
        raise NotFound
    return walk.passages[sequence - 1]


def _facts(play: Play, walk: Walk, cites: tuple[str, ...]) -> dict[str, Any]:
    """What every page of a play shows."""
    module, scenario = queries.story_of(play)
    way = rules.way(url_for("learning.start_scenario", **_story(play)), play.seed, walk, now())
    citations = module.cited(cites)
    return {
        "play": play,
        "module": module,
        "scenario": scenario,
        "walk": walk,
        "citations": citations,
        "way": way,
    }


def _story(play: Play) -> dict[str, Any]:
    """What names the story of a play in an address."""
    module, scenario = queries.story_of(play)
    return {"slug": module.slug, "scenario_id": scenario.id}

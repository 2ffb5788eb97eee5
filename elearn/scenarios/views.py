"""Stories on screen: a scene with its choices, what a choice led to, the ending with the path behind it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from elearn.core.errors import NotFound
from elearn.core.permissions import Permission, requires
from elearn.core.web import actor, refusals_to, render, show_form
from elearn.scenarios import actions, queries, rules
from elearn.scenarios.forms import ChoiceForm

blueprint = Blueprint("scenarios", __name__)


@blueprint.get("/skenario/<uuid:play_id>")
@requires(Permission.LEARNING_OWN_STUDY)
def scene(play_id: UUID) -> Response:
    """Where the story stands: a scene to decide in, or its ending."""
    return _scene_page(play_id, ChoiceForm())


@blueprint.post("/skenario/<uuid:play_id>/langkah/<int:sequence>")
@requires(Permission.LEARNING_OWN_STUDY)
def choose(play_id: UUID, sequence: int) -> Response | Answer:
    """Decide, and see what comes of it."""
    form = ChoiceForm()
    with refusals_to(form):
        actions.choose(actor(), play_id=play_id, sequence=sequence, choice=request.form.get("choice", ""))
        return redirect(url_for("scenarios.step", play_id=play_id, sequence=sequence))
    return _scene_page(play_id, form)


@blueprint.get("/skenario/<uuid:play_id>/langkah/<int:sequence>")
@requires(Permission.LEARNING_OWN_STUDY)
def step(play_id: UUID, sequence: int) -> Response:
    """What a choice led to, and why it stands as it does."""
    facts = _story(play_id)
    if not 1 <= sequence <= len(facts["path"]):
        raise NotFound
    passage = facts["path"][sequence - 1]
    return render(
        "scenarios/step.html", passage=passage, citations=facts["module"].cited(passage.choice.cites), **facts
    )


def _scene_page(play_id: UUID, form: ChoiceForm) -> Response:
    facts = _story(play_id)
    scene = facts["scene"]
    template = "scenarios/scene.html" if scene.ending is None else "scenarios/ending.html"
    return show_form(template, form, citations=facts["module"].cited(scene.cites), **facts)


def _story(play_id: UUID) -> dict[str, Any]:
    """What every page of a play shows."""
    play = queries.get_play(play_id, learner_id=actor().account_id)
    module, scenario = queries.story_of(play)
    choices = queries.list_choices(play_id)
    scene = rules.scene_after(scenario, choices)
    return {
        "play": play,
        "module": module,
        "scenario": scenario,
        "path": rules.walk(scenario, choices),
        "scene": scene,
        "longest": len(choices) + 1 + rules.choices_left(scenario, scene),
    }

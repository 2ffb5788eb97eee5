"""A module on screen: its parts in order, its lessons, and the way into its stories and its quiz."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from elearn.calendar import queries as calendar
from elearn.content import queries as content
from elearn.content.modules import Part, PartKind
from elearn.content.stories import workings
from elearn.core import offline
from elearn.core.clock import now, today
from elearn.core.errors import NotFound
from elearn.core.fields import Deed
from elearn.core.permissions import Permission, requires
from elearn.core.speech import say
from elearn.core.web import actor, refusals_to, render, show_form, tell, wants_json
from elearn.learning import actions, queries
from elearn.quiz import queries as quiz
from elearn.scenarios import queries as scenarios
from elearn.scenarios import rules as stories

blueprint = Blueprint("learning", __name__)


@blueprint.get("/belajar/<slug>")
@requires(Permission.LEARNING_OWN_STUDY)
def module(slug: str) -> Response:
    """The module with every part, how it stands, and the next step."""
    return offline.keepable(_module_page(slug, Deed()))


@blueprint.get("/belajar/<slug>/pelajaran/<lesson_id>")
@requires(Permission.LEARNING_OWN_STUDY)
def lesson(slug: str, lesson_id: str) -> Response:
    """One lesson with the law it rests on."""
    module, course = queries.course_of(actor().account_id, slug)
    place = next((i for i, state in enumerate(course.parts) if state.part == Part(PartKind.LESSON, lesson_id)), None)
    if place is None:
        raise NotFound
    lesson = module.lesson_by_id[lesson_id]
    page = render(
        "learning/lesson.html",
        module=module,
        lesson=lesson,
        state=course.parts[place],
        place=place + 1,
        total=course.total,
        following=course.after(place),
        citations=module.cited(lesson.cites),
    )
    return offline.keepable(page)


@blueprint.post("/belajar/<slug>/pelajaran/<lesson_id>")
@requires(Permission.LEARNING_OWN_STUDY)
def tick(slug: str, lesson_id: str) -> Answer | dict[str, str]:
    """Tick the lesson off and go to the next part; a script that sends what was kept on the device is told."""
    actions.tick(actor(), slug=slug, lesson_id=lesson_id)
    return {"sentence": tell(say("Pelajaran ditandai selesai."))} if wants_json() else _next(slug)


@blueprint.post("/belajar/<slug>/lanjut")
@requires(Permission.LEARNING_OWN_STUDY)
def proceed(slug: str) -> Answer:
    """Go to the next part, whatever it is."""
    return _next(slug)


@blueprint.post("/belajar/<slug>/ulang")
@requires(Permission.LEARNING_OWN_STUDY)
def begin_again(slug: str) -> Answer:
    """Begin the module anew, as its current version has it."""
    actions.begin_again(actor(), slug=slug)
    return redirect(url_for("learning.module", slug=slug))


@blueprint.post("/belajar/<slug>/skenario/<scenario_id>")
@requires(Permission.LEARNING_OWN_STUDY)
def start_scenario(slug: str, scenario_id: str) -> Answer:
    """Begin a story or take it up again."""
    play = actions.start_scenario(actor(), slug=slug, scenario_id=scenario_id)
    return redirect(url_for("scenarios.scene", play_id=play.id))


@blueprint.get("/belajar/<slug>/skenario/<scenario_id>/luring")
@requires(Permission.LEARNING_OWN_STUDY)
def story_offline(slug: str, scenario_id: str) -> Response:
    """A whole story, which the browser keeps and plays by itself while there is no network."""
    learner_id = actor().account_id
    publication_id = queries.publication_for(learner_id, slug)
    module = content.get_module(publication_id)
    seed, walk = scenarios.present_walk(learner_id, publication_id, scenario_id)
    address = url_for("learning.start_scenario", slug=slug, scenario_id=scenario_id)
    page = render(
        "learning/story_offline.html",
        module=module,
        scenario=walk.scenario,
        workings=workings.workings(walk.scenario),
        way=stories.way(address, seed, walk, now()),
        stills=stories.gauges(walk, 0),
        citations=module.cited(workings.cites(walk.scenario)),
    )
    return offline.keepable(page)


@blueprint.post("/belajar/<slug>/skenario/<scenario_id>/langkah/<int:sequence>")
@requires(Permission.LEARNING_OWN_STUDY)
def choose(slug: str, scenario_id: str, sequence: int) -> Answer | dict[str, str]:
    """Take what was chosen without a network, in order; a script that sends it is told."""
    play = actions.choose(
        actor(),
        slug=slug,
        scenario_id=scenario_id,
        seed=request.form.get("seed", 0, type=int),
        sequence=sequence,
        choice=request.form.get("choice", ""),
    )
    if wants_json():
        return {"sentence": tell(say("Pilihan tersimpan."))}
    return redirect(url_for("scenarios.step", play_id=play.id, sequence=sequence))


@blueprint.post("/belajar/<slug>/kuis")
@requires(Permission.LEARNING_OWN_STUDY)
def start_quiz(slug: str) -> Response | Answer:
    """Begin the quiz or return to the open attempt."""
    form = Deed()
    with refusals_to(form):
        attempt = actions.start_quiz(actor(), slug=slug)
        return redirect(url_for("quiz.question", attempt_id=attempt.id, position=1))
    return _module_page(slug, form)


def _next(slug: str) -> Answer:
    """To the first part not done; a story begins right away, the quiz waits for its own button."""
    part = queries.progress_of(actor().account_id, slug).next_part
    if part is None:
        return redirect(url_for("learning.module", slug=slug, _anchor="kuis"))
    if part.kind is PartKind.SCENARIO:
        return start_scenario(slug, part.id)
    return redirect(url_for("learning.lesson", slug=slug, lesson_id=part.id))


def _module_page(slug: str, form: Deed) -> Response:
    learner_id = actor().account_id
    way = queries.way_of(learner_id, slug)
    module, course = queries.course_of(learner_id, slug, way)
    return show_form(
        "learning/module.html",
        form,
        module=module,
        course=course,
        outlook=quiz.outlook(learner_id, slug, module.quiz, since=way.since),
        now=now(),
        phase=calendar.find_phase(today()),
        plays=scenarios.list_open_plays(learner_id, way.publication_id),
    )

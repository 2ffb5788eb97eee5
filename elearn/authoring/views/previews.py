"""What a pack would look like to a learner: its lessons, stories to walk through, questions to try, pacts."""

from uuid import UUID

from flask import Response, request

from elearn.authoring import packs
from elearn.authoring.views.blueprint import blueprint
from elearn.content import items
from elearn.content.modules import Module
from elearn.content.pacts import PactText
from elearn.content.questions import Draw
from elearn.core.errors import NotFound
from elearn.core.permissions import Permission, requires
from elearn.core.web import render
from elearn.quiz import papers, review
from elearn.scenarios import rules as scenarios

MOST_SEED = 2**31


@blueprint.get("/materi/naskah/<uuid:pack_id>/<slug>")
@requires(Permission.CONTENT_ANY_WRITE, Permission.CONTENT_ANY_PUBLISH)
def preview(pack_id: UUID, slug: str) -> Response:
    """All parts of a module in the pack, each with its own page."""
    return render("authoring/preview.html", pack_id=pack_id, module=_module(pack_id, slug))


@blueprint.get("/materi/naskah/<uuid:pack_id>/<slug>/pelajaran/<lesson_id>")
@requires(Permission.CONTENT_ANY_WRITE, Permission.CONTENT_ANY_PUBLISH)
def preview_lesson(pack_id: UUID, slug: str, lesson_id: str) -> Response:
    """A lesson as a learner reads it."""
    module = _module(pack_id, slug)
    lesson = module.lesson_by_id.get(lesson_id)
    if lesson is None:
        raise NotFound
    citations = module.cited(lesson.cites)
    return render("authoring/preview_lesson.html", pack_id=pack_id, module=module, lesson=lesson, citations=citations)


@blueprint.get("/materi/naskah/<uuid:pack_id>/<slug>/skenario/<scenario_id>")
@requires(Permission.CONTENT_ANY_WRITE, Permission.CONTENT_ANY_PUBLISH)
def preview_scenario(pack_id: UUID, slug: str, scenario_id: str) -> Response:
    """A story as a learner plays it; the way so far is in the address (`jalan`), and so is the draw (`acak`)."""
    module, seed = _module(pack_id, slug), _seed()
    scenario = module.scenario_by_id.get(scenario_id)
    if scenario is None:
        raise NotFound
    walk = scenarios.walk(scenario, seed, request.args.getlist("jalan"))
    passage = walk.passages[-1] if walk.passages else None
    cites = [*walk.scene.cites, *(passage.choice.cites if passage else ())]
    return render(
        "authoring/preview_scenario.html",
        pack_id=pack_id,
        module=module,
        scenario=scenario,
        walk=walk,
        passage=passage,
        moment=scenarios.moment(walk, len(walk.passages)),
        path=[each.choice.id for each in walk.passages],
        citations=module.cited(cites),
        seed=seed,
    )


@blueprint.get("/materi/naskah/<uuid:pack_id>/<slug>/soal/<question>")
@requires(Permission.CONTENT_ANY_WRITE, Permission.CONTENT_ANY_PUBLISH)
def preview_question(pack_id: UUID, slug: str, question: str) -> Response:
    """A question as on the quiz page, shuffled as there; an answer in the address is judged as on the result page."""
    module, seed = _module(pack_id, slug), _seed()
    found = module.question_by_id.get(question)
    if found is None:
        raise NotFound
    shown = papers.draw([found], [Draw(found.topic, 1)], seed)[0].option_ids
    options = {option.id: option for option in found.options}
    answer = tuple(items.answer_in(request.args.items(multi=True)))
    is_answer = bool(answer) and items.misfit(found, answer) is None
    return render(
        "authoring/preview_question.html",
        pack_id=pack_id,
        module=module,
        question=found,
        options=[options[each] for each in shown],
        groups=papers.groups(found, seed),
        answer=answer,
        judged=review.judged(found, shown, answer) if is_answer else (),
        citations=module.cited(found.cites),
        seed=seed,
    )


@blueprint.get("/materi/naskah/<uuid:pack_id>/pakta/<slug>")
@requires(Permission.CONTENT_ANY_WRITE, Permission.CONTENT_ANY_PUBLISH)
def preview_pact(pack_id: UUID, slug: str) -> Response:
    """A pact as it is read before it is signed."""
    pacts = [each for each in packs.get_draft(pack_id).contents if isinstance(each, PactText) and each.slug == slug]
    if not pacts:
        raise NotFound
    return render("authoring/preview_pact.html", pack_id=pack_id, pact=pacts[0])


def _module(pack_id: UUID, slug: str) -> Module:
    """A module of a pack that nothing is wrong with."""
    module = packs.get_draft(pack_id).modules.get(slug)
    if module is None:
        raise NotFound
    return module


def _seed() -> int:
    return abs(request.args.get("acak", 0, type=int)) % MOST_SEED

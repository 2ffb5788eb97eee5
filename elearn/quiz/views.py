"""The quiz on screen: one question a page, the list of all, the result.

The question page and its answer are the busiest doors of the house: two statements and one address each.
"""

from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from elearn.core.bahasa import jam
from elearn.core.clock import now
from elearn.core.permissions import Permission, requires
from elearn.core.web import actor, refusals_to, render, show_form
from elearn.quiz import actions, queries, result, rules
from elearn.quiz.forms import DeedForm
from elearn.quiz.queries import Saved, Sheet

blueprint = Blueprint("quiz", __name__)


@blueprint.get("/kuis/<uuid:attempt_id>")
@requires(Permission.QUIZ_OWN_ATTEMPT)
def overview(attempt_id: UUID) -> Response | Answer:
    """All questions with their state, and the button that submits."""
    sheet = _own(attempt_id)
    if sheet.submitted_at is not None:
        return redirect(url_for("quiz.result", attempt_id=attempt_id))
    return _list_page(sheet, DeedForm())


@blueprint.get("/kuis/<uuid:attempt_id>/soal/<int:position>")
@requires(Permission.QUIZ_OWN_ATTEMPT)
def question(attempt_id: UUID, position: int) -> Response | Answer:
    """One question."""
    sheet = _own(attempt_id)
    if sheet.submitted_at is not None or now() >= sheet.closes_at:
        return redirect(url_for("quiz.overview", attempt_id=attempt_id))
    return render("quiz/question.html", **_question_page(sheet, position))


@blueprint.post("/kuis/<uuid:attempt_id>/soal/<int:position>")
@requires(Permission.QUIZ_OWN_ATTEMPT)
def answer(attempt_id: UUID, position: int) -> Response | Answer | dict[str, str]:
    """Save the answer and go where the person wants to; a script is told when it was saved."""
    choice = request.form.getlist("choice")
    if request.accept_mimetypes.best == "application/json":
        saved_at = actions.save_answer(actor(), attempt_id=attempt_id, position=position, choice=choice)
        return {"saved_at": saved_at.isoformat(), "sentence": f"Tersimpan pukul {jam(saved_at)}."}
    form = DeedForm()
    with refusals_to(form):
        if choice or request.form.get("go") == "stay":
            actions.save_answer(actor(), attempt_id=attempt_id, position=position, choice=choice)
        return redirect(_destination(_own(attempt_id), position))
    return show_form("quiz/question.html", form, **_question_page(_own(attempt_id), position))


@blueprint.post("/kuis/<uuid:attempt_id>/kumpulkan")
@requires(Permission.QUIZ_OWN_ATTEMPT)
def submit(attempt_id: UUID) -> Answer:
    """Submit the attempt; a second time shows the same result."""
    actions.submit(actor(), attempt_id=attempt_id)
    return redirect(url_for("quiz.result", attempt_id=attempt_id))


@blueprint.get("/kuis/<uuid:attempt_id>/hasil", endpoint="result")
@requires(Permission.QUIZ_OWN_ATTEMPT)
def show_result(attempt_id: UUID) -> Response | Answer:
    """What the attempt showed: points, topics, and every question explained."""
    attempt = queries.get_attempt(attempt_id, learner_id=actor().account_id)
    if attempt.submitted_at is None:
        return redirect(url_for("quiz.overview", attempt_id=attempt_id))
    return render("quiz/result.html", **result.facts(attempt, now()))


def _own(attempt_id: UUID) -> Sheet:
    return queries.get_sheet(attempt_id, learner_id=actor().account_id)

"""The quiz on screen: its questions, the list of all, the result.

The question page and its answer are the busiest doors of the house: few statements and one address each.
"""

import hmac
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from elearn.content import queries as content
from elearn.core import offline, transaction
from elearn.core.clock import now
from elearn.core.fields import Deed
from elearn.core.permissions import Permission, requires
from elearn.core.speech import say
from elearn.core.web import actor, refusals_to, render, show_form, tell, wants_json
from elearn.quiz import actions, pages, queries, review
from elearn.quiz.forms import Reply, replies_in
from elearn.quiz.queries import Sheet
from elearn.quiz.saving import Sending

blueprint = Blueprint("quiz", __name__)
REPORT = "assessment.report_question"
MARKS = {"mark": True, "unmark": False}
"""The buttons that mark a question to be looked at again, and that take the mark away."""


@blueprint.get("/kuis/<uuid:attempt_id>")
@requires(Permission.QUIZ_OWN_ATTEMPT)
def overview(attempt_id: UUID) -> Response | Answer:
    """All questions with their state, and the button that submits."""
    sheet = _own(attempt_id)
    if sheet.submitted_at is not None:
        return redirect(url_for("quiz.result", attempt_id=attempt_id))
    return offline.keepable(show_form("quiz/overview.html", Deed(), **pages.list_page(sheet)))


@blueprint.get("/kuis/<uuid:attempt_id>/soal/<int:position>")
@requires(Permission.QUIZ_OWN_ATTEMPT)
def question(attempt_id: UUID, position: int) -> Response | Answer:
    """One question, or as many as the policy puts on a page."""
    sheet = _own(attempt_id)
    if sheet.submitted_at is not None or now() >= sheet.closes_at:
        return redirect(url_for("quiz.overview", attempt_id=attempt_id))
    return offline.keepable(_question_page(sheet, position, Deed()))


@blueprint.post("/kuis/<uuid:attempt_id>/soal/<int:position>")
@requires(Permission.QUIZ_OWN_ATTEMPT)
def answer(attempt_id: UUID, position: int) -> Response | Answer | dict[str, Any]:
    """Save what is answered and marked, and go where the person wants to; a script is told how it stands."""
    replies, go = replies_in(request.form.items(multi=True), position), request.form.get("go", "")
    if wants_json():
        return _answer_script(attempt_id, position, replies.get(position, Reply()), go)
    form = Deed()
    with refusals_to(form):
        given = {place: each for place, each in replies.items() if each.choice or go == "stay"}
        sent = {place: (each.choice, _sending(each, is_by_button=True)) for place, each in given.items()}
        faults = actions.save_page(actor(), attempt_id=attempt_id, answers=sent)
        _mark(attempt_id, position, go)
        if not faults:
            return redirect(_destination(attempt_id, position, go))
        transaction.keep()
        form.form_errors.extend(
            _of_question(place, said) if len(given) > 1 else said for place, said in faults.items()
        )
    entered = {place: each.choice for place, each in replies.items()}
    return _question_page(_own(attempt_id), position, form, entered)


@blueprint.post("/kuis/<uuid:attempt_id>/kumpulkan")
@requires(Permission.QUIZ_OWN_ATTEMPT)
def submit(attempt_id: UUID) -> Answer:
    """Submit the attempt; a second time shows the same result."""
    actions.submit(actor(), attempt_id=attempt_id)
    return redirect(url_for("quiz.result", attempt_id=attempt_id))


@blueprint.get("/kuis/<uuid:attempt_id>/hasil")
@requires(Permission.QUIZ_OWN_ATTEMPT)
def result(attempt_id: UUID) -> Response | Answer:
    """What the attempt showed: points, topics, and every question explained."""
    attempt = queries.get_attempt(attempt_id, learner_id=actor().account_id)
    if attempt.submitted_at is None:
        return redirect(url_for("quiz.overview", attempt_id=attempt_id))
    module = content.get_module(attempt.publication_id)
    return render("quiz/result.html", now=now(), report_url=_report_url(attempt_id), **review.facts(attempt, module))


def _question_page(
    sheet: Sheet, position: int, form: Deed, entered: Mapping[int, Sequence[str]] = pages.NOTHING
) -> Response:
    facts = pages.question_page(sheet, position, entered)
    return show_form("quiz/question.html", form, report_url=_report_url(sheet.id), **facts)


def _report_url(attempt_id: UUID) -> Callable[[int], str] | None:
    """Where a learner tells what is wrong with the question at a position; None where nobody takes such reports."""
    if REPORT not in current_app.view_functions:
        return None
    return lambda position: url_for(REPORT, attempt_id=attempt_id, position=position)


def _own(attempt_id: UUID) -> Sheet:
    return queries.get_sheet(attempt_id, learner_id=actor().account_id)


def _answer_script(attempt_id: UUID, position: int, reply: Reply, go: str) -> dict[str, Any]:
    """Save and tell: when, how far the answer goes, and until when there is time, which may have changed."""
    _mark(attempt_id, position, go)
    if not reply.choice and go.partition(".")[0] in MARKS:
        return {"sentence": ""}
    receipt = actions.save_answer(
        actor(), attempt_id=attempt_id, position=position, choice=reply.choice, sending=_sending(reply)
    )
    return {
        "saved_at": receipt.saved_at.isoformat(),
        "sentence": tell(pages.told(receipt)),
        "state": receipt.state.value,
        "due_at": receipt.due_at.isoformat() if receipt.due_at else "",
    }


def _mark(attempt_id: UUID, position: int, go: str) -> None:
    """Set or take away the bookmark that a button names: "mark", or "unmark.7" where a page asks several."""
    deed, _, place = go.partition(".")
    if deed in MARKS:
        at = int(place[:3]) if place.isdecimal() else position
        actions.mark(actor(), attempt_id=attempt_id, position=at, is_marked=MARKS[deed])


def _of_question(position: int, sentence: str) -> str:
    return say("Soal %(position)s: %(sentence)s", position=position, sentence=sentence)


def _sending(reply: Reply, *, is_by_button: bool = False) -> Sending:
    return Sending(reply.key, request.form.get("age", 0.0, type=float), _device(), is_by_button=is_by_button)


def _device() -> str:
    """An opaque mark of the device, good for telling two of them apart and for nothing else."""
    key, seen = str(current_app.config["SECRET_KEY"]), f"{request.remote_addr} {request.user_agent.string}"
    return hmac.digest(key.encode(), f"quiz {seen}".encode(), "sha256").hex()[:16]


def _destination(attempt_id: UUID, position: int, go: str) -> str:
    """Where the button leads: a neighbour, the same page, a named question, or the list."""
    deed, _, place = go.partition(".")
    wanted = {"next": position + 1, "previous": position - 1, "stay": position}.get(go)
    if deed in MARKS:
        wanted = int(place[:3]) if place.isdecimal() else position
    if wanted is None and not go.isdecimal():
        return url_for("quiz.overview", attempt_id=attempt_id)
    return url_for("quiz.question", attempt_id=attempt_id, position=wanted or int(go[:3]))

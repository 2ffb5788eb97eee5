"""The quiz on screen: one question a page, the list of all, the result.

The question page and its answer are the busiest doors of the house: two statements and one address each.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from elearn.content import items
from elearn.content import queries as content
from elearn.core.bahasa import jam
from elearn.core.clock import now
from elearn.core.permissions import Permission, requires
from elearn.core.web import actor, refusals_to, render, show_form
from elearn.quiz import actions, queries, review, rules
from elearn.quiz.forms import DeedForm
from elearn.quiz.queries import Saved, Sheet
from elearn.quiz.rules import Receipt, State

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
    return render("quiz/question.html", form=None, **_question_page(sheet, position))


@blueprint.post("/kuis/<uuid:attempt_id>/soal/<int:position>")
@requires(Permission.QUIZ_OWN_ATTEMPT)
def answer(attempt_id: UUID, position: int) -> Response | Answer | dict[str, str]:
    """Save the answer and go where the person wants to; a script is told when it was saved."""
    choice = items.answer_in(request.form.items(multi=True))
    if request.accept_mimetypes.best == "application/json":
        receipt = actions.save_answer(actor(), attempt_id=attempt_id, position=position, choice=choice)
        return {"saved_at": receipt.saved_at.isoformat(), "sentence": _told(receipt)}
    form, go = DeedForm(), request.form.get("go", "stay")
    with refusals_to(form):
        if choice or go == "stay":
            actions.save_answer(actor(), attempt_id=attempt_id, position=position, choice=choice)
        return redirect(_destination(attempt_id, position, go))
    return show_form("quiz/question.html", form, **_question_page(_own(attempt_id), position, entered=choice))


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
    return render("quiz/result.html", now=now(), **review.facts(attempt, module))


def _own(attempt_id: UUID) -> Sheet:
    return queries.get_sheet(attempt_id, learner_id=actor().account_id)


def _facts(sheet: Sheet, saved: dict[int, Saved], current: int = 0) -> dict[str, Any]:
    """What both pages of a running attempt show; questions lead to one another by their number alone, for weight."""
    home = url_for("quiz.overview", attempt_id=sheet.id)
    answers = {position: each.choice for position, each in saved.items()}
    states = rules.states(sheet.paper, answers, sheet.module.question_by_id)
    return {
        "sheet": sheet,
        "module": sheet.module,
        "home": home,
        "total": len(sheet.paper),
        "now": now(),
        "states": states,
        "questions": [
            (position, str(position) if current else f"{home}/soal/{position}", state.value, position == current)
            for position, state in states.items()
        ],
    }


def _list_page(sheet: Sheet, form: DeedForm) -> Response:
    facts = _facts(sheet, queries.list_saved(sheet.id))
    found: dict[State, list[int]] = {state: [] for state in State}
    for position, state in facts["states"].items():
        found[state].append(position)
    return show_form("quiz/overview.html", form, missing=found[State.OPEN], partial=found[State.PARTIAL], **facts)


def _question_page(sheet: Sheet, position: int, entered: Sequence[str] = ()) -> dict[str, Any]:
    """A question with what was entered and refused, else with what is saved."""
    item = queries.get_item(sheet, position)
    saved = queries.list_saved(sheet.id)
    question, own = sheet.module.question_by_id[item.question_id], saved.get(position)
    options = {option.id: option for option in question.options}
    return {
        "position": position,
        "question": question,
        "options": [options[option_id] for option_id in item.option_ids],
        "groups": rules.groups(question, sheet.seed),
        "answer": entered or (own.choice if own else ()),
        "told": _told(Receipt(own.saved_at, rules.state(question, own.choice))) if own and not entered else None,
        "last_saved_at": max((each.saved_at for each in saved.values()), default=None),
        **_facts(sheet, saved, position),
    }


def _told(receipt: Receipt) -> str:
    lack = "" if receipt.state is State.DONE else ", belum lengkap"
    return f"Tersimpan pukul {jam(receipt.saved_at)}{lack}."


def _destination(attempt_id: UUID, position: int, go: str) -> str:
    """Where the button leads: a neighbour, a named question, or the list."""
    wanted = {"next": position + 1, "previous": position - 1, "stay": position}.get(go)
    if wanted is None and not go.isdecimal():
        return url_for("quiz.overview", attempt_id=attempt_id)
    return url_for("quiz.question", attempt_id=attempt_id, position=wanted or int(go[:3]))

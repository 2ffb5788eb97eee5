"""Allowing somebody more than the rules of a quiz, telling it in lists, and giving back what an outage took."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from elearn.assessment import concessions, outages, people
from elearn.assessment.forms import ConcessionForm, OutageForm, ReopenForm, SearchForm
from elearn.assessment.outages import Amends, Owed
from elearn.assessment.people import Officer
from elearn.assessment.rules import Cause
from elearn.assessment.views.blueprint import blueprint
from elearn.content import queries as content
from elearn.core import clock, jobs
from elearn.core.permissions import Permission, requires
from elearn.core.speech import say
from elearn.core.web import actor, notify, page_number, paginate, refusals_to, render, show_form
from elearn.quiz.models import Attempt, Concession

SHOWN = 50


@blueprint.get("/penilaian/keringanan", endpoint="concessions")
@requires(Permission.ASSESSMENT_PEOPLE_ALLOW)
def list_concessions() -> Response:
    """What was allowed to people in reach, the latest first."""
    form = SearchForm(request.args)
    form.validate()
    page = paginate(concessions.granted(actor(), form.cari.data or ""), page_number(), scalars=False)
    return render("assessment/concessions.html", form=form, page=page, titles=_titles(), cause=Cause)


@blueprint.route("/penilaian/keringanan/<uuid:employee_id>", methods=["GET", "POST"])
@requires(Permission.ASSESSMENT_PEOPLE_ALLOW)
def concede(employee_id: UUID) -> Response | Answer:
    """One person's quizzes with what was allowed there; allow more."""
    learner = people.get(actor(), Permission.ASSESSMENT_PEOPLE_ALLOW, employee_id)
    form = ConcessionForm(modules=_titles())
    if form.validate_on_submit():
        with refusals_to(form):
            concessions.grant(
                actor(),
                employee_id=employee_id,
                slug=str(form.module.data),
                cause=Cause(form.cause.data),
                reason=str(form.reason.data),
                extra_attempts=form.extra_attempts.data or 0,
                extra_minutes=form.extra_minutes.data or 0,
            )
            notify(say("Keringanan untuk %(name)s dicatat.", name=learner.name))
            return redirect(url_for("assessment.concede", employee_id=employee_id))
    cases = concessions.cases_of(learner)
    return show_form("assessment/concede.html", form, learner=learner, cases=cases, cause=Cause)


@blueprint.route("/penilaian/percobaan/<uuid:attempt_id>/buka", methods=["GET", "POST"])
@requires(Permission.ASSESSMENT_PEOPLE_ALLOW)
def reopen(attempt_id: UUID) -> Response | Answer:
    """Let somebody go on with a closed attempt."""
    attempt = concessions.get_attempt(actor(), attempt_id)
    learner = people.get_of_account(actor(), Permission.ASSESSMENT_PEOPLE_ALLOW, attempt.learner_id)
    form = ReopenForm()
    if form.validate_on_submit():
        with refusals_to(form):
            concessions.allow_reopening(
                actor(),
                attempt_id=attempt_id,
                cause=Cause(form.cause.data),
                reason=str(form.reason.data),
                minutes=form.minutes.data or 0,
            )
            told = say(
                "Percobaan %(number)s milik %(name)s boleh dilanjutkan.", number=attempt.number, name=learner.name
            )
            notify(told)
            return redirect(url_for("assessment.concede", employee_id=learner.employee_id))
    module = content.get_module(attempt.publication_id)
    return show_form("assessment/reopen.html", form, attempt=attempt, learner=learner, module=module)


@blueprint.post("/penilaian/keringanan/<uuid:concession_id>/cabut")
@requires(Permission.ASSESSMENT_PEOPLE_ALLOW)
def withdraw(concession_id: UUID) -> Answer:
    """Take back what was allowed."""
    found = concessions.withdraw(actor(), concession_id=concession_id)
    learner = people.get_of_account(actor(), Permission.ASSESSMENT_PEOPLE_ALLOW, found.learner_id)
    notify(say("Keringanan dicabut."))
    return redirect(url_for("assessment.concede", employee_id=learner.employee_id))


@blueprint.post("/penilaian/percobaan/<uuid:attempt_id>/lanjutkan")
@requires(Permission.QUIZ_OWN_ATTEMPT)
def go_on(attempt_id: UUID) -> Answer:
    """Go on with one's own closed attempt, as was allowed; its time begins now."""
    attempt = concessions.go_on(actor(), attempt_id=attempt_id)
    return redirect(url_for("quiz.overview", attempt_id=attempt.id))


@blueprint.app_template_global()
def waiting_attempt(slug: str) -> tuple[Attempt, Concession] | None:
    """The closed attempt that whoever is signed in may go on with, and by what was allowed."""
    return concessions.find_waiting(actor().account_id, slug)


@blueprint.app_template_global()
def own_officers() -> Sequence[Officer]:
    """Who answers for whoever is signed in."""
    return people.officers_of(actor().account_id)


@blueprint.get("/penilaian/gangguan", endpoint="outages")
@requires(Permission.ASSESSMENT_OUTAGE_RECORD)
def list_outages() -> Response:
    """All outages with how many attempts were credited."""
    return render("assessment/outages.html", outages=outages.list_outages(), titles=_titles())


@blueprint.route("/penilaian/gangguan/baru", methods=["GET", "POST"])
@requires(Permission.ASSESSMENT_OUTAGE_RECORD)
def record_outage() -> Response | Answer:
    """Look first at what an outage took from whom; then have it given back."""
    form, found = OutageForm(modules=_titles()), None
    if form.validate_on_submit():
        with refusals_to(form):
            asked = _asked(form)
            found = outages.look(**asked)
            if request.form.get("go") == "terapkan":
                outage = outages.record(actor(), reason=str(form.reason.data), **asked)
                return redirect(url_for("assessment.outage", outage_id=outage.id))
    return show_form("assessment/record_outage.html", form, owed=found, **_looked(found or ()))


@blueprint.get("/penilaian/gangguan/<uuid:outage_id>")
@requires(Permission.ASSESSMENT_OUTAGE_RECORD)
def outage(outage_id: UUID) -> Response:
    """What an outage took, and what was given for it."""
    found = outages.get_outage(outage_id)
    page = paginate(outages.credited(found), page_number())
    learners = outages.named((each.attempt_id, each.learner_id) for each in page.items)
    left = outages.count_left(found)
    return render(
        "assessment/outage.html",
        outage=found,
        page=page,
        learners=learners,
        titles=_titles(),
        left=left,
        done=max(page.total, jobs.told(f"outage:{outage_id}")),
    )


def _asked(form: OutageForm) -> dict[str, Any]:
    return {
        "from_at": _instant(form.since.data),
        "until_at": _instant(form.until.data),
        "slug": form.module.data or None,
    }


def _instant(local: datetime) -> datetime:
    """A moment by the regency's clocks as an instant."""
    return local.replace(tzinfo=clock.zone()).astimezone(UTC)


def _looked(owed: Sequence[Owed]) -> dict[str, Any]:
    """What a look found: the first of the attempts, with whose they are, and how many of each amends."""
    shown = owed[:SHOWN]
    return {
        "shown": shown,
        "learners": outages.named((each.attempt.id, each.attempt.learner_id) for each in shown),
        "counts": {amends: sum(each.amends is amends for each in owed) for amends in Amends},
    }


def _titles() -> dict[str, str]:
    return {module.slug: module.title for _, module in content.list_current_modules()}

"""Questions that learners report, and the queue in which their author answers."""

from uuid import UUID

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from elearn.assessment import reported, rulings
from elearn.assessment.forms import AnswerForm, ReportForm
from elearn.assessment.rules import Outcome, ReportKind
from elearn.assessment.views.blueprint import blueprint
from elearn.content import queries as content
from elearn.core.permissions import Permission, requires
from elearn.core.speech import say, tally
from elearn.core.web import actor, notify, refusals_to, render, safe_next, show_form


@blueprint.route("/penilaian/lapor/<uuid:attempt_id>/<int:position>", methods=["GET", "POST"])
@requires(Permission.QUIZ_OWN_ATTEMPT)
def report_question(attempt_id: UUID, position: int) -> Response | Answer:
    """Say what is wrong with a question of one's own attempt; later, read what was answered."""
    found = reported.asked(actor().account_id, attempt_id, position)
    form, earlier = ReportForm(), reported.find_report(actor().account_id, found)
    if form.validate_on_submit():
        with refusals_to(form):
            reported.report(
                actor(),
                attempt_id=attempt_id,
                position=position,
                kind=ReportKind(form.kind.data),
                sentence=str(form.sentence.data),
            )
            notify(say("Laporan Anda sudah masuk ke penyusun. Jawabannya akan dikirim kepada Anda."))
            return redirect(_back(found) if request.args.get("next") is None else safe_next("home.index"))
    return show_form(
        "assessment/report_question.html",
        form,
        found=found,
        earlier=earlier,
        back=_back(found),
        words=(ReportKind, Outcome),
    )


@blueprint.get("/penilaian/laporan-soal", endpoint="reports")
@requires(Permission.ASSESSMENT_QUESTION_RULE)
def list_reports() -> Response:
    """All questions that were reported, the unanswered first."""
    titles = {module.slug: module.title for _, module in content.list_current_modules()}
    return render("assessment/reports.html", groups=reported.list_groups(), titles=titles)


@blueprint.route("/penilaian/laporan-soal/<slug>/<question>", methods=["GET", "POST"])
@requires(Permission.ASSESSMENT_QUESTION_RULE)
def answer_reports(slug: str, question: str) -> Response | Answer:
    """What was reported about one question; answer all of it at once."""
    told = reported.list_told(slug, question)
    form = AnswerForm()
    if form.validate_on_submit():
        with refusals_to(form):
            count = reported.answer(
                actor(),
                slug=slug,
                question_id=question,
                outcome=Outcome(form.outcome.data),
                sentence=str(form.answer.data),
            )
            notify(tally("%(num)s laporan dijawab. Pelapornya diberi tahu.", count))
            return redirect(url_for("assessment.reports"))
    module, found = reported.newest_version(told, question)
    return show_form(
        "assessment/answer_reports.html",
        form,
        slug=slug,
        module=module,
        question=found,
        told=told,
        open=[each for each in told if each.outcome is Outcome.OPEN],
        rulings=rulings.list_on(slug, question),
        is_known=content.find_current("module", slug) is not None,
    )


def _back(found: reported.Asked) -> str:
    """The page from which a question is reported: the result of a closed attempt, else the question itself."""
    if found.sheet.submitted_at is not None:
        return url_for("quiz.result", attempt_id=found.sheet.id)
    return url_for("quiz.question", attempt_id=found.sheet.id, position=found.position)

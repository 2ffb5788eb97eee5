"""Rulings on questions that were wrong: written, looked at, applied; and the decisions that only a person makes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from elearn.assessment import decisions, effects, regrading, rules, rulings
from elearn.assessment.decisions import Case
from elearn.assessment.forms import DecisionForm, DecisionsForm, RulingForm
from elearn.assessment.rules import Decision, Effect, Result
from elearn.assessment.rulings import KIND_WORDS, Version
from elearn.assessment.views.blueprint import blueprint
from elearn.certificates.models import Certificate
from elearn.content import items
from elearn.content import queries as content
from elearn.core import jobs
from elearn.core.errors import NotFound
from elearn.core.fields import Form
from elearn.core.permissions import Permission, requires
from elearn.core.speech import say, tally
from elearn.core.web import actor, notify, refusals_to, render, show_form
from elearn.quiz import corrections, grading, papers
from elearn.quiz.grading import RulingKind
from elearn.quiz.models import Ruling

SHOWN = 200


@blueprint.route("/penilaian/<slug>/soal/<question>/putusan", methods=["GET", "POST"])
@requires(Permission.ASSESSMENT_QUESTION_RULE)
def rule(slug: str, question: str) -> Response | Answer:
    """Propose what is to be decided about a question, in the words it had in one or several versions."""
    known = rulings.versions(slug, question)
    version = next((each for each in known if each.hash == request.values.get("versi")), known[0])
    form = RulingForm()
    answer = items.answer_in(request.form.items(multi=True))
    if form.validate_on_submit():
        with refusals_to(form):
            proposed = rulings.propose(
                actor(),
                slug=slug,
                question_id=question,
                question_hash=version.hash,
                kind=RulingKind(form.kind.data),
                answer=answer,
                reason=str(form.reason.data),
            )
            return redirect(url_for("assessment.ruling", ruling_id=proposed.id))
    return _rule_page(form, known, version, answer)


def _rule_page(form: RulingForm, known: Sequence[Version], version: Version, answer: Sequence[str]) -> Response:
    kept = rulings.kept_key(version, known)
    if kept and not form.is_submitted():
        form.kind.data = RulingKind.KEY.value
    return show_form(
        "assessment/rule.html",
        form,
        known=known,
        version=version,
        question=version.question,
        module=version.module,
        groups=papers.groups(version.question, 0),
        answer=answer or sorted(kept or items.right_answer(version.question)),
        is_kept=bool(kept),
        earlier=rulings.list_on(version.module.slug, version.question.id),
        kinds=KIND_WORDS,
    )


@blueprint.get("/penilaian/putusan", endpoint="rulings")
@requires(Permission.ASSESSMENT_QUESTION_RULE, Permission.ASSESSMENT_RESULT_DECIDE)
def list_rulings() -> Response:
    """All rulings, and for who decides the results that wait for her."""
    is_judge = actor().has(Permission.ASSESSMENT_RESULT_DECIDE)
    found = rulings.list_rulings()
    if not actor().has(Permission.ASSESSMENT_QUESTION_RULE):
        found = [(each, count) for each, count in found if each.asked_at is not None]
    return render(
        "assessment/rulings.html",
        rulings=found,
        waiting=decisions.list_waiting(actor()) if is_judge else [],
        kinds=KIND_WORDS,
        titles={module.slug: module.title for _, module in content.list_current_modules()},
    )


@blueprint.get("/penilaian/putusan/<uuid:ruling_id>")
@requires(Permission.ASSESSMENT_QUESTION_RULE, Permission.ASSESSMENT_RESULT_DECIDE)
def ruling(ruling_id: UUID) -> Response:
    """What a ruling would change, how far it has come, or what it changed."""
    return _ruling_page(rulings.get_ruling(ruling_id), Form())


@blueprint.post("/penilaian/putusan/<uuid:ruling_id>/terapkan")
@requires(Permission.ASSESSMENT_QUESTION_RULE)
def apply_ruling(ruling_id: UUID) -> Response | Answer:
    """Have a ruling applied to every attempt."""
    form = Form()
    with refusals_to(form):
        rulings.ask(actor(), ruling_id=ruling_id)
        return redirect(url_for("assessment.ruling", ruling_id=ruling_id))
    return _ruling_page(rulings.get_ruling(ruling_id), form)


@blueprint.post("/penilaian/putusan/<uuid:ruling_id>/batalkan")
@requires(Permission.ASSESSMENT_QUESTION_RULE)
def discard_ruling(ruling_id: UUID) -> Response | Answer:
    """Forget a proposal."""
    form = Form()
    with refusals_to(form):
        gone = rulings.discard(actor(), ruling_id=ruling_id)
        notify(say("Usulan putusan dibuang. Tidak ada nilai yang berubah."))
        return redirect(url_for("assessment.rule", slug=gone.module_slug, question=gone.question_id))
    return _ruling_page(rulings.get_ruling(ruling_id), form)


def _ruling_page(found: Ruling, form: Form) -> Response:
    version = rulings.version_of(found)
    facts: dict[str, Any] = {
        "ruling": found,
        "version": version,
        "module": version.module,
        "question": grading.ruled(version.question, _read(found)),
        "kind": KIND_WORDS[RulingKind(found.kind)],
        "total": regrading.count_attempts(found),
    }
    if found.asked_at is not None and found.applied_at is None:
        done = jobs.told(f"ruling:{found.id}")
        return show_form("assessment/applying_ruling.html", form, done=min(done, facts["total"]), **facts)
    return show_form("assessment/ruling.html", form, **facts, **_effects(found))


def _read(found: Ruling) -> grading.Ruling:
    return grading.Ruling(RulingKind(found.kind), frozenset(found.answer or ()))


def _effects(found: Ruling) -> dict[str, Any]:
    told = effects.of(actor(), found)
    return {
        "counts": told.counts,
        "names": (Effect.NOW_PASSED, Effect.MIGHT_FAIL, Effect.POINTS),
        "offices": told.offices,
        "rows": told.lines[:SHOWN],
        "more": max(0, len(told.lines) - SHOWN),
        "waiting": decisions.waiting_ids(found),
        "smallest": rules.SMALLEST_GROUP,
    }


@blueprint.route("/penilaian/hasil/<uuid:regrade_id>", methods=["GET", "POST"])
@requires(Permission.ASSESSMENT_RESULT_DECIDE)
def decide(regrade_id: UUID) -> Response | Answer:
    """Decide about one result that was passed and would not be by now."""
    case, form = decisions.get_case(actor(), regrade_id), DecisionForm()
    if case.effect is not Effect.MIGHT_FAIL:
        raise NotFound
    if form.validate_on_submit():
        with refusals_to(form):
            decisions.decide(
                actor(), regrade_id=regrade_id, decision=Decision(form.decision.data), reason=str(form.reason.data)
            )
            notify(
                say("Keputusan untuk %(name)s dicatat.", name=case.learner.name if case.learner else say("peserta"))
            )
            return redirect(url_for("assessment.rulings"))
    found = rulings.get_ruling(case.regrade.ruling_id)
    return show_form(
        "assessment/decide.html",
        form,
        case=case,
        ruling=found,
        kind=KIND_WORDS[RulingKind(found.kind)],
        module=content.get_module(case.attempt.publication_id),
        is_open=regrade_id in decisions.waiting_ids(found),
    )


@blueprint.route("/penilaian/putusan/<uuid:ruling_id>/keputusan", methods=["GET", "POST"])
@requires(Permission.ASSESSMENT_RESULT_DECIDE)
def decide_many(ruling_id: UUID) -> Response | Answer:
    """Decide several results of one ruling alike, each chosen by hand."""
    found = rulings.get_ruling(ruling_id)
    cases = decisions.list_waiting(actor(), ruling=found)
    form = DecisionsForm(cases={str(case.regrade.id): _case_line(case) for case in cases[:SHOWN]})
    if form.validate_on_submit():
        chosen = [UUID(each) for each in form.results.data]
        decision, reason = Decision(form.decision.data), str(form.reason.data)
        count = decisions.decide_many(actor(), regrade_ids=chosen, decision=decision, reason=reason)
        notify(_decided(count, decision))
        return redirect(url_for("assessment.rulings"))
    return show_form(
        "assessment/decide_many.html",
        form,
        ruling=found,
        kind=KIND_WORDS[RulingKind(found.kind)],
        count=len(cases),
        shown=min(SHOWN, len(cases)),
    )


def _decided(count: int, decision: Decision) -> str:
    if decision is Decision.STAYS:
        return tally("%(num)s keputusan dicatat: tetap lulus.", count)
    return tally("%(num)s keputusan dicatat: tidak lulus.", count)


def _case_line(case: Case) -> str:
    """Whose result, how it was, and how it would be."""
    return say(
        "%(who)s: semula %(before)s dari %(most)s, menurut koreksi %(after)s dari %(most_after)s",
        who=f"{case.learner.name}, {case.learner.agency}" if case.learner else say("Peserta"),
        before=case.before.score,
        most=case.before.total,
        after=case.after.score,
        most_after=case.after.total,
    )


blueprint.record_once(lambda _state: corrections.provide(decisions.corrections_of))


@blueprint.app_template_global()
def newer_result(certificate: Certificate) -> Result | None:
    """The result behind a certificate, if it is another one by now than the certificate says."""
    return decisions.newer_result(certificate)

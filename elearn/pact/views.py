"""The signing of a pact, and the proof of it."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from elearn.core import typed
from elearn.core.permissions import Permission, requires
from elearn.core.web import actor, refusals_to, render, show_form
from elearn.pact import actions, queries, rules
from elearn.pact.forms import PREFIX, sign_form

blueprint = Blueprint("pact", __name__)


@blueprint.route("/pakta/<slug>", methods=["GET", "POST"])
@requires(Permission.PACT_OWN_SIGN)
@typed.keeps("shown", PREFIX)
def sign(slug: str) -> Response:
    """Read the pact clause by clause, agree, and sign it with one's password."""
    person = actor()
    if queries.find_settled(person.account_id, slug):
        return redirect(url_for("pact.proof", slug=slug))
    case = queries.get_case(person.account_id, slug)
    if case.passed is None:
        return render("pact/not_yet.html", case=case)
    before = typed.of_page()
    is_same_text = before.get("shown") == case.text.fingerprint
    form = sign_form(case.text.clauses, shown=case.text.fingerprint, ticked=before if is_same_text else ())
    if form.validate_on_submit():
        with refusals_to(form):
            actions.sign(
                person,
                slug=slug,
                password=form.password.data,
                shown=form.shown.data,
                consents=form.consents,
                address=request.remote_addr or "",
                agent=request.user_agent.string,
            )
            typed.let_go()
            return redirect(url_for("pact.proof", slug=slug))
    return show_form("pact/sign.html", form, case=case, is_back=bool(before), is_same_text=is_same_text)


@blueprint.get("/pakta/<slug>/bukti")
@requires(Permission.PACT_OWN_SIGN)
def proof(slug: str) -> Response:
    """What was signed, when, and the hashes it can be checked by."""
    pact = queries.get_pact(actor().account_id, slug)
    return render(
        "pact/proof.html",
        pact=pact,
        facts=rules.read(pact.statement),
        words=queries.get_words(pact.publication_id),
        is_intact=rules.is_intact(pact.statement, pact.statement_sha256),
    )

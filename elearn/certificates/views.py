"""Certificates as their owners, the officers and anyone with a code see them."""

from contextlib import closing
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from elearn.agencies import queries as agencies
from elearn.certificates import actions, queries, rules
from elearn.certificates.forms import RevokeForm, VerifyForm
from elearn.certificates.models import Certificate
from elearn.core import jobs, throttle
from elearn.core.permissions import Permission, public, requires
from elearn.core.speech import say
from elearn.core.transaction import reading, transaction
from elearn.core.web import (
    actor,
    attachment,
    notify,
    page_number,
    paginate,
    refusals_to,
    render,
    show_form,
)
from elearn.documents import enquiries
from elearn.documents import queries as documents

blueprint = Blueprint("certificates", __name__)

LONGEST_SEARCH = 100
SOON = "3"
"""Seconds after which a page that waits for its certificate looks again."""


@blueprint.get("/sertifikat")
@requires(Permission.CERTIFICATE_OWN_READ, Permission.CERTIFICATE_ANY_READ)
def index() -> Response:
    """One's own certificates, those on their way, and for officers those of their people."""
    person, text = actor(), request.args.get("cari", "").strip()[:LONGEST_SEARCH]
    visible = agencies.visible_to(person, Permission.CERTIFICATE_ANY_READ)
    is_officer = person.has(Permission.CERTIFICATE_ANY_READ)
    own = queries.list_of(person.account_id) if person.has(Permission.CERTIFICATE_OWN_READ) else []
    awaited = [pact.id for pact in queries.list_awaited(person.account_id)]
    awaited += [certificate.pact_id for certificate in own if certificate.document_id is None]
    found = paginate(queries.matching(text, visible=visible), page_number()) if is_officer else None
    page = render("certificates/index.html", own=own, awaited=awaited, page=found, text=text)
    return _hastened(page, awaited)


@blueprint.get("/sertifikat/<uuid:certificate_id>")
@requires(Permission.CERTIFICATE_OWN_READ, Permission.CERTIFICATE_ANY_READ)
def show(certificate_id: UUID) -> Response:
    """One certificate: what it says, its file, and how to share it."""
    certificate = queries.get_certificate(certificate_id, actor=actor())
    facts = certificate.facts
    page = render("certificates/show.html", certificate=certificate, facts=facts, share=rules.share_url(facts))
    return _hastened(page, _unsealed(certificate))


@blueprint.get("/sertifikat/<code>.pdf")
@requires(Permission.CERTIFICATE_OWN_READ, Permission.CERTIFICATE_ANY_READ)
def download(code: str) -> Response:
    """The sealed PDF as it was issued; while it is being made, the page that waits for it."""
    certificate = queries.get_by_code(code, actor=actor())
    if certificate.document_id is None:
        return redirect(url_for("certificates.show", certificate_id=certificate.id))
    content = documents.get_bytes(certificate.document_id)
    return attachment(content, rules.filename(certificate.number), "application/pdf")


@blueprint.route("/sertifikat/<uuid:certificate_id>/cabut", methods=["GET", "POST"])
@requires(Permission.CERTIFICATE_ANY_REVOKE)
def revoke(certificate_id: UUID) -> Response:
    """Revoke a certificate for a reason."""
    certificate, form = queries.get_revocable(certificate_id, actor=actor()), RevokeForm()
    if form.validate_on_submit():
        with refusals_to(form):
            actions.revoke(actor(), certificate_id=certificate_id, reason=form.reason.data)
            notify(say("Sertifikat %(number)s sudah dicabut.", number=certificate.number))
            return redirect(url_for("certificates.show", certificate_id=certificate_id))
    return show_form("certificates/revoke.html", form, certificate=certificate, facts=certificate.facts)


@blueprint.route("/verifikasi", methods=["GET", "POST"])
@public
def verify() -> Response:
    """Ask about a code or a file; a code that was not known comes back to be mended."""
    form = VerifyForm(code=request.args.get("kode", ""))
    if form.validate_on_submit():
        with refusals_to(form):
            return _verified(form)
    return show_form("certificates/verify.html", form)


@blueprint.get("/verifikasi/<code>")
@public
def verify_code(code: str) -> Response:
    """What anyone may know of the certificate with this code."""
    return _told(queries.answer_code(code), code=code)


def _verified(form: VerifyForm) -> Response:
    """The answer about what was sent; a code alone has an address of its own."""
    code = form.code.data or ""
    if form.file.data:
        _count_file()
        with closing(form.file.data) as upload, reading():
            return _examined(upload.read(rules.LONGEST_FILE + 1), code)
    if not code:
        raise rules.NothingToVerify
    return redirect(url_for("certificates.verify_code", code=rules.tidy(code)))


def _count_file() -> None:
    """Count a file before it is looked at, so that nobody keeps the server busy with them; TooMany."""
    key = f"verify:{request.remote_addr}"
    with transaction():
        throttle.check(key, limit=rules.FILES_PER_ADDRESS, per=rules.FILES_WINDOW)
        throttle.spend(key, per=rules.FILES_WINDOW)


def _examined(content: bytes, code: str) -> Response:
    """The answer about a file: ours if it is the one that was issued, else that of whoever knows it."""
    answer = queries.answer_file(content, code)
    told = None if answer.is_issued else enquiries.answer(content)
    return told or _told(answer, code=code, is_file=True)


def _told(answer: queries.Answer, *, code: str, is_file: bool = False) -> Response:
    """The page of an answer; 404 for what nobody knows."""
    return render(
        "certificates/answer.html",
        status=404 if answer.verdict is rules.Verdict.UNKNOWN else 200,
        answer=answer,
        facts=answer.certificate.facts if answer.certificate else None,
        code=code,
        is_file=is_file,
        seal=documents.find_seal(),
    )


def _unsealed(certificate: Certificate) -> list[UUID]:
    return [certificate.pact_id] if certificate.document_id is None else []


def _hastened(page: Response, awaited: list[UUID]) -> Response:
    """The page; if something is awaited, its making is asked for at once and the page looks again soon."""
    for pact_id in awaited:
        jobs.enqueue("certificates.issue", str(pact_id), urgent=True)
    if awaited:
        page.headers["Refresh"] = SOON
    return page

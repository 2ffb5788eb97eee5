"""Who is still to be reminded, one's own calendar, what every message says, and the letters of reprimand."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, Response, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from elearn.agencies import queries as agencies
from elearn.agencies.rules import EVERYTHING, Visible
from elearn.calendar import consequences
from elearn.core import clock, security
from elearn.core.errors import NotFound, Unavailable
from elearn.core.pdf import render_pdf
from elearn.core.permissions import Permission, public, requires
from elearn.core.speech import say
from elearn.core.web import Page, actor, attachment, notify, page_number, paginate, refusals_to, render, show_form
from elearn.directives import queries as directives
from elearn.directives.models import Directive
from elearn.documents import queries as documents
from elearn.reminders import actions, dates, drafts, following, ics, letter, messages, queries, rules, whatsapp
from elearn.reminders.forms import IssueForm, OpenFilter
from elearn.reminders.models import Reprimand
from elearn.reminders.samples import samples as every_message

blueprint = Blueprint("reminders", __name__)

PDF = "application/pdf"


@blueprint.get("/pengingat")
@requires(Permission.REMINDER_PEOPLE_SEND)
def index() -> Response:
    """Who in sight has not finished what a directive asks for, and when each was last written to."""
    today, visible = clock.today(), _visible()
    issued = {str(each.id): each for each in directives.list_issued(today)}
    choices = {key: f"{each.number}: {each.subject}" for key, each in issued.items()}
    form = OpenFilter(request.args, directives=choices, agencies=agencies.list_choices(visible=visible))
    chosen = issued.get(form.arahan.data) or queries.find_unfinished(issued.values(), today, visible=visible)
    form.arahan.data = str(chosen.id) if chosen else ""
    page = _open_page(form, chosen, visible) if chosen else Page([], 1, 1, 0)
    security.allow_forms_to(*whatsapp.ORIGINS)
    known = queries.modules()
    people = [
        (person, messages.to_dos(duties, known), whatsapp.number_of(person.phone)) for person, duties in page.items
    ]
    return render("reminders/index.html", form=form, directive=chosen, page=page, people=people, today=today)


@blueprint.post("/pengingat/wa/<uuid:employee_id>")
@requires(Permission.REMINDER_PEOPLE_SEND)
def open_whatsapp(employee_id: UUID) -> Answer:
    """Note that somebody is written to, and go on to WhatsApp with the text ready."""
    directive_id = request.form.get("arahan", type=UUID)
    if directive_id is None:
        raise NotFound
    security.allow_forms_to(*whatsapp.ORIGINS)
    return redirect(
        actions.open_whatsapp(actor(), employee_id=employee_id, directive_id=directive_id, visible=_visible()), 303
    )


@blueprint.get("/pengingat/contoh")
@requires(Permission.NOTICE_ANY_READ)
def samples() -> Response:
    """What every message says, about people and offices that do not exist."""
    return render("reminders/samples.html", samples=every_message(clock.today()))


@blueprint.get("/kalender/langganan")
@requires(Permission.ACCOUNT_OWN_MANAGE)
def subscription() -> Response:
    """Whether one's own calendar can be subscribed to, and since when."""
    return render("reminders/subscription.html", feed=queries.find_feed(actor().account_id), address=None)


@blueprint.post("/kalender/langganan")
@requires(Permission.ACCOUNT_OWN_MANAGE)
def make_feed() -> Response:
    """Make the address of one's own calendar and show it, this once."""
    address = f"{_public_address()}/kalender/{actions.make_feed(actor())}.ics"
    return render("reminders/subscription.html", feed=queries.find_feed(actor().account_id), address=address)


@blueprint.post("/kalender/langganan/hapus")
@requires(Permission.ACCOUNT_OWN_MANAGE)
def remove_feed() -> Answer:
    """Close one's own calendar."""
    actions.remove_feed(actor())
    notify(say("Langganan kalender dihapus. Alamat yang lama tidak berlaku lagi."))
    return redirect(url_for("reminders.subscription"))


@blueprint.get("/kalender/<token>.ics")
@public
def feed(token: str) -> Response:
    """The deadlines of whoever the secret address belongs to, and the phases, for a calendar program."""
    account_id = queries.find_subscriber(token)
    if account_id is None:
        raise NotFound
    today = clock.today()
    text = ics.calendar("Tenggat belajar ASN", dates.events(account_id, today), stamp=clock.start_of(today))
    return attachment(text.encode(), "tenggat.ics", ics.MIME_TYPE, inline=True)


@blueprint.get("/teguran")
@requires(Permission.DIRECTIVE_ANY_READ)
def reprimands() -> Response:
    """The letters to the OPD in sight; drafts, with how things stand today, for who may issue them."""
    may_issue = actor().has(Permission.DIRECTIVE_ANY_ISSUE)
    letters = queries.list_reprimands(visible=_in_sight(), with_drafts=may_issue)
    return render(
        "reminders/reprimands.html",
        letters=letters,
        may_issue=may_issue,
        now=drafts.standing_today(letters, clock.today()),
        percent=actions.wanted_percent(),
    )


@blueprint.route("/teguran/<uuid:reprimand_id>", methods=["GET", "POST"])
@requires(Permission.DIRECTIVE_ANY_ISSUE)
def reprimand(reprimand_id: UUID) -> Response | Answer:
    """One letter: then and now, and the way to issue it, or to leave it."""
    form = IssueForm()
    if form.validate_on_submit():
        with refusals_to(form):
            actions.issue_reprimand(actor(), reprimand_id=reprimand_id, number=form.number.data)
            notify(say("Surat teguran terbit. Kepala dan pengelola OPD diberi tahu."))
            return redirect(url_for("reminders.reprimands"))
    return show_form("reminders/reprimand.html", form, **_letter_page(_drafted(reprimand_id)))


@blueprint.get("/teguran/<uuid:reprimand_id>/pratinjau.pdf")
@requires(Permission.DIRECTIVE_ANY_ISSUE)
def preview(reprimand_id: UUID) -> Response:
    """The letter as it would be printed today."""
    return attachment(render_pdf(letter.html(_drafted(reprimand_id))), "pratinjau.pdf", PDF, inline=True)


@blueprint.get("/teguran/<uuid:reprimand_id>/surat.pdf")
@requires(Permission.DIRECTIVE_ANY_READ)
def reprimand_letter(reprimand_id: UUID) -> Response:
    """The signed letter, always the same bytes, for the OPD it went to and for who answers for all."""
    found = queries.get_reprimand(reprimand_id, visible=_in_sight())
    if found.issued_at is None:
        raise NotFound
    if found.document_id is None:
        raise Unavailable(say("Surat ini sedang disiapkan. Coba lagi beberapa saat lagi."))
    return attachment(documents.get_bytes(found.document_id), "surat-teguran.pdf", PDF)


def install(_app: Flask) -> None:
    """Let the calendar know what reminders make of its phases."""
    consequences.provide(following.tell)


def _visible() -> Visible:
    return agencies.visible_to(actor(), Permission.REMINDER_PEOPLE_SEND)


def _in_sight() -> Visible:
    return agencies.visible_to(actor(), Permission.DIRECTIVE_ANY_READ)


def _open_page(form: OpenFilter, directive: Directive, visible: Visible) -> Page[Any]:
    """One page of who has not finished, as the address asks for it."""
    agency = agencies.get_agency_by_id(UUID(form.opd.data)) if form.validate() and form.opd.data else None
    search = (form.cari.data or "")[:100]
    today = clock.today()
    query = queries.open_people(today, directive, visible=visible, agency=agency, search=search)
    page = paginate(query, page_number(), scalars=False)
    return Page(queries.read_page(page.items, today, directive), page.number, page.pages, page.total)


def _drafted(reprimand_id: UUID) -> Reprimand:
    return queries.get_reprimand(reprimand_id, visible=EVERYTHING)


def _letter_page(reprimand: Reprimand) -> dict[str, Any]:
    """What the page of a letter shows."""
    directive = directives.get_directive(reprimand.directive_id)
    now = actions.present_figures(directive, reprimand.agency_id, clock.today())
    return {
        "letter": reprimand,
        "directive": directive,
        "opd": agencies.get_agency_by_id(reprimand.agency_id),
        "as_of": reprimand.as_of,
        "now": now,
        "is_behind": rules.is_behind(now["done"], now["bound"], now["percent"]),
    }


def _public_address() -> str:
    """The address of this installation as the settings know it, whatever host the request names."""
    return current_app.config["PUBLIC_URL"]

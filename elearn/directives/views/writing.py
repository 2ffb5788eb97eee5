"""Writing a directive: the form, empty or filled, and the letter as it would look."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from elearn.agencies import queries as agencies
from elearn.agencies.rules import MANAGERIAL, EmployeeKind
from elearn.calendar import queries as calendar
from elearn.calendar.rules import PhaseKind
from elearn.content import queries as content
from elearn.content.modules import Module
from elearn.core import clock
from elearn.core.pdf import render_pdf
from elearn.core.permissions import Permission, requires
from elearn.core.speech import say
from elearn.core.web import actor, attachment, notify, refusals_to, show_form
from elearn.directives import actions, law, letter, queries, roll
from elearn.directives.forms import DirectiveForm, deadline_field, quiz_fields
from elearn.directives.models import Directive
from elearn.directives.reach_forms import ALL, EVERY_POST, MANAGERS, NAMED, SOME, SOME_POSTS, ReachForm
from elearn.directives.views import reach
from elearn.directives.views.blueprint import PDF, blueprint, readable

SIGNED = ("place", "signatory_title", "signatory_name", "signatory_rank", "signatory_nip")
TYPED = (
    "number",
    "nature",
    "attachment",
    "subject",
    "body",
    "local_instruction",
    "module_slug",
    "more_modules",
    "deadline_on",
    "joiner_days",
    "valid_months",
    "valid_until",
    "credits_earlier",
    "paper",
    *SIGNED,
)
ASKED = {"hal": "subject", "isi": "body", "modul": "module_slug"}
"""What an address may fill into a new directive; `akui=tidak` credits no earlier result."""
OPENERS = {"units": ("unit_sasaran", "terbuka_sasaran"), "excepted_agencies": ("unit", "terbuka")}
"""What the form sends to see the units of an OPD, and for each OPD whose units a field shows already."""


@blueprint.route("/edaran/baru", methods=["GET", "POST"])
@requires(Permission.DIRECTIVE_ANY_WRITE)
def draft() -> Response | Answer:
    """Write a new directive."""
    form = _whole(DirectiveForm(data=_prefilled()))
    if _is_question():
        return _answered(form, None)
    if form.validate_on_submit():
        with refusals_to(form):
            directive = actions.draft(actor(), wording=form.wording())
            return redirect(url_for("directives.show", directive_id=directive.id))
    return _page(form, None)


@blueprint.route("/edaran/<uuid:directive_id>/ubah", methods=["GET", "POST"])
@requires(Permission.DIRECTIVE_ANY_WRITE)
def revise(directive_id: UUID) -> Response | Answer:
    """Change a draft."""
    directive = queries.get_draft(directive_id)
    form = _whole(DirectiveForm(data=_filled(directive)))
    if _is_question():
        return _answered(form, directive)
    if form.validate_on_submit():
        with refusals_to(form):
            actions.revise(actor(), directive_id=directive_id, wording=form.wording())
            notify(say("Draf tersimpan."))
            return redirect(url_for("directives.show", directive_id=directive_id))
    return _page(form, directive)


@blueprint.get("/edaran/<uuid:directive_id>/pratinjau.pdf")
@requires(Permission.DIRECTIVE_ANY_WRITE, Permission.DIRECTIVE_ANY_REVIEW)
def preview(directive_id: UUID) -> Response:
    """The letter as it would be printed now, marked as a draft until it is issued."""
    directive = readable(directive_id)
    return attachment(render_pdf(letter.html(directive)), "pratinjau.pdf", PDF, inline=True)


@blueprint.post("/edaran/<uuid:directive_id>/hapus")
@requires(Permission.DIRECTIVE_ANY_WRITE)
def discard(directive_id: UUID) -> Answer:
    """Throw a draft away."""
    actions.discard(actor(), directive_id=directive_id)
    notify(say("Draf dihapus."))
    return redirect(url_for("directives.index"))


def _is_question() -> bool:
    """Whether the form was sent only to learn whom it would bind, or to see the units of an OPD."""
    return request.method == "POST" and not request.form.keys().isdisjoint(
        ("periksa", *(asked for asked, _ in OPENERS.values()))
    )


def _answered(form: DirectiveForm, directive: Directive | None) -> Response:
    """The form as it was sent, with whom it would bind; nothing is stored."""
    return _page(form, directive, reached=reach.told(reach.offered(ReachForm())))


def _page(form: DirectiveForm, directive: Directive | None, **facts: Any) -> Response:
    groups = {
        name: form.unit_groups(form[name], [each for asked in names for each in request.form.getlist(asked)])
        for name, names in OPENERS.items()
    }
    told = {"groups": groups, "openers": OPENERS, **_phases(), **facts}
    return show_form("directives/edit.html", form, directive=directive, **told)


def _phases() -> dict[str, list[tuple[date, str]]]:
    """Days to come by the calendar of elections, as suggestions: deadlines before a phase, validity until its end."""
    phases = [(each, election) for election in calendar.list_elections() for each in election.phases]
    eves = [
        (
            each.started_on - timedelta(days=1),
            say("sehari sebelum %(phase)s, %(election)s", phase=each.kind.words, election=election.name),
        )
        for each, election in phases
        if each.kind is not PhaseKind.AFTER
    ]
    ends = [
        (each.ended_on, say("akhir %(phase)s, %(election)s", phase=each.kind.words, election=election.name))
        for each, election in phases
    ]
    return {"phase_eves": _to_come(eves), "phase_ends": _to_come(ends)}


def _to_come(days: Sequence[tuple[date, str]]) -> list[tuple[date, str]]:
    return sorted(each for each in days if each[0] >= clock.today())


def _whole(form: DirectiveForm) -> DirectiveForm:
    """The form with everything to choose from: targets, modules, law, and directives that may be revoked."""
    form.offer_content(
        modules=[(module.slug, module.title) for _, module in content.list_current_modules()],
        citations=law.list_basis(clock.today()),
    )
    form.offer_quiz(_topics())
    in_force = queries.list_issued(clock.today())
    form.offer_revocable((str(each.id), f"{each.number}: {each.subject}") for each in in_force)
    return reach.offered(form)


def _topics() -> dict[str, dict[str, str]]:
    """The topics that the quiz of each published module asks about, by its title and their ids."""
    modules = [module for _, module in content.list_current_modules()]
    return {module.title: _asked_about(module) for module in modules}


def _asked_about(module: Module) -> dict[str, str]:
    drawn = {line.topic for line in module.quiz.blueprint}
    return {topic.id: topic.title for topic in module.topics if topic.id in drawn}


def _prefilled() -> dict[str, Any]:
    """A new directive's first offer: everybody, the law, signatory and copies of the last one, and what is asked."""
    last = queries.find_latest()
    signed = {name: getattr(last, name) for name in SIGNED} if last else {"signatory_title": "Sekretaris Daerah"}
    again = {"copies": "\n".join(last.copies), "paper": last.paper} if last else {}
    cites = [cite["id"] for cite in last.legal_basis] if last else []
    asked: dict[str, Any] = {name: request.args[key] for key, name in ASKED.items() if key in request.args}
    asked["credits_earlier"] = request.args.get("akui") != "tidak"
    kinds = [kind.value for kind in EmployeeKind]
    return {"reach": ALL, "kinds": kinds, "cites": cites, **again, **signed, **asked}


def _filled(directive: Directive) -> dict[str, Any]:
    """A draft as its form shows it."""
    days = {
        deadline_field(EmployeeKind(kind)): date.fromisoformat(text) for kind, text in directive.deadlines.items()
    }
    return {
        **{name: getattr(directive, name) for name in TYPED},
        **_filled_reach(directive),
        **days,
        "cites": [cite["id"] for cite in directive.legal_basis],
        "addressees": "\n".join(directive.addressees),
        "copies": "\n".join(directive.copies),
        **quiz_fields(directive.quiz_terms),
        "revokes_id": str(directive.revokes_id or ""),
    }


def _filled_reach(directive: Directive) -> dict[str, Any]:
    """Whom a draft is addressed to, as its form shows it."""
    target, root_id = queries.target_of(directive, clock.today()), agencies.root().id
    units = {each.agency_id for each in directive.targets if each.is_unit and not each.is_excepted}
    groups = {frozenset[str](): EVERY_POST, frozenset(map(str, MANAGERIAL)): MANAGERS}
    return {
        "reach": ALL if root_id in target.agencies else SOME if target.agencies else NAMED,
        "agencies": [str(each) for each in target.agencies - {root_id} - units],
        "units": [str(each) for each in units],
        "kinds": directive.target_kinds,
        "posts": groups.get(target.post_groups, SOME_POSTS),
        "groups": directive.target_groups,
        "people": _nips(target.people),
        "excepted_agencies": [str(each) for each in target.excepted_agencies],
        "excepted_people": _nips(target.excepted_people),
    }


def _nips(employee_ids: frozenset[UUID]) -> str:
    """One NIP a line, by name."""
    return "\n".join(each.nip for each in roll.list_by_id(employee_ids))

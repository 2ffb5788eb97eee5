"""The first page of each role, and two addresses for whoever watches over the installation."""

from typing import Any

from flask import Blueprint, Flask, Response, jsonify

from elearn.agencies import queries as agencies
from elearn.assessment import decisions, outages, reported, rulings
from elearn.authoring import law
from elearn.calendar import queries as calendar
from elearn.content import queries as content
from elearn.core import clock, offline
from elearn.core.errors import NotFound
from elearn.core.permissions import Actor, Permission, Role, public
from elearn.core.web import find_actor, render
from elearn.directives import queries as directives
from elearn.home import gallery, health, queries, rules
from elearn.home.guides import GUIDES
from elearn.ledger import queries as ledger
from elearn.notices import queries as notices
from elearn.reports import queries as reports

blueprint = Blueprint("home", __name__)

OFFICES = frozenset({Role.OPD_OFFICER, Role.HR})


@blueprint.get("/")
@public
def index() -> Response:
    """What this is, for a stranger; what waits, for who is signed in."""
    actor = find_actor()
    if actor is None:
        return render("home/welcome.html")
    page = render("home/index.html", heading=rules.heading(actor.roles), today=clock.today(), **_sections(actor))
    return offline.keepable(page) if actor.roles == {Role.ASN} else page


@blueprint.get("/bantuan", endpoint="help")
@public
def show_help() -> Response:
    """Answers by need, and whom to turn to; a learner's own browser keeps the page for when there is no network."""
    actor = find_actor()
    page = render("home/help.html", guides=GUIDES)
    return offline.keepable(page) if actor and actor.roles == {Role.ASN} else page


@blueprint.get("/bantuan/<role>")
@public
def guide(role: str) -> Response:
    """What somebody of a role does here, in a few steps with pictures."""
    if role not in GUIDES:
        raise NotFound
    return render("home/guide.html", guide=GUIDES[role])


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """The process answers; nothing else is asked."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@public
def readyz() -> tuple[Response, int]:
    """Whether the installation is fit to serve, and if not (503), what is missing."""
    checks = health.checks()
    is_ready = rules.is_ready(checks)
    facts = {check.name: {"ok": check.is_ok, **check.facts} for check in checks}
    return jsonify(status="ready" if is_ready else "not ready", checks=facts), 200 if is_ready else 503


def _sections(actor: Actor) -> dict[str, Any]:
    """What each role of the person finds on the page; a role she does not hold costs nothing."""
    sections: dict[str, Any] = {}
    if Role.ASN in actor.roles:
        sections.update(_learner(actor))
    if actor.has(Permission.REPORT_ANY_READ):
        sections.update(_overseer(actor))
    if Role.SEKDA in actor.roles:
        sections["drafts"] = directives.list_drafts()
        sections["offers"] = law.list_offers()
    if Role.AUDITOR in actor.roles:
        sections["record"] = {"check": ledger.find_last_check(), "entries": ledger.count_entries()}
    if Role.AUTHOR in actor.roles:
        sections["modules"] = content.list_current_modules()
    if actor.has(Permission.ASSESSMENT_RESULT_DECIDE) or actor.has(Permission.ASSESSMENT_QUESTION_RULE):
        sections["assessment"] = _assessment(actor)
    if Role.ADMIN in actor.roles:
        sections["machine"] = {"checks": health.checks(), "outbox": notices.state()}
    return sections


def _learner(actor: Actor) -> dict[str, Any]:
    tasks = queries.list_tasks(actor.account_id, clock.today()) if actor.account_id else []
    free = [] if tasks else queries.list_modules()
    return {"tasks": tasks, "free_modules": free, "phase": calendar.find_phase(clock.today())}


def _assessment(actor: Actor) -> dict[str, int]:
    """What waits about quizzes for who decides results, records outages, or rules on questions."""
    decides, rules_ = Permission.ASSESSMENT_RESULT_DECIDE, Permission.ASSESSMENT_QUESTION_RULE
    return {
        "decisions": decisions.count_waiting(actor) if actor.has(decides) else 0,
        "outages": len(outages.list_unfinished()) if actor.has(Permission.ASSESSMENT_OUTAGE_RECORD) else 0,
        "reports": reported.count_open() if actor.has(rules_) else 0,
        "proposals": rulings.count_proposed() if actor.has(rules_) else 0,
    }


def _overseer(actor: Actor) -> dict[str, Any]:
    visible = agencies.visible_to(actor, Permission.REPORT_ANY_READ)
    today = clock.today()
    picture = reports.picture(today, reports.list_asking(today), visible=visible)
    sections: dict[str, Any] = {"picture": picture, "is_office": bool(OFFICES & actor.roles)}
    if Role.SEKDA in actor.roles:
        courses = [(each, picture.course_of(each)) for each in picture.directives]
        sections["courses"] = sorted(courses, key=lambda course: course[1].done == course[1].bound)
    return sections


def install(app: Flask) -> None:
    """Show the components where pages are drawn."""
    gallery.install(app)

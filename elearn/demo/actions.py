"""Loading the demo regency: built in memory by the rooms' own rules, then written by bulk statements."""

from collections.abc import Sequence
from datetime import date

from flask import current_app
from sqlalchemy import insert

from elearn.accounts import passwords
from elearn.accounts.models import Account, RoleGrant
from elearn.agencies.models import Agency, Employee, Placement
from elearn.calendar.models import Election, Phase
from elearn.certificates.models import Certificate
from elearn.content import queries as content
from elearn.core import clock, installation, jobs
from elearn.core.db import db
from elearn.core.permissions import Actor
from elearn.core.transaction import transaction
from elearn.demo import (
    aftermath,
    deeds,
    fates,
    journeys,
    letters,
    oddities,
    queries,
    regency,
    register,
    reprimands,
    rules,
    seasons,
    sequels,
    study,
)
from elearn.demo.chronicle import Chronicle
from elearn.demo.circulars import LEADERS, MAIN, PHONES
from elearn.demo.ground import Course, Ground
from elearn.demo.journeys import Journey
from elearn.demo.offices import REGENCY
from elearn.demo.rules import DemoAccount
from elearn.directives.models import Directive, DirectiveTarget
from elearn.learning.models import Enrolment, LessonRead
from elearn.ledger import actions as ledger
from elearn.pact.models import Pact
from elearn.quiz.models import Answer, Attempt
from elearn.scenarios.models import Play, Step

TABLES = (
    Agency,
    Account,
    RoleGrant,
    Employee,
    Placement,
    Enrolment,
    LessonRead,
    Play,
    Step,
    Attempt,
    Answer,
    Directive,
    DirectiveTarget,
    Election,
    Phase,
    Pact,
    Certificate,
)
"""What is written, each after all that it refers to."""


def may_load() -> bool:
    """Whether the installation is still empty, so that the demo can be loaded; Unprepared without tables."""
    if not queries.is_prepared():
        raise rules.Unprepared
    return queries.is_empty()


def load(actor: Actor, *, today: date, people: int = regency.PEOPLE) -> None:
    """Fill an empty installation with the regency and its past year, in one transaction; AlreadyInhabited.

    NothingPublished when there is no module. PDFs are made later, in the background: the letters first, then the
    certificates as the sweeper comes to them or somebody asks.
    """
    with transaction():
        if not may_load():
            raise rules.AlreadyInhabited
        installation.name(REGENCY, is_demo=True)
        ground = _ground(today, people)
        walked, twins = oddities.among(oddities.overrun(_walked(ground), ground.module))
        chronicle = _chronicle(ground, walked, sequels.walked(ground, walked))
        _store(chronicle)
        aftermath.enter(ground, walked, twins)
        reprimands.enter(ground)
        for directive in chronicle.rows(Directive):
            if directive["issued_at"]:
                jobs.after_commit("directives.make_letter", str(directive["id"]), urgent=True)
        ledger.record(actor, "demo:loaded", {"people": people, "today": today.isoformat()})


def accounts() -> list[DemoAccount]:
    """One working account for each role; NotADemo in any other installation."""
    if not queries.is_prepared():
        raise rules.Unprepared
    if not installation.is_demo():
        raise rules.NotADemo
    return queries.list_accounts()


def _ground(today: date, people: int) -> Ground:
    courses = {slug: _course(slug) for slug in (MAIN, LEADERS, PHONES) if content.find_current("module", slug)}
    if MAIN not in courses:
        raise rules.NothingPublished
    return Ground(regency.build(today, people), today, clock.zone(), courses)


def _course(slug: str) -> Course:
    publication, module = content.current_module(slug)
    return Course(publication, module, *content.current_pact(module.pact))


def _chronicle(ground: Ground, walked: Sequence[Journey], later: Sequence[Journey]) -> Chronicle:
    """Everything that happened, in memory."""
    chronicle, password_hash = Chronicle(), passwords.hash(rules.PASSWORD)
    started = {journey.lot.person.nip: journey.started_at for journey in walked}
    register.enter_agencies(chronicle, ground)
    register.enter_people(chronicle, ground, password_hash=password_hash, started=started)
    register.grant_roles(chronicle, ground, password_hash=password_hash)
    letters.enter(chronicle, ground)
    seasons.enter(chronicle, ground)
    study.enter(chronicle, ground, [*walked, *later])
    deeds.enter(chronicle, ground, [*walked, *later], public_url=current_app.config["PUBLIC_URL"])
    return chronicle


def _walked(ground: Ground) -> Sequence[Journey]:
    """The first journeys of all who have started."""
    idle = {ground.holders.learner.nip}
    everybody = fates.lots(ground.regency, ground.today, done=ground.holders.done, idle=idle)
    found = (journeys.journey(lot, ground.module, ground.zone) for lot in everybody)
    return [journey for journey in found if journey is not None]


def _store(chronicle: Chronicle) -> None:
    """Write the record first, which gives each pact its link in the chain, and then all rows."""
    for stream in chronicle.streams():
        hashes = ledger.record_many(stream, chronicle.events(stream))
        if stream == "pact":
            signed = sorted(chronicle.rows(Pact), key=lambda row: row["signed_at"])
            for row, link in zip(signed, hashes, strict=True):
                row["ledger_hash"] = link
    for model in TABLES:
        if rows := chronicle.rows(model):
            db.session.connection().execute(insert(model), rows)

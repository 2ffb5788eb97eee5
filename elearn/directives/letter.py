"""A directive as people get it: the letter on paper and the notice by e-mail, both made of plain facts."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import nh3
from flask import current_app
from jinja2 import Template
from markdown_it import MarkdownIt
from markupsafe import Markup

from elearn.agencies import queries as agencies
from elearn.agencies.rules import MANAGERIAL, EmployeeKind, PersonOn, PostGroup
from elearn.content import queries as content
from elearn.content.law import Citation
from elearn.content.modules import Module
from elearn.core import clock, installation, qr
from elearn.core.speech import say
from elearn.directives import queries, quizzes, roll
from elearn.directives.duties import Target
from elearn.directives.models import Directive
from elearn.notices import rules as mail
from elearn.notices.rules import Message

TAGS = {"p", "br", "strong", "em", "ol", "ul", "li", "h2", "h3", "blockquote"}
"""What a letter may be made of; anything else in the Markdown stays plain text."""

_markdown = MarkdownIt("commonmark", {"html": False})


def body_html(markdown: str) -> Markup:
    """The body of a letter as safe HTML: Markdown without raw HTML, links or pictures."""
    return Markup(nh3.clean(_markdown.render(markdown), tags=TAGS, attributes={}))  # noqa: S704


def in_full(citation: Citation) -> str:
    """A citation as a letter gives it: the article and then the full name of the instrument."""
    return f"{citation.article} {citation.full}".strip()


def letterhead(unit: str = "", address: str | None = None) -> dict[str, Any]:
    """The head of the regency's letters, or of a unit's, as plain facts for `_print/_kop.html`."""
    root = agencies.root()
    return {
        "government": root.name,
        "unit": unit,
        "address": address or root.address or "",
        "contact": "",
        "is_demo": installation.is_demo(),
    }


def facts(directive: Directive) -> dict[str, Any]:
    """All that the letter says, as plain values."""
    target = _target(directive)
    former = queries.get_directive(directive.revokes_id) if directive.revokes_id else None
    return {
        "letterhead": letterhead("Sekretariat Daerah"),
        "directive": directive,
        "body": body_html(directive.body),
        "local_instruction": body_html(directive.local_instruction),
        "modules": module_titles(directive),
        "quiz_terms": quizzes.told(directive.quiz_terms, modules(directive)),
        "targets": target_names(directive),
        "excepted": excepted_names(directive),
        "is_for_all": is_for_all(directive),
        "kinds": kind_names(directive),
        "posts": post_names(directive),
        "deadlines": deadlines(directive),
        "people": people_named(target.people),
        "excepted_people": len([each for each in directive.people if each.is_excepted]),
        "former": former,
        "signatory": queries.signatory_of(directive),
        "proof": proof(directive) if directive.issued_on else None,
    }


def html(directive: Directive) -> str:
    """The letter as HTML to be printed; a draft says that it is one."""
    return _template("directives/print/letter.html").render(facts(directive))


def proof(directive: Directive) -> dict[str, Any]:
    """Where anybody can check the letter, as an address and as a QR code."""
    address = f"{current_app.config['PUBLIC_URL']}/verifikasi/surat/{directive.id}"
    size, strokes = qr.path(address)
    return {"address": address, "size": size, "path": strokes}


def module_titles(directive: Directive) -> list[str]:
    """What the modules of a directive are called today."""
    return [module.title for module in modules(directive)]


def modules(directive: Directive) -> list[Module]:
    """The modules that a directive asks for as they are published today, the first one first."""
    return [content.current_module(slug)[1] for slug in directive.modules]


def target_names(directive: Directive) -> list[str]:
    """The names of the agencies a directive is addressed to, a unit with its OPD."""
    return queries.list_targeted(_target(directive).agencies)


def excepted_names(directive: Directive) -> list[str]:
    """The names of the agencies left out, a unit with its OPD."""
    return queries.list_targeted(_target(directive).excepted_agencies)


def is_for_all(directive: Directive) -> bool:
    """Whether a directive is addressed to the whole regency."""
    return agencies.root().id in _target(directive).agencies


def _target(directive: Directive) -> Target:
    return queries.target_of(directive, directive.issued_on or clock.today())


def kind_names(directive: Directive) -> list[str]:
    """The kinds of employee a directive binds, in words and in their usual order."""
    return [kind.words for kind in EmployeeKind if kind in directive.target_kinds]


def post_names(directive: Directive) -> list[str]:
    """The groups of posts a directive binds, from the top; empty when it binds all."""
    if set(directive.target_groups) == set(MANAGERIAL):
        return [say("pejabat manajerial (pimpinan tinggi, administrator, dan pengawas)")]
    return [group.words for group in PostGroup if group in directive.target_groups]


def deadlines(directive: Directive) -> list[tuple[str, date]]:
    """The days of single kinds of employee that differ from the general one."""
    return [
        (kind.words, date.fromisoformat(directive.deadlines[kind]))
        for kind in EmployeeKind
        if kind in directive.deadlines
    ]


def people_named(employee_ids: Iterable[UUID]) -> list[tuple[str, str]]:
    """Name and unit of employees, for the annex of a letter; a NIP is nobody else's concern."""
    return [(each.name, each.agency_name) for each in roll.list_by_id(list(employee_ids))]


def notices_to(people: Iterable[PersonOn], directive: Directive, *, what: str = "issued") -> list[Message]:
    """One message for each person who has an e-mail address: that a directive was issued, closed or revoked."""
    template, told = _template(f"directives/mail/{what}.txt"), modules(directive)
    facts = {
        "directive": directive,
        "module": told[0],
        "modules": told,
        "former": queries.get_directive(directive.revokes_id) if directive.revokes_id else None,
        "revoker": queries.find_revoker(directive),
        "address": current_app.config["PUBLIC_URL"],
    }
    return [
        Message(
            f"directive:{directive.id}:{what}:{person.account_id}",
            person.email,
            *mail.from_template(
                template.render(facts, person=person, deadline_on=queries.deadline_for(directive, person.kind))
            ),
        )
        for person in people
        if person.email
    ]


def _template(name: str) -> Template:
    """A template that is given plain facts only: no request, no signed-in person."""
    return current_app.jinja_env.get_template(name)

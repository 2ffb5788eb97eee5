"""A directive as people get it: the letter on paper and the notice by e-mail, both made of plain facts."""

from collections.abc import Iterable
from typing import Any

import nh3
from flask import current_app
from jinja2 import Template
from markdown_it import MarkdownIt
from markupsafe import Markup

from elearn.agencies import queries as agencies
from elearn.agencies.rules import EmployeeKind, PersonOn
from elearn.content import queries as content
from elearn.content.rules import Citation
from elearn.core import clock, installation
from elearn.directives import queries
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
    _, module = content.current_module(directive.module_slug)
    return {
        "letterhead": letterhead("Sekretariat Daerah"),
        "number": directive.number,
        "subject": directive.subject,
        "body": body_html(directive.body),
        "local_instruction": body_html(directive.local_instruction),
        "legal_basis": [cite["text"] for cite in directive.legal_basis],
        "module": module.title,
        "targets": target_names(directive),
        "is_for_all": is_for_all(directive),
        "kinds": kind_names(directive),
        "deadline_on": directive.deadline_on,
        "place": directive.place,
        "issued_on": directive.issued_on,
        "issued_at": directive.issued_at,
        "signatory": queries.signatory_of(directive),
    }


def html(directive: Directive) -> str:
    """The letter as HTML to be printed; a draft says that it is one."""
    return _template("directives/print/letter.html").render(facts(directive))


def target_names(directive: Directive) -> list[str]:
    """The names of the agencies a directive is addressed to."""
    return [agency.name for agency in queries.list_targeted(_target(directive))]


def is_for_all(directive: Directive) -> bool:
    """Whether a directive is addressed to the whole regency."""
    return agencies.root().id in _target(directive).agencies


def _target(directive: Directive) -> Target:
    return queries.target_of(directive, directive.issued_on or clock.today())


def kind_names(directive: Directive) -> list[str]:
    """The kinds of employee a directive binds, in words and in their usual order."""
    return [kind.words for kind in EmployeeKind if kind in directive.target_kinds]


def notices_to(people: Iterable[PersonOn], directive: Directive) -> list[Message]:
    """One message about an issued directive for each person who has an e-mail address."""
    template = _template("directives/mail/issued.txt")
    _, module = content.current_module(directive.module_slug)
    address = current_app.config["PUBLIC_URL"]
    return [
        Message(
            f"directive:{directive.id}:issued:{person.account_id}",
            person.email,
            *mail.from_template(template.render(directive=directive, module=module, person=person, address=address)),
        )
        for person in people
        if person.email
    ]


def _template(name: str) -> Template:
    """A template that is given plain facts only: no request, no signed-in person."""
    return current_app.jinja_env.get_template(name)

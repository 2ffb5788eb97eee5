"""Where the pages of directives hang, and the few steps they share."""

from typing import Any
from uuid import UUID

from flask import Blueprint

from elearn.agencies import queries as agencies
from elearn.core import clock
from elearn.core.permissions import Permission
from elearn.core.web import actor
from elearn.directives import binding, exemptions, letter, phases, queries, quizzes, readers, roll
from elearn.directives.models import Directive

blueprint = Blueprint("directives", __name__)
PDF = "application/pdf"


def readable(directive_id: UUID) -> Directive:
    """The directive if whoever is signed in may read it; NoSuchDirective."""
    return readers.get_readable(directive_id, reader=actor(), day=clock.today())


def page_of(directive: Directive) -> dict[str, Any]:
    """What the page of a directive shows."""
    reader, today = actor(), clock.today()
    visible = agencies.visible_to(reader, Permission.AGENCY_PEOPLE_READ)
    target = queries.target_of(directive, today)
    is_office = reader.has(Permission.DIRECTIVE_ANY_READ)
    return {
        "directive": directive,
        "body": letter.body_html(directive.body),
        "local_instruction": letter.body_html(directive.local_instruction),
        "modules": letter.modules(directive),
        "target_names": letter.target_names(directive),
        "excepted_names": letter.excepted_names(directive),
        "kind_names": letter.kind_names(directive),
        "post_names": letter.post_names(directive),
        "deadlines": letter.deadlines(directive),
        "quiz_terms": quizzes.told(directive.quiz_terms, letter.modules(directive)),
        "bound": binding.count_bound_today(target) if is_office else None,
        "people": roll.list_by_id(_named(directive, is_excepted=False)) if visible.all else [],
        "excepted_people": roll.list_by_id(_named(directive, is_excepted=True)) if visible.all else [],
        "exemptions": exemptions.list_of_directive(directive, visible=visible),
        "former": queries.get_directive(directive.revokes_id) if directive.revokes_id else None,
        "revoker": queries.find_revoker(directive),
        "shifts": phases.list_shifts(directive) if is_office else [],
        "is_own": directive.drafted_by == reader.account_id,
        "today": today,
    }


def _named(directive: Directive, *, is_excepted: bool) -> list[UUID]:
    return [each.employee_id for each in directive.people if each.is_excepted is is_excepted]

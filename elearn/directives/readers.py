"""Who may read which directive: drafts whoever writes or reviews them, issued ones all by office, else the bound."""

from datetime import date
from uuid import UUID

from elearn.core.permissions import Actor, Permission
from elearn.directives import binding, queries, rules
from elearn.directives.models import Directive
from elearn.directives.rules import NoSuchDirective


def may_see_drafts(reader: Actor) -> bool:
    """Whether a person reads what is not issued yet: who writes it and who reviews it."""
    return reader.has(Permission.DIRECTIVE_ANY_WRITE) or reader.has(Permission.DIRECTIVE_ANY_REVIEW)


def list_readable(reader: Actor, day: date) -> list[Directive]:
    """The issued directives that a person may read: all by office, else those that bind him."""
    if reader.has(Permission.DIRECTIVE_ANY_READ):
        return queries.list_issued(day)
    return binding.list_directives(reader.account_id, day)


def get_readable(directive_id: UUID, *, reader: Actor, day: date) -> Directive:
    """A directive that a person may read; raises NoSuchDirective for any other, and for others' drafts."""
    directive = queries.get_directive(directive_id)
    if not _may_read(reader, directive, day):
        raise NoSuchDirective
    return directive


def _may_read(reader: Actor, directive: Directive, day: date) -> bool:
    if directive.status in rules.UNISSUED:
        return may_see_drafts(reader)
    if reader.has(Permission.DIRECTIVE_ANY_READ):
        return True
    place = binding.find_place(reader.account_id, day) if reader.has(Permission.DIRECTIVE_OWN_READ) else None
    return place is not None and binding.binds(directive, place, day)

"""What whoever moves a phase of an election is told of the directives that were written by it."""

from collections.abc import Sequence

from flask import url_for

from elearn.calendar.consequences import Change, Consequence
from elearn.core.speech import Sentence, say
from elearn.directives import phases, rules
from elearn.directives.anchors import Shift
from elearn.directives.models import Directive


def tell(change: Change) -> Sequence[Consequence]:
    """One line for each day of a draft or a directive in force that stays behind; nothing follows by itself."""
    return [
        Consequence(_line(directive, shift), url_for("directives.show", directive_id=directive.id))
        for directive, shift in phases.list_left_behind(change)
    ]


def _line(directive: Directive, shift: Shift) -> Sentence:
    facts = {"number": directive.number, "shift": shift.sentence}
    if directive.status in rules.UNISSUED:
        return say("Draf %(number)s: %(shift)s", **facts)
    return say("Edaran %(number)s: %(shift)s", **facts)

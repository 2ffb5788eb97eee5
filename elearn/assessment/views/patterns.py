"""What is unusual in how a quiz was taken, as questions to ask."""

from flask import Response, request

from elearn.agencies import queries as agencies
from elearn.assessment import patterns, scope, sittings, traces
from elearn.assessment.figures import Which
from elearn.assessment.patterns import Kind, Sign
from elearn.assessment.views.blueprint import blueprint
from elearn.core import clock
from elearn.core.permissions import Permission, requires
from elearn.core.web import actor, render

SHOWN = 50
"""As many signs of one kind are on the page."""


@blueprint.get("/penilaian/<slug>/pola", endpoint="patterns")
@requires(Permission.ASSESSMENT_RESULT_DECIDE)
def show_patterns(slug: str) -> Response:
    """Unusual patterns among all attempts of a time, with the people to ask and what is quite ordinary about it."""
    asked = scope.asked({**request.args, "percobaan": Which.ALL.value}, actor(), slug)
    found = patterns.signs(traces.list_traces(asked, sittings.list_sittings(asked)))
    by_kind: dict[Kind, list[Sign]] = {kind: [sign for sign in found if sign.kind is kind] for kind in Kind}
    shown = {kind: signs[:SHOWN] for kind, signs in by_kind.items()}
    accounts = {trace.learner_id for signs in shown.values() for sign in signs for trace in sign.traces}
    visible = agencies.visible_to(actor(), Permission.ASSESSMENT_RESULT_DECIDE)
    return render(
        "assessment/patterns.html",
        asked=asked,
        by_kind=by_kind,
        shown=shown,
        people=traces.list_people(accounts, asked, visible=visible),
        today=clock.today(),
    )

"""Whom a directive binds: counted while it is written, listed before and after the issue."""

from typing import Any, TypeVar
from uuid import UUID

from flask import Response, request

from elearn.agencies import queries as agencies
from elearn.agencies.rules import EVERYTHING, EmployeeKind
from elearn.core import clock, languages
from elearn.core.permissions import Permission, requires
from elearn.core.speech import say, tally
from elearn.core.web import actor, page_number, paginate, render
from elearn.directives import binding, exemptions, queries, roll
from elearn.directives.reach_forms import ReachForm
from elearn.directives.views.blueprint import blueprint, readable

Reach = TypeVar("Reach", bound=ReachForm)
LONGEST_SEARCH = 100


@blueprint.post("/edaran/hitung")
@requires(Permission.DIRECTIVE_ANY_WRITE)
def count() -> dict[str, Any]:
    """How many people a choice of targets binds today, and who was named, for the form to say meanwhile."""
    return told(offered(ReachForm()))


@blueprint.get("/edaran/<uuid:directive_id>/sasaran")
@requires(Permission.DIRECTIVE_ANY_READ)
def target(directive_id: UUID) -> Response:
    """Everybody in sight whom a directive binds today, or would bind if it were issued."""
    directive, text = readable(directive_id), request.args.get("cari", "").strip()[:LONGEST_SEARCH]
    visible, today = agencies.visible_to(actor(), Permission.AGENCY_PEOPLE_READ), clock.today()
    found = roll.bound(queries.target_of(directive, today), today, visible=visible, search=text)
    page = paginate(found, page_number(), scalars=False)
    facts: dict[str, Any] = {"directive": directive, "page": page, "text": text, "visible": visible}
    return render("directives/target.html", **facts, may_free=exemptions.reach(actor()))


def told(form: ReachForm) -> dict[str, Any]:
    """What a choice of targets means: the count in a sentence, the people named and left out, the complaints."""
    with languages.to_visitor():
        if not form.validate():
            sentences = [str(each) for errors in form.errors.values() for each in errors]
            return {"text": " ".join(sentences), "people": [], "excepted": []}
        bound = binding.count_bound_today(form.target())
        return {
            "text": str(tally("Mengikat %(num)s pegawai per hari ini.", bound)),
            "people": [str(each) for each in form.named["people"]],
            "excepted": [
                str(say("Dikecualikan: %(name)s", name=str(each))) for each in form.named["excepted_people"]
            ],
        }


def offered(form: Reach) -> Reach:
    """The form with every agency and kind of employee to choose from, and the people to be named."""
    form.offer_reach(
        root_id=agencies.root().id,
        agencies=[(str(opd.id), opd.name) for opd in agencies.list_opd()],
        units=_units(),
        kinds=[(kind.value, kind.words) for kind in EmployeeKind],
        find=roll.list_named,
    )
    return form


def _units() -> list[tuple[str, str]]:
    """Every open agency below the root, a unit after its OPD."""
    root_id = str(agencies.root().id)
    return [pair for pair in agencies.list_choices(visible=EVERYTHING).items() if pair[0] != root_id]

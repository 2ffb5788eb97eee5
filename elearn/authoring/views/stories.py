"""What people choose in the stories: all stories with one figure each, and one story with its graph."""

from collections.abc import Sequence
from functools import partial

from flask import Response, request, url_for
from markupsafe import Markup

from elearn.agencies import queries as agencies
from elearn.agencies.models import Agency
from elearn.authoring import stories
from elearn.authoring.stories import SMALLEST_GROUP, Figures
from elearn.authoring.views.blueprint import blueprint
from elearn.content import queries as content
from elearn.content.stories import drawing
from elearn.core import clock
from elearn.core.bahasa import persen
from elearn.core.errors import NotFound
from elearn.core.permissions import Permission, requires
from elearn.core.speech import say, tally
from elearn.core.web import actor, render

THIS_VERSION = "ini"
Bar = tuple[str, float, str, str]
INDONESIAN = Markup('<span lang="id">{}</span>')
"""The title of a story in a chart, whatever language the page is in."""


@blueprint.get("/laporan/cerita", endpoint="stories")
@requires(Permission.CONTENT_ANY_READ, Permission.REPORT_ANY_READ)
def list_stories() -> Response:
    """Every story with what part of its choices were safe, for all one may see or one OPD."""
    agency = _agency()
    accounts = stories.people_of(clock.today(), visible=stories.sight(actor()), agency=agency)
    charts = [
        (module, partial(_bars, figures, module.slug, agency)) for module, figures in stories.list_figures(accounts)
    ]
    return render(
        "authoring/stories.html", charts=charts, agency=agency, choices=_agencies(), smallest=SMALLEST_GROUP
    )


@blueprint.get("/materi/<slug>/cerita/<scenario_id>")
@requires(Permission.CONTENT_ANY_READ, Permission.REPORT_ANY_READ)
def story(slug: str, scenario_id: str) -> Response:
    """The graph of a story with the share of people who took each way, and the same figures as a table."""
    publication, module = content.current_module(slug)
    scenario = module.scenario_by_id.get(scenario_id)
    if scenario is None:
        raise NotFound
    agency = _agency()
    accounts = stories.people_of(clock.today(), visible=stories.sight(actor()), agency=agency)
    version = publication.id if _may_ask_version(agency) and request.args.get("terbitan") == THIS_VERSION else None
    figures = stories.figures_of(slug, scenario, accounts, version)
    return render(
        "authoring/story.html",
        publication=publication,
        module=module,
        figures=figures,
        svg=drawing.svg(scenario, None if figures.is_small else figures.shares),
        agency=agency,
        choices=_agencies(),
        may_ask_version=_may_ask_version(agency),
        is_one_version=version is not None,
        smallest=SMALLEST_GROUP,
    )


def _agency() -> Agency | None:
    """The OPD in the address, None for all; NotFound for any that the figures cannot be narrowed to."""
    code = request.args.get("opd")
    found = next((each for each in _agencies() if each.code == code), None) if code else None
    if code and found is None:
        raise NotFound
    return found


def _agencies() -> Sequence[Agency]:
    """The OPD that the figures can be narrowed to."""
    if not actor().has(Permission.REPORT_ANY_READ):
        return ()
    return agencies.list_tops(visible=agencies.visible_to(actor(), Permission.REPORT_ANY_READ))


def _may_ask_version(agency: Agency | None) -> bool:
    """Whether one version can be asked for: by authors, and not of one OPD, where the difference is few people."""
    return agency is None and actor().has(Permission.CONTENT_ANY_READ)


def _bars(found: Sequence[Figures], slug: str, agency: Agency | None) -> list[Bar]:
    return [_bar(each, slug, agency) for each in found]


def _bar(figures: Figures, slug: str, agency: Agency | None) -> Bar:
    """A story's row of the chart: its name, the share of safe choices, the same in words, its page."""
    share, people = figures.safe_share, figures.footfall.people
    if figures.is_small:
        told = say("kurang dari %(smallest)s orang", smallest=SMALLEST_GROUP)
    elif share is None:
        told = tally("%(num)s orang", people)
    else:
        told = tally("%(share)s aman · %(num)s orang", people, share=persen(share))
    opd = agency.code if agency else None
    address = url_for("authoring.story", slug=slug, scenario_id=figures.scenario.id, opd=opd)
    return INDONESIAN.format(figures.scenario.title), share or 0.0, told, address

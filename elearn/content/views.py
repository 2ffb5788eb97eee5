"""The published content as its authors and auditors see it: versions, and everything in them with the keys."""

from flask import Blueprint, Response

from elearn.content import queries
from elearn.content.stories import conditions
from elearn.core.permissions import Permission, requires
from elearn.core.web import render

blueprint = Blueprint("content", __name__)
blueprint.add_app_template_filter(conditions.in_words)


@blueprint.get("/materi")
@requires(Permission.CONTENT_ANY_READ)
def index() -> Response:
    """The modules and pacts with their current version."""
    modules = queries.list_current_modules()
    return render("content/index.html", modules=modules, pacts=queries.list_current_pacts())


@blueprint.get("/materi/<slug>")
@requires(Permission.CONTENT_ANY_READ)
def module(slug: str) -> Response:
    """All of one module: lessons, stories with every branch, questions with their keys, law with its proof."""
    publication, found = queries.current_module(slug)
    versions = queries.list_publications("module", slug)
    return render("content/module.html", publication=publication, module=found, versions=versions)

"""What the browser itself asks for, so that the pages work from the home screen and without a network."""

from typing import Any

from flask import Blueprint, Response, jsonify, make_response, url_for

from elearn.core import assets, offline, security, tokens
from elearn.core.permissions import public
from elearn.core.web import render

blueprint = Blueprint("device", __name__)

ICONS = {
    "icon-192.png": ("192x192", "any"),
    "icon-512.png": ("512x512", "any"),
    "icon-mask.png": ("512x512", "maskable"),
}


@blueprint.get("/sw.js")
@public
def worker() -> Response:
    """The service worker, for the whole site: the module of this release."""
    security.allow_own_scripts()
    answer = make_response(f'import "{assets.static_url("js/worker.js")}";\n')
    answer.mimetype = "text/javascript"
    return answer


@blueprint.get("/manifest.webmanifest")
@public
def manifest() -> Response:
    """How the site looks on the home screen of a phone."""
    answer = jsonify(
        name="elearn Netralitas ASN",
        short_name="elearn",
        description="Pelajaran, cerita, dan kuis netralitas ASN.",
        lang="id",
        id="/",
        start_url=url_for("home.index"),
        scope="/",
        display="standalone",
        background_color="#ffffff",
        theme_color="#0b4f7d",
        icons=[_icon(name, *facts) for name, facts in ICONS.items()],
    )
    answer.mimetype = "application/manifest+json"
    return answer


@blueprint.get("/perangkat/tanda")
@public
def pass_() -> dict[str, str]:
    """Whose session this is and the token of her forms, for what was kept on her device; both empty for nobody's."""
    who = offline.who()
    return {"who": who, "token": tokens.form_token() if who else ""}


@blueprint.get("/perangkat/tanpa-jaringan")
@public
def without_network() -> Response:
    """The page shown by the browser itself when a page cannot be fetched and was not kept."""
    return render("home/without_network.html")


def _icon(name: str, sizes: str, purpose: str) -> dict[str, Any]:
    return {"src": assets.static_url(f"img/{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose}

"""What a browser may keep of a person's pages, and whose they are, so that another person never finds them."""

import hmac

from flask import Flask, Response, current_app

from elearn.core.web import actor, find_actor

KEEP = "Elearn-Keep"
INSTEAD = "Elearn-Instead"


def who() -> str:
    """An opaque mark of the account signed in, the same in every session; empty for a stranger."""
    person = find_actor()
    if person is None or person.account_id is None:
        return ""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.digest(key, b"device" + person.account_id.bytes, "sha256").hex()[:16]


def keepable(response: Response, *, instead: str = "") -> Response:
    """Let the person's own browser keep this page for when there is no network, until she signs out.

    A page that would be out of date by then names another, kept as well, which is to be shown `instead`.
    """
    if actor() and response.status_code == 200:
        response.headers[KEEP] = who()
        if instead:
            response.headers[INSTEAD] = instead
    return response


def forgotten(response: Response) -> Response:
    """Let the browser forget everything that pages stored on the device (Clear-Site-Data, W3C)."""
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


def install(app: Flask) -> None:
    """Let every page say whose it is."""
    app.jinja_env.globals.update(whose_device=who)

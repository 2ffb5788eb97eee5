"""The outbox as HR and the admin see it."""

from uuid import UUID

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as Answer

from elearn.core import web
from elearn.core.errors import Forbidden
from elearn.core.permissions import Permission, requires
from elearn.core.speech import say, tally
from elearn.notices import actions, queries

blueprint = Blueprint("notices", __name__)


@blueprint.get("/surat-keluar")
@requires(Permission.NOTICE_ANY_READ)
def index() -> Response:
    """What was sent, what waits and what was given up; never the text of a message."""
    _check_reach()
    page = web.paginate(queries.newest_first(), web.page_number(), scalars=False)
    return web.render("notices/index.html", page=page, state=queries.state())


@blueprint.get("/surat-keluar/gagal")
@requires(Permission.NOTICE_ANY_READ)
def given_up() -> Response:
    """The messages that nobody tries any more, and why."""
    _check_reach()
    page = web.paginate(queries.given_up(), web.page_number(), scalars=False)
    return web.render("notices/given_up.html", page=page)


@blueprint.post("/surat-keluar/gagal/<uuid:notice_id>/ulang")
@requires(Permission.NOTICE_ANY_READ)
def retry(notice_id: UUID) -> Answer:
    """Try one of them again."""
    _check_reach()
    actions.retry(web.actor(), notice_id=notice_id)
    web.notify(say("Pesan dikirim ulang."))
    return redirect(url_for("notices.given_up"))


@blueprint.post("/surat-keluar/gagal/ulang")
@requires(Permission.NOTICE_ANY_READ)
def retry_all() -> Answer:
    """Try all of them again."""
    _check_reach()
    messages = actions.retry_all(web.actor())
    web.notify(tally("%(num)s pesan dikirim ulang.", messages))
    return redirect(url_for("notices.given_up"))


def _check_reach() -> None:
    """Messages go to the whole regency, so their recipients are for who answers for all of it; Forbidden."""
    if None not in web.actor().scopes(Permission.NOTICE_ANY_READ):
        raise Forbidden

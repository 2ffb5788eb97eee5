"""The outbox as HR and the admin see it."""

from flask import Blueprint, Response

from elearn.core import web
from elearn.core.errors import Forbidden
from elearn.core.permissions import Permission, requires
from elearn.notices import queries

blueprint = Blueprint("notices", __name__)


@blueprint.get("/surat-keluar")
@requires(Permission.NOTICE_ANY_READ)
def index() -> Response:
    """What was sent, what waits and what was given up; never the text of a message.

    The messages go to the whole regency, so their recipients are for who answers for all of it.
    """
    if None not in web.actor().scopes(Permission.NOTICE_ANY_READ):
        raise Forbidden
    page = web.paginate(queries.newest_first(), web.page_number(), scalars=False)
    return web.render("notices/index.html", page=page, state=queries.state())

"""The deny-by-default door, the signed-in actor, forms that answer refusals, error pages, paging, safe redirects."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

import structlog
from flask import (
    Flask,
    Response,
    abort,
    current_app,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_login import LoginManager, current_user
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFError
from markupsafe import Markup
from sqlalchemy import Select, func, select
from sqlalchemy.exc import OperationalError, ProgrammingError, SQLAlchemyError
from werkzeug.exceptions import HTTPException

from elearn.core import bahasa, cells, languages, permissions, tokens, transaction, typed
from elearn.core.db import db
from elearn.core.errors import Forbidden, NotFound, Refusal
from elearn.core.fields import Deed
from elearn.core.permissions import PUBLIC, Actor, Permission
from elearn.core.speech import say

log = structlog.get_logger()
login_manager = LoginManager()
csrf = tokens.MaskedProtect()
Row = TypeVar("Row")


class SignedIn:
    """The person of this request as Flask-Login knows her: an opaque session token and an actor."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, token: str, actor: Actor) -> None:
        self.token = token
        self.actor = actor

    def get_id(self) -> str:
        """The opaque token of the session, never an account's id."""
        return self.token


def actor() -> Actor:
    """Whoever is signed in; only behind a door that requires a permission."""
    if not current_user.is_authenticated:
        raise Forbidden
    return current_user.actor


def find_actor() -> Actor | None:
    """Whoever is signed in, or None on a public page."""
    return current_user.actor if current_user.is_authenticated else None


def check_door() -> Any:
    """Refuse what the view did not open: undeclared views, strangers, and roles without the permission."""
    if request.endpoint is None or request.endpoint == "static":
        return None
    view = current_app.view_functions[request.endpoint]
    access = permissions.access_of(view)
    if access == PUBLIC:
        return None
    if access is None:
        log.error("undeclared_view", endpoint=request.endpoint)
        abort(403)
    if not current_user.is_authenticated:
        return _ask_to_sign_in(view)
    if not any(current_user.actor.has(permission) for permission in access):
        abort(403)
    return None


def _ask_to_sign_in(view: Callable[..., object]) -> Any:
    """Send a stranger to the sign-in page and back afterwards; a script gets a plain 401."""
    if wants_json():
        abort(401)
    is_safe = request.method in transaction.SAFE_METHODS
    back = request.full_path.rstrip("?") if is_safe else _page_of_form(view)
    return redirect(url_for("accounts.sign_in", next=back))


def _page_of_form(view: Callable[..., object]) -> str | None:
    """The page of ours from which a form was sent, so that who signs in again finds it, filled in if it may be."""
    if typed.put_by(view):
        return request.path
    page = urlsplit(request.referrer or "")
    return page.path if page.netloc == request.host else None


def wants_json() -> bool:
    """Whether a script of ours asks, and not a person who is to see a page."""
    return request.accept_mimetypes.best == "application/json"


def safe_next(default: str) -> str:
    """The `next` address if it stays on this site, else the address of the endpoint `default`."""
    target = request.args.get("next") or request.form.get("next") or ""
    parts = urlsplit(target)
    is_ours = target.startswith("/") and not target.startswith("//") and not parts.netloc
    return target if is_ours and "\\" not in target and target.isprintable() else url_for(default)


def public_url(endpoint: str, **values: Any) -> str:
    """The full address of a page as the settings know this installation, whatever host the request names."""
    return f"{current_app.config['PUBLIC_URL']}{url_for(endpoint, **values)}"


def refuse_nul() -> None:
    """Answer 400 to the sign NUL anywhere in a request: no text of ours has it, and PostgreSQL cannot keep it."""
    typed = [text for values in (request.args, request.form) for pair in values.items(multi=True) for text in pair]
    names = [upload.filename or "" for upload in request.files.values()]
    if any("\0" in text for text in (request.path, *typed, *names)):
        abort(400)


def render(template: str, status: int = 200, **facts: Any) -> Response:
    """A page from a template and plain facts, in the visitor's language."""
    return make_response(fragment(template, **facts), status)


def fragment(template: str, **facts: Any) -> Markup:
    """A part of a page, in the visitor's language, which another room's page may show."""
    with languages.to_visitor():
        return Markup(render_template(template, **facts))  # noqa: S704 - templates escape what they are given


def show_form(template: str, form: FlaskForm | Deed, **facts: Any) -> Response:
    """A page with a form: 422 when the form carries complaints, the first refusal's own status if it has one."""
    status = getattr(form, "refusal_status", 422) if form.errors or form.form_errors else 200
    return render(template, status=status, form=form, **facts)


@contextmanager
def refusals_to(form: FlaskForm | Deed) -> Iterator[None]:
    """Turn a refusal of the action inside into a sentence at its field or above the form; undo what it did."""
    try:
        yield
    except (NotFound, Forbidden):
        raise
    except Refusal as refusal:
        if not _kept():
            transaction.rollback()
        field = form[refusal.field] if refusal.field and refusal.field in form else None
        (form.form_errors if field is None else _writable(field)).append(refusal.sentence)
        form.refusal_status = refusal.status


def _kept() -> bool:
    return bool(g.get("keep_transaction", False))


def _writable(field: Any) -> list[str]:
    field.errors = list(field.errors)
    return field.errors


def notify(sentence: str) -> None:
    """Show a sentence on the next page, in the visitor's language."""
    with languages.to_visitor():
        flash(str(sentence))


def tell(sentence: str) -> str:
    """A sentence for a script of ours, in the visitor's language."""
    with languages.to_visitor():
        return str(sentence)


def attachment(content: bytes, filename: str, mimetype: str, *, inline: bool = False) -> Response:
    """A file to download, or to show in the browser when `inline`."""
    answer = make_response(content)
    answer.mimetype = mimetype
    answer.headers.set("Content-Disposition", "inline" if inline else "attachment", filename=filename)
    return answer


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a longer list; numbers start at 1."""

    items: list[Row]
    number: int
    pages: int
    total: int


def page_number() -> int:
    """The page asked for by `?hal=`, at least 1."""
    return max(1, request.args.get("hal", 1, type=int))


def paginate(query: Select[Any], number: int, *, per_page: int = 50, scalars: bool = True) -> Page[Any]:
    """One page of a select, counted and cut in the database: two statements."""
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    pages = max(1, -(-total // per_page))
    number = min(max(1, number), pages)
    cut = query.limit(per_page).offset((number - 1) * per_page)
    rows = db.session.scalars(cut) if scalars else db.session.execute(cut)
    return Page(list(rows.all()), number, pages, total)


def install(app: Flask) -> None:
    """Hang the door, the forms' protection, the error pages and the template words on an application."""
    login_manager.init_app(app)
    csrf.init_app(app)
    app.jinja_env.globals["csrf_token"] = tokens.form_token  # also in macros, which see no context
    app.before_request(refuse_nul)
    app.before_request(check_door)
    app.jinja_env.filters.update(bahasa.FILTERS)
    app.jinja_env.globals.update(public_url=public_url, Permission=Permission, table_rows=cells.rows)
    app.context_processor(lambda: {"actor": find_actor(), "csrf_token": tokens.form_token})
    app.register_error_handler(Refusal, _answer_refusal)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(CSRFError, _answer_csrf)
    app.register_error_handler(Exception, _answer_bug)


def _answer_refusal(refusal: Refusal) -> Response:
    return error_page(refusal.status, refusal.sentence)


def _answer_http(error: HTTPException) -> Response:
    page = error_page(error.code or 500)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "location", "retry-after"):
            page.headers[name] = value
    return page


def _answer_csrf(_error: CSRFError) -> Response:
    return error_page(400, say("Halaman ini sudah terlalu lama terbuka, atau Anda masuk lagi di tab lain."))


def _answer_bug(error: Exception) -> Response:
    log.error("unhandled", error=type(error).__name__, endpoint=request.endpoint, **_told(error))
    if isinstance(error, SQLAlchemyError):
        g._login_user = login_manager.anonymous_user()  # the page of this error asks the database nothing
    return error_page(500)


def _told(error: Exception) -> dict[str, Any]:
    """What the log may say of a bug: its trace, but of the database's errors only what quotes no entered value."""
    if isinstance(error, OperationalError | ProgrammingError):
        return {"reason": str(error.orig).partition("\n")[0]}
    return {} if isinstance(error, SQLAlchemyError) else {"exc_info": error}


def error_page(status: int, sentence: str | None = None) -> Response:
    """What a person reads when something is refused or broken, as a page or as a JSON problem (RFC 9457)."""
    if wants_json():
        with languages.to_visitor():
            body = {"type": "about:blank", "status": status, "detail": str(sentence or "")}
        answer = make_response(body, status)
        answer.mimetype = "application/problem+json"
        return answer
    return render("errors/error.html", status=status, code=status, sentence=sentence)

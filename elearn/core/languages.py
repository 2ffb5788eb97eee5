"""Which language a visitor reads: the one chosen on this browser, else the account's, else Indonesian."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from flask import Flask, Response, request
from flask_babel import Babel, force_locale, get_translations
from flask_login import current_user
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from elearn.core import speech, voice

COOKIE = "bahasa"
A_YEAR = 365 * 24 * 3600


def chosen() -> str:
    """The code of the visitor's language."""
    asked = request.cookies.get(COOKIE) or (current_user.actor.language if current_user.is_authenticated else "")
    return asked if asked in voice.LANGUAGES else voice.SOURCE


def to_visitor() -> AbstractContextManager[None]:
    """Speak the visitor's language inside: for pages and what is shown on them, never for papers or mail."""
    code = chosen()
    return nullcontext() if code == voice.SOURCE else _in(code)


@contextmanager
def _in(code: str) -> Iterator[None]:
    with force_locale(code), voice.speaking(voice.Voice(code, get_translations())):
        yield


def remembered(response: Response, code: str) -> Response:
    """Let this browser ask for a language from now on."""
    response.set_cookie(COOKIE, code, max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure)
    return response


@pass_eval_context
def _spoken(context: EvalContext, pattern: str, **values: Any) -> str:
    """What `_("…")` and `{% trans %}` say, as Jinja's own would, without filling what has no gaps."""
    said = voice.single(pattern)
    if values:
        said = speech.ended_once(said, values)
    text = Markup(said) if context.autoescape else said  # noqa: S704 - our own words; Markup escapes the values
    return text % values if values or "%" in said else text


def install(app: Flask, catalogues: str, rooms: tuple[str, ...]) -> None:
    """Teach templates to speak; each room has its own catalogue in the folder `catalogues`."""
    app.config["BABEL_DOMAIN"] = ";".join(rooms)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(catalogues for _room in rooms)
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    Babel(app)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        voice.single, lambda singular, _plural, number: voice.plural(singular, number), newstyle=True
    )
    app.jinja_env.globals.update(gettext=_spoken, _=_spoken)
    app.jinja_env.globals.update(
        say=speech.say, term=speech.term, tally=speech.tally, language=voice.language, languages=voice.LANGUAGES
    )

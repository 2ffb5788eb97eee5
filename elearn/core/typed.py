"""What somebody had entered in a form when her session turned out to be over: it comes back after signing in.

Only what a view names is put by, never a password; only from a form that carried the token of its own session, which
is asked for before the door; and only for the account of that session. It fills the form again, and is never sent
by itself.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import request, session

KEEPS = "__keeps__"
PLACE = "typed"
LARGEST = 1500
"""So many characters fit into the cookie beside all else."""
View = TypeVar("View", bound=Callable[..., object])


def keeps(*beginnings: str) -> Callable[[View], View]:
    """Mark a view whose form is to survive the end of a session, in the fields whose names begin so."""

    def mark(view: View) -> View:
        setattr(view, KEEPS, beginnings)
        return view

    return mark


def put_by(view: Callable[..., object]) -> bool:
    """Put by what this request, which nobody signed in has sent, holds for a view; False if it is nothing."""
    beginnings = getattr(view, KEEPS, ())
    fields = {name: value for name, value in request.form.items() if beginnings and name.startswith(beginnings)}
    if not fields or sum(map(len, (*fields, *fields.values()))) > LARGEST:
        return False
    session[PLACE] = {"page": request.path, "fields": fields}
    return True


def held() -> Any:
    """Whatever is put by in this browser, to be handed on to a new session of the same account; None if nothing."""
    return session.get(PLACE)


def hand_on(kept: Any) -> None:
    """Keep in a new session what the one before held."""
    session[PLACE] = kept


def of_page() -> Mapping[str, str]:
    """What was put by from the page of this request, by the names of its fields; it stays until it is let go."""
    kept = session.get(PLACE) or {}
    fields: Mapping[str, str] = kept.get("fields", {}) if kept.get("page") == request.path else {}
    return fields


def let_go() -> None:
    """Forget what was put by: the form it came from has been sent."""
    session.pop(PLACE, None)

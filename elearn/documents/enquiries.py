"""Who can tell of a file that a stranger shows: a port.

The page at /verifikasi knows certificates only. Whoever above or below gives out other files (letters, reports)
provides an answer when the application is made; the first who knows the file answers for it.
"""

from collections.abc import Callable

from werkzeug.wrappers import Response

Answerer = Callable[[bytes], Response | None]
"""Given a file, the page about it; None for a file that is none of theirs."""

_answerers: list[Answerer] = []


def provide(answerer: Answerer) -> None:
    """Ask this one too from now on, each only once."""
    if answerer not in _answerers:
        _answerers.append(answerer)


def answer(content: bytes) -> Response | None:
    """The page about a file; None when nobody knows it."""
    return next(filter(None, (ask(content) for ask in _answerers)), None)

"""The one place that commits: after a successful unsafe request, or at the end of `with transaction():`.

Work that must not happen unless the commit did (sending, enqueuing) waits in `after_commit`.
A safe request (GET, HEAD, OPTIONS) always rolls back, so it cannot change anything.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from flask import Flask, Response, g, has_request_context, request

from elearn.core.db import db, writing

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

_waiting: ContextVar[list[Callable[[], None]] | None] = ContextVar("after_commit", default=None)


def after_commit(work: Callable[[], None]) -> None:
    """Run `work` once the present transaction has been committed; never if it is rolled back."""
    queue = _waiting.get()
    if queue is None:
        queue = []
        _waiting.set(queue)
    queue.append(work)


def commit() -> None:
    """Commit what was done and then do what waited for it."""
    db.session.commit()
    queue, _ = _waiting.get() or [], _waiting.set(None)
    for work in queue:
        work()


def rollback() -> None:
    """Undo what was done and forget what waited for it."""
    _waiting.set(None)
    db.session.rollback()


@contextmanager
def transaction() -> Iterator[None]:
    """Do everything inside or nothing: for jobs, the command line and tests."""
    token = writing.set(True)
    try:
        yield
        commit()
    except BaseException:
        rollback()
        raise
    finally:
        writing.reset(token)


@contextmanager
def reading() -> Iterator[None]:
    """Read inside an unsafe request without holding the right to write; before the first write only.

    Slow pure work (checking a password) belongs here, so that nobody waits for it.
    """
    db.session.rollback()
    token = writing.set(False)
    try:
        yield
    finally:
        db.session.rollback()
        writing.reset(token)


def keep() -> None:
    """Commit this request even if its answer is a refusal (a failed sign-in must be counted)."""
    if has_request_context():
        g.keep_transaction = True


def install(app: Flask) -> None:
    """Make each request one transaction."""

    @app.before_request
    def _open() -> None:
        db.session.rollback()
        _waiting.set(None)
        writing.set(request.method not in SAFE_METHODS)

    @app.after_request
    def _close(response: Response) -> Response:
        unsafe = request.method not in SAFE_METHODS
        if unsafe and (response.status_code < 400 or g.get("keep_transaction", False)):
            commit()
        else:
            rollback()
        writing.set(False)
        return response

"""The SQL statements that something takes, besides those that frame every request."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event

from elearn.core.db import db

FRAME = ("BEGIN", "SELECT installation", "SELECT set_config")


@contextmanager
def noted() -> Iterator[list[str]]:
    """The statements sent meanwhile, in a list that grows as they are sent."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(FRAME):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def taken_by(browser: FlaskClient, path: str) -> int:
    """How many a page takes once the process is warm."""
    browser.get(path)
    with noted() as sent:
        browser.get(path)
    return len(sent)

"""The busiest doors of the house stay lean: few statements, however many questions there are."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from elearn.core.db import db
from elearn.core.permissions import Role
from tests.factories.accounts import an_account
from tests.factories.content import published_module
from tests.factories.learning import as_learner
from tests.factories.quiz import an_attempt

FRAME = ("BEGIN", "SELECT installation", "SELECT set_config")


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """The SQL statements sent while the test runs, but those that frame every request."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(FRAME):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)


def test_a_question_and_an_answer_take_three_statements(app: Flask, sign_in: Any, statements: list[str]) -> None:
    """Who is it, which attempt, and its answers; or who, which, and the one that guards and stores."""
    account, publication = an_account(Role.ASN), published_module()
    attempt, browser = an_attempt(as_learner(account), publication.id), sign_in(account)
    address = f"/kuis/{attempt.id}/soal/1"
    browser.get(address)
    counts = []
    for open_page in (browser.get, browser.post):
        statements.clear()
        open_page(address, data={"choice": "a", "go": "next"})
        counts.append(len(statements))
    assert [3, 3] == counts


def test_a_page_of_twenty_questions_is_small(app: Flask, sign_in: Any) -> None:
    """At most 8 kB once styles and scripts are known to the browser (performance goal for a warm quiz page)."""
    account, publication = an_account(Role.ASN), published_module()
    attempt = an_attempt(as_learner(account), publication.id)
    assert 8_000 > len(sign_in(account).get(f"/kuis/{attempt.id}/soal/1").data)
